"""Reading what people type into cells: dates, conditions, postcodes, and sizes that Excel made into dates."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.domain.catalogue import InstrumentType

# Words for "nobody knows"; ``#n/a`` is what Excel writes for a look-up that found nothing.
UNKNOWN_WORDS: Final = frozenset(
    (
        "n/a",
        "na",
        "n.a.",
        "#n/a",
        "unknown",
        "not known",
        "unk",
        "tbc",
        "tba",
        "none",
        "nil",
        "null",
        "-",
        "--",
        "–",
        "—",
        "?",
        "??",
    )
)
# What a spreadsheet shows where a formula failed, or where a column is too narrow for its number.
_FAILED: Final = re.compile(
    r"#(?:ref!|value!|div/0!|name\?|num!|null!|spill!|calc!|field!|blocked!|connect!|unknown!|busy!|getting_data|#{2,})"
)
CONDITIONS: Final = ("new", "good", "fair", "poor", "needs work")
CONDITION_LETTERS: Final = ("A", "B", "C", "D")

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORTEST_MONTH: Final = 3
_EARLIEST_YEAR: Final = 1700
_LATEST_YEAR: Final = 2199
# POSIX reads two figures so: 69 to 99 are the last century, 00 to 68 this one.
_PIVOT: Final = 69
# Only a number that is no month makes Excel take ``1/16`` for a month and a year.
_LAST_MONTH: Final = 12

_TIME: Final = r"(?:[ Tt]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?[Zz]?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}){_TIME})?")
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAMED_MONTH: Final = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?(?: of)?[- /.]?)?([a-z]{3,9})\.?,?[- /.']{0,2}(\d{4}|\d{2})"
)
_MONTH_DAY_YEAR: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_YEAR: Final = re.compile(r"\d{4}")
_DAY_MONTH_NAME: Final = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})(?:[- ](\d{4}|\d{2}))?")
_MONTH_NAME_NUMBER: Final = re.compile(r"([A-Za-z]{3,9})[- ](\d{1,2}|\d{4})")
_EXCEL_LOOK: Final = re.compile(r"\d{1,2}-[A-Z][a-z]{2}(?:-\d{2})?|[A-Z][a-z]{2}-\d{2}")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+\d+")
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")


def is_unknown(text: str) -> bool:
    """Tell a cell that says nothing: blank, or ``n/a``, ``unknown``, ``TBC``, ``-`` and their like."""
    bare = text.strip().casefold()
    return not bare or bare in UNKNOWN_WORDS


def is_failed(text: str) -> bool:
    """Tell a cell that held something which a spreadsheet lost: ``#REF!``, or ``####`` in too narrow a column."""
    return _FAILED.fullmatch(text.strip().casefold()) is not None


def read_date(text: str) -> str | None:
    """Read a date as ISO text, as precise as it was written: ``2011-09-14``, ``2010-09`` or ``2010``.

    Figures are read day first, as in Britain; a date that only an American order could explain is None, and so
    is one that no calendar holds (31/02/2020).
    """
    bare = " ".join(text.split()).casefold()
    for pieces in _date_pieces(bare):
        return _iso(*pieces)
    return None


def read_day(text: str) -> str | None:
    """Read a date that must name its day; None for ``Sept 2010``, in which a loan can't fall due."""
    found = read_date(text)
    return found if found is not None and len(found) == len("2000-01-01") else None


def _date_pieces(bare: str) -> Iterator[tuple[str, int | None, str | None]]:
    """Give year, month and day as written, in the first style that fits, if any does."""
    if found := _YEAR_FIRST.fullmatch(bare):
        yield found[1], int(found[2]), found[3]
    elif found := _DAY_FIRST.fullmatch(bare):
        yield found[3], int(found[2]), found[1]
    elif found := _MONTH_YEAR.fullmatch(bare):
        yield found[2], int(found[1]), None
    elif found := _MONTH_DAY_YEAR.fullmatch(bare):
        yield found[3], month_number(found[1]) or 0, found[2]
    elif found := _NAMED_MONTH.fullmatch(bare):
        yield found[3], month_number(found[2]) or 0, found[1]
    elif _YEAR.fullmatch(bare):
        yield bare, None, None


