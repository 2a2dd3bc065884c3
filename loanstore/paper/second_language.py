"""A text in a second language: beside the English, clause by clause, or after it; from right to left where it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.paper.document import BODY, BOTTOM, LEFT, STRONG, WIDTH, height_of
from loanstore.paper.fitting import wrap
from loanstore.paper.ink import TEAL, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.agreements import Clause, Translation
    from loanstore.paper.document import Document

RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left (CLDR, layout/orientation)."""

_GAP: Final = 6.0
_INDENT: Final = 8.0
_COLUMN: Final = (WIDTH - _GAP) / 2
_NUMBER: Final = Style(9, bold=True, colour=TEAL)
_BETWEEN: Final = 2.2

_Line = tuple[str, Style]


def draw_beside(document: Document, clauses: Sequence[Clause], second: Translation) -> None:
    """Set both texts in two columns; the clauses of one number begin side by side."""
    _beside_title(document, second)
    for number in range(max(len(clauses), len(second.clauses))):
        left = _lines(document, clauses[number] if number < len(clauses) else None, _COLUMN - _INDENT)
        right = _lines(document, second.clauses[number] if number < len(second.clauses) else None, _COLUMN)
        document.need(3 * height_of(BODY))
        document.ink.text(LEFT, document.y + height_of(STRONG) * 0.75, f"{number + 1}", _NUMBER)
        _two_columns(document, left, right, second.language)
        document.y += _BETWEEN


def draw_after(document: Document, second: Translation) -> None:
    """Set the second text whole behind the English one, under its own title."""
    document.ink.speak(second.language)
    document.heading(second.title)
    document.y += 0.5
    for number, clause in enumerate(second.clauses, 1):
        document.need(3 * height_of(BODY))
        document.ink.text(LEFT, document.y + height_of(STRONG) * 0.75, f"{number}", _NUMBER)
        _flow(document, _lines(document, clause, WIDTH - _INDENT), second.language)
        document.y += _BETWEEN
    document.ink.speak()


def is_right_to_left(language: str) -> bool:
    """Tell whether a language, named by its tag, is written from right to left."""
    return language.partition("-")[0].casefold() in RIGHT_TO_LEFT


def _beside_title(document: Document, second: Translation) -> None:
    document.ink.speak(second.language)
    for line in wrap(document.ink, second.title, STRONG, _COLUMN):
        _line(document, (line, STRONG), LEFT + _COLUMN + _GAP, _COLUMN, second.language)
        document.y += height_of(STRONG)
    document.ink.speak()
    document.y += _BETWEEN


def _lines(document: Document, clause: Clause | None, width: float) -> list[_Line]:
    if clause is None:
        return []
    parts = ((clause.title, STRONG), (clause.body, BODY))
    return [(line, style) for text, style in parts for line in wrap(document.ink, text, style, width)]


def _two_columns(document: Document, left: list[_Line], right: list[_Line], language: str) -> None:
    """Set as much of both as the page holds, the left one first, so that each is read as a whole; then go on."""
    step = height_of(BODY)
    while left or right:
        document.need(step)
        room = max(1, int((BOTTOM - document.y) / step))
        top = document.y
        ends = [top]
        for lines, x, width, spoken in (
            (left[:room], LEFT + _INDENT, _COLUMN - _INDENT, ""),
            (right[:room], LEFT + _COLUMN + _GAP, _COLUMN, language),
        ):
            document.y = top
            document.ink.speak(spoken)
            for line in lines:
                _line(document, line, x, width, spoken)
                document.y += step
            document.ink.speak()
            ends.append(document.y)
        document.y = max(ends)
        left, right = left[room:], right[room:]


def _flow(document: Document, lines: list[_Line], language: str) -> None:
    for line in lines:
        document.need(height_of(line[1]))
        _line(document, line, LEFT + _INDENT, WIDTH - _INDENT, language)
        document.y += height_of(line[1])


def _line(document: Document, line: _Line, x: float, width: float, language: str) -> None:
    text, style = line
    turned = is_right_to_left(language)
    document.ink.text(
        x + width if turned else x, document.y + height_of(style) * 0.75, text, style, align=1 if turned else 0
    )
