"""The tables of agreements' papers: versions of texts, frozen and signed PDFs, scanned pages, the store's seal."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from loanstore.storage.tables import Base


class WordingRow(Base):
    """Folded: a saved version of a text; ``text`` is the hash of what it says."""

    __tablename__ = "wordings"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(24), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(64))
    saved: Mapped[str] = mapped_column(String(32))


class WordingTextRow(Base):
    """What a text says, by its hash; texts name nobody and stay."""

    __tablename__ = "wording_texts"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class PaperRow(Base):
    """An erasable paper of an agreement. ``kind``: frozen, signed, scanned or sealed.

    A frozen one has beside it what it was drawn from and where it is signed, both as JSON.
    """

    __tablename__ = "papers"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agreement: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    hash: Mapped[str] = mapped_column(String(64), index=True)
    made: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    drawn_from: Mapped[str | None] = mapped_column(Text)
    places: Mapped[str | None] = mapped_column(Text)


class StrokesRow(Base):
    """An erasable signature made with pen, finger or mouse: its strokes as JSON, under the fact that names it."""

    __tablename__ = "strokes"

    fact: Mapped[str] = mapped_column(String(36), primary_key=True)
    strokes: Mapped[str] = mapped_column(Text)


class LoosePageRow(Base):
    """An erasable scanned page that waits for a person to say whose it is: a PDF of one page, and itself small."""

    __tablename__ = "loose_pages"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    batch: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    why: Mapped[str] = mapped_column(String(60))
    codes: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary)


class SealRow(Base):
    """The store's own certificate and private key, made once; nothing but the store's encryption guards the key."""

    __tablename__ = "seals"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    made: Mapped[str] = mapped_column(String(32))
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    key: Mapped[bytes] = mapped_column(LargeBinary)
