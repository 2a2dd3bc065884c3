"""What fits on a label is a rule: nothing overflows, nothing overlaps, and bars come before words."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loanstore.domain.bars import NARROWEST_MODULE, QUIET_MODULES, dot, require_reduction
from loanstore.domain.errors import Refused
from loanstore.domain.label_layout import QR_QUIET, Contents, Element, Part, lay_out, length_wanted

TINY = 1e-6
WORDS = (Part.HEADLINE, Part.DETAIL, Part.OWNER)
contents = st.builds(
    Contents,
    st.integers(35, 180),
    st.frozensets(st.sampled_from(WORDS)),
    st.sampled_from([0, 21, 25, 29, 33]),
    st.one_of(st.just(0.0), st.floats(0.3, 4)),
)
resolutions = st.sampled_from([None, 203, 300, 600])
LENGTH = 123
ALL = Contents(LENGTH, frozenset(WORDS), 25, 1.5)


def parts(width: float, height: float, wanted: Contents, dpi: int | None = None) -> dict[Part, Element]:
    return {one.part: one for one in lay_out(width, height, wanted, dpi) or ()}


def with_quiet(one: Element) -> tuple[float, float, float, float]:
    """Give the box of an element with the white it needs."""
    across = {Part.BARS: QUIET_MODULES, Part.QR: QR_QUIET}.get(one.part, 0) * one.module
    down = QR_QUIET * one.module if one.part is Part.QR else 0
    return one.x - across, one.y - down, one.x + one.width + across, one.y + one.height + down


@given(st.floats(5, 150), st.floats(3, 100), contents, resolutions)
@example(36.4, 19.5, ALL, None)
@example(200.0, 5.0, ALL, 300)
def test_nothing_overflows_and_nothing_overlaps_on_any_size(
    width: float, height: float, wanted: Contents, dpi: int | None
) -> None:
    placed = lay_out(width, height, wanted, dpi)
    if placed is None:
        return
    boxes = [with_quiet(one) for one in placed]
    for left, top, right, bottom in boxes:
        assert left >= -TINY
        assert top >= -TINY
        assert right <= width + TINY
        assert bottom <= height + TINY
    for (a_left, a_top, a_right, a_bottom), (b_left, b_top, b_right, b_bottom) in combinations(boxes, 2):
        beside = a_right <= b_left + TINY or b_right <= a_left + TINY
        assert beside or a_bottom <= b_top + TINY or b_bottom <= a_top + TINY


@given(st.floats(5, 150), st.floats(3, 100), contents, resolutions)
def test_bars_are_whole_dots_wide_and_high_enough_to_scan_and_figures_stand_below(
    width: float, height: float, wanted: Contents, dpi: int | None
) -> None:
    here = parts(width, height, wanted, dpi)
    if not here:
        return
    bars, figures = here[Part.BARS], here[Part.FIGURES]
    assert bars.module >= NARROWEST_MODULE
    assert bars.module / dot(dpi) == pytest.approx(round(bars.module / dot(dpi)))
    assert bars.width == pytest.approx(wanted.modules * bars.module)
    assert bars.height >= max(5, 0.15 * bars.width) - TINY
    assert figures.y >= bars.y + bars.height
    assert figures.size >= 6


@given(st.floats(5, 150), st.floats(3, 40), st.floats(0, 5), contents)
def test_more_room_never_loses_a_word(width: float, height: float, grown: float, wanted: Contents) -> None:
    small, large = parts(width, height, wanted), parts(width, height + grown, wanted)
    words = set(small) - {Part.QR, Part.LOGO}
    if set(small) & {Part.QR, Part.LOGO} == set(large) & {Part.QR, Part.LOGO}:
        assert words <= set(large)


def test_words_go_in_the_order_of_their_worth_as_a_label_gets_lower() -> None:
    plain = Contents(LENGTH, frozenset(WORDS))
    kept = [set(parts(40, height, plain)) & set(WORDS) for height in (20, 15, 12.5, 11, 7)]
    assert kept[0] == set(WORDS)
    assert kept[1] == {Part.HEADLINE, Part.OWNER}
    assert kept[2] == {Part.HEADLINE}
    assert kept[3] == set()
    assert lay_out(40, 7, plain) is None


def test_a_qr_code_and_a_logo_narrow_the_bars_but_never_below_what_is_read() -> None:
    alone, beside = parts(60, 34, Contents(LENGTH)), parts(60, 34, ALL)
    assert alone[Part.BARS].module > beside[Part.BARS].module >= NARROWEST_MODULE
    assert {Part.QR, Part.LOGO} <= set(beside)
    assert {Part.QR, Part.LOGO}.isdisjoint(parts(36.4, 19.5, ALL))
    assert parts(36.4, 19.5, ALL)[Part.BARS] == parts(36.4, 19.5, Contents(LENGTH, frozenset(WORDS)))[Part.BARS]


def test_type_grows_on_larger_labels() -> None:
    sizes = [parts(60, height, ALL)[Part.FIGURES].size for height in (12, 20, 30, 50)]
    assert sizes == sorted(set(sizes))


@given(contents, st.floats(40, 120), resolutions)
def test_a_label_cut_as_long_as_it_is_wanted_holds_all_its_words(
    wanted: Contents, width: float, dpi: int | None
) -> None:
    placed = parts(width, length_wanted(wanted, width, dpi), wanted, dpi)
    if placed:
        assert wanted.words <= set(placed)


@given(st.floats(0, 0.5), st.floats(0.25, 0.51))
def test_what_is_taken_off_a_bar_leaves_most_of_it_or_is_refused(reduction: float, module: float) -> None:
    if reduction <= 0.6 * module:
        assert require_reduction(reduction, module) == pytest.approx(reduction / module)
    else:
        with pytest.raises(Refused) as refusal:
            require_reduction(reduction, module)
        assert refusal.value.code == "BARS_VANISH"
