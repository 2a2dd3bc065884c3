"""The same labels drawn by others: bars, three lines of words in a font that is embedded, on the same places."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from barcode.codex import Code128 as Library
from barcode.writer import ImageWriter, SVGWriter
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from loanstore.domain.label_sheets import corner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label

MODULE = 0.25
"""Millimetres; two dots of a printer of 203 dpi."""
HEIGHT = 12.0
_FACE = "NotoSans-Regular"


def by_widget(labels: Sequence[Label], stock: LabelStock, fonts: Path) -> bytes:
    """Draw them by reportlab: a canvas, its strings and its own barcode."""
    pdfmetrics.registerFont(TTFont(_FACE, str(fonts / f"{_FACE}.ttf")))
    canvas = Canvas(BytesIO())
    for number, label, left, top in _placed(labels, stock):
        if number > 1 and (number - 1) % stock.per_page == 0:
            canvas.showPage()
        middle, up = (left + stock.width / 2) * mm, (stock.page_height - top) * mm
        for text, size, down in _lines(label):
            canvas.setFont(_FACE, size)
            canvas.drawCentredString(middle, up - down * mm, text)
        bars = Code128(label.code, barWidth=MODULE * mm, barHeight=HEIGHT * mm)
        bars.drawOn(canvas, middle - bars.width / 2, up - 20 * mm)
    data: bytes = canvas.getpdfdata()
    return data


def by_fpdf(labels: Sequence[Label], stock: LabelStock, fonts: Path) -> bytes:
    """Draw them by fpdf2: its cells, and bars as rectangles."""
    from fpdf import FPDF

    pdf: Any = FPDF(format=(stock.page_width, stock.page_height))
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("face", "", str(fonts / f"{_FACE}.ttf"))
    for number, label, left, top in _placed(labels, stock):
        if (number - 1) % stock.per_page == 0:
            pdf.add_page()
        for text, size, down in _lines(label):
            pdf.set_font("face", size=size)
            pdf.set_xy(left, top + down - 3)
            pdf.cell(stock.width, 3, text, align="C")
        pattern = Library(label.code, writer=SVGWriter()).build()[0]
        begin = left + (stock.width - len(pattern) * MODULE) / 2
        for at, length in _bars(pattern):
            pdf.rect(begin + at * MODULE, top + 8, length * MODULE, HEIGHT, style="F")
    return bytes(pdf.output())


def by_pictures(labels: Sequence[Label]) -> None:
    """Have python-barcode make a PNG of each."""
    for label in labels:
        Library(label.code, writer=ImageWriter()).write(BytesIO(), {"module_width": MODULE, "write_text": False})


def by_svg(labels: Sequence[Label]) -> None:
    """Have python-barcode make an SVG of each."""
    for label in labels:
        Library(label.code, writer=SVGWriter()).write(BytesIO(), {"module_width": MODULE, "write_text": False})


def _placed(labels: Sequence[Label], stock: LabelStock) -> Iterator[tuple[int, Label, float, float]]:
    for number, label in enumerate(labels, 1):
        yield number, label, *corner(stock, (number - 1) % stock.per_page + 1)


def _lines(label: Label) -> tuple[tuple[str, float, float], ...]:
    """Give each line of words with its size in points and how far down its foot stands, in millimetres."""
    return (label.headline, 10, 6), (label.shown, 12, 26), (label.owner, 7, 30)


def _bars(pattern: str) -> Iterator[tuple[int, int]]:
    at = 0
    for run in pattern.replace("10", "1 0").replace("01", "0 1").split():
        if run[0] == "1":
            yield at, len(run)
        at += len(run)
