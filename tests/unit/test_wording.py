"""Words for people: every answer and every error has its sentence, whole and with nothing left blank."""

from __future__ import annotations

import ast
import re
import string
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from loanstore.domain import errors
from loanstore.domain.answers import Answer
from loanstore.domain.borrowers import Borrower, BorrowerKind
from loanstore.domain.errors import LoanstoreError, Ours, Refused, StoreUnusable
from loanstore.domain.facts import FactKind
from loanstore.domain.instruments import title
from loanstore.domain.loans import Instrument, Loan, Status
from loanstore.domain.scan_effects import Why
from loanstore.domain.sessions import Mode
from loanstore.operations.outcomes import Outcome
from loanstore.wording import band, day, hint, passed, refused, sentence, told
from loanstore.wording.errors import MODULES, known_codes
from loanstore.wording.imports import known_passings, known_refusals
from tests.helpers.sources import Module, modules

if TYPE_CHECKING:
    from collections.abc import Iterator

ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, LoanstoreError)}
CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)+|TITLE|BLANK|TOTAL|DUPLICATE|USAGE")
WORDS = {code: words for module in MODULES for code, words in module.words().items()}
NOTHING = "(nothing)"
ODD_NAMES = ["{sam}", "{0}", "100 %s %(x)d", "}{", "Siân Ŵyn, 李 أحمد ਗੁਰਪ੍ਰੀਤ"]
AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


def programme() -> list[Module]:
    return [module for module in modules() if module.floor != "wording"]


