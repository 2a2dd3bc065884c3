"""What the tests of paper share: the shipped fonts, stocks and texts, and made-up people and things."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.assets import resources
from loanstore.domain import codes
from loanstore.domain.agreements import (
    AgreementPaper,
    AgreementText,
    OutItem,
    Party,
    ReceiptItem,
    ReceiptPaper,
    ScheduleItem,
    read_text,
)
from loanstore.domain.label_stocks import LabelStock, load_stocks
from loanstore.domain.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWNER = Party("Fenland Music Hub", ("1 Example Yard, Ely, CB0 0ZZ", "01632 960123"))


@pytest.fixture(scope="session")
def fonts() -> Path:
    return resources() / "fonts"


@pytest.fixture(scope="session")
def stocks() -> dict[str, LabelStock]:
    return load_stocks((resources() / "label_stocks.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def texts() -> dict[str, AgreementText]:
    folder = resources() / "agreements"
    return {path.stem: read_text(path.read_text("utf-8")) for path in folder.glob("*.toml")}


@pytest.fixture(scope="session")
def label() -> Callable[..., Label]:
    def make(number: int, headline: str = "Violin 1/2") -> Label:
        shown = codes.make("FM", number)
        return Label(codes.normalise(shown), shown, headline, "Made-up Student", "Fenland Music Hub")

    return make


@pytest.fixture(scope="session")
def agreement(texts: dict[str, AgreementText]) -> Callable[..., AgreementPaper]:
    def make(count: int, kind: str = "hirer_charged", name: str = "Zoë Example") -> AgreementPaper:
        return AgreementPaper(
            code="FM900001B",
            owner=OWNER,
            borrower=Party(name, ("12 Made-up Lane", "Ely, CB0 0ZY")),
            player="Siân Example",
            school="Example Primary School",
            items=tuple(_item(number) for number in range(1, count + 1)),
            out=date(2026, 11, 25),
            due=date(2027, 8, 31),
            made=date(2026, 11, 25),
            text=texts[kind],
            charge="£25.00 a term",
        )

    return make


@pytest.fixture
def receipt() -> ReceiptPaper:
    out, back = date(2026, 9, 7), date(2026, 11, 25)
    return ReceiptPaper(
        code="FM910001G",
        owner=OWNER,
        party=Party("Łukasz Example"),
        returned=(
            ReceiptItem("FM000001M", "Violin 3/4", "SN1", out, back, "good"),
            ReceiptItem("FM000002K", "Cello 1/2", "SN2", out, back, "worn", ("bow", "rosin")),
        ),
        still_out=(OutItem("FM000003I", "Viola 14 in", "SN3", out, date(2027, 8, 31)),),
        made=back,
    )


def _item(number: int) -> ScheduleItem:
    code = codes.normalise(codes.make("FM", number))
    what = (
        "Violin 3/4"
        if number % 5
        else "Double bass 1/2, five-string, with extension and a description of eighty characters"
    )
    return ScheduleItem(code, what, "Made-up", "Student", f"SN{number:05d}", ("bow", "rosin"), "good", 16_500)
