"""Making labels: chosen, drawn onto their stock, read back from the page, and noted as printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.labels import NEUTRAL, LabelKind
from loanstore.operations import label_designing, moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.label_choosing import Chosen, Wanted, blank_label, choose, owner_line
from loanstore.operations.label_stocking import stocks
from loanstore.operations.papers import fonts
from loanstore.storage import aggregates, folding, journal, label_keeping, store_files
from loanstore.storage.store import read_settings, take_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Calibration, Label, Placed
    from loanstore.domain.loans import Instrument
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk
    from loanstore.paper.label_sheets import SheetResult
    from loanstore.storage.transaction import Transaction

__all__ = ["MOST_BLANKS", "LabelSheet", "Onto", "Preview", "Wanted", "make_labels", "preview", "stocks"]

MOST_BLANKS: Final = 1000
"""So many blank labels at once: more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Onto:
    """What labels are printed on: a stock by its key, from which label of the first sheet on, and for which printer.

    A ``start`` of None goes on with the part-used sheet of that stock.
    """

    stock: str
    start: int | None = 1
    printer: Calibration = NEUTRAL


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Finished sheets: the PDF, how many labels and pages, and where the next sheet begins.

    ``verified`` is how many barcodes were decoded back from the pages: every one, or there is no sheet. ``drawn`` is
    what stands on them, ``stock`` what they were drawn on, cut and calibrated; ``bare`` ones bear no QR code or logo.
    """

    pdf: bytes
    labels: int
    pages: int
    next_start: int
    verified: int
    drawn: tuple[Label, ...]
    stock: LabelStock
    bare: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The first page as it would be: its PDF, what lies where, on what, and how much there would be in all."""

    pdf: bytes
    placed: tuple[Placed, ...]
    stock: LabelStock
    start: int
    labels: int
    pages: int
    next_start: int


def make_labels(
    desk: Desk,
    wanted: Wanted,
    onto: Onto,
    *,
    progress: Progress | None = None,
    keep: Callable[[LabelSheet], None] | None = None,
    executor: Executor | None = None,
) -> Done[LabelSheet]:
    """Draw labels for their stock and printer, and prove each by reading it back.

    ``keep`` puts the sheets where they belong; only where it did are the labels noted as printed. The reading back is
    spread over the threads of ``executor``. Raises Refused where the stock is unknown or too small, nothing is wanted,
    or a barcode does not read.
    """
    from loanstore.paper.proof import prove

    onto = _begun(desk, onto)
    chosen = _blanks(desk, wanted.blank) if wanted.blank else _chosen(desk, wanted)
    sheet = _drawn(desk, chosen, onto, progress)
    proof = prove(sheet, progress=progress, executor=executor)
    said = (sheet.pdf, sheet.labels, sheet.pages, sheet.next_start, proof.barcodes)
    made = LabelSheet(*said, tuple(one.label for one in chosen), sheet.stock, bare=sheet.bare)
    if keep is not None:
        keep(made)
    _note_printed(desk, chosen, onto.stock, sheet.next_start)
    return Done(made, frozenset({Changed.INSTRUMENTS, Changed.LABELS}))


