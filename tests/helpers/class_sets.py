"""Class sets for tests: thirty violins for Oakfield, and the pupils who play them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.operations import grouping, set_lending, set_views

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.class_sets import ClassSet
    from loanstore.operations.set_views import SetCard
    from tests.helpers.made_up import MadeUp

FOLDED_APART = frozenset({"facts", "reversals", "settings", "notes", "staff"})
"""Tables that an undo does not put back: the journal grows, numbers are not given twice, notes are erased apart."""


@dataclass(slots=True)
class Classroom:
    """A set, the school that borrows it, and the codes of its instruments by their numbers from 1 on."""

    made_up: MadeUp
    made: ClassSet
    school: Borrower
    codes: dict[int, str]

    @property
    def code(self) -> str:
        """Give the set's code."""
        return self.made.code

    def card(self) -> SetCard:
        """Look at the set."""
        return set_views.show_set(self.made_up.desk, self.code)

    def lend(self) -> set_lending.SetLent:
        """Lend the set to the school."""
        return set_lending.lend(self.made_up.desk, self.code, self.school.code).result

    def bring_back(self, *numbers: int) -> set_lending.SetBack:
        """Bring members back by their numbers."""
        return set_lending.bring_back(self.made_up.desk, self.code, [self.codes[n] for n in numbers]).result

    def folded(self) -> dict[str, list[tuple[object, ...]]]:
        """Give all that an undo must put back."""
        return {name: rows for name, rows in self.made_up.dump().items() if name not in FOLDED_APART}


def classroom(made_up: MadeUp, size: int = 30) -> Classroom:
    """Make a set of violins for Oakfield."""
    school = made_up.borrower("Oakfield Primary School", "setting", address="1 Example Road", postcode="CB0 0ZZ")
    codes = {
        n: made_up.instrument("Violin", size="1/2", serial=f"S{n:03d}", make="Made-up").code for n in range(1, size + 1)
    }
    made = grouping.make(made_up.desk, "Year 4 violins", list(codes.values())).result
    return Classroom(made_up, made.made, school, codes)


def pupils(count: int) -> list[str]:
    """Make up so many pupils."""
    return [f"Pupil {chr(65 + n % 26)}{n}" for n in range(1, count + 1)]
