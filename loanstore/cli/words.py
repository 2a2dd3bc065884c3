"""The words of the command line: every command, what it takes, and what runs it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from loanstore.cli import (
    agreement_commands,
    charge_commands,
    delivery_commands,
    desk_commands,
    import_commands,
    label_commands,
    list_commands,
    paper_commands,
    people_commands,
    place_commands,
    price_commands,
    printer_commands,
    set_commands,
    stocktake_commands,
    store_commands,
    today_commands,
    workshop_commands,
)
from loanstore.cli.common import Words, add_common
from loanstore.cli.request_words import add_requests
from loanstore.i18n import _
from loanstore.operations import tabling
from loanstore.operations.cataloguing import BORROWER_WORDS, INSTRUMENT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS_OF_IMPORT = ("instruments", "schools", "borrowers", "loans")
_MOST_FIGURES = 9


def build() -> Words:
    """Build the whole grammar."""
    words = Words(prog="loanstore", description=_("The instrument loan store of a music hub."))
    add_common(words)
    commands = words.add_subparsers(dest="command", metavar=_("COMMAND"), required=True, parser_class=Words)
    _add_store(commands)
    _add_desk(commands)
    _add_register(commands)
    set_commands.add_words(commands)
    _add_import(commands)
    _add_papers(commands)
    place_commands.add_words(commands, _command, _group)
    printer_commands.add_words(commands, _command, _group)
    stocktake_commands.add_words(commands, _command, _group)
    people_commands.add_words(commands, _command)
    workshop_commands.add_words(commands, _command)
    add_requests(commands, _command, _count)
    delivery_commands.add_words(commands, _command)
    today_commands.add_words(commands, _command, _group)
    charge_commands.add_words(commands, _command)
    price_commands.add_words(commands, _command)
    return words


def _command(commands: Any, name: str, run: Callable[..., int], help_: str, *, store: bool = True) -> Words:  # noqa: ANN401 - argparse has no public type for it
    parser: Words = commands.add_parser(name, help=help_, description=help_)
    add_common(parser, quiet=True)
    parser.set_defaults(run=run, needs_store=store)
    return parser


def _group(commands: Any, name: str, help_: str) -> Any:  # noqa: ANN401 - as above
    parser = commands.add_parser(name, help=help_, description=help_)
    add_common(parser, quiet=True)
    return parser.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)


def _add_store(commands: Any) -> None:  # noqa: ANN401 - as above
    store = commands.add_parser("store", help=_("make, check, back up and restore the store"))
    add_common(store, quiet=True)
    actions = store.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    create = _command(actions, "create", store_commands.create, _("make a new store"), store=False)
    create.add_argument("--owner-name", default="Music Hub", help=_("who owns the stock"))
    create.add_argument("--code-prefix", default="CM", help=_("two letters that codes made here begin with"))
    create.add_argument("--recovery-sheet", metavar="FILE.pdf", help=_("write the recovery sheet there"))
    _command(actions, "info", store_commands.info, _("say what the store holds"))
    _command(actions, "verify", store_commands.verify, _("prove journal, state and file"))
    _command(actions, "rebuild", store_commands.rebuild, _("fold the journal afresh"))
    backup = _command(actions, "backup", store_commands.backup, _("write an encrypted backup, opened and counted"))
    backup.add_argument("folder", metavar="DIR")
    restore = _command(actions, "restore", store_commands.restore, _("put a backup in the store's place"), store=False)
    restore.add_argument("file", metavar="FILE")
    _command(actions, "self-test", store_commands.self_test, _("prove that all parts work here"), store=False)
    demo = _command(commands, "demo", store_commands.demo, _("the whole main job on a made-up county"), store=False)
    demo.add_argument("--out", metavar="DIR")


def _add_desk(commands: Any) -> None:  # noqa: ANN401 - as above
    scan = _command(commands, "scan", desk_commands.scan, _("take scans: as arguments, or one per line"))
    scan.add_argument("codes", metavar="CODE", nargs="*")
    scan.add_argument("--on", metavar="DATE", help=_("it happened on an earlier day; holds until FINISH"))
    lend = _command(commands, "lend", desk_commands.lend, _("lend by hand"))
    lend.add_argument("borrower", metavar="BORROWER")
    lend.add_argument("codes", metavar="CODE", nargs="+")
    lend.add_argument("--due", metavar="DATE")
    lend.add_argument("--kind")
    back = _command(commands, "return", desk_commands.bring_back, _("bring back by hand"))
    back.add_argument("codes", metavar="CODE", nargs="+")
    back.add_argument("--on", metavar="DATE")
    back.add_argument("--condition", metavar="C")
    back.add_argument("--missing", metavar="ACC", action="append", default=[])
    renew = _command(commands, "renew", desk_commands.renew, _("renew a loan, or all that a borrower has"))
    renew.add_argument("named", metavar="LOAN|BORROWER")
    for name, run in (("lost", desk_commands.lost), ("found", desk_commands.found), ("retire", desk_commands.retire)):
        declare = _command(commands, name, run, _("say that an instrument is so"))
        declare.add_argument("code", metavar="CODE")
        declare.add_argument("--why", metavar="W", required=True)
    _command(commands, "undo", desk_commands.undo, _("undo this desk's last gesture"))


def _add_register(commands: Any) -> None:  # noqa: ANN401 - as above
    add = commands.add_parser("add", help=_("add an instrument or a borrower"))
    add_common(add, quiet=True)
    kinds = add.add_subparsers(dest="thing", metavar=_("THING"), required=True, parser_class=Words)
    for thing, run, fields in (
        ("instrument", desk_commands.add_instrument, INSTRUMENT_WORDS),
        ("borrower", desk_commands.add_borrower, BORROWER_WORDS),
    ):
        parser = _command(kinds, thing, run, _("add one; without --code the store makes one"))
        for field in fields:
            parser.add_argument(f"--{field.replace('_', '-')}", f"--{field}", dest=f"field_{field}", metavar="VALUE")
    place_commands.add_thing(kinds, _command)
    show = _command(commands, "show", list_commands.show, _("all about one instrument, borrower or place"))
    show.add_argument("code", metavar="CODE")
    listing = _command(commands, "list", list_commands.listing, _("list, by code"))
    listing.add_argument("what", choices=(*tabling.LISTS, *list_commands.MORE))
    listing.add_argument("--find", metavar="TEXT", default="")
    listing.add_argument("--limit", metavar="N", type=_count)
    listing.add_argument("--all", action="store_true", help=_("past loans too"))
    listing.add_argument("--at", metavar="DATE", help=_("as it was on that day"))
    listing.add_argument("--funding", metavar="F", help=_("only what that grant paid for"))
    listing.add_argument("--due-by", metavar="DATE", help=_("services that are due by that day"))
    listing.add_argument("--csv", metavar="FILE")
    listing.add_argument("--xlsx", metavar="FILE")
    listing.add_argument("--pdf", metavar="FILE", help=_("the chase list of unsigned agreements, to print"))


def _add_import(commands: Any) -> None:  # noqa: ANN401 - as above
    bring = _command(commands, "import", import_commands.run, _("read a spreadsheet into the register"))
    bring.add_argument("kind", choices=(*KINDS_OF_IMPORT, "undo"))
    bring.add_argument("file", metavar="FILE|ID")
    bring.add_argument("--dry-run", action="store_true")
    bring.add_argument("--map", metavar='"Their header=field"', action="append", default=[])
    bring.add_argument("--word", metavar='"Their word=place"', action="append", default=[])


def _add_papers(commands: Any) -> None:  # noqa: ANN401 - as above
    label_commands.add_words(commands, _command, _count)
    agreement_commands.add_words(commands, _command, _group)
    receipt = _command(commands, "receipt", paper_commands.receipt, _("write the receipt that clears a loan"))
    receipt.add_argument("named", metavar="LOAN")
    receipt.add_argument("--out", metavar="FILE.pdf", required=True)


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_FIGURES else 0
    if number < 1:
        raise argparse.ArgumentTypeError(_("“{text}” is no number from 1 on").format(text=text))
    return number
