"""Columns and states: how an instrument, its loans, repairs, marks and agreements are written as rows and read back."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.instruments import FIELDS
from loanstore.domain.loans import Aside, Checked, Ending, Instrument, Loan, Repair, Status
from loanstore.domain.signatures import Signature, SigningState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.loans import AgreementState, Mark

STANDING: Final = (
    "status",
    "seen",
    "labelled",
    "folded_to",
    "seen_as",
    "seen_by",
    "lacking",
    "class_set",
    "aside_borrower",
    "aside_request",
    "aside_until",
    "repair",
    "van_run",
    "van_stop",
    "disposal",
)
"""What a gesture at a desk may change of an instrument's row; the record beside it is edited."""

INSTRUMENT_COLUMNS: Final = ("id", "code", *FIELDS, *STANDING)
LOAN_COLUMNS: Final = (
    "id",
    "instrument",
    "borrower",
    "out",
    "due",
    "kind",
    "ended",
    "ending",
    "condition",
    "missing",
    "damaged",
    "custodian",
    "player",
    "issued",
    "request",
    "class_set",
    "notice",
)

SIGNING_COLUMNS: Final = ("wording", "paper", "needs", "printed", "signatures", "signed", "refused", "sealed")


def read_instrument(row: Sequence[Any]) -> Instrument:
    """Read an instrument and its open loan from a row of instrument columns, then loan columns."""
    split = len(INSTRUMENT_COLUMNS)
    columns = dict(zip(INSTRUMENT_COLUMNS, row[:split], strict=True))
    until, run = columns["aside_until"], columns["van_run"]
    return Instrument(
        columns["id"],
        columns["code"],
        {name: columns[name] for name in FIELDS if columns[name] is not None},
        Status(columns["status"]),
        read_loan(row[split : split + len(LOAN_COLUMNS)]),
        columns["seen"],
        columns["labelled"],
        columns["folded_to"],
        seen_as=columns["seen_as"],
        seen_by=columns["seen_by"],
        lacking=read_checked(columns["lacking"]) or Checked(),
        class_set=columns["class_set"],
        aside=Aside(columns["aside_borrower"], columns["aside_request"], until) if until else None,
        repair=Repair(*json.loads(columns["repair"])) if columns["repair"] else None,
        van=(run, columns["van_stop"]) if run else None,
        disposal=json.loads(columns["disposal"]) if columns["disposal"] else None,
    )


def read_loan(columns: Sequence[Any]) -> Loan | None:
    """Read a loan from its columns; None where an outer join found none."""
    if columns[0] is None:
        return None
    identity, instrument, borrower, out, due, kind, ended, ending, condition, missing = columns[:10]
    damaged, custodian, player, issued, request, class_set, notice = columns[10:]
    return Loan(
        identity,
        instrument,
        borrower,
        out,
        due,
        kind,
        ended,
        Ending(ending) if ending else None,
        condition,
        tuple(json.loads(missing or "[]")),
        tuple(json.loads(damaged or "[]")),
        custodian,
        player,
        read_checked(issued),
        request,
        class_set,
        notice,
    )


def loan_columns(loan: Loan) -> dict[str, object]:
    """Write a loan as the columns of its row."""
    return {
        "id": loan.id,
        "instrument": loan.instrument,
        "borrower": loan.borrower,
        "out": loan.out,
        "due": loan.due,
        "kind": loan.kind,
        "ended": loan.ended,
        "ending": loan.ending.value if loan.ending else None,
        "condition": loan.condition,
        "missing": json.dumps(loan.missing) if loan.missing else None,
        "damaged": json.dumps(loan.damaged) if loan.damaged else None,
        "custodian": loan.custodian,
        "player": loan.player,
        "issued": _checked(loan.issued),
        "request": loan.request,
        "class_set": loan.class_set,
        "notice": loan.notice,
    }


def instrument_columns(state: Instrument) -> dict[str, object]:
    """Write an instrument's state as the columns of its row, its local row number apart."""
    aside, van = state.aside, state.van
    return {
        "id": state.id,
        "code": state.code,
        **{name: state.fields.get(name) for name in FIELDS},
        "status": state.status.value,
        "seen": state.seen,
        "labelled": state.labelled,
        "folded_to": state.folded_to,
        "seen_as": state.seen_as,
        "seen_by": state.seen_by,
        "lacking": None if state.lacking.whole else _checked(state.lacking),
        "class_set": state.class_set,
        "aside_borrower": aside.borrower if aside else None,
        "aside_request": aside.request if aside else None,
        "aside_until": aside.until if aside else None,
        "repair": json.dumps(list(repair_columns(state.repair).values())) if state.repair else None,
        "van_run": van[0] if van else None,
        "van_stop": van[1] if van else None,
        "disposal": json.dumps(dict(state.disposal), sort_keys=True) if state.disposal else None,
    }


def repair_columns(repair: Repair) -> dict[str, object]:
    """Write a visit to a repairer as the columns of its row, in the order of its fields."""
    return {
        "id": repair.id,
        "instrument": repair.instrument,
        "repairer": repair.repairer,
        "sent": repair.sent,
        "fault": repair.fault,
        "quote": repair.quote,
        "decision": repair.decision,
        "back": repair.back,
        "outcome": repair.outcome,
        "cost": repair.cost,
    }


def mark_columns(instrument: str, mark: Mark) -> dict[str, object]:
    """Write what a stocktake found of an instrument as the columns of its row."""
    return {
        "stocktake": mark.stocktake,
        "instrument": instrument,
        "finding": mark.finding,
        "at": mark.at,
        "staff": mark.staff,
        "desk": mark.desk,
    }


def _checked(look: Checked | None) -> str | None:
    if look is None:
        return None
    noted = [look.note] if look.note is not None else []
    return json.dumps([look.condition, look.missing, look.damaged, *noted])


def read_checked(text: str | None) -> Checked | None:
    """Read what a look found from its column; None where nobody looked."""
    if not text:
        return None
    condition, missing, damaged, *noted = json.loads(text)
    return Checked(condition, tuple(missing), tuple(damaged), *noted)


def agreement_columns(state: AgreementState) -> dict[str, object]:
    """Write an agreement as its row; its items have rows of their own."""
    signing = state.signing
    return {
        "id": state.id,
        "code": state.code,
        "borrower": state.borrower,
        "made": state.made,
        "wording": signing.wording,
        "paper": signing.paper,
        "needs": json.dumps(signing.needs) if signing.needs else None,
        "printed": signing.printed,
        "signatures": json.dumps([astuple(one) for one in signing.signatures]) if signing.signatures else None,
        "signed": signing.signed,
        "refused": signing.refused,
        "sealed": signing.sealed,
    }


def read_signing(row: Sequence[Any]) -> SigningState:
    """Read what became of an agreement's paper from its columns, as ``SIGNING_COLUMNS`` names them."""
    columns = dict(zip(SIGNING_COLUMNS, row, strict=True))
    needs = tuple(json.loads(columns["needs"])) if columns["needs"] else ()
    signatures = tuple(Signature(*one) for one in json.loads(columns["signatures"])) if columns["signatures"] else ()
    return SigningState(**{**columns, "needs": needs, "signatures": signatures})
