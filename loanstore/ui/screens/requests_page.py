"""The page of requests: orders with their countdown, who waits, what is set aside, and what is short."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from loanstore.domain.requests import RequestKind
from loanstore.i18n import _
from loanstore.ui.countdown_bar import CountdownBar
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens import request_columns
from loanstore.ui.screens.request_form import RequestForm
from loanstore.ui.screens.request_section import RequestSection
from loanstore.wording import short_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from loanstore.operations.desk import Desk
    from loanstore.operations.request_tables import Shortages
    from loanstore.storage.request_lists import AsideLine, RequestListLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.request_actions import RequestActions
    from loanstore.ui.theme import Look

    Read = tuple[tuple[RequestListLine, ...], tuple[AsideLine, ...], date]


class RequestsPage(QWidget):
    """Four sections behind four words; a form for the next order stands above them while it is wanted."""

    choose = Signal(str)
    passed_on = Signal(str)

    def __init__(self, look: Look, counter: Counter, actions: RequestActions) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._counter = counter
        self._actions = actions
        self._today: date | None = None
        self._stale = True
        self.form = RequestForm(look, counter, self)
        self.form.hide()
        self.sections = self._make_sections()
        self._tabs: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        self._by = label("muted")
        self.field = named(QLineEdit(), "findRequests", _("Find by borrower, instrument or number"))
        self.field.setPlaceholderText(_("Find"))
        self.field.setMinimumWidth(look.theme.size("where"))
        self._lay_out()
        self._connect()
        self.show_section("orders")

    def shown(self) -> None:
        """Come into view: what changed meanwhile is read."""
        if self._stale:
            self.refresh()
        self.current().take_focus()

    def refresh(self) -> None:
        """Read everything afresh."""
        self._stale = False

        def work(desk: Desk) -> Read:
            from loanstore.operations import request_tables

            return request_tables.list_requests(desk), request_tables.list_asides(desk), desk.today()

        def count(desk: Desk) -> Shortages:
            from loanstore.operations import request_tables

            return request_tables.list_shortages(desk)

        self._counter.read(work, self._show, name="requests")
        self._counter.read(count, self._show_short, name="shortages")

    def current(self) -> RequestSection:
        """Give the section that is shown."""
        return next(one for one in self.sections.values() if one is self._stack.currentWidget())

    def show_section(self, name: str) -> None:
        """Show a section by its name: orders, waits, aside or short."""
        self._stack.setCurrentWidget(self.sections[name])
        self._tabs[name].setChecked(True)
        self._by.setVisible(name == "short")

    def begin(self) -> None:
        """Begin a new request: a wait where the waiting list is shown, else an order."""
        self._actions.leave()
        waits = self.current() is self.sections["waits"]
        self.form.show()
        self.form.begin(waits=waits)

    def take_scan(self, text: str) -> bool:
        """Take a scan while the form asks for whom; tell whether it was taken."""
        return self.form.take_scan(text)

    def escape(self) -> bool:
        """Put the form away; tell whether it stood open."""
        was = self.form.isVisible()
        self.form.hide()
        if was:
            self.current().take_focus()
        return was

    def _make_sections(self) -> dict[str, RequestSection]:
        look, actions = self._look, self._actions

        def today() -> date:
            from datetime import date

            return self._today or date.min

        orders = RequestSection(
            look,
            "orders",
            _("Orders"),
            request_columns.orders(look, today),
            _("No orders. A school's order by size and number counts itself down at the desk: Ctrl N notes one."),
        )
        share = CountdownBar(look, lambda row: _share(orders.model.line(row)), orders.table)
        orders.table.setItemDelegateForColumn(request_columns.COUNTDOWN, share)
        waits = RequestSection(
            look,
            "waits",
            _("Waiting list"),
            request_columns.waits(look, today),
            _("Nobody waits. Ctrl N puts somebody on the list, and whoever waits longest is served first."),
        )
        aside = RequestSection(
            look,
            "aside",
            _("Set aside"),
            request_columns.asides(look, today),
            _("Nothing is set aside. What is kept for somebody stands here until they collect it or it lapses."),
        )
        short = RequestSection(
            look,
            "short",
            _("Short"),
            request_columns.shortages(look),
            _("Nothing is asked for. Sizes that orders and waits ask for stand here against what there is."),
        )
        for name, section in (("orders", orders), ("waits", waits)):
            self._add(section, f"{name}Aside", _("Set aside"), actions.set_aside)
            self._add(section, f"{name}Use", _("Use at the desk"), lambda line: self.choose.emit(line.borrower))
            self._add(section, f"{name}Change", _("Change"), actions.change)
            self._add(section, f"{name}Withdraw", _("Withdraw"), actions.withdraw)
            section.opened.connect(actions.set_aside)
        self._add(aside, "asideUse", _("Use at the desk"), lambda line: self.choose.emit(line.borrower))
        self._add(aside, "asideRelease", _("Release"), actions.release)
        aside.add_button(
            button("releaseLapsed", _("Release all that lapsed"), actions.release_lapsed), for_a_line=False
        )
        letters = button("printLetters", _("Print collection letters"), lambda: actions.print_letters(()))
        aside.add_button(letters, for_a_line=False)
        self._add(aside, "printLetter", _("Print this letter"), lambda line: actions.print_letters([line.borrower]))
        aside.opened.connect(lambda line: self.choose.emit(line.borrower))
        return {"orders": orders, "waits": waits, "aside": aside, "short": short}

    def _add(self, section: RequestSection, name: str, words: str, act: Callable[[Any], None]) -> None:
        def pressed() -> None:
            line = section.chosen()
            if line is not None:
                act(line)

        section.add_button(button(name, words, pressed))

    def _lay_out(self) -> None:
        size = self._look.theme.size
        tabs = named(QFrame(), "sections")
        row = QHBoxLayout(tabs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        for name, section in self.sections.items():
            made = named(QPushButton(section.table.accessibleName()), f"section-{name}")
            made.setCheckable(True)
            made.clicked.connect(partial(self._go, name))
            group.addButton(made)
            row.addWidget(made)
            self._tabs[name] = made
            self._stack.addWidget(section)
        head = FlowLayout(size("s4"))
        head.addWidget(label("title", _("Requests")))
        head.addWidget(tabs)
        head.addWidget(self.field)
        head.addWidget(button("newRequest", _("New request") + "   Ctrl N", self.begin, primary=True))
        head.addWidget(self._by)
        listed = named(QFrame(), "card")
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        inside.addWidget(self._stack)
        whole = named(QWidget(), "scrolled")
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addLayout(head)
        layout.addWidget(self.form)
        layout.addWidget(listed, 1)
        scroll = named(QScrollArea(), "requestsScroll", _("Requests"))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(whole)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scroll)

    def _connect(self) -> None:
        for section in self.sections.values():
            self.field.textChanged.connect(section.narrow)
        self.field.returnPressed.connect(lambda: self.current().take_focus())
        self.form.filled.connect(self._actions.ask_for)
        self.form.failed.connect(self._counter.failed)
        self.form.passed_on.connect(self.passed_on)
        self.form.left.connect(self.escape)
        self._actions.asked_for.connect(lambda _asked: self.form.begin_next())
        new = QShortcut(QKeySequence("Ctrl+N"), self, self.begin)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._counter.changes.listen(frozenset({"requests", "instruments", "borrowers", "loans"}), self._changed)
        self._counter.when_open(self._changed)

    def _go(self, name: str) -> None:
        self._actions.leave()
        self.show_section(name)
        self._tabs[name].setFocus()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show(self, read: Read) -> None:
        requests, asides, self._today = read
        self._fill("orders", [line for line in requests if line.kind == RequestKind.ORDER])
        self._fill("waits", [line for line in requests if line.kind == RequestKind.WAIT])
        self._fill("aside", asides)

    def _show_short(self, short: Shortages) -> None:
        self._by.setText(_("Due back by {day}, the end of term").format(day=short_day(short.by)))
        self._fill("short", short.lines, sum(line.short > 0 for line in short.lines))

    def _fill(self, name: str, lines: Sequence[Any], count: int | None = None) -> None:
        """Show the lines of a section, and on its word how many there are."""
        section = self.sections[name]
        section.show_lines(lines)
        n = section.total() if count is None else count
        words = section.table.accessibleName()
        self._tabs[name].setText(f"{words}  {n}" if n else words)


def _share(line: RequestListLine | None) -> float:
    return line.handed / line.number if line is not None else 0.0
