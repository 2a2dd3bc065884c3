"""QR codes: zxing-cpp decides the squares; here they become rectangles one module high."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import zxingcpp

from loanstore.domain.errors import Refused

_DARK: Final = re.compile(rb"\x00+")
#: Read with a finger's width of it gone (ISO/IEC 18004, level M: 15 %).
_LEVEL: Final = "M"
MOST_BYTES: Final = 120
"""A longer text makes squares too many for a label."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code without its quiet zone: its side in modules, and its dark squares as PDF rectangles."""

    modules: int
    operators: str


def qr_code(text: str) -> QrCode:
    """Make a QR code; raises Refused QR_TOO_LONG where the text is more than a label's code can hold."""
    if len(text.encode()) > MOST_BYTES:
        raise Refused("QR_TOO_LONG", most=MOST_BYTES)
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=_LEVEL)
    rows = [bytes(row) for row in memoryview(made.to_image(scale=1, add_quiet_zones=False)).tolist()]
    rectangles = [
        f"{run.start()} {len(rows) - 1 - at} {run.end() - run.start()} 1 re"
        for at, row in enumerate(rows)
        for run in _DARK.finditer(row)
    ]
    return QrCode(len(rows), " ".join(rectangles))
