"""The words of the commands about what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loanstore.cli import request_commands
from loanstore.cli.common import Words, add_common
from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable


def add_requests(
    commands: Any,  # noqa: ANN401 - argparse has no public type for it
    command: Callable[[Any, str, Callable[..., int], str], Words],
    count: Callable[[str], int],
) -> None:
    """Add request, aside, release, swap and letters; ``command`` makes one of them, ``count`` reads a number."""
    _add_request(commands, command, count)
    aside = command(commands, "aside", request_commands.aside, _("set an instrument aside for somebody"))
    aside.add_argument("code", metavar="CODE")
    aside.add_argument("--for", dest="borrower", metavar="BORROWER", required=True)
    aside.add_argument("--until", metavar="DATE", help=_("without it, some working days as the store's rules say"))
    release = command(commands, "release", request_commands.release, _("put back into stock what was set aside"))
    release.add_argument("code", metavar="CODE", nargs="?", help=_("without it, everything that has lapsed"))
    swap = command(commands, "swap", request_commands.swap, _("swap one instrument for another size"))
    swap.add_argument("old", metavar="OLD")
    swap.add_argument("new", metavar="NEW")
    swap.add_argument("--condition", metavar="C")
    swap.add_argument("--missing", metavar="ACC", action="append", default=[])
    letters = commands.add_parser("letters", help=_("write letters"))
    add_common(letters, quiet=True)
    kinds = letters.add_subparsers(dest="letter", metavar=_("LETTER"), required=True, parser_class=Words)
    collection = command(kinds, "collection", request_commands.letters, _("to those who may collect something"))
    collection.add_argument("--for", dest="borrower", metavar="BORROWER")
    collection.add_argument("--out", metavar="FILE.pdf", required=True)


def _add_request(
    commands: Any,  # noqa: ANN401 - as above
    command: Callable[[Any, str, Callable[..., int], str], Words],
    count: Callable[[str], int],
) -> None:
    request = commands.add_parser("request", help=_("what schools order and families wait for"))
    add_common(request, quiet=True)
    actions = request.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    add = command(actions, "add", request_commands.add, _("note what a borrower asks for"))
    add.add_argument("borrower", metavar="BORROWER")
    add.add_argument("type", metavar="TYPE")
    add.add_argument("--size", metavar="S", default="")
    add.add_argument("--number", metavar="N", type=count, default=1)
    add.add_argument("--by", metavar="DATE")
    add.add_argument("--place", metavar="P", default="", help=_("where it will be collected"))
    add.add_argument("--wait", action="store_true", help=_("a place on the waiting list, for one"))
    change = command(actions, "change", request_commands.change, _("change the number or the day"))
    change.add_argument("code", metavar="CODE")
    change.add_argument("--number", metavar="N", type=count)
    change.add_argument("--by", metavar="DATE", help=_("or “none”"))
    withdraw = command(actions, "withdraw", request_commands.withdraw, _("close what nobody wants any more"))
    withdraw.add_argument("code", metavar="CODE")
    lend = command(actions, "lend", request_commands.lend, _("hand out what was asked for"))
    lend.add_argument("code", metavar="REQUEST")
    lend.add_argument("codes", metavar="CODE", nargs="+")
    lend.add_argument("--due", metavar="DATE")
