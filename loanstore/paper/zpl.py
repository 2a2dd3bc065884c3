"""Labels in the words of Zebra's printers (ZPL II): the printer draws bars and letters itself, dot by dot.

The words are those of Zebra's *ZPL II Programming Guide*. What the printer's own font may lack, and whatever is not
plain words and bars, is sent as the picture of its proved page instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loanstore.domain import labels as geometry
from loanstore.domain.labels import MM_PER_INCH
from loanstore.paper.barcodes import symbol, symbol_values
from loanstore.paper.fitting import fit
from loanstore.paper.ink import Ink, Style

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.labels import Label, LabelStock
    from loanstore.domain.printers import PrinterProfile
    from loanstore.paper.raster import Dots

_LAST_SURE: Final = "\u00ff"
#: As the ZPL guide's table of invocation codes has them: the starts, and the switches within each subset.
_STARTS: Final = {103: ("A", ">9"), 104: ("B", ">:"), 105: ("C", ">;")}
_SWITCHES: Final = {99: ("C", ">5"), 100: ("B", ">6"), 101: ("A", ">7")}
_FIRST_SWITCH: Final = 99
#: Characters that mean something to the printer, each sent by its number behind an underscore (``^FH``).
_COMMANDS: Final = frozenset("^~_\\")
_HEADLINE: Final = Style(7, bold=True)
_DETAIL: Final = Style(6)
_SHOWN: Final = Style(8.5, bold=True, mono=True)
_OWNER: Final = Style(5)
_SMALLEST: Final = 5.0
_BASE_HEIGHT: Final = 19.2
_LARGEST_SCALE: Final = 1.5
_DETAIL_HEIGHT: Final = 30.0
_LEADING: Final = 1.25
_GAP: Final = 0.8
_POINTS_PER_INCH: Final = 72


def is_plain(label: Label) -> bool:
    """Tell whether the printer's own font is sure to hold every letter of a label."""
    words = label.shown + label.headline + label.detail + label.owner
    return all(character.isprintable() and character <= _LAST_SURE for character in words)


def escaped(text: str) -> bytes:
    """Write text so that no character of it is taken for a command, in seven bits, to be read under ``^CI28^FH_``."""
    parts = []
    for character in text:
        if character in _COMMANDS or not " " <= character <= "~":
            parts += [f"_{byte:02X}" for byte in character.encode()]
        else:
            parts.append(character)
    return "".join(parts).encode("ascii")


def bar_data(code: str) -> bytes:
    """Write a code for ``^BC`` so that the printer draws the very symbol of the proved page."""
    start, *values = symbol_values(code)
    subset, words = _STARTS[start]
    for value in values:
        if value >= _FIRST_SWITCH and (subset != "C" or value > _FIRST_SWITCH):
            subset, word = _SWITCHES[value]
            words += word
        else:
            words += f"{value:02d}" if subset == "C" else chr(value + ord(" "))
    return words.encode("ascii")


class ZplLabels:
    """Writes labels for one printer and one stock."""

    def __init__(self, profile: PrinterProfile, stock: LabelStock, fonts: Path) -> None:
        self._profile = profile
        self._stock = stock
        self._scale = min(stock.safe_height / _BASE_HEIGHT, _LARGEST_SCALE)
        self._ruler = Ink(fonts, (stock.page_width, stock.page_height), title="")

    def words(self, label: Label) -> bytes:
        """Write one label in the printer's own words.

        Raises Refused LABEL_TOO_SMALL or CODE_UNPRINTABLE.
        """
        stock = self._stock
        left, top = geometry.corner(stock, 1)
        upper, lower = top + stock.safe_margin, top + stock.safe_margin + stock.safe_height
        above = [(label.headline, _HEADLINE)]
        if stock.safe_height >= _DETAIL_HEIGHT:
            above.append((label.detail, _DETAIL))
        parts = [self._begin()]
        for text, style in (line for line in above if line[0]):
            parts.append(self._line(left + stock.safe_margin, upper, text, style))
            upper += self._height(style)
        below = [(text, style) for text, style in ((label.shown, _SHOWN), (label.owner, _OWNER)) if text]
        for text, style in reversed(below):
            lower -= self._height(style)
            parts.append(self._line(left + stock.safe_margin, lower, text, style))
        parts += [self._bars(label, left + stock.width / 2, upper + _GAP, lower - _GAP), b"^XZ\n"]
        return b"".join(parts)

    def picture(self, page: Dots) -> bytes:
        """Write one label as the dots of its page."""
        across = len(page.rows[0])
        whole = across * page.height
        body = b"".join(row.hex().upper().encode("ascii") for row in page.rows)
        head = f"^FO0,0^GFA,{whole},{whole},{across},".encode("ascii")
        return b"".join((self._begin(), head, body, b"^FS^XZ\n"))

    def _begin(self) -> bytes:
        wide, high = self._dots(self._stock.page_width), self._dots(self._stock.page_height)
        return f"^XA^CI28^PW{wide}^LL{high}^LH0,0^LS0^LT0".encode("ascii")

    def _bars(self, label: Label, middle: float, top: float, bottom: float) -> bytes:
        modules = symbol(label.code).modules
        width = geometry.require_module_width(label, modules, self._stock, self._profile.dpi)
        module = self._dots(width)
        left = self._across(middle) - modules * module // 2
        high = self._dots(bottom - top)
        place = f"^FO{left},{self._down(top)}^BY{module},2.0,{high}^BCN,{high},N,N,N,N^FD".encode("ascii")
        return b"".join((place, bar_data(label.code), b"^FS"))

    def _line(self, left: float, top: float, text: str, style: Style) -> bytes:
        """Write a line in the middle of the label, fitted by our own fonts: the printer's are narrower."""
        scaled = replace(style, size=style.size * self._scale)
        shown, fitted = fit(self._ruler, text, scaled, self._stock.safe_width, _SMALLEST)
        shown = shown.replace("…", "...").replace("\\", "\\\\")
        high = round(fitted.size * self._profile.dpi / _POINTS_PER_INCH)
        place = f"^FO{self._across(left)},{self._down(top)}^A0N,{high},{high}"
        block = f"^FB{self._dots(self._stock.safe_width)},1,0,C,0^FH_^FD"
        return b"".join(((place + block).encode("ascii"), escaped(shown), b"^FS"))

    def _height(self, style: Style) -> float:
        return style.size * self._scale * _LEADING * MM_PER_INCH / _POINTS_PER_INCH

    def _dots(self, length: float) -> int:
        return round(length * self._profile.dpi / MM_PER_INCH)

    def _across(self, x: float) -> int:
        return max(0, self._dots(x * self._profile.scale_x + self._profile.offset_x))

    def _down(self, y: float) -> int:
        return max(0, self._dots(y * self._profile.scale_y + self._profile.offset_y))
