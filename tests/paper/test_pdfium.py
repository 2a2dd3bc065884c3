"""PDFium is asked by one thread at a time, whatever lanes want it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from loanstore.paper import pdfium
from loanstore.paper.commands import command_labels
from loanstore.paper.label_sheets import make_label_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock


def test_two_lanes_that_draw_pages_never_draw_at_once(fonts: Path, stocks: dict[str, LabelStock]) -> None:
    pdf = make_label_sheet(command_labels(), stocks["avery-l7160"], fonts=fonts).pdf
    drawing: list[Any] = []
    most: list[int] = []

    def draw(page: Any) -> int:
        drawing.append(page)
        most.append(len(drawing))
        picture = page.render(scale=2).to_numpy()
        drawing.remove(page)
        return int(picture.shape[0])

    with ThreadPoolExecutor(2) as lanes:
        asked = [lanes.submit(lambda: list(pdfium.each_page(pdf, draw))) for _lane in range(2)]
        wait(asked)
    assert asked[0].result() == asked[1].result()
    assert max(most) == 1
