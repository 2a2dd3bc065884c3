"""The stocktake screen: what is counted, how far it is, and a list for every finding, live as others scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import ClampedLabel, button, label, named
from loanstore.ui.screens import stocktake_lines
from loanstore.ui.screens.folding_page import FoldingPage
from loanstore.ui.screens.plain_table import PlainTable
from loanstore.ui.screens.stocktake_lines import Line, Section
from loanstore.ui.screens.stocktake_strips import BeginStrip, CloseStrip
from loanstore.ui.screens.stocktake_view import View, headline, read_view
from loanstore.ui.screens.stocktake_work import StocktakeWork

if TYPE_CHECKING:
    from loanstore.domain.stocktakes import Stocktake
    from loanstore.operations.desk import Desk
    from loanstore.operations.stocktake_reports import Tallies
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.theme import Look

_MOST_OF_IT: Final = 100
_LEAST_ROWS: Final = 6
LOOK_AGAIN: Final = 4_000
"""Milliseconds between two looks at what other desks have scanned."""


class StocktakePage(FoldingPage):
    """One stocktake at a time, chosen at the head; scans of other desks are seen within seconds.

    ``choose`` carries a code to be used at the scan desk; ``page_wanted`` the name of another screen.
    """

    choose = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, look: Look, counter: Counter, papers: DeskPapers, box: ErrorBox) -> None:
        super().__init__(look, "stocktake")
        self._look = look
        self._counter = counter
        self.work = StocktakeWork(counter, papers, box)
        self._view = View(())
        self._section = Section.NOT_SEEN
        self._chosen: str | None = None
        self.begin = BeginStrip(look)
        self.closing = CloseStrip(look)
        self.which = named(QComboBox(), "whichStocktake", _("Which stocktake"))
        named(self.which.view(), "whichStocktakeList", _("Which stocktake"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.activated.connect(self._choose_other)
        self.table: PlainTable[Line] = PlainTable(look, "stocktakeLines", _("Findings"), lambda line: line.code)
        self.tiles: dict[Section, QPushButton] = {}
        self._lay_out()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN)
        self._timer.timeout.connect(self._look_again)
        self._timer.start()

    def shown(self) -> None:
        """Come into view: everything is read afresh."""
        self.refresh()

    def fold(self, *, narrow: bool) -> None:
        """Spare columns where room is short."""
        self.table.spare(narrow=narrow)

    def refresh(self) -> None:
        """Read the stocktakes and the chosen one's report."""
        chosen = self._chosen
        self._counter.read(lambda desk: read_view(desk, chosen), self._show, name="stocktake")

    def tally(self, section: Section) -> int:
        """Give the count on a tile."""
        return len((self._view.lines or {}).get(section, ()))

    def headline(self) -> str:
        """Give what is said of the stocktake as a whole."""
        return self._headline.text()

    def show_section(self, section: Section) -> None:
        """Show the list of a finding."""
        self._section = section
        self.tiles[section].setChecked(True)
        found = (self._view.lines or {}).get(section, ())
        self.table.show_lines(stocktake_lines.columns(section, self._look), found)
        self._listed.setCurrentIndex(0 if found else 1)
        self._nothing.setText(stocktake_lines.nothing(section))
        self._show_actions()

    def _connect(self) -> None:
        self.begin.begun.connect(lambda place: self.work.begin(place, self._begun))
        self.closing.decided.connect(lambda missing: self.work.close(self._chosen or "", missing))
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._show_actions())
        self._counter.changes.listen(frozenset({"stocktakes", "instruments", "places", "loans"}), self._changed)
        self._counter.when_open(self._changed)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _look_again(self) -> None:
        """Ask how far the stocktake is by now; only where another desk has scanned is the whole read again."""
        report = self._view.report
        if not self.isVisible() or report is None or report.stocktake.closed is not None or self._counter.reader.busy:
            return

        def work(desk: Desk) -> Tallies:
            from loanstore.operations import stocktake_reports

            return stocktake_reports.tallies(desk, report.stocktake.id)

        def counted(made: Tallies) -> None:
            found = sum(made.found.values())
            if (found, made.not_seen, made.unknown, made.stocktake.closed) != (
                report.found,
                len(report.not_seen),
                len(report.unknown),
                None,
            ):
                self.refresh()

        self._counter.read(work, counted, name="stocktake-tallies")

    def _show(self, view: View) -> None:
        before = self._view.report.stocktake.id if self._view.report is not None else None
        self._view = view
        report = view.report
        self._body.setCurrentIndex(0 if report is None else 1)
        self.which.setVisible(bool(view.all))
        self.which.clear()
        for identity, said in view.all:
            self.which.addItem(said, identity)
        if report is None:
            return
        self._chosen = report.stocktake.id
        self.which.setCurrentIndex(self.which.findData(self._chosen))
        self._headline.say(headline(report))
        self._since.say(view.since)
        self._bar.setMaximum(max(1, report.awaited))
        self._bar.setValue(len(report.expected))
        for section, tile in self.tiles.items():
            n = self.tally(section)
            tile.setText(f"{n:,}\n{stocktake_lines.title(section)}")
            tile.setAccessibleName(f"{stocktake_lines.title(section)}, {n:,}")
        if before != self._chosen or report.stocktake.closed is not None:
            self.closing.hide()
        self.show_section(self._section)

    def _show_actions(self) -> None:
        report = self._view.report
        still_open = report is not None and report.stocktake.closed is None
        on_loan = self._section is Section.ON_LOAN and still_open
        out = [line for line in self.table.chosen() if line.out]
        n = len(report.still_out) if report is not None else 0
        self._back.setVisible(on_loan)
        self._back.setEnabled(bool(out))
        self._back_all.setVisible(on_loan)
        self._back_all.setEnabled(n > 0)
        self._back_all.setText(
            ngettext("Bring {n} back", "Bring all {n} back", n).format(n=n) if n else _("Bring all back")
        )
        self._scan.setVisible(still_open)
        self._end.setVisible(still_open)

    def _choose_other(self, at: int) -> None:
        self._chosen = str(self.which.itemData(at))
        self.refresh()

    def _ask_begin(self) -> None:
        self.work.ask_places(self.begin.ask)

    def _begun(self, made: Stocktake) -> None:
        self._chosen, self._section = made.id, Section.NOT_SEEN
        self.refresh()

    def _go_and_scan(self) -> None:
        if self._view.place_code:
            self.choose.emit(self._view.place_code)
        else:
            self.page_wanted.emit("desk")

    def _bring_chosen(self) -> None:
        self.work.bring_back(self._chosen or "", [line.code for line in self.table.chosen() if line.out])

    def _ask_close(self) -> None:
        if self._view.report is not None:
            self.show_section(Section.NOT_SEEN)
            self.closing.ask(self._view.report.not_seen)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        head = self.folding_row()
        head.addWidget(label("title", _("Stocktake")))
        head.addSpacing(size("s4"))
        head.addWidget(self.which, _MOST_OF_IT)
        head.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(size("s2"))
        buttons.addWidget(button("askBegin", _("Begin a stocktake"), self._ask_begin))
        buttons.addWidget(button("goPlaces", _("Places"), lambda: self.page_wanted.emit("places")))
        head.addLayout(buttons)
        self._body = QStackedWidget()
        self._body.addWidget(self._make_empty())
        self._body.addWidget(self._make_counted())
        self.column.addLayout(head)
        self.column.addWidget(self.begin)
        self.column.addWidget(self.closing)
        self.column.addWidget(self._body, 1)

    def _make_empty(self) -> QFrame:
        made = named(QFrame(), "card")
        said = label(
            "mutedLarge", _("Stock was never taken here. Choose a place, then scan what stands there."), wrap=True
        )
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(made)
        layout.addStretch(1)
        layout.addWidget(said)
        layout.addSpacing(self._look.theme.size("s4"))
        first = button("firstBegin", _("Begin a stocktake"), self._ask_begin, primary=True)
        layout.addWidget(first, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return made

    def _make_counted(self) -> QWidget:
        size = self._look.theme.size
        self._headline = ClampedLabel("mutedLarge")
        self._since = ClampedLabel("muted")
        self._bar = named(QProgressBar(), "stocktakeBar", _("How far the stocktake is"))
        self._bar.setTextVisible(False)
        self._scan = button("scanHere", _("Scan at the desk"), self._go_and_scan, primary=True)
        self._end = button("endStocktake", _("Close the stocktake"), self._ask_close)
        words = QVBoxLayout()
        words.setSpacing(size("s1"))
        words.addWidget(self._headline)
        words.addWidget(self._since)
        words.addWidget(self._bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(size("s2"))
        buttons.addWidget(self._scan)
        buttons.addWidget(self._end)
        top = self.folding_row()
        top.addLayout(words, 1)
        top.addSpacing(size("s4"))
        top.addLayout(buttons)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s3"))
        layout.addLayout(top)
        layout.addLayout(self._make_tiles())
        layout.addWidget(self._make_list(), 1)
        return made

    def _make_tiles(self) -> FlowLayout:
        row = FlowLayout(self._look.theme.size("s2"))
        group = QButtonGroup(self)
        for section in Section:
            tile = named(QPushButton(), f"tile-{section.value}", stocktake_lines.title(section))
            tile.setProperty("tile", True)
            tile.setCheckable(True)
            tile.clicked.connect(lambda _on, section=section: self.show_section(section))
            group.addButton(tile)
            row.addWidget(tile)
            self.tiles[section] = tile
        return row

    def _make_list(self) -> QFrame:
        size = self._look.theme.size
        self._nothing = label("mutedLarge", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._listed = QStackedWidget()
        self._listed.addWidget(self.table)
        self._listed.addWidget(self._nothing)
        self._back = button("bringBack", _("Bring back"), self._bring_chosen)
        self._back_all = button(
            "bringAllBack", _("Bring all back"), lambda: self.work.bring_back(self._chosen or "", None)
        )
        self._listed.setMinimumHeight(size("row") * _LEAST_ROWS)
        foot = FlowLayout(size("s2"))
        foot.addWidget(self._back)
        foot.addWidget(self._back_all)
        foot.addWidget(
            button("printStocktake", _("Print the report"), lambda: self.work.print_report(self._chosen or ""))
        )
        foot.addWidget(
            button("saveStocktake", _("Save as a spreadsheet"), lambda: self.work.save_report(self, self._chosen or ""))
        )
        card = named(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        inside.addWidget(self._listed, 1)
        inside.addLayout(foot)
        return card
