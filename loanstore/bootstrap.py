"""Building the desk: settings, keys, store. The only place where all the parts meet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import uuid_utils

from loanstore import assets, keys
from loanstore.domain import recovery
from loanstore.domain.catalogue import Catalogue
from loanstore.domain.errors import LoanstoreError, StoreUnusable
from loanstore.operations import housekeeping
from loanstore.operations.desk import Desk
from loanstore.settings import APP, MachineSettings, default_store
from loanstore.storage import backups, journal
from loanstore.storage.engine import read_salt
from loanstore.storage.store import create, open_store

if TYPE_CHECKING:
    from loanstore.keys import PassphraseSource
    from loanstore.storage.backups import Counts
    from loanstore.storage.store import Store


def new_id() -> str:
    """Make a UUIDv7: it sorts by the time it was made, and no two machines make the same."""
    return str(uuid_utils.uuid7())


def now() -> datetime:
    """Read the machine's clock, UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Turn an instant into the machine's own time zone."""
    return moment.astimezone()


@dataclass(slots=True)
class OpenDesk:
    """A desk with what is needed to close it: the key its backup is sealed with, and this machine's settings."""

    desk: Desk
    secret: tuple[bytes, bytes]
    settings: MachineSettings

    def recovery_words(self) -> tuple[str, ...]:
        """Spell the store's key, for the recovery sheet."""
        return recovery.to_words(self.secret[0])

    def close(self, *, daily_backup: bool = False) -> None:
        """Note how far the desk's facts reach, back up once a day if asked, and close the store."""
        store, desk = self.desk.store, self.desk
        try:
            with store.reading() as transaction:
                store_id = desk.known_rules(transaction).store_id
                head = journal.head(transaction, desk.identity)
            with suppress(OSError):
                self.settings.note_head(store.path, store_id, desk.identity, head)
            if daily_backup:
                housekeeping.daily_backup(desk, self.secret, self.backup_folder())
        finally:
            store.close()

    def backup_folder(self) -> Path:
        """Give where this machine keeps its daily backups."""
        said = self.settings.read().backups
        return Path(said) if said else platformdirs.user_data_path(APP, appauthor=False) / "backups"


def store_path(where: str | None, settings: MachineSettings) -> Path:
    """Give the store's file: as named, by the environment, the last one, or in the data folder.

    Raises StoreUnusable for the address of a server: this version keeps its store in a file.
    """
    said = where or default_store(settings.read())
    if "://" in said:
        raise StoreUnusable("ENGINE_UNKNOWN", path=said.split("://")[0])
    return Path(said).expanduser().absolute()


def open_desk(path: Path, passphrase: PassphraseSource, staff: str | None = None) -> OpenDesk:
    """Open a store and sit down at its desk on this machine."""
    salt = read_salt(path)
    key = keys.raw_key(passphrase.find(path), salt)
    return _desk(open_store(path, key, salt), (key, salt), staff)


def create_desk(path: Path, passphrase: str, owner: str, prefix: str, staff: str | None = None) -> OpenDesk:
    """Create a store and sit down at its desk. Nothing is left behind where it can't be done."""
    salt = keys.make_salt()
    terms = (assets.resources() / "terms.json").read_text("utf-8")
    said = housekeeping.first_settings(new_id(), owner, prefix, terms)
    key = keys.raw_key(passphrase, salt)
    return _desk(create(path, key, salt, said), (key, salt), staff)


def restore_store(backup: Path, target: Path, passphrase: PassphraseSource) -> Counts:
    """Put a backup in the place of a store that is not there; it opens with the passphrase or the recovery words."""
    salt = read_salt(backup)
    key = keys.raw_key(passphrase.find(backup), salt)
    return backups.restore(backup, target, key, salt)


def _desk(store: Store, secret: tuple[bytes, bytes], staff: str | None) -> OpenDesk:
    settings = MachineSettings()
    catalogue = Catalogue.load((assets.resources() / "catalogue.json").read_text("utf-8"))
    desk = Desk(store, "", now, local, new_id, assets.resources(), catalogue, staff)
    try:
        with store.reading() as transaction:
            store_id = desk.rules(transaction).store_id
            desk.identity = settings.desk_for(
                store.path, store_id, lambda identity: journal.head(transaction, identity), new_id
            )
    except LoanstoreError:
        store.close()
        raise
    return OpenDesk(desk, secret, settings)


def log_folder() -> Path:
    """Give the folder of the logs."""
    return platformdirs.user_log_path(APP, appauthor=False)
