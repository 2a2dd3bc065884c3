"""An instrument's story: every fact about it with the names of whoever and whatever it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from loanstore.domain.facts import FactKind
from loanstore.domain.loans import in_order
from loanstore.storage import aggregates, folding, journal, lookups, people, registers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loanstore.domain.facts import Fact
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened to an instrument: when (UTC), what kind of fact, to whom it went and by which day due.

    ``said`` holds what else the fact says, in words: ``place``, ``custodian``, ``player``, ``fields``, ``codes``,
    ``note``, ``authority``, ``set``, ``missing``, ``damaged`` and whatever its body names plainly; ``staff`` who was at
    the desk.
    """

    at: str
    kind: str
    borrower: str
    due: str
    said: Mapping[str, str] = field(default_factory=dict, hash=False)
    staff: str = ""


def story(transaction: Transaction, instrument: str) -> tuple[StoryLine, ...]:
    """Give what happened to an instrument, in its order; what was undone did not happen."""
    places = registers.place_names(transaction)
    staff = people.staff_names(transaction)
    facts = [fact for _place, fact in in_order(journal.standing_facts(transaction, instrument))]
    return tuple(
        StoryLine(
            fact.happened,
            fact.kind.value,
            _borrower(transaction, fact),
            str(fact.body.get("due", "")),
            _said(transaction, fact, places),
            staff.get(fact.staff or "", ""),
        )
        for fact in facts
    )


def _borrower(transaction: Transaction, fact: Fact) -> str:
    """Name the borrower a fact speaks of, by itself or by the loan it is about."""
    said = fact.body.get("borrower")
    if said is None and fact.body.get("loan"):
        loan = folding.loan(transaction, str(fact.body["loan"]))
        said = loan.borrower if loan is not None else None
    if said is None and fact.kind is FactKind.REASSIGNED:
        said = next(iter(cast("Mapping[str, str]", fact.body.get("loans", {})).values()), None)
    if said is None:
        return ""
    found = lookups.borrower(transaction, people.staying(transaction, str(said)))
    return found.label if found is not None else ""


def _said(transaction: Transaction, fact: Fact, places: Mapping[str, str]) -> dict[str, str]:
    body = fact.body
    told = {name: str(value) for name, value in body.items() if isinstance(value, str | int) and not _is_id(name)}
    found: dict[str, Callable[[str], str]] = {
        "place": lambda text: places.get(text, ""),
        "repairer": lambda text: places.get(text, ""),
        "custodian": lambda text: _name(transaction, text, places),
        "player": lambda text: registers.note(transaction, text),
        "note": lambda text: registers.note(transaction, text),
        "authority": lambda text: registers.note(transaction, text),
        "fault": lambda text: registers.note(transaction, text),
        "set": lambda text: _set_name(transaction, text),
    }
    told |= {name: find(str(body[name])) for name, find in found.items() if body.get(name)}
    for name in ("missing", "damaged"):
        if body.get(name):
            told[name] = ", ".join(cast("list[str]", body[name]))
    if "changes" in body:
        told["fields"] = ", ".join(cast("Mapping[str, object]", body["changes"]))
    if "codes" in body and fact.kind is not FactKind.INSTRUMENT_ADDED:
        rows = cast("list[list[str]]", body["codes"])
        told["codes"] = ", ".join(shown for _form, shown, role in rows if role == "alias")
        told["cases"] = ", ".join(shown for _form, shown, role in rows if role == "case")
    if body.get("dropped"):
        told["dropped"] = ", ".join(cast("list[str]", body["dropped"]))
    return told


def _is_id(name: str) -> bool:
    """Tell what only the program can read: the ids of things that are named in words beside."""
    return name in {
        *("borrower", "loan", "place", "repairer", "custodian", "player", "note", "fault", "set", "run"),
        *("repair", "request", "stocktake", "after", "match", "photo", "authority", "from", "before"),
    }


def _name(transaction: Transaction, identity: str, places: Mapping[str, str]) -> str:
    found = lookups.borrower(transaction, people.staying(transaction, identity))
    return found.label if found is not None else places.get(identity, "")


def _set_name(transaction: Transaction, identity: str) -> str:
    found = aggregates.find(transaction, "set", identity)
    return str(found.name) if found is not None else ""
