"""What may stand before any command and behind it; and telling a call for the window without loading the rest."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

from loanstore.domain.errors import WrongUsage
from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class Words(argparse.ArgumentParser):
    """A parser that says what does not fit by raising WrongUsage, so that every face tells it alike.

    Options are not guessed from their first letters: what a script says today must mean the same tomorrow.
    """

    def __init__(self, **said: Any) -> None:  # noqa: ANN401 - as argparse has it
        super().__init__(**said, allow_abbrev=False)

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Read the words of a call; codes may stand on either side of an option, which argparse alone does not allow.

        Raises WrongUsage USAGE.
        """
        read, left = self.parse_known_args(arguments)
        if left and (not hasattr(read, "codes") or any(word.startswith("-") for word in left)):
            self.error(_("unrecognized arguments: {words}").format(words=" ".join(left)))
        if left:
            read.codes = [*read.codes, *left]
        return read

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the words."""
        raise WrongUsage("USAGE", said=message)


def add_common(parser: argparse.ArgumentParser, *, quiet: bool = False) -> None:
    """Add what may stand before the command, and behind it too."""
    nothing: Any = argparse.SUPPRESS
    parser.add_argument("--store", default=nothing if quiet else None, help=_("the store's file"))
    parser.add_argument("--json", action="store_true", default=nothing if quiet else False, help=_("answer in JSON"))
    parser.add_argument("--staff", default=nothing if quiet else None, help=_("who works here"))
    parser.add_argument("--passphrase-file", default=nothing if quiet else None, help=_("a file with the passphrase"))
    parser.add_argument("--debug", action="store_true", default=nothing if quiet else False, help=_("show tracebacks"))


def asked_for_the_window(arguments: Sequence[str]) -> argparse.Namespace | None:
    """Read a call that names no command; None where there is one, or anything else to be told of."""
    alone = Words(prog="loanstore", add_help=False)
    add_common(alone)
    asked, rest = alone.parse_known_args(list(arguments))
    return None if rest else asked
