"""The table, in Markdown, and the facts of the machine that it was measured on."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from tests.benchmarks.timing import Measured

HEAD: Final = "| what | ours | floor | the floor is | note | ratio |\n|---|---:|---:|---|---|---:|"
_SMALL: Final = 10


def machine() -> str:
    """Name what matters of this machine."""
    connection = dbapi2.connect(":memory:")
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    facts = (
        f"{os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        f"SQLCipher {cipher.split()[0]} (SQLite {dbapi2.sqlite_version})",
        f"{platform.system()} on {platform.machine()}",
    )
    return ", ".join(facts)


def line(measured: Measured) -> str:
    """Write one line of the table."""
    ours, floor = (_figure(value, measured.unit) for value in (measured.ours, measured.floor))
    cells = (measured.what, ours, floor, measured.floor_is, measured.note, f"**{measured.ratio:,.2f}**")
    return f"| {' | '.join(cells)} |"


def _figure(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if value < _SMALL else f"{value:,.0f} {unit}"
