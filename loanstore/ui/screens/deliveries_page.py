"""Deliveries: the runs by day, the chosen one with its stops, and the crates that stand uncounted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from loanstore.domain import codes
from loanstore.i18n import _
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.crates_card import CratesCard
from loanstore.ui.screens.form_parts import small_table
from loanstore.ui.screens.run_form import RunForm
from loanstore.ui.screens.run_panel import RunPanel
from loanstore.ui.table_model import Column, TableModel
from loanstore.wording import short_day
from loanstore.wording.deliveries import progress_word

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.runs import Run
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.touring import RunCard, RunLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.theme import Look

Read = tuple[tuple[Any, ...], "RunCard | None", tuple[Any, ...], date]


class DeliveriesPage(QScrollArea):
    """Runs at the left, the chosen one at the right; in a narrow window one below the other.

    ``for_desk`` carries a scan that waited for the page to be read and then was none of its own.
    """

    sounded = Signal(str)
    for_desk = Signal(str)

    def __init__(self, look: Look, counter: Counter, papers: DeskPapers) -> None:
        super().__init__()
        self.setObjectName("deliveries")
        self._look = look
        self._counter = counter
        self._papers = papers
        self._chosen = ""
        self._drawing = False
        self._reading = False
        self._kept: list[str] = []
        size = look.theme.size
        columns: tuple[Column[RunLine], ...] = (
            Column(_("Day"), lambda line: short_day(date.fromisoformat(line.day)), size("day")),
            Column(_("Stops"), lambda line: ", ".join(line.stops)),
            Column(_("Stands"), lambda line: progress_word(line.progress), size("status")),
        )
        self.model: TableModel[RunLine] = TableModel(columns, self)
        self.table = small_table("runsTable", _("Runs by day"), self.model, look)
        self.past = named(QCheckBox(_("Past runs too")), "pastRuns")
        self.past.toggled.connect(lambda _on: self.refresh())
        self.panel = RunPanel(look, counter)
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._run_chosen())
        self.table.opened.connect(lambda _row: self.panel.table.setFocus())
        self.form = RunForm(look, counter)
        self.crates = CratesCard(look, counter)
        self._first = button("planFirstRun", _("Plan a run"), self.plan, primary=True)
        self._right = QStackedWidget()
        self._empty = self._make_empty()
        for one in (self._empty, self.panel, self.form):
            self._right.addWidget(one)
        self._lay_out()
        self._connect()

    def shown(self) -> None:
        """Come into view: everything is read afresh, and the keyboard begins among the runs."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the runs, the chosen one and the crates again."""
        chosen, past = self._chosen, self.past.isChecked()
        self._reading = True

        def work(desk: Desk) -> Read:
            from loanstore.operations import receiving, touring

            lines = touring.runs(desk, past=past)
            run = touring.known_run(desk, chosen) or (lines[0].code if lines else "")
            card = touring.run_card(desk, run) if run else None
            return lines, card, receiving.crates(desk), desk.today()

        self._counter.read(work, self._read_all, name="deliveries")

    def take_scan(self, text: str) -> bool:
        """Take a scan where a run is open: a run's code or a stop's chooses it, anything else is loaded.

        Tell whether it was taken; a command's barcode, or a scan with no run open, belongs to the desk.
        """
        form = codes.normalise(text)
        if codes.read_command(text) is not None:
            return False
        if self._reading and self.panel.card is None:
            self._kept.append(text)
            return True
        run = next((line.code for line in self.model.lines() if codes.normalise(line.code) == form), None)
        if run is not None:
            self.choose_run(run)
            return True
        if self._right.currentWidget() is not self.panel:
            return False
        if not self.panel.choose(form):
            self.panel.take(text)
        return True

    def choose_run(self, code: str) -> None:
        """Show a run."""
        self._chosen = code
        self.refresh()

    def plan(self) -> None:
        """Begin to plan a run."""
        self.form.begin(self._today())
        self._right.setCurrentWidget(self.form)
        self.form.day.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the run below the list of runs where the window is narrow."""
        super().resizeEvent(event)
        size = self._look.theme.size
        narrow = self.width() < size("fold_below") - size("side_width")
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._left.setMinimumWidth(0 if narrow else size("runs"))
        self._left.setMaximumWidth(size("runs") if not narrow else self.width())

    def _show(self, read: Read) -> None:
        lines, card, crates, today = read
        self._drawing = True
        self.model.show(lines)
        self._chosen = card.run.code if card is not None else ""
        for row, line in enumerate(self.model.lines()):
            if line.code == self._chosen:
                self.table.selectRow(row)
        self._drawing = False
        self.crates.show_lines(crates)
        if card is not None:
            self.panel.show_card(card, today)
        if self._right.currentWidget() is not self.form:
            self._right.setCurrentWidget(self.panel if card is not None else self._empty)

    def _answered(self, tone: str) -> None:
        """Bring an answer into view, where the window is too small for all of the page."""
        # The strip has its height only once the layout has seen what it says.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.panel.answer))
        self.sounded.emit(tone)

    def _follow(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """Keep what has the keyboard in view."""
        if entered is not None and self.isAncestorOf(entered):
            self.ensureWidgetVisible(entered)

    def _read_all(self, read: Read) -> None:
        self._reading = False
        self._show(read)
        if self.panel.card is None and self.table.hasFocus():
            self._first.setFocus()
        kept, self._kept = self._kept, []
        for text in kept:
            if not self.take_scan(text):
                self.for_desk.emit(text)

    def _not_read(self) -> None:
        self._reading = False

    def _run_chosen(self) -> None:
        row = -1 if self._drawing else self.table.currentIndex().row()
        if 0 <= row < self.model.rowCount() and self.model.line(row).code != self._chosen:
            self._right.setCurrentWidget(self.panel)
            self.choose_run(self.model.line(row).code)

    def _change(self) -> None:
        card = self.panel.card
        if card is not None:
            self.form.change(card, date.fromisoformat(card.run.day))
            self._right.setCurrentWidget(self.form)
            self.form.day.setFocus()

    def _saved(self, run: str) -> None:
        self._right.setCurrentWidget(self.panel)
        self.choose_run(run)
        self.panel.field.setFocus()

    def _left_form(self) -> None:
        self._right.setCurrentWidget(self.panel if self.panel.card is not None else self._empty)
        self.table.setFocus()

    def _call_off(self, run: str) -> None:
        def work(desk: Desk) -> Done[Run]:
            from loanstore.operations import planning

            return planning.cancel(desk, run)

        def done(_run: Run) -> None:
            self._chosen = ""
            self.refresh()
            self.table.setFocus()

        self._counter.write(work, done)

    def _print_docket(self, run: str, borrower: str) -> None:
        def work(desk: Desk) -> bytes:
            from loanstore.operations import docketing

            return docketing.docket_pdf(desk, run, borrower)

        self._counter.read(work, lambda pdf: self._papers.give_out(f"docket-{run}", pdf))

    def _print_sheet(self, run: str) -> None:
        def work(desk: Desk) -> bytes:
            from loanstore.operations import docketing

            return docketing.load_sheet_pdf(desk, run)

        self._counter.read(work, lambda pdf: self._papers.give_out(f"load-sheet-{run}", pdf))

    def _today(self) -> date:
        desk = self._counter.desk
        if desk is None:
            raise RuntimeError("no store is open")
        return desk.desk.today()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._left_form)
        self.panel.change_wanted.connect(self._change)
        self.panel.cancel_wanted.connect(self._call_off)
        self.panel.docket_wanted.connect(self._print_docket)
        self.panel.sheet_wanted.connect(self._print_sheet)
        self.panel.agreed.connect(self._papers.offer_agreement)
        self.panel.sounded.connect(self._answered)
        self._counter.failed.connect(self._not_read)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self._counter.changes.listen(frozenset({"runs", "instruments", "loans", "borrowers"}), self._changed)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        inside = named(QWidget(), "scrolled")
        head = QHBoxLayout()
        head.addWidget(label("title", _("Deliveries")))
        head.addStretch(1)
        head.addWidget(button("planRun", _("Plan a run"), self.plan))
        runs = named(QFrame(), "card")
        listed = QVBoxLayout(runs)
        listed.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        listed.addWidget(self.table, 1)
        listed.addWidget(self.past)
        self.table.setMinimumHeight(size("row") * 5)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(size("s4"))
        left.addWidget(runs, 3)
        left.addWidget(self.crates, 2)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(size("s4"))
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._right, 1)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addLayout(head)
        layout.addLayout(self._columns, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _make_empty(self) -> QFrame:
        made = named(QFrame(), "card")
        words = label(
            "mutedLarge", _("No runs yet. A run takes a day, and the schools in the order the van drives."), wrap=True
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._first)
        row.addStretch(1)
        layout = QVBoxLayout(made)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addSpacing(self._look.theme.size("s4"))
        layout.addLayout(row)
        layout.addStretch(1)
        return made
