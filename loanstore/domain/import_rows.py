"""Reading one row of an import: each cell to its canonical text, with what was repaired and what was refused."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes, values
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.money import read_pence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loanstore.domain.catalogue import Catalogue, InstrumentType

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_URN: Final = re.compile(r"\d{5,7}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_AGE: Final = re.compile(r"\d{1,3}")
_KINDS_OF_BORROWER: Final = {
    "setting": ("setting", "school", "academy", "nursery", "college"),
    "teacher": ("teacher", "associate teacher", "tutor", "staff"),
    "ensemble": ("ensemble", "project", "band", "orchestra", "choir", "group", "hub academy"),
    "hirer": ("hirer", "parent", "carer", "parent carer", "guardian", "family", "student", "pupil", "individual"),
}
_STILL_OUT: Final = frozenset(("no", "out", "still out", "on loan", "not returned", "outstanding", "not yet"))
_LONGEST_LIFE: Final = 99
_CLOSED: Final = "closed"


@dataclass(frozen=True, slots=True)
class Repaired:
    """A value that a program had damaged and that was put right: Excel's ``01-Feb`` for ``1/2``."""

    row: int
    field: str
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A value that was dropped, or with no ``field`` the whole row. ``why`` is a code, filled by ``facts``."""

    row: int
    field: str | None
    value: str
    why: str
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict, hash=False)


class RowReader:
    """Reads the cells of one row; ``values`` holds what was understood, only fields that say something.

    ``failed`` names the fields in which a spreadsheet shows an error; they are refused from the start.
    """

    def __init__(self, row: int, cells: Mapping[str, str], dates: frozenset[str]) -> None:
        self.row = row
        self.cells = cells
        self.dates = dates
        self.values: dict[str, str] = {}
        self.repaired: list[Repaired] = []
        self.refused: list[Rejected] = []
        self.row_refused: Rejected | None = None
        self.failed = frozenset(name for name, text in cells.items() if values.is_failed(text))
        for name in sorted(self.failed):
            self.refuse(name, "CELL_FAILED")

    def text(self, name: str) -> str:
        """Give a cell on one line; empty where it is missing, says nothing (``n/a``), or its formula failed."""
        bare = " ".join(_CONTROL.sub(" ", self.cells.get(name, "")).split())
        return "" if name in self.failed or values.is_unknown(bare) else bare

    def said(self) -> dict[str, str]:
        """Give what the row says by field, however it was written: what was read, else the words of the cell."""
        return {name: self.text(name) for name in self.cells if self.text(name)} | self.values

    def keep(self, *names: str) -> None:
        """Take cells as they are written."""
        self.take(lambda text: text, "", *names)

    def keep_lines(self, name: str) -> None:
        """Take a cell as it is written, its line breaks too."""
        lines = (" ".join(line.split()) for line in _CONTROL.sub("\n", self.cells.get(name, "")).split("\n"))
        text = "\n".join(line for line in lines if line)
        if name not in self.failed and not values.is_unknown(text):
            self.values[name] = text

    def take(self, read: Callable[[str], str | None], why: str, *names: str) -> None:
        """Read cells; one that can't be read is refused with ``why``, and the row goes on without it."""
        for name in names:
            text = self.text(name)
            if not text:
                continue
            value = read(text)
            if value is None:
                self.refuse(name, why)
            else:
                self.values[name] = value

    def refuse(self, name: str, why: str, **facts: str | int) -> None:
        """Drop one value."""
        self.refused.append(Rejected(self.row, name, self.cells.get(name, ""), why, facts))

    def refuse_row(self, name: str, why: str, **facts: str | int) -> None:
        """Drop the whole row for what stands in the cell ``name``."""
        self.row_refused = Rejected(self.row, None, self.cells.get(name, ""), why, facts)

    def repair(self, name: str, to: str) -> None:
        """Put a damaged value right, and say so."""
        self.repaired.append(Repaired(self.row, name, self.cells.get(name, ""), to))
        self.values[name] = to


def read_row(reader: RowReader, kind: ImportKind, catalogue: Catalogue) -> None:
    """Read all cells of a row by the rules of its kind; codes of refusal are listed in ``import_rules``."""
    if kind is ImportKind.INSTRUMENTS:
        _read_instrument(reader, catalogue)
    elif kind is ImportKind.SCHOOLS:
        _read_school(reader)
    elif kind is ImportKind.BORROWERS:
        _read_borrower(reader)
    else:
        _read_loan(reader)


def _read_instrument(reader: RowReader, catalogue: Catalogue) -> None:
    words = reader.text("type")
    if not words:
        reader.refuse_row("code", "NO_TYPE")
        return
    found = catalogue.find_sized(words)
    kind, implied = found if found is not None else (None, None)
    reader.values["type"] = kind.name if kind is not None else words
    _take_number(reader, "code", "alias", "serial")
    _take_size(reader, kind, implied)
    reader.keep("make", "model", "location", "supplier", "funding", "owner", "issued_to")
    reader.keep_lines("notes")
    reader.take(values.read_condition, "", "condition")
    reader.take(_pence, "BAD_MONEY", "replacement_value", "purchase_cost")
    reader.take(values.read_date, "BAD_DATE", "purchased")
    reader.take(values.read_day, "BAD_DATE", "issued_on", "valued", "serviced", "tested", "cleaned")
    reader.keep("colour", "adapted", "apparatus")
    reader.take(_years, "BAD_YEARS", "useful_life")


