"""Printers as the store knows them: names, limits, and the ruler page that puts an askew one right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.domain.errors import Refused
from loanstore.domain.printers import (
    Measured,
    PrinterKind,
    PrinterProfile,
    Ruler,
    changed,
    corrected,
    key_of,
    paper_name,
    read_profiles,
    ruler,
    write_profiles,
)

PLAIN = PrinterProfile("office", "Office printer")
A4 = ruler(210, 297)
LABEL = ruler(57, 32)
READ_TO = 0.25
"""Millimetres to which a person reads a school ruler."""
shifts = st.floats(-4, 4)
stretches = st.floats(0.97, 1.03)


def landed(drawn: float, shift: float, stretch: float) -> float:
    """Say where a printer that shifts and stretches puts what was drawn at a place."""
    return shift + stretch * drawn


def as_read(distance: float) -> float:
    return round(distance / READ_TO) * READ_TO


def measure(page: Ruler, x: tuple[float, float], y: tuple[float, float]) -> Measured:
    """Measure the printed marks as a person would."""
    return Measured(
        left=as_read(landed(page.inset_x, *x)),
        top=as_read(landed(page.inset_y, *y)),
        right=as_read(page.width - landed(page.width - page.inset_x, *x)),
        bottom=as_read(page.height - landed(page.height - page.inset_y, *y)),
    )


@given(shifts, stretches, shifts, stretches)
def test_a_printer_that_was_measured_once_hits_its_place_all_over_the_sheet(
    shift_x: float, stretch_x: float, shift_y: float, stretch_y: float
) -> None:
    right = corrected(PLAIN, A4, measure(A4, (shift_x, stretch_x), (shift_y, stretch_y)))
    # What a ruler is misread by grows a little from the marks to the edges, by the marks' distance from them.
    for length, inset, scale, offset, way in (
        (A4.width, A4.inset_x, right.scale_x, right.offset_x, (shift_x, stretch_x)),
        (A4.height, A4.inset_y, right.scale_y, right.offset_y, (shift_y, stretch_y)),
    ):
        tolerance = READ_TO / 2 * length / (length - 2 * inset) + 0.01
        for belongs in (0.0, inset, length / 2, length - inset, length):
            assert landed(belongs * scale + offset, *way) == pytest.approx(belongs, abs=tolerance)


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_a_label_too_short_to_tell_a_stretch_is_only_moved(shift_x: float, shift_y: float) -> None:
    right = corrected(PLAIN, LABEL, measure(LABEL, (shift_x, 1), (shift_y, 1)))
    assert (right.scale_x, right.scale_y) == (1, 1)
    assert right.offset_x == pytest.approx(-shift_x, abs=READ_TO)
    assert right.offset_y == pytest.approx(-shift_y, abs=READ_TO)


def test_a_page_that_came_out_true_needs_no_correction() -> None:
    assert corrected(PLAIN, A4, Measured(20, 20, 20, 20)) == PLAIN


def test_a_page_fitted_to_the_paper_is_sent_back_to_the_printer() -> None:
    with pytest.raises(Refused, match="MEASURED_TOO_FAR"):
        corrected(PLAIN, A4, Measured(32, 20, 32, 20))
    with pytest.raises(Refused, match="MEASURED_TOO_FAR"):
        corrected(PLAIN, A4, Measured(20, 34, 20, 6))


def test_measuring_again_replaces_what_was_measured_before() -> None:
    askew = corrected(PLAIN, A4, Measured(21, 20, 19, 20))
    assert askew.offset_x == -1
    assert corrected(askew, A4, Measured(20, 20, 20, 20)) == PLAIN


def test_what_the_store_keeps_reads_back_the_same_and_newer_words_are_passed_over() -> None:
    zebra = PrinterProfile("zebra", "Zebra", "tcp://zebra:9100", PrinterKind.ZPL, 203, 0.5, -0.25, stock="zebra-57x32")
    text = write_profiles({"zebra": zebra, "office": PLAIN})
    assert read_profiles(text) == {"office": PLAIN, "zebra": zebra}
    assert list(read_profiles(text)) == ["office", "zebra"]
    assert read_profiles(text.replace('"dpi": 203', '"dpi": 203, "tray": 2'))["zebra"] == zebra


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dpi", 72),
        ("offset_x", 10.5),
        ("offset_y", float("nan")),
        ("scale_x", 0.5),
        ("bar_width_reduction", 0.2),
        ("bar_width_reduction", -0.01),
        ("name", " "),
        ("kind", "zpl"),
        ("key", "other"),
    ],
)
def test_a_figure_no_printer_can_have_is_refused_by_its_name(field: str, value: object) -> None:
    with pytest.raises(Refused) as refused:
        changed(PLAIN, {field: value})
    assert refused.value.facts["field"] == field.replace("_", " ")


def test_figures_that_fit_are_taken() -> None:
    assert changed(PLAIN, {"dpi": 600, "offset_x": -10.0, "bar_width_reduction": 0.06}).offset_x == -10


def test_a_printer_is_known_by_a_plain_word() -> None:
    assert key_of("Zebra at the desk (203 dpi)") == "zebra-at-the-desk-203-dpi"
    with pytest.raises(Refused, match="PRINTER_NAMELESS"):
        key_of(" - ")


DYMO = ("w81h252", "w101h252", "w54h144")
ANY = ("A4", "w162h90", "Custom.WIDTHxHEIGHT")


@pytest.mark.parametrize(
    ("paper", "choices", "name"),
    [
        ((210, 297), (), "A4"),
        ((210, 297), ("Letter", "A4"), "A4"),
        ((210, 297), DYMO, None),
        ((57, 32), (), "Custom.162x91"),
        ((57, 32), ANY, "Custom.162x91"),
        ((25.4, 50.8), ANY, "Custom.72x144"),
        ((36, 89), DYMO, "w101h252"),
        ((28, 89), DYMO, "w81h252"),
        ((57, 32), DYMO, None),
        ((62, 29), ("17x54", "62x29"), "62x29"),
        ((62, 29), ("62x100mm", "29x90mm"), None),
    ],
)
def test_a_paper_is_asked_for_by_what_its_driver_calls_it(
    paper: tuple[float, float], choices: tuple[str, ...], name: str | None
) -> None:
    assert paper_name(paper, choices) == name
