"""The tables: the journal, what is folded from it, and the erasable records beside it.

Instants are UTC in ISO 8601 to the microsecond and days ISO dates, as text, so that they sort and read
alike on every engine. Identities are UUIDv7 as text. A ``row`` number is local to one file: it ties the
search index to its row and never leaves the store.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ForeignKey, Index, MetaData, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table shares: constraints are named, so that a migration can speak of them."""

    metadata = MetaData(naming_convention=NAMING)


class SettingRow(Base):
    """A fact about the store itself: its id, owner, code prefix, next number, terms and policy."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class FactRow(Base):
    """The journal. Triggers refuse UPDATE and DELETE; the table never changes shape."""

    __tablename__ = "facts"
    __table_args__ = (UniqueConstraint("desk", "counter"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    gesture: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    desk: Mapped[str] = mapped_column(String(36))
    counter: Mapped[int]
    staff: Mapped[str | None] = mapped_column(String(36))
    happened: Mapped[str] = mapped_column(String(32))
    recorded: Mapped[str] = mapped_column(String(32))
    offset: Mapped[int]
    subject: Mapped[str | None] = mapped_column(String(36), index=True)
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class ReversalRow(Base):
    """Folded: the gestures that were undone, each with the fact that undid it."""

    __tablename__ = "reversals"

    gesture: Mapped[str] = mapped_column(String(36), primary_key=True)
    fact: Mapped[str] = mapped_column(String(36))


class CodeRow(Base):
    """Folded: what each code names; unique over everything that carries one. ``kind`` is what it names."""

    __tablename__ = "codes"

    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    shown: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    role: Mapped[str] = mapped_column(String(12))
    owner: Mapped[str] = mapped_column(String(36), index=True)


class InstrumentRow(Base):
    """Folded: an instrument's record and where it stands; ``lacking``, ``repair`` and ``disposal`` are JSON."""

    __tablename__ = "instruments"
    __table_args__ = (
        Index("ix_instruments_type_size", "type", "size"),
        Index("ix_instruments_aside", "aside_request", sqlite_where=text("aside_until IS NOT NULL")),
        Index("ix_instruments_by_type", "type", "size", "code"),
        Index("ix_instruments_by_make", "make", "model", "code"),
        Index("ix_instruments_by_serial", "serial", "code"),
        Index("ix_instruments_labelled", "location", "status", "labelled", "code"),
    )

    row: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    code: Mapped[str] = mapped_column(String(64), index=True)
    type: Mapped[str | None] = mapped_column(Text)
    size: Mapped[str | None] = mapped_column(Text)
    make: Mapped[str | None] = mapped_column(Text)
    model: Mapped[str | None] = mapped_column(Text)
    serial: Mapped[str | None] = mapped_column(Text)
    condition: Mapped[str | None] = mapped_column(Text)
    location: Mapped[str | None] = mapped_column(String(36))
    replacement_value: Mapped[str | None] = mapped_column(Text)
    purchased: Mapped[str | None] = mapped_column(Text)
    purchase_cost: Mapped[str | None] = mapped_column(Text)
    supplier: Mapped[str | None] = mapped_column(Text)
    funding: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(String(36))
    colour: Mapped[str | None] = mapped_column(Text)
    valued: Mapped[str | None] = mapped_column(String(10))
    useful_life: Mapped[str | None] = mapped_column(Text)
    adapted: Mapped[str | None] = mapped_column(Text)
    apparatus: Mapped[str | None] = mapped_column(Text)
    serviced: Mapped[str | None] = mapped_column(String(10))
    tested: Mapped[str | None] = mapped_column(String(10))
    cleaned: Mapped[str | None] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    seen: Mapped[str | None] = mapped_column(String(32))
    seen_as: Mapped[str | None] = mapped_column(String(40))
    seen_by: Mapped[str | None] = mapped_column(String(36))
    lacking: Mapped[str | None] = mapped_column(Text)
    class_set: Mapped[str | None] = mapped_column(String(36), index=True)
    aside_borrower: Mapped[str | None] = mapped_column(String(36))
    aside_request: Mapped[str | None] = mapped_column(String(36))
    aside_until: Mapped[str | None] = mapped_column(String(10))
    repair: Mapped[str | None] = mapped_column(Text)
    van_run: Mapped[str | None] = mapped_column(String(36), index=True)
    van_stop: Mapped[str | None] = mapped_column(String(36))
    disposal: Mapped[str | None] = mapped_column(Text)
    labelled: Mapped[str | None] = mapped_column(String(32))
    folded_to: Mapped[str] = mapped_column(String(90))


