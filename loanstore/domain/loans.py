"""What facts leave behind: an instrument with its loans, a borrower, an agreement; and their order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.signatures import SigningState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loanstore.domain.facts import Fact


class Status(StrEnum):
    """Where an instrument stands, in the words of the trade."""

    IN_STORE = "in store"
    ON_LOAN = "on loan"
    IN_REPAIR = "in repair"
    NEEDS_ATTENTION = "needs attention"
    SET_ASIDE = "set aside"
    ON_VAN = "on the van"
    IN_PACK = "in a pack"
    MISSING = "missing"
    LOST = "lost"
    RETIRED = "retired"
    DISPOSED = "disposed"


GONE: Final = frozenset({Status.MISSING, Status.LOST, Status.RETIRED, Status.DISPOSED})
"""An instrument of one of these states that turns up is FOUND."""


class Ending(StrEnum):
    """How a loan ended."""

    RETURNED = "returned"
    TAKEN = "taken over"
    COUNTED = "counted, not scanned"
    LOST = "lost"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan: ``id`` is that of the fact that lent; ``out`` and ``ended`` are UTC instants, ``due`` a day, all ISO.

    ``out`` is empty for a loan that stood already when its register was imported, since nobody knows when.
    ``borrower`` is the responsible party; ``custodian`` the borrower or place where it physically is, None
    where that is the borrower: whoever signed for it last, though for a while it may be on the van. ``player`` is
    the id of the erasable note that names the pupil, ``issued`` the condition and what was missing or damaged at
    issue; ``request`` what was asked for, ``class_set`` the set it went out with. ``notice`` is the day (ISO) on which
    it was said that the hire ends.
    """

    id: str
    instrument: str
    borrower: str
    out: str
    due: str
    kind: str
    ended: str | None = None
    ending: Ending | None = None
    condition: str | None = None
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    custodian: str | None = None
    player: str | None = None
    issued: Checked | None = None
    request: str | None = None
    class_set: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at an instrument found: its condition and which accessories were missing or damaged.

    ``note`` is the id of an erasable note that says more.
    """

    condition: str = ""
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    note: str | None = None

    @property
    def whole(self) -> bool:
        """Tell whether everything was there and sound."""
        return not self.missing and not self.damaged

    @property
    def accessories(self) -> Checked:
        """Give what was found of the accessories alone."""
        return replace(self, condition="", note=None)


@dataclass(frozen=True, slots=True)
class Repair:
    """One visit to a repairer; ``id`` is that of the fact that sent it, ``quote`` and ``cost`` are pence.

    ``repairer`` is a place; ``fault`` the id of an erasable note; ``decision`` is fair wear, chargeable or
    not worth it.
    """

    id: str
    instrument: str
    repairer: str
    sent: str
    fault: str | None = None
    quote: int | None = None
    decision: str | None = None
    back: str | None = None
    outcome: str | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """For whom an instrument is set aside (a borrower), for which request, and to which day (ISO) at the latest."""

    borrower: str | None
    request: str | None
    until: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stocktake found of one instrument: ``finding`` as the desk saw it, when (UTC) and who scanned."""

    stocktake: str
    finding: str
    at: str
    staff: str | None
    desk: str


@dataclass(frozen=True, slots=True)
class CodeUse:
    """What a normalised code names: ``role`` is main, alias or case."""

    form: str
    shown: str
    role: str
    owner: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument as its facts leave it.

    ``fields`` is the register's record; ``seen`` is when it was last physically in somebody's hands at a
    desk, None for never; ``folded_to`` is the place in the order of facts that this state has reached;
    ``ended`` holds the loans that the facts folded here have ended, ``mended`` the repairs, ``marks`` what
    stocktakes found. ``seen_as`` is the kind of fact that saw it last and ``seen_by`` the member of staff.
    ``van`` is the run and the borrower of the stop it is loaded for, an empty one on the way back to the store;
    ``disposal`` how it left for good.
    """

    id: str
    code: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    status: Status = Status.IN_STORE
    loan: Loan | None = None
    seen: str | None = None
    labelled: str | None = None
    folded_to: str = ""
    ended: tuple[Loan, ...] = ()
    codes: tuple[CodeUse, ...] = ()
    seen_as: str | None = None
    seen_by: str | None = None
    lacking: Checked = field(default_factory=Checked)
    class_set: str | None = None
    aside: Aside | None = None
    repair: Repair | None = None
    mended: tuple[Repair, ...] = ()
    van: tuple[str, str] | None = None
    disposal: Mapping[str, str] | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class BorrowerState:
    """What the journal knows of a borrower: no name, only what kind it is and which codes name it.

    ``merged_into`` is the borrower that this record turned out to be; its codes name that one.
    """

    id: str
    code: str
    kind: str
    codes: tuple[CodeUse, ...] = ()
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementState:
    """One agreement: who signs it, for which loans, and what became of its paper."""

    id: str
    code: str
    borrower: str
    made: str
    loans: tuple[str, ...]
    signing: SigningState = field(default_factory=SigningState)


def position(fact: Fact, after: str) -> str:
    """Give a fact's place in the order: effective time, desk, counter, as one text that sorts.

    A desk's clock may be set back; its facts stay in counter order, so the effective time never falls
    below that of the same desk's fact at ``after``. Where a desk has seen a fact of one whose clock runs
    ahead, its own fact says so in its body (``after``, an instant) and comes later: an answer stays true.
    """
    effective = max(fact.recorded, str(fact.body.get("after", "")))
    if after:
        before, desk, _counter = after.split("|")
        if desk == fact.desk:
            effective = max(effective, before)
    return f"{effective}|{fact.desk}|{fact.counter:012d}"


def in_order(facts: Iterable[Fact]) -> list[tuple[str, Fact]]:
    """Put facts in the order they are folded in, each with its position."""
    reached: dict[str, str] = {}
    placed = []
    for fact in sorted(facts, key=lambda fact: (fact.desk, fact.counter)):
        reached[fact.desk] = position(fact, reached.get(fact.desk, ""))
        placed.append((reached[fact.desk], fact))
    return sorted(placed, key=lambda pair: pair[0])
