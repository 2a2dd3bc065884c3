"""The fold: how an instrument, its loans and everything else follow from the journal's facts.

The fold never refuses a fact: what happened, happened. Two holders at once is history: the later hand-over
holds, and the earlier loan ends *superseded*.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.facts import Fact, FactKind
from loanstore.domain.keeping import KEEPING_STEPS, checked_in, code_rows, in_store, marked, mended, saw
from loanstore.domain.loans import (
    AgreementState,
    BorrowerState,
    Checked,
    CodeUse,
    Ending,
    Instrument,
    Loan,
    Status,
    in_order,
)
from loanstore.domain.merging import recoded, staying
from loanstore.domain.signatures import fold_signing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def fold_instrument(identity: str, facts: Iterable[Fact]) -> Instrument | None:
    """Fold all standing facts about one instrument; None where nothing ever added it."""
    state: Instrument | None = None
    for place, fact in in_order(facts):
        state = step(state or Instrument(identity), fact, place)
    return state if state is not None and state.code else None


def step(state: Instrument, fact: Fact, place: str) -> Instrument:
    """Fold one more fact, the next in order, into an instrument."""
    moved = _STEPS[fact.kind](state, fact) if fact.kind in _STEPS else state
    return replace(moved, folded_to=place)


def _added(state: Instrument, fact: Fact) -> Instrument:
    body = fact.body
    codes = tuple(CodeUse(form, shown, role, state.id) for form, shown, role in code_rows(body))
    return replace(
        state,
        code=str(body["code"]),
        fields=dict(cast("Mapping[str, str]", body.get("fields", {}))),
        status=Status(str(body.get("status", Status.IN_STORE))),
        codes=codes,
    )


def _edited(state: Instrument, fact: Fact) -> Instrument:
    fields = dict(state.fields)
    for name, (_old, new) in cast("Mapping[str, tuple[str, str]]", fact.body["changes"]).items():
        fields[name] = new
        if not new:
            del fields[name]
    status = Status(str(fact.body["status"])) if "status" in fact.body else state.status
    return replace(state, fields=fields, status=status)


def _alias(state: Instrument, fact: Fact) -> Instrument:
    added = tuple(CodeUse(form, shown, role, state.id) for form, shown, role in code_rows(fact.body))
    return replace(state, codes=state.codes + added)


def _lent(state: Instrument, fact: Fact) -> Instrument:
    body = fact.body
    out = "" if body.get("before_import") else fact.happened
    issued = replace(state.lacking, condition=str(body.get("condition") or ""))
    loan = Loan(
        fact.id,
        state.id,
        str(body["borrower"]),
        out,
        str(body["due"]),
        str(body.get("kind", "free loan")),
        custodian=_text(body, "custodian"),
        player=_text(body, "player"),
        request=_text(body, "request"),
        class_set=_text(body, "set"),
        issued=issued if issued != Checked() else None,
    )
    ended = _ended(state, fact, Ending.SUPERSEDED)
    kept = replace(state, status=Status.ON_LOAN, loan=loan, ended=ended, aside=None, van=None, **saw(state, fact))
    return replace(kept, mended=mended(kept, fact), repair=None)


def _text(body: Mapping[str, object], name: str) -> str | None:
    said = body.get(name)
    return str(said) if said is not None else None


def _returned(state: Instrument, fact: Fact) -> Instrument:
    body = fact.body
    look = checked_in(body)
    ending = Ending(str(body.get("ending", Ending.RETURNED)))
    ended = _ended(state, fact, ending, look)
    fields = {**state.fields, "condition": look.condition} if look.condition else state.fields
    status = Status.NEEDS_ATTENTION if body.get("attention") else in_store(state)
    back = replace(
        state,
        status=status,
        loan=None,
        ended=ended,
        fields=fields,
        lacking=look.accessories,
        van=None,
        **saw(state, fact),
    )
    return replace(back, mended=mended(back, fact), repair=None)


def _renewed(state: Instrument, fact: Fact) -> Instrument:
    if state.loan is None or state.loan.id != fact.body["loan"]:
        return state
    return replace(state, loan=replace(state.loan, due=str(fact.body["due"]), notice=None))


def _notice(state: Instrument, fact: Fact) -> Instrument:
    if state.loan is None or state.loan.id != fact.body["loan"]:
        return state
    given, due = str(fact.body["given"]), str(fact.body["due"])
    return replace(state, loan=replace(state.loan, due=due, notice=given))


def _found(state: Instrument, fact: Fact) -> Instrument:
    if fact.body.get("clears") or state.status is Status.NEEDS_ATTENTION:
        state = replace(state, lacking=Checked())
    status = Status.ON_LOAN if state.loan else in_store(state)
    here = replace(state, status=status, disposal=None, van=None, **saw(state, fact))
    return marked(replace(here, mended=mended(state, fact), repair=None), fact)


def _lost(state: Instrument, fact: Fact) -> Instrument:
    return _given_up(replace(state, status=Status.LOST, loan=None, ended=_ended(state, fact, Ending.LOST)), fact)


def _retired(state: Instrument, fact: Fact) -> Instrument:
    return _given_up(replace(state, status=Status.RETIRED, loan=None, ended=_ended(state, fact, Ending.RETURNED)), fact)


def _given_up(state: Instrument, fact: Fact) -> Instrument:
    return replace(state, mended=mended(state, fact), repair=None, aside=None, van=None)


def _labelled(state: Instrument, fact: Fact) -> Instrument:
    """Note that it has its label; its case's is another one."""
    return state if fact.body.get("case") else replace(state, labelled=fact.happened)


