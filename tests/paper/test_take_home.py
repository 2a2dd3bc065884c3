"""The take-home register, read back from its paper: who, what, since when, and the school's own bars."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

from pypdf import PdfReader

from loanstore.domain import codes
from loanstore.paper.proof import read_codes
from loanstore.paper.take_home import TakeHomeLine, TakeHomePaper, draw_take_home

if TYPE_CHECKING:
    from pathlib import Path

SCHOOL = codes.normalise(codes.make("CM", 7))


def _paper(count: int) -> TakeHomePaper:
    lines = tuple(
        TakeHomeLine(
            codes.normalise(codes.make("CM", 100 + n)),
            "Violin 1/2",
            f"S{n:03}",
            f"Pupil {n}",
            f"Drama, Family {n}",
            date(2026, 9, 14) if n else None,
            date(2026, 12, 18),
        )
        for n in range(count)
    )
    return TakeHomePaper("Made-up Music Hub", "Oakfield Primary School", SCHOOL, date(2026, 10, 1), lines)


def test_every_line_is_there_on_as_many_pages_as_it_takes(fonts: Path) -> None:
    pages = PdfReader(io.BytesIO(draw_take_home(_paper(60), fonts=fonts))).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert len(pages) > 1
    assert read_codes(draw_take_home(_paper(60), fonts=fonts), 203) == [[SCHOOL]] * len(pages)
    for n in range(60):
        assert f"Pupil {n}" in words
        assert codes.make("CM", 100 + n) in words
    assert "60 instruments are at home on 1 October 2026." in words
    assert all("Signature" in page.extract_text() for page in pages)
    assert "14 Sep 2026" in words
    assert "not known" in words
    assert "Oakfield Primary School" in words
    assert f"Page 1 of {len(pages)}" in words


def test_an_empty_register_says_so(fonts: Path) -> None:
    (page,) = PdfReader(io.BytesIO(draw_take_home(_paper(0), fonts=fonts))).pages
    assert "0 instruments are at home" in page.extract_text()
