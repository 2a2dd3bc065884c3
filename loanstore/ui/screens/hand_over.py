"""The list of this hand-over: the last scans, newest first, and the buttons under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout

from loanstore.domain import codes
from loanstore.domain.answers import REFUSALS, Answer, Tone, tone
from loanstore.domain.instruments import title
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named, set_tone
from loanstore.ui.table_model import Column, TableModel
from loanstore.ui.theme import mono_font
from loanstore.wording import band, clock, sentence, short_day

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont

    from loanstore.domain.sessions import SessionState
    from loanstore.operations.outcomes import Outcome
    from loanstore.ui.theme import Look

KEPT: Final = 200
"""How many scans the list remembers."""


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One scan in the list; ``past`` is of a hand-over that was finished."""

    at: str
    tone: Tone
    word: str
    code: str
    what: str
    end: str
    past: bool = False


def line_of(outcome: Outcome) -> ScanLine:
    """Put an outcome on one line."""
    found, borrower = outcome.instrument, outcome.borrower
    word = band(outcome)
    what = outcome.scanned
    if found is not None:
        what = title(found.fields)
        if outcome.answer is Answer.OUT_TO_OTHER and borrower is not None:
            kind = what.partition(", ")[0]
            word, what = _("Someone else's"), f"{kind} · {band(outcome)}"
    elif borrower is not None and outcome.answer not in REFUSALS:
        what = borrower.label
    elif codes.read_command(what) is not None:
        what = sentence(outcome)
    code = found.code if found is not None else (outcome.agreement or "")
    return ScanLine(clock(outcome.at.astimezone()), tone(outcome.answer), word, code, what, _end_of(outcome))


def _end_of(outcome: Outcome) -> str:
    if outcome.answer is Answer.LENT and outcome.due is not None:
        return short_day(outcome.due)
    if outcome.answer is Answer.OUT_TO_OTHER:
        return _("Take · Back")
    if outcome.answer is Answer.RETURNED:
        return outcome.borrower.label if outcome.borrower is not None else ""
    loan = outcome.instrument.loan if outcome.instrument is not None else None
    return short_day(date.fromisoformat(loan.due)) if loan is not None else ""


class HandOver(QFrame):
    """The card of this hand-over."""

    finish = Signal()
    undo = Signal()
    change_due = Signal()
    earlier = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._title = label("heading", _("This hand-over"))
        self._lines: list[ScanLine] = []
        self.model: TableModel[ScanLine] = TableModel(self._columns(), self)
        self.table = self._make_table()
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s3"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(self._title)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._make_buttons())
        look.changed.connect(self.table.viewport().update)

    def add(self, outcome: Outcome, state: SessionState) -> None:
        """Put an outcome at the top; a finished hand-over steps back."""
        if outcome.answer is Answer.FINISHED or outcome.finished:
            self._lines = [replace(line, past=True) for line in self._lines]
        self._lines = [line_of(outcome), *self._lines][:KEPT]
        self.model.show(self._lines)
        self.table.scrollToTop()
        self.show_state(state)

    def show_state(self, state: SessionState) -> None:
        """Say how far this hand-over is, and what its buttons can do."""
        lent, back = len(state.lent), len(state.returned)
        parts = [_("This hand-over")]
        if lent or back:
            said = (_("{n} lent").format(n=lent) if lent else "", _("{n} returned").format(n=back) if back else "")
            parts.append(", ".join(filter(None, said)))
        if state.sent:
            parts.append(_("{n} to be repaired").format(n=len(state.sent)))
        if state.place is not None:
            parts.append(_("at {place}").format(place=state.place.name))
        self._title.setText(" · ".join(parts))
        on = _("On {day}").format(day=short_day(state.happened)) if state.happened else _("Earlier day")
        self._day.setText(on)
        self._day.setAccessibleName(on)
        set_tone(self._day, "earlier", "true" if state.happened else "false")
        self._due.setEnabled(state.borrower is not None)
        self._finish.setEnabled(state.open)
        words = _("Finish and make agreement") if lent else _("Finish")
        self._finish.setText(f"{words}   F4")
        self._finish.setAccessibleName(words)

    def _make_buttons(self) -> FlowLayout:
        self._finish = button("finish", _("Finish") + "   F4", self.finish.emit, primary=True)
        self._undo = button("undo", _("Undo last") + "   Ctrl Z", self.undo.emit)
        self._due = button("changeDue", _("Due date"), self.change_due.emit)
        self._day = button("earlier", _("Earlier day"), self.earlier.emit)
        row = FlowLayout(self._look.theme.size("s2"))
        for one in (self._finish, self._undo, self._due, self._day):
            row.addWidget(one)
        return row

    def _make_table(self) -> QTableView:
        size = self._look.theme.size
        table = named(QTableView(), "handOverTable", _("The last scans"))
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size("scan_row"))
        table.horizontalHeader().hide()
        table.setMinimumHeight(6 * size("scan_row") + 2)
        header = table.horizontalHeader()
        header.setMinimumSectionSize(size("s4"))
        for at, column in enumerate(self.model.columns):
            if column.width:
                table.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        table.setIconSize(QSize(0, 0))
        return table

    def _columns(self) -> tuple[Column[ScanLine], ...]:
        theme = self._look.theme
        return (
            Column(_("Time"), lambda line: line.at, theme.size("time_column"), colour=self._muted),
            Column(
                _("Answer"),
                lambda line: line.word,
                theme.size("word_column"),
                colour=lambda line: self._colour(line.tone.value, line),
                font=lambda _line: self._bold(),
            ),
            Column(
                _("Code"),
                lambda line: line.code,
                theme.size("code_column"),
                colour=lambda line: self._colour("ink", line),
                font=lambda _line: mono_font(self._look.theme),
            ),
            Column(_("What"), lambda line: line.what, 0, colour=lambda line: self._colour("ink", line)),
            Column(_("Due"), lambda line: line.end, theme.size("end_column"), colour=self._muted),
        )

    def _muted(self, _line: ScanLine) -> QColor:
        return self._look.theme.colour("muted")

    def _colour(self, name: str, line: ScanLine) -> QColor:
        return self._look.theme.colour("muted" if line.past else name)

    def _bold(self) -> QFont:
        font = self.font()
        font.setBold(True)
        return font
