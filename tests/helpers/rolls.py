"""Rolls of labels for tests: one label to the page, of any size."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loanstore.domain.labels import LabelStock


def as_roll(stock: LabelStock, key: str, width: float, height: float) -> LabelStock:
    """Cut a stock's labels to a size, in millimetres, and have them follow each other on a roll."""
    return replace(
        stock,
        key=key,
        page_width=width,
        page_height=height,
        width=width,
        height=height,
        columns=1,
        rows=1,
        left=0.0,
        top=0.0,
        pitch_x=width,
        pitch_y=height,
    )
