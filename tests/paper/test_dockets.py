"""Delivery dockets and the load sheet: counted, with every code in bars, and a place to sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain import codes
from loanstore.domain.agreements import Party
from loanstore.domain.dockets import DocketItem, DocketPaper, LoadSheet, LoadStop
from loanstore.paper.delivery_docket import draw_docket, draw_load_sheet
from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from pathlib import Path

OWNER = Party("Fenland Music Hub")
OAKFIELD = Party("Oakfield Primary School", ("1 Example Street", "Fenmarsh, CB0 0ZZ", "01632 960111"))
RUN = codes.normalise(codes.make("FM", 800))


def item(number: int, what: str = "Violin 1/2", set_name: str = "Blue violins") -> DocketItem:
    return DocketItem(codes.normalise(codes.make("FM", number)), what, "Made-up", f"SN{number:05d}", set_name)


@pytest.fixture
def docket() -> DocketPaper:
    things = (*(item(n) for n in range(1, 31)), item(31, "Cello 3/4", ""))
    return DocketPaper(RUN, OWNER, OAKFIELD, date(2026, 9, 15), 2, 3, things)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_docket_says_where_and_when_and_counts_what_it_lists(docket: DocketPaper, fonts: Path) -> None:
    text = text_of(draw_docket(docket, fonts=fonts))
    for part in (
        "Oakfield Primary School",
        "01632 960111",
        "15 September 2026",
        "Stop 2 of 3",
        "31 instruments in all",
        "1 × Cello 3/4 · 30 × Violin 1/2",
        "SN00007",
        "Blue violins",
        "Signature",
        "Name in capitals",
        "Date",
    ):
        assert part in text


@pytest.mark.parametrize("dpi", [203, 300])
def test_every_code_on_a_docket_scans_and_each_page_bears_the_runs(dpi: int, docket: DocketPaper, fonts: Path) -> None:
    pages = read_codes(draw_docket(docket, fonts=fonts), dpi)
    assert len(pages) > 1
    assert all(RUN in page for page in pages)
    listed = [code for page in pages for code in page if code != RUN]
    assert sorted(listed) == sorted(one.code for one in docket.items)


def test_the_headings_come_again_on_every_page_that_lists(docket: DocketPaper, fonts: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(draw_docket(docket, fonts=fonts))).pages]
    assert all("Serial number" in page for page in pages if "SN000" in page)


def test_what_is_taken_back_is_counted_apart(docket: DocketPaper, fonts: Path) -> None:
    both = replace(docket, items=docket.items[:2], collected=(item(40, "Viola 14 in"),))
    text = text_of(draw_docket(both, fonts=fonts))
    assert "2 instruments in all" in text
    assert "Taken back to the store" in text
    assert "1 × Viola 14 in" in text
    only = replace(docket, items=(), collected=(item(40, "Viola 14 in"),))
    assert "Delivered 0" not in text_of(draw_docket(only, fonts=fonts))


def test_a_docket_signed_for_already_bears_the_name_and_the_day(docket: DocketPaper, fonts: Path) -> None:
    signed = replace(docket, signer="Siân Example", signed=date(2026, 9, 16))
    text = text_of(draw_docket(signed, fonts=fonts))
    assert "Siân Example" in text
    assert "16 September 2026" in text


def test_a_number_too_long_for_bars_stands_in_letters(docket: DocketPaper, fonts: Path) -> None:
    long = DocketItem("OLDCOUNCILNUMBER000123456789ABCDEFGH", "Tuba")
    pdf = draw_docket(replace(docket, items=(long,)), fonts=fonts)
    assert "OLDCOUNCIL" in text_of(pdf)
    assert read_codes(pdf) == [[RUN]]


def test_the_load_sheet_gives_the_stops_in_their_order_with_counts(fonts: Path) -> None:
    fenmarsh = Party("Fenmarsh Primary School")
    stops = (
        LoadStop(1, OAKFIELD, tuple(item(n) for n in range(1, 4))),
        LoadStop(2, fenmarsh, (item(9, "Cello 3/4"),)),
        LoadStop(3, Party("Example Academy"), ()),
        LoadStop(4, Party("Made-up Hall"), (), date(2026, 9, 14)),
    )
    pdf = draw_load_sheet(LoadSheet(RUN, OWNER, date(2026, 9, 15), stops), fonts=fonts)
    text = text_of(pdf)
    places = [text.index(name) for name in ("1. Oakfield", "2. Fenmarsh", "3. Example", "4. Made-up")]
    assert places == sorted(places)
    for part in (
        "3 instruments",
        "4 instruments in all",
        "Nothing is loaded",
        "Delivered 14 September 2026",
        "last stop first",
    ):
        assert part in text
    assert read_codes(pdf) == [[RUN]]
