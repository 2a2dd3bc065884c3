"""What a store has on all its labels: whose it is, and where it is to be brought back to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class LabelDesign:
    """A store's wishes: its name, ``property_of`` before it, its logo, and a QR code with ``return_to`` in it.

    ``return_to`` is an address or a web page; without it there is no QR code. What does not fit on a stock is left out.
    """

    owner: bool = True
    property_of: bool = True
    logo: bool = True
    return_to: str = ""


def read_design(text: str) -> LabelDesign:
    """Read what ``write_design`` wrote; nothing is the design that ships."""
    return LabelDesign(**json.loads(text)) if text else LabelDesign()


def write_design(design: LabelDesign) -> str:
    """Write a design down."""
    return json.dumps(asdict(design), sort_keys=True)
