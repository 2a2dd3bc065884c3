"""Labels as the raster instructions of Brother's QL printers: the exact dots of the proved page, cut label by label.

Instructions, printable areas and margins are those of Brother's *Raster Command Reference* for the QL-800 series, which
the older QL-500 to QL-700 and the networked ones understand as well. The head has 720 dots at 300 to the inch, and is
sent 90 bytes a row, its dots from the right.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import pack
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from loanstore.domain.errors import Refused
from loanstore.domain.printers import BROTHER_DPI

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.paper.raster import Dots

_HEAD_BYTES: Final = 90
_HEAD: Final = _HEAD_BYTES * 8
_MM_PER_INCH: Final = 25.4
_CLEAR: Final = bytes(200)
_RASTER_MODE: Final = b"\x1b\x69\x61\x01"
_INITIALISE: Final = b"\x1b\x40"
_CUT_EACH: Final = b"\x1b\x69\x4d\x40\x1b\x69\x41\x01\x1b\x69\x4b\x08"
_NEXT_PAGE: Final = b"\x0c"
_LAST_PAGE: Final = b"\x1a"
#: Kind, width, length and priority of quality are said, and hold.
_MEDIA_SAID: Final = 0xCE
_CONTINUOUS: Final = 0x0A
_DIE_CUT: Final = 0x0B
#: A page may differ so much from its roll's nominal size, in millimetres, as where the maker rounds.
_NEAR: Final = 1.0


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll as the printer knows it: millimetres; the dots that can be printed, those right of them, and the feed.

    ``length`` and ``printable_length`` are 0 where the roll is cut to whatever length is printed.
    """

    width: int
    length: int
    printable_width: int
    printable_length: int
    right: int
    feed: int = 0


ROLLS: Final = {
    "brother-dk-11201": Roll(29, 90, 306, 991, 6),
    "brother-dk-11204": Roll(17, 54, 165, 566, 0),
    "brother-dk-11203": Roll(17, 87, 165, 956, 0),
    "brother-dk-11209": Roll(62, 29, 696, 271, 12),
    "brother-dk-11202": Roll(62, 100, 696, 1109, 12),
    "brother-dk-11208": Roll(38, 90, 413, 991, 12),
    "brother-dk-22210": Roll(29, 0, 306, 0, 6, feed=35),
    "brother-dk-22225": Roll(38, 0, 413, 0, 12, feed=35),
    "brother-dk-22223": Roll(50, 0, 554, 0, 12, feed=35),
    "brother-dk-22205": Roll(62, 0, 696, 0, 12, feed=35),
}
"""By the key of their stock; cut labels before continuous rolls of the same width."""


def roll_for(stock: str, width: float, height: float) -> tuple[Roll, bool]:
    """Give the roll of a stock, by its key or else by its size in millimetres, and whether a page lies across it.

    Raises Refused NO_BROTHER_ROLL.
    """
    named = [ROLLS[stock]] if stock in ROLLS else list(ROLLS.values())
    for across, along, turned in ((width, height, False), (height, width, True)):
        for roll in named:
            if abs(roll.width - across) <= _NEAR and (not roll.length or abs(roll.length - along) <= _NEAR):
                return roll, turned
    raise Refused("NO_BROTHER_ROLL", width=f"{width:.0f}", height=f"{height:.0f}")


def instructions(pages: Iterable[Dots], stock: str = "") -> bytes:
    """Write pages, drawn at 300 dpi in the size of their labels, as what is sent to the printer.

    ``stock`` is the key of what it holds. Raises Refused NO_BROTHER_ROLL where no roll has that size.
    """
    parts = [_CLEAR, _INITIALISE]
    for number, page in enumerate(pages):
        if number:
            parts.append(_NEXT_PAGE)
        parts += _page(page, stock, first=number == 0)
    return b"".join([*parts, _LAST_PAGE])


def _page(page: Dots, stock: str, *, first: bool) -> list[bytes]:
    per_mm = BROTHER_DPI / _MM_PER_INCH
    roll, turned = roll_for(stock, page.width / per_mm, page.height / per_mm)
    packed = np.frombuffer(b"".join(page.rows), dtype=np.uint8).reshape(page.height, -1)
    grid = np.unpackbits(packed, axis=1)[:, : page.width]
    head = _on_the_head(np.rot90(grid) if turned else grid, roll)
    kind = _CONTINUOUS if not roll.length else _DIE_CUT
    media = pack("<BBBBLBB", _MEDIA_SAID, kind, roll.width, roll.length, len(head), 0 if first else 1, 0)
    begin = [_RASTER_MODE, b"\x1b\x69\x7a" + media, _CUT_EACH, b"\x1b\x69\x64" + pack("<H", roll.feed), b"\x4d\x00"]
    return [*begin, *(b"\x67\x00" + bytes([_HEAD_BYTES]) + row.tobytes() for row in head)]


def _on_the_head(grid: Any, roll: Roll) -> Any:  # noqa: ANN401  # arrays of numpy, as the library has them
    """Lay the middle of a page on the head's dots, and turn its rows round: the head is fed from the right.

    What lies beyond the head's reach is left out, alike on either side; of a continuous roll that is what the printer
    feeds by itself before and behind a page.
    """
    long = roll.printable_length or max(1, len(grid) - 2 * roll.feed)
    kept = _middle(_middle(grid, long, 0), roll.printable_width, 1)
    on_head = np.zeros((long, _HEAD), dtype=np.uint8)
    on_head[:, _HEAD - roll.right - roll.printable_width : _HEAD - roll.right] = kept
    return np.packbits(on_head[:, ::-1], axis=1)


def _middle(grid: Any, length: int, axis: int) -> Any:  # noqa: ANN401  # as above
    """Give the middle of a page along one side, with white around it where it is too short."""
    lacking = length - grid.shape[axis]
    if lacking > 0:
        around = [(0, 0), (0, 0)]
        around[axis] = (lacking // 2, lacking - lacking // 2)
        return np.pad(grid, around)
    before = -lacking // 2
    return grid[before : before + length] if axis == 0 else grid[:, before : before + length]
