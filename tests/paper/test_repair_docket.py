"""The docket for a repairer: every code in bars, every fault in words, and room to sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.paper.proof import read_codes
from loanstore.paper.repair_docket import DocketItem, RepairDocket, draw_repair_docket

if TYPE_CHECKING:
    from pathlib import Path

VIOLIN = DocketItem("CM000001U", "CM-000001-U", "Violin 1/2", "Made-up Student", "04177", "the neck is loose")
DOCKET = RepairDocket("CM910001G", "Fenmarsh Music", "Łukasz Example & Sons", date(2026, 11, 25), (VIOLIN,))


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_docket_says_what_it_is_what_is_wrong_and_who_signs(fonts: Path) -> None:
    text = text_of(draw_repair_docket(DOCKET, fonts=fonts))
    for part in (
        "Repair docket",
        "Łukasz Example & Sons",
        "25 November 2026",
        "CM-000001-U",
        "Violin 1/2",
        "Made-up Student",
        "Serial 04177",
        "the neck is loose",
        "Handed over for Fenmarsh Music",
        "Received for Łukasz Example & Sons",
        "1 instrument",
    ):
        assert part in text


@pytest.mark.parametrize("dpi", [203, 300])
def test_every_code_reads_back_over_as_many_pages_as_it_takes(dpi: int, fonts: Path) -> None:
    items = tuple(replace(VIOLIN, code=f"CM{n:06d}X", shown=f"CM-{n:06d}-X") for n in range(1, 41))
    pages = read_codes(draw_repair_docket(replace(DOCKET, items=items), fonts=fonts), dpi)
    assert len(pages) > 2
    read = sorted(code for page in pages for code in page if code != DOCKET.code)
    assert read == [item.code for item in items]
    assert all(DOCKET.code in page for page in pages)


def test_a_code_that_no_bars_can_hold_stands_in_letters(fonts: Path) -> None:
    long = replace(VIOLIN, code="A" * 40, shown="A" * 40)
    odd = replace(VIOLIN, code="É1", shown="É-1")
    pdf = draw_repair_docket(replace(DOCKET, code="", items=(odd, long, VIOLIN)), fonts=fonts)
    assert read_codes(pdf) == [[VIOLIN.code]]
    assert "É-1" in text_of(pdf)


def test_a_long_fault_is_told_whole(fonts: Path) -> None:
    fault = "the bridge has fallen and the soundpost rattles " * 12
    assert fault.strip() in text_of(
        draw_repair_docket(replace(DOCKET, items=(replace(VIOLIN, fault=fault),)), fonts=fonts)
    )
