"""Sheets of labels: where each label lies, how many sheets there are, which label is the next free one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Calibration, Label


def corner(stock: LabelStock, number: int) -> tuple[float, float]:
    """Give the left and top edge of label ``number`` (1 is top left, then along the row), in millimetres."""
    row, column = divmod(number - 1, stock.columns)
    return stock.left + column * stock.pitch_x, stock.top + row * stock.pitch_y


def split(labels: Sequence[Label], stock: LabelStock, start: int) -> tuple[tuple[Label, ...], ...]:
    """Share out labels over sheets; the first sheet begins at label ``start`` (1-based).

    Raises Refused START_OUTSIDE_SHEET where the sheet has no such label.
    """
    if not 1 <= start <= stock.per_page:
        raise Refused("START_OUTSIDE_SHEET", start=start, last=stock.per_page, stock=stock.name)
    first = stock.per_page - start + 1
    sheets = [tuple(labels[:first])]
    sheets += [tuple(labels[begin : begin + stock.per_page]) for begin in range(first, len(labels), stock.per_page)]
    return tuple(sheet for sheet in sheets if sheet)


def next_start(stock: LabelStock, count: int, start: int) -> int:
    """Give the first free label of the last sheet after ``count`` labels; 1 when it came out exactly full."""
    return (start - 1 + count) % stock.per_page + 1


def calibrated(stock: LabelStock, printer: Calibration) -> LabelStock:
    """Give a stock as it must be drawn for a printer, so that what it prints lands on the labels as they are cut.

    Raises Refused LABEL_OFF_PAGE where what may be printed on would leave the page.
    """
    across, down = printer.scale_x, printer.scale_y
    drawn = replace(
        stock,
        width=stock.width * across,
        height=stock.height * down,
        left=stock.left * across + printer.offset_x,
        top=stock.top * down + printer.offset_y,
        pitch_x=stock.pitch_x * across,
        pitch_y=stock.pitch_y * down,
        margin_x=stock.margin_x * across,
        margin_y=stock.margin_y * down,
        dpi=printer.dpi or stock.dpi,
    )
    first, last = corner(drawn, 1), corner(drawn, drawn.per_page)
    inside = (
        first[0] + drawn.margin_x >= 0
        and first[1] + drawn.margin_y >= 0
        and last[0] + drawn.width - drawn.margin_x <= drawn.page_width
        and last[1] + drawn.height - drawn.margin_y <= drawn.page_height
    )
    if not inside:
        raise Refused("LABEL_OFF_PAGE", stock=stock.name)
    return drawn
