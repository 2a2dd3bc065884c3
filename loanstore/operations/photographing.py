"""Pictures of instruments: added from a file, looked at, saved and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.errors import FileUnusable, Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.storage import photos
from loanstore.storage.photos import Photo

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.operations.desk import Desk


def add_photo(desk: Desk, code: str, file: Path) -> Done[Photo]:
    """Add a picture (PNG or JPEG) to an instrument; raises FileUnusable where the file is none, and nothing changes."""
    original, thumbnail = read_picture(file)
    with desk.gesturing() as (transaction, gesture):
        state = find_instrument(transaction, code).instrument
        photo = Photo(desk.new_id(), state.id, gesture.at, thumbnail)
        photos.add_photo(transaction, photo, original)
        moving.record(transaction, gesture, [(state, Draft(FactKind.PHOTOGRAPHED, state.id, {"photo": photo.id}))])
        return Done(photo, frozenset({Changed.INSTRUMENTS}))


def read_picture(file: Path) -> tuple[bytes, bytes]:
    """Give a picture as it is and made small; raises FileUnusable where the file is none."""
    from loanstore.paper.pictures import LARGEST, make_thumbnail

    try:
        if file.stat().st_size > LARGEST:
            raise FileUnusable("PICTURE_TOO_LARGE", file=file.name, most=LARGEST // 1_000_000)
        original = file.read_bytes()
    except FileNotFoundError:
        raise FileUnusable("FILE_MISSING", file=file.name) from None
    except OSError as error:
        raise FileUnusable("FILE_UNREADABLE", file=file.name, reason=error.strerror or str(error)) from None
    return original, make_thumbnail(original, file.name)


def photos_of(desk: Desk, code: str) -> tuple[Photo, ...]:
    """Give an instrument's pictures, the latest first."""
    with desk.store.reading() as transaction:
        return photos.photos_of(transaction, find_instrument(transaction, code).instrument.id)


def original(desk: Desk, photo: str) -> bytes:
    """Give a picture as it was added; raises Refused NO_PHOTO where there is none."""
    with desk.store.reading() as transaction:
        found = photos.original(transaction, photo)
    if found is None:
        raise Refused("NO_PHOTO", value=photo)
    return found


def delete_photo(desk: Desk, photo: str) -> Done[None]:
    """Delete a picture for good; the journal keeps that there was one."""
    with desk.store.writing() as transaction:
        if photos.original(transaction, photo) is None:
            raise Refused("NO_PHOTO", value=photo)
        photos.delete_photo(transaction, photo)
    return Done(None, frozenset({Changed.INSTRUMENTS}))
