"""Label stocks: sheets and rolls as their makers cut them, a store's own laid over the shipped, and what is sound."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, fields, replace
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST: Final = 1000.0
"""No length of a stock is more, in millimetres; more is a slip of the finger."""
SMALLEST_SIDE: Final = 8.0
"""Less than this may be printed on holds no barcode and its figures, in millimetres."""
_TOUCHING: Final = 1e-6
_MOST_ACROSS: Final = 100
_MOST_DPI: Final = 2400


class Feed(StrEnum):
    """How a stock goes through its printer."""

    SHEET = "sheet"
    ROLL = "roll"


@dataclass(frozen=True, slots=True)
class LabelStock:
    """Labels as their maker cuts them; every length in millimetres, as they are read.

    ``left`` and ``top`` are the corner of the first label, ``pitch_x`` and ``pitch_y`` the steps to the next.
    Nothing is printed within ``margin_x`` and ``margin_y`` of a label's edge: sheets are never fed quite straight, and
    heads do not reach the ends of a roll's labels. ``corner`` is the radius of a rounded corner. A roll has one label
    to the page; a continuous one has the ``height`` 0 until it is cut to a length. ``dpi`` is the resolution of the
    roll's printers, 0 where any printer may be used. On a ``turned`` roll the label's width runs along the feed.
    """

    key: str
    name: str
    maker: str
    feed: Feed
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
    margin_x: float
    margin_y: float
    source: str
    corner: float = 0.0
    dpi: int = 0
    turned: bool = False

    @property
    def per_page(self) -> int:
        """Count the labels of one sheet; a roll has one to the page."""
        return self.columns * self.rows

    @property
    def continuous(self) -> bool:
        """Tell whether it has no labels of its own and is cut to length."""
        return self.height == 0

    @property
    def safe_width(self) -> float:
        """Give the width that may be printed on, in millimetres."""
        return self.width - 2 * self.margin_x

    @property
    def safe_height(self) -> float:
        """Give the height that may be printed on, in millimetres; of a continuous roll, as much as is wanted."""
        return LARGEST if self.continuous else self.height - 2 * self.margin_y

    def cut(self, height: float) -> LabelStock:
        """Give a continuous roll cut to labels of a height; any other stock as it is."""
        if not self.continuous:
            return self
        return replace(self, height=height, page_height=height, pitch_y=height)


_NUMBERS: Final = frozenset(
    {
        *("page_width", "page_height", "width", "height", "left", "top", "pitch_x", "pitch_y"),
        *("margin_x", "margin_y", "corner"),
    }
)
_COUNTS: Final = {"columns": _MOST_ACROSS, "rows": _MOST_ACROSS, "dpi": _MOST_DPI}
FIELDS: Final = tuple(one.name for one in fields(LabelStock) if one.name != "key")
"""What a store may say of a stock."""
_NEEDED: Final = tuple(one.name for one in fields(LabelStock) if one.default is MISSING)


def load_stocks(text: str, own: str = "{}") -> dict[str, LabelStock]:
    """Read the shipped label stocks, by key, with what the store says of stocks ``own`` laid over them.

    Raises FileUnusable STOCKS_UNUSABLE where either text is not a list of stocks.
    """
    try:
        entries = {str(entry["key"]): dict(entry) for entry in json.loads(text)["stocks"]}
        said: Mapping[str, Mapping[str, object]] = json.loads(own)
        for key, changes in said.items():
            entries[key] = {"maker": "", "source": "", **entries.get(key, {}), **changes, "key": key}
        return {key: read_stock(entry) for key, entry in entries.items()}
    except (ValueError, KeyError, TypeError, AttributeError, Refused) as fault:
        raise FileUnusable("STOCKS_UNUSABLE", why=str(fault)) from fault


def read_stock(entry: Mapping[str, object]) -> LabelStock:
    """Read one stock; of a roll only the label itself need be said, and a height of None is a continuous one.

    Raises Refused STOCK_VALUE, naming the field, or what ``require_sound`` does.
    """
    said = {**entry, "height": entry.get("height") or 0.0, "feed": entry.get("feed", Feed.SHEET)}
    if said["feed"] == Feed.ROLL:
        along: dict[str, object] = {"page_width": said.get("width"), "page_height": said["height"]}
        along |= {"pitch_x": said.get("width"), "pitch_y": said["height"]}
        said = {**said, "columns": 1, "rows": 1, "left": 0.0, "top": 0.0, **along}
    for name in _NEEDED:
        if name not in said:
            raise Refused("STOCK_VALUE", field=name.replace("_", " "), value="", stock=said.get("key", ""))
    for name, value in said.items():
        if not _fits(name, value):
            raise Refused("STOCK_VALUE", field=name.replace("_", " "), value=value, stock=said.get("key", ""))
    stock = LabelStock(**{**said, "feed": Feed(str(said["feed"]))})  # type: ignore[arg-type]  # each was looked at above
    require_sound(stock)
    return stock


def _fits(name: str, value: object) -> bool:
    if name in _NUMBERS:
        return type(value) in {int, float} and isfinite(value) and 0 <= value <= LARGEST  # type: ignore[arg-type,operator]  # a number by now
    if name in _COUNTS:
        return type(value) is int and 0 <= value <= _COUNTS[name]
    if name == "feed":
        return value in set(Feed)
    if name == "turned":
        return type(value) is bool
    if name in {"key", "name"}:
        return isinstance(value, str) and bool(value.strip())
    return name in FIELDS and isinstance(value, str)


def require_sound(stock: LabelStock) -> None:
    """Let a stock pass whose labels lie on their page, beside each other, with room to print on.

    Raises Refused STOCK_TOO_SMALL, STOCK_OVERLAPS or STOCK_OFF_PAGE.
    """
    if min(stock.safe_width, stock.safe_height) < SMALLEST_SIDE or not stock.per_page:
        raise Refused("STOCK_TOO_SMALL", stock=stock.name)
    across = stock.columns > 1 and stock.pitch_x < stock.width - _TOUCHING
    down = stock.rows > 1 and stock.pitch_y < stock.height - _TOUCHING
    if across or down:
        raise Refused("STOCK_OVERLAPS", stock=stock.name)
    right = stock.left + (stock.columns - 1) * stock.pitch_x + stock.width
    bottom = stock.top + (stock.rows - 1) * stock.pitch_y + stock.height
    if right > stock.page_width + _TOUCHING or bottom > stock.page_height + _TOUCHING:
        raise Refused("STOCK_OFF_PAGE", stock=stock.name)
