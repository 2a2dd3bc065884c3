"""From printed to signed: how far an agreement is, who signed it in what role, and where on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import FactKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from loanstore.domain.facts import Fact

CHASE_DAYS: Final = 10
"""After so many days an agreement that nobody signed is chased; a setting."""

Stroke = tuple[tuple[float, float], ...]
"""One movement of the pen: points from 0 to 1 across and down the pad, whose width is three times its height."""

PAD_SHAPE: Final = 3.0
"""How many times wider than high what is signed on is."""

OF_AGREEMENTS: Final = frozenset(
    {
        *(FactKind.AGREED, FactKind.PAPER_FROZEN, FactKind.PAPER_PRINTED, FactKind.PAPER_SEALED),
        *(FactKind.SIGNED, FactKind.SIGNATURE_REFUSED, FactKind.SIGNATURES_WITHDRAWN),
    }
)
"""The facts that are about agreements."""


class Stage(StrEnum):
    """How far an agreement is. The first two await a signature."""

    MADE = "made"
    PRINTED = "printed"
    SIGNED = "signed"
    REFUSED = "refused"


class How(StrEnum):
    """How somebody signed: on the pad, on paper that was scanned, or on paper before a member of staff."""

    PEN = "pen"
    SCANNED = "scanned"
    WITNESSED = "witnessed"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: its fact, the role, how, when (UTC); the hash of what was signed; the record of the name."""

    id: str
    role: str
    how: str
    at: str
    paper: str
    signer: str | None
    staff: str | None


@dataclass(frozen=True, slots=True)
class SigningState:
    """What the facts about one agreement say of its paper.

    ``wording`` and ``paper`` are hashes of the text and of the frozen PDF, ``sealed`` of the sealed one; ``needs``
    the roles that must sign; ``printed``, ``signed`` and ``refused`` instants, None for not.
    """

    wording: str | None = None
    paper: str | None = None
    needs: tuple[str, ...] = ()
    printed: str | None = None
    signatures: tuple[Signature, ...] = ()
    signed: str | None = None
    refused: str | None = None
    sealed: str | None = None

    @property
    def stage(self) -> Stage:
        """Tell how far it is."""
        if self.signed is not None:
            return Stage.SIGNED
        if self.refused is not None:
            return Stage.REFUSED
        return Stage.PRINTED if self.printed is not None else Stage.MADE


def fold_signing(facts: Sequence[Fact]) -> SigningState:
    """Fold an agreement's facts, in their order, into what became of its paper."""
    wording = paper = printed = refused = sealed = None
    needs: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    for fact in facts:
        body = fact.body
        if fact.kind is FactKind.AGREED and body.get("wording"):
            wording = str(body["wording"])
        elif fact.kind is FactKind.PAPER_FROZEN and paper is None:
            wording, paper, needs = str(body["wording"]), str(body["paper"]), tuple(_words(body["needs"]))
        elif fact.kind is FactKind.PAPER_PRINTED:
            printed = printed or fact.happened
        elif fact.kind is FactKind.SIGNED:
            signatures, refused, sealed = (*signatures, *_signatures(fact)), None, None
        elif fact.kind is FactKind.SIGNATURE_REFUSED:
            refused = fact.happened
        elif fact.kind is FactKind.SIGNATURES_WITHDRAWN:
            signatures, sealed = (), None
        elif fact.kind is FactKind.PAPER_SEALED:
            sealed = str(body["paper"])
    signed = signed_at(needs, signatures)
    return SigningState(wording, paper, needs, printed, signatures, signed, refused, sealed)


def signed_at(needs: Sequence[str], signatures: Sequence[Signature]) -> str | None:
    """Give when the last of the roles that must sign did; None while one has not."""
    first: dict[str, str] = {}
    for one in signatures:
        first.setdefault(one.role, one.at)
    times = [first.get(role) for role in needs]
    known = [at for at in times if at is not None]
    return max(known) if known and len(known) == len(times) else None


def _signatures(fact: Fact) -> list[Signature]:
    body = fact.body
    signer = str(body["signer"]) if body.get("signer") else None
    return [
        Signature(fact.id, role, str(body["how"]), fact.happened, str(body["paper"]), signer, fact.staff)
        for role in _words(body["roles"])
    ]


def _words(said: object) -> list[str]:
    return [str(one) for one in said] if isinstance(said, list) else []


def to_chase(made: date, today: date, days: int) -> bool:
    """Tell whether an unsigned agreement of that day is to be chased: after so many whole days."""
    return (today - made).days >= days


def tidy_strokes(strokes: Iterable[Sequence[tuple[float, float]]]) -> tuple[Stroke, ...]:
    """Keep the strokes that leave a mark, each point inside the pad, rounded to a ten-thousandth of it."""
    inside = (
        tuple((round(min(max(x, 0.0), 1.0), 4), round(min(max(y, 0.0), 1.0), 4)) for x, y in stroke)
        for stroke in strokes
    )
    return tuple(stroke for stroke in inside if stroke)


def is_a_signature(strokes: Sequence[Stroke]) -> bool:
    """Tell a signature from a touch: a line at least a twentieth of the pad long in all."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return False
    across = [x for x, _y in points]
    down = [y for _x, y in points]
    return max(max(across) - min(across), max(down) - min(down)) >= _LEAST


_LEAST: Final = 0.05
