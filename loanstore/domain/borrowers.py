"""Who borrows: settings, teachers, ensembles and hirers, and what is kept about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class BorrowerKind(StrEnum):
    """The four kinds of borrower; a setting is a school, known by its URN."""

    SETTING = "setting"
    TEACHER = "teacher"
    ENSEMBLE = "ensemble"
    HIRER = "hirer"


@dataclass(frozen=True, slots=True)
class Borrower:
    """A borrower as desks and papers see one. ``code`` is as shown; ``pupil`` is the player of a hirer."""

    id: str
    code: str
    kind: BorrowerKind
    name: str
    pupil: str = ""
    school: str = ""

    @property
    def label(self) -> str:
        """Give the name as a card shows it, the player with it: ``Drama, Sam (for Alex)``."""
        return f"{self.name} (for {self.pupil})" if self.pupil else self.name


RECORD_FIELDS: Final = (
    "name",
    "contact",
    "email",
    "telephone",
    "address",
    "postcode",
    "pupil",
    "school",
    "year_group",
    "notes",
)
"""The erasable, personal fields of a borrower's record. None of them is ever in a fact."""

SETTING_FIELDS: Final = ("urn", "authority", "phase", "establishment_type", "establishment_group", "website", "closed")
"""What the school register says of a setting: public facts about a place, not about a person."""
