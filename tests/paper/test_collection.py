"""Collection letters: what is ready, where and until when, and bars that the desk reads."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain.agreements import Party
from loanstore.domain.collection import CollectionPaper, ReadyItem
from loanstore.paper.collection import draw_collection
from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.labels import Label

UNTIL = date(2026, 12, 2)


def letter(label: Callable[..., Label], items: int = 1, bars: int = 1) -> CollectionPaper:
    ready = tuple(
        ReadyItem("FM000001M", "Violin 1/2", "Made-up Student", "Shelf A", date(2026, 12, 2 + n % 3))
        for n in range(items)
    )
    party = Party("Zoë Example", ("12 Made-up Lane", "Ely, CB0 0ZY"))
    drawn = tuple(label(n + 1) for n in range(bars))
    return CollectionPaper(Party("Fenland Music Hub"), party, "Siân Example", ready, drawn, date(2026, 11, 25))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_letter_says_what_is_ready_where_and_until_when(label: Callable[..., Label], fonts: Path) -> None:
    text = text_of(draw_collection(letter(label, items=2), fonts=fonts))
    assert "2 instruments are ready for you. Please collect by 2 December 2026." in text
    for part in ("Zoë Example", "12 Made-up Lane", "For Siân Example", "Shelf A", "3 December 2026", "FM-000001-M"):
        assert part in text
    assert "Page 1 of 1" in text


@pytest.mark.parametrize("dpi", [203, 300])
def test_every_request_on_a_letter_has_bars_that_read_back(dpi: int, label: Callable[..., Label], fonts: Path) -> None:
    paper = letter(label, bars=3)
    (found,) = read_codes(draw_collection(paper, fonts=fonts), dpi)
    assert sorted(found) == sorted(one.code for one in paper.bars)


def test_a_schools_letter_of_sixty_flows_over_pages_and_loses_no_bars(label: Callable[..., Label], fonts: Path) -> None:
    paper = letter(label, items=60, bars=21)
    pdf = draw_collection(paper, fonts=fonts)
    assert len(PdfReader(BytesIO(pdf)).pages) > 2
    assert sorted(code for page in read_codes(pdf, 203) for code in page) == sorted(one.code for one in paper.bars)
    assert text_of(pdf).count("Violin 1/2") >= 60


def test_the_same_letter_gives_the_same_bytes(label: Callable[..., Label], fonts: Path) -> None:
    paper = letter(label)
    assert draw_collection(paper, fonts=fonts) == draw_collection(paper, fonts=fonts)
