"""Money is whole pence; here it is read from what people type and written as they read it."""

from __future__ import annotations

import re
from typing import Final

_AMOUNT: Final = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?:\s*(?:GBP|gbp))?")


def read_pence(text: str) -> int | None:
    """Read pounds such as ``£1,450.00``, ``165.5`` or ``2,750`` as pence; None where it is no amount."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    pounds = int(found[1].replace(",", ""))
    pence = (found[2] or "").ljust(2, "0")
    return pounds * 100 + int(pence)


def show_pounds(pence: int) -> str:
    """Write pence as pounds: ``£1,450.00``; a whole number keeps its pence, so that columns line up."""
    sign = "-" if pence < 0 else ""
    pounds, rest = divmod(abs(pence), 100)
    return f"{sign}£{pounds:,}.{rest:02d}"
