"""Labels in the words of Zebra's printers (ZPL II): the printer draws bars and letters itself, dot by dot.

The words are those of Zebra's *ZPL II Programming Guide*. What the printer's own font may lack, and whatever is not
plain words and bars, is sent as the picture of its proved page instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loanstore.domain import label_sheets as sheets
from loanstore.domain.bars import MM_PER_INCH
from loanstore.domain.label_layout import SMALLEST_TYPE, Contents, Part, require_layout, words_of
from loanstore.paper.barcodes import symbol, symbol_values
from loanstore.paper.fitting import fit
from loanstore.paper.ink import Ink, Style

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.label_layout import Element
    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label
    from loanstore.paper.raster import Dots

_LAST_SURE: Final = "\u00ff"
#: As the ZPL guide's table of invocation codes has them: the starts, and the switches within each subset.
_STARTS: Final = {103: ("A", ">9"), 104: ("B", ">:"), 105: ("C", ">;")}
_SWITCHES: Final = {99: ("C", ">5"), 100: ("B", ">6"), 101: ("A", ">7")}
_FIRST_SWITCH: Final = 99
#: Characters that mean something to the printer, each sent by its number behind an underscore (``^FH``).
_COMMANDS: Final = frozenset("^~_\\")
_STYLES: Final = {
    Part.HEADLINE: Style(0, bold=True),
    Part.DETAIL: Style(0),
    Part.FIGURES: Style(0, bold=True, mono=True),
    Part.OWNER: Style(0),
}
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
    """Writes labels on one stock: a roll, calibrated for its printer and cut to length."""

    def __init__(self, stock: LabelStock, dpi: int, fonts: Path) -> None:
        self._stock = stock
        self._dpi = dpi
        self._ruler = Ink(fonts, (stock.page_width, stock.page_height), title="")

    def words(self, label: Label) -> bytes:
        """Write one label in the printer's own words, laid out as its page is.

        Raises Refused LABEL_TOO_SMALL or CODE_UNPRINTABLE.
        """
        contents = Contents(symbol(label.code).modules, words_of(label))
        said = {
            Part.HEADLINE: label.headline,
            Part.DETAIL: label.detail,
            Part.FIGURES: label.shown,
            Part.OWNER: label.owner,
        }
        parts = [self._begin()]
        for element in require_layout(label, contents, self._stock):
            if element.part is Part.BARS:
                parts.append(self._bars(label.code, element))
            else:
                parts.append(self._line(said[element.part], element))
        return b"".join([*parts, b"^XZ\n"])

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

    def _bars(self, code: str, element: Element) -> bytes:
        module, high = self._dots(element.module), self._dots(element.height)
        look = f"{self._place(element)}^BY{module},2.0,{high}^BCN,{high},N,N,N,N^FD"
        return b"".join((look.encode("ascii"), bar_data(code), b"^FS"))

    def _line(self, text: str, element: Element) -> bytes:
        """Write a line in the middle of its box, fitted by our own fonts: the printer's are narrower."""
        style = replace(_STYLES[element.part], size=element.size)
        shown, fitted = fit(self._ruler, text, style, element.width, SMALLEST_TYPE)
        shown = shown.replace("…", "...").replace("\\", "\\\\")
        high = round(fitted.size * self._dpi / _POINTS_PER_INCH)
        look = f"{self._place(element)}^A0N,{high},{high}^FB{self._dots(element.width)},1,0,C,0^FH_^FD"
        return b"".join((look.encode("ascii"), escaped(shown), b"^FS"))

    def _place(self, element: Element) -> str:
        left, top = sheets.corner(self._stock, 1)
        x = self._dots(left + self._stock.margin_x + element.x)
        y = self._dots(top + self._stock.margin_y + element.y)
        return f"^FO{x},{y}"

    def _dots(self, length: float) -> int:
        return round(length * self._dpi / MM_PER_INCH)
