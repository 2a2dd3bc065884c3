"""Reading a table from a file, whatever spreadsheet program saved it: CSV in any usual form, or .xlsx."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable
from loanstore.domain.tables import Row, Table
from loanstore.spreadsheets.encodings import decode
from loanstore.spreadsheets.workbooks import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

DELIMITERS: Final = (",", ";", "\t")
# The largest register known has 27,000 instruments and the whole of GIAS 52,000 rows in 60 MB.
LARGEST_FILE: Final = 200_000_000
RECORDS_TO_JUDGE_BY: Final = 200

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel puts an encrypted .xlsx into the old container; its stream's name stands there in UTF-16.
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_UNUSUAL_CONTROLS: Final = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]")
_MOST_CONTROLS: Final = 1 / 200
# An apostrophe before what would be a formula says that it is text; spreadsheets and our own lists put it there.
_SAID_TO_BE_TEXT: Final = re.compile(r"'+[=+\-@\t\r]")
# A last line of its own: where it comes back inside a cell, a quotation mark was never closed.
_LAST_LINE: Final = "\x1e"


def read_table(path: Path) -> Table:
    """Read all rows of a CSV file or of a workbook's first filled sheet as text.

    Raises FileUnusable: FILE_MISSING, FILE_UNREADABLE, FILE_TOO_LARGE, FILE_EMPTY, NOT_A_TABLE, OLD_WORKBOOK,
    WORKBOOK_LOCKED, WORKBOOK_DAMAGED, CELL_TOO_LONG, QUOTE_NEVER_CLOSED. Each has the fact ``file``, the name.
    """
    data = _bytes_of(path)
    if data.startswith(_OLE):
        locked = _ENCRYPTED_STREAM in data
        raise FileUnusable("WORKBOOK_LOCKED" if locked else "OLD_WORKBOOK", file=path.name)
    table = read_workbook(data, path.name) if data.startswith(_ZIP) else _read_text(data, path.name)
    if not table.rows:
        raise FileUnusable("FILE_EMPTY", file=path.name)
    return table


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileUnusable("FILE_TOO_LARGE", file=path.name, most=LARGEST_FILE)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileUnusable("FILE_MISSING", file=path.name) from error
    except (OSError, ValueError) as error:
        # ValueError: a path with a zero byte in it.
        raise FileUnusable("FILE_UNREADABLE", file=path.name, reason=str(error)) from error


def _read_text(data: bytes, name: str) -> Table:
    decoded = decode(data)
    if decoded is None or _is_rubbish(decoded[0]):
        raise FileUnusable("NOT_A_TABLE", file=name)
    text, encoding = decoded
    text = text.rstrip("\x1a")
    named, text = _delimiter_named(text)
    delimiter = named or _find_delimiter(text)
    return Table(_up_to_last_filled(_rows(text, delimiter, name)), encoding, delimiter)


def _is_rubbish(text: str) -> bool:
    """Tell bytes that are no text at all: zeros, or more control characters than a scanner leaves behind."""
    if "\0" in text:
        return True
    return len(_UNUSUAL_CONTROLS.findall(text)) > len(text) * _MOST_CONTROLS


def _delimiter_named(text: str) -> tuple[str, str]:
    """Take off Excel's own first line ``sep=;``, which a spreadsheet does not show as a row."""
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r").strip('"')
    if first[:-1].casefold() == "sep=" and first[-1] in DELIMITERS:
        return first[-1], rest
    return "", text


def _find_delimiter(text: str) -> str:
    """Choose the delimiter under which the quotation marks fit and the most rows have the same width."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter))


def _fitness(text: str, delimiter: str) -> tuple[bool, bool, int]:
    widths: Counter[int] = Counter()
    sound = True
    try:
        for record in islice(_records(text, delimiter, strict=True), RECORDS_TO_JUDGE_BY):
            widths[len(record)] += 1
    except csv.Error:
        sound = False
    cells = max(((width - 1) * count for width, count in widths.items()), default=0)
    return cells > 0, sound, cells


def _records(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _rows(text: str, delimiter: str, name: str) -> list[Row]:
    rows: list[Row] = []
    try:
        for number, record in enumerate(_records(f"{text}\n{_LAST_LINE}", delimiter), start=1):
            rows.append(Row(number, tuple([cell[1:] if _is_said_to_be_text(cell) else cell for cell in record])))
    except csv.Error as error:
        # The reader's own limit, four times what a spreadsheet's cell can hold, is its only complaint here.
        raise FileUnusable("CELL_TOO_LONG", file=name, row=len(rows) + 1) from error
    last = rows.pop()
    if last.cells != (_LAST_LINE,):
        raise FileUnusable("QUOTE_NEVER_CLOSED", file=name, row=last.number)
    return rows


def _is_said_to_be_text(cell: str) -> bool:
    return cell[:1] == "'" and _SAID_TO_BE_TEXT.match(cell) is not None


def _up_to_last_filled(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Leave off the blank rows at the end, of which there may be thousands."""
    kept = list(rows)
    while kept and not kept[-1].filled:
        kept.pop()
    return tuple(kept)
