"""The form that plans a run or changes one: its day, and the stops in the order the van drives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QVBoxLayout

from loanstore.i18n import _
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.borrower_picker import BorrowerPicker
from loanstore.ui.screens.form_parts import day_field, day_in, set_day

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.runs import Run
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.touring import RunCard
    from loanstore.storage.lists import BorrowerLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look


class RunForm(QFrame):
    """Nothing counts before it is saved; ``saved`` carries the run's code, ``left`` says it was given up."""

    saved = Signal(str)
    left = Signal()

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counter = counter
        self._run = ""
        self._stops: list[tuple[str, str]] = []
        self._title = label("title")
        self.day = day_field("runDay", _("Day of the run"))
        self.picker = BorrowerPicker("stop", _("Add a stop: type a school or a number, then Enter"), look, counter)
        self.picker.picked.connect(self._add)
        self.stops = named(QListWidget(), "stopList", _("Stops in the order the van drives"))
        self.stops.setMinimumHeight(look.theme.size("popup_row") * 3)
        self._said = label("muted", "", wrap=True)
        self._lay_out(look)

    def begin(self, today: date) -> None:
        """Plan a new run."""
        self._show("", _("Plan a run"), today, [])

    def change(self, card: RunCard, day: date) -> None:
        """Change a run that stands."""
        stops = [(stop.borrower.code, stop.borrower.label) for stop in card.stops]
        self._show(card.run.code, _("Change run {code}").format(code=card.run.code), day, stops)

    def save(self) -> None:
        """Save the run, or say what is missing."""
        if not self._stops:
            self._said.setText(_("Add at least one stop."))
            self.picker.field.setFocus()
            return
        day, stops, run = day_in(self.day), [code for code, _name in self._stops], self._run

        def work(desk: Desk) -> Done[Run]:
            from loanstore.operations import planning

            if run:
                return planning.change(desk, run, day=day, borrower_codes=stops)
            return planning.plan(desk, day, stops)

        self._counter.write(work, lambda made: self.saved.emit(made.code))

    def _show(self, run: str, title: str, day: date, stops: list[tuple[str, str]]) -> None:
        self._run, self._stops = run, stops
        self._title.setText(title)
        set_day(self.day, day)
        self.picker.clear()
        self._said.clear()
        self._draw()
        self.day.setFocus()

    def _add(self, line: BorrowerLine) -> None:
        if line.code in {code for code, _name in self._stops}:
            self._said.setText(_("{name} is a stop already.").format(name=line.name))
        else:
            self._said.clear()
            self._stops.append((line.code, line.name))
            self._draw(len(self._stops) - 1)
        self.picker.field.setFocus()

    def _move(self, step: int) -> None:
        at = self.stops.currentRow()
        to = at + step
        if 0 <= at < len(self._stops) and 0 <= to < len(self._stops):
            self._stops[at], self._stops[to] = self._stops[to], self._stops[at]
            self._draw(to)

    def _remove(self) -> None:
        at = self.stops.currentRow()
        if 0 <= at < len(self._stops):
            del self._stops[at]
            self._draw(min(at, len(self._stops) - 1))

    def _draw(self, chosen: int = 0) -> None:
        self.stops.clear()
        self.stops.addItems([f"{at}.  {name}  ·  {code}" for at, (code, name) in enumerate(self._stops, 1)])
        self.stops.setCurrentRow(chosen)

    def _lay_out(self, look: Look) -> None:
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(self._title)
        layout.addWidget(label("muted", _("Day of the run")))
        layout.addWidget(self.day)
        layout.addWidget(label("muted", _("Stops in the order the van drives")))
        layout.addWidget(self.picker)
        layout.addWidget(self.stops, 1)
        order = QHBoxLayout()
        order.addWidget(button("stopUp", _("Earlier"), lambda: self._move(-1)))
        order.addWidget(button("stopDown", _("Later"), lambda: self._move(1)))
        order.addWidget(button("stopRemove", _("Take out"), self._remove))
        order.addStretch(1)
        layout.addLayout(order)
        layout.addWidget(self._said)
        row = QHBoxLayout()
        row.addWidget(button("saveRun", _("Save the run"), self.save, primary=True))
        row.addWidget(button("leaveRun", _("Cancel"), self.left.emit))
        row.addStretch(1)
        layout.addLayout(row)
