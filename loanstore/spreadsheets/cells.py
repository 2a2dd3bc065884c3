"""Writing a workbook's value as its cell shows it, where that says more than the value: noughts, fractions, months."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

# A colour, a condition, a currency or a language in brackets, a gap and a filling: none says anything.
_SILENT: Final = re.compile(r"\[[^\]]*\]|_.|\*.")
# Words in quotation marks, and any character behind a backslash, are shown as they stand.
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_WHOLE_NUMBER: Final = re.compile(rf"((?:{_LITERAL.pattern})*)(0+)((?:{_LITERAL.pattern})*)")
_DECIMALS: Final = re.compile(r"0\.(0{2,})")
_OTHER_SCALE: Final = frozenset("%Ee,")
_FRACTION: Final = re.compile(r"\?+/\?+")
_FINEST_FRACTION: Final = 32
# A workbook writes what XML can't hold, and line ends of other systems, so.
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def as_shown(value: object, number_format: str) -> str:
    """Write a value as its cell shows it where that carries a fact: leading zeros, fractions, a month without a day."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return _day(value.date(), number_format) if whole_day else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return _day(value, number_format)
    if isinstance(value, time):
        return value.isoformat()
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _number(value: float, number_format: str) -> str:
    if _FRACTION.search(number_format) and 0 < value < 1:
        return str(Fraction(value).limit_denominator(_FINEST_FRACTION))
    # Fifteen digits are what a spreadsheet keeps; more would show the machine's own rounding (0.30000000000000004).
    number = Decimal(format(value, ".15g"))
    text = format(number, "f")
    shown = _main_part(number_format)
    if text.isdigit() and (whole := _WHOLE_NUMBER.fullmatch(shown)):
        before, noughts, after = whole[1], whole[4], whole[5]
        return _words(before) + text.zfill(len(noughts)) + _words(after)
    return _rounded(number, text, _LITERAL.sub("", shown))


def _main_part(number_format: str) -> str:
    """Give the part of a format that numbers above nought and dates are shown by."""
    return _SILENT.sub("", number_format).partition(";")[0]


def _words(literals: str) -> str:
    return _LITERAL.sub(lambda found: found[1] or found[2] or "", literals)


def _rounded(number: Decimal, text: str, shown: str) -> str:
    """Round what was reckoned, such as a price with tax, to the pence that its cell shows."""
    found = _DECIMALS.search(shown)
    _whole, _point, decimals = text.partition(".")
    if found is None or len(decimals) <= len(found[1]) or _OTHER_SCALE & set(shown.replace("#,##", "")):
        return text
    return format(number.quantize(Decimal(1).scaleb(-len(found[1])), ROUND_HALF_UP), "f")


def _day(day: date, number_format: str) -> str:
    """Write a date as precisely as it is shown: where nobody typed a day (``Sept 2010``), Excel makes it the first."""
    shown = _LITERAL.sub("", _main_part(number_format)).casefold()
    if "y" not in shown or "d" in shown or day.day > 1:
        return day.isoformat()
    if "m" in shown:
        return day.isoformat()[: len("2010-09")]
    return str(day.year) if day.month == 1 else day.isoformat()
