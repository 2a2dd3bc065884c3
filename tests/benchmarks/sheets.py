"""A thousand labels, drawn and read back, against the library's own Code 128 on the same sheet."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Final

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from loanstore import assets
from loanstore.domain import codes
from loanstore.domain.label_stocks import LabelStock, load_stocks
from loanstore.domain.labels import Label
from loanstore.paper.label_sheets import SheetResult, make_label_sheet
from loanstore.paper.proof import prove
from tests.benchmarks.timing import Measured, in_turns
from tests.helpers.made_up import OWNER, PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STOCK: Final = "avery-l7160"
ROUNDS: Final = 5

_FLOOR_IS: Final = "the library's own Code 128 and two lines of text"
_ACROSS: Final = 3
_DOWN: Final = 7


def measure(labels: int) -> Iterator[Measured]:
    """Measure sheets of that many labels without their proof and with it."""
    stock = load_stocks((assets.resources() / "label_stocks.json").read_text("utf-8"))[STOCK]
    shown = [codes.make(PREFIX, number) for number in range(1, labels + 1)]
    wanted = [Label(codes.normalise(code), code, "Violin 1/2", "Stentor Student II", OWNER) for code in shown]
    plain = partial(_plain, shown)
    for what, ours in (
        ("drawn", partial(_drawn, wanted, stock)),
        ("drawn and read back", partial(_read, wanted, stock)),
    ):
        turns = in_turns([ours] * ROUNDS, [plain] * ROUNDS)
        yield Measured(f"{labels:,} labels {what}", median(turns.ours), median(turns.floor), _FLOOR_IS)


def _drawn(labels: Sequence[Label], stock: LabelStock) -> SheetResult:
    return make_label_sheet(labels, stock, fonts=assets.resources() / "fonts")


def _read(labels: Sequence[Label], stock: LabelStock) -> None:
    sheet = _drawn(labels, stock)
    prove(sheet)


def _plain(shown: Sequence[str]) -> bytes:
    canvas = Canvas(BytesIO())
    for place, code in enumerate(shown):
        column, row = place % _ACROSS, place // _ACROSS % _DOWN
        left, bottom = (7 + column * 66) * mm, (15 + row * 38) * mm
        canvas.drawString(left, bottom + 24 * mm, "Violin 1/2")
        Code128(codes.normalise(code), barWidth=0.25 * mm, barHeight=12 * mm).drawOn(canvas, left, bottom + 8 * mm)
        canvas.drawString(left, bottom, code)
        if (column, row) == (_ACROSS - 1, _DOWN - 1):
            canvas.showPage()
    data: bytes = canvas.getpdfdata()
    return data
