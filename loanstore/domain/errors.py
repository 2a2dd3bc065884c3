r"""Every error the program raises on purpose; each carries a code and facts, never prose.

::

    LoanstoreError
    |-- Theirs                     something outside this program: a person can put it right
    |   |-- Refused                a rule says no; nothing has changed               (exit 1)
    |   |-- WrongUsage             the words of a command do not fit                 (exit 2)
    |   |-- StoreUnusable          missing, wrong passphrase, damaged, newer, full   (exit 3)
    |   |-- FileUnusable           a file that was named can't be read or written    (exit 1)
    |   |-- PrinterUnusable        a printer or its queue does not take a paper      (exit 1)
    |   `-- HubUnreachable         the network or the hub                            (exit 4)
    `-- Ours                       a broken promise of this program: a bug           (exit 5)

``wording.py`` alone turns a code and its facts into a title, a message and what to do next.
"""

from __future__ import annotations


class LoanstoreError(Exception):
    """The root. ``code`` names the case for machines; ``facts`` fill the sentence for people."""

    exit_status = 5

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Theirs(LoanstoreError):
    """The cause lies outside the program; a person can put it right."""

    exit_status = 1


class Refused(Theirs):
    """A rule of the store says no; nothing has changed."""


class WrongUsage(Theirs):
    """The words of a command do not fit together."""

    exit_status = 2


class StoreUnusable(Theirs):
    """The store can't be used: missing, wrong passphrase, damaged, newer, full disk."""

    exit_status = 3


class FileUnusable(Theirs):
    """A file that was named can't be read or written."""


class PrinterUnusable(Theirs):
    """A printer or its queue does not take a paper; what was made is kept."""


class HubUnreachable(Theirs):
    """The network or the hub does not answer."""

    exit_status = 4


class Ours(LoanstoreError):
    """A promise of this program is broken: a bug."""
