"""A register of thousands of rows imported, against reading the same file with the csv module alone."""

from __future__ import annotations

import csv
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Final

from loanstore.domain.import_fields import ImportKind
from loanstore.operations import importing
from loanstore.operations.importing import Plan
from loanstore.storage.store import open_store
from tests.benchmarks.timing import Measured, milliseconds
from tests.helpers.made_up import KEY, SALT, make_desk, make_store, new_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS: Final = 3
HEADINGS: Final = ("Asset No", "Instrument", "Size", "Make", "Model", "Serial No", "Purchased", "Cost", "Condition")


def measure(folder: Path, rows: int) -> Iterator[Measured]:
    """Measure a first import, each into a store of its own, and the same file again."""
    file = folder / "register.csv"
    _write(file, rows)
    floor, first, again = [], [], []
    for turn in range(ROUNDS):
        path = folder / f"import-{turn}.loanstore"
        make_store(path).close()
        store = open_store(path, KEY, SALT)
        bring = partial(importing.import_file, make_desk(store, new_id()), Plan(file, ImportKind.INSTRUMENTS))
        floor.append(milliseconds(partial(_read, file)))
        first.append(milliseconds(bring))
        floor.append(milliseconds(partial(_read, file)))
        again.append(milliseconds(bring))
        store.close()
        path.unlink()
    for what, took in (("", median(first)), (" again", median(again))):
        note = f"{rows / took * 1000:,.0f} rows a second"
        yield Measured(f"Import {rows:,} rows{what}", took, median(floor), "the csv module reading the file", note)


def _write(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADINGS)
        for row in range(1, rows + 1):
            writer.writerow((f"INS{row:06d}", "Violin", "1/2", "Stentor", "Student II", f"ST{row:07d}", *_BOUGHT))


_BOUGHT: Final = ("03/09/2019", "£165.00", "Good")


def _read(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        list(csv.reader(opened))
