"""Money at the window, by keys and buttons: a run, payments, decisions, what is let off, tariffs and terms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTableWidgetItem

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.charge_rules import OwnerKind
from loanstore.domain.remissions import Reason
from loanstore.operations import accounts, housekeeping, lending, posting, pricing, remitting
from loanstore.ui.screens.charges_page import POSTED, TO_DECIDE, TO_POST
from tests.helpers.bench import WAIT
from tests.helpers.charges import charge_by, due, hired

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from loanstore.ui.screens.charges_page import ChargesPage
    from tests.helpers.bench import Bench

Hired = tuple["Bench", "Borrower", "Instrument"]


@pytest.fixture
def hiring(bench: Bench) -> Hired:
    """A window on a store in which a family pays for a violin."""
    charge_by(bench.made_up)
    who, violin = hired(bench.made_up)
    bench.counter.changes.announce({"charges", "loans", "borrowers"})
    bench.settle()
    return bench, who, violin


def charges(bench: Bench, at: int) -> ChargesPage:
    bench.window.show_page("charges")
    bench.settle()
    page = bench.window.pages.charges
    page.show_list(at)
    bench.settle()
    return page


def said(bench: Bench) -> str:
    """Give every word on the screen that is shown."""
    shown = bench.window.screens.currentWidget()
    assert shown is not None
    return " ".join(one.text() for one in shown.findChildren(QLabel) if one.isVisible())


def test_a_run_is_looked_at_then_posted_and_the_balance_paid(hiring: Hired, tmp_path: Path) -> None:
    bench, who, _violin = hiring
    page = charges(bench, TO_POST)
    assert [(line.name, line.amount) for line in page.to_post.all_lines()] == [(who.label, 2000)]
    assert "1 charge, £20.00 in all" in page.run_form.said.text()
    assert due(bench.made_up, who) == 0
    bench.click("postAll")
    assert due(bench.made_up, who) == 2000
    assert page.to_post.all_lines() == ()
    assert not bench.button("postAll").isEnabled()
    page.show_list(0)
    bench.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    bench.type("12.50")
    bench.press(Qt.Key.Key_Return)
    assert due(bench.made_up, who) == 750
    assert "£12.50 recorded" in bench.window.box.text()
    (line,) = page.balances.all_lines()
    assert line.owed == 750
    page.balances.focus()
    bench.click("printStatement")
    with pypdfium2.PdfDocument(bench.opened[-1]) as document:
        assert "£7.50" in document[0].get_textpage().get_text_range()
    bench.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert due(bench.made_up, who) == 2000
    file = tmp_path / "finance"
    page = charges(bench, POSTED)
    page.choose_by(lambda _parent, _name: file)
    bench.click("saveFinance")
    assert "20.00" in file.with_suffix(".csv").read_text("utf-8-sig")
    page.posted.focus()
    bench.click("takeBackCharge")
    assert due(bench.made_up, who) == 0


def test_what_came_back_without_its_bow_waits_for_somebody_to_decide(hiring: Hired) -> None:
    bench, who, violin = hiring
    lending.bring_back(bench.made_up.desk, [violin.code], missing=["bow"])
    bench.counter.changes.announce({"loans"})
    bench.settle()
    place = bench.button("go-charges")
    bench.qtbot.waitUntil(lambda: place.accessibleName() == "Charges, 1", timeout=WAIT)
    page = charges(bench, TO_DECIDE)
    page.to_decide.focus()
    page.decide_form.amount.setText("nothing")
    bench.click("chargeIt")
    assert "can't be read as money" in bench.window.box.text()
    page.decide_form.amount.setText("12.50")
    bench.click("chargeIt")
    assert due(bench.made_up, who) == 1250
    assert posting.proposals(bench.made_up.desk) == ()
    bench.qtbot.waitUntil(lambda: place.accessibleName() == "Charges", timeout=WAIT)


def test_the_desk_shows_what_is_owed_and_never_why_something_is_let_off(hiring: Hired) -> None:
    bench, who, _violin = hiring
    for reason in Reason:
        remitting.grant(bench.made_up.desk, who.code, remitting.Grant(reason, percent=50))
    charges(bench, TO_POST)
    bench.click("postAll")
    bench.window.show_page("desk")
    bench.scan(who.code)
    assert "£10.00 due" in said(bench)
    bench.window.show_record(who.code, "borrowers")
    bench.settle()
    words = said(bench).casefold()
    assert "50 % less" in words
    assert [reason for reason in Reason if reason.value in words] == []
    bench.click("whyLetOff")
    assert Reason.FREE_MEALS.value in bench.window.pages.record.said()
    bench.window.show_record(who.code, "borrowers")
    bench.settle()
    assert Reason.FREE_MEALS.value not in said(bench)


def test_a_borrowers_record_takes_payments_lets_off_renews_and_gives_notice(hiring: Hired) -> None:
    bench, who, violin = hiring
    bench.window.show_record(who.code, "borrowers")
    bench.settle()
    record = bench.window.pages.record
    bench.click("takePayment")
    control = record.form.control("reference")
    assert isinstance(control, QLineEdit)
    bench.type("5")
    control.setText("4111 1111 1111 1111")
    record.form.save()
    bench.settle()
    assert "looks like a card's number" in said(bench)
    control.setText("till 17")
    record.form.save()
    bench.settle()
    assert due(bench.made_up, who) == -500
    assert "£5.00 in hand" in said(bench)
    bench.click("letOff")
    percent = record.form.control("percent")
    assert isinstance(percent, QLineEdit)
    percent.setText("25")
    record.form.save()
    bench.settle()
    (_who, (remission,)) = remitting.remissions_of(bench.made_up.desk, who.code)
    assert (remission.percent, remission.checked) == (25, "2026-09-14")
    bench.click("renewAll")
    assert "1 loan renewed, due 25 Mar 2027" in record.said()
    bench.click("giveNotice")
    record.form.save()
    bench.settle()
    loan = bench.made_up.show(violin.code).loan
    assert loan is not None
    assert (loan.due, loan.notice) == ("2026-12-18", "2026-09-14")
    bench.click("giveNotice")
    record.form.save()
    bench.settle()
    assert "Notice was given already" in said(bench)


def test_tariffs_and_the_rules_of_charging_are_set_in_the_window(bench: Bench) -> None:
    bench.window.show_page("settings")
    bench.settle()
    settings = bench.window.pages.settings
    settings.tariffs.contract.setCurrentIndex(settings.tariffs.contract.findData("hire, charged"))
    settings.tariffs.sums["amount"].setText("20")
    settings.tariffs.vat_rate.setText("17.5")
    settings.tariffs.save()
    bench.settle()
    assert "may be regulated consumer hire" in settings.tariffs.said()
    (tariff,) = pricing.prices(bench.made_up.desk)
    assert (tariff.amount, tariff.vat_rate, tariff.cap, tariff.first) == (2000, 1750, None, "2026-09-14")
    assert settings.tariffs.words() == ["hire, charged, any band · £20.00 a term · VAT 17.5 % · from 14 Sep 2026"]
    settings.tariffs.sums["amount"].setText("a lot")
    settings.tariffs.save()
    bench.settle()
    assert "can't be read as money" in settings.tariffs.said()
    settings.charging.owner.setCurrentIndex(settings.charging.owner.findData("local authority"))
    settings.charging.columns.setText("Day=date, Sum=gross")
    settings.charging.save()
    bench.settle()
    kept = pricing.charging(bench.made_up.desk).rules
    assert (kept.owner, kept.columns) == (OwnerKind.LOCAL_AUTHORITY, (("Day", "date"), ("Sum", "gross")))
    settings.charging.columns.setText("Why=reason")
    settings.charging.save()
    bench.settle()
    assert "No such column" in settings.charging.said()


def test_half_terms_blocks_and_notice_days_are_set_with_the_terms(bench: Bench) -> None:
    bench.window.show_page("settings")
    bench.settle()
    card = bench.window.pages.settings.terms
    card.table.setItem(3, 4, QTableWidgetItem("2026-10-19"))
    card.blocks.setItem(0, 2, QTableWidgetItem("12-24"))
    card.notice.setText("06-15")
    card.save()
    bench.settle()
    table = housekeeping.terms(bench.made_up.desk)
    half = table.terms[3].half
    assert half is not None
    assert (half[0], table.blocks[0].end, table.notice) == (date(2026, 10, 19), (12, 24), ((6, 15),))
    card.table.setItem(3, 5, QTableWidgetItem("2027-01-30"))
    card.save()
    bench.settle()
    assert "half-term lies outside" in card.said()
    assert accounts.balances(bench.made_up.desk) == ()


def test_a_family_that_hires_for_money_is_lent_to_under_that_contract_and_the_law_is_mentioned(bench: Bench) -> None:
    charge_by(bench.made_up)
    bench.window.show_page("settings")
    bench.settle()
    policy = bench.window.pages.settings.policy
    policy.contracts[BorrowerKind.HIRER].setCurrentIndex(policy.contracts[BorrowerKind.HIRER].findData("hire, charged"))
    policy.save()
    bench.settle()
    who, violin = bench.made_up.borrower(), bench.made_up.instrument()
    bench.window.show_page("desk")
    bench.scan(who.code)
    assert "may be regulated consumer hire" in said(bench)
    bench.scan(violin.code)
    loan = bench.made_up.show(violin.code).loan
    assert loan is not None
    assert loan.kind == "hire, charged"
