"""What a store has on all its labels: its name, its logo, and the QR code that says where a thing belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.label_designs import LabelDesign, read_design, write_design
from loanstore.operations.desk import Changed, Done
from loanstore.operations.photographing import read_picture
from loanstore.storage import journal, store_files
from loanstore.storage.store import read_settings, write_setting

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.gestures import Gesture
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

LABEL_DESIGN: Final = "label_design"
"""The setting that holds the design; what it says of the return address stays out of the journal."""
LOGO: Final = "logo"


def read(transaction: Transaction) -> LabelDesign:
    """Give the store's design."""
    return read_design(read_settings(transaction).get(LABEL_DESIGN, ""))


def design(desk: Desk) -> LabelDesign:
    """Give the store's design."""
    with desk.store.reading() as transaction:
        return read(transaction)


def change_design(desk: Desk, wanted: LabelDesign) -> Done[None]:
    """Replace the store's design; raises Refused QR_TOO_LONG where the return address does not fit its QR code."""
    from loanstore.paper.qr import qr_code

    if wanted.return_to:
        qr_code(wanted.return_to)
    with desk.gesturing() as (transaction, gesture):
        body = {"key": LABEL_DESIGN, "old": _told(read(transaction)), "new": _told(wanted)}
        journal.append(transaction, gesture, [Draft(FactKind.SETTING_CHANGED, None, body)])
        write_setting(transaction, LABEL_DESIGN, write_design(wanted))
    return Done(None, frozenset({Changed.SETTINGS}))


def _told(said: LabelDesign) -> dict[str, bool]:
    """Say of a design what the journal may keep: that there is a return address, never which."""
    return {"owner": said.owner, "property_of": said.property_of, "logo": said.logo, "qr": bool(said.return_to)}


def logo(desk: Desk) -> bytes | None:
    """Give the store's logo, a small JPEG; None where there is none."""
    with desk.store.reading() as transaction:
        return store_files.read_file(transaction, LOGO)


def set_logo(desk: Desk, path: Path) -> Done[None]:
    """Make a picture (PNG or JPEG) the store's logo, made small; raises FileUnusable where it is none."""
    _original, small = read_picture(path)
    with desk.gesturing() as (transaction, gesture):
        _note_logo(transaction, gesture, there=True)
        store_files.keep_file(transaction, LOGO, small, gesture.at)
    return Done(None, frozenset({Changed.SETTINGS}))


def remove_logo(desk: Desk) -> Done[None]:
    """Delete the store's logo."""
    with desk.gesturing() as (transaction, gesture):
        _note_logo(transaction, gesture, there=False)
        store_files.delete_file(transaction, LOGO)
    return Done(None, frozenset({Changed.SETTINGS}))


def _note_logo(transaction: Transaction, gesture: Gesture, *, there: bool) -> None:
    before = store_files.read_file(transaction, LOGO) is not None
    body = {"key": LOGO, "old": before, "new": there}
    journal.append(transaction, gesture, [Draft(FactKind.SETTING_CHANGED, None, body)])
