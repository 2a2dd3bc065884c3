"""Money by command: a tariff, a run, a statement, a payment, the finance list, remissions and notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine

HIRE = "hire, charged"


def hire(loanstore: CommandLine) -> tuple[str, str, str]:
    """Lend a violin for money; give the codes of family and violin, and the loan."""
    priced = loanstore("--json", "tariff", "set", HIRE, "--every", "year", "--amount", "£60")
    assert (priced.status, "may be regulated" in priced.err) == (0, True)
    family = loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer")["code"]
    violin = loanstore.json("add", "instrument", "--type", "Violin", "--replacement-value", "£165.00")["code"]
    said = loanstore("--json", "lend", family, violin, "--kind", HIRE, "--due", "2099-07-21")
    assert said.status == 0
    assert "may be regulated" in said.err
    return str(family), str(violin), str(said.answer["loans"][0]["loan"])


def test_a_hire_is_charged_stated_paid_and_handed_to_finance(loanstore: CommandLine, tmp_path: Path) -> None:
    loanstore.json("charges", "rules", "--owner", "local authority")
    loanstore.json("tariff", "set", HIRE, "--every", "year", "--amount", "60.00", "--vat-code", "S", "--vat-rate", "20")
    family = loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer")["code"]
    violin = loanstore.json("add", "instrument", "--type", "Violin")["code"]
    loanstore.json("lend", family, violin, "--kind", HIRE)
    dry = loanstore.json("charges", "run", "--dry-run")
    assert (dry["dry_run"], dry["posted"], dry["total"]) == (True, 1, 6000)
    assert loanstore.json("charges", "list")["total"] == 0
    assert loanstore.json("charges", "run")["rows"] == dry["rows"]
    assert loanstore.json("charges", "run")["rows"] == []
    (owing,) = loanstore.json("charges", "list", "--balances")["rows"]
    assert (owing["borrower"], owing["due"]) == (family, 6000)
    paid = loanstore.json("pay", family, "£45.50", "--method", "cash")
    assert paid["due"] == 1450
    assert loanstore.refusal("pay", family, "100", "--reference", "4111 1111 1111 1111") == (1, "CARD_NUMBER")
    pdf = tmp_path / "statement.pdf"
    stated = loanstore.json("statement", family, "--out", str(pdf))
    assert (stated["due"], stated["open"][0]["left"]) == (1450, 1450)
    with pypdfium2.PdfDocument(pdf) as document:
        assert "£14.50" in document[0].get_textpage().get_text_range()
    table = tmp_path / "finance.csv"
    finance = loanstore.json("finance", "--from", "2020-01-01", "--to", "2099-12-31", "--out", str(table))
    assert (finance["total"], len(table.read_text("utf-8-sig").splitlines())) == (1450, 3)
    assert [row["vat"] for row in finance["rows"]] == ["10.00", "0.00"]
    gone = loanstore.json("charges", "reverse", dry["rows"][0]["charge"])
    assert gone["amount"] == 6000
    assert loanstore.json("statement", family)["due"] == -4550
    assert loanstore.json("charges", "list", family, "--all")["total"] == 1
    assert loanstore.json("store", "verify")["ok"] is True


def test_a_loss_is_proposed_and_charged_for(loanstore: CommandLine) -> None:
    family, violin, _loan = hire(loanstore)
    loanstore.json("lost", violin, "--why", "left on a train")
    (proposed,) = loanstore.json("charges", "proposals")["rows"]
    assert (proposed["kind"], proposed["amount"], proposed["borrower"]) == ("loss", 16500, family)
    assert loanstore.json("charges", "post", proposed["id"])["amount"] == 16500
    assert loanstore.json("charges", "proposals")["rows"] == []
    assert loanstore.refusal("charges", "post", proposed["id"]) == (1, "NO_PROPOSAL")
    loanstore.json("found", violin, "--why", "it came back")
    assert loanstore.json("statement", family)["due"] == 0


def test_remissions_are_listed_without_their_reason(loanstore: CommandLine) -> None:
    family, _violin, _loan = hire(loanstore)
    made = loanstore.json(
        "remissions", "grant", family, "--reason", "pupil-premium", "--percent", "50", "--evidence-to-follow"
    )
    assert loanstore.json("charges", "run")["held"] == 1
    loanstore.json("remissions", "check", made["remission"])
    assert loanstore.json("charges", "run")["total"] == 3000
    assert "premium" not in loanstore("--json", "remissions", "list", family).out
    assert loanstore.json("remissions", "why", made["remission"])["reason"] == "pupil premium"
    assert loanstore.json("remissions", "end", made["remission"])["ended"] is not None
    assert loanstore.refusal("remissions", "check", "nothing") == (1, "NO_REMISSION")


def test_notice_and_terms(loanstore: CommandLine, tmp_path: Path) -> None:
    _family, violin, loan = hire(loanstore)
    (noticed,) = loanstore.json("notice", loan)["notices"]
    assert (noticed["instrument"], noticed["loan"]) == (violin, loan)
    assert noticed["due"].endswith("08-31")
    table = loanstore("--json", "terms").out
    file = tmp_path / "terms.json"
    file.write_text(table.replace('"07-01"', '"06-15"'), "utf-8")
    assert loanstore.json("terms", "--set", str(file))["notice"] == ["06-15"]
    file.write_text("{}", "utf-8")
    assert loanstore.refusal("terms", "--set", str(file)) == (2, "USAGE")
    assert loanstore.json("policy", "set", "hirer", "--contract", HIRE, "--rolling", "yes")["rules"]["hirer"] == {
        "period": "term",
        "days": 0,
        "limit": 2,
        "contract": HIRE,
        "rolling": True,
    }
