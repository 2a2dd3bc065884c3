"""Accounts: losses and damage, remissions whose reason goes nowhere, payments, statements, the finance list."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.charge_rules import ChargeRules, read_columns
from loanstore.domain.errors import Refused
from loanstore.domain.ledger import Method
from loanstore.domain.policy_words import with_rule
from loanstore.domain.remissions import Reason
from loanstore.operations import (
    accounts,
    browsing,
    charging,
    freezing,
    housekeeping,
    inspecting,
    lending,
    paying,
    posting,
    pricing,
    receipts,
    remitting,
    tabling,
    undoing,
)
from loanstore.storage import registers
from loanstore.storage.lists import LoanFilter
from tests.helpers.charges import charge_by, due, hired, run, standing, tariff
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.made_up import MadeUp

AUTUMN, SPRING = date(2026, 9, 30), date(2027, 1, 10)


def words_in(pdf: bytes) -> str:
    """Read a paper back."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def rows_in(file: Path) -> list[dict[str, str]]:
    """Read a table back."""
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_a_loss_stops_hire_that_day_and_is_charged_only_once_somebody_says_so(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, violin = hired(made_up)
    run(made_up, AUTUMN)
    made_up.clock.go_on(days=3)
    lending.declare_lost(made_up.desk, violin.code, "left on a train")
    assert run(made_up, SPRING) == []
    (proposed,) = posting.proposals(made_up.desk)
    assert (proposed.proposal.kind, proposed.proposal.amount, proposed.borrower) == ("loss", 16500, who.code)
    assert due(made_up, who) == 2000
    posting.confirm(made_up.desk, proposed.proposal.id)
    assert due(made_up, who) == 18500
    assert posting.proposals(made_up.desk) == ()
    made_up.clock.go_on(60)
    lending.declare_found(made_up.desk, violin.code, "it came back")
    assert due(made_up, who) == 2000
    assert posting.proposals(made_up.desk) == ()
    rebuilt_the_same(made_up)
    undoing.undo(made_up.desk)
    assert due(made_up, who) == 18500
    rebuilt_the_same(made_up)


def test_what_came_back_without_its_bow_is_proposed_at_a_price_that_a_person_names(made_up: MadeUp) -> None:
    who, violin = hired(made_up)
    lending.bring_back(made_up.desk, [violin.code], missing=["bow"])
    (proposed,) = posting.proposals(made_up.desk)
    assert (proposed.proposal.kind, proposed.proposal.part, proposed.proposal.amount) == ("missing", "bow", None)
    with pytest.raises(Refused) as refused:
        posting.confirm(made_up.desk, proposed.proposal.id)
    assert refused.value.code == "AMOUNT_NEEDED"
    posting.confirm(made_up.desk, proposed.proposal.id, 1250)
    assert due(made_up, who) == 1250
    posting.reverse(made_up.desk, proposed.proposal.id)
    assert due(made_up, who) == 0
    assert posting.proposals(made_up.desk) == ()


def test_what_is_let_be_is_not_proposed_again_until_that_is_undone(made_up: MadeUp) -> None:
    who, violin = hired(made_up)
    lending.bring_back(made_up.desk, [violin.code], missing=["bow"])
    (proposed,) = posting.proposals(made_up.desk)
    posting.let_all_be(made_up.desk, [proposed.proposal.id])
    assert posting.proposals(made_up.desk) == ()
    assert accounts.account(made_up.desk, who.code).lines == ()
    undoing.undo(made_up.desk)
    assert len(posting.proposals(made_up.desk)) == 1


def test_only_those_who_are_named_may_post_and_reverse(made_up: MadeUp) -> None:
    who, violin = hired(made_up)
    lending.bring_back(made_up.desk, [violin.code], missing=["bow"])
    (proposed,) = posting.proposals(made_up.desk)
    made_up.desk.staff = "Pat Drama"
    with pytest.raises(Refused) as shut_out:
        pricing.change_charging(made_up.desk, ChargeRules(), ["Kim Drama"])
    assert shut_out.value.code == "NOT_YOURSELF"
    pricing.change_charging(made_up.desk, ChargeRules(), ["Pat Drama", "Kim Drama"])
    made_up.desk.staff = "Lee Drama"
    with pytest.raises(Refused) as refused:
        posting.confirm(made_up.desk, proposed.proposal.id, 1250)
    assert refused.value.code == "MAY_NOT_POST"
    made_up.desk.staff = "Kim Drama"
    posting.confirm(made_up.desk, proposed.proposal.id, 1250)
    assert due(made_up, who) == 1250
    said = json.dumps([dict(fact.body) for fact in made_up.facts()])
    assert "Drama" not in said


def test_a_charge_taken_back_by_hand_is_not_posted_again(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    run(made_up, AUTUMN)
    (charge,) = standing(made_up, who)
    posting.reverse(made_up.desk, charge.id)
    assert run(made_up, AUTUMN) == []
    assert due(made_up, who) == 0
    with pytest.raises(Refused) as refused:
        posting.reverse(made_up.desk, charge.id)
    assert refused.value.code == "ALREADY_REVERSED"


def test_half_is_let_off_from_the_day_on_and_never_the_reason_told(made_up: MadeUp, tmp_path: Path) -> None:
    charge_by(made_up, tariff(2001, vat_code="S", vat_rate=2000))
    who, violin = hired(made_up)
    for at, reason in enumerate(Reason):
        remitting.grant(made_up.desk, who.code, remitting.Grant(reason, percent=50 - at))
    run(made_up, SPRING)
    assert due(made_up, who) == 2000
    lending.bring_back(made_up.desk, [violin.code], missing=["bow"])
    paying.pay(made_up.desk, who.code, 500, Method.CASH)
    made = tmp_path / "finance.csv"
    accounts.write_finance(made_up.desk, date(2026, 9, 1), date(2027, 8, 31), made)
    statement = tmp_path / "statement.csv"
    accounts.write_statement(made_up.desk, who.code, statement)
    table = tabling.table(made_up.desk, tabling.Asked("loans", past=True))
    loan = next(line.id for line in browsing.list_loans(made_up.desk, LoanFilter(past=True)).lines)
    with made_up.desk.store.reading() as transaction:
        paper = registers.agreement_of(transaction, loan)
    said = "\n".join(
        (
            words_in(accounts.statement_pdf(made_up.desk, who.code)),
            words_in(receipts.receipts_pdf(made_up.desk, [loan])),
            words_in(freezing.agreement_pdf(made_up.desk, str(paper)).result.pdf),
            made.read_text("utf-8"),
            statement.read_text("utf-8"),
            repr(table),
            repr(accounts.balances(made_up.desk)),
            repr(accounts.account(made_up.desk, who.code)),
            repr(accounts.entries(made_up.desk, everything=True)),
            repr(charging.preview(made_up.desk, SPRING)),
            repr(posting.proposals(made_up.desk)),
            repr(remitting.remissions_of(made_up.desk, who.code)),
            repr(browsing.show(made_up.desk, who.code)),
            repr(made_up.scan(who.code)),
            json.dumps([dict(fact.body) for fact in made_up.facts()]),
        )
    ).casefold()
    assert [reason for reason in Reason if reason.value in said] == []
    (_borrower, found) = remitting.remissions_of(made_up.desk, who.code)
    assert remitting.reason_of(made_up.desk, found[-1].id) == Reason.FREE_MEALS.value
    rebuilt_the_same(made_up)


def test_what_was_noted_as_it_went_out_does_not_hinder_its_charges(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, violin = made_up.borrower("Drama, Sam"), made_up.instrument("Violin", size="1/2")
    policy = housekeeping.policy(made_up.desk)
    rule = replace(policy.rules[who.kind], contract="hire, charged")
    housekeeping.change_policy(made_up.desk, with_rule(policy, who.kind, rule))
    made_up.scan(who.code)
    look = made_up.scan(violin.code).look
    assert look is not None
    inspecting.say(made_up.desk, look, "a scratch below the bridge")
    run(made_up, SPRING)
    assert due(made_up, who) > 0
    made_up.scan("LSCMD-RETURN")
    assert made_up.scan(violin.code).answer is Answer.RETURNED
    assert posting.proposals(made_up.desk) == ()


def test_an_agreement_says_what_is_to_be_paid(made_up: MadeUp) -> None:
    charge_by(made_up, tariff(2000, deposit=5000))
    who, violin = made_up.borrower(), made_up.instrument()
    free = made_up.instrument()
    remitting.grant(made_up.desk, who.code, remitting.Grant(Reason.SIBLING, percent=50))
    paid = lending.lend(made_up.desk, who.code, [violin.code], kind="hire, charged").result
    words = words_in(freezing.agreement_pdf(made_up.desk, paid.agreement).result.pdf)
    assert "£10.00 a term to 2027-07-21, then £20.00, deposit £50.00" in " ".join(words.split())
    assert "sibling" not in words.casefold()
    lent = lending.lend(made_up.desk, who.code, [free.code], kind="hire, free").result
    assert "No charge" in words_in(freezing.agreement_pdf(made_up.desk, lent.agreement).result.pdf)


def test_evidence_to_follow_holds_a_charge_a_fortnight_and_no_longer(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    wanted = remitting.Grant(Reason.FREE_MEALS, percent=100, seen=False)
    granted = remitting.grant(made_up.desk, who.code, wanted).result
    held = charging.preview(made_up.desk, AUTUMN)
    assert [(line.does, line.until) for line in held.lines] == [("waits", date(2026, 9, 28))]
    assert run(made_up, AUTUMN) == [("waits", "Autumn 2026/27", 2000)]
    made_up.clock.go_on(days=14)
    assert run(made_up, AUTUMN)[0][0] == "waits"
    made_up.clock.go_on(days=1)
    assert run(made_up, AUTUMN) == [("post", "Autumn 2026/27", 2000)]
    assert due(made_up, who) == 2000
    remitting.check(made_up.desk, granted.id)
    assert run(made_up, AUTUMN) == [("post", "Autumn 2026/27", 0), ("take back", "Autumn 2026/27", -2000)]
    assert due(made_up, who) == 0
    remitting.end(made_up.desk, granted.id, date(2027, 1, 1))
    assert run(made_up, SPRING) == [("post", "Spring 2026/27", 2000)]
    rebuilt_the_same(made_up)


@pytest.mark.parametrize("reference", ["4111 1111 1111 1111", "5500-0000-0000-0004", "ref 340000000000009", "4" * 16])
def test_a_cards_number_is_never_taken(made_up: MadeUp, reference: str) -> None:
    who = made_up.borrower()
    with pytest.raises(Refused) as refused:
        paying.pay(made_up.desk, who.code, 500, Method.CARD, reference=reference)
    assert refused.value.code == "CARD_NUMBER"


def test_payments_settle_the_oldest_first_and_one_taken_back_shows(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    run(made_up, AUTUMN)
    made_up.clock.go_on(days=1)
    run(made_up, SPRING)
    paid = paying.pay(made_up.desk, who.code, 2500, Method.CHEQUE, reference="from Sam, 000417").result
    account = accounts.account(made_up.desk, who.code)
    assert [(one.entry.name.rpartition(" · ")[2], one.left) for one in account.open] == [("Spring 2026/27", 1500)]
    assert account.lines[-1].reference == "from Sam, 000417"
    posting.reverse(made_up.desk, paid.id)
    account = accounts.account(made_up.desk, who.code)
    assert [line.amount for line in account.lines] == [2000, 2000, -2500, 2500]
    paying.pay(made_up.desk, who.code, 100)
    undoing.undo(made_up.desk)
    account = accounts.account(made_up.desk, who.code)
    assert sorted(line.amount for line in account.lines) == [-2500, -100, 100, 2000, 2000, 2500]
    assert account.due == 4000
    assert "Sam" not in json.dumps([dict(fact.body) for fact in made_up.facts()])
    rebuilt_the_same(made_up)


def test_statement_and_finance_list_agree_to_the_penny(made_up: MadeUp, tmp_path: Path) -> None:
    charge_by(made_up, tariff(2001, vat_code="S", vat_rate=2000))
    who, violin = hired(made_up, name="=HYPERLINK(1)")
    made_up.clock.go_on(days=115)
    run(made_up, SPRING)
    lending.bring_back(made_up.desk, [violin.code], on=date(2026, 12, 17))
    paying.pay(made_up.desk, who.code, 1000, Method.BANK)
    columns = read_columns("Day=date, Customer=customer, Who=name, Net=net, VAT=vat, Total=gross, Id=reference")
    pricing.change_charging(made_up.desk, ChargeRules(columns=columns))
    file = tmp_path / "finance.csv"
    accounts.write_finance(made_up.desk, date(2026, 9, 1), date(2027, 8, 31), file)
    rows = rows_in(file)
    assert [row["Total"] for row in rows] == ["20.01", "20.01", "-10.00", "-20.01"]
    assert [row["VAT"] for row in rows] == ["3.34", "3.34", "0.00", "-3.34"]
    assert all(round(float(row["Net"]) + float(row["VAT"]), 2) == float(row["Total"]) for row in rows)
    assert {row["Who"] for row in rows} == {"'=HYPERLINK(1)"}
    assert len({row["Id"] for row in rows}) == 4
    assert due(made_up, who) == 1001
    words = words_in(accounts.statement_pdf(made_up.desk, who.code))
    assert "£10.01" in words
    assert "Hire: Violin 1/2" in words
    statement = tmp_path / "statement.csv"
    accounts.write_statement(made_up.desk, who.code, statement)
    assert rows_in(statement)[-1]["Balance"] == "10.01"
