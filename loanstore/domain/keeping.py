"""The fold of what befalls an instrument beside lending: moved, checked, set aside, in repair, on the van, in a set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypedDict, cast

from loanstore.domain.facts import FactKind
from loanstore.domain.loans import Aside, Checked, Instrument, Mark, Repair, Status
from loanstore.domain.stocktakes import Finding, lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loanstore.domain.facts import Fact


class Seen(TypedDict):
    """The columns of an instrument that say when, how and by whom it was last in somebody's hands."""

    seen: str | None
    seen_as: str | None
    seen_by: str | None


def saw(state: Instrument, fact: Fact) -> Seen:
    """Give when an instrument was last seen, now that this fact is folded; an earlier look never replaces a later."""
    if fact.body.get("unseen") or fact.happened < (state.seen or ""):
        return {"seen": state.seen, "seen_as": state.seen_as, "seen_by": state.seen_by}
    return {"seen": fact.happened, "seen_as": fact.kind.value, "seen_by": fact.staff}


def checked_in(body: Mapping[str, object]) -> Checked:
    """Read what a look at the instrument found from a fact's body."""
    missing = tuple(cast("list[str]", body.get("missing", [])))
    damaged = tuple(cast("list[str]", body.get("damaged", [])))
    note = body.get("note")
    return Checked(str(body.get("condition") or ""), missing, damaged, str(note) if note is not None else None)


def mended(state: Instrument, fact: Fact) -> tuple[Repair, ...]:
    """Give the repairs that have ended: what goes out, comes in or is given up is at the repairer's no longer."""
    return (*state.mended, replace(state.repair, back=fact.happened)) if state.repair is not None else state.mended


