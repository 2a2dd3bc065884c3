"""Papers by command: labels, agreements and receipts that hold what they should, each barcode read back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from loanstore.bootstrap import create_desk
from loanstore.demo_store import PASSPHRASE as DEMO_PASSPHRASE
from loanstore.domain.codes import Command, normalise, read_command
from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from tests.helpers.command_line import CommandLine

PRINTERS = (203, 300)
ODD_NAMES = ["Łukasz", "Siân", "Ŵyn", "Zoë", "李", "أحمد", "ਗੁਰਪ੍ਰੀਤ"]
SMALL = "avery-l7651"
LARGE = "avery-l7160"


@pytest.fixture
def stocked(loanstore: CommandLine) -> CommandLine:
    """A store with a hirer SAM, a school OAK and three violins whose codes the store made."""
    loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer", "--pupil", "Alex", "--code", "SAM")
    loanstore.json("add", "borrower", "--name", "Oakfield Primary", "--kind", "setting", "--code", "OAK")
    for _number in range(3):
        loanstore.json("add", "instrument", "--type", "Violin", "--size", "1/2", "--make", "Stentor")
    return loanstore


def violins(loanstore: CommandLine) -> list[str]:
    return [row["code"] for row in loanstore.json("list", "instruments")["rows"]]


def barcodes(file: Path | str, dpi: int = 203) -> list[str]:
    return [text for page in read_codes(Path(file).read_bytes(), dpi) for text in page]


def text_of(file: Path | str) -> str:
    pages = PdfReader(io.BytesIO(Path(file).read_bytes())).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def labels(loanstore: CommandLine, out: Path, *words: str, stock: str = SMALL) -> dict[str, Any]:
    return loanstore.json("labels", *words, "--stock", stock, "--out", str(out))


def test_every_barcode_on_the_papers_of_the_demo_is_what_it_should_be(loanstore: CommandLine, tmp_path: Path) -> None:
    made = loanstore.json("demo", "--out", str(tmp_path / "demo"))
    papers = {Path(name).stem: name for name in made["papers"]}
    assert set(papers) == {"labels", "agreement", "receipt", "borrowers", "commands"}
    loanstore.patch.setenv("LOANSTORE_PASSPHRASE", made["passphrase"])
    here = ("--store", made["store"])
    things = {normalise(row["code"]) for row in loanstore.json(*here, "list", "instruments")["rows"]}
    people = sorted(normalise(row["code"]) for row in loanstore.json(*here, "list", "borrowers")["rows"])
    loans = loanstore.json(*here, "list", "loans", "--all")["rows"]
    agreements = {normalise(row["agreement"]) for row in loans if row["agreement"]}
    for dpi in PRINTERS:
        read = {name: barcodes(file, dpi) for name, file in papers.items()}
        assert len(read["labels"]) == len(set(read["labels"])) == 49
        assert set(read["labels"]) <= things
        assert set(read["agreement"]) == set(read["receipt"]) == agreements
        assert sorted(read["borrowers"]) == people
        commands = [read_command(text) for text in read["commands"]]
        assert {one.command for one in commands if one is not None} == set(Command)
        assert None not in commands
    assert loanstore.json(*here, "store", "verify")["ok"] is True


def test_the_demo_is_made_again_where_one_was_and_says_where_its_papers_are(
    loanstore: CommandLine, tmp_path: Path
) -> None:
    loanstore.patch.chdir(tmp_path)
    folder = tmp_path / "loanstore-demo"
    create_desk(folder / "demo.loanstore", DEMO_PASSPHRASE, "an earlier demo", "FM").close()
    said = loanstore("demo")
    assert (said.status, said.err) == (0, "")
    assert f"5 papers are in {folder}:" in said.out
    loanstore.patch.setenv("LOANSTORE_PASSPHRASE", DEMO_PASSPHRASE)
    assert loanstore.json("--store", str(folder / "demo.loanstore"), "store", "info")["owner"] == "Fenmarsh Music"


def test_a_code_made_here_reads_on_the_small_stock_at_both_resolutions(stocked: CommandLine, tmp_path: Path) -> None:
    made = labels(stocked, tmp_path / "labels.pdf", "--all")
    assert (made["labels"], made["pages"], made["verified"], made["next_start"]) == (3, 1, 3, 4)
    for dpi in PRINTERS:
        assert barcodes(tmp_path / "labels.pdf", dpi) == [normalise(code) for code in violins(stocked)]


def test_labels_start_anywhere_and_go_on_over_pages(stocked: CommandLine, tmp_path: Path) -> None:
    code = violins(stocked)[0]
    out = tmp_path / "labels.pdf"
    assert labels(stocked, out, code, "--start", "13")["next_start"] == 14
    last = labels(stocked, out, code, "--start", "65")
    assert (last["pages"], last["next_start"]) == (1, 1)
    over = labels(stocked, out, code, code, code, "--start", "64")
    assert (over["labels"], over["pages"], over["next_start"]) == (3, 2, 2)
    assert [len(page) for page in read_codes(out.read_bytes())] == [2, 1]


def test_new_labels_are_for_what_never_had_one(stocked: CommandLine, tmp_path: Path) -> None:
    first, out = violins(stocked)[0], tmp_path / "labels.pdf"
    labels(stocked, out, first)
    assert labels(stocked, out, "--new")["labels"] == 2
    assert normalise(first) not in barcodes(out)
    assert stocked.refusal("labels", "--new", "--stock", SMALL, "--out", str(out)) == (1, "NO_LABELS")
    added = stocked.json("add", "instrument", "--type", "Tuba")["code"]
    labels(stocked, out, "--new")
    assert barcodes(out) == [normalise(added)]


def test_borrowers_cases_and_old_numbers_may_be_labelled(stocked: CommandLine, tmp_path: Path) -> None:
    code, out = violins(stocked)[0], tmp_path / "labels.pdf"
    stocked.json("add", "instrument", "--type", "Tuba", "--code", "T1", "--alias", "OLD7")
    assert labels(stocked, out, "SAM", f"{code}C", "old-7", stock=LARGE)["verified"] == 3
    assert sorted(barcodes(out)) == sorted(["SAM", f"{normalise(code)}C", "T1"])


def test_commands_are_barcodes_that_do_what_they_say(stocked: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "commands.pdf"
    made = labels(stocked, out, "--commands", stock=LARGE)
    assert made["verified"] == made["labels"] == len(barcodes(out))
    said = stocked.scans(*barcodes(out))
    scanned = {one["code"]: one["answer"] for one in said}
    assert (scanned["LSCMDRETURN"], scanned["LSCMDFINISH"]) == ("RETURN_MODE", "FINISHED")
    assert "UNKNOWN_CODE" not in scanned.values()


def test_a_stock_that_is_too_small_names_those_that_would_do(stocked: CommandLine, tmp_path: Path) -> None:
    stocked.json("add", "instrument", "--type", "Violin", "--code", "NB1234567890ABCD")
    out = tmp_path / "labels.pdf"
    said = stocked("--json", "labels", "NB1234567890ABCD", "--stock", SMALL, "--out", str(out))
    assert (said.status, said.error) == (1, "LABEL_TOO_SMALL")
    assert LARGE in said.answer["next"]
    assert not out.exists()
    stocked.json("labels", "NB1234567890ABCD", "--stock", LARGE, "--out", str(out))
    assert barcodes(out) == ["NB1234567890ABCD"]


def test_the_label_stocks_are_listed(loanstore: CommandLine) -> None:
    stocks = {one["stock"]: one["per_page"] for one in loanstore.json("labels", "stocks")["stocks"]}
    assert (stocks["avery-l7651"], stocks["avery-l7160"]) == (65, 21)


def test_a_name_in_any_script_gets_its_agreement_and_its_label(loanstore: CommandLine, tmp_path: Path) -> None:
    people = []
    for name in ODD_NAMES:
        who = loanstore.json("add", "borrower", "--name", name, "--kind", "hirer", "--pupil", f"{name} {name}")["code"]
        thing = loanstore.json("add", "instrument", "--type", "Violin")["code"]
        made = loanstore.json("lend", who, thing)
        out = tmp_path / f"{who}.pdf"
        assert loanstore.json("agreement", made["agreement"], "--out", str(out))["agreement"] == made["agreement"]
        assert made["agreement"] in text_of(out)
        people.append(who)
    assert labels(loanstore, tmp_path / "labels.pdf", *people)["verified"] == len(ODD_NAMES)


def test_an_agreement_says_who_has_what_until_when(stocked: CommandLine, tmp_path: Path) -> None:
    code, out = violins(stocked)[0], tmp_path / "agreement.pdf"
    made = stocked.json("lend", "SAM", code, "--due", "2099-07-17")
    stocked.json("agreement", made["loans"][0]["loan"], "--out", str(out))
    text = text_of(out)
    for word in ("Made-up Music Hub", "Drama, Sam", "Alex", code, "Violin 1/2", "Stentor", "17 July 2099"):
        assert word in text


def test_a_loan_without_agreement_gets_one_and_only_one(stocked: CommandLine, tmp_path: Path) -> None:
    first, second, _third = violins(stocked)
    lent = [one for one in stocked.scans("SAM", first, second) if one["answer"] == "LENT"]
    out = str(tmp_path / "agreement.pdf")
    made = stocked.json("agreement", lent[0]["loan"], "--out", out)["agreement"]
    facts = stocked.json("store", "info")["facts"]
    assert stocked.json("agreement", lent[1]["loan"], "--out", out)["agreement"] == made
    assert stocked.json("agreement", made, "--out", out)["agreement"] == made
    assert stocked.json("store", "info")["facts"] == facts
    assert {row["agreement"] for row in stocked.json("list", "loans")["rows"]} == {made}


def test_an_agreement_that_can_not_be_printed_is_not_made(stocked: CommandLine, tmp_path: Path) -> None:
    who = stocked.json("add", "borrower", "--name", "\U0001f3bb Drama", "--kind", "hirer")["code"]
    lent = stocked.scans(who, violins(stocked)[0])[-1]
    facts = stocked.json("store", "info")["facts"]
    out = tmp_path / "agreement.pdf"
    assert stocked.refusal("agreement", lent["loan"], "--out", str(out)) == (1, "NO_GLYPH")
    assert stocked.json("store", "info")["facts"] == facts
    assert not out.exists()


def test_a_loan_that_ended_gets_no_agreement_any_more(stocked: CommandLine, tmp_path: Path) -> None:
    code = violins(stocked)[0]
    lent = stocked.scans("SAM", code)[-1]
    stocked.json("return", code)
    out = str(tmp_path / "agreement.pdf")
    assert stocked.refusal("agreement", lent["loan"], "--out", out) == (1, "LOAN_ENDED")


def test_a_receipt_clears_what_one_party_brought_that_day(stocked: CommandLine, tmp_path: Path) -> None:
    first, second, third = violins(stocked)
    sam = stocked.json("lend", "SAM", first, second)
    oak = stocked.json("lend", "OAK", third)
    out = tmp_path / "receipt.pdf"
    loan = sam["loans"][0]["loan"]
    assert stocked.refusal("receipt", loan, "--out", str(out)) == (1, "STILL_OUT")
    stocked.json("return", first, third, "--condition", "good")
    assert stocked.json("receipt", loan, "--out", str(out))["loan"] == loan
    text = text_of(out)
    assert barcodes(out) == [normalise(sam["agreement"])]
    assert "Drama, Sam" in text
    assert first in text
    # What is still out is said too; what another brought is not.
    assert second in text
    assert third not in text
    stocked.json("receipt", oak["loans"][0]["loan"], "--out", str(out))
    assert "Oakfield Primary" in text_of(out)


def test_an_older_paper_is_replaced_whole(stocked: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "papers" / "labels.pdf"
    labels(stocked, out, "--all")
    out.write_bytes(b"an older one" * 100_000)
    labels(stocked, out, "--all")
    assert len(barcodes(out)) == 3
    assert [path.name for path in out.parent.iterdir()] == ["labels.pdf"]
