"""The tables of what a store keeps beside instruments and loans: sets, places' codes, requests, runs, stocktakes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from loanstore.storage.tables import Base


class ClassSetRow(Base):
    """Folded: a class set; its members say so themselves."""

    __tablename__ = "class_sets"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(Text)
    dissolved: Mapped[str | None] = mapped_column(String(32))


class PlaceCodeRow(Base):
    """Folded: the code of a place and what it is for; what it is called is a record in ``places``."""

    __tablename__ = "place_codes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(12))


class RequestRow(Base):
    """Folded: an order or somebody's wait for an instrument."""

    __tablename__ = "requests"
    __table_args__ = (Index("ix_requests_type_size", "type", "size"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    borrower: Mapped[str] = mapped_column(String(36), index=True)
    type: Mapped[str] = mapped_column(Text)
    size: Mapped[str] = mapped_column(Text)
    number: Mapped[int]
    made: Mapped[str] = mapped_column(String(32))
    wanted_by: Mapped[str | None] = mapped_column(String(10))
    place: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None] = mapped_column(String(36))
    closed: Mapped[str | None] = mapped_column(String(32))
    closing: Mapped[str | None] = mapped_column(String(24))


class RunRow(Base):
    """Folded: a van run; ``stops`` is JSON: [[borrower, signed, signer], ...] in their order."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), index=True)
    day: Mapped[str] = mapped_column(String(10), index=True)
    stops: Mapped[str] = mapped_column(Text)
    cancelled: Mapped[str | None] = mapped_column(String(32))


class StocktakeRow(Base):
    """Folded: a stocktake; ``missed`` is JSON: the ids of what was set missing at its end."""

    __tablename__ = "stocktakes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    begun: Mapped[str] = mapped_column(String(32))
    place: Mapped[str | None] = mapped_column(String(36))
    closed: Mapped[str | None] = mapped_column(String(32))
    missed: Mapped[str] = mapped_column(Text)


class StocktakeMarkRow(Base):
    """Folded from the instrument's facts: what a stocktake found of it."""

    __tablename__ = "stocktake_marks"

    stocktake: Mapped[str] = mapped_column(String(36), primary_key=True)
    instrument: Mapped[str] = mapped_column(ForeignKey("instruments.id"), primary_key=True, index=True)
    finding: Mapped[str] = mapped_column(String(24))
    at: Mapped[str] = mapped_column(String(32))
    staff: Mapped[str | None] = mapped_column(String(36))
    desk: Mapped[str] = mapped_column(String(36))


class RepairRow(Base):
    """Folded from the instrument's facts: every visit to a repairer; money in pence."""

    __tablename__ = "repairs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    instrument: Mapped[str] = mapped_column(ForeignKey("instruments.id"), index=True)
    repairer: Mapped[str] = mapped_column(String(36), index=True)
    sent: Mapped[str] = mapped_column(String(32))
    fault: Mapped[str | None] = mapped_column(String(36))
    quote: Mapped[int | None]
    decision: Mapped[str | None] = mapped_column(String(24))
    back: Mapped[str | None] = mapped_column(String(32))
    outcome: Mapped[str | None] = mapped_column(String(24))
    cost: Mapped[int | None]


class CratesRow(Base):
    """Folded: crates that arrived, counted or not yet."""

    __tablename__ = "crates"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    borrower: Mapped[str] = mapped_column(String(36), index=True)
    arrived: Mapped[str] = mapped_column(String(10))
    crates: Mapped[int]
    counted: Mapped[str | None] = mapped_column(String(32))


class HeadCountRow(Base):
    """Folded: what a school says of its pupils; ``heads`` is JSON: numbers by what was counted."""

    __tablename__ = "head_counts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    borrower: Mapped[str] = mapped_column(String(36), index=True)
    given: Mapped[str] = mapped_column(String(10))
    heads: Mapped[str] = mapped_column(Text)
    estimated: Mapped[bool]


class BlanksRow(Base):
    """Folded: numbers that were printed as blank labels."""

    __tablename__ = "blanks"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    first: Mapped[int] = mapped_column(index=True)
    count: Mapped[int]


class PhotoRow(Base):
    """An erasable picture of an instrument: a thumbnail that lists can draw at once, and the original."""

    __tablename__ = "photos"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    instrument: Mapped[str] = mapped_column(String(36), index=True)
    taken: Mapped[str] = mapped_column(String(32))
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary)
    original: Mapped[bytes] = mapped_column(LargeBinary)


class LabelSheetRow(Base):
    """A part-used sheet of a stock: the first label that is still free, and when it was left so."""

    __tablename__ = "label_sheets"

    stock: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_start: Mapped[int]
    left: Mapped[str] = mapped_column(String(32))


class LabelWantedRow(Base):
    """A label that is wanted again, by its normalised code, until it is printed."""

    __tablename__ = "labels_wanted"

    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    wanted: Mapped[str] = mapped_column(String(32))
    staff: Mapped[str | None] = mapped_column(String(36))


class StoreFileRow(Base):
    """A file of the store itself, such as its logo; erasable."""

    __tablename__ = "store_files"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    added: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)
