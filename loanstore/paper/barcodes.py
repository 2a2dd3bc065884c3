"""Code 128: python-barcode decides the bars; here they become one run of whole-module rectangles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from barcode.codex import Code128

from loanstore.domain.errors import Refused

_PRINTABLE: Final = re.compile(r"[0-9A-Z]+")
_BAR: Final = re.compile(r"1+")
_TO_A_OR_B: Final = frozenset({100, 101})


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
    if _PRINTABLE.fullmatch(code) is None:
        raise Refused("CODE_UNPRINTABLE", text=code)
    # A second build() on the same object may choose other bars, so each symbol has an object of its own. A writer
    # must be given, else the library makes its slow SVG one; it is never asked to write.
    (pattern,) = _Code128(code, writer=_Unused()).build()
    rectangles = [f"{bar.start()} 0 {bar.end() - bar.start()} 1 re" for bar in _BAR.finditer(pattern)]
    return Symbol(len(pattern), " ".join(rectangles))


class _Unused:
    """Stands where python-barcode wants a writer."""


def symbol_values(code: str) -> tuple[int, ...]:
    """Give the values of a symbol's characters, its start first, without check character and stop.

    The same bars as those of ``symbol``, for printers that draw them themselves. Raises Refused CODE_UNPRINTABLE.
    """
    if _PRINTABLE.fullmatch(code) is None:
        raise Refused("CODE_UNPRINTABLE", text=code)
    return tuple(_Code128(code, writer=_Unused()).encoded)
