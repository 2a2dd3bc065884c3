"""A volunteer at the desk: a library book, a colleague's pass, and one violin five times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from loanstore.domain.answers import Answer
from loanstore.domain.loans import Status

if TYPE_CHECKING:
    from tests.helpers.bench import Bench

BOOK = "9780306406157"
LANYARD = "P-0049-22"


def test_what_is_not_ours_and_a_nervous_finger_do_no_harm(bench: Bench) -> None:
    violin = bench.made_up.instrument("Violin", size="1/2")
    school = bench.made_up.borrower("Oakfield Primary School", kind="setting")
    bench.scan(school.code, BOOK)
    assert bench.window.desk.card.word() == "Not one of ours"
    assert bench.window.desk.panel.name() == "Oakfield Primary School"
    bench.scan(LANYARD)
    bench.scan(violin.code)
    bench.scan(violin.code, violin.code, violin.code, after=0.4)
    bench.scan(violin.code, after=30)
    assert bench.answers[1:] == [
        Answer.UNKNOWN_CODE,
        Answer.UNKNOWN_CODE,
        Answer.LENT,
        Answer.REPEATED,
        Answer.REPEATED,
        Answer.REPEATED,
        Answer.ALREADY_THEIRS,
    ]
    assert bench.rows()[:2] == ["Already theirs", "Again"]
    assert bench.made_up.show(violin.code).status is Status.ON_LOAN
    bench.press(Qt.Key.Key_F4)
    assert bench.answers[-1] is Answer.FINISHED
    with bench.made_up.desk.store.reading() as transaction:
        run = transaction.connection.exec_driver_sql
        assert run("SELECT count(*) FROM loans").scalar_one() == 1
        assert run("SELECT count(*) FROM agreements").scalar_one() == 1
        assert {row[0] for row in run("SELECT text FROM unknown_scans")} == {BOOK, LANYARD}
    assert bench.made_up.complaints() == []


def test_after_finish_the_pile_that_passes_the_scanner_again_stays_lent(bench: Bench) -> None:
    violin = bench.made_up.instrument("Violin", size="1/2")
    school = bench.made_up.borrower("Oakfield Primary School", kind="setting")
    bench.scan(school.code, violin.code, "LSCMD-FINISH")
    bench.scan(violin.code, after=30)
    assert bench.answers[-1] is Answer.SHOWN
    assert bench.made_up.show(violin.code).status is Status.ON_LOAN
