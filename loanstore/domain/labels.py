"""Labels: what one says, which kind of thing it goes on, and for which printer it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class LabelKind(StrEnum):
    """What a label goes on; each kind is a design of its own."""

    INSTRUMENT = "instrument"
    CASE = "case"
    SET = "set"
    BORROWER = "borrower"
    PLACE = "place"
    BLANK = "blank"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: ``code`` is drawn in bars (letters and digits only), ``shown`` is read by people."""

    code: str
    shown: str
    headline: str
    detail: str = ""
    owner: str = ""
    kind: LabelKind = LabelKind.INSTRUMENT


@dataclass(frozen=True, slots=True)
class Calibration:
    """The printer that labels are drawn for; the neutral one suits any.

    ``offset_x`` and ``offset_y`` are millimetres to the right and down that are added to every place;
    ``scale_x`` and ``scale_y`` are what lengths are multiplied by, so that a printer that prints too small comes out
    right. ``dpi`` is its resolution; None takes that of the stock, else the coarsest. ``bar_width_reduction`` is what
    is taken off each bar in all, half of it on either side, in millimetres, where a thermal head makes bars grow.
    """

    offset_x: float = 0.0
    offset_y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    dpi: int | None = None
    bar_width_reduction: float = 0.0


NEUTRAL: Final = Calibration()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where on its page a label lies: left and top edge, width and height in millimetres, and its code.

    ``qr`` tells that it bears the sheet's QR code too.
    """

    code: str
    left: float
    top: float
    width: float
    height: float
    qr: bool = False
