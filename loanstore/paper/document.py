"""An A4 document that flows: headings, paragraphs, tables and boxes, each page with its head and foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.bars import MM_PER_INCH
from loanstore.domain.codes import shown
from loanstore.domain.progress import Reached
from loanstore.i18n import _
from loanstore.paper.barcodes import symbol
from loanstore.paper.fitting import fit, wrap
from loanstore.paper.ink import HAIRLINE, MUTED, POINTS_PER_MM, TEAL, Ink, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

LEFT: Final = 18.0
WIDTH: Final = 174.0
RIGHT: Final = LEFT + WIDTH
_TOP: Final = 14.0
_BODY_TOP: Final = 34.0
BOTTOM: Final = 277.0
_FOOT: Final = 286.0
LEADING: Final = 1.38
#: Three dots at 203 dpi: a margin over what labels need, because paper gets folded and filed.
MODULE: Final = 3 * MM_PER_INCH / 203
_BAR_HEIGHT: Final = 9.0

BODY: Final = Style(9)
SMALL: Final = Style(7.5, colour=MUTED)
STRONG: Final = Style(9, bold=True)
HEADING: Final = Style(11, bold=True, colour=TEAL)
TITLE: Final = Style(20, bold=True)
OWNER: Final = Style(10, bold=True, colour=TEAL)
CODE: Final = Style(8.5, mono=True)
#: Large print: nothing is smaller than 18 points.
LARGE_BODY: Final = Style(18)
LARGE_STRONG: Final = Style(20, bold=True)
LARGE_HEADING: Final = Style(22, bold=True, colour=TEAL)
LARGE_OWNER: Final = Style(18, bold=True, colour=TEAL)
LARGE_CODE: Final = Style(18, mono=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in millimetres, and whether its figures end at the right."""

    title: str
    width: float
    right: bool = False


Cell = tuple[tuple[str, Style], ...]


def show_date(day: date | None) -> str:
    """Write a day as people read it, ``25 November 2026``; empty for none."""
    return f"{day.day} {day:%B %Y}" if day is not None else ""


def cell(text: str, style: Style = BODY) -> Cell:
    """Make a cell of one paragraph."""
    return ((text, style),)


