"""Reading what a person typed into a record, by the rules of an import: canonical values or a reasoned refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loanstore.domain.borrowers import RECORD_FIELDS, SETTING_FIELDS
from loanstore.domain.errors import Refused
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_rows import RowReader, read_row
from loanstore.domain.instruments import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.catalogue import Catalogue

INSTRUMENT_FIELDS: Final = (*(name for name in FIELDS if name != "note"), "notes")
"""What a person writes of an instrument: the place by its name, the note itself."""

BORROWER_FIELDS: Final = ("kind", *RECORD_FIELDS, *SETTING_FIELDS)
"""What a person writes of a borrower."""

_WHY: Final = {"BAD_MONEY": "NOT_MONEY", "BAD_DATE": "NOT_A_DAY", "BAD_YEARS": "NOT_YEARS"}
_URN: Final = re.compile(r"\d{5,7}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def read_instrument(given: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """Read the record of an instrument, its ``type`` always with it; only fields that say something are given back.

    Raises Refused: SIZE_NOT_MADE with the sizes that the type comes in, NOT_MONEY, NOT_A_DAY, NOT_YEARS or
    BAD_VALUE, each with the ``field`` and the ``value``.
    """
    reader = RowReader(0, given, frozenset())
    read_row(reader, ImportKind.INSTRUMENTS, catalogue)
    for refused in (*reader.refused, *filter(None, [reader.row_refused])):
        name = refused.field or "type"
        kind = catalogue.find_type(reader.values.get("type", ""))
        if name == "size" and kind is not None and kind.sizes:
            raise Refused("SIZE_NOT_MADE", field=name, value=refused.value, type=kind.name, sizes=", ".join(kind.sizes))
        raise Refused(_WHY.get(refused.why, "BAD_VALUE"), field=name, value=refused.value)
    return reader.values


def read_borrower(given: Mapping[str, str]) -> dict[str, str]:
    """Read fields of a borrower's record: notes keep their lines, anything else stands on one.

    Raises Refused BAD_VALUE for an e-mail address or a URN that has not the shape of one.
    """
    read: dict[str, str] = {}
    for name in (*RECORD_FIELDS, *SETTING_FIELDS):
        if name not in given:
            continue
        lines = [" ".join(line.split()) for line in given[name].splitlines()]
        text = ("\n" if name in {"notes", "address"} else " ").join(line for line in lines if line)
        shape = {"urn": _URN, "email": _EMAIL}.get(name)
        if text and shape is not None and not shape.fullmatch(text):
            raise Refused("BAD_VALUE", field=name, value=text)
        read[name] = text
    return read
