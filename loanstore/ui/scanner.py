"""Telling a scan from a person's typing, by the pace of the keys: pure, without Qt and without a clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEAST: Final = 4
"""A shorter burst is somebody's quick fingers."""
LONGEST: Final = 10_000
"""A burst is cut here: no code is so long, and a stuck key must not fill the memory."""
REPEAT_GAP: Final = 15
"""Milliseconds. Nearer than this, equal keys are a fast scanner's, though the system calls them a held key."""
CERTAIN_GAP: Final = 500
"""Milliseconds allowed between keys after the scanner's own prefix, which makes a scan certain."""


class Suffix(StrEnum):
    """What the scanner sends after a code."""

    ENTER = "enter"
    TAB = "tab"
    NONE = "none"


class Key(StrEnum):
    """What kind of key was pressed, as far as it matters here."""

    TEXT = "text"
    ENTER = "enter"
    TAB = "tab"
    OTHER = "other"


class Verdict(StrEnum):
    """What to make of a key."""

    BEGINS = "begins"  # a burst may begin here: the focused field should be remembered as it stands
    TYPING = "typing"  # leave it to the field
    SCANNED = "scanned"  # the key ended a scan: swallow it and put the field back


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """How the scanner was set up: the longest pause in milliseconds between its keys, its prefix and its suffix."""

    gap: int = 50
    prefix: str = ""
    suffix: Suffix = Suffix.ENTER


class ScanDetector:
    """Collects keys with their times in milliseconds and says when they were a scan.

    A burst is a run of characters with no pause longer than the gap. It is a scan when the scanner's suffix
    follows within the gap and it holds at least four characters; Enter always ends one, since a scanner that
    was reset to its maker's settings sends it. With no suffix, ``expire`` ends a burst after the gap.
    """

    def __init__(self, settings: ScannerSettings) -> None:
        self.settings = settings
        self.scanned = ""
        self._text = ""
        self._last = 0

    def press(self, key: Key, text: str, at: int, *, held: bool = False) -> Verdict:
        """Take a key pressed at a time in milliseconds; ``held`` is the system's word for a key kept down."""
        near = bool(self._text) and 0 <= at - self._last <= self._gap()
        if key is Key.TEXT:
            return self._character(text, at, near=near, held=held)
        if key in self._ends() and near and self.is_scan():
            return self._end()
        self.forget()
        return Verdict.TYPING

    def runs(self, at: int) -> bool:
        """Tell whether a burst is running: two characters at a scanner's pace and no pause since."""
        return len(self._text) > 1 and 0 <= at - self._last <= self._gap()

    def is_scan(self) -> bool:
        """Tell whether what was collected is long enough for a scan."""
        return len(self._text.removeprefix(self.settings.prefix)) >= LEAST

    def expire(self, at: int) -> bool:
        """End a burst of a scanner without suffix once the gap has passed; tell whether it was a scan."""
        if self.settings.suffix is not Suffix.NONE or at - self._last <= self._gap() or not self.is_scan():
            return False
        self._end()
        return True

    def forget(self) -> None:
        """Forget what was collected."""
        self._text = ""

    def _character(self, text: str, at: int, *, near: bool, held: bool) -> Verdict:
        if held and at - self._last >= REPEAT_GAP:
            self.forget()
            return Verdict.TYPING
        self._last = at
        if near:
            self._text = (self._text + text)[:LONGEST]
            return Verdict.TYPING
        self._text = text
        return Verdict.BEGINS

    def _gap(self) -> int:
        prefix = self.settings.prefix
        certain = bool(prefix) and self._text.startswith(prefix)
        return max(self.settings.gap, CERTAIN_GAP) if certain else self.settings.gap

    def _ends(self) -> frozenset[Key]:
        return frozenset({Key.ENTER, Key.TAB} if self.settings.suffix is Suffix.TAB else {Key.ENTER})

    def _end(self) -> Verdict:
        self.scanned = self._text.removeprefix(self.settings.prefix)
        self.forget()
        return Verdict.SCANNED
