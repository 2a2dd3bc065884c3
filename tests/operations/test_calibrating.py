"""The store's printers: what can be said of them, that every desk knows it, and a ruler page that puts one right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.printers import Measured, PrinterKind
from loanstore.operations import calibrating, undoing
from loanstore.operations.desk import Changed
from loanstore.paper.pdfium import page_sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp


@pytest.fixture
def desk(made_up: MadeUp) -> Iterator[Desk]:
    yield made_up.desk
    assert made_up.complaints() == []


def test_a_printer_is_added_changed_found_by_either_name_and_taken_away(desk: Desk) -> None:
    said = {"kind": PrinterKind.ZPL, "dpi": 203, "queue": "zebra", "stock": "avery-l7651"}
    done = calibrating.add(desk, "Zebra at the desk", said)
    assert done.changed == {Changed.SETTINGS}
    assert done.result.key == "zebra-at-the-desk"
    calibrating.change(desk, "zebra-at-the-desk", {"name": "Thermal", "offset_x": 0.5})
    found = calibrating.find(desk, "thermal")
    assert (found.key, found.dpi, found.offset_x) == ("zebra-at-the-desk", 203, 0.5)
    assert calibrating.remove(desk, "Thermal").result == found
    assert calibrating.profiles(desk) == {}


def test_what_is_unknown_or_there_already_is_refused_and_changes_nothing(desk: Desk) -> None:
    calibrating.add(desk, "Office", {})
    before = calibrating.profiles(desk)
    with pytest.raises(Refused, match="PRINTER_KNOWN_ALREADY"):
        calibrating.add(desk, "OFFICE", {})
    with pytest.raises(Refused, match="UNKNOWN_STOCK"):
        calibrating.change(desk, "Office", {"stock": "paper bag"})
    with pytest.raises(Refused, match="PRINTER_VALUE"):
        calibrating.change(desk, "Office", {"dpi": 72})
    with pytest.raises(Refused) as unknown:
        calibrating.find(desk, "Attic")
    assert unknown.value.facts["known"] == ("Office",)
    assert calibrating.profiles(desk) == before


def test_another_desk_of_the_store_knows_the_printer_and_undo_passes_it_over(made_up: MadeUp, desk: Desk) -> None:
    calibrating.add(desk, "Office", {"offset_y": -1.5})
    assert calibrating.find(made_up.another_desk().desk, "Office").offset_y == -1.5
    with pytest.raises(Refused):
        undoing.undo(desk)


def test_labels_go_to_the_chosen_printer_or_to_the_only_one_that_holds_labels(desk: Desk) -> None:
    with pytest.raises(Refused, match="NO_LABEL_PRINTER"):
        calibrating.label_printer(desk, "")
    calibrating.add(desk, "Office", {})
    zebra = calibrating.add(desk, "Zebra", {"stock": "avery-l7651"}).result
    assert calibrating.label_printer(desk, "") == zebra
    assert calibrating.label_printer(desk, "office").name == "Office"
    calibrating.add(desk, "Dymo", {"stock": "avery-l7160"})
    with pytest.raises(Refused, match="NO_LABEL_PRINTER"):
        calibrating.label_printer(desk, "")


def test_the_measured_marks_set_offset_and_scale_and_keep_the_rest(desk: Desk) -> None:
    calibrating.add(desk, "Office", {"dpi": 600, "bar_width_reduction": 0.02})
    right = calibrating.measured(desk, "Office", Measured(21.5, 19.0, 18.5, 21.0)).result
    assert (right.offset_x, right.offset_y, right.scale_x, right.scale_y) == (-1.5, 1.0, 1.0, 1.0)
    assert (right.dpi, right.bar_width_reduction) == (600, 0.02)
    assert calibrating.find(desk, "Office") == right
    with pytest.raises(Refused, match="MEASURED_TOO_FAR"):
        calibrating.measured(desk, "Office", Measured(60, 20, 20, 20))
    assert calibrating.find(desk, "Office") == right


def test_the_ruler_page_is_of_the_paper_that_the_printer_holds(desk: Desk) -> None:
    calibrating.add(desk, "Office", {"stock": "avery-l7160"})
    for pdf in (calibrating.ruler_pdf(desk), calibrating.ruler_pdf(desk, "Office")):
        ((width, height),) = page_sizes(pdf)
        assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((210, 297), abs=0.01)


@pytest.mark.parametrize(("field", "text"), [("dpi", "fine"), ("kind", "fax"), ("offset_x", "left")])
def test_what_is_no_figure_is_named(field: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        calibrating.read_values({field: text})
    assert refused.value.facts == {"field": field.replace("_", " "), "value": text}
