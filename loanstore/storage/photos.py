"""Pictures of instruments: erasable records, each with a thumbnail that is read without its original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from loanstore.storage.keeping_tables import PhotoRow

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of an instrument: when it was added (UTC), and itself small, as a JPEG."""

    id: str
    instrument: str
    taken: str
    thumbnail: bytes


def add_photo(transaction: Transaction, photo: Photo, original: bytes) -> None:
    """Keep a picture."""
    row = {
        "id": photo.id,
        "instrument": photo.instrument,
        "taken": photo.taken,
        "thumbnail": photo.thumbnail,
        "original": original,
    }
    transaction.execute(insert(PhotoRow).values(row))


def photos_of(transaction: Transaction, instrument: str) -> tuple[Photo, ...]:
    """Give an instrument's pictures, the latest first, without their originals."""
    columns = (PhotoRow.id, PhotoRow.instrument, PhotoRow.taken, PhotoRow.thumbnail)
    statement = select(*columns).where(PhotoRow.instrument == instrument).order_by(PhotoRow.taken.desc(), PhotoRow.id)
    return tuple(Photo(*row) for row in transaction.execute(statement))


def original(transaction: Transaction, identity: str) -> bytes | None:
    """Give a picture as it was added; None where there is none, or it was deleted."""
    rows = transaction.execute(select(PhotoRow.original).where(PhotoRow.id == identity))
    return bytes(rows[0][0]) if rows else None


def delete_photo(transaction: Transaction, identity: str) -> None:
    """Delete a picture, its thumbnail and its original."""
    transaction.execute(delete(PhotoRow).where(PhotoRow.id == identity))
