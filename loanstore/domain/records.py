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
    from loanstore.domain.import_rows import Rejected

INSTRUMENT_FIELDS: Final = (*(name for name in FIELDS if name != "note"), "notes")
"""What a person writes of an instrument: the place by its name, the note itself."""

BORROWER_FIELDS: Final = ("kind", *RECORD_FIELDS, *SETTING_FIELDS)
"""What a person writes of a borrower."""

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
        _refuse(refused, reader.values, catalogue)
    return reader.values


def _refuse(refused: Rejected, values: Mapping[str, str], catalogue: Catalogue) -> None:
    name, value = refused.field or "type", refused.value
    kind = catalogue.find_type(values.get("type", ""))
    if name == "size" and kind is not None and kind.sizes:
        raise Refused("SIZE_NOT_MADE", field=name, value=value, type=kind.name, sizes=", ".join(kind.sizes))
    if refused.why == "BAD_MONEY":
        raise Refused("NOT_MONEY", field=name, value=value)
    if refused.why == "BAD_DATE":
        raise Refused("NOT_A_DAY", field=name, value=value)
    if refused.why == "BAD_YEARS":
        raise Refused("NOT_YEARS", field=name, value=value)
    raise Refused("BAD_VALUE", field=name, value=value)


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
