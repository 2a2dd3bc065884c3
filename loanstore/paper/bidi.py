"""Right to left: putting a line of mixed writing into the order in which it is seen.

The Unicode bidirectional algorithm (UAX #9) as far as names and short lines need it: strong, number, mark and
neutral characters are resolved; explicit embedding controls, which nobody types into a form, are dropped.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Final

_CONTROLS: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STRONG: Final = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS: Final = frozenset({"EN", "AN"})
_SEPARATORS: Final = frozenset({"ES", "CS"})


def visual_runs(text: str) -> list[tuple[str, bool]]:
    """Cut ``text`` into runs of one direction, in the order seen from left to right.

    Each run keeps its characters in reading order and says whether it reads from right to left.
    """
    text = "".join(c for c in text if c not in _CONTROLS)
    if all(c < "\u0590" for c in text):
        return [(text, False)] if text else []
    levels = _levels(text)
    runs: list[tuple[str, int]] = []
    start = 0
    for level, group in groupby(levels):
        end = start + len(list(group))
        runs.append((text[start:end], level))
        start = end
    return [(run, level % 2 == 1) for run, level in _reordered(runs)]


def _levels(text: str) -> list[int]:
    kinds = _resolved_numbers([unicodedata.bidirectional(c) for c in text])
    base = next((_STRONG[k] for k in kinds if k in _STRONG), "L")
    directions = _resolved_neutrals(kinds, base)
    if base == "R":
        return [1 if d == "R" else 2 for d in directions]
    return [{"L": 0, "R": 1}.get(d, 2) for d in directions]


def _resolved_numbers(kinds: list[str]) -> list[str]:
    """Give marks the kind of what they stand on, and numbers that of the writing around them (rules W1 to W7)."""
    done: list[str] = []
    strong = ""
    for place, kind in enumerate(kinds):
        before = done[-1] if done else "ON"
        after = kinds[place + 1] if place + 1 < len(kinds) else "ON"
        if kind == "NSM":
            done.append(before)
        elif kind == "EN":
            done.append({"AL": "AN", "L": "L"}.get(strong, "EN"))
        elif kind in _SEPARATORS and before in _NUMBERS and after in _NUMBERS:
            done.append(before)
        else:
            strong = kind if kind in _STRONG else strong
            done.append(_STRONG.get(kind, kind))
    return done


def _resolved_neutrals(kinds: list[str], base: str) -> list[str]:
    """Give blanks and punctuation the direction both neighbours share, else that of the line (N1 and N2)."""
    done: list[str] = []
    place = 0
    for strong, group in groupby(kinds, key=lambda kind: kind in _STRONG or kind in _NUMBERS):
        length = len(list(group))
        if strong:
            done += kinds[place : place + length]
        else:
            before = _side(done[-1] if done else base)
            after = _side(kinds[place + length]) if place + length < len(kinds) else base
            done += [before if before == after else base] * length
        place += length
    return done


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _reordered(runs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Reverse every stretch at or above each level, from the highest down to 1 (rule L2)."""
    for level in range(max((level for _, level in runs), default=0), 0, -1):
        turned: list[tuple[str, int]] = []
        for high, group in groupby(runs, key=lambda run, floor=level: run[1] >= floor):  # type: ignore[misc]  # mypy cannot type the default
            stretch = list(group)
            turned += reversed(stretch) if high else stretch
        runs = turned
    return runs
