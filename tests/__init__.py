"""The tests of loanstore; what they share lies in ``tests.helpers``."""