def _take_number(reader: RowReader, *names: str) -> None:
    """Take numbers as text; what Excel has spoilt can't be mended, since the figures are gone."""
    for name in names:
        text = reader.text(name)
        if name in reader.dates or values.became_date(text):
            reader.refuse(name, "BECAME_DATE")
        elif values.lost_digits(text):
            reader.refuse(name, "DIGITS_LOST")
        elif text and name != "serial" and not is_code(text):
            reader.refuse(name, "BAD_CODE")
        elif text:
            reader.values[name] = text


def is_code(text: str) -> bool:
    """Tell whether a text can be somebody's code: Latin letters and figures, no command, not too long."""
    if len(text) > codes.LONGEST_CODE or codes.normalise(text).startswith(codes.COMMAND_PREFIX):
        return False
    said = [c for c in text.upper() if c.isalnum()]
    return bool(said) and all(c in codes.ALPHABET for c in said)


def _take_size(reader: RowReader, kind: InstrumentType | None, implied: str | None) -> None:
    """Read the size by what the type comes in; a type's own words may name it (``1/2 Violin``)."""
    if implied is not None:
        reader.values["size"] = implied
    text = reader.text("size")
    if not text:
        return
    damaged = "size" in reader.dates or values.looks_like_date(text)
    size = values.repair_size(text, kind) if damaged else _plain_size(text, kind)
    if size is None:
        reader.refuse("size", "SIZE_BECAME_DATE" if damaged else "BAD_SIZE", type=reader.values["type"])
    elif implied is not None and size != implied:
        reader.refuse("size", "SIZE_DISAGREES", type=reader.text("type"))
    elif damaged:
        reader.repair("size", size)
    else:
        reader.values["size"] = size


def _plain_size(text: str, kind: InstrumentType | None) -> str | None:
    return text if kind is None else kind.read_size(text)


def _pence(text: str) -> str | None:
    pence = read_pence(text)
    return None if pence is None else str(pence)


def _years(text: str) -> str | None:
    figures = text.casefold().removesuffix("s").removesuffix("year").strip()
    return figures if figures.isascii() and figures.isdigit() and 0 < int(figures) <= _LONGEST_LIFE else None


def _read_school(reader: RowReader) -> None:
    if not reader.text("name"):
        reader.refuse_row("urn", "NO_NAME")
        return
    reader.keep("name", "la_code", "la_name", "establishment_number", "establishment_type", "establishment_group")
    reader.keep("status", "phase", "street", "locality", "address3", "town", "county", "telephone", "website")
    reader.take(values.read_postcode, "", "postcode")
    reader.take(_shaped(_URN), "BAD_URN", "urn")
    reader.take(_shaped(_AGE), "BAD_AGE", "low_age", "high_age")
    reader.take(_shaped(_EMAIL), "BAD_EMAIL", "email")
    reader.take(values.read_day, "BAD_DATE", "closed_on")
    if reader.values.get("status", "").casefold() == _CLOSED:
        reader.values["closed"] = "yes"


def _read_borrower(reader: RowReader) -> None:
    if not reader.text("name"):
        reader.refuse_row("code", "NO_NAME")
        return
    reader.keep("name", "telephone", "address", "pupil", "school", "year_group")
    reader.keep_lines("notes")
    _take_number(reader, "code")
    reader.take(_borrower_kind, "BAD_KIND", "kind")
    reader.take(values.read_postcode, "", "postcode")
    reader.take(_shaped(_URN), "BAD_URN", "urn")
    reader.take(_shaped(_EMAIL), "BAD_EMAIL", "email")


def _borrower_kind(text: str) -> str | None:
    word = " ".join(re.findall(r"[a-z]+", text.casefold().replace(" or ", " ")))
    return next((kind for kind, words in _KINDS_OF_BORROWER.items() if word in words), None)


def _read_loan(reader: RowReader) -> None:
    """Read a loan. One whose return can't be read is refused whole: without it the thing would seem out."""
    _take_number(reader, "code")
    if "code" not in reader.values:
        reader.refuse_row("code", "NO_INSTRUMENT")
        return
    if not reader.text("borrower"):
        reader.refuse_row("borrower", "NO_BORROWER")
        return
    reader.keep("borrower")
    reader.keep_lines("notes")
    reader.take(values.read_day, "BAD_DATE", "out", "due")
    if "returned" in reader.failed:
        reader.refuse_row("returned", "BAD_RETURN_DATE")
        return
    returned = reader.text("returned")
    if returned and returned.casefold() not in _STILL_OUT:
        day = values.read_day(returned)
        if day is None:
            reader.refuse_row("returned", "BAD_RETURN_DATE")
            return
        reader.values["returned"] = day
    _check_order(reader)


def _check_order(reader: RowReader) -> None:
    out = reader.values.get("out", "")
    if reader.values.get("returned", out) < out:
        reader.refuse_row("returned", "RETURNED_BEFORE_OUT", out=out)
    elif reader.values.get("due", out) < out:
        reader.refuse("due", "DUE_BEFORE_OUT", out=out)
        del reader.values["due"]


def _shaped(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None
