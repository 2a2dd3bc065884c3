"""Finding out in which encoding the text of a table was saved."""

from __future__ import annotations

import codecs
from typing import Final

# Excel's "Unicode text" starts with a mark; files cut by other programs may lack it.
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ENOUGH_BYTES: Final = 65_536
# A table's delimiters, digits and line ends are ASCII, whose other half is zero in UTF-16.
_FILLED_WITH_ZEROS: Final = 0.2
_HARDLY_ANY_ZEROS: Final = 0.02


def decode(data: bytes) -> tuple[str, str] | None:
    """Give the text and the name of its encoding; None where no encoding of a table fits.

    Strict UTF-8 comes first, because text in another encoding that happens to be sound UTF-8 is rare beyond
    ASCII. Windows-1252 comes last: it is what Excel saves on an English machine. A statistical guess between
    single-byte encodings is not made: the files are too short, and a wrong guess changes names silently.
    """
    for encoding in _candidates(data):
        text = _try(data, encoding)
        if text is not None:
            return text, encoding
    return None


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    wide = _unmarked_utf16(data[:_ENOUGH_BYTES])
    return (wide,) if wide else ("utf-8", "cp1252")


def _unmarked_utf16(data: bytes) -> str | None:
    half = len(data) // 2
    if not half:
        return None
    even, odd = data[0::2].count(0) / half, data[1::2].count(0) / half
    if odd > _FILLED_WITH_ZEROS and even < _HARDLY_ANY_ZEROS:
        return "utf-16-le"
    if even > _FILLED_WITH_ZEROS and odd < _HARDLY_ANY_ZEROS:
        return "utf-16-be"
    return None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text.removeprefix("\ufeff")
