"""The schema: which version this program knows, and bringing a store up to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from loanstore.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION: Final = "0008"
"""The newest migration; a test holds it to what lies in ``migrations/versions``."""

OLDER: Final = frozenset({"0001", "0002", "0003", "0004", "0005", "0006", "0007"})
"""Versions that can be brought up to this one."""


def version_of(connection: Connection) -> str | None:
    """Read a store's schema version; None where the file is no store of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row is not None else None


def require_known(connection: Connection, path: Path) -> None:
    """Raise StoreUnusable where the store is newer than this program, or no store at all."""
    version = version_of(connection)
    if version is None:
        raise StoreUnusable("STORE_NOT_ONE", path=str(path))
    if version != VERSION and version not in OLDER:
        raise StoreUnusable("STORE_NEWER", path=str(path), version=version, known=VERSION)


def is_older(connection: Connection) -> bool:
    """Tell whether a store was made by an earlier version that can be brought up to this one."""
    return version_of(connection) in OLDER


def upgrade(connection: Connection) -> None:
    """Run every migration that the store lacks, within the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
