"""Words for what can be wrong with a store, its secrets, its backups and the disk under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _opening() | _keeping()


def _opening() -> dict[str, Words]:
    return {
        "STORE_MISSING": (
            _("There is no store here"),
            _("There is no file {path}."),
            _("Make one with “loanstore store create”, or name another with --store."),
        ),
        "STORE_NOT_ONE": (
            _("This is not a store"),
            _("The file {path} was not written by loanstore."),
            _("Choose the file that ends in .loanstore."),
        ),
        "STORE_WRONG_KEY": (
            _("Wrong passphrase"),
            _("The passphrase does not open {path}, or the file is damaged."),
            _("Type the passphrase again, or the words of the recovery sheet."),
        ),
        "NO_PASSPHRASE": (
            _("The passphrase is missing"),
            _("The store {path} is locked, and nobody said its passphrase."),
            _("Set {variable}, or name a file with --passphrase-file."),
        ),
        "PASSPHRASE_FILE": (
            _("The passphrase file can't be read"),
            _("{path}: {said}."),
            _("Check the name of the file and who may read it."),
        ),
        "STORE_NEWER": (
            _("This store is from a newer loanstore"),
            _("{path} has schema {version}; this program knows up to {known}."),
            _("Install the newest loanstore. The store was not touched."),
        ),
        "ENGINE_UNKNOWN": (
            _("This kind of store is not known"),
            _("This version keeps a store in a file, and can't use an address of {path}."),
            _("Name a file that ends in .loanstore."),
        ),
        "STORE_EXISTS": (
            _("There is a file already"),
            _("{path} exists, and a store is never written over another."),
            _("Choose another name, or move that file away first."),
        ),
        "BAD_PREFIX": (
            _("The code prefix does not fit"),
            _("“{value}” is not two letters."),
            _("Choose two letters, such as CM."),
        ),
        "STORE_CANNOT_OPEN": (
            _("The store can't be opened"),
            _("{path} can't be opened: {said}."),
            _("Check that the folder is there and that you may write in it."),
        ),
        "STORE_CANNOT_CREATE": (
            _("The store can't be made"),
            _("{path} can't be written: {said}."),
            _("Choose a folder in which you may write."),
        ),
    }


def _keeping() -> dict[str, Words]:
    return {
        "STORE_DISK_FULL": (
            _("The disk is full"),
            _("There is no room left to write {path}. What was answered before is stored; this was not."),
            _("Make room on the disk, then do it again."),
        ),
        "STORE_READ_ONLY": (
            _("The store can't be written"),
            _("{path} may only be read."),
            _("Ask for the right to write the file and its folder."),
        ),
        "STORE_DAMAGED": (
            _("The store is damaged"),
            _("{path} can't be read as it was written: {said}."),
            _("Do not go on with it. Restore the newest backup with “loanstore store restore”."),
        ),
        "STORE_DISK_ERROR": (
            _("The disk does not answer"),
            _("Reading or writing {path} failed: {said}. What was answered before is stored."),
            _("Check the disk or the stick, then do it again."),
        ),
        "STORE_BUSY": (
            _("One moment"),
            _("Another program has held {path} for a whole minute."),
            _("Close what else uses the store, then do it again."),
        ),
        "STORE_DIFFERS": (
            _("The store is not as its journal says"),
            _("Differences: {count}. The first: {table} {row}: {found}; expected: {expected}."),
            _("Keep a copy, then “loanstore store rebuild”; a damaged journal needs the newest backup."),
        ),
        "JOURNAL_BROKEN": (
            _("The journal was altered"),
            _("The fact {fact} does not follow the one before it ({found})."),
            _("Nothing is built on it. Restore the newest backup with “loanstore store restore”."),
        ),
        "BACKUP_CANNOT_WRITE": (
            _("The backup can't be written"),
            _("{path} can't be written: {said}."),
            _("Choose another folder; the store itself is safe."),
        ),
        "BACKUP_DIFFERS": (
            _("The backup is not whole"),
            _("The copy {path} holds {found} facts where the store has {expected}."),
            _("Make the backup again, on another disk."),
        ),
        "MIGRATION_BROKE": (
            _("The store could not be brought up to this version"),
            _("The table {table} would not hold together afterwards, so nothing was changed."),
            _("Go on with the version before, and send the log file to whoever looks after loanstore."),
        ),
        "SELF_TEST_FAILED": (
            _("The self-test failed"),
            _("{part}: {said}."),
            _("Install loanstore again; if it fails again, tell whoever looks after it."),
        ),
    }
