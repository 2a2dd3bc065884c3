"""Sheets of labels: each label drawn as the rules lay it out, on its place of the sheet, for a printer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loanstore.domain import label_sheets as sheets
from loanstore.domain.errors import Refused
from loanstore.domain.label_layout import Contents, Part, length_wanted, words_of
from loanstore.domain.labels import NEUTRAL, Placed
from loanstore.i18n import _
from loanstore.paper.barcodes import symbol
from loanstore.paper.ink import Ink
from loanstore.paper.label_drawing import NO_EXTRAS, Extras, LabelPen
from loanstore.paper.qr import qr_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Calibration, Label
    from loanstore.domain.progress import Progress


@dataclass(frozen=True, slots=True)
class SheetResult:
    """A PDF of labels: what lies where on each page, and the first free label of the last sheet.

    ``stock`` is what was drawn on, cut and calibrated, ``reduction`` what was taken off each bar in millimetres, and
    ``qr`` the text of the QR codes where labels bear them; ``bare`` labels bear neither QR code nor logo.
    """

    pdf: bytes
    labels: int
    pages: int
    next_start: int
    placed: tuple[tuple[Placed, ...], ...]
    stock: LabelStock
    reduction: float = 0.0
    qr: str = ""
    bare: bool = True


@dataclass(frozen=True, slots=True)
class Setup:
    """How a run of labels is drawn: from label ``start`` of the first sheet on (1-based), for a ``printer``.

    ``extras`` go on every label that has room; ``others`` are the stocks to suggest where a code is too long.
    """

    start: int = 1
    printer: Calibration = NEUTRAL
    extras: Extras = NO_EXTRAS
    others: tuple[LabelStock, ...] = ()


def make_label_sheet(
    labels: Sequence[Label],
    stock: LabelStock,
    setup: Setup | None = None,
    *,
    fonts: Path,
    progress: Progress | None = None,
) -> SheetResult:
    """Draw ``labels`` onto sheets of ``stock``.

    Raises Refused NO_LABELS, START_OUTSIDE_SHEET, LABEL_TOO_SMALL, LABEL_OFF_PAGE, BARS_VANISH, CODE_UNPRINTABLE,
    QR_TOO_LONG or NO_GLYPH.
    """
    if not labels:
        raise Refused("NO_LABELS")
    setup = setup or Setup()
    start = setup.start
    drawn = sheets.calibrated(_cut(labels, stock, setup), setup.printer)
    shared = sheets.split(labels, drawn, start)
    ink = Ink(fonts, (drawn.page_width, drawn.page_height), title=_("Labels"), subject=stock.name)
    others = tuple(replace(one, dpi=setup.printer.dpi or one.dpi) for one in setup.others)
    pen = LabelPen(ink, drawn, setup.printer.bar_width_reduction, setup.extras, others)
    placed: list[tuple[Placed, ...]] = []
    done = 0
    for sheet in shared:
        ink.new_page()
        first = start if done == 0 else 1
        corners = [sheets.corner(drawn, number) for number in range(first, first + len(sheet))]
        size = (drawn.width, drawn.height)
        placed.append(
            tuple(
                Placed(label.code, *at, *size, qr=pen.draw(label, *at))
                for label, at in zip(sheet, corners, strict=True)
            )
        )
        done += len(sheet)
        if progress is not None:
            progress(done, len(labels))
    return SheetResult(
        pdf=ink.finish(),
        labels=len(labels),
        pages=len(shared),
        next_start=sheets.next_start(drawn, len(labels), start),
        placed=tuple(placed),
        stock=drawn,
        reduction=setup.printer.bar_width_reduction,
        qr=setup.extras.qr if Part.QR in pen.borne else "",
        bare=not pen.borne & {Part.QR, Part.LOGO},
    )


def _cut(labels: Sequence[Label], stock: LabelStock, setup: Setup) -> LabelStock:
    """Cut a continuous roll to what its tallest label needs; any other stock stays as it is."""
    if not stock.continuous:
        return stock
    qr = qr_code(setup.extras.qr).modules if setup.extras.qr else 0
    dpi = setup.printer.dpi or stock.dpi or None
    contents = {Contents(symbol(label.code).modules, words_of(label), qr) for label in labels}
    return stock.cut(max(length_wanted(one, stock.safe_width, dpi) for one in contents) + 2 * stock.margin_y)
