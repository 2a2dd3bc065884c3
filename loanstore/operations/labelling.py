"""Making labels: chosen, drawn onto their stock, read back from the page, and noted as printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.labels import Label, load_stocks
from loanstore.domain.scan_findings import BorrowerFound, InstrumentFound
from loanstore.domain.sessions import Role
from loanstore.i18n import ngettext
from loanstore.operations import moving, placing
from loanstore.operations.desk import Changed, Done
from loanstore.operations.papers import fonts, what
from loanstore.storage import aggregates, folding, journal, lists, lookups, registers, set_lookups
from loanstore.storage.store import take_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loanstore.domain.labels import LabelStock
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


MOST_BLANKS: Final = 1000
"""So many blank labels at once: more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Finished sheets: the PDF, how many labels and pages, and where the next sheet begins.

    ``verified`` is how many barcodes were decoded back from the pages: every one, or there is no sheet.
    """

    pdf: bytes
    labels: int
    pages: int
    next_start: int
    verified: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which labels: of these codes, of all instruments, of those without, the commands, or so many blank ones."""

    codes: Sequence[str] = ()
    every: bool = False
    new: bool = False
    commands: bool = False
    blank: int = 0


def stocks(desk: Desk) -> dict[str, LabelStock]:
    """Give the label stocks that are known, by maker and number."""
    return load_stocks((desk.resources / "label_stocks.json").read_text("utf-8"))


def make_labels(
    desk: Desk,
    wanted: Wanted,
    stock_key: str,
    start: int = 1,
    progress: Callable[[int, int], None] | None = None,
    keep: Callable[[bytes], None] | None = None,
) -> Done[LabelSheet]:
    """Draw labels from label ``start`` of the first sheet on, and prove each by reading it back.

    ``keep`` puts the PDF where it belongs; only where it did are the labels noted as printed.
    Raises Refused where the stock is unknown or too small, nothing is wanted, or a barcode does not read.
    """
    from loanstore.paper.label_sheets import make_label_sheet
    from loanstore.paper.proof import prove

    known = stocks(desk)
    if stock_key not in known:
        raise Refused("UNKNOWN_STOCK", value=stock_key, known=tuple(known))
    if wanted.blank:
        labels, instruments = _blanks(desk, wanted.blank), list[str]()
    else:
        with desk.store.reading() as transaction:
            labels, instruments = _choose(desk, transaction, wanted)
    others = tuple(known.values())
    sheet = make_label_sheet(labels, known[stock_key], start=start, fonts=fonts(desk), others=others, progress=progress)
    proof = prove(sheet.pdf, sheet.placed, progress=progress)
    if keep is not None:
        keep(sheet.pdf)
    _note_printed(desk, instruments)
    made = LabelSheet(sheet.pdf, sheet.labels, sheet.pages, sheet.next_start, proof.barcodes)
    return Done(made, frozenset({Changed.INSTRUMENTS}) if instruments else frozenset())


def _choose(desk: Desk, transaction: Transaction, wanted: Wanted) -> tuple[list[Label], list[str]]:
    rules = desk.known_rules(transaction)
    owner, prefix = rules.owner, rules.prefix
    if wanted.commands:
        from loanstore.paper.commands import command_labels

        return command_labels(), []
    if wanted.every or wanted.new:
        lines = lists.instruments(transaction).lines
        states = [folding.instrument_state(transaction, line.id) for line in lines]
        chosen = [s for s in states if s is not None and (wanted.every or _needs_label(s, prefix))]
        return [_instrument_label(state, owner) for state in chosen], [state.id for state in chosen]
    labels: list[Label] = []
    instruments: list[str] = []
    for code in wanted.codes:
        label, identity = _label_of(transaction, code, owner)
        labels.append(label)
        instruments += [identity] if identity else []
    return labels, instruments


def _blanks(desk: Desk, how_many: int) -> list[Label]:
    """Take numbers for labels that are stuck on first and bound later: whatever is scanned next bears them.

    The numbers are kept as taken before a sheet is drawn: two sheets must never bear the same.
    """
    if how_many > MOST_BLANKS:
        raise Refused("TOO_MANY_BLANKS", most=MOST_BLANKS)
    with desk.gesturing() as (transaction, gesture):
        rules = desk.rules(transaction)
        first = take_numbers(transaction, how_many)
        identity = desk.new_id()
        body = {"first": first, "count": how_many}
        journal.append(transaction, gesture, [Draft(FactKind.BLANKS_MADE, identity, body)])
        aggregates.refold(transaction, aggregates.named("blanks"), identity)
    made = [codes.make(rules.prefix, number) for number in range(first, first + how_many)]
    return [Label(codes.normalise(code), code, "", "", rules.owner) for code in made]


def _needs_label(state: Instrument, prefix: str) -> bool:
    """Tell whether no label was made yet; a number that came with an instrument is on its sticker already."""
    return state.labelled is None and codes.own_number(codes.normalise(state.code), prefix) is not None


def _label_of(transaction: Transaction, code: str, owner: str) -> tuple[Label, str | None]:
    form = codes.normalise(code)
    found = lookups.by_form(transaction, form)
    if isinstance(found, InstrumentFound) and found.role is Role.CASE:
        tag = next(shown for one, shown, _role in registers.codes_of(transaction, found.instrument.id) if one == form)
        return Label(form, tag, what(found.instrument), "", owner), None
    if isinstance(found, InstrumentFound):
        return _instrument_label(found.instrument, owner), found.instrument.id
    if isinstance(found, BorrowerFound):
        card = found.borrower
        return Label(codes.normalise(card.code), card.code, card.label, card.school, owner), None
    made = set_lookups.by_form(transaction, form)
    if made is not None:
        n = len(set_lookups.members(transaction, made.id))
        count = ngettext("{n} instrument", "{n} instruments", n).format(n=n)
        return Label(codes.normalise(made.code), made.code, made.name, count, owner), None
    at = placing.place_card(transaction, code)
    if at is not None:
        return placing.place_label(at.place, owner), None
    body = codes.body_form(form)
    of_case = lookups.by_form(transaction, body) if body is not None else None
    if isinstance(of_case, InstrumentFound):
        return Label(form, codes.shown(form), what(of_case.instrument), "", owner), None
    raise Refused("NOTHING_CARRIES", value=code)


def _instrument_label(state: Instrument, owner: str) -> Label:
    made = " ".join(filter(None, (state.fields.get("make"), state.fields.get("model"))))
    return Label(codes.normalise(state.code), state.code, what(state), made, owner)


def _note_printed(desk: Desk, instruments: Sequence[str]) -> None:
    if not instruments:
        return
    with desk.gesturing() as (transaction, gesture):
        states = [folding.instrument_state(transaction, identity) for identity in dict.fromkeys(instruments)]
        drafts: list[tuple[Instrument | None, Draft]] = [
            (state, Draft(FactKind.LABELLED, state.id)) for state in states if state is not None
        ]
        moving.record(transaction, gesture, drafts)
