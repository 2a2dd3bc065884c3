"""Secrets: where a passphrase comes from, and the raw key that is made of it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import recovery
from loanstore.domain.errors import FileUnusable, StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from keyring.backend import KeyringBackend

PASSPHRASE_VARIABLE: Final = "LOANSTORE_PASSPHRASE"  # noqa: S105 - the name of a variable, no secret
SERVICE: Final = "loanstore"
SALT_BYTES: Final = 16
SHORTEST_GOOD: Final = 12
"""A shorter passphrase is warned of and never refused."""

_SAFE_KEYRINGS: Final = tuple(
    f"keyring.backends.{name}" for name in ("Windows", "macOS", "SecretService", "kwallet", "libsecret")
)
"""Only keyrings that the operating system guards: some back ends write the secret in plain text."""

_MEMORY_KIB: Final = 65_536
_PASSES: Final = 3
_LANES: Final = 4


@dataclass(frozen=True, slots=True)
class PassphraseSource:
    """Where to look for a passphrase: a file that was named, the environment, and asking a person last."""

    file: Path | None = None
    environment: Mapping[str, str] | None = None
    ask: Callable[[], str | None] | None = None

    def find(self, store: Path) -> str:
        """Give the passphrase for a store; raises StoreUnusable where nobody says one."""
        found = self._file() or self._environment() or remembered(store) or (self.ask() if self.ask else None)
        if not found:
            raise StoreUnusable("NO_PASSPHRASE", path=str(store), variable=PASSPHRASE_VARIABLE)
        return found

    def _file(self) -> str | None:
        if self.file is None:
            return None
        try:
            return self.file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise FileUnusable("PASSPHRASE_FILE", path=str(self.file), said=str(error)) from None

    def _environment(self) -> str | None:
        return (self.environment if self.environment is not None else os.environ).get(PASSPHRASE_VARIABLE)


def make_salt() -> bytes:
    """Make the salt of a new store; it must not be mistaken for text."""
    return bytes([0x9D]) + secrets.token_bytes(SALT_BYTES - 1)


def raw_key(passphrase: str, salt: bytes) -> bytes:
    """Make the 32-byte key: the recovery words spell it, anything else is a passphrase (argon2id, 64 MiB).

    The cost follows RFC 9106's second recommended option: 64 MiB, three passes, four lanes.
    """
    spelled = recovery.from_words(passphrase)
    if spelled is not None:
        return spelled
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(passphrase.encode(), salt, _PASSES, _MEMORY_KIB, _LANES, recovery.KEY_BYTES, Type.ID)


def is_weak(passphrase: str) -> bool:
    """Tell whether a passphrase should be warned of: short, or hardly any different characters."""
    return len(passphrase) < SHORTEST_GOOD or len(set(passphrase)) < SHORTEST_GOOD // 2


def remembered(store: Path) -> str | None:
    """Give the passphrase that the operating system's keyring remembers for a store, if it has one."""
    ring = _safe_keyring()
    if ring is None:
        return None
    import keyring.errors

    try:
        return ring.get_password(SERVICE, str(store))
    except keyring.errors.KeyringError:
        return None


def remember(store: Path, passphrase: str) -> bool:
    """Ask the operating system's keyring to remember a passphrase; tell whether it does."""
    ring = _safe_keyring()
    if ring is None:
        return False
    import keyring.errors

    try:
        ring.set_password(SERVICE, str(store), passphrase)
    except keyring.errors.KeyringError:
        return False
    return True


def can_remember() -> bool:
    """Tell whether this machine has a keyring that is safe to remember a passphrase in."""
    return _safe_keyring() is not None


def _safe_keyring() -> KeyringBackend | None:
    import keyring

    ring = keyring.get_keyring()
    return ring if type(ring).__module__.startswith(_SAFE_KEYRINGS) else None