def calls(module: Module, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in names:
            yield node


def codes_in(node: ast.AST) -> set[str]:
    """Give every code that stands as a text in a piece of source."""
    texts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return {text for text in texts if CODE.fullmatch(text)}


def raised() -> dict[str, list[tuple[str, set[str]]]]:
    """Give each code with where it is raised and the facts it is given there."""
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for module in programme():
        for call in calls(module, ERRORS):
            facts = {keyword.arg or "" for keyword in call.keywords}
            # A code that comes in by a name stands elsewhere in the module, or with its caller.
            source = call.args[0] if codes_in(call.args[0]) else module.tree
            for code in codes_in(source) & known_codes() if source is module.tree else codes_in(source):
                found.setdefault(code, []).append((f"{module.name}:{call.lineno}", facts))
        for call in calls(module, {"written_whole"}):
            for code in codes_in(call):
                found.setdefault(code, []).append((f"{module.name}:{call.lineno}", {"path", "said"}))
    return found


def fields_of(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_code_that_is_raised_has_words() -> None:
    assert {code: where for code, where in raised().items() if code not in known_codes()} == {}


def test_no_words_are_kept_for_what_nobody_raises() -> None:
    assert known_codes() - raised().keys() == set()


def test_words_ask_for_no_fact_that_is_not_given() -> None:
    lacking = {
        (code, place): fields_of(" ".join(WORDS[code])) - facts
        for code, places in raised().items()
        for place, facts in places
    }
    assert {where: names for where, names in lacking.items() if names} == {}


def test_every_reason_of_an_import_has_words_and_no_words_are_idle() -> None:
    said: set[str] = set()
    for module in programme():
        if module.name.split(".")[-1].startswith(("import_", "importing")):
            found = set().union(*(codes_in(c) for c in calls(module, ERRORS)), set())
            said |= codes_in(module.tree) - found
    known = known_refusals() | known_passings()
    assert said - known == set()
    assert known - said == set()


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_an_error_without_its_facts_still_reads_as_a_sentence(code: str) -> None:
    said = told(LoanstoreError(code))
    for part in (said.title, said.message, said.next):
        assert part.strip()
        assert "“”" not in part
        assert "{" not in part
    assert said.title[-1] not in ".!"
    assert said.message[-1] in ".…"
    assert said.next[-1] == "."


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_with_braces_or_percent_signs_stands_as_it_is(name: str) -> None:
    for code, words in WORDS.items():
        facts = dict.fromkeys(fields_of(" ".join(words)), name)
        said = told(Refused(code, **facts))
        whole = f"{said.title} {said.message} {said.next}"
        assert (name in whole) == bool(facts), code


def test_a_fact_is_told_on_one_line_and_not_at_any_length() -> None:
    message = told(Refused("NO_INSTRUMENT", value="a\nb\x1b[31mc\u202e" + "x" * 10_000)).message
    assert "a b" in message
    assert all(c.isprintable() for c in message)
    assert len(message) < 300


def test_a_fact_that_is_blank_is_told_as_nothing() -> None:
    assert NOTHING in told(Refused("NO_INSTRUMENT", value="  ")).message
    assert NOTHING in told(Refused("UNKNOWN_STOCK", value="x", known=())).message


def test_days_and_lists_are_told_as_people_write_them() -> None:
    blocked = told(Refused("UNDO_BLOCKED", code="CM-000001-X", kind="lent", day=date(2026, 9, 14)))
    assert "CM-000001-X, lent on Mon 14 September 2026." in blocked.message
    assert (
        "avery-l7651, avery-l7160"
        in told(Refused("UNKNOWN_STOCK", value="x", known=("avery-l7651", "avery-l7160"))).message
    )


@pytest.mark.parametrize("error", [ValueError("Sam Drama's secret"), Ours("NOT_FORESEEN", name="Sam Drama")])
def test_a_bug_is_said_to_be_ours_and_tells_no_secrets(error: Exception) -> None:
    said = told(error)
    assert said.title == "loanstore made a mistake"
    assert "Drama" not in f"{said.title} {said.message} {said.next}"


def outcome(answer: Answer, **facts: object) -> Outcome:
    return Outcome(answer, "CM000001X", AT, Mode.AUTO, **facts)  # type: ignore[arg-type]  # the fields' own names


def full(answer: Answer, name: str, status: Status = Status.ON_LOAN) -> Outcome:
    loan = Loan("L1", "I1", "B1", "2026-09-14T09:00:00.000000Z", "2026-12-18", "free loan")
    thing = Instrument("I1", "CM-000001-X", {"type": name}, status, loan if status is Status.ON_LOAN else None)
    who = Borrower("B1", "CM-000002-V", BorrowerKind.HIRER, name, pupil=name)
    facts = {"instrument": thing, "was": status, "borrower": who, "due": date(2026, 12, 18), "items": 2}
    papers = {"agreement": name, "finished": name, "due_term": name, "beyond_terms": True, "returned": ("L1", "L2")}
    return outcome(answer, **facts, **papers, loan="L1", undone=(FactKind.LENT.value,))


@pytest.mark.parametrize("answer", Answer)
def test_every_answer_has_its_sentence_its_band_and_its_hint(answer: Answer) -> None:
    for given in (
        outcome(answer),
        outcome(answer, items=1),
        full(answer, "Sam"),
        *(full(answer, n) for n in ODD_NAMES),
    ):
        assert sentence(given)[-1] == "."
        assert not sentence(given)[0].islower()
        assert band(given).strip()
        assert hint(given) == hint(given).strip() or hint(given).startswith(" ·")
        assert "“”" not in sentence(given)
    for given in (outcome(answer), full(answer, "Sam")):
        assert not set("{}") & set(sentence(given) + band(given) + hint(given))


@pytest.mark.parametrize("answer", [Answer.LENT, Answer.RETURNED, Answer.OUT_TO_OTHER, Answer.ALREADY_THEIRS])
@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_are_said_as_they_are_written(answer: Answer, name: str) -> None:
    assert f"{name} (for {name})" in sentence(full(answer, name))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("answer", [Answer.SHOWN, Answer.NOT_AVAILABLE, Answer.UNDONE])
def test_where_an_instrument_stands_is_said_in_words(answer: Answer, status: Status) -> None:
    given = full(answer, "Violin", status)
    assert status.value.split()[0] in (sentence(given) + band(given)).casefold()


@pytest.mark.parametrize("why", Why)
def test_every_reason_reads_as_a_sentence(why: Why) -> None:
    for answer in Answer:
        given = full(answer, "Sam")
        given = outcome(answer, why=why, instrument=given.instrument, borrower=given.borrower)
        assert sentence(given).endswith(".")
        assert band(given)


def test_two_codes_at_once_are_said_to_be_two() -> None:
    given = outcome(Answer.UNKNOWN_CODE, why=Why.RUN_TOGETHER)
    assert band(given) == "Two codes at once"
    assert sentence(given) == "Two codes arrived as one. Scan each by itself."


def test_what_came_back_is_counted_as_people_count() -> None:
    assert sentence(outcome(Answer.FINISHED, returned=("L1",))) == "Finished: 1 thing came back."
    assert sentence(outcome(Answer.FINISHED, returned=("L1", "L2"))) == "Finished: 2 things came back."
    assert sentence(outcome(Answer.FINISHED)) == "Finished. Nothing was handed over, so there is no paper."


@pytest.mark.parametrize("why", sorted(known_refusals() | known_passings()))
def test_a_reason_without_its_facts_leaves_no_gap(why: str) -> None:
    text = refused(why, {}) if why in known_refusals() else passed(why, {})
    assert text != why
    assert "{" not in text
    assert "  " not in text


def test_a_reason_fills_in_its_facts() -> None:
    facts = {"first_row": 13, "row": 65, "first": "Cello {x}", "this": "Tuba"}
    assert refused("NUMBER_TWICE", facts) == "rows 13 and 65 give one number to two instruments: Cello {x} and Tuba"


def test_days_are_written_in_full() -> None:
    assert day(date(2026, 12, 18)) == "Fri 18 December 2026"


def test_an_instrument_with_nothing_known_still_has_a_name() -> None:
    assert title({}) == "Instrument"


def test_the_exit_status_follows_from_the_kind_of_error() -> None:
    assert (Refused("X").exit_status, StoreUnusable("X").exit_status, Ours("X").exit_status) == (1, 3, 5)
