"""Label sheets: where each label lies, how many sheets there are, and how wide bars may be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MM_PER_INCH: Final = 25.4
#: The coarsest printer bars are made for where none is named: 203 dots per inch, eight to the millimetre.
COARSEST_DPI: Final = 203
#: The narrowest bar read reliably at 203 dpi; two of its dots.
NARROWEST_MODULE: Final = 0.25
#: ISO/IEC 15417 asks for ten modules of white on either side of a Code 128 symbol.
QUIET_MODULES: Final = 10
#: Wider bars than this gain nothing on a label: hand scanners read them from half a metre.
WIDEST_MODULE: Final = 0.51
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class LabelStock:
    """A sheet of labels as its maker cuts it; every length in millimetres.

    ``left`` and ``top`` are the corner of the first label, ``pitch_x`` and ``pitch_y`` the steps to the next.
    Nothing is printed within ``safe_margin`` of a label's edge, because sheets are never fed quite straight.
    """

    key: str
    name: str
    maker: str
    page_width: float
    page_height: float
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    safe_margin: float
    source: str

    @property
    def per_page(self) -> int:
        """Count the labels of one sheet."""
        return self.columns * self.rows

    @property
    def safe_width(self) -> float:
        """Give the width that may be printed on, in millimetres."""
        return self.width - 2 * self.safe_margin

    @property
    def safe_height(self) -> float:
        """Give the height that may be printed on, in millimetres."""
        return self.height - 2 * self.safe_margin


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: ``code`` is drawn in bars (letters and digits only), ``shown`` is read by people."""

    code: str
    shown: str
    headline: str
    detail: str = ""
    owner: str = ""


def load_stocks(text: str) -> dict[str, LabelStock]:
    """Read the label stocks from their JSON text, by key.

    Raises FileUnusable STOCKS_UNUSABLE where the text is not a list of stocks.
    """
    try:
        return {entry["key"]: LabelStock(**entry) for entry in json.loads(text)["stocks"]}
    except (ValueError, KeyError, TypeError) as fault:
        raise FileUnusable("STOCKS_UNUSABLE", why=str(fault)) from fault


@dataclass(frozen=True, slots=True)
class Placed:
    """Where on its page a label lies: left and top edge, width and height in millimetres, and its code."""

    code: str
    left: float
    top: float
    width: float
    height: float


def corner(stock: LabelStock, number: int) -> tuple[float, float]:
    """Give the left and top edge of label ``number`` (1 is top left, then along the row), in millimetres."""
    row, column = divmod(number - 1, stock.columns)
    return stock.left + column * stock.pitch_x, stock.top + row * stock.pitch_y


def split(labels: Sequence[Label], stock: LabelStock, start: int) -> tuple[tuple[Label, ...], ...]:
    """Share out labels over sheets; the first sheet begins at label ``start`` (1-based).

    Raises Refused START_OUTSIDE_SHEET where the sheet has no such label.
    """
    if not 1 <= start <= stock.per_page:
        raise Refused("START_OUTSIDE_SHEET", start=start, last=stock.per_page, stock=stock.name)
    first = stock.per_page - start + 1
    sheets = [tuple(labels[:first])]
    sheets += [tuple(labels[begin : begin + stock.per_page]) for begin in range(first, len(labels), stock.per_page)]
    return tuple(sheet for sheet in sheets if sheet)


def next_start(stock: LabelStock, count: int, start: int) -> int:
    """Give the first free label of the last sheet after ``count`` labels; 1 when it came out exactly full."""
    return (start - 1 + count) % stock.per_page + 1


def module_width(modules: int, width: float, dpi: int | None = None) -> float | None:
    """Give the widest bar module, in millimetres, with which a symbol and its quiet zones fit ``width``.

    A module is a whole number of the printer's dots, and at least 0.25 mm. Without ``dpi`` bars suit printers of
    203 dpi and finer. None where even the narrowest module is too wide.
    """
    dot = MM_PER_INCH / (dpi or COARSEST_DPI)
    widest = min(width / (modules + 2 * QUIET_MODULES), WIDEST_MODULE)
    module = floor(widest / dot + _ROUNDING) * dot
    return module if module >= NARROWEST_MODULE else None


def require_module_width(
    label: Label, modules: int, stock: LabelStock, dpi: int | None, others: Iterable[LabelStock] = ()
) -> float:
    """Give the module width for a label on a stock, in millimetres.

    Raises Refused LABEL_TOO_SMALL, naming those of ``others`` on which the label would fit.
    """
    module = module_width(modules, stock.safe_width, dpi)
    if module is None:
        fitting = tuple(s.key for s in others if module_width(modules, s.safe_width, dpi) is not None)
        raise Refused("LABEL_TOO_SMALL", label=label.shown, stock=stock.name, fitting=fitting)
    return module
