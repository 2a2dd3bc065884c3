"""The fields of each kind of import, and the words people head their columns with."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class ImportKind(StrEnum):
    """What the rows of a file are."""

    INSTRUMENTS = "instruments"
    SCHOOLS = "schools"
    BORROWERS = "borrowers"
    LOANS = "loans"


# Per kind: field -> headings, folded (small letters and figures), the surest first. The field's own name always
# counts. Where two columns could be one field, the surer heading wins, then the column further left.
_INSTRUMENTS: Final = {
    "code": (
        "asset no", "asset number", "asset id", "asset", "asset code", "asset tag", "instrument no",
        "instrument number", "instrument code", "instrument id", "barcode", "bar code", "tag", "tag no", "label",
        "stock no", "stock number", "inventory no", "inventory number", "inv no", "reference", "ref", "ref no",
        "id", "number", "no",
    ),
    "alias": ("old number", "old no", "old code", "old asset no", "previous number", "other number", "also known as"),
    "type": ("instrument", "instrument type", "instrument name", "type of instrument", "kind", "item", "description"),
    "size": ("instrument size", "size voice"),
    "make": ("maker", "brand", "manufacturer", "make brand"),
    "model": ("model no", "model number", "model name"),
    "serial": ("serial no", "serial number", "serial nr", "s n", "sn", "serial no s"),
    "condition": ("grade", "condition grade", "state"),
    "location": ("where", "place", "current location", "kept at", "store", "site", "base"),
    "replacement_value": (
        "replacement cost", "replacement", "value", "current value", "insurance value", "insured value",
        "replacement price", "cost to replace",
    ),
    "purchased": (
        "date purchased", "purchase date", "date of purchase", "bought", "date bought", "acquired",
        "date acquired", "purchased on", "year purchased", "year of purchase", "year",
    ),
    "purchase_cost": ("purchase price", "cost", "price", "price paid", "original cost", "cost price"),
    "supplier": ("bought from", "vendor", "purchased from", "dealer"),
    "funding": ("funding source", "funded by", "fund", "grant", "source of funding", "budget"),
    "owner": ("owned by", "property of"),
    "notes": ("comments", "comment", "note", "remarks", "other information", "further information"),
    "issued_to": (
        "on loan to", "loaned to", "lent to", "issued", "borrower", "hirer", "with", "current borrower", "held by",
        "assigned to", "out to",
    ),
    "issued_on": ("date issued", "issue date", "loan date", "date out", "loaned on", "date loaned"),
}  # fmt: skip
_SCHOOLS: Final = {
    # The first heading of each is that of GIAS, as it writes it; the rest are for a hub's own list.
    "urn": ("urn", "unique reference number", "school urn", "dfe urn"),
    "la_code": ("la code",),
    "la_name": ("la name", "local authority"),
    "establishment_number": ("establishmentnumber", "dfe number", "establishment number"),
    "name": ("establishmentname", "school name", "name of school", "school", "setting", "establishment name"),
    "establishment_type": ("typeofestablishment name", "type of school", "type of establishment", "type"),
    "establishment_group": ("establishmenttypegroup name", "establishment group"),
    "status": ("establishmentstatus name", "establishment status", "open or closed"),
    "phase": ("phaseofeducation name", "phase of education"),
    "low_age": ("statutorylowage", "lowest age", "age from"),
    "high_age": ("statutoryhighage", "highest age", "age to"),
    "street": ("street", "address", "address 1", "address1", "address line 1"),
    "locality": ("locality", "address 2", "address2", "address line 2"),
    "address3": ("address3", "address 3", "address line 3"),
    "town": ("town", "city", "town city"),
    "county": ("county name", "county"),
    "postcode": ("postcode", "post code"),
    "telephone": ("telephonenum", "telephone number", "phone", "tel", "tel no", "phone number"),
    "website": ("schoolwebsite", "web site", "web", "url"),
    "email": ("email", "e mail", "email address", "e mail address"),
    "closed_on": ("closedate", "close date", "date closed", "closed"),
}
_BORROWERS: Final = {
    "code": (
        "borrower code", "borrower no", "borrower number", "borrower id", "barcode", "reference", "ref", "id",
        "number", "no",
    ),
    "name": (
        "borrower", "borrower name", "full name", "parent", "parent name", "parent carer", "parent or carer",
        "parent guardian", "hirer", "hirer name", "teacher", "teacher name", "ensemble", "contact name",
    ),
    "kind": ("borrower type", "type", "borrower kind", "category"),
    "email": ("e mail", "email address", "e mail address", "parent email"),
    "telephone": (
        "phone", "tel", "tel no", "mobile", "phone number", "telephone number", "mobile number", "contact number",
    ),
    "address": ("home address", "postal address", "address 1", "address line 1", "street"),
    "postcode": ("post code",),
    "pupil": ("pupil name", "student", "student name", "child", "child name", "child s name", "player", "pupil s name"),
    "school": ("pupil s school", "school name", "pupil school", "attends"),
    "year_group": ("year", "school year", "yr", "year gp", "class"),
    "urn": ("school urn",),
    "notes": ("comments", "comment", "note", "remarks"),
}  # fmt: skip
_LOANS: Final = {
    "code": (
        "instrument code", "instrument no", "instrument number", "instrument id", "asset no", "asset number", "asset",
        "barcode", "instrument", "number", "no",
    ),
    "borrower": (
        "borrower code", "borrower no", "borrower number", "borrower name", "urn", "hirer", "issued to", "loaned to",
        "lent to", "on loan to", "school", "teacher", "name",
    ),
    "out": (
        "issued", "issued on", "date issued", "issue date", "date out", "loan date", "loaned on", "date loaned",
        "lent", "lent on", "from", "start", "start date", "out date",
    ),
    "due": ("due date", "due back", "return by", "until", "to", "end date", "end", "date due", "expires"),
    "returned": ("date returned", "returned on", "return date", "date in", "in", "back", "date back"),
    "notes": ("comments", "comment", "note", "remarks"),
}  # fmt: skip

# Without these a row of headings is not one; each row must name at least one thing to be a record.
_NEEDED: Final = {
    ImportKind.INSTRUMENTS: ("type",),
    ImportKind.SCHOOLS: ("name",),
    ImportKind.BORROWERS: ("name",),
    ImportKind.LOANS: ("code", "borrower"),
}
_NAMING: Final = {
    ImportKind.INSTRUMENTS: ("code", "type"),
    ImportKind.SCHOOLS: ("urn", "name"),
    ImportKind.BORROWERS: ("code", "name"),
    ImportKind.LOANS: ("code", "borrower"),
}


def headings_of(kind: ImportKind) -> Mapping[str, tuple[str, ...]]:
    """Give each field of a kind with the folded headings it is known by."""
    tables: dict[ImportKind, Mapping[str, tuple[str, ...]]] = {
        ImportKind.INSTRUMENTS: _INSTRUMENTS,
        ImportKind.SCHOOLS: _SCHOOLS,
        ImportKind.BORROWERS: _BORROWERS,
        ImportKind.LOANS: _LOANS,
    }
    return tables[kind]


def fields_of(kind: ImportKind) -> tuple[str, ...]:
    """Give the names of all fields of a kind, as ``--map`` takes them."""
    return tuple(headings_of(kind))


def needed_fields(kind: ImportKind) -> tuple[str, ...]:
    """Give the fields a file must have a column for."""
    return _NEEDED[kind]


def naming_fields(kind: ImportKind) -> tuple[str, ...]:
    """Give the fields that say which thing a row is about."""
    return _NAMING[kind]
