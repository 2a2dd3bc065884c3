"""Making text fit: shrink to a smallest size, then cut with an ellipsis; or wrap onto lines."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loanstore.paper.ink import Ink, Style

_ELLIPSIS: Final = "…"
_MAY_BE_FULL: Final = 4.0
"""Millimetres: kerning beside blanks makes a line differ from the sum of its words by a fraction of this."""


def fit(ink: Ink, text: str, style: Style, width: float, smallest: float) -> tuple[str, Style]:
    """Give a line that is at most ``width`` millimetres: shrunk down to ``smallest`` points, then cut."""
    actual = ink.width(text, style)
    if actual <= width:
        return text, style
    size = max(smallest, int(style.size * width / actual * 10) / 10)
    shrunk = replace(style, size=min(size, style.size))
    if ink.width(text, shrunk) <= width:
        return text, shrunk
    return _cut(ink, text, shrunk, width), shrunk


def _cut(ink: Ink, text: str, style: Style, width: float) -> str:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if ink.width(_shortened(text, middle), style) <= width:
            low = middle
        else:
            high = middle - 1
    return _shortened(text, low)


def _shortened(text: str, length: int) -> str:
    """Cut after ``length`` characters, never between a letter and the marks on it."""
    while 0 < length < len(text) and unicodedata.category(text[length]).startswith("M"):
        length -= 1
    return text[:length].rstrip() + _ELLIPSIS


def wrap(ink: Ink, text: str, style: Style, width: float) -> list[str]:
    """Break text at blanks into lines of at most ``width`` millimetres; a longer word is broken where it must."""
    lines: list[str] = []
    line, about = "", 0.0
    # Word by word is soon added up; the whole line is only measured where it may be full.
    plain = text.isascii()
    blank = ink.width(" ", style) if plain else 0.0
    for word in _short_words(ink, text, style, width):
        longer = f"{line} {word}" if line else word
        more = about + blank + ink.width(word, style) if plain else width
        if line and more > width - _MAY_BE_FULL and ink.width(longer, style) > width:
            lines.append(line)
            line, about = word, ink.width(word, style) if plain else 0.0
        else:
            line, about = longer, more
    return [*lines, line] if line else lines


def _short_words(ink: Ink, text: str, style: Style, width: float) -> list[str]:
    words: list[str] = []
    for word in text.split():
        rest = word
        while len(rest) > 1 and ink.width(rest, style) > width:
            length = max(1, len(_cut(ink, rest, style, width)) - 1)
            words.append(rest[:length])
            rest = rest[length:]
        words.append(rest)
    return words
