"""The home screen: what needs a person, one line each, with the one button that leads there; reasons are given here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from loanstore.domain.matters import MatterKind
from loanstore.i18n import _, ngettext
from loanstore.ui.labels import button, label, named, pause
from loanstore.ui.screens.reason_rows import MOST_ASKED, ReasonRow
from loanstore.ui.screens.work_list import scrolling
from loanstore.wording import day
from loanstore.wording.matters import action, sentence

if TYPE_CHECKING:
    from datetime import date
    from typing import TypeAlias

    from PySide6.QtCore import QObject

    from loanstore.bootstrap import OpenDesk
    from loanstore.domain.matters import Matter
    from loanstore.domain.takes import Take, TakeLine
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

    Needed: TypeAlias = tuple[date, tuple[Matter, ...], tuple[TakeLine, ...]]

PAUSE: Final = 400
"""Milliseconds after a change before the store is asked again: what changes together is read once."""
_REDRAW_ON: Final = frozenset(
    {"instruments", "loans", "borrowers", "places", "requests", "runs", "stocktakes", "repairs", "settings"}
)
_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TodayPage(QWidget):
    """Reads what needs somebody whenever it comes into view; ``lead_wanted`` carries where a line leads."""

    lead_wanted = Signal(object)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._counter = counter
        self._day = label("mutedLarge")
        self._nothing = label(
            "mutedLarge", _("Nothing waits for anybody. What is late, asked for or left open is told here.")
        )
        self._nothing.setWordWrap(True)
        self._card = named(QFrame(), "card")
        self._lines = QVBoxLayout(self._card)
        self._asking = named(QFrame(), "card")
        self._asked = QVBoxLayout()
        self._more = label("muted")
        self._rows: dict[str, ReasonRow] = {}
        self._given = False
        self._pause = pause(self, PAUSE, self.refresh)
        self._lay_out()
        counter.changes.listen(_REDRAW_ON, self._changed)
        counter.when_open(self._changed)

    def shown(self) -> None:
        """Come into view: everything is read afresh, for the day goes on by itself."""
        self.refresh()
        self._focus()

    def refresh(self) -> None:
        """Read what needs somebody."""
        opened = self._counter.desk
        if opened is not None:
            self._counter.read(lambda desk: _needed(desk, opened), lambda found: self._show(*found), name="today")

    def sentences(self) -> list[str]:
        """Give the lines that are shown."""
        return [one.accessibleName() for one in self._buttons()]

    def questions(self) -> list[ReasonRow]:
        """Give the questions that are shown."""
        return list(self._rows.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that Enter is on."""
        focused = self.focusWidget()
        if event.key() in _ENTERS and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go up and down the lines: left to themselves, the arrows would leave them at the last one."""
        buttons = self._buttons()
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed not in _STEPS or watched not in buttons:
            return False
        at = buttons.index(watched) + _STEPS[Qt.Key(pressed)]
        self._stand_on(buttons[max(0, min(at, len(buttons) - 1))])
        return True

    def ask_why(self) -> None:
        """Go to the first question."""
        for row in self.questions()[:1]:
            self._stand_on(row.field)

    def _show(self, today: date, found: tuple[Matter, ...], takes: tuple[TakeLine, ...]) -> None:
        self._day.setText(day(today))
        focused = QApplication.focusWidget()
        stood = focused.objectName() if focused is not None else ""
        self._draw(found)
        self._ask(takes)
        self._nothing.setVisible(not found)
        if not self.isVisible():
            return
        if self._given:
            self._given = False
            self._focus_after_reason()
        elif stood.startswith("matter-") or focused is None or focused is self:
            self._focus(stood)

    def _draw(self, found: tuple[Matter, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, matter in enumerate(found):
            if at:
                self._lines.addWidget(named(QFrame(), "matterLine"))
            self._lines.addWidget(self._line(matter))
        self._card.setVisible(bool(found))

    def _line(self, matter: Matter) -> QWidget:
        def go() -> None:
            if matter.kind is MatterKind.REASONS:
                self.ask_why()
            else:
                self.lead_wanted.emit(matter.leads)

        said = sentence(matter)
        made = button(f"matter-{matter.kind.value}", action(matter), go)
        made.setAccessibleName(said)
        made.setAccessibleDescription(action(matter))
        made.installEventFilter(self)
        size = self._look.theme.size
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, size("s1"), 0, size("s1"))
        row.setSpacing(size("s4"))
        row.addWidget(label("large", said, wrap=True), 1)
        row.addWidget(made)
        return line

    def _ask(self, takes: tuple[TakeLine, ...]) -> None:
        """Ask for the reasons that are missing; what is being typed stays as it is."""
        wanted = {line.id: line for line in takes[:MOST_ASKED]}
        for identity in [one for one in self._rows if one not in wanted]:
            gone = self._rows.pop(identity)
            self._asked.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for identity, line in wanted.items():
            if identity not in self._rows:
                self._rows[identity] = row = ReasonRow(line, self._look, self._counter)
                row.given.connect(self._give)
                self._asked.addWidget(row)
        rest = len(takes) - len(wanted)
        self._more.setText(ngettext("and {n} more", "and {n} more", rest).format(n=f"{rest:,}"))
        self._more.setVisible(rest > 0)
        self._asking.setVisible(bool(takes))

    def _give(self, identity: str, why: str) -> None:
        def work(desk: Desk) -> Done[Take]:
            from loanstore.operations import taking

            return taking.give_reason(desk, identity, why)

        def kept(_made: Take) -> None:
            self._given = True
            self.refresh()

        self._counter.write(work, kept)

    def _focus_after_reason(self) -> None:
        if self._rows:
            self.ask_why()
        else:
            self._focus()

    def _focus(self, stood: str = "") -> None:
        """Stand on a line: the one that was stood on where it is still there, else the first."""
        buttons = self._buttons()
        for one in [one for one in buttons if one.objectName() == stood] or buttons[:1]:
            self._stand_on(one)
        if not buttons:
            self.setFocus()

    def _stand_on(self, widget: QWidget) -> None:
        """Go to a control, and see to it that it is in view."""
        widget.setFocus()
        for scroll in self.findChildren(QScrollArea):
            scroll.ensureWidgetVisible(widget)

    def _buttons(self) -> list[QPushButton]:
        lines = [self._lines.itemAt(at) for at in range(self._lines.count())]
        widgets = [item.widget() for item in lines if item is not None]
        return [one for widget in widgets if widget is not None for one in widget.findChildren(QPushButton)]

    def _changed(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _lay_out(self) -> None:
        size = self._look.theme.size
        head = QHBoxLayout()
        head.setSpacing(size("s4"))
        head.addWidget(label("title", _("Today")))
        head.addWidget(self._day, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        self._lines.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s2"))
        self._lines.setSpacing(size("s1"))
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s4"))
        asking.setSpacing(size("s3"))
        asking.addWidget(label("heading", _("Why did it go out all the same?")))
        self._asked.setSpacing(size("s3"))
        asking.addLayout(self._asked)
        asking.addWidget(self._more)
        layout = scrolling(self._look, self, "todayScroll", _("What needs somebody"))
        layout.addLayout(head)
        layout.addWidget(self._nothing)
        layout.addWidget(self._card)
        layout.addWidget(self._asking)
        layout.addStretch(1)
        for one in (self._nothing, self._card, self._asking):
            one.hide()


def _needed(desk: Desk, opened: OpenDesk) -> Needed:
    from loanstore.operations import attending, taking

    return desk.today(), attending.matters(desk, opened.backup_folder()), taking.takes(desk)
