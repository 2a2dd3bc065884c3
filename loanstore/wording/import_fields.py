"""Words for the kinds of list, the fields of each, and what a word in a list can mean."""

from __future__ import annotations

from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_words import Meaning
from loanstore.i18n import _


def kind_word(kind: ImportKind) -> str:
    """Name what a list holds."""
    return {
        ImportKind.INSTRUMENTS: _("Instruments"),
        ImportKind.SCHOOLS: _("Schools"),
        ImportKind.BORROWERS: _("Borrowers"),
        ImportKind.LOANS: _("Loans"),
    }[kind]


def field_word(kind: ImportKind, name: str) -> str:
    """Name a field as a person would head its column; a name that is none of ours stays as it is."""
    return _fields_of(kind).get(name) or _fields().get(name, name)


def record_word(name: str) -> str:
    """Name a field of an instrument's record."""
    words = {
        "type": _("Type"),
        "owner": _("Owner"),
        "note": _("Note"),
        "colour": _("Colour"),
        "valued": _("Day of the value"),
        "useful_life": _("Useful life"),
        "adapted": _("What makes it accessible"),
        "apparatus": _("Enabling apparatus"),
        "serviced": _("Last service"),
        "tested": _("Last electrical test"),
        "cleaned": _("Last cleaned"),
    }
    return words.get(name) or _fields()[name]


def meaning_word(meaning: Meaning) -> str:
    """Say what a word in a list is taken for."""
    return {
        Meaning.PLACE: _("a place"),
        Meaning.REPAIRER: _("a repairer"),
        Meaning.SCHOOL: _("a school that has it"),
        Meaning.PERSON: _("a person who has it"),
        Meaning.UNKNOWN: _("neither: keep it in the notes"),
    }[meaning]


def _fields_of(kind: ImportKind) -> dict[str, str]:
    """Give what a field is called in this kind of list alone."""
    return {
        ImportKind.INSTRUMENTS: {"code": _("Number"), "type": _("Instrument"), "owner": _("Owner")},
        ImportKind.SCHOOLS: {"name": _("Name of the school"), "urn": _("URN")},
        ImportKind.BORROWERS: {"code": _("Number"), "urn": _("URN of the school"), "school": _("School")},
        ImportKind.LOANS: {"code": _("Instrument"), "borrower": _("Borrower"), "out": _("Went out on")},
    }[kind]


def _fields() -> dict[str, str]:
    return {
        "alias": _("Old number"),
        "size": _("Size"),
        "make": _("Make"),
        "model": _("Model"),
        "serial": _("Serial number"),
        "condition": _("Condition"),
        "location": _("Place"),
        "replacement_value": _("Replacement value"),
        "purchased": _("Bought on"),
        "purchase_cost": _("Price paid"),
        "supplier": _("Bought from"),
        "funding": _("Funding"),
        "notes": _("Notes"),
        "issued_to": _("Issued to"),
        "issued_on": _("Issued on"),
        "la_code": _("Authority’s code"),
        "la_name": _("Authority"),
        "establishment_number": _("Establishment number"),
        "establishment_type": _("Type of school"),
        "establishment_group": _("Group of schools"),
        "status": _("Open or closed"),
        "phase": _("Phase"),
        "low_age": _("Lowest age"),
        "high_age": _("Highest age"),
        "street": _("Street"),
        "locality": _("Locality"),
        "address3": _("Address, third line"),
        "town": _("Town"),
        "county": _("County"),
        "postcode": _("Postcode"),
        "telephone": _("Telephone"),
        "website": _("Website"),
        "email": _("E-mail"),
        "closed_on": _("Closed on"),
        "closed": _("Closed on"),
        "name": _("Name"),
        "kind": _("Kind of borrower"),
        "address": _("Address"),
        "authority": _("Authority"),
        "pupil": _("Pupil"),
        "year_group": _("Year group"),
        "due": _("Due back"),
        "returned": _("Came back on"),
    }
