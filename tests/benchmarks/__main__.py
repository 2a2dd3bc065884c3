"""One command that measures everything and prints one table: ``python -m tests.benchmarks``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks import report
from tests.benchmarks.made_store import Size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.timing import Measured

PARTS: Final = ("scan", "find", "start", "labels", "import")


def main() -> None:
    """Measure what was asked for, each line printed when it is known."""
    asked = _asked()
    unknown = set(asked.only) - set(PARTS)
    if unknown:
        raise SystemExit(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    print(f"Measured on {report.machine()}; medians of rounds taken by turns.\n")
    print(report.HEAD)
    with tempfile.TemporaryDirectory(prefix="loanstore-", dir=asked.folder) as folder:
        for part in asked.only:
            for measured in _measure(part, Path(folder), asked):
                print(report.line(measured), flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", type=_names, default=PARTS, help=f"parts, by commas: {', '.join(PARTS)}")
    parser.add_argument("--sizes", type=_numbers, default=(1_000, 10_000, 100_000), help="instruments, by commas")
    parser.add_argument("--loans", type=int, default=1_000_000, help="past loans at the largest size; 0 for none")
    parser.add_argument("--labels", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=10_000, help="rows to import")
    parser.add_argument("--folder", type=Path, help="where the stores are built; their disk is what is measured")
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def _measure(part: str, folder: Path, asked: argparse.Namespace) -> Iterator[Measured]:
    """Measure one part; what it needs is imported only then."""
    from tests.benchmarks import finds, imports, scans, sheets, starts

    if part == "scan":
        past = [Size(max(asked.sizes), past=asked.loans)] if asked.loans else []
        yield from scans.measure(folder, [*map(Size, asked.sizes), *past])
    elif part == "find":
        yield from finds.measure(folder, max(asked.sizes), asked.loans)
    elif part == "start":
        yield from starts.measure(folder)
    elif part == "labels":
        yield from sheets.measure(asked.labels)
    else:
        yield from imports.measure(folder, asked.rows)


if __name__ == "__main__":
    main()
