"""A year of made-up work, and then no name, address or typed search anywhere in the journal."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import Answer
from loanstore.domain.import_fields import ImportKind
from loanstore.operations import browsing, cataloguing, lending, scanning, undoing
from loanstore.operations.importing import Plan, import_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.helpers.made_up import MadeUp

FAMILIES: Final = ("Quillfeather", "Öztürkoğlu", "Nguyễn-Sample", "O'Madeup", "李小龙", "Gurpreetsample", "Ŵynsample")
FIRST: Final = ("Zebedee", "Łukaszek", "Zoëlla", "Siânned", "Xanthippe", "Barnabus")
STREETS: Final = ("Nonesuch Crescent", "Pretend Parade", "Fictional Fold", "Imaginary Mews")
TYPED: Final = (
    "zebed quill",
    "nonesuch",
    "Pretend Parade 12",
    "xanthippe",
    "01632 960123",
    "barnabus@example.org",
    "ZZ99 9ZZ",
)
NOTES: Final = ("Scratched by Barnabus at Nonesuch", "Left on the bus by Xanthippe", "Ask for Zebedee's aunt")


def test_no_name_address_or_search_is_in_the_journal_after_a_year(made_up: MadeUp, tmp_path: Path) -> None:
    chance = random.Random(2027)
    secrets = _import_a_register(made_up, tmp_path, chance)
    made_up.desk.staff = "Xanthippe Counterstaff"
    secrets |= {"Counterstaff"}
    people, things = [], []
    for week in range(46):
        made_up.clock.go_on(days=7)
        for _ in range(2):
            record = _somebody(chance)
            secrets |= _words(record.values())
            people.append(cataloguing.add_borrower(made_up.desk, {**record, "kind": "hirer"}).result)
            fields = {"type": "Violin", "serial": f"S{week}", "notes": chance.choice(NOTES), "location": "Cupboard"}
            things.append(cataloguing.add_instrument(made_up.desk, fields).result)
        _a_week(made_up, chance, [p.code for p in people], [t.code for t in things])
    assert len(made_up.facts()) > 400
    journal = _whole_journal(made_up)
    secrets |= _words(NOTES) | _words(TYPED) | set(TYPED)
    assert sorted(secret for secret in secrets if secret.casefold() in journal) == []
    assert "zebedee" in repr(made_up.dump()["borrowers"]).casefold()
    assert made_up.complaints() == []


def _words(texts: Iterable[str]) -> set[str]:
    """Give the words by which somebody could be known; a number alone may stand in any digest by chance."""
    words = {word.strip(",") for text in texts for word in text.split()}
    telling = {word for word in words if len(word) > 3 or not word.isascii()}
    return {word for word in telling if not set(word.casefold()) <= set("0123456789abcdef")}


def _somebody(chance: random.Random) -> dict[str, str]:
    number = chance.randint(1, 99)
    first, family = chance.choice(FIRST), chance.choice(FAMILIES)
    return {
        "name": f"{family}, {first}",
        "pupil": f"{chance.choice(FIRST)} {family}",
        "address": f"{number} {chance.choice(STREETS)}",
        "postcode": f"ZZ99 {number % 10}ZZ",
        "telephone": "01632 960123",
        "email": f"{first.casefold()}@example.org",
        "notes": chance.choice(NOTES),
    }


def _import_a_register(made_up: MadeUp, folder: Path, chance: random.Random) -> set[str]:
    """Import borrowers, and again with new addresses: an edit of a record is a fact too."""
    somebody = [_somebody(chance) for _ in range(12)]
    for again in ("", " (flat 2)"):
        lines = ["Name,Kind,Pupil,Address,Postcode,Telephone,Email"]
        lines += [
            f'"{p["name"]}",hirer,{p["pupil"]},{p["address"]}{again},{p["postcode"]},{p["telephone"]},{n}{p["email"]}'
            for n, p in enumerate(somebody)
        ]
        file = folder / "people.csv"
        file.write_text("\n".join(lines), "utf-8")
        import_file(made_up.desk, Plan(file, ImportKind.BORROWERS))
    return {word for person in somebody for word in _words(person.values())}


def _a_week(made_up: MadeUp, chance: random.Random, people: list[str], things: list[str]) -> None:
    made_up.scan(chance.choice(TYPED))
    browsing.find_for_desk(made_up.desk, chance.choice(TYPED))
    made_up.scan(chance.choice(people))
    for code in chance.sample(things, min(4, len(things))):
        made_up.scan(code)
    made_up.scan(chance.choice(["LSCMD-TAKE", "LSCMD-BACK", "LSCMD-UNDO", "LSCMD-SHOW", chance.choice(TYPED)]))
    made_up.scan("LSCMD-FINISH")
    free = [code for code in things if made_up.show(code).loan is None and made_up.show(code).status == "in store"]
    if free and chance.random() < 0.5:
        lending.declare_lost(made_up.desk, free[0], chance.choice(NOTES))
    elif free and chance.random() < 0.3:
        undoing.undo(made_up.desk)
    made_up.answers("LSCMD-RETURN", *chance.sample(things, min(5, len(things))), chance.choice(TYPED), "LSCMD-FINISH")


def _whole_journal(made_up: MadeUp) -> str:
    """Give every column of every fact as one text, names written as they are and as JSON escapes them."""
    rows = made_up.dump()["facts"]
    text = "\n".join(str(column) for row in rows for column in row)
    return (text + text.encode().decode("unicode_escape", "replace")).casefold()


def test_what_is_not_shaped_like_a_code_is_kept_nowhere_at_all(made_up: MadeUp) -> None:
    for typed in TYPED:
        assert made_up.scan(typed).answer is Answer.UNKNOWN_CODE
    everything = repr(made_up.dump()).casefold()
    assert [typed for typed in TYPED if typed.casefold() in everything] == []


def test_the_text_of_an_unknown_code_lies_beside_the_journal_for_thirty_days(made_up: MadeUp) -> None:
    made_up.scan("BOOK9780571")
    (kept,) = made_up.dump()["unknown_scans"]
    assert (kept[0], kept[1]) == (made_up.facts()[-1].id, "BOOK9780571")
    assert "9780571" not in repr(made_up.dump()["facts"])
    made_up.clock.go_on(days=29)
    made_up.scan("OTHER1")
    assert {row[1] for row in made_up.dump()["unknown_scans"]} == {"BOOK9780571", "OTHER1"}
    made_up.clock.go_on(days=2)
    made_up.scan("THIRD1")
    assert {row[1] for row in made_up.dump()["unknown_scans"]} == {"OTHER1", "THIRD1"}


def test_unknown_texts_go_even_where_nothing_unknown_is_ever_scanned_again(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    made_up.scan("BOOK9780571")
    made_up.clock.go_on(days=31)
    scanning.begin_session(made_up.desk)
    made_up.scan(violin.code)
    assert made_up.dump()["unknown_scans"] == []


def test_a_loan_dated_by_hand_says_only_its_date(made_up: MadeUp) -> None:
    somebody, violin = made_up.borrower("Quillfeather, Zebedee"), made_up.instrument()
    lending.lend(made_up.desk, somebody.code, [violin.code], due=date(2026, 10, 1))
    assert "quillfeather" not in _whole_journal(made_up)