def preview(desk: Desk, wanted: Wanted, onto: Onto) -> Preview:
    """Draw the first page of labels as ``make_labels`` would, and note nothing; blank ones take no numbers yet.

    Raises as ``make_labels`` does.
    """
    onto = _begun(desk, onto)
    chosen = _next_blanks(desk, wanted.blank) if wanted.blank else _chosen(desk, wanted)
    stock, start = stocks(desk)[onto.stock], onto.start or 1
    room = max(stock.per_page - start + 1, 1)
    sheet = _drawn(desk, chosen[:room], onto, None)
    pages = -(-(start - 1 + len(chosen)) // stock.per_page)
    following = (start - 1 + len(chosen)) % stock.per_page + 1
    return Preview(sheet.pdf, sheet.placed[0], sheet.stock, start, len(chosen), pages, following)


def _begun(desk: Desk, onto: Onto) -> Onto:
    """Find the stock, and where its part-used sheet goes on if nobody said."""
    known = stocks(desk)
    if onto.stock not in known:
        raise Refused("UNKNOWN_STOCK", value=onto.stock, known=tuple(known))
    if onto.start is not None:
        return onto
    with desk.store.reading() as transaction:
        start = label_keeping.sheets(transaction).get(onto.stock, 1)
    return Onto(onto.stock, min(start, known[onto.stock].per_page), onto.printer)


def _drawn(desk: Desk, chosen: Sequence[Chosen], onto: Onto, progress: Progress | None) -> SheetResult:
    from loanstore.paper.label_drawing import Extras
    from loanstore.paper.label_sheets import Setup, make_label_sheet

    known = stocks(desk)
    with desk.store.reading() as transaction:
        design = label_designing.read(transaction)
        logo = store_files.read_file(transaction, label_designing.LOGO) if design.logo else None
    extras = Extras(design.return_to, logo or b"")
    setup = Setup(onto.start or 1, onto.printer, extras, tuple(known.values()))
    labels = [one.label for one in chosen]
    return make_label_sheet(labels, known[onto.stock], setup, fonts=fonts(desk), progress=progress)


def _chosen(desk: Desk, wanted: Wanted) -> list[Chosen]:
    with desk.store.reading() as transaction:
        return choose(desk, transaction, wanted)


def _blanks(desk: Desk, how_many: int) -> list[Chosen]:
    """Take numbers for labels that are stuck on first and bound later: whatever is scanned next bears them.

    The numbers are kept as taken before a sheet is drawn: two sheets must never bear the same.
    """
    _require_few(how_many)
    with desk.gesturing() as (transaction, gesture):
        first = take_numbers(transaction, how_many)
        identity = desk.new_id()
        body = {"first": first, "count": how_many}
        journal.append(transaction, gesture, [Draft(FactKind.BLANKS_MADE, identity, body)])
        aggregates.refold(transaction, aggregates.named("blanks"), identity)
        return _numbered(desk, transaction, first, how_many)


def _next_blanks(desk: Desk, how_many: int) -> list[Chosen]:
    _require_few(how_many)
    with desk.store.reading() as transaction:
        first = int(read_settings(transaction).get("next_number", "1"))
        return _numbered(desk, transaction, first, how_many)


def _require_few(how_many: int) -> None:
    if how_many > MOST_BLANKS:
        raise Refused("TOO_MANY_BLANKS", most=MOST_BLANKS)


def _numbered(desk: Desk, transaction: Transaction, first: int, how_many: int) -> list[Chosen]:
    prefix, owner = desk.rules(transaction).prefix, owner_line(desk, transaction)
    made = [codes.make(prefix, number) for number in range(first, first + how_many)]
    return [Chosen(blank_label(code, owner)) for code in made]


def _note_printed(desk: Desk, chosen: Sequence[Chosen], stock: str, next_start: int) -> None:
    """Note who printed which labels and on what, take them off the queue, and keep where the sheet goes on."""
    with desk.gesturing() as (transaction, gesture):
        wanted = {one.form for one in label_keeping.wanted(transaction)}
        drafts: list[tuple[Instrument | None, Draft]] = []
        beside: list[Draft] = []
        for one in chosen:
            if one.label.kind is LabelKind.COMMAND:
                continue
            state = folding.instrument_state(transaction, one.instrument) if one.instrument else None
            draft = _printed(one, state, stock, queued=one.label.code in wanted)
            if state is None:
                beside.append(draft)
            else:
                drafts.append((state, draft))
        if drafts:
            moving.record(transaction, gesture, drafts)
        if beside:
            journal.append(transaction, gesture, beside)
        label_keeping.want_no_longer(transaction, [one.label.code for one in chosen])
        label_keeping.keep_sheet(transaction, stock, next_start, gesture.at)


def _printed(one: Chosen, state: Instrument | None, stock: str, *, queued: bool) -> Draft:
    """Draft that a label was printed, ``again`` where its like was before."""
    body: dict[str, object] = {"code": one.label.shown, "stock": stock}
    case = one.label.kind is LabelKind.CASE
    if case:
        body["case"] = True
    if queued or (state is not None and state.labelled is not None and not case):
        body["again"] = True
    return Draft(FactKind.LABELLED, state.id if state is not None else None, body)
