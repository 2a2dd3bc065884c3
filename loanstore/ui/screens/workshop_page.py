"""The workshop: what is at the repairers', what is due for service, and what is ready to be sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from loanstore.domain.services import Work
from loanstore.i18n import _
from loanstore.ui.choices import choice, day_field, day_in, last_day, set_day
from loanstore.ui.find_field import FindField, page_head
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label
from loanstore.ui.screens import workshop_lists
from loanstore.ui.screens.repair_forms import RepairForm, SendForm
from loanstore.ui.screens.work_list import make_tabs, say_count, scrolling
from loanstore.wording.workshop import due_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.repairs import Decision, Outcome
    from loanstore.operations.desk import Desk
    from loanstore.operations.servicing import DueLine
    from loanstore.storage.workshop_lists import AttentionLine, Repairer, RepairLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.work_list import WorkList
    from loanstore.ui.theme import Look
    from loanstore.ui.workshop_actions import WorkshopActions

REPAIRS, DUE, READY = range(3)
_REDRAW_ON: Final = frozenset({"instruments", "repairs", "places", "loans", "settings"})


class WorkshopPage(QWidget):
    """Three lists, one at a time; what is done with the chosen lines stands below each."""

    def __init__(self, look: Look, counter: Counter, box: ErrorBox, actions: WorkshopActions) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._counter = counter
        self._box = box
        self._actions = actions
        self._stale = True
        self.repairs = workshop_lists.at_repairers(look)
        self.due = workshop_lists.due_services(look)
        self.ready = workshop_lists.ready_to_send(look)
        self.repair_form = RepairForm(look)
        self.send_form = SendForm(look, self.send)
        self._done = button("noteDone", _("Note as done"), self.note_done, primary=True)
        self.done_on = day_field("doneOn", _("Done on"))
        works = [(due_word(work), work.value) for work in Work]
        self.work = choice("dueWork", _("Which work"), [(_("All work"), ""), *works])
        self.by = day_field("dueBy", _("Due by"))
        self.field = FindField("find-workshop", _("Find by number, type, repairer or place"))
        self._tabs = make_tabs(self, ("showRepairs", "showDue", "showReady"), self.show_list)
        self.lists: tuple[WorkList, WorkList, WorkList] = (self.repairs, self.due, self.ready)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def shown(self) -> None:
        """Come into view: what changed meanwhile is read, and one may type at once."""
        if self._stale:
            self.refresh()
        self._set_today()
        self.field.setFocus()
        self.field.selectAll()

    def show_list(self, at: int) -> None:
        """Show one of the three lists."""
        self._tabs[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self.lists[at].narrow(self.field.text())

    def refresh(self) -> None:
        """Read everything again."""
        self._stale = False
        day = day_in(self.by)

        def work(desk: Desk) -> tuple[Sequence[RepairLine], Sequence[DueLine], Sequence[Repairer]]:
            from loanstore.operations import servicing, workshop

            return workshop.repairs(desk), servicing.due_services(desk, day), workshop.repairers(desk)

        def show(found: tuple[Sequence[RepairLine], Sequence[DueLine], Sequence[Repairer]]) -> None:
            repairs, due, repairers = found
            self.repairs.show_lines(repairs)
            wanted = self.work.currentData()
            late_first = sorted(due, key=lambda line: (line.due is None, line.due or date.min))
            self.due.show_lines([line for line in late_first if wanted in {"", line.work.value}])
            self.send_form.show_repairers(repairers)
            self._say_counts()

        self._counter.read(work, show, name="workshop")
        self._count_attention()

    def send(self) -> None:
        """Send what is chosen to the repairer, and print the docket."""
        codes, to = [line.code for line in self.ready.chosen()], self.send_form.repairer.currentData()
        if codes and to is not None:
            self._actions.send(codes, to, self.send_form.fault.text(), self.send_form.fault.clear)

    def note_done(self) -> None:
        """Note that the chosen work was done, on the day that stands beside the button."""
        done = [(line.code, line.work) for line in self.due.chosen()]
        if done:
            self._actions.note_done(done, day_in(self.done_on))

    def _quote(self, pence: int) -> None:
        for line in self.repairs.chosen()[:1]:
            self._actions.quote(line.code, pence, self.repair_form.clear)

    def _decide(self, decision: Decision) -> None:
        for line in self.repairs.chosen()[:1]:
            self._actions.decide(line.code, decision, self.repair_form.clear)

    def _take_back(self, outcome: Outcome, cost: int | None) -> None:
        codes = [line.code for line in self.repairs.chosen()]
        if codes:
            self._actions.take_back(codes, outcome, cost, self.repair_form.clear)

    def _print_docket(self) -> None:
        repairs = [line.id for line in self.repairs.chosen() if line.id]
        if repairs:
            self._actions.print_docket(repairs)

    def _count_attention(self) -> None:
        def work(desk: Desk) -> Sequence[AttentionLine]:
            from loanstore.operations import workshop

            return workshop.needing_attention(desk)

        def show(lines: Sequence[AttentionLine]) -> None:
            self.ready.show_lines(lines)
            self._say_counts()

        self._counter.read(work, show, name="attention")

    def _say_counts(self) -> None:
        names = (_("At the repairers"), _("Due services"), _("Ready to send"))
        for tab, name, listed in zip(self._tabs, names, self.lists, strict=True):
            say_count(tab, name, len(listed.all_lines()))

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _opened(self) -> None:
        desk = self._counter.desk
        if desk is not None:
            set_day(self.by, desk.desk.today())
            self._set_today()
        self._changed()

    def _set_today(self) -> None:
        """Let work be noted for today or before: an earlier day that was chosen counts until the page is left."""
        desk = self._counter.desk
        if desk is not None:
            last_day(self.done_on, desk.desk.today())
            set_day(self.done_on, desk.desk.today())

    def _go_down(self) -> None:
        self.lists[self._stack.currentIndex()].focus()

    def _narrow(self, text: str) -> None:
        self.lists[self._stack.currentIndex()].narrow(text)

    def _allow(self) -> None:
        self.repair_form.allow(self.repairs.chosen())
        self.send_form.allow(chosen=bool(self.ready.chosen()))
        self._done.setEnabled(bool(self.due.chosen()))

    def _lay_out(self) -> None:
        size = self._look.theme.size
        tabs = FlowLayout(size("s2"))
        for tab in self._tabs:
            tabs.addWidget(tab)
        due = FlowLayout(size("s2"))
        done = (label("muted", _("done on")), self.done_on, self._done)
        for one in (self.work, label("muted", _("due by")), self.by, *done):
            due.addWidget(one)
        self.repairs.add_below(self.repair_form)
        self.due.add_below(due)
        self.ready.add_below(self.send_form)
        for listed in self.lists:
            self._stack.addWidget(listed)
        layout = scrolling(self._look, self, "workshopScroll", _("Workshop"))
        layout.addLayout(page_head(self._look, _("Workshop"), self.field))
        layout.addLayout(tabs)
        layout.addWidget(self._stack, 1)
        self._say_counts()
        self.show_list(REPAIRS)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._narrow)
        self.field.went_down.connect(self._go_down)
        self.work.currentIndexChanged.connect(lambda _at: self.refresh())
        self.by.dateChanged.connect(lambda _day: self.refresh())
        for one in self.lists:
            one.chosen_changed.connect(self._allow)
        self.repairs.opened.connect(lambda _row: self.repair_form.quote.setFocus())
        self.due.opened.connect(lambda _row: self._done.setFocus())
        self.ready.opened.connect(lambda _row: self.send_form.fault.setFocus())
        self.repair_form.quoted.connect(self._quote)
        self.repair_form.decided.connect(self._decide)
        self.repair_form.back.connect(self._take_back)
        self.repair_form.docket_wanted.connect(self._print_docket)
        self.repair_form.failed.connect(self._box.show_error)
        self._counter.changes.listen(_REDRAW_ON, self._changed)
        self._counter.when_open(self._opened)
        self._allow()
