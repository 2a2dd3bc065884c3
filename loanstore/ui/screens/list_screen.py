"""One screen for every list: find as you type, sort and filter, the count and the sum at the foot, a card beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from loanstore.domain.listings import Listing, Question
from loanstore.domain.money import show_pounds
from loanstore.i18n import _, ngettext
from loanstore.ui.find_field import FindField, page_head
from loanstore.ui.labels import button, label, named, pause
from loanstore.ui.paged_model import PAGE, PagedModel
from loanstore.ui.screens.list_kind import ListKind
from loanstore.ui.screens.list_selection import Selection
from loanstore.ui.screens.list_table import Columns, make_table
from loanstore.ui.screens.list_tools import ListTools
from loanstore.ui.screens.thing_panel import ThingPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from loanstore.operations.browsing import BorrowerCard, InstrumentCard
    from loanstore.operations.desk import Desk
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

__all__ = ["ListKind", "ListScreen"]

PAUSE: Final = 120
"""Milliseconds after the last letter before the store is asked."""
FILL_PAUSE: Final = 15
"""Milliseconds after a line came into view that has not been read."""
COUNT_TO: Final = 1000
"""How far lines are counted before they are shown; the rest is counted while they are looked at."""


class ListScreen(QWidget):
    """A list over the whole screen; nothing is read until it is shown for the first time, and then by the page."""

    choose = Signal(str)
    export_wanted = Signal()

    def __init__(self, kind: ListKind, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.kind = kind
        self._look = look
        self._counter = counter
        self._stale = True
        self._fill_menu: Callable[[QMenu], None] | None = None
        self.question = Question()
        self.model: PagedModel[Any] = PagedModel(kind.columns, self)
        self.field = FindField(f"find-{kind.name}", kind.find_hint)
        self.table = make_table(kind, self.model, look)
        self.columns = Columns(self.table, kind, counter.settings, look)
        self.selection = Selection(kind, self.table, self.model, counter)
        self.tools = ListTools(kind, look)
        self.columns.menu(self.tools.columns_menu)
        self._count = label("muted")
        self._selected = label("muted")
        self.actions_button = button(f"actions-{kind.name}", _("Actions") + "   ▾", self._show_actions)
        self.actions_button.setProperty("quiet", True)
        policy = self.actions_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.actions_button.setSizePolicy(policy)
        self.actions_button.hide()
        self.panel = ThingPanel(look, counter)
        self.panel.hide()
        self._empty_words = label("mutedLarge", kind.empty, wrap=True)
        self._nothing_words = label("mutedLarge", wrap=True)
        self._pause = pause(self, PAUSE, self.refresh)
        self._fill_pause = pause(self, FILL_PAUSE, self._fill)
        self._lay_out()
        self._connect()

    def add_button(self, made: QPushButton) -> None:
        """Put a button at the head of the list."""
        self._buttons.insertWidget(self._buttons.count() - 1, made)

    def set_empty_button(self, made: QPushButton) -> None:
        """Put the one button under the words of an empty list."""
        self._empty_row.insertWidget(1, made)

    def offer_actions(self, fill: Callable[[QMenu], None]) -> None:
        """Say what can be done with the selected lines: ``fill`` puts it into a menu each time one is asked for."""
        self._fill_menu = fill

    def shown(self) -> None:
        """Come into view: what changed meanwhile is read, and one may type at once."""
        if self._stale:
            self._offer_filters()
            self.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the list into the window."""
        super().resizeEvent(event)
        self._fit()

    def refresh(self) -> None:
        """Read the list again: the same as far as it was looked at, another from its beginning."""
        self._stale = False
        asked = Question(
            self.field.text(), self.model.sort_key, self.model.descending, self.tools.chosen(), 0, PAGE, COUNT_TO, True
        )
        same = asked == self.question
        self.question = asked
        read = asked.page(0, PAGE * (1 + self._last_seen() // PAGE)) if same else asked
        name = f"list-{self.kind.name}"
        self._counter.read(
            lambda desk: self.kind.ask(desk, read), lambda listing: self._show(listing, same=same), name=name
        )

    def chosen_lines(self) -> tuple[Any, ...]:
        """Give the lines that are selected, of those that have been read."""
        return self.selection.lines()

    def count_words(self) -> str:
        """Give the count at the foot."""
        return self._count.text()

    def selected_words(self) -> str:
        """Give what is said of the selection at the foot."""
        return self._selected.text()

    def make_menu(self) -> QMenu:
        """Make the menu of what can be done with the selected lines."""
        menu = QMenu(self)
        menu.setObjectName("actionsMenu")
        row = self.table.currentIndex().row()
        if row >= 0:
            menu.addAction(_("Open the card") + "\tEnter", lambda: self.open_line(row))
        if self._fill_menu is not None and self.selection.count():
            self._fill_menu(menu)
        menu.addSeparator()
        menu.addAction(_("Export") + "…", self.export_wanted.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _go_down(self) -> None:
        """Go from the search field into the list."""
        if self.model.rowCount():
            self.table.setFocus()
            self.table.selectRow(max(0, self.table.currentIndex().row()))

    def open_line(self, row: int) -> None:
        """Open the card of a line beside the list; once more opens the whole record."""
        line = self.model.line(row)
        if line is None:
            return
        code = self.kind.code_of(line)
        if self.panel.shows(code):
            self.panel.open_record()
            return

        def work(desk: Desk) -> InstrumentCard | BorrowerCard:
            from loanstore.operations import browsing

            return browsing.show(desk, code)

        self._counter.read(work, self._show_card, name=f"card-{self.kind.name}")

    def _show_card(self, card: InstrumentCard | BorrowerCard) -> None:
        self.panel.show_card(card)
        self.panel.show()
        self._fit()

    def _close_panel(self) -> None:
        self.panel.hide()
        self._fit()
        self.table.setFocus()

    def _fit(self) -> None:
        """Let columns that can be spared give way to the card; in a narrow window the whole list does."""
        size = self._look.theme.size
        narrow = self.width() < size("fold_below") - size("side_width")
        self._body.setVisible(not (narrow and self.panel.isVisible()))
        way = QBoxLayout.Direction
        self._head.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.columns.fit(spare=narrow or self.panel.isVisible(), tight=narrow)

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._offer_filters()
            self.refresh()

    def _show(self, listing: Listing, *, same: bool) -> None:
        kept = self.selection.kept() if same else frozenset()
        scrolled = self.table.verticalScrollBar().value() if same else 0
        self.model.start(listing.total, listing.lines)
        self.table.verticalScrollBar().setValue(scrolled)
        self.selection.restore(kept)
        self._selection_changed()
        narrowed = bool(self.question.find.strip() or self.question.filters)
        self._body.setCurrentIndex(0 if listing.total or narrowed else 1)
        self._listed.setCurrentIndex(0 if listing.total else 1)
        self._nothing_words.setText(_nothing(self.question))
        self.tools.say(_instead(self.question.find, listing))
        self._say_count(listing.total, more=listing.more)
        if listing.more:
            self._count_on()

    def _say_count(self, total: int, *, more: bool) -> None:
        said = ngettext("{n} line", "{n} lines", total).format(n=f"{total:,}")
        if more:
            said = _("more than {n} lines").format(n=f"{total:,}")
        narrowed = bool(self.question.find.strip() or self.question.filters)
        self._count.setText(said if total else _("Nothing found") if narrowed else "")

    def _count_on(self) -> None:
        """Count to the end while the first lines are looked at."""
        asked = self.question
        whole = asked.whole_count()

        def counted(listing: Listing) -> None:
            if asked == self.question:
                self.model.lengthen(listing.total)
                self._say_count(self.model.rowCount(), more=listing.more)

        self._counter.read(lambda desk: self.kind.ask(desk, whole), counted, name=f"count-{self.kind.name}")

    def _fill(self) -> None:
        """Read the pages in view that have not been read."""
        first, last = max(0, self.table.rowAt(0)) // PAGE, self._last_seen() // PAGE
        asked = self.question
        page = asked.page(first * PAGE, (last - first + 1) * PAGE)

        def put(listing: Listing) -> None:
            if asked == self.question:
                self.model.put(page.offset, listing.lines)

        self._counter.read(lambda desk: self.kind.ask(desk, page), put, name=f"page-{self.kind.name}")

    def _last_seen(self) -> int:
        bottom = self.table.rowAt(self.table.viewport().height() - 1)
        return bottom if bottom >= 0 else max(0, self.model.rowCount() - 1)

    def _offer_filters(self) -> None:
        for one in self.kind.filters:
            offer = partial(self.tools.offer, one.name)
            self._counter.read(one.choices, offer, name=f"filter-{self.kind.name}-{one.name}")

    def _selection_changed(self) -> None:
        n = self.selection.count()
        self._selected.setText(ngettext("{n} selected", "{n} selected", n).format(n=f"{n:,}") if n else "")
        self.actions_button.setVisible(n > 0)
        self.selection.add_up(self.question, self._say_sum)

    def _say_sum(self, pence: int) -> None:
        n = self.selection.count()
        if n and pence:
            said = ngettext("{n} selected", "{n} selected", n).format(n=f"{n:,}")
            self._selected.setText(f"{said} · {show_pounds(pence)}")

    def _show_actions(self) -> None:
        self._pop_up(self.actions_button.mapToGlobal(QPoint(0, 0)))

    def _pop_up(self, where: QPoint) -> None:
        self.make_menu().popup(where)

    def _show_all(self) -> None:
        self.tools.show_all()
        self.field.clear()
        self.refresh()
        self.field.setFocus()

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.went_down.connect(self._go_down)
        self.panel.closed.connect(self._close_panel)
        self.panel.choose.connect(self.choose)
        self.table.opened.connect(self.open_line)
        self.table.doubleClicked.connect(lambda index: self.open_line(index.row()))
        self.table.menu_wanted.connect(self._pop_up)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.model.missing.connect(self._fill_pause.start)
        self.model.reordered.connect(self.refresh)
        self.tools.narrowed.connect(self.refresh)
        self.tools.export_wanted.connect(self.export_wanted)
        self._counter.changes.listen(self.kind.redraw_on, self._changed)
        self._counter.when_open(self._changed)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(size("s2"))
        self._buttons.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(size("s2"))
        self._head.addLayout(page_head(self._look, self.kind.title, self.field), 1)
        self._head.addLayout(self._buttons)
        show_all = button(f"showAll-{self.kind.name}", _("Show all"), self._show_all)
        self._listed = QStackedWidget()
        self._listed.addWidget(self.table)
        self._listed.addWidget(_centred(self._nothing_words, [show_all], size("s4")))
        foot = QHBoxLayout()
        foot.setSpacing(size("s3"))
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._selected)
        foot.addWidget(self.actions_button)
        listed = named(QFrame(), "card")
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s2"))
        inside.setSpacing(size("s2"))
        inside.addWidget(self.tools)
        inside.addWidget(self._listed, 1)
        inside.addLayout(foot)
        empty = named(QFrame(), "card")
        whole = QVBoxLayout(empty)
        centred = _centred(self._empty_words, [], size("s4"))
        self._empty_row = centred.buttons
        whole.addWidget(centred)
        self._body = QStackedWidget()
        self._body.addWidget(listed)
        self._body.addWidget(empty)
        row = QHBoxLayout()
        row.setSpacing(size("s4"))
        row.addWidget(self._body, 1)
        row.addWidget(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addLayout(self._head)
        layout.addLayout(row, 1)


class _Centred(QWidget):
    """Words in the middle of a place, with the buttons that lead on under them."""

    def __init__(self, words: QWidget, made: Sequence[QPushButton], space: int) -> None:
        super().__init__()
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        for one in made:
            self.buttons.addWidget(one)
        self.buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addSpacing(space)
        layout.addLayout(self.buttons)
        layout.addStretch(1)


def _centred(words: QWidget, made: Sequence[QPushButton], space: int) -> _Centred:
    words.setProperty("centred", True)
    return _Centred(words, made, space)


def _nothing(question: Question) -> str:
    if question.find.strip():
        return _("Nothing here bears “{typed}”.").format(typed=question.find.strip())
    return _("Nothing here is like that.")


def _instead(typed: str, listing: Listing) -> str:
    """Say that lines are only like what was typed, and by which words they were found."""
    if not listing.near:
        return ""
    exact = listing.total - listing.near
    meant = ", ".join(f"“{word}”" for word in listing.meant[:3] if word.isalpha())
    if exact:
        return _("The last {n} only come near to “{typed}”.").format(n=listing.near, typed=typed.strip())
    if listing.meant and not meant:
        return _("Nothing begins with “{typed}”. These bear it within a number.").format(typed=typed.strip())
    if not meant:
        return _("Nothing bears “{typed}”. These come near to it.").format(typed=typed.strip())
    return _("Nothing bears “{typed}”. Did you mean {meant}?").format(typed=typed.strip(), meant=meant)
