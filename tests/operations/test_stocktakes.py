"""Stocktakes: what a scan finds, several desks at once, the report, closing, and that all of it can be undone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.loans import Status
from loanstore.domain.stocktakes import Finding
from loanstore.operations import lending, placing, stocktake_reports, stocktaking, tabling, undoing
from loanstore.spreadsheets.reading import read_table
from loanstore.wording import stocktakes as words
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from loanstore.domain.stocktake_report import Report
    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

STORE_A, STORE_B = "Store A", "Store B"
HERE, ALSO, THERE, LENT, LOST, NEVER = (f"V{n}" for n in range(1, 7))


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    """Make sure that the state is what the journal says, and comes out the same when it is folded afresh."""
    yield
    rebuilt_the_same(made_up)


@pytest.fixture
def stock(made_up: MadeUp) -> MadeUp:
    """Give a store with V1, V2 and V6 in Store A, V3 in Store B, V4 lent to Sam and V5 lost."""
    for name in (STORE_A, STORE_B):
        placing.add_place(made_up.desk, name)
    for code in (HERE, ALSO, NEVER, LENT, LOST):
        made_up.instrument(code=code, size="1/2", location=STORE_A)
    made_up.instrument(code=THERE, location=STORE_B)
    lending.lend(made_up.desk, made_up.borrower("Drama, Sam").code, [LENT])
    lending.declare_lost(made_up.desk, LOST, "left on a bus")
    made_up.clock.go_on(days=3)
    return made_up


def begun(made_up: MadeUp, place: str | None = STORE_A) -> str:
    made = stocktaking.begin(made_up.desk, place).result
    made_up.clock.go_on(60)
    return made.id


def sights(made_up: MadeUp, stocktake: str, *codes: str, at: str | None = None) -> list[Finding | None]:
    found = []
    for code in codes:
        made_up.clock.go_on(5)
        found.append(stocktaking.sight(made_up.desk, stocktake, code, at).result.finding)
    return found


def codes_of(lines: tuple[Any, ...]) -> list[str]:
    return [line.code for line in lines]


def told(report: Report) -> dict[str, list[str]]:
    return {
        "expected": codes_of(report.expected),
        "misplaced": codes_of(report.misplaced),
        "on loan": codes_of(report.on_loan),
        "turned up": codes_of(report.turned_up),
        "unknown": [line.text for line in report.unknown],
        "not seen": codes_of(report.not_seen),
    }


def folded(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    """Give everything but what only grows: the journal, its undone gestures and the numbers handed out."""
    return {t: rows for t, rows in made_up.dump().items() if t not in {"facts", "reversals", "settings"}}


def test_every_scan_says_what_it_found_and_the_report_lists_it(stock: MadeUp) -> None:
    stocktake = begun(stock)
    found = sights(stock, stocktake, HERE, ALSO, THERE, LENT, LOST, "Z-9")
    assert found == [
        Finding.EXPECTED, Finding.EXPECTED, Finding.MISPLACED, Finding.ON_LOAN, Finding.TURNED_UP, None,
    ]  # fmt: skip
    report = stocktake_reports.report(stock.desk, stocktake)
    assert told(report) == {
        "expected": [HERE, ALSO],
        "misplaced": [THERE],
        "on loan": [LENT],
        "turned up": [LOST],
        "unknown": ["Z-9"],
        "not seen": [NEVER],
    }
    assert (report.found, report.awaited) == (5, 3)
    (moved,) = report.misplaced
    assert (moved.before, moved.place) == (STORE_B, STORE_A)
    (lent,) = report.on_loan
    assert (lent.holder, lent.out) == ("Drama, Sam", True)
    counted = stocktake_reports.tallies(stock.desk, stocktake)
    assert counted.found == {
        Finding.EXPECTED: 2, Finding.MISPLACED: 1, Finding.ON_LOAN: 1, Finding.TURNED_UP: 1,
    }  # fmt: skip
    assert (counted.unknown, counted.not_seen) == (1, 1)


def test_a_scan_puts_the_place_right_and_leaves_a_loan_alone(stock: MadeUp) -> None:
    stocktake = begun(stock)
    sights(stock, stocktake, THERE, LENT, LOST)
    card = placing.show_place(stock.desk, _code_of(stock, STORE_A))
    assert card is not None
    assert codes_of(card.standing) == [HERE, ALSO, THERE, LOST, NEVER]
    assert (stock.show(LENT).status, stock.show(LOST).status) == (Status.ON_LOAN, Status.IN_STORE)


def _code_of(made_up: MadeUp, name: str) -> str:
    return next(line.code for line in placing.list_places(made_up.desk) if line.name == name)


def test_scanning_a_thing_again_does_not_hide_what_the_first_scan_put_right(stock: MadeUp) -> None:
    stocktake = begun(stock)
    for _each in range(3):
        sights(stock, stocktake, HERE, THERE, LOST, LENT)
    report = stocktake_reports.report(stock.desk, stocktake)
    assert (codes_of(report.expected), codes_of(report.misplaced)) == ([HERE], [THERE])
    assert (codes_of(report.turned_up), codes_of(report.on_loan)) == ([LOST], [LENT])


def test_an_unknown_code_scanned_twice_is_listed_once(stock: MadeUp) -> None:
    stocktake = begun(stock)
    sights(stock, stocktake, "Z-9", "Z-9", "a library book")
    (line,) = stocktake_reports.report(stock.desk, stocktake).unknown
    assert (line.text, line.times) == ("Z-9", 2)
    assert "library" not in str(stock.dump())


def test_what_is_known_but_no_instrument_is_told_apart_from_the_unknown(stock: MadeUp) -> None:
    stocktake = begun(stock)
    sam = stock.borrower("Drama, Alex")
    seen = stocktaking.sight(stock.desk, stocktake, sam.code).result
    assert (seen.finding, seen.other) == (None, True)
    assert "is no instrument" in words.sighting(seen)
    assert stocktake_reports.report(stock.desk, stocktake).unknown == ()


def test_two_desks_count_together_and_the_report_says_who_scanned(stock: MadeUp) -> None:
    other = stock.another_desk()
    stock.desk.staff, other.desk.staff = "Ann Example", "Bob Example"
    stocktake = begun(stock)
    sights(stock, stocktake, HERE)
    sights(other, stocktake, ALSO)
    sights(stock, stocktake, ALSO)
    report = stocktake_reports.report(other.desk, stocktake)
    assert [(line.code, line.by) for line in report.expected] == [(HERE, "Ann Example"), (ALSO, "Ann Example")]
    assert report.begun_by == "Ann Example"
    other.close()


def test_two_places_are_counted_at_once_each_for_itself(stock: MadeUp) -> None:
    a, b = begun(stock, STORE_A), begun(stock, STORE_B)
    sights(stock, b, THERE)
    assert told(stocktake_reports.report(stock.desk, b))["not seen"] == []
    assert told(stocktake_reports.report(stock.desk, a))["not seen"] == [HERE, ALSO, NEVER]
    assert [line.place for line in stocktaking.list_stocktakes(stock.desk)] == [STORE_B, STORE_A]


def test_in_a_stocktake_of_everything_one_says_where_one_scans(stock: MadeUp) -> None:
    stocktake = begun(stock, None)
    assert sights(stock, stocktake, THERE, HERE) == [Finding.EXPECTED, Finding.EXPECTED]
    assert sights(stock, stocktake, ALSO, at=STORE_B) == [Finding.MISPLACED]
    report = stocktake_reports.report(stock.desk, stocktake)
    assert [(line.code, line.place) for line in report.misplaced] == [(ALSO, STORE_B)]
    assert told(report)["not seen"] == [NEVER]


def test_what_was_in_somebodys_hands_since_it_began_is_not_missed(stock: MadeUp) -> None:
    stocktake = begun(stock)
    lending.lend(stock.desk, stock.borrower("Drama, Alex", "teacher").code, [HERE])
    lending.bring_back(stock.desk, [HERE])
    assert told(stocktake_reports.report(stock.desk, stocktake))["not seen"] == [ALSO, NEVER]


def test_what_joins_the_register_meanwhile_is_not_missed(stock: MadeUp) -> None:
    stocktake = begun(stock)
    stock.instrument(location=STORE_A)
    assert told(stocktake_reports.report(stock.desk, stocktake))["not seen"] == [HERE, ALSO, NEVER]


def test_what_is_here_though_on_loan_comes_back_as_of_its_scan(stock: MadeUp) -> None:
    stocktake = begun(stock)
    sights(stock, stocktake, LENT)
    seen = stock.desk.now()
    before = folded(stock)
    stock.clock.go_on(days=1)
    (back,) = stocktaking.bring_back(stock.desk, stocktake, [LENT]).result
    assert (back.instrument.code, back.instrument.status) == (LENT, Status.IN_STORE)
    assert f"{seen:%Y-%m-%dT%H:%M:%S}" in str(stock.dump()["loans"])
    (line,) = stocktake_reports.report(stock.desk, stocktake).on_loan
    assert (line.holder, line.out) == ("Drama, Sam", False)
    with pytest.raises(Refused, match="NOTHING_TO_BRING_BACK"):
        stocktaking.bring_back(stock.desk, stocktake)
    undoing.undo(stock.desk)
    assert folded(stock) == before


def test_all_that_is_here_though_on_loan_comes_back_at_once_and_stands_here(stock: MadeUp) -> None:
    alex = stock.borrower("Drama, Alex", "teacher")
    lending.lend(stock.desk, alex.code, [THERE, HERE])
    stock.clock.go_on(days=1)
    stocktake = begun(stock)
    sights(stock, stocktake, THERE, HERE)
    back = stocktaking.bring_back(stock.desk, stocktake).result
    assert [one.instrument.code for one in back] == [HERE, THERE]
    card = placing.show_place(stock.desk, _code_of(stock, STORE_A))
    assert card is not None
    assert {HERE, THERE} <= set(codes_of(card.standing))


def test_what_was_lent_again_after_its_scan_is_not_brought_back(stock: MadeUp) -> None:
    stocktake = begun(stock)
    sights(stock, stocktake, LENT)
    lending.bring_back(stock.desk, [LENT])
    stock.clock.go_on(60)
    lending.lend(stock.desk, stock.borrower("Drama, Alex").code, [LENT])
    with pytest.raises(Refused, match="NOT_HERE_ON_LOAN"):
        stocktaking.bring_back(stock.desk, stocktake, [LENT])


def test_closing_sets_missing_only_what_was_confirmed_and_is_still_unseen(stock: MadeUp) -> None:
    stocktake = begun(stock)
    sights(stock, stocktake, HERE)
    unseen = stocktake_reports.report(stock.desk, stocktake).not_seen
    assert codes_of(unseen) == [ALSO, NEVER]
    sights(stock, stocktake, ALSO)
    steps: list[tuple[int, int]] = []
    made = stocktaking.close(
        stock.desk, stocktake, [line.id for line in unseen], lambda done, total: steps.append((done, total))
    ).result
    assert (made.missed, made.left, steps) == (1, 0, [(1, 1)])
    assert (stock.show(NEVER).status, stock.show(ALSO).status) == (Status.MISSING, Status.IN_STORE)
    report = stocktake_reports.report(stock.desk, stocktake)
    assert [(line.code, line.missed, line.status) for line in report.not_seen] == [(NEVER, True, "missing")]
    assert words.closed(made) == "The stocktake is closed. 1 instrument is set missing."


def test_closing_without_confirmation_sets_nothing_missing_and_still_tells_what_was_not_seen(stock: MadeUp) -> None:
    stocktake = begun(stock)
    made = stocktaking.close(stock.desk, stocktake).result
    assert (made.missed, made.left) == (0, 3)
    stock.clock.go_on(days=1)
    stock.scan(HERE)
    report = stocktake_reports.report(stock.desk, stocktake)
    assert [(line.code, line.missed) for line in report.not_seen] == [(HERE, False), (ALSO, False), (NEVER, False)]
    assert stock.show(NEVER).status is Status.IN_STORE


def test_a_closed_stocktake_takes_no_more_scans(stock: MadeUp) -> None:
    stocktake = begun(stock)
    stocktaking.close(stock.desk, stocktake)
    for again in (stocktaking.close, stocktaking.bring_back):
        with pytest.raises(Refused, match="STOCKTAKE_OVER"):
            again(stock.desk, stocktake)
    with pytest.raises(Refused, match="STOCKTAKE_OVER"):
        stocktaking.sight(stock.desk, stocktake, HERE)


def test_a_close_that_is_cancelled_half_way_changes_nothing(stock: MadeUp) -> None:
    stocktake = begun(stock)
    unseen = [line.id for line in stocktake_reports.report(stock.desk, stocktake).not_seen]
    before = stock.dump()

    def stop(_done: int, _total: int) -> None:
        raise Refused("WORK_CANCELLED")

    with pytest.raises(Refused, match="WORK_CANCELLED"):
        stocktaking.close(stock.desk, stocktake, unseen, stop)
    assert stock.dump() == before


GESTURES: dict[str, Callable[[MadeUp, str], object]] = {
    "seen where it belongs": lambda m, s: stocktaking.sight(m.desk, s, HERE),
    "misplaced": lambda m, s: stocktaking.sight(m.desk, s, THERE),
    "here though on loan": lambda m, s: stocktaking.sight(m.desk, s, LENT),
    "turned up": lambda m, s: stocktaking.sight(m.desk, s, LOST),
    "scanned again": lambda m, s: stocktaking.sight(m.desk, s, ALSO),
    "closed": lambda m, s: stocktaking.close(m.desk, s),
    "closed, the rest missing": lambda m, s: stocktaking.close(
        m.desk, s, [line.id for line in stocktake_reports.report(m.desk, s).not_seen]
    ),
}


@pytest.mark.parametrize("story", GESTURES)
def test_undo_puts_everything_back_as_it_was(stock: MadeUp, story: str) -> None:
    stocktake = begun(stock)
    sights(stock, stocktake, ALSO)
    before = folded(stock)
    stock.clock.go_on(5)
    GESTURES[story](stock, stocktake)
    undoing.undo(stock.desk)
    assert folded(stock) == before


def test_undoing_a_beginning_takes_the_code_it_gave_with_it(made_up: MadeUp) -> None:
    made_up.instrument(location=STORE_A)
    before = folded(made_up)
    begun(made_up)
    assert _code_of(made_up, STORE_A)
    undoing.undo(made_up.desk)
    assert folded(made_up) == before


def test_what_rests_on_a_stocktake_keeps_it_from_being_undone(stock: MadeUp) -> None:
    other = stock.another_desk()
    stocktake = begun(stock)
    sights(other, stocktake, HERE)
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undoing.undo(stock.desk)
    stocktaking.close(stock.desk, stocktake)
    with pytest.raises(Refused) as refused:
        undoing.undo(other.desk)
    assert refused.value.facts["kind"] is FactKind.STOCKTAKE_CLOSED
    other.close()


REFUSALS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "a place nobody knows": ("NO_PLACE", lambda d: stocktaking.begin(d, "Barn")),
    "a repairer": ("STOCKTAKE_AT_REPAIRER", lambda d: stocktaking.begin(d, "Bow & Son")),
    "a place that is counted already": ("STOCKTAKE_RUNS", lambda d: stocktaking.begin(d, STORE_A)),
    "no stocktake of that name": ("NO_STOCKTAKE", lambda d: stocktaking.sight(d, "Barn", HERE)),
    "none of everything": ("NO_STOCKTAKE", lambda d: stocktaking.close(d, "all")),
    "none of that place": ("NO_STOCKTAKE", lambda d: stocktake_reports.report(d, STORE_B)),
    "back what was not scanned": ("NOT_HERE_ON_LOAN", lambda d: stocktaking.bring_back(d, STORE_A, [LENT])),
    "back what nobody knows": ("NO_INSTRUMENT", lambda d: stocktaking.bring_back(d, STORE_A, ["V99"])),
    "back where nothing is": ("NOTHING_TO_BRING_BACK", lambda d: stocktaking.bring_back(d, STORE_A)),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(stock: MadeUp, story: str) -> None:
    placing.add_place(stock.desk, "Bow & Son", "repairer")
    begun(stock)
    before = stock.dump()
    code, do = REFUSALS[story]
    with pytest.raises(Refused) as refused:
        do(stock.desk)
    assert refused.value.code == code
    assert stock.dump() == before


def test_the_report_on_paper_says_all_of_it(stock: MadeUp) -> None:
    stock.desk.staff = "Ann Example"
    stocktake = begun(stock)
    sights(stock, stocktake, HERE, THERE, LENT, LOST, "Z-9")
    unseen = [line.id for line in stocktake_reports.report(stock.desk, stocktake).not_seen]
    stocktaking.close(stock.desk, stocktake, unseen[:1])
    pages = PdfReader(BytesIO(stocktake_reports.report_pdf(stock.desk, stocktake))).pages
    text = "\n".join(page.extract_text() for page in pages)
    for part in (
        "Stocktake", STORE_A, "Ann Example", "1 of 3 were where they belong. 2 were not seen. 1 is set missing.",
        "Not seen (2)", "Here though on loan (1)", "Drama, Sam", "Turned up (1)", "Misplaced, and put right (1)",
        STORE_B, "Unknown codes (1)", "Found where they belong (1)", *(HERE, ALSO, THERE, LENT, LOST, NEVER), "Z-9",
    ):  # fmt: skip
        assert part in text


def test_the_report_as_a_table_opens_in_a_spreadsheet(stock: MadeUp, tmp_path: Path) -> None:
    stock.instrument(code="V7", make="=HYPERLINK(1)", location=STORE_A)
    stocktake = begun(stock)
    sights(stock, stocktake, HERE, THERE, LENT, "Z-9")
    table = stocktake_reports.report_table(stock.desk, stocktake_reports.report(stock.desk, stocktake))
    tabling.write_csv(tmp_path / "stock.csv", table)
    tabling.write_xlsx(tmp_path / "stock.xlsx", table)
    for name in ("stock.csv", "stock.xlsx"):
        rows = [row.cells for row in read_table(tmp_path / name).rows]
        assert rows[0][:3] == ("finding", "code", "instrument")
        assert [row[:2] for row in rows[1:]] == [
            ("misplaced", THERE), ("here though on loan", LENT), ("expected", HERE), ("unknown code", "Z-9"),
            ("not seen", ALSO), ("not seen", NEVER), ("not seen", "V7"),
        ]  # fmt: skip
        assert "HYPERLINK" in rows[-1][3]


def test_the_questions_asked_are_as_many_for_many_instruments_as_for_few(stock: MadeUp) -> None:
    stocktake = begun(stock)
    sights(stock, stocktake, HERE)
    few = _questions(stock, stocktake)
    assert 0 < few < 20
    for n in range(60):
        stock.instrument(code=f"W{n}", location=STORE_B)
    sights(stock, stocktake, *(f"W{n}" for n in range(30)))
    assert _questions(stock, stocktake) == few
    assert len(stocktake_reports.report(stock.desk, stocktake).misplaced) == 30


def _questions(made_up: MadeUp, stocktake: str) -> int:
    with made_up.desk.store.reading() as transaction:
        asked: list[str] = []
        raw: Any = transaction.connection.connection.dbapi_connection
        state = stocktaking.find_stocktake(transaction, stocktake)
        raw.set_trace_callback(asked.append)
        stocktake_reports.read_report(transaction, state)
        raw.set_trace_callback(None)
    return len(asked)