def _iso(year_text: str, month: int | None, day: str | None) -> str | None:
    year = _full_year(year_text)
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    try:
        whole = date(year, 1 if month is None else month, 1 if day is None else int(day)).isoformat()
    except ValueError:
        return None
    if month is None:
        return whole[:4]
    return whole[:7] if day is None else whole


def _full_year(text: str) -> int:
    if len(text) > len("99"):
        return int(text)
    return int(text) + (1900 if int(text) >= _PIVOT else 2000)


def month_number(name: str) -> int | None:
    """Give 1 to 12 for an English month's name or its beginning of three letters or more."""
    word = name.casefold()
    if len(word) < _SHORTEST_MONTH:
        return None
    return next((n for n, month in enumerate(_MONTHS, start=1) if month.startswith(word)), None)


def read_condition(text: str) -> str:
    """Give the grade: one of CONDITIONS in lower case, or a letter A to D in upper case.

    Letters stay letters, because one service's B is another's "fair". Any other words are kept as they were
    written: a register's own remark is worth more than a guess.
    """
    bare = " ".join(text.split())
    if bare.casefold() in CONDITIONS:
        return bare.casefold()
    return bare.upper() if bare.upper() in CONDITION_LETTERS else bare


def read_postcode(text: str) -> str:
    """Write a British postcode in capitals with its blank; anything else stays as it was written."""
    bare = " ".join(text.split())
    found = _POSTCODE.fullmatch(bare.upper())
    return f"{found[1]} {found[2]}" if found else bare


def became_date(text: str) -> bool:
    """Tell what only Excel writes into a column of numbers: ``03-Apr`` where ``3-4`` was typed."""
    return _EXCEL_LOOK.fullmatch(text.strip()) is not None


def lost_digits(text: str) -> bool:
    """Tell a long number of which Excel kept only the first figures: ``1.23457E+11``."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def looks_like_date(text: str) -> bool:
    """Tell a cell that holds a date or part of one, such as ``01-Feb``, ``Jan-16`` or ``2026-02-01``."""
    return any(True for _ in _fractions(text))


def repair_size(text: str, kind: InstrumentType | None) -> str | None:
    """Give the fraction that Excel took for a date: ``01-Feb`` was ``1/2``, ``Jan-16`` was ``1/16``.

    None where the text is no date, or where the type comes in no such size: a guess is worse than a gap. No
    date can mean two sizes, since of a fraction and its reverse only one is a size.
    """
    if kind is None or kind.sizes is None:
        return None
    for numerator, denominator in _fractions(text):
        fraction = f"{numerator}/{denominator}"
        if fraction in kind.sizes:
            return fraction
    return None


def _fractions(text: str) -> Iterator[tuple[int, int]]:
    """Give each pair of figures that could have been typed to become this date, British order first."""
    bare = text.strip()
    if found := _DAY_MONTH_NAME.fullmatch(bare):
        yield from _both_ways(int(found[1]), month_number(found[2]))
    elif found := _MONTH_NAME_NUMBER.fullmatch(bare):
        month = month_number(found[1])
        yield from _both_ways(int(found[2]) % 100, month, month_first=True)
    elif found := _YEAR_FIRST.fullmatch(bare):
        yield from _from_whole_date(int(found[1]), int(found[2]), int(found[3] or 1))
    elif found := _DAY_FIRST.fullmatch(bare):
        yield from _from_whole_date(int(found[3]), int(found[2]), int(found[1]))


def _both_ways(number: int, month: int | None, *, month_first: bool = False) -> Iterator[tuple[int, int]]:
    if month is not None:
        yield (month, number) if month_first else (number, month)
        yield (number, month) if month_first else (month, number)


def _from_whole_date(year: int, month: int, day: int) -> Iterator[tuple[int, int]]:
    yield day, month
    yield month, day
    # 1/16 became the first of January 2016: Excel adds the day when the second figure is no month.
    if day == 1 and year % 100 > _LAST_MONTH:
        yield month, year % 100