def code_rows(body: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Read the codes a fact names a thing by, as (form, shown, role)."""
    return [(form, shown, role) for form, shown, role in cast("list[list[str]]", body["codes"])]


def _checked(state: Instrument, fact: Fact) -> Instrument:
    """Keep what a look at the accessories found: of the loan where it has just gone out, of the instrument always."""
    look = checked_in(fact.body)
    fields = {**state.fields, "condition": look.condition} if look.condition else state.fields
    state = replace(state, fields=fields, lacking=look.accessories, **saw(state, fact))
    if state.loan is not None:
        before = state.loan.issued or Checked()
        # What a look does not speak of stays as the look before left it.
        look = replace(look, condition=look.condition or before.condition, note=look.note or before.note)
        return replace(state, loan=replace(state.loan, issued=look))
    ended = state.ended
    if ended and ended[-1].id == fact.body.get("loan"):
        last = replace(
            ended[-1], condition=look.condition or ended[-1].condition, missing=look.missing, damaged=look.damaged
        )
        state = replace(state, ended=(*ended[:-1], last))
    return replace(state, status=_after_look(state, attention=bool(fact.body.get("attention"))))


def _after_look(state: Instrument, *, attention: bool) -> Status:
    if attention and state.status in {Status.IN_STORE, Status.SET_ASIDE}:
        return Status.NEEDS_ATTENTION
    return in_store(state) if state.status is Status.NEEDS_ATTENTION and not attention else state.status


def in_store(state: Instrument) -> Status:
    """Give how something stands that is in the store and sound: kept for somebody, or for whoever comes."""
    return Status.IN_STORE if state.aside is None else Status.SET_ASIDE


def _sighted(state: Instrument, fact: Fact) -> Instrument:
    return marked(replace(state, **saw(state, fact)), fact)


def marked(state: Instrument, fact: Fact) -> Instrument:
    """Keep what a stocktake found; of several scans in one stocktake, the most telling."""
    stocktake = fact.body.get("stocktake")
    if stocktake is None:
        return state
    found = str(fact.body.get("finding", Finding.EXPECTED))
    mark = Mark(str(stocktake), found, fact.happened, fact.staff, fact.desk)
    for one in state.marks:
        mark = lasting(one, mark) if one.stocktake == mark.stocktake else mark
    others = tuple(one for one in state.marks if one.stocktake != mark.stocktake)
    return replace(state, marks=(*others, mark))


def _moved(state: Instrument, fact: Fact) -> Instrument:
    fields = {**state.fields, "location": str(fact.body["place"])}
    return marked(replace(state, fields=fields, status=_off_the_van(state), van=None, **saw(state, fact)), fact)


def _custody_passed(state: Instrument, fact: Fact) -> Instrument:
    """Let somebody else have it in keeping; whoever it passed to, it is on the van no longer."""
    if state.loan is None or state.loan.id != fact.body["loan"]:
        return state
    said = fact.body.get("custodian")
    loan = replace(state.loan, custodian=str(said) if said is not None else None)
    return replace(state, loan=loan, van=None, **saw(state, fact))


def _allocated(state: Instrument, fact: Fact) -> Instrument:
    if state.loan is None or state.loan.id != fact.body["loan"]:
        return state
    said = fact.body.get("player")
    return replace(state, loan=replace(state.loan, player=str(said) if said is not None else None))


def _set_aside(state: Instrument, fact: Fact) -> Instrument:
    body = fact.body
    wanted = [str(body[name]) if body.get(name) is not None else None for name in ("borrower", "request")]
    aside = Aside(wanted[0], wanted[1], str(body["until"]))
    status = Status.SET_ASIDE if state.status is Status.IN_STORE else state.status
    return replace(state, aside=aside, status=status)


def _released(state: Instrument, _fact: Fact) -> Instrument:
    status = Status.IN_STORE if state.status is Status.SET_ASIDE else state.status
    return replace(state, aside=None, status=status)


def _missed(state: Instrument, _fact: Fact) -> Instrument:
    return replace(state, status=Status.MISSING, van=None, aside=None)


def _disposed(state: Instrument, fact: Fact) -> Instrument:
    named = ("route", "authority", "proceeds", "note")
    disposal = {name: str(fact.body[name]) for name in named if fact.body.get(name) is not None}
    left = {**disposal, "on": fact.happened}
    gone = replace(state, status=Status.DISPOSED, disposal=left, class_set=None, aside=None, van=None)
    return replace(gone, mended=mended(state, fact), repair=None)


def _repair_sent(state: Instrument, fact: Fact) -> Instrument:
    fault = fact.body.get("fault")
    repair = Repair(fact.id, state.id, str(fact.body["repairer"]), fact.happened, str(fault) if fault else None)
    sent = replace(state, status=Status.IN_REPAIR, repair=repair, aside=None, van=None, **saw(state, fact))
    return replace(sent, mended=mended(state, fact))


def _repair_quoted(state: Instrument, fact: Fact) -> Instrument:
    return _repair(state, fact, lambda repair: replace(repair, quote=_pence(fact, "quote")))


def _repair_decided(state: Instrument, fact: Fact) -> Instrument:
    return _repair(state, fact, lambda repair: replace(repair, decision=str(fact.body["decision"])))


def _fault_noted(state: Instrument, fact: Fact) -> Instrument:
    return _repair(state, fact, lambda repair: replace(repair, fault=str(fact.body["fault"])))


def _repair(state: Instrument, fact: Fact, change: Callable[[Repair], Repair]) -> Instrument:
    if state.repair is None or state.repair.id != fact.body["repair"]:
        return state
    return replace(state, repair=change(state.repair))


def _repair_back(state: Instrument, fact: Fact) -> Instrument:
    """End a repair; an instrument that is not at the repairer's any more keeps where it stands."""
    repair = state.repair
    if (repair.id if repair is not None else None) != fact.body["repair"]:
        return state
    # What was at a repairer's when its list was imported comes back from a visit that nobody wrote down.
    if repair is None and state.status is not Status.IN_REPAIR:
        return state
    outcome = str(fact.body.get("outcome", "mended"))
    ended = (replace(repair, back=fact.happened, outcome=outcome, cost=_pence(fact, "cost")),) if repair else ()
    status = Status.NEEDS_ATTENTION if fact.body.get("attention") else Status.IN_STORE
    lacking = state.lacking if fact.body.get("attention") else Checked()
    return replace(
        state, status=status, repair=None, mended=(*state.mended, *ended), lacking=lacking, **saw(state, fact)
    )


def _pence(fact: Fact, name: str) -> int | None:
    said = fact.body.get(name)
    return int(str(said)) if said is not None else None


def _serviced(state: Instrument, fact: Fact) -> Instrument:
    work, day = str(fact.body["work"]), str(fact.body["on"])
    return replace(state, fields={**state.fields, work: max(day, state.fields.get(work, ""))})


def _joined_set(state: Instrument, fact: Fact) -> Instrument:
    return replace(state, class_set=str(fact.body["set"]))


def _left_set(state: Instrument, _fact: Fact) -> Instrument:
    return replace(state, class_set=None)


def _loaded(state: Instrument, fact: Fact) -> Instrument:
    """Put it on the van for a stop, or, collected there, on its way back to the store.

    Loading hands nothing over: a loan and its custodian stay what they are, and what was set aside is still
    set aside should it come back.
    """
    van = (str(fact.body["run"]), "" if fact.body.get("collected") else str(fact.body["borrower"]))
    status = Status.ON_LOAN if state.loan is not None else Status.ON_VAN
    if state.status is Status.NEEDS_ATTENTION:
        status = state.status
    return replace(state, status=status, van=van, **saw(state, fact))


def _unloaded(state: Instrument, fact: Fact) -> Instrument:
    return replace(state, status=_off_the_van(state), van=None, **saw(state, fact))


def _off_the_van(state: Instrument) -> Status:
    """Give how an instrument stands once it is off the van and handed to nobody."""
    if state.status is not Status.ON_VAN:
        return state.status
    return Status.SET_ASIDE if state.aside is not None else Status.IN_STORE


KEEPING_STEPS: Final = {
    FactKind.CHECKED: _checked,
    FactKind.SIGHTED: _sighted,
    FactKind.MOVED: _moved,
    FactKind.CUSTODY_PASSED: _custody_passed,
    FactKind.ALLOCATED: _allocated,
    FactKind.SET_ASIDE: _set_aside,
    FactKind.RELEASED: _released,
    FactKind.MISSED: _missed,
    FactKind.DISPOSED: _disposed,
    FactKind.REPAIR_SENT: _repair_sent,
    FactKind.REPAIR_FAULT: _fault_noted,
    FactKind.REPAIR_QUOTED: _repair_quoted,
    FactKind.REPAIR_DECIDED: _repair_decided,
    FactKind.REPAIR_BACK: _repair_back,
    FactKind.SERVICED: _serviced,
    FactKind.JOINED_SET: _joined_set,
    FactKind.LEFT_SET: _left_set,
    FactKind.LOADED: _loaded,
    FactKind.UNLOADED: _unloaded,
}
