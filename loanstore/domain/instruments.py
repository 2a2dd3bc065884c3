"""What the register keeps of an instrument, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: Final = (
    "type",
    "size",
    "make",
    "model",
    "serial",
    "condition",
    "location",
    "replacement_value",
    "purchased",
    "purchase_cost",
    "supplier",
    "funding",
    "owner",
    "note",
    "colour",
    "valued",
    "useful_life",
    "adapted",
    "apparatus",
    "serviced",
    "tested",
    "cleaned",
)
"""The record's fields, all text: money as whole pence, ``purchased`` as ISO year, month and perhaps day,
``location`` the id of a place, ``note`` the id of an erasable note (never the note itself), ``valued`` the ISO day
the replacement value is of, ``useful_life`` whole years, ``adapted`` what makes it accessible, ``apparatus`` the code
of the enabling apparatus that goes with it; ``serviced``, ``tested`` (PAT) and ``cleaned`` the ISO days of the last
service, test and hygiene."""


def title(fields: Mapping[str, str]) -> str:
    """Name an instrument as a card does: ``Violin 1/2, Stentor Student II``."""
    what = " ".join(filter(None, (fields.get("type"), fields.get("size"))))
    made = " ".join(filter(None, (fields.get("make"), fields.get("model"))))
    return ", ".join(filter(None, (what, made))) or "Instrument"
