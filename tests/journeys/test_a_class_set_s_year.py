"""A class set's year: thirty violins by van to a school, home with pupils, back in crates, counted, one mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from loanstore import bootstrap
from loanstore.domain.codes import normalise
from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine
    from tests.helpers.made_up import MadeUp

VIOLINS = [f"V{n:02}" for n in range(1, 31)]
MISSING = {4, 11, 19}
CAME = [code for n, code in enumerate(VIOLINS, 1) if n not in MISSING]
SCANNED_IN_CLASS = [*VIOLINS[10:], *VIOLINS[:10]]
"""The pupils come up to the scanner in the class list's order, and whoever sits nearest holds the eleventh."""

PUPILS = [f"Pupil {n} Drama" for n in range(1, 31)]
GRANT = "Wider Opportunities 2026"


@dataclass(slots=True)
class Story:
    """A store that is told of by the command line alone, on days that the story sets."""

    loanstore: CommandLine
    made_up: MadeUp
    folder: Path
    made: str = ""
    run: str = ""
    agreement: str = ""
    pages: dict[str, list[list[str]]] = field(default_factory=dict)

    def on(self, year: int, month: int, day: int, hour: int = 9) -> None:
        """Go on to a day."""
        self.made_up.clock.moment = datetime(year, month, day, hour, tzinfo=UTC)

    def say(self, *words: str) -> dict[str, Any]:
        """Run one command and give its answer."""
        return self.loanstore.json(*words)

    def paper(self, *words: str) -> str:
        """Have a paper written, and give its words; what its bars say is in ``pages``."""
        file = self.folder / f"{'-'.join(words[:2])}.pdf"
        self.say(*words, "--out" if words[:2] != ("repair", "out") else "--docket", str(file))
        self.pages[words[1]] = read_codes(file.read_bytes())
        return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())

    def scans(self, *texts: str, on: str = "") -> list[dict[str, Any]]:
        """Scan one after another in one session and give the answers."""
        said = self.loanstore("--json", "scan", *(["--on", on] if on else []), typed="\n".join(texts).encode())
        assert (said.status, said.err) == (0, "")
        return said.lines

    def history(self, code: str) -> list[str]:
        """Give the story of an instrument, a sentence each."""
        return [line["sentence"] for line in self.say("show", code)["history"]]

    def set_stands(self) -> dict[str, list[int]]:
        """Give the numbers in the set by how its violins stand."""
        stands: dict[str, list[int]] = {}
        for member in self.say("set", "show", self.made)["members"]:
            stands.setdefault(member["standing"], []).append(member["position"])
        return stands

    def register(self, day: str) -> dict[str, dict[str, Any]]:
        """Give what the grant paid for as it was at the end of a day, by code."""
        return {row["code"]: row for row in self.say("register", "--at", day, "--funding", GRANT)["rows"]}