class BorrowerRow(Base):
    """A borrower: ``code``, ``kind`` and ``merged_into`` are folded, everything else is an erasable record."""

    __tablename__ = "borrowers"

    row: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    code: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str | None] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    telephone: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    postcode: Mapped[str | None] = mapped_column(Text)
    pupil: Mapped[str | None] = mapped_column(Text)
    school: Mapped[str | None] = mapped_column(Text)
    year_group: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    urn: Mapped[str | None] = mapped_column(Text)
    authority: Mapped[str | None] = mapped_column(Text)
    phase: Mapped[str | None] = mapped_column(Text)
    establishment_type: Mapped[str | None] = mapped_column(Text)
    establishment_group: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    closed: Mapped[str | None] = mapped_column(Text)
    merged_into: Mapped[str | None] = mapped_column(String(36))


LACKED: Final = "ended IS NOT NULL AND (ending = 'lost' OR missing IS NOT NULL OR damaged IS NOT NULL)"
"""Loans that ended in a loss, or with something missing or damaged: few among many, and asked for by that."""


class LoanRow(Base):
    """Folded: every loan; one open loan per instrument, held by the database itself.

    The migration says the same for other engines; said here too, it would load their dialects at every start.
    """

    __tablename__ = "loans"
    __table_args__ = (
        Index("uq_loans_instrument_open", "instrument", unique=True, sqlite_where=text("ended IS NULL")),
        Index("ix_loans_borrower_open", "borrower", sqlite_where=text("ended IS NULL")),
        Index("ix_loans_to_charge", "borrower", sqlite_where=text(LACKED)),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    instrument: Mapped[str] = mapped_column(ForeignKey("instruments.id"), index=True)
    borrower: Mapped[str] = mapped_column(ForeignKey("borrowers.id"), index=True)
    out: Mapped[str] = mapped_column(String(32))
    due: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    ended: Mapped[str | None] = mapped_column(String(32))
    ending: Mapped[str | None] = mapped_column(String(24))
    condition: Mapped[str | None] = mapped_column(Text)
    missing: Mapped[str | None] = mapped_column(Text)
    damaged: Mapped[str | None] = mapped_column(Text)
    custodian: Mapped[str | None] = mapped_column(String(36), index=True)
    player: Mapped[str | None] = mapped_column(String(36))
    issued: Mapped[str | None] = mapped_column(Text)
    request: Mapped[str | None] = mapped_column(String(36), index=True)
    class_set: Mapped[str | None] = mapped_column(String(36))
    notice: Mapped[str | None] = mapped_column(String(10))


class AgreementRow(Base):
    """Folded: an agreement, who signs it, and what became of its paper; ``needs`` and ``signatures`` are JSON."""

    __tablename__ = "agreements"
    __table_args__ = (
        Index("ix_agreements_not_frozen", "id", sqlite_where=text("paper IS NULL")),
        Index("ix_agreements_not_sealed", "id", sqlite_where=text("signed IS NOT NULL AND sealed IS NULL")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    borrower: Mapped[str] = mapped_column(ForeignKey("borrowers.id"), index=True)
    made: Mapped[str] = mapped_column(String(32))
    wording: Mapped[str | None] = mapped_column(String(64))
    paper: Mapped[str | None] = mapped_column(String(64))
    needs: Mapped[str | None] = mapped_column(Text)
    printed: Mapped[str | None] = mapped_column(String(32))
    signatures: Mapped[str | None] = mapped_column(Text)
    signed: Mapped[str | None] = mapped_column(String(32))
    refused: Mapped[str | None] = mapped_column(String(32))
    sealed: Mapped[str | None] = mapped_column(String(64))


class AgreementItemRow(Base):
    """Folded: which loans an agreement is for."""

    __tablename__ = "agreement_items"

    agreement: Mapped[str] = mapped_column(ForeignKey("agreements.id"), primary_key=True)
    loan: Mapped[str] = mapped_column(String(36), primary_key=True, index=True)


class NoteRow(Base):
    """An erasable text that a fact or a record names by id."""

    __tablename__ = "notes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class StaffRow(Base):
    """Who works at the desks; facts name them by id."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)


class PlaceRow(Base):
    """Where things stand when they are not lent: a place of the store's, or a repairer."""

    __tablename__ = "places"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(String(12))


class UnknownScanRow(Base):
    """What an unknown scan read, beside the journal; it goes after 30 days."""

    __tablename__ = "unknown_scans"

    fact: Mapped[str] = mapped_column(String(36), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32), index=True)


class ImportRow(Base):
    """An import: its id is the gesture's; the kind of file and where such files come from."""

    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(64))
    at: Mapped[str] = mapped_column(String(32))


class ImportedRow(Base):
    """What an import last wrote for one row of a source, so that a later file changes only what differs."""

    __tablename__ = "imported_rows"

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(400), primary_key=True, index=True)
    import_id: Mapped[str] = mapped_column(ForeignKey("imports.id"), primary_key=True, index=True)
    owner: Mapped[str] = mapped_column(String(36), index=True)
    values: Mapped[str] = mapped_column("written", Text)


class ImportWordRow(Base):
    """What a word in a Location or Issued-to column was said to mean."""

    __tablename__ = "import_words"

    word: Mapped[str] = mapped_column(Text, primary_key=True)
    meaning: Mapped[str] = mapped_column(String(12))
