"""Every command of the contract as scripts call it: its exit status, its one object of JSON, its sentences."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loanstore.spreadsheets.reading import read_table
from tests.helpers.command_line import WORDS_OF_KEY

if TYPE_CHECKING:
    from tests.helpers.command_line import CommandLine
    from tests.helpers.made_up import MadeUp

DATA = Path(__file__).resolve().parents[2] / "data"
REGISTER = str(DATA / "instrument_register_messy.csv")
SCHOOLS = str(DATA / "gias_establishments_19.csv")
ANSWER = {"ok", "n", "code", "answer", "sentence", "instrument", "borrower", "loan", "due", "fact", "at"}
OUR_CODE = re.compile(r"CM-\d{6}-[0-9A-Z]")


@pytest.fixture
def stocked(loanstore: CommandLine) -> CommandLine:
    """A store with a hirer SAM, a school OAK, and violins V1 to V4."""
    loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer", "--pupil", "Alex", "--code", "SAM")
    loanstore.json(
        "add", "borrower", "--name", "Oakfield Primary", "--kind", "setting", "--code", "OAK", "--urn", "990001"
    )
    for number in "1234":
        loanstore.json("add", "instrument", "--type", "Violin", "--size", "1/2", "--code", f"V{number}")
    return loanstore


def test_info_tells_what_the_store_is_and_holds(stocked: CommandLine) -> None:
    said = stocked.json("store", "info")
    assert set(said) == {
        "ok", "store_id", "owner", "schema", "encrypted", "engine", "instruments", "borrowers", "loans_open", "facts",
    }  # fmt: skip
    assert (said["instruments"], said["borrowers"], said["loans_open"], said["facts"]) == (4, 2, 0, 6)
    assert (said["owner"], said["encrypted"]) == ("Made-up Music Hub", True)


def test_a_store_is_made_backed_up_verified_and_restored(
    loanstore: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOANSTORE_PASSPHRASE", "four quite ordinary words")
    new, sheet = str(tmp_path / "new.loanstore"), tmp_path / "sheets" / "recovery.pdf"
    made = loanstore.json(
        "--store",
        new,
        "store",
        "create",
        "--owner-name",
        "Siân's Hub",
        "--code-prefix",
        "SH",
        "--recovery-sheet",
        str(sheet),
    )
    assert (made["owner"], len(made["recovery"].split())) == ("Siân's Hub", 17)
    assert sheet.read_bytes().startswith(b"%PDF")
    added = loanstore.json("--store", new, "add", "instrument", "--type", "Tuba")
    assert added["code"].startswith("SH-000001-")
    backed_up = loanstore.json("store", "backup", str(tmp_path / "backups"), "--store", new)
    assert (backed_up["instruments"], backed_up["facts"]) == (1, 1)
    other = str(tmp_path / "other.loanstore")
    # The recovery words open what the passphrase would.
    monkeypatch.setenv("LOANSTORE_PASSPHRASE", made["recovery"])
    loanstore.json("--store", other, "store", "restore", backed_up["file"])
    assert loanstore.json("--store", other, "store", "info")["store_id"] == made["store_id"]
    assert loanstore.json("--store", other, "store", "verify") == {"ok": True, "facts": 1}
    assert loanstore.json("--store", other, "store", "rebuild") == {"ok": True, "facts": 1}
    assert loanstore.refusal("--store", other, "store", "restore", backed_up["file"]) == (1, "STORE_EXISTS")


def test_a_weak_passphrase_is_warned_of_and_taken(
    loanstore: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOANSTORE_PASSPHRASE", "1234")
    said = loanstore("--json", "--store", str(tmp_path / "new.loanstore"), "store", "create")
    assert (said.status, said.answer["ok"]) == (0, True)
    assert "weak" in said.err


def test_verify_ends_with_three_where_somebody_altered_the_store(stocked: CommandLine, made_up: MadeUp) -> None:
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("UPDATE instruments SET status = 'lost' WHERE code = 'V2'")
    said = stocked("--json", "store", "verify")
    assert (said.status, said.answer["error"]) == (3, "STORE_DIFFERS")
    assert "instruments" in said.answer["message"]
    assert stocked.json("store", "rebuild")["ok"] is True
    assert stocked("store", "verify").status == 0


def test_a_journey_by_scanner(stocked: CommandLine) -> None:
    said = stocked.scans("SAM", "V1", "", "  ", "V2", "LSCMD-FINISH", "LSCMD-RETURN", "V1", "LSCMD-FINISH", "nobody")
    assert [one["answer"] for one in said] == [
        "BORROWER_CHOSEN", "LENT", "LENT", "FINISHED", "RETURN_MODE", "RETURNED", "FINISHED", "UNKNOWN_CODE",
    ]  # fmt: skip
    assert [one["n"] for one in said] == list(range(1, 9))
    assert all(set(one) >= ANSWER for one in said)
    assert all(set(one) == ANSWER for one in said if one["answer"] != "FINISHED")
    lent, finished, back = said[1], said[3], said[5]
    assert (lent["instrument"], lent["borrower"], lent["ok"]) == ("V1", "SAM", True)
    assert lent["loan"] == lent["fact"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", lent["due"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", lent["at"])
    assert OUR_CODE.fullmatch(finished["agreement"])
    assert (back["loan"], back["borrower"]) == (lent["loan"], "SAM")
    assert said[6]["agreement"] is None
    assert said[6]["returned"] == [lent["loan"]]
    assert (said[7]["ok"], said[7]["instrument"], said[7]["loan"]) == (False, None, None)


def test_scans_may_be_arguments_and_options_may_come_last(stocked: CommandLine) -> None:
    said = stocked("scan", "SAM", "V1", "--json", "--staff", "Robin")
    assert [one["answer"] for one in said.lines] == ["BORROWER_CHOSEN", "LENT"]
    assert said.status == 0


def test_without_json_a_scan_is_answered_in_sentences(stocked: CommandLine) -> None:
    said = stocked("scan", "SAM", "V1")
    chosen, lent = said.out.splitlines()
    assert chosen == "Drama, Sam (for Alex) is chosen. Scan what they take."
    assert lent.startswith("Violin 1/2 (V1) is lent to Drama, Sam (for Alex), due ")


def test_the_end_of_input_makes_no_agreement(stocked: CommandLine) -> None:
    stocked.scans("SAM", "V1")
    (row,) = stocked.json("list", "loans")["rows"]
    assert row["agreement"] is None


def test_lending_and_bringing_back_by_hand(stocked: CommandLine) -> None:
    lent = stocked.json("lend", "990001", "V1", "v-2", "--due", "2099-07-17", "--kind", "class set")
    assert (lent["borrower"], lent["due"]) == ("OAK", "2099-07-17")
    assert [loan["instrument"] for loan in lent["loans"]] == ["V1", "V2"]
    assert OUR_CODE.fullmatch(lent["agreement"])
    back = stocked.json("return", "V1", "--condition", "fair", "--missing", "shoulder rest")
    assert back["returned"] == [{"loan": lent["loans"][0]["loan"], "instrument": "V1", "status": "in store"}]
    assert stocked.json("show", "V1")["condition"] == "fair"
    assert stocked.json("store", "info")["loans_open"] == 1


def test_without_an_essential_accessory_it_needs_attention(stocked: CommandLine) -> None:
    stocked.json("lend", "OAK", "V1")
    back = stocked.json("return", "V1", "--missing", "bow")
    assert back["returned"][0]["status"] == "needs attention"
    assert stocked.refusal("lend", "OAK", "V1") == (1, "NOT_LENDABLE")
    assert stocked.json("found", "V1", "--why", "a new bow")["status"] == "in store"


def test_renewing_one_loan_or_all_of_a_borrower(stocked: CommandLine) -> None:
    today = date.today().isoformat()  # noqa: DTZ011 - the day at this desk
    lent = stocked.json("lend", "OAK", "V1", "V2", "--due", today)
    one = stocked.json("renew", lent["loans"][0]["loan"])
    assert [(r["instrument"], r["loan"]) for r in one["renewed"]] == [("V1", lent["loans"][0]["loan"])]
    assert one["renewed"][0]["due"] > today
    assert [r["instrument"] for r in stocked.json("renew", "OAK")["renewed"]] == ["V1", "V2"]


def test_lost_found_retired_and_undone(stocked: CommandLine) -> None:
    assert stocked.json("lost", "V1", "--why", "left on a bus") == {"ok": True, "instrument": "V1", "status": "lost"}
    assert stocked.json("found", "V1", "--why", "the bus came back")["status"] == "in store"
    assert stocked.json("retire", "V1", "--why", "beyond repair")["status"] == "retired"
    assert stocked.json("undo") == {"ok": True, "undone": ["retired"]}
    assert stocked.json("show", "V1")["status"] == "in store"


def test_added_things_carry_what_was_said_of_them(loanstore: CommandLine) -> None:
    fields = ("--type", "violin", "--size", "half", "--make", "Stentor", "--serial", "0017", "--alias", "OLD 7, OLD 8")
    money = ("--replacement-value", "£199.50", "--purchased", "Sept 2010", "--location", "Store A", "--notes", "a note")
    thing = loanstore.json("add", "instrument", *fields, *money)
    assert OUR_CODE.fullmatch(thing["code"])
    shown = loanstore.json("show", "old7")
    assert (shown["code"], shown["type"], shown["size"], shown["serial"]) == (thing["code"], "Violin", "1/2", "0017")
    assert (shown["replacement_value"], shown["purchased"]) == ("19950", "2010-09")
    assert (shown["location"], shown["notes"], shown["seen"]) == ("Store A", "a note", None)
    assert shown["aliases"] == ["OLD 7", "OLD 8"]
    who = loanstore.json("add", "borrower", "--name", "Siân Drama", "--kind", "hirer", "--telephone", "01632 960123")
    assert loanstore.json("show", who["code"])["telephone"] == "01632 960123"


def test_showing_tells_who_has_it_and_its_story(stocked: CommandLine) -> None:
    stocked.json("lend", "SAM", "V1")
    stocked.json("return", "V1")
    stocked.json("lend", "OAK", "V1")
    shown = stocked.json("show", "V1")
    assert (shown["kind"], shown["status"], shown["borrower"]) == ("instrument", "on loan", "OAK")
    assert [line["what"] for line in shown["history"]] == ["instrument_added", "lent", "returned", "lent"]
    sam = stocked.json("show", "SAM")
    assert (sam["kind"], sam["borrower_kind"], sam["name"], sam["on_loan"]) == ("borrower", "hirer", "Drama, Sam", [])
    assert [row["instrument"] for row in sam["past"]] == ["V1"]
    assert "Drama, Sam" in stocked("show", "SAM").out


def test_lists_are_ordered_by_code_and_counted_whole(stocked: CommandLine) -> None:
    stocked.json("lend", "SAM", "V3", "V1", "--due", "2099-07-17")
    things = stocked.json("list", "instruments", "--limit", "3")
    assert (things["total"], [row["code"] for row in things["rows"]]) == (4, ["V1", "V2", "V3"])
    assert set(things["rows"][0]) >= {
        "code", "type", "size", "make", "model", "serial", "status", "location", "borrower", "due",
    }  # fmt: skip
    assert (things["rows"][0]["borrower"], things["rows"][0]["due"]) == ("SAM", "2099-07-17")
    people = stocked.json("list", "borrowers")["rows"]
    assert [(row["code"], row["name"], row["kind"]) for row in people] == [
        ("OAK", "Oakfield Primary", "setting"),
        ("SAM", "Drama, Sam", "hirer"),
    ]
    loans = stocked.json("list", "loans")["rows"]
    assert [row["instrument"] for row in loans] == ["V1", "V3"]
    assert set(loans[0]) >= {"loan", "instrument", "borrower", "out", "due"}
    assert stocked.json("list", "overdue")["rows"] == []
    assert [row["instrument"] for row in stocked.json("list", "overdue", "--at", "2099-07-18")["rows"]] == ["V1", "V3"]


def test_lists_are_narrowed_by_words_days_and_funding(stocked: CommandLine, tmp_path: Path) -> None:
    stocked.json("add", "instrument", "--type", "Tuba", "--code", "T1", "--funding", "Youth Music 2024")
    assert [row["code"] for row in stocked.json("list", "instruments", "--find", "tub")["rows"]] == ["T1"]
    assert [row["code"] for row in stocked.json("list", "instruments", "--funding", "youth")["rows"]] == ["T1"]
    stocked.json("lend", "OAK", "T1", "V1")
    assert [row["instrument"] for row in stocked.json("list", "loans", "--funding", "youth")["rows"]] == ["T1"]
    stocked.json("return", "T1")
    assert [row["instrument"] for row in stocked.json("list", "loans")["rows"]] == ["V1"]
    assert stocked.json("list", "loans", "--all")["total"] == 2
    assert stocked.json("list", "instruments", "--at", "2020-01-01") == {"ok": True, "total": 0, "rows": []}
    file = tmp_path / "things.csv"
    stocked.json("list", "instruments", "--csv", str(file))
    assert file.read_text("utf-8-sig").splitlines()[0].startswith("code,type,size,make,model,serial,status")
    book = tmp_path / "things.xlsx"
    stocked.json("list", "instruments", "--find", "T1", "--csv", str(file), "--xlsx", str(book))
    assert [row.cells for row in read_table(book).rows] == [row.cells for row in read_table(file).rows]


def test_an_import_reports_row_by_row(loanstore: CommandLine) -> None:
    tried = loanstore.json("import", "instruments", REGISTER, "--dry-run")
    assert (tried["import_id"], tried["created"]) == (None, 62)
    assert loanstore.json("store", "info")["facts"] == 0
    done = loanstore.json("import", "instruments", REGISTER)
    assert set(done) >= {"import_id", "rows", "created", "updated", "unchanged", "repaired", "refused", "passed"}
    assert done["repaired"][0] == {"row": 13, "field": "size", "from": "01-Feb", "to": "1/2"}
    assert done["refused"][0]["row"] == 65
    assert "rows 13 and 65" in done["refused"][0]["why"]
    assert done["refused"][1] == {"row": 67, "field": "size", "value": "5/7", "why": "Violin comes in no such size"}
    assert done["passed"][2] == {"row": 64, "why": "the same as row 11"}
    assert loanstore.json("import", "instruments", REGISTER)["unchanged"] == 62
    undone = loanstore.json("import", "undo", done["import_id"])
    assert (undone["undone"], undone["records"]) == (done["import_id"], 62)
    assert loanstore.refusal("import", "undo", done["import_id"]) == (1, "NO_IMPORT")
    assert loanstore.json("store", "info")["instruments"] == 0


def test_an_import_is_told_in_sentences_too(loanstore: CommandLine) -> None:
    said = loanstore("import", "instruments", REGISTER).out
    assert "64 rows: 62 new, 0 changed, 0 as they were." in said
    assert "row 13: size “01-Feb” repaired to “1/2”" in said
    assert "row 67: replacement_value “£12O” refused: this is no amount of pounds" in said
    assert "row 68: passed over: a total" in said
    assert "“Repairer: Café Brass” (13 rows): repairer" in said
    assert "Undo it with “loanstore import undo " in said
    assert "“”" not in loanstore("import", "schools", SCHOOLS).out


def test_headings_and_words_are_explained_by_hand(loanstore: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Nummer,Instrument,Wer\n7,Violin,Zoë Drama\n", "utf-8")
    done = loanstore.json(
        "import",
        "instruments",
        str(file),
        "--map",
        "Nummer=code",
        "--map",
        "Wer=issued_to",
        "--word",
        "Zoë Drama=person",
    )
    assert (done["created"], done["loans"]) == (1, 1)
    assert done["words"] == [{"word": "Zoë Drama", "rows": 1, "meaning": "person", "to": None}]
    assert loanstore.json("list", "loans")["rows"][0]["out"] == "before import"


def test_what_was_said_of_headings_counts_for_the_next_file_of_that_source(
    loanstore: CommandLine, tmp_path: Path
) -> None:
    first, later = tmp_path / "list.csv", tmp_path / "later.csv"
    first.write_text("Nummer,Instrument,Comments\n7,Violin,scratched\n", "utf-8")
    later.write_text("Nummer,Instrument,Comments\n8,Viola,dented\n", "utf-8")
    loanstore.json("import", "instruments", str(first), "--map", "Nummer=code", "--map", "Comments=-")
    done = loanstore.json("import", "instruments", str(later))
    assert done["columns"] == [
        {"header": "Nummer", "field": "code"},
        {"header": "Instrument", "field": "type"},
        {"header": "Comments", "field": None},
    ]
    assert loanstore.json("show", "8")["type"] == "Viola"


def test_an_import_that_moved_on_names_everything_that_moved(loanstore: CommandLine) -> None:
    done = loanstore.json("import", "instruments", REGISTER)
    school = loanstore.json("add", "borrower", "--kind", "setting", "--name", "Oakfield Primary School")["code"]
    loanstore.json("lend", school, "004217", "004200")
    refused = loanstore("--json", "import", "undo", done["import_id"])
    assert refused.status == 1
    assert "004200, 004217" in refused.answer["message"]


def test_all_four_kinds_are_imported(stocked: CommandLine, tmp_path: Path) -> None:
    families, loans = tmp_path / "families.csv", tmp_path / "loans.csv"
    families.write_text("Code,Parent,Pupil\nKIM,Kim Drama,Robin\n", "utf-8")
    loans.write_text("Instrument code,Borrower,Date out\nV1,KIM,01/09/2025\nV9,KIM,\n", "utf-8")
    assert stocked.json("import", "schools", SCHOOLS)["created"] == 19
    assert stocked.json("import", "borrowers", str(families))["created"] == 1
    done = stocked.json("import", "loans", str(loans))
    assert (done["created"], [(r["row"], r["field"], r["value"]) for r in done["refused"]]) == (1, [(3, None, "V9")])
    assert stocked.json("show", "V1")["borrower"] == "KIM"


def test_global_options_stand_before_or_after_the_command(
    stocked: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text(f"{WORDS_OF_KEY}\n", "utf-8")
    monkeypatch.delenv("LOANSTORE_PASSPHRASE")
    options = ("--json", "--store", str(stocked.store), "--passphrase-file", str(secret), "--staff", "Robin")
    before, after = stocked(*options, "store", "info"), stocked("store", "info", *options)
    assert before == after
    assert before.answer["instruments"] == 4


def test_help_is_help_and_no_error(loanstore: CommandLine) -> None:
    for words in ((), ("store",), ("import",), ("labels",), ("add", "borrower")):
        said = loanstore(*words, "--help")
        assert (said.status, said.err) == (0, "")
        assert "usage: loanstore" in said.out


def test_the_name_of_whoever_works_here_is_kept_beside_the_journal(stocked: CommandLine, made_up: MadeUp) -> None:
    stocked("--staff", "Robin", "lend", "SAM", "V9")
    stocked.json("--staff", "Robin", "lend", "SAM", "V1")
    rows = made_up.dump()
    assert [row[1] for row in rows["staff"]] == ["Robin"]
    assert repr(rows["staff"][0][0]) in repr(rows["facts"])
    assert "Robin" not in repr(rows["facts"])


def test_an_object_of_json_is_one_line_of_utf8(loanstore: CommandLine) -> None:
    added = loanstore("--json", "add", "borrower", "--name", "李 “Zoë”\nŴyn", "--kind", "hirer")
    assert len(added.out.splitlines()) == 1
    assert json.loads(added.out)["ok"] is True