@pytest.fixture
def story(loanstore: CommandLine, made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """Begin with thirty violins in the store's first list, a school and a family of it, in September."""
    monkeypatch.setattr(bootstrap, "now", made_up.clock)
    told = Story(loanstore, made_up, tmp_path)
    rows = "".join(f"{code};Violin;1/2;S{code[1:]};Store A;{GRANT}\n" for code in VIOLINS)
    (tmp_path / "violins.csv").write_text(f"Asset No;Instrument;Size;Serial No.;Location;Funding\n{rows}", "utf-8")
    assert told.say("import", "instruments", str(tmp_path / "violins.csv"))["created"] == 30
    told.say("policy", "set", "setting", "--period", "year")
    told.say("add", "borrower", "--name", "Oakfield Primary School", "--kind", "setting", "--code", "OAK")
    told.say("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer", "--pupil", "Alex", "--code", "SAM")
    told.made = told.say("set", "make", "Year 4 violins", *VIOLINS)["set"]
    return told


def test_thirty_violins_go_out_by_van_and_the_last_is_accounted_for(story: Story) -> None:
    it_is_loaded(story)
    it_is_signed_for(story)
    pupils_take_them_home(story)
    crates_come_back(story)
    twenty_seven_are_scanned(story)
    the_school_is_written_to(story)
    two_are_found_at_the_stocktake(story)
    one_is_repaired(story)
    the_last_is_given_up_and_the_auditor_asks(story)
    the_store_is_sound(story)


def it_is_loaded(story: Story) -> None:
    """One scan of the set loads thirty; nothing is lent while it stands on the van."""
    story.run = story.say("run", "plan", "2026-09-15", "OAK")["run"]
    assert story.say("run", "load", story.run, "OAK", story.made)["loaded"] == VIOLINS
    assert {row["status"] for row in story.say("list", "instruments")["rows"]} == {"on the van"}
    assert story.say("list", "loans")["total"] == 0
    docket = story.paper("run", "docket", story.run, "OAK")
    assert "30 × Violin 1/2" in docket
    assert {code for page in story.pages["docket"] for code in page} == {normalise(story.run), *VIOLINS}


def it_is_signed_for(story: Story) -> None:
    """The loans begin with the signature, for the year, on one agreement."""
    story.on(2026, 9, 15, 10)
    said = story.say("run", "deliver", story.run, "OAK", "--signed-by", "Morgan Example")
    assert ([one["instrument"] for one in said["lent"]], said["due"]) == (VIOLINS, "2027-07-21")
    story.agreement = said["agreement"]
    page = story.say("show", "OAK")
    assert {(loan["out"], loan["agreement"]) for loan in page["on_loan"]} == {("2026-09-15", story.agreement)}
    assert len(page["on_loan"]) == 30
    assert page["sets"][0]["name"] == "Year 4 violins"
    assert "Oakfield Primary School" in story.paper("agreement", story.agreement)
    assert "Morgan Example" in story.paper("run", "docket", story.run, "OAK")


def pupils_take_them_home(story: Story) -> None:
    """A pasted class list is allocated in scan order; one violin is passed on to its family by scan."""
    story.on(2026, 9, 22)
    (story.folder / "class.txt").write_text("\n".join(f"{n}. {name}" for n, name in enumerate(PUPILS, 1)), "utf-8")
    names = str(story.folder / "class.txt")
    said = story.say("set", "allocate", story.made, *SCANNED_IN_CLASS, "--names", names)
    assert [(one["instrument"], one["player"]) for one in said["allocated"]] == list(
        zip(SCANNED_IN_CLASS, PUPILS, strict=True)
    )
    answers = story.scans("SAM", "V07", "LSCMD-ONLEND")
    assert [one["answer"] for one in answers] == ["BORROWER_CHOSEN", "OUT_TO_OTHER", "PASSED_ON"]
    assert "Oakfield Primary School stays responsible" in answers[-1]["sentence"]
    home = {row["code"]: row for row in story.say("take-home", "OAK")["rows"]}
    assert (len(home), home["V11"]["player"], home["V07"]["player"]) == (30, "Pupil 1 Drama", "Pupil 27 Drama")
    assert home["V07"]["with"] == "Drama, Sam"
    assert "Pupil 27 Drama" in story.paper("take-home", "OAK")
    shown = story.say("show", "V07")
    assert (shown["borrower"], shown["player"]) == ("OAK", "Pupil 27 Drama")
    assert shown["custodian"] == "Drama, Sam (for Alex)"


def crates_come_back(story: Story) -> None:
    """On the 17th three crates stand uncounted; every loan stands as it did."""
    story.on(2027, 7, 17, 15)
    story.say("crates", "arrived", "OAK", "3")
    assert [row["arrived"] for row in story.say("list", "crates")["rows"]] == ["2027-07-17"]
    assert story.say("show", "OAK")["crates_uncounted"] is not None
    assert story.say("list", "loans")["total"] == 30


def twenty_seven_are_scanned(story: Story) -> None:
    """On the 24th, after the set was due, all that came is scanned as of the day it came; the twelfth has no bow."""
    story.on(2027, 7, 24)
    assert story.say("list", "overdue")["total"] == 30
    came = [*CAME[:10], "LSCMD-MISSING-1", *CAME[10:]]
    answers = story.scans("LSCMD-RETURN", "OAK", *came, "LSCMD-FINISH", on="2027-07-17")
    assert "V12): Bow missing. It is not lent until that is put right." in answers[12]["sentence"]
    assert [one["answer"] for one in answers[2:-1]] == [*["RETURNED"] * 10, "NOTED", *["RETURNED"] * 17]
    assert answers[-2]["sentence"].endswith("27 of 30 back; missing: 4, 11, 19.")
    assert answers[-2]["tally"] == [27, 30]
    assert len(answers[-1]["returned"]) == 27
    story.say("crates", "counted", "OAK")
    assert story.say("list", "crates")["total"] == 0


def the_school_is_written_to(story: Story) -> None:
    """Hire stopped on the day the crates came; the letter names the three, by number, code and serial."""
    page = story.say("show", "OAK")
    assert {loan["ended"] for loan in page["past"]} == {"2027-07-17"}
    assert [loan["instrument"] for loan in page["on_loan"]] == ["V04", "V11", "V19"]
    assert {loan["instrument"] for loan in story.say("list", "overdue")["rows"]} == {"V04", "V11", "V19"}
    letter = story.paper("set", "letter", *(loan["loan"] for loan in page["past"]))
    assert "Year 4 violins: 27 of 30 back; missing: 4, 11, 19." in letter
    assert all(f"{n} V{n:02} Violin 1/2 S{n:02}" in letter for n in MISSING)
    assert "12 V12 Violin 1/2 S12 Bow What we ask of you" in letter
    assert not any(name in letter for name in PUPILS)
    assert story.pages["letter"][0] == [normalise(story.made)]
    assert story.say("show", "V12")["status"] == "needs attention"
    assert story.set_stands() == {"in": [n for n in range(1, 31) if n not in MISSING], "out": sorted(MISSING)}
    assert story.history("V07")[3:] == [
        "15 September 2026: lent to Oakfield Primary School, due 21 July 2027",
        "22 September 2026: given to Pupil 27 Drama",
        "22 September 2026: passed on to Drama, Sam (for Alex); Oakfield Primary School answers for it",
        "17 July 2027: back from Oakfield Primary School",
    ]


def two_are_found_at_the_stocktake(story: Story) -> None:
    """Two lay in the crates all the time; the stocktake says so, and brings them back."""
    story.on(2027, 7, 26)
    counted = story.say("stocktake", "begin", "--place", "Store A")
    assert counted["not_seen"] == 27
    said = story.loanstore("--json", "stocktake", "scan", counted["stocktake"], "V19", *CAME, "V04").lines
    assert [one["instrument"] for one in said if one["finding"] == "here though on loan"] == ["V19", "V04"]
    assert [one["finding"] for one in said].count("expected") == 27
    report = story.paper("stocktake", "report", counted["stocktake"])
    assert "27 of 27 were where they belong. Nothing is missing." in report
    assert "Here though on loan (2)" in report
    back = story.say("stocktake", "bring-back", counted["stocktake"])["returned"]
    assert sorted(one["instrument"] for one in back) == ["V04", "V19"]
    assert story.say("stocktake", "close", counted["stocktake"])["missed"] == []
    letter = story.paper("set", "letter", *(one["loan"] for one in back))
    assert "Year 4 violins: 29 of 30 back; missing: 11." in letter


def one_is_repaired(story: Story) -> None:
    """Of the two that were found one has a broken bridge; it goes out with a docket and comes back mended."""
    story.say("add", "place", "--name", "Reed & Bow", "--kind", "repairer")
    docket = story.paper("repair", "out", "V19", "--to", "Reed & Bow", "--fault", "the bridge is broken")
    assert all(words in docket for words in ("V19", "S19", "Reed & Bow", "the bridge is broken"))
    assert story.set_stands()["elsewhere"] == [19]
    story.say("repair", "quote", "V19", "£18.50")
    story.say("repair", "decide", "V19", "fair-wear")
    story.on(2027, 8, 4)
    assert story.say("repair", "in", "V19", "--cost", "£18.50")["back"] == [{"instrument": "V19", "status": "in store"}]
    (row,) = story.say("list", "repairs", "--all")["rows"]
    assert (row["sent"], row["back"], row["cost"], row["outcome"]) == ("2027-07-26", "2027-08-04", 1850, "mended")
    assert story.history("V19")[-6:] == [
        "26 July 2027: seen at a stocktake",
        "26 July 2027: back from Oakfield Primary School",
        "26 July 2027: sent to Reed & Bow: the bridge is broken",
        "26 July 2027: a repair was quoted, £18.50",
        "26 July 2027: the repair is fair wear",
        "4 August 2027: back from the repairer: mended, £18.50",
    ]


def the_last_is_given_up_and_the_auditor_asks(story: Story) -> None:
    """The bow turns up and the eleventh is lost; the register says of any day who had what the grant paid for."""
    story.say("found", "V12", "--why", "the bow came in the post")
    assert story.say("show", "V12")["status"] == "in store"
    story.say("lost", "V11", "--why", "the school looked everywhere")
    assert story.set_stands() == {"in": [n for n in range(1, 31) if n != 11], "elsewhere": [11]}
    autumn, crates, now = story.register("2026-10-01"), story.register("2027-07-17"), story.register("2027-08-04")
    assert {row["holder"] for row in autumn.values()} == {"Oakfield Primary School"}
    assert [code for code, row in crates.items() if row["holder"] == "Oakfield Primary School"] == ["V04", "V11", "V19"]
    assert (crates["V01"]["seen"], crates["V01"]["seen_as"]) == ("2027-07-17", "returned")
    assert (now["V01"]["seen"], now["V01"]["place"]) == ("2027-07-26", "Store A")
    assert (now["V11"]["status"], now["V11"]["seen"]) == ("lost", "2026-09-15")
    paper = story.paper("register", "--at", "2027-07-17", "--funding", GRANT)
    assert "30 instruments" in paper
    assert paper.count("Oakfield Primary School") == 3


def the_store_is_sound(story: Story) -> None:
    """Folding the whole journal afresh changes nothing, and nobody's name is in it."""
    assert story.say("store", "verify")["ok"] is True
    before = story.made_up.dump()
    assert not any(name in str(before["facts"]) for name in (*PUPILS, "Morgan", "Sam", "looked everywhere"))
    story.say("store", "rebuild")
    assert story.made_up.dump() == before