def _reassigned(state: Instrument, fact: Fact) -> Instrument:
    """Let loans, open and ended, be another borrower's: two records were of one, or two children swapped.

    ``who`` names a record that turned out to be another: wherever it stands, that other stands from now on.
    """
    moved = cast("Mapping[str, str]", fact.body.get("loans", {}))
    ended = tuple(_loan_of(one, moved, fact) for one in state.ended)
    loan = _loan_of(state.loan, moved, fact) if state.loan else None
    aside, van = state.aside, state.van
    if aside is not None and aside.borrower is not None:
        aside = replace(aside, borrower=staying(aside.borrower, fact))
    if van is not None:
        van = (van[0], staying(van[1], fact))
    return replace(state, loan=loan, ended=ended, aside=aside, van=van)


def _loan_of(loan: Loan, moved: Mapping[str, str], fact: Fact) -> Loan:
    borrower = moved.get(loan.id, loan.borrower)
    custodian = staying(loan.custodian, fact) if loan.custodian is not None else None
    return replace(loan, borrower=borrower, custodian=custodian if custodian != borrower else None)


def _recoded(state: Instrument, fact: Fact) -> Instrument:
    """Let another code be the one it is shown by; the one before goes on scanning as an alias unless it is dropped.

    Where the label was lost, it is without one until the new one is printed.
    """
    labelled = None if fact.body.get("label_lost") else state.labelled
    return replace(state, code=str(fact.body["code"]), codes=recoded(state.codes, state.id, fact), labelled=labelled)


def _ended(state: Instrument, fact: Fact, ending: Ending, look: Checked | None = None) -> tuple[Loan, ...]:
    """Give the loans that have ended here, with the one that stood until this fact."""
    if state.loan is None:
        return state.ended
    look = look or Checked()
    ended = replace(
        state.loan,
        ended=fact.happened,
        ending=ending,
        condition=look.condition or None,
        missing=look.missing,
        damaged=look.damaged,
    )
    return (*state.ended, ended)


_STEPS: Final = {
    FactKind.INSTRUMENT_ADDED: _added,
    FactKind.INSTRUMENT_EDITED: _edited,
    FactKind.ALIAS_ADDED: _alias,
    FactKind.LENT: _lent,
    FactKind.RETURNED: _returned,
    FactKind.RENEWED: _renewed,
    FactKind.NOTICE_GIVEN: _notice,
    FactKind.FOUND: _found,
    FactKind.LOST: _lost,
    FactKind.RETIRED: _retired,
    FactKind.LABELLED: _labelled,
    FactKind.REASSIGNED: _reassigned,
    FactKind.RECODED: _recoded,
    **KEEPING_STEPS,
}


def fold_borrower(identity: str, facts: Iterable[Fact]) -> BorrowerState | None:
    """Fold all standing facts about one borrower; None where nothing ever added it."""
    state: BorrowerState | None = None
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.BORROWER_ADDED:
            codes = tuple(CodeUse(form, shown, role, identity) for form, shown, role in code_rows(fact.body))
            state = BorrowerState(identity, str(fact.body["code"]), str(fact.body["kind"]), codes)
        elif state is not None:
            state = _borrower_changed(state, fact)
    if state is None or state.merged_into is None:
        return state
    lent = tuple(replace(use, owner=state.merged_into, role="alias") for use in state.codes)
    return replace(state, codes=lent)


def _borrower_changed(state: BorrowerState, fact: Fact) -> BorrowerState:
    if fact.kind is FactKind.ALIAS_ADDED:
        more = tuple(CodeUse(form, shown, role, state.id) for form, shown, role in code_rows(fact.body))
        return replace(state, codes=state.codes + more)
    if fact.kind is FactKind.RECODED:
        return replace(state, code=str(fact.body["code"]), codes=recoded(state.codes, state.id, fact))
    if fact.kind is FactKind.BORROWER_EDITED:
        return replace(state, kind=str(fact.body.get("kind", state.kind)))
    if fact.kind is FactKind.BORROWER_MERGED:
        return replace(state, merged_into=str(fact.body["into"]))
    return state


def fold_agreement(identity: str, facts: Iterable[Fact]) -> AgreementState | None:
    """Fold all standing facts about one agreement; None where it was undone.

    Who signed stands in the first fact for good; whom it is found with is who that record turned out to be.
    """
    state: AgreementState | None = None
    ordered = [fact for _place, fact in in_order(facts)]
    for fact in ordered:
        if fact.kind is FactKind.AGREED:
            body = fact.body
            loans = tuple(cast("list[str]", body["loans"]))
            state = AgreementState(identity, str(body["code"]), str(body["borrower"]), fact.happened, loans)
        elif fact.kind is FactKind.REASSIGNED and state is not None:
            state = replace(state, borrower=staying(state.borrower, fact))
    return replace(state, signing=fold_signing(ordered)) if state is not None else None
