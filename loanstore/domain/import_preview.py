"""What becomes of a row that is taken: something new, or a change to something known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a row changes: what stood there and what stands there now; empty where there was nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken: whether it made something new, its name for people, and what it changed."""

    row: int
    new: bool
    title: str
    changes: tuple[Change, ...] = ()
