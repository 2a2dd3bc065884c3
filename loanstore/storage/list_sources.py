"""The long lists in SQL: what their lines show, and by name what they can be sorted and filtered by."""

from __future__ import annotations

from typing import Final

from loanstore.storage.paging import Source

_HELD: Final = """
LEFT JOIN loans h ON h.instrument = i.id AND h.ended IS NULL
LEFT JOIN borrowers b ON b.id = h.borrower
"""
_PLACED: Final = "LEFT JOIN places p ON p.id = i.location"

INSTRUMENTS: Final = Source(
    table="instruments",
    key="i.row",
    lines=f"""
SELECT i.id, i.code, coalesce(i.type, ''), coalesce(i.size, ''), coalesce(i.make, ''), coalesce(i.model, ''),
  coalesce(i.serial, ''), i.status, coalesce(p.name, ''), coalesce(b.code, ''), h.due, i.seen, coalesce(b.name, ''),
  CAST(coalesce(i.replacement_value, '0') AS INTEGER), coalesce(i.condition, ''), coalesce(i.funding, ''),
  coalesce(i.purchased, ''), i.labelled
FROM instruments i {_HELD} {_PLACED}
""",  # noqa: S608 - written above
    keys="FROM instruments i",
    joins={"h": _HELD, "p": _PLACED},
    order=("i.code",),
    sorts={
        "code": (),
        "what": ("i.type COLLATE NOCASE", "i.size COLLATE NOCASE"),
        "made": ("i.make COLLATE NOCASE", "i.model COLLATE NOCASE"),
        "serial": ("i.serial COLLATE NOCASE",),
        "status": ("i.status",),
        "where": ("h.id IS NULL", "coalesce(b.name, p.name) COLLATE NOCASE"),
        "due": ("h.due",),
        "seen": ("i.seen",),
        "value": ("CAST(coalesce(i.replacement_value, '0') AS INTEGER)",),
        "condition": ("i.condition COLLATE NOCASE",),
        "funding": ("i.funding COLLATE NOCASE",),
        "purchased": ("i.purchased",),
        "labelled": ("i.labelled",),
    },
    filters={"status": "i.status = ?", "type": "i.type = ? COLLATE NOCASE", "place": "i.location = ?"},
)

_THINGS_OUT: Final = "(SELECT count(*) FROM loans l WHERE l.borrower = b.id AND l.ended IS NULL)"

BORROWERS: Final = Source(
    table="borrowers",
    key="b.row",
    lines=f"""
SELECT b.id, b.code, coalesce(b.name, ''), b.kind, coalesce(b.pupil, ''), coalesce(b.school, ''),
  coalesce(b.postcode, ''), coalesce(b.closed, ''), {_THINGS_OUT}, coalesce(b.contact, '')
FROM borrowers b
""",  # noqa: S608 - written above
    keys="FROM borrowers b",
    order=("b.code",),
    sorts={
        "code": (),
        "name": ("b.name COLLATE NOCASE",),
        "kind": ("b.kind",),
        "pupil": ("b.pupil COLLATE NOCASE",),
        "school": ("b.school COLLATE NOCASE",),
        "postcode": ("b.postcode",),
        "contact": ("b.contact COLLATE NOCASE",),
        "out": (_THINGS_OUT,),
    },
    filters={
        "kind": "b.kind = ?",
        "out": "? = 'some' AND EXISTS (SELECT 1 FROM loans l WHERE l.borrower = b.id AND l.ended IS NULL)",
    },
    standing="b.merged_into IS NULL",
)

_PAPER: Final = """
coalesce((SELECT a.code FROM agreement_items ai JOIN agreements a ON a.id = ai.agreement
  WHERE ai.loan = l.id ORDER BY a.made DESC LIMIT 1), '')
"""

LOANS: Final = Source(
    table="loans",
    key="l.rowid",
    lines=f"""
SELECT l.id, i.code, trim(coalesce(i.type, '') || ' ' || coalesce(i.size, '')), b.code, coalesce(b.name, ''),
  l.out, l.due, l.ended, {_PAPER}, l.kind, coalesce(i.serial, ''), coalesce(b.pupil, '')
FROM loans l JOIN instruments i ON i.id = l.instrument JOIN borrowers b ON b.id = l.borrower
""",  # noqa: S608 - written above
    keys="FROM loans l JOIN instruments i ON i.id = l.instrument JOIN borrowers b ON b.id = l.borrower",
    order=("i.code", "l.out"),
    sorts={
        "code": (),
        "what": ("i.type COLLATE NOCASE", "i.size COLLATE NOCASE"),
        "borrower": ("b.name COLLATE NOCASE",),
        "out": ("l.out",),
        "due": ("l.due",),
        "late": ("l.due",),
        "ended": ("l.ended",),
        "agreement": (_PAPER,),
        "kind": ("l.kind",),
        "serial": ("i.serial COLLATE NOCASE",),
        "pupil": ("b.pupil COLLATE NOCASE",),
    },
)

LOANS_BY_CODE: Final = """
FROM instruments i CROSS JOIN loans l ON l.instrument = i.id CROSS JOIN borrowers b ON b.id = l.borrower
"""
