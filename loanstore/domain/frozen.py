"""What a frozen agreement was drawn from, kept beside it: its copies in other shapes say the same for good."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from loanstore.domain.agreements import AgreementPaper, Party, Role, ScheduleItem, from_table


@dataclass(frozen=True, slots=True)
class SignPlace:
    """A box to sign: whose, on which page (from 0), its upper left corner and size in millimetres."""

    role: Role
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DrawnAgreement:
    """An agreement as it was drawn: the PDF, how many pages, and where it is signed."""

    pdf: bytes
    pages: int
    places: tuple[SignPlace, ...]


def write_places(drawn: DrawnAgreement) -> str:
    """Write where a drawn agreement is signed, and its pages, as JSON."""
    return json.dumps({"pages": drawn.pages, "places": [asdict(place) for place in drawn.places]})


def read_places(written: str) -> tuple[int, tuple[SignPlace, ...]]:
    """Read the number of pages and the boxes as ``write_places`` writes them."""
    said = json.loads(written)
    return int(said["pages"]), tuple(SignPlace(**{**one, "role": Role(one["role"])}) for one in said["places"])


def write_paper(paper: AgreementPaper) -> str:
    """Write everything on an agreement as JSON; it names people, and goes where its PDF goes."""
    return json.dumps(asdict(paper), default=date.isoformat, ensure_ascii=False)


def read_paper(written: str) -> AgreementPaper:
    """Read an agreement as ``write_paper`` writes it."""
    said: dict[str, Any] = json.loads(written)
    days = {name: date.fromisoformat(said[name]) for name in ("out", "made")}
    due = date.fromisoformat(said["due"]) if said["due"] else None
    items = tuple(ScheduleItem(**{**one, "accessories": tuple(one["accessories"])}) for one in said["items"])
    parties = {name: _party(said[name]) for name in ("owner", "borrower")}
    return AgreementPaper(**{**said, **days, **parties, "due": due, "items": items, "text": from_table(said["text"])})


def _party(said: dict[str, Any]) -> Party:
    return Party(said["name"], tuple(said["lines"]))
