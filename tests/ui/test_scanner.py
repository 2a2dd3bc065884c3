"""Telling a scan from typing, key by key, with times set by hand."""

from __future__ import annotations

import pytest

from loanstore.settings import Machine
from loanstore.ui.app import scanner_settings
from loanstore.ui.scanner import Key, ScanDetector, ScannerSettings, Suffix, Verdict


def feed(detector: ScanDetector, text: str, gap: int, *, start: int = 1000, end: Key | None = Key.ENTER) -> list[str]:
    at, scanned = start, []
    for character in text:
        detector.press(Key.TEXT, character, at)
        at += gap
    if end is not None and detector.press(end, "", at) is Verdict.SCANNED:
        scanned.append(detector.scanned)
    return scanned


@pytest.mark.parametrize("gap", [0, 1, 8, 16, 30, 50])
def test_a_scanner_is_heard_at_every_pace_up_to_the_gap(gap: int) -> None:
    assert feed(ScanDetector(ScannerSettings()), "CM000042K", gap) == ["CM000042K"]


@pytest.mark.parametrize("gap", [51, 120, 400])
def test_a_persons_typing_is_no_scan(gap: int) -> None:
    assert feed(ScanDetector(ScannerSettings()), "CM000042K", gap) == []


def test_three_quick_letters_are_a_persons() -> None:
    assert feed(ScanDetector(ScannerSettings()), "Jo1", 5) == []


def test_enter_long_after_a_burst_belongs_to_the_field() -> None:
    detector = ScanDetector(ScannerSettings())
    feed(detector, "CM000042K", 5, end=None)
    assert detector.press(Key.ENTER, "", 2000) is Verdict.TYPING


def test_letters_typed_before_the_scan_are_not_part_of_it() -> None:
    detector = ScanDetector(ScannerSettings())
    feed(detector, "oa", 150, start=0, end=None)
    assert feed(detector, "CM000042K", 4, start=600) == ["CM000042K"]


def test_equal_characters_that_the_system_calls_a_held_key_are_kept_in_a_burst() -> None:
    detector = ScanDetector(ScannerSettings())
    for at, character in enumerate("INS000001"):
        detector.press(Key.TEXT, character, 100 + at, held=character == "0")
    assert detector.press(Key.ENTER, "", 110) is Verdict.SCANNED
    assert detector.scanned == "INS000001"


def test_a_key_held_down_is_no_scan() -> None:
    detector = ScanDetector(ScannerSettings())
    detector.press(Key.TEXT, "a", 0)
    for at in range(30, 600, 30):
        detector.press(Key.TEXT, "a", at, held=True)
    assert detector.press(Key.ENTER, "", 605) is Verdict.TYPING


def test_tab_ends_a_scan_only_where_the_scanner_sends_it() -> None:
    assert feed(ScanDetector(ScannerSettings(suffix=Suffix.TAB)), "CM000042K", 5, end=Key.TAB) == ["CM000042K"]
    assert feed(ScanDetector(ScannerSettings(suffix=Suffix.TAB)), "CM000042K", 5) == ["CM000042K"]
    assert feed(ScanDetector(ScannerSettings()), "CM000042K", 5, end=Key.TAB) == []


def test_without_a_suffix_the_pause_ends_a_scan() -> None:
    detector = ScanDetector(ScannerSettings(suffix=Suffix.NONE))
    feed(detector, "CM000042K", 5, end=None)
    assert not detector.expire(1045)
    assert detector.expire(1200)
    assert detector.scanned == "CM000042K"
    assert not detector.expire(1400)


def test_the_prefix_is_shrugged_off_and_makes_a_slow_scanner_certain() -> None:
    slow = ScanDetector(ScannerSettings(prefix="~"))
    assert feed(slow, "~CM000042K", 300) == ["CM000042K"]
    assert feed(slow, "CM000042K", 5) == ["CM000042K"]
    assert feed(slow, "CM000042K", 300) == []


def test_an_arrow_in_between_breaks_a_burst() -> None:
    detector = ScanDetector(ScannerSettings())
    feed(detector, "CM00", 5, end=None)
    detector.press(Key.OTHER, "", 1021)
    assert detector.press(Key.ENTER, "", 1025) is Verdict.TYPING


def test_a_burst_runs_from_its_second_character_on() -> None:
    detector = ScanDetector(ScannerSettings())
    detector.press(Key.TEXT, "C", 0)
    assert not detector.runs(1)
    detector.press(Key.TEXT, "M", 5)
    assert detector.runs(10)
    assert not detector.runs(500)


def test_two_scans_one_after_the_other_are_two() -> None:
    detector = ScanDetector(ScannerSettings())
    assert feed(detector, "CM000042K", 5) == ["CM000042K"]
    assert feed(detector, "CM000043I", 5, start=1060) == ["CM000043I"]


def test_the_scanner_is_set_up_from_this_machines_settings() -> None:
    machine = Machine(scanner_prefix="~", scanner_suffix="tab", scanner_gap=80)
    assert scanner_settings(machine) == ScannerSettings(80, "~", Suffix.TAB)
    assert scanner_settings(Machine(scanner_suffix="nonsense")).suffix is Suffix.ENTER
