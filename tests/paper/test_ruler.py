"""The ruler page: its marks lie where the arithmetic says, and on a label it is nothing but marks and a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pypdf import PdfReader

from loanstore.domain.printers import ruler
from loanstore.paper.raster import dots
from loanstore.paper.ruler import draw_ruler

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.printers import Ruler

DPI = 600
MM = 25.4 / DPI


def middles(black: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> tuple[float, float]:
    """Give the middle of the first and of the last black run along a line of dots, in millimetres."""
    at = np.flatnonzero(black)
    breaks = np.flatnonzero(np.diff(at) > 1)
    first, last = at[: breaks[0] + 1], at[breaks[-1] + 1 :]
    return (first[0] + first[-1] + 1) / 2 * MM, (last[0] + last[-1] + 1) / 2 * MM


def page_dots(page: Ruler, fonts: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    (drawn,) = dots(draw_ruler(page, "Office printer", fonts=fonts), DPI)
    rows = np.frombuffer(b"".join(drawn.rows), dtype=np.uint8).reshape(drawn.height, -1)
    return np.unpackbits(rows, axis=1)[:, : drawn.width]


@pytest.mark.parametrize("size", [(210, 297), (57, 32), (62, 29)])
def test_every_mark_lies_as_far_from_its_edge_as_is_said(size: tuple[int, int], fonts: Path) -> None:
    page = ruler(*size)
    black = page_dots(page, fonts)
    # A quarter of the way along, no rule and no word stands between the marks.
    left, right = middles(black[round(page.height * 0.3 / MM)])
    top, bottom = middles(black[:, round(page.width * 0.26 / MM)])
    assert (left, page.width - right) == pytest.approx((page.inset_x, page.inset_x), abs=0.05)
    assert (top, page.height - bottom) == pytest.approx((page.inset_y, page.inset_y), abs=0.05)


def test_a_sheet_says_what_to_measure_and_a_label_has_no_room_for_it(fonts: Path, tmp_path: Path) -> None:
    said = []
    for name, page in (("sheet", ruler(210, 297)), ("label", ruler(57, 32))):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(draw_ruler(page, "Office printer", fonts=fonts))
        said.append(PdfReader(file).pages[0].extract_text())
    assert "from the left edge of the paper" in said[0]
    assert "Office printer" in said[0]
    assert said[1].strip() == ""
