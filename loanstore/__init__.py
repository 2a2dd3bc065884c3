"""loanstore: the instrument loan store of a music education hub."""

__version__ = "0.1.0"
