"""From nothing to a working desk: the first start, a locked store, the demo, and scans that come too early."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from loanstore import bootstrap, keys
from loanstore.domain.answers import Answer
from loanstore.operations import browsing, housekeeping
from loanstore.settings import MachineSettings
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.helpers.bench import Bench

PASSPHRASE = "four made up words"  # noqa: S105 - everybody here is made up


def wait_for_store(bench: Bench) -> None:
    bench.qtbot.waitUntil(lambda: bench.counter.is_open, timeout=WAIT)
    bench.settle()


def type_on(text: str) -> None:
    """Type into whatever has the focus, and press Enter."""
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def make_store(path: Path) -> None:
    bootstrap.create_desk(path, PASSPHRASE, "Fenmarsh Music", "FM").close()


def test_without_a_store_four_fields_by_keyboard_make_one(closed_bench: Bench, tmp_path: Path) -> None:
    bench, path = closed_bench, tmp_path / "new" / "fenmarsh.loanstore"
    first = bench.shop.starting.first
    bench.shop.starting.begin(str(path))
    bench.qtbot.waitUntil(first.isVisible, timeout=WAIT)
    bench.qtbot.waitUntil(first.owner.hasFocus, timeout=WAIT)
    type_on("Fenmarsh Music")
    assert first.prefix.text() == "FM"
    type_on(PASSPHRASE)
    type_on(PASSPHRASE)
    wait_for_store(bench)
    assert path.exists()
    assert bench.window.windowTitle() == "Fenmarsh Music – loanstore"
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert MachineSettings().read().last_store == str(path)


def test_a_new_store_offers_its_recovery_sheet_until_the_next_scan(closed_bench: Bench, tmp_path: Path) -> None:
    bench = closed_bench
    first = bench.shop.starting.first
    bench.shop.starting.begin(str(tmp_path / "fenmarsh.loanstore"))
    bench.qtbot.waitUntil(first.owner.hasFocus, timeout=WAIT)
    for text in ("Fenmarsh Music", PASSPHRASE, PASSPHRASE):
        type_on(text)
    wait_for_store(bench)
    offer = bench.button("offer")
    assert offer.isVisible()
    assert "recovery sheet" in offer.text()
    offer.click()
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    bench.window.take_scan("978014103614X")
    bench.settle()
    assert not offer.isVisible()


def test_a_helper_that_types_fast_is_no_scanner_while_a_store_is_begun(closed_bench: Bench, tmp_path: Path) -> None:
    first = closed_bench.shop.starting.first
    closed_bench.shop.starting.begin(str(tmp_path / "fenmarsh.loanstore"))
    closed_bench.qtbot.waitUntil(first.owner.hasFocus, timeout=WAIT)
    for key in (Qt.Key.Key_F, Qt.Key.Key_E, Qt.Key.Key_N, Qt.Key.Key_S, Qt.Key.Key_Return):
        QTest.keyClick(closed_bench.window.windowHandle(), key)
    assert first.owner.text().lower() == "fens"


def test_a_short_passphrase_is_warned_of_and_two_that_differ_are_not_taken(closed_bench: Bench, tmp_path: Path) -> None:
    first = closed_bench.shop.starting.first
    closed_bench.shop.starting.begin(str(tmp_path / "fenmarsh.loanstore"))
    closed_bench.qtbot.waitUntil(first.owner.hasFocus, timeout=WAIT)
    type_on("Fenmarsh Music")
    type_on("short")
    assert "short" in first.advice()
    type_on("shirt")
    assert "not the same" in first.trouble()
    assert not (tmp_path / "fenmarsh.loanstore").exists()


def test_a_wrong_passphrase_is_said_on_the_page_and_the_right_one_opens(closed_bench: Bench, tmp_path: Path) -> None:
    bench, path = closed_bench, tmp_path / "fenmarsh.loanstore"
    make_store(path)
    locked = bench.shop.starting.locked
    bench.shop.starting.begin(str(path))
    bench.qtbot.waitUntil(locked.field.hasFocus, timeout=WAIT)
    assert locked.trouble() == ""
    type_on("a wrong one")
    bench.qtbot.waitUntil(lambda: "does not open" in locked.trouble(), timeout=WAIT)
    type_on(PASSPHRASE)
    wait_for_store(bench)
    assert bench.window.screens.currentWidget() is bench.window.desk


def test_the_environment_answers_and_nothing_is_asked(
    closed_bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fenmarsh.loanstore"
    make_store(path)
    monkeypatch.setenv(keys.PASSPHRASE_VARIABLE, PASSPHRASE)
    closed_bench.shop.starting.begin(str(path))
    wait_for_store(closed_bench)
    assert closed_bench.window.windowTitle() == "Fenmarsh Music – loanstore"


def test_a_file_that_is_no_store_is_said_where_another_can_be_chosen(closed_bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "shopping.loanstore"
    path.write_text("eggs, milk and a shopping list that is long enough")
    first = closed_bench.shop.starting.first
    closed_bench.shop.starting.begin(str(path))
    closed_bench.qtbot.waitUntil(lambda: "not written by loanstore" in first.trouble(), timeout=WAIT)


def test_the_demo_is_one_button_away(closed_bench: Bench, tmp_path: Path) -> None:
    bench = closed_bench
    bench.shop.starting.begin(str(tmp_path / "nothing.loanstore"))
    bench.qtbot.waitUntil(bench.shop.starting.first.isVisible, timeout=WAIT)
    found = bench.shop.starting.first.findChild(QPushButton, "tryDemo")
    assert isinstance(found, QPushButton)
    found.click()
    wait_for_store(bench)
    opened = bench.counter.desk
    assert opened is not None
    assert browsing.list_instruments(opened.desk).total > 10
    assert MachineSettings().read().last_store == ""


def test_what_is_scanned_before_the_store_is_open_is_kept_and_answered_in_order(closed_bench: Bench) -> None:
    bench = closed_bench
    family = bench.made_up.borrower("Drama, Sam")
    violin = bench.made_up.instrument("Violin")
    for text in (family.code, violin.code, "LSCMD-FINISH"):
        bench.window.take_scan(text)
    assert bench.window.desk.card.word() == "One moment"
    bench.sit_down()
    wait_for_store(bench)
    bench.settle()
    assert bench.answers == [Answer.BORROWER_CHOSEN, Answer.LENT, Answer.FINISHED]


def test_words_typed_before_the_store_is_open_are_looked_up_once_it_is(closed_bench: Bench) -> None:
    bench = closed_bench
    bench.made_up.borrower("Drama, Sam")
    bench.window.desk.field.setFocus()
    bench.type("drama")
    bench.sit_down()
    bench.qtbot.waitUntil(lambda: bool(bench.window.desk.field.finds()), timeout=WAIT)
    assert bench.window.desk.field.finds()[0].startswith("Drama, Sam")


def test_closing_makes_the_days_backup_and_loses_nothing(closed_bench: Bench, tmp_path: Path) -> None:
    bench, path = closed_bench, tmp_path / "fenmarsh.loanstore"
    make_store(path)
    source = keys.PassphraseSource(environment={keys.PASSPHRASE_VARIABLE: PASSPHRASE})
    bench.counter.open(str(path), source, None)
    wait_for_store(bench)
    opened = bench.counter.desk
    assert opened is not None
    for _n in range(5):
        bench.counter.scan("978014103614X")
    bench.counter.close()
    assert len(list(opened.backup_folder().glob("fenmarsh-*.loanstore"))) == 1
    again = bootstrap.open_desk(path, source)
    assert housekeeping.info(again.desk).facts == 5
    again.close()
