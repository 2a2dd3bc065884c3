"""Which labels are meant, and what each says: of an instrument, its case, a set, a borrower, a place, or a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.labels import Label, LabelKind
from loanstore.domain.scan_findings import BorrowerFound, InstrumentFound
from loanstore.i18n import _, ngettext
from loanstore.operations import label_designing, placing
from loanstore.operations.papers import what
from loanstore.storage import label_keeping, label_lists, lookups, set_lookups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.label_lists import Labelled
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which labels: of these codes, of all instruments, of those without, what is queued, the commands, or blank ones.

    ``new`` are those that got their code here and have no label yet; ``queued`` adds what is wanted again.
    """

    codes: Sequence[str] = ()
    every: bool = False
    new: bool = False
    queued: bool = False
    commands: bool = False
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A label and, where it goes on an instrument or its case, the instrument's id."""

    label: Label
    instrument: str | None = None


def choose(desk: Desk, transaction: Transaction, wanted: Wanted) -> list[Chosen]:
    """Give the labels that are meant, but for blank ones; raises Refused NOTHING_CARRIES for a code of nothing."""
    if wanted.commands:
        from loanstore.paper.commands import command_labels

        return [Chosen(label) for label in command_labels()]
    owner = owner_line(desk, transaction)
    if wanted.every:
        return [_of_line(line, owner) for line in label_lists.every_instrument(transaction)]
    if wanted.queued:
        return list(_queued(desk, transaction, owner))
    if wanted.new:
        return [_of_line(line, owner) for line in without_label(desk, transaction)]
    return [label_of(transaction, code, owner) for code in wanted.codes]


def without_label(desk: Desk, transaction: Transaction) -> list[Labelled]:
    """Give what has no label yet; a number that came with an instrument is on its sticker already."""
    prefix = desk.known_rules(transaction).prefix
    lines = label_lists.without_label(transaction, prefix)
    return [line for line in lines if codes.own_number(codes.normalise(line.code), prefix) is not None]


def owner_line(desk: Desk, transaction: Transaction) -> str:
    """Give what the store's labels say of whose they are; empty where they say nothing."""
    design = label_designing.read(transaction)
    owner = desk.known_rules(transaction).owner
    if not design.owner:
        return ""
    return _("Property of {owner}").format(owner=owner) if design.property_of else owner


def blank_label(code: str, owner: str) -> Label:
    """Give a blank label: its number, and whose it is."""
    return Label(codes.normalise(code), code, "", "", owner, LabelKind.BLANK)


def label_of(transaction: Transaction, code: str, owner: str) -> Chosen:
    """Give the label of whatever carries a code; raises Refused NOTHING_CARRIES."""
    form = codes.normalise(code)
    found = lookups.by_form(transaction, form)
    if isinstance(found, InstrumentFound):
        return Chosen(_instrument_label(found.instrument, owner), found.instrument.id)
    if isinstance(found, BorrowerFound):
        card = found.borrower
        shown = codes.normalise(card.code)
        return Chosen(Label(shown, card.code, card.label, card.school, owner, LabelKind.BORROWER))
    made = set_lookups.by_form(transaction, form)
    if made is not None:
        n = len(set_lookups.members(transaction, made.id))
        count = ngettext("{n} instrument", "{n} instruments", n).format(n=n)
        return Chosen(Label(codes.normalise(made.code), made.code, made.name, count, owner, LabelKind.SET))
    at = placing.place_card(transaction, code)
    if at is not None:
        return Chosen(placing.place_label(at.place, owner))
    body = codes.body_form(form)
    of_case = lookups.by_form(transaction, body) if body is not None else None
    if isinstance(of_case, InstrumentFound):
        title = _("{instrument}, case").format(instrument=what(of_case.instrument))
        case = Label(form, codes.shown(form), title, _made(of_case.instrument), owner, LabelKind.CASE)
        return Chosen(case, of_case.instrument.id)
    raise Refused("NOTHING_CARRIES", value=code)


def _queued(desk: Desk, transaction: Transaction, owner: str) -> Iterator[Chosen]:
    """Give what has no label, then what is wanted again; what carries a queued code no longer is passed over."""
    seen = set()
    for line in without_label(desk, transaction):
        seen.add(codes.normalise(line.code))
        yield _of_line(line, owner)
    for one in label_keeping.wanted(transaction):
        if one.form not in seen:
            try:
                yield label_of(transaction, one.form, owner)
            except Refused:
                continue


def _of_line(line: Labelled, owner: str) -> Chosen:
    return Chosen(Label(codes.normalise(line.code), line.code, line.title or line.code, line.made, owner), line.id)


def _instrument_label(state: Instrument, owner: str) -> Label:
    return Label(codes.normalise(state.code), state.code, what(state), _made(state), owner)


def _made(state: Instrument) -> str:
    return " ".join(filter(None, (state.fields.get("make"), state.fields.get("model"))))
