"""The tables of charging: tariffs, the ledger's entries and payments, and remissions. All of them are folded."""

from __future__ import annotations

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from loanstore.storage.tables import Base


class TariffRow(Base):
    """Folded: one version of a tariff; money is pence, a rate hundredths of a per cent."""

    __tablename__ = "tariffs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    contract: Mapped[str] = mapped_column(String(20))
    band: Mapped[str] = mapped_column(String(4))
    every: Mapped[str] = mapped_column(String(8))
    amount: Mapped[int]
    first: Mapped[str] = mapped_column(String(10))
    deposit: Mapped[int]
    cap: Mapped[int | None]
    first_free: Mapped[bool]
    per_set: Mapped[bool]
    vat_code: Mapped[str] = mapped_column(String(20))
    vat_rate: Mapped[int]
    said: Mapped[str] = mapped_column(String(32))


class EntryRow(Base):
    """Folded: a charge; ``hire`` is the loan its hire began with, ``about`` the period or part it is for."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_borrower", "borrower"),
        Index("ix_entries_hire", "hire"),
        Index("ix_entries_instrument", "instrument", sqlite_where=text("reversed IS NULL")),
        Index("ix_entries_day", "day"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    borrower: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(16))
    hire: Mapped[str] = mapped_column(String(36))
    instrument: Mapped[str] = mapped_column(String(36))
    about: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    first: Mapped[str] = mapped_column(String(10))
    last: Mapped[str] = mapped_column(String(10))
    full: Mapped[int]
    amount: Mapped[int]
    vat_code: Mapped[str] = mapped_column(String(20))
    vat_rate: Mapped[int]
    day: Mapped[str] = mapped_column(String(10))
    turn: Mapped[int]
    reversed: Mapped[str | None] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(String(24))


class PaymentRow(Base):
    """Folded: a payment; ``reference`` is an erasable note."""

    __tablename__ = "payments"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    borrower: Mapped[str] = mapped_column(String(36), index=True)
    amount: Mapped[int]
    day: Mapped[str] = mapped_column(String(10))
    method: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(36))
    reversed: Mapped[str | None] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(String(24))


class RemissionRow(Base):
    """Folded: a remission; ``reason`` is an erasable note."""

    __tablename__ = "remissions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    borrower: Mapped[str] = mapped_column(String(36), index=True)
    percent: Mapped[int | None]
    fixed: Mapped[int | None]
    first: Mapped[str] = mapped_column(String(10))
    last: Mapped[str] = mapped_column(String(10))
    granted: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(36))
    checked: Mapped[str | None] = mapped_column(String(10))
    checked_by: Mapped[str | None] = mapped_column(String(36))
    ended: Mapped[str | None] = mapped_column(String(10))
