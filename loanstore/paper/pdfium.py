"""PDFium's turn: the library works for one thread at a time, whichever documents they ask it about."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

TURN: Final = RLock()
"""Held around whatever calls PDFium. It is the process's, as the library is: a page may be drawn to be looked at while
another is drawn to be proved."""


def each_page(pdf: bytes, draw: Callable[[Any], T]) -> Iterator[T]:
    """Give what ``draw`` makes of each page of a PDF, one after another; others have their turn between two."""
    with TURN:
        document = pypdfium2.PdfDocument(pdf)
        pages = len(document)
    try:
        for number in range(pages):
            with TURN:
                made = draw(document[number])
            yield made
    finally:
        with TURN:
            document.close()


def one_page(pdf: bytes, number: int, draw: Callable[[Any], T]) -> T:
    """Give what ``draw`` makes of one page of a PDF, the first being 0."""
    with TURN:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return draw(document[number])
        finally:
            document.close()


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Give width and height of each page of a PDF, in points."""
    return tuple(each_page(pdf, lambda page: page.get_size()))
