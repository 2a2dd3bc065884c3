"""The agreement on paper: all of it legible, nothing torn, its barcode on every page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain.errors import Refused
from loanstore.paper.agreement import draw_agreement
from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.agreements import AgreementPaper


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_it_says_who_lends_what_to_whom_until_when(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    text = "\n".join(pages_of(draw_agreement(agreement(1), fonts=fonts)))
    for part in (
        "Fenland Music Hub",
        "Zoë Example",
        "Player: Siân Example",
        "School: Example Primary School",
        "25 November 2026",
        "31 August 2027",
        "£25.00 a term",
        "FM-000001-M",
        "Violin 3/4",
        "Made-up Student",
        "SN00001",
        "bow, rosin",
        "good",
        "£165.00",
        "Loss and damage",
        "Signature",
        "hirer_charged, version 1",
    ):
        assert part in text
    assert "{" not in text


@pytest.mark.parametrize("count", [1, 40, 120])
def test_every_page_has_its_number_and_the_barcode(
    count: int, agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    pdf = draw_agreement(agreement(count), fonts=fonts)
    pages = pages_of(pdf)
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
    for dpi in (203, 300):
        assert read_codes(pdf, dpi) == [["FM900001B"]] * len(pages)


def test_a_schedule_of_120_flows_over_pages_with_its_headings(
    agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    pages = pages_of(draw_agreement(agreement(120), fonts=fonts))
    text = "\n".join(pages)
    for number in range(1, 121):
        assert f"SN{number:05d}" in text
    for page in pages:
        assert ("Serial number" in page) == ("SN0" in page)
    assert "Replacement value in all: £19,800.00" in text


def test_no_total_is_drawn_where_a_value_is_not_known(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    paper = agreement(3)
    paper = replace(paper, items=(replace(paper.items[0], value_pence=None), *paper.items[1:]))
    assert "in all" not in "\n".join(pages_of(draw_agreement(paper, fonts=fonts)))


@pytest.mark.parametrize("count", range(1, 14))
def test_the_boxes_to_sign_stay_together_with_their_heading(
    count: int, agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    pages = pages_of(draw_agreement(agreement(count), fonts=fonts))
    (page,) = [page for page in pages if "Name in capitals" in page]
    assert page.count("Name in capitals") == 3
    assert "Signatures" in page


def test_a_name_of_eighty_characters_wraps(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " * 3
    text = pages_of(draw_agreement(agreement(1, name=name.strip()), fonts=fonts))[0]
    assert text.count("Wolfeschlegelsteinhausenbergerdorff") >= 3


@pytest.mark.parametrize("kind", ["setting", "class_set", "teacher", "ensemble", "hirer_free", "hirer_charged"])
def test_every_shipped_text_is_drawn_whole(kind: str, agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    paper = replace(agreement(2, kind), due=None, player="", school="", charge="")
    text = "\n".join(pages_of(draw_agreement(paper, fonts=fonts)))
    for clause in paper.text.clauses:
        assert clause.title in text
    assert "by ." not in text
    assert "No charge" in text


def test_it_is_titled_british_and_bookmarked(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    reader = PdfReader(BytesIO(draw_agreement(agreement(1), fonts=fonts)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Instrument hire agreement FM-900001-B"
    assert str(reader.root_object["/Lang"]) == "en-GB"
    titles = [str(entry["/Title"]) for entry in reader.outline if isinstance(entry, dict)]
    assert titles == ["Instrument hire agreement", "Schedule: 1 instrument", "Terms", "Signatures"]


def test_no_name_stands_in_what_the_file_says_of_itself(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    reader = PdfReader(BytesIO(draw_agreement(agreement(1), fonts=fonts)))
    assert "Example" not in str(reader.metadata)


def test_the_same_agreement_gives_the_same_bytes(agreement: Callable[..., AgreementPaper], fonts: Path) -> None:
    assert draw_agreement(agreement(3), fonts=fonts) == draw_agreement(agreement(3), fonts=fonts)


def test_a_borrower_whose_name_cannot_be_drawn_is_refused(
    agreement: Callable[..., AgreementPaper], fonts: Path
) -> None:
    with pytest.raises(Refused) as refusal:
        draw_agreement(agreement(1, name="\U00013000"), fonts=fonts)
    assert refusal.value.code == "NO_GLYPH"