class Document:
    """Flows content down A4 pages; ``code`` (normalised, may be empty) stands in bars on every page.

    ``large`` is for whoever reads with difficulty. ``reached`` hears of each row of a table that is drawn.
    """

    def __init__(
        self, fonts: Path, *, title: str, owner: str, code: str = "", foot: str = "", large: bool = False
    ) -> None:
        name = f"{title} {shown(code)}".strip()
        self.ink = Ink(fonts, title=name, subject=title)
        self.y = 0.0
        self._title = title
        self._owner = owner
        self._code = code
        self._symbol = symbol(code) if code else None
        self._foot = foot
        self.reached = Reached(0, None)
        self._large = large
        self.new_page()

    def new_page(self) -> None:
        """Begin a page under its head."""
        self.ink.new_page()
        first = self.ink.pages == 1
        room = WIDTH - (self._draw_code() if self._symbol is not None else 0)
        if self._large:
            self._large_head(room)
        else:
            owner, style = fit(self.ink, self._owner, OWNER, room, 7)
            self.ink.text(LEFT, _TOP + 4, owner, style)
            title, style = fit(self.ink, self._title, TITLE if first else STRONG, room, 8)
            self.ink.text(LEFT, _TOP + (13 if first else 10), title, style)
            self.y = _BODY_TOP
        self.ink.line(LEFT, self.y - 4, WIDTH, TEAL, 0.8)
        if first:
            self.ink.bookmark(self._title, _TOP)
            self.y += 3

    def _large_head(self, room: float) -> None:
        """Set the head in large print: names wrap instead of shrinking."""
        self.y = _TOP
        for text, style in ((self._owner, LARGE_OWNER), (self._title, LARGE_STRONG)):
            self.y = self.block(((text, style),), LEFT, self.y, room)
        self.y = max(self.y + 8, _BODY_TOP)

    def need(self, height: float) -> bool:
        """Begin a new page unless ``height`` millimetres are left; tell whether it did."""
        if self.y + height <= BOTTOM:
            return False
        self.new_page()
        return True

    def heading(self, text: str, keep: float = 20) -> None:
        """Set a heading and its bookmark, with ``keep`` millimetres of what follows on the same page."""
        down, after, style = (14.0, 6.0, LARGE_HEADING) if self._large else (8.0, 3.5, HEADING)
        self.need(down + keep)
        self.y += down
        self.ink.bookmark(text, self.y - down + 2)
        self.ink.text(LEFT, self.y, *fit(self.ink, text, style, WIDTH, style.size * 0.7))
        self.y += after

    def paragraph(self, text: str, style: Style = BODY, x: float = LEFT, width: float = WIDTH) -> None:
        """Set a paragraph, line by line over the page's end."""
        step = height_of(style)
        for line in wrap(self.ink, text, style, width):
            self.need(step)
            self.ink.text(x, self.y + step * 0.75, line, style)
            self.y += step

    def block(self, content: Cell, x: float, y: float, width: float) -> float:
        """Set wrapped paragraphs from ``y`` down, anywhere on the page; give where they end."""
        for text, style in content:
            step = height_of(style)
            for line in wrap(self.ink, text, style, width):
                self.ink.text(x, y + step * 0.75, line, style)
                y += step
        return y

    def height(self, content: Cell, width: float) -> float:
        """Measure what ``block`` would take."""
        return sum(height_of(style) * len(wrap(self.ink, text, style, width)) for text, style in content)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """Set a table; its headings come again on each page, and no row is torn apart."""
        self._table_head(columns)
        for row in self.reached.through(rows):
            height = 3.2 + max(
                self.height(content, column.width - 3) for column, content in zip(columns, row, strict=True)
            )
            if self.need(height):
                self._table_head(columns)
            self._row(columns, row)
            self.y += height
            self.ink.line(LEFT, self.y, WIDTH)

    def finish(self) -> bytes:
        """Bind the document, with "Page x of y" at each foot."""
        return self.ink.finish(self._draw_foot)

    def _row(self, columns: Sequence[Column], row: Sequence[Cell]) -> None:
        x = LEFT
        for column, content in zip(columns, row, strict=True):
            if column.right:
                for text, style in content:
                    base = self.y + 1.6 + height_of(style) * 0.75
                    self.ink.text(x + column.width, base, *fit(self.ink, text, style, column.width, 5), align=1)
            else:
                self.block(content, x, self.y + 1.6, column.width - 3)
            x += column.width

    def _table_head(self, columns: Sequence[Column]) -> None:
        x = LEFT
        for column in columns:
            place, align = (x + column.width, 1) if column.right else (x, 0)
            self.ink.text(place, self.y + 3, column.title, SMALL, align=align)
            x += column.width
        self.y += 4.6
        self.ink.line(LEFT, self.y, WIDTH, MUTED, 0.6)

    def _draw_code(self) -> float:
        """Draw the document's own barcode at the right of the head; give the width it takes with its white."""
        if self._symbol is None:
            return 0
        length = self._symbol.modules * MODULE
        self.ink.bars(RIGHT - length, _TOP, self._symbol, MODULE, _BAR_HEIGHT)
        if self._large:
            self.ink.text(RIGHT, _TOP + _BAR_HEIGHT + 7.5, shown(self._code), LARGE_CODE, align=1)
        else:
            self.ink.text(RIGHT - length / 2, _TOP + _BAR_HEIGHT + 3.6, shown(self._code), CODE, align=0.5)
        return length + 12 * MODULE

    def _draw_foot(self, page: int, pages: int) -> None:
        small, room = (LARGE_BODY, 62.0) if self._large else (SMALL, 30.0)
        self.ink.line(LEFT, _FOOT - (7.5 if self._large else 4.5), WIDTH, HAIRLINE)
        self.ink.text(RIGHT, _FOOT, _("Page {page} of {pages}").format(page=page, pages=pages), small, align=1)
        text, style = fit(self.ink, self._foot, small, WIDTH - room, 6)
        self.ink.text(LEFT, _FOOT, text, style)


def height_of(style: Style) -> float:
    """Give the height of a line set in ``style``, in millimetres."""
    return style.size * LEADING / POINTS_PER_MM
