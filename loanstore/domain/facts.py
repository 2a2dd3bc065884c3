"""Facts: what the journal is made of, how one is written down and how its digest is taken.

A fact never holds personal text. It names people, notes and papers by id; the text lies in records
that can be erased.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION: Final = 1
NO_DIGEST: Final = ""
"""What stands before a desk's first fact."""


class FactKind(StrEnum):
    """Everything that can be written down. Kinds may be added; none is renamed or removed."""

    INSTRUMENT_ADDED = "instrument_added"
    INSTRUMENT_EDITED = "instrument_edited"
    ALIAS_ADDED = "alias_added"
    BORROWER_ADDED = "borrower_added"
    BORROWER_EDITED = "borrower_edited"
    LENT = "lent"
    RETURNED = "returned"
    RENEWED = "renewed"
    SIGHTED = "sighted"
    LOST = "lost"
    FOUND = "found"
    RETIRED = "retired"
    LABELLED = "labelled"
    CHECKED = "checked"
    MOVED = "moved"
    CUSTODY_PASSED = "custody_passed"
    ALLOCATED = "allocated"
    SET_ASIDE = "set_aside"
    RELEASED = "released"
    MISSED = "missed"
    DISPOSED = "disposed"
    REPAIR_SENT = "repair_sent"
    REPAIR_FAULT = "repair_fault"
    REPAIR_QUOTED = "repair_quoted"
    REPAIR_DECIDED = "repair_decided"
    REPAIR_BACK = "repair_back"
    SERVICED = "serviced"
    PHOTOGRAPHED = "photographed"
    JOINED_SET = "joined_set"
    LEFT_SET = "left_set"
    LOADED = "loaded"
    UNLOADED = "unloaded"
    REASSIGNED = "reassigned"
    RECODED = "recoded"
    SET_MADE = "set_made"
    SET_CHANGED = "set_changed"
    PLACE_ADDED = "place_added"
    PLACE_RENAMED = "place_renamed"
    BLANKS_MADE = "blanks_made"
    REQUESTED = "requested"
    REQUEST_CHANGED = "request_changed"
    RUN_PLANNED = "run_planned"
    RUN_CHANGED = "run_changed"
    DELIVERED = "delivered"
    CRATES_ARRIVED = "crates_arrived"
    CRATES_COUNTED = "crates_counted"
    STOCKTAKE_BEGUN = "stocktake_begun"
    STOCKTAKE_CLOSED = "stocktake_closed"
    HEADS_COUNTED = "heads_counted"
    BORROWER_MERGED = "borrower_merged"
    TARIFF_SET = "tariff_set"
    POSTED = "posted"
    PAID = "paid"
    ENTRY_REVERSED = "entry_reversed"
    REMISSION_GRANTED = "remission_granted"
    REMISSION_CHECKED = "remission_checked"
    REMISSION_ENDED = "remission_ended"
    NOTICE_GIVEN = "notice_given"
    AGREED = "agreed"
    TAKEN = "taken"
    REASON_GIVEN = "reason_given"
    WORDING_SAVED = "wording_saved"
    PAPER_FROZEN = "paper_frozen"
    PAPER_PRINTED = "paper_printed"
    PAPER_SEALED = "paper_sealed"
    SIGNED = "signed"
    SIGNATURE_REFUSED = "signature_refused"
    SIGNATURES_WITHDRAWN = "signatures_withdrawn"
    REFUSED = "refused"
    REVERSED = "reversed"
    IMPORTED = "imported"
    SETTING_CHANGED = "setting_changed"


QUIET_KINDS: Final = frozenset(
    {
        *(FactKind.SIGHTED, FactKind.LABELLED, FactKind.REFUSED, FactKind.IMPORTED, FactKind.PHOTOGRAPHED),
        *(FactKind.PAPER_FROZEN, FactKind.PAPER_PRINTED, FactKind.PAPER_SEALED),
    }
)
"""Facts on which nothing rests: they never stand in the way of an undo."""

SAID_AFTERWARDS: Final = frozenset({FactKind.REASON_GIVEN})
"""What was said of a gesture afterwards: it can be undone itself, and does not stand in the gesture's way."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact as a gesture means it, before the journal gives it its place.

    ``happened`` is None when it happens as it is recorded. ``id`` is a UUIDv7 where the gesture needs to
    name the fact itself, as a loan is named by the fact that lent it.
    """

    kind: FactKind
    subject: str | None
    body: Mapping[str, object] = field(default_factory=dict)
    happened: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the journal.

    ``id`` is a UUIDv7 made at the gesture and the idempotency key everywhere. ``counter`` counts a desk's
    facts from 1. ``happened`` and ``recorded`` are UTC in ISO 8601 to the microsecond; ``offset`` is the
    desk's own distance from UTC in minutes. ``subject`` is the id of the thing the fact is about.
    ``digest`` covers all of it and the digest of the desk's fact before it.
    """

    id: str
    gesture: str
    kind: FactKind
    version: int
    desk: str
    counter: int
    staff: str | None
    happened: str
    recorded: str
    offset: int
    subject: str | None
    body: Mapping[str, object]
    digest: str


def canonical(body: Mapping[str, object]) -> str:
    """Write a body as canonical JSON: sorted keys, no blanks, so that equal bodies have equal digests."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(columns: Iterable[object], before: str) -> str:
    """Take the SHA-256 of a fact's columns, in their order, chained to the desk's digest before it."""
    line = json.dumps([*columns, before], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()
