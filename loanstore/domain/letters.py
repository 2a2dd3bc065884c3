"""What stands on the list of a class set, and on the letter to a school whose instruments came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.agreements import Party


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One instrument on the list of a set; ``code`` is normalised, ``player`` may be empty."""

    position: int
    code: str
    what: str
    serial: str
    player: str
    status: str


@dataclass(frozen=True, slots=True)
class SetSheet:
    """The list of a set: its normalised code, its name, with whom it is (may be empty), and its instruments."""

    code: str
    name: str
    owner: str
    holder: str
    rows: tuple[SheetRow, ...]
    made: date


@dataclass(frozen=True, slots=True)
class MissingItem:
    """One instrument that is not back: its number in the set (0 for none), and whether it was declared lost."""

    position: int
    code: str
    what: str
    serial: str
    due: date
    lost: bool = False


@dataclass(frozen=True, slots=True)
class FlawedItem:
    """One instrument that came back without a part, damaged or broken; the words are those of its checklist."""

    position: int
    code: str
    what: str
    serial: str
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class SetReturn:
    """How far one set is back; one without name and code stands for what was lent outside any set."""

    name: str
    code: str
    total: int
    back: int
    missing: tuple[MissingItem, ...]

    @property
    def numbers(self) -> str:
        """Give the numbers of what is missing, as they are written on the instruments."""
        return ", ".join(str(item.position) for item in self.missing if item.position)


@dataclass(frozen=True, slots=True)
class ReturnsLetter:
    """The letter after a return: how far each set is back, what came back flawed, and how much else is still out."""

    owner: Party
    party: Party
    sets: tuple[SetReturn, ...]
    flawed: tuple[FlawedItem, ...]
    others_out: int
    made: date

    @property
    def missing(self) -> int:
        """Count what is not back."""
        return sum(len(one.missing) for one in self.sets)
