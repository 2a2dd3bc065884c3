"""Receipts, lists of names, the command card and the recovery sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain.codes import read_command
from loanstore.domain.errors import Refused
from loanstore.domain.labels import Label
from loanstore.paper.commands import command_labels, draw_command_sheet
from loanstore.paper.lists import draw_code_list
from loanstore.paper.proof import read_codes
from loanstore.paper.receipt import draw_receipt
from loanstore.paper.recovery import draw_recovery_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.agreements import ReceiptPaper

WORDS = ["amber", "basket", "candle", "dragon", "ember", "fabric", "garden", "harvest", "island", "jacket"]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_receipt_says_what_came_back_what_is_missing_and_what_is_still_out(
    receipt: ReceiptPaper, fonts: Path
) -> None:
    text = text_of(draw_receipt(receipt, fonts=fonts))
    assert "2 instruments came back. 2 parts are missing. Still with you: Viola 14 in" in text
    for part in ("Łukasz Example", "FM-000002-K", "bow, rosin", "worn", "Viola 14 in", "31 Aug 2027", "7 Sep 2026"):
        assert part in text
    assert "Page 1 of 1" in text


def test_a_receipt_clears_a_family_that_brought_everything(receipt: ReceiptPaper, fonts: Path) -> None:
    whole = replace(receipt, returned=receipt.returned[:1], still_out=())
    text = text_of(draw_receipt(whole, fonts=fonts))
    assert "1 instrument came back. Nothing more is with you." in text
    assert "Still on loan" not in text


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_receipt_has_the_barcode_of_its_reference_or_none(dpi: int, receipt: ReceiptPaper, fonts: Path) -> None:
    assert read_codes(draw_receipt(receipt, fonts=fonts), dpi) == [["FM910001G"]]
    assert read_codes(draw_receipt(replace(receipt, code=""), fonts=fonts), dpi) == [[]]


def test_a_receipt_of_a_hundred_flows_over_pages(receipt: ReceiptPaper, fonts: Path) -> None:
    pdf = draw_receipt(replace(receipt, returned=receipt.returned * 50), fonts=fonts)
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 2
    assert all("Condition" in page.extract_text() for page in pages[:-1])


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_list_of_names_reads_back_in_the_order_given(dpi: int, fonts: Path, label: Callable[..., Label]) -> None:
    entries = [label(n, f"Example {n} أحمد") for n in range(1, 41)]
    pdf = draw_code_list("Borrowers", entries, fonts=fonts)
    found = read_codes(pdf, dpi)
    assert len(found) == 3
    assert sorted(code for page in found for code in page) == sorted(entry.code for entry in entries)
    assert set(found[0]) == {entry.code for entry in entries[: len(found[0])]}


def test_an_empty_list_is_a_page_that_says_so(fonts: Path) -> None:
    assert "0 names" in text_of(draw_code_list("Borrowers", [], fonts=fonts))


def test_a_code_too_long_for_the_list_is_refused(fonts: Path) -> None:
    with pytest.raises(Refused) as refusal:
        draw_code_list("Borrowers", [Label("A" * 40, "A" * 40, "Example")], fonts=fonts)
    assert refusal.value.code == "LABEL_TOO_SMALL"


@pytest.mark.parametrize("dpi", [203, 300])
def test_the_command_card_is_one_leaf_on_whose_two_sides_every_command_scans(dpi: int, fonts: Path) -> None:
    front, back = read_codes(draw_command_sheet(fonts=fonts), dpi)
    assert sorted([*front, *back]) == sorted(label.code for label in command_labels())
    assert {code.rstrip("123456789") for code in front}.isdisjoint(code.rstrip("123456789") for code in back)


def test_every_command_label_is_understood_as_the_command_it_shows() -> None:
    labels = command_labels()
    assert len({label.code for label in labels}) == 47
    for label in labels:
        command = read_command(label.code)
        assert command is not None
        assert command == read_command(label.shown)


def test_the_recovery_sheet_is_one_page_with_the_words_in_order(fonts: Path) -> None:
    pdf = draw_recovery_sheet("Fenland Music Hub", "store-1", WORDS * 2, date(2026, 11, 25), fonts=fonts)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    text = text_of(pdf)
    for part in ("Fenland Music Hub", "store-1", "25 November 2026"):
        assert part in text
    assert [word for word in text.split() if word in WORDS] == WORDS * 2


def test_the_recovery_sheets_words_are_not_in_what_the_file_says_of_itself(fonts: Path) -> None:
    pdf = draw_recovery_sheet("Fenland Music Hub", "store-1", WORDS, date(2026, 11, 25), fonts=fonts)
    assert "amber" not in str(PdfReader(BytesIO(pdf)).metadata)
