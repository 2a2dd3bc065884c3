"""Agreements of every shape: long clauses, names from right to left, two languages, large print, and signatures."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader

from loanstore.domain.agreements import Clause, Translation
from loanstore.domain.frozen import read_paper, read_places, write_paper, write_places
from loanstore.paper.agreement import draw_agreement, draw_to_sign
from loanstore.paper.agreement_page import draw_page
from loanstore.paper.large_agreement import draw_large_agreement
from loanstore.paper.proof import read_codes
from loanstore.paper.signing import Inked, sign_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.agreements import AgreementPaper

LONG = " ".join(f"word{n}" for n in range(300))
URDU = Translation("ur", "معاہدہ", (Clause("مدت", "یہ قرض {due} تک ہے۔"), Clause("احتیاط", "ساز کو خشک رکھیں۔")))
POLISH = Translation("pl", "Umowa użyczenia", (Clause("Okres", "Do dnia {due}."), Clause("Dbałość", "Zażółć gęślą.")))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("draw", [draw_to_sign, draw_large_agreement])
def test_a_clause_of_three_hundred_words_is_drawn_whole(
    draw: Callable[..., object], agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    paper = agreement(1)
    paper = replace(paper, text=replace(paper.text, clauses=(Clause("Long", LONG), *paper.text.clauses)))
    drawn = draw(paper, fonts=fonts)
    said = " ".join(text_of(drawn.pdf).split())  # type: ignore[attr-defined]  # both give a drawn agreement
    places = [said.index(f"word{n} ") for n in (0, 100, 200, 298)]
    assert places == sorted(places)


@pytest.mark.parametrize("beside", ["beside", ""])
@pytest.mark.parametrize("second", [URDU, POLISH], ids=["ur", "pl"])
def test_a_second_language_is_drawn_with_everything_filled_in(
    second: Translation, beside: str, agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    paper = agreement(1)
    paper = replace(paper, text=replace(paper.text, second=replace(second, beside=bool(beside))))
    pdf = draw_agreement(paper, fonts=fonts)
    said = text_of(pdf)
    assert "{" not in said
    assert "Loss and damage" in said
    assert f"/Lang ({second.language})".encode() in b"".join(
        page.get_contents().get_data()  # type: ignore[union-attr]  # every page has contents
        for page in PdfReader(BytesIO(pdf)).pages
    )
    if second is POLISH:
        assert "Zażółć gęślą." in said
        assert said.index("Period") < said.index("Dbałość")
    page = draw_page(paper)
    assert f'lang="{second.language}" dir="{"rtl" if second is URDU else "ltr"}"' in page


def test_a_long_second_language_flows_over_pages_beside_the_english(
    agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    paper = agreement(1)
    second = replace(POLISH, clauses=(Clause("Długa", " ".join([LONG] * 4)),))
    paper = replace(paper, text=replace(paper.text, second=second))
    said = " ".join(text_of(draw_agreement(paper, fonts=fonts)).split())
    assert said.count("word299") == 4
    assert read_codes(draw_agreement(paper, fonts=fonts)) != []


@pytest.mark.parametrize("name", ["محمد علي السيد", "נועה לוי", "Zoë " + "Wolfeschlegelstein " * 4])
@pytest.mark.parametrize("draw", [draw_to_sign, draw_large_agreement])
def test_names_of_any_writing_and_length_are_drawn(
    name: str, draw: Callable[..., object], agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    drawn = draw(replace(agreement(2, name=name.strip()), player=name.strip()), fonts=fonts)
    assert drawn.pages >= 1  # type: ignore[attr-defined]  # both give a drawn agreement
    assert name.strip() in draw_page(agreement(1, name=name.strip()))


def test_large_print_holds_nothing_below_eighteen_points(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    pdf = draw_large_agreement(agreement(3), fonts=fonts).pdf
    sizes = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        contents = page.get_contents()
        assert contents is not None
        sizes |= {float(size) for size in re.findall(rb"/F\S+ ([\d.]+) Tf", contents.get_data())}
    # reportlab begins each page in a face of twelve points, which draws nothing.
    assert min(sizes - {12.0}) >= 15.4
    assert 18.0 in sizes


def test_a_schedule_of_a_hundred_and_twenty_is_whole_in_large_print(
    agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    drawn = draw_large_agreement(agreement(120), fonts=fonts)
    said = text_of(drawn.pdf)
    assert all(f"SN{n:05d}" in said for n in range(1, 121))
    assert read_codes(drawn.pdf) == [["FM900001B"]] * drawn.pages


def test_what_a_paper_was_drawn_from_is_read_back_as_it_was(
    agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    paper = agreement(3)
    paper = replace(paper, due=None, text=replace(paper.text, second=URDU))
    assert read_paper(write_paper(paper)) == paper
    drawn = draw_to_sign(agreement(3), fonts=fonts)
    assert read_places(write_places(drawn)) == (drawn.pages, drawn.places)


def test_strokes_land_in_their_box_and_nowhere_else(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    drawn = draw_to_sign(agreement(1), fonts=fonts)
    place = drawn.places[0]
    strokes = (((0.0, 0.0), (1.0, 1.0)), ((0.0, 1.0), (1.0, 0.0)))
    signed = sign_on(drawn.pdf, [Inked(place, strokes, "Sam Example", "25 Nov 2026")], fonts)
    assert signed.startswith(drawn.pdf)
    before, after = (_pixels(pdf, place.page) for pdf in (drawn.pdf, signed))
    rows, columns = np.nonzero(np.abs(before.astype(int) - after.astype(int)) > 40)
    millimetre = 100 / 25.4
    assert len(rows) > 100
    assert place.y <= rows.min() / millimetre
    assert rows.max() / millimetre <= place.y + place.height
    assert place.x <= columns.min() / millimetre
    assert columns.max() / millimetre <= place.x + place.width
    assert "Sam Example" in text_of(signed)


def _pixels(pdf: bytes, page: int) -> np.ndarray:
    document = pypdfium2.PdfDocument(pdf)
    found: np.ndarray = document[page].render(scale=100 / 72, grayscale=True).to_numpy().copy()
    document.close()
    return found
