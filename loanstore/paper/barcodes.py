"""Code 128: python-barcode decides the bars; here they become one run of whole-module rectangles, by table for many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from barcode.charsets import code128
from barcode.codex import Code128

from loanstore.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRINTABLE: Final = re.compile(r"[0-9A-Z]+")
_BAR: Final = re.compile(r"1+")
_TO_A_OR_B: Final = frozenset({100, 101})
#: Every letter is encoded as any other would be, every digit too: only which of them stand where decides the sets.
_SHAPE: Final = str.maketrans("123456789BCDEFGHIJKLMNOPQRSTUVWXYZ", "0" * 9 + "A" * 25)
_LONE: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PAIRS: Final = tuple(f"{number:02d}" for number in range(100))
_CHECKED_BY: Final = 103
_CHARACTER: Final = 11
"""The modules of one character of a symbol; the last has two more."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol without its quiet zones: its length in modules, and its bars as PDF rectangles one module high."""

    modules: int
    operators: str


class _Code128(Code128):  # type: ignore[misc]  # python-barcode ships no types
    """python-barcode's Code 128, without the loss of a leading 99.

    Version 0.16.1 takes the data pair 99 directly after the start character for the switch to set C (value 99 too)
    and folds it away. A real switch there only ever goes to A or B.
    """

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        if encoded[1] not in _TO_A_OR_B:
            return encoded
        folded: list[int] = super()._try_to_optimize(encoded)
        return folded


def symbol(code: str) -> Symbol:
    """Encode a normalised code.

    Raises Refused CODE_UNPRINTABLE unless it is all ASCII capitals and digits: scanners and keyboards disagree on
    everything else.
    """
    require_printable(code)
    # A second build() on the same object may choose other bars, so each symbol has an object of its own. A writer
    # must be given, else the library makes its slow SVG one; it is never asked to write.
    (pattern,) = _Code128(code, writer=_Unused()).build()
    return Symbol(len(pattern), _rectangles(pattern, 0, 0))


def require_printable(code: str) -> None:
    """Let a code pass that bars can say; raises Refused CODE_UNPRINTABLE for any other."""
    if _PRINTABLE.fullmatch(code) is None:
        raise Refused("CODE_UNPRINTABLE", text=code)


def _rectangles(pattern: str, begin: int, inset: float) -> str:
    """Write the bars of a pattern that begins at a module; ``inset`` is what each loses on either side, in modules."""
    bars = ((bar.start() + begin, bar.end() - bar.start()) for bar in _BAR.finditer(pattern))
    return " ".join(f"{at + inset:g} 0 {width - 2 * inset:g} 1 re" for at, width in bars)


class Symbols:
    """Encodes many codes: what a shape of code needs is asked of python-barcode once, the rest is looked up.

    A symbol made here is the one that ``symbol`` makes. ``reduction`` is what each bar loses in all, in modules.
    """

    def __init__(self, reduction: float = 0.0) -> None:
        self._inset = reduction / 2
        self._shapes: dict[str, _Shape] = {}

    def symbol(self, code: str) -> Symbol:
        """Encode a normalised code; raises as the function of this name does."""
        kind = code.translate(_SHAPE)
        shape = self._shapes.get(kind)
        if shape is None:
            require_printable(code)
            shape = self._shapes[kind] = _Shape(kind, self._inset)
        return shape.symbol(code)


class _Shape:
    """The symbols of all codes that have letters and digits in the same places."""

    def __init__(self, kind: str, inset: float) -> None:
        characters = list(_characters(kind))
        at = len(characters) * _CHARACTER
        self._modules = at + 2 * _CHARACTER + 2
        self._slots = []
        for place, (begin, end, values) in enumerate(characters):
            weight = max(place, 1)
            drawn = {
                text: (weight * value, _rectangles(code128.CODES[value], place * _CHARACTER, inset))
                for text, value in values.items()
            }
            self._slots.append((begin, end, drawn))
        self._checks = [_rectangles(pattern, at, inset) for pattern in code128.CODES[:_CHECKED_BY]]
        self._stop = _rectangles(code128.STOP + "11", at + _CHARACTER, inset)

    def symbol(self, code: str) -> Symbol:
        total = 0
        parts = []
        for begin, end, drawn in self._slots:
            weighed, bars = drawn[code[begin:end]]
            total += weighed
            parts.append(bars)
        parts += (self._checks[total % _CHECKED_BY], self._stop)
        return Symbol(self._modules, " ".join(parts))


def _characters(kind: str) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Walk the characters that a shape of code is encoded with: which stretch of the code each says, and its values.

    Start characters and switches between the sets say no stretch of it.
    """
    encoded = _Code128(kind, writer=_Unused()).encoded
    sets = {number: name for name, number in code128.START_CODES.items()}
    current = sets[encoded[0]]
    yield 0, 0, {"": encoded[0]}
    at = 0
    for value in encoded[1:]:
        switch = sets.get(code128.TO.get(value, 0))
        if switch is not None and switch != current:
            current = switch
            yield 0, 0, {"": value}
        elif current == "C":
            yield at, at + 2, dict(zip(_PAIRS, range(100), strict=True))
            at += 2
        else:
            table = code128.A if current == "A" else code128.B
            yield at, at + 1, {letter: table[letter] for letter in _LONE}
            at += 1


class _Unused:
    """Stands where python-barcode wants a writer."""


def symbol_values(code: str) -> tuple[int, ...]:
    """Give the values of a symbol's characters, its start first, without check character and stop.

    The same bars as those of ``symbol``, for printers that draw them themselves. Raises Refused CODE_UNPRINTABLE.
    """
    require_printable(code)
    return tuple(_Code128(code, writer=_Unused()).encoded)
