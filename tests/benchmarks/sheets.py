"""Ten thousand labels in one run, drawn and read back, against everything else that draws them."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from loanstore import assets
from loanstore.domain import codes
from loanstore.domain.label_stocks import LabelStock, load_stocks
from loanstore.domain.labels import Label
from loanstore.paper.label_sheets import SheetResult, make_label_sheet
from loanstore.paper.proof import prove
from tests.benchmarks import gnu_labels, other_sheets
from tests.benchmarks.timing import Measured, in_turns, milliseconds
from tests.helpers.made_up import OWNER, PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STOCK: Final = "avery-l7160"
SMALL: Final = "avery-l7651"
ROUNDS: Final = 3

_A_PAGE_MAY_TAKE: Final = 250.0
"""Milliseconds for a page of 65 with its proof, on two cores."""


def measure(labels: int) -> Iterator[Measured]:
    """Measure sheets of that many labels without their proof and with it."""
    stocks = load_stocks((assets.resources() / "label_stocks.json").read_text("utf-8"))
    stock, wanted = stocks[STOCK], made(labels)
    ours = partial(_drawn, wanted, stock)
    for name, other in _others(wanted, stock):
        turns = in_turns([ours] * ROUNDS, [other] * ROUNDS)
        yield _line(f"{labels:,} labels drawn", median(turns.ours), median(turns.floor), name)
    fastest = min(milliseconds(ours) for _round in range(ROUNDS))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as executor:
        proved = milliseconds(partial(_read, wanted, stock, executor))
        if gnu_labels.is_there():
            with gnu_labels.display() as environment:
                template = gnu_labels.prepare(Path(folder), wanted, stock)
                took = milliseconds(partial(gnu_labels.run, template, environment))
            yield _line(f"{labels:,} labels drawn", fastest, took, "gLabels' batch tool")
            yield _line(f"{labels:,} labels drawn and every one read back", proved, took, "the same, nothing read back")
        sheet = make_label_sheet(wanted, stocks[SMALL], fonts=assets.resources() / "fonts")
        page = milliseconds(partial(_read, wanted, stocks[SMALL], executor)) / sheet.pages
    size = f"{(len(sheet.pdf) - _fonts(stocks[SMALL])) / sheet.pages:,.0f} bytes a page beyond fonts"
    yield Measured("a page of 65 drawn and read back", page, _A_PAGE_MAY_TAKE, "what it may take", size)


def made(labels: int) -> list[Label]:
    """Make up that many labels."""
    shown = [codes.make(PREFIX, number) for number in range(1, labels + 1)]
    return [Label(codes.normalise(code), code, "Violin 1/2", "", OWNER) for code in shown]


def _line(what: str, ours: float, floor: float, name: str) -> Measured:
    return Measured(what, ours, floor, name, f"{floor / ours:,.1f} times as fast")


def _others(wanted: Sequence[Label], stock: LabelStock) -> Iterator[tuple[str, Callable[[], object]]]:
    fonts = assets.resources() / "fonts"
    yield "reportlab's own Code 128 widget", partial(other_sheets.by_widget, wanted, stock, fonts)
    yield "python-barcode's pictures, not yet on a page", partial(other_sheets.by_pictures, wanted)
    yield "python-barcode's SVG, not yet on a page", partial(other_sheets.by_svg, wanted)
    if importlib.util.find_spec("fpdf") is not None:
        yield "fpdf2", partial(other_sheets.by_fpdf, wanted, stock, fonts)


def _drawn(labels: Sequence[Label], stock: LabelStock) -> SheetResult:
    return make_label_sheet(labels, stock, fonts=assets.resources() / "fonts")


def _read(labels: Sequence[Label], stock: LabelStock, executor: ThreadPoolExecutor) -> None:
    prove(_drawn(labels, stock), executor=executor)


def _fonts(stock: LabelStock) -> int:
    """Give about how many bytes of a sheet are fonts: those of one that holds next to nothing else."""
    return len(_drawn(made(1), stock).pdf)
