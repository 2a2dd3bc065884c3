"""The class sets screen: the list of sets, one set at a time, and what its buttons and forms do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from loanstore.domain import codes
from loanstore.i18n import _, ngettext
from loanstore.ui.labels import button, label, named, pause
from loanstore.ui.screens.set_forms import NameForm
from loanstore.ui.screens.set_page import SetPage
from loanstore.ui.screens.set_tables import set_table
from loanstore.ui.set_actions import SetActions
from loanstore.wording import sets as wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.class_sets import ClassSet
    from loanstore.domain.listings import Listing
    from loanstore.operations.desk import Desk
    from loanstore.operations.grouping import Grouped
    from loanstore.operations.set_lending import SetBack, SetLent
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.theme import Look

PAUSE: Final = 120
"""Milliseconds after the last letter before the store is asked."""
CHANGES: Final = frozenset({"sets", "instruments", "loans", "borrowers", "places"})


def choose_class_list(parent: QWidget) -> Path | None:
    """Let a person choose a class list."""
    kinds = _("Lists (*.csv *.xlsx *.txt *.tsv)")
    said, _kind = QFileDialog.getOpenFileName(parent, _("Read a class list"), "", kinds)
    return Path(said) if said else None


class SetsPage(QStackedWidget):
    """The list of sets, and one set. A scan lands in the form that is shown; without one it goes to the desk."""

    def __init__(self, look: Look, counter: Counter, box: ErrorBox, papers: DeskPapers) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look = look
        self._counter = counter
        self._box = box
        self._papers = papers
        self._came: list[str] = []
        self._choose: Callable[[QWidget], Path | None] = choose_class_list
        self.gestures = SetActions(counter, papers)
        self.table = set_table(look)
        self.one = SetPage(look, counter)
        self.new = NameForm(
            look, "newSet", _("New class set"), _("Name it, then scan its instruments in order"), _("Make the set")
        )
        self.new.hide()
        self.field = self._make_field()
        self._count = label("muted")
        self._pause = pause(self, PAUSE, self.refresh)
        self._lay_out()
        self._connect()
        counter.changes.listen(CHANGES, self._changed)
        counter.when_open(self._changed)

    def shown(self) -> None:
        """Come into view with the list, to find at once."""
        self.one.card = None
        self.one.close_form()
        self.setCurrentIndex(0)
        self.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def refresh(self) -> None:
        """Read the list again."""
        typed = self.field.text()

        def work(desk: Desk) -> Listing:
            from loanstore.operations import set_views

            return set_views.list_sets(desk, typed)

        self._counter.read(work, self._show, name="list-sets")

    def take_scan(self, text: str) -> bool:
        """Take a scan where a form is shown that wants it; tell whether it did. A command is the desk's."""
        form = self.new if self.currentIndex() == 0 and not self.new.isHidden() else self.one.form
        if form is None or (form is not self.new and self.currentIndex() == 0):
            return False
        if codes.read_command(text) is not None:
            return False
        form.take_scan(text)
        return True

    def escape(self) -> bool:
        """Close the form that is shown, or leave the set for the list; tell whether there was anything to leave."""
        if self.currentIndex() == 0:
            was = not self.new.isHidden()
            self._close_new()
            return was
        if self.one.form is not None:
            self.one.close_form()
            return True
        return False

    def go_and_find(self) -> None:
        """Go to the field that finds sets."""
        if self.currentIndex():
            self.shown()
        self.field.setFocus()
        self.field.selectAll()

    def choose_by(self, choose: Callable[[QWidget], Path | None]) -> None:
        """Have files chosen in another way than by the system's own dialog."""
        self._choose = choose

    def count_words(self) -> str:
        """Give the count at the foot of the list."""
        return self._count.text()

    def open_set(self, code: str, form: str = "") -> None:
        """Show one set, with one of its forms if one is named."""
        self._came = []
        self.setCurrentIndex(1)
        self.one.show_set(code, form)

    def begin_new(self) -> None:
        """Ask for the name of a new set."""
        self._body.setCurrentIndex(0)
        self.new.show()
        self._fit()
        self.new.begin("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the list into the window."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go from the search field into the list with Down or Enter."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed not in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        self.table.choose_first()
        return True

    def _fit(self) -> None:
        size = self._look.theme.size
        narrow = self.width() < size("fold_below") - size("side_width")
        asking = not self.new.isHidden()
        self._body.setVisible(not (narrow and asking))
        self.table.spare(hidden=narrow or asking)

    def _changed(self) -> None:
        if not self.isVisible():
            return
        if self.currentIndex():
            self.one.refresh()
        else:
            self.refresh()

    def _show(self, listing: Listing) -> None:
        self.table.show_lines(listing.lines)
        wanted = bool(listing.total or self.field.text() or not self.new.isHidden())
        self._body.setCurrentIndex(0 if wanted else 1)
        said = ngettext("{n} set", "{n} sets", listing.total).format(n=listing.total)
        self._count.setText(said if listing.total else _("Nothing found") if self.field.text() else "")

    def _close_new(self) -> None:
        if not self.new.isHidden():
            self.new.hide()
            self._fit()
            self.refresh()
            self.table.choose_first()

    def _connect(self) -> None:
        one, gestures = self.one, self.gestures
        self.table.opened.connect(lambda line: self.open_set(line.code))
        self.new.left.connect(self._close_new)
        self.new.given.connect(lambda name: gestures.make(name, self._made))
        one.left.connect(self.shown)
        one.gone.connect(self.shown)
        one.wanted.connect(self._wanted)
        one.joining.given.connect(lambda code: gestures.add(one.code, code, self._joined))
        one.leaving.given.connect(lambda code: gestures.remove(one.code, code, self._left))
        one.back.given.connect(lambda code: gestures.bring_back(one.code, code, self._back))
        one.swapping.given.connect(
            lambda broken, new: gestures.swap(one.code, broken, new, self._saying(wording.swapped_words))
        )
        one.naming.given.connect(lambda name: gestures.rename(one.code, name, self._renamed))
        for form, act, words in (
            (one.lending, gestures.lend, wording.lent_words),
            (one.moving, gestures.move, wording.moved_words),
        ):
            form.searched.connect(self._search(form))
            form.given.connect(self._handing_over(act, words))
        one.class_list.given.connect(
            lambda names, order: gestures.allocate(one.code, names, order, self._saying(wording.allocated_words))
        )
        one.class_list.clear_wanted.connect(lambda: gestures.clear_names(one.code, self._names_cleared))
        one.class_list.file_wanted.connect(self._read_names)

    def _wanted(self, name: str) -> None:
        one, gestures = self.one, self.gestures
        wanted: dict[str, Callable[[], None]] = {
            "all": lambda: gestures.bring_all_back(one.code, self._back),
            "list": lambda: gestures.print_list(one.code),
            "label": lambda: gestures.print_label(one.code),
            "dissolve": lambda: gestures.dissolve(one.code, self._dissolved),
        }
        wanted[name]()

    def _say(self, words: str, more: str = "") -> None:
        """Say what came of a gesture, in the form where it was made or else in the strip."""
        form = self.one.form
        if form is not None:
            form.say(" ".join(filter(None, (words, more))))
        else:
            self._box.show_done(words, more)

    def _saying(self, words: Callable[[Any], str]) -> Callable[[Any], None]:
        return lambda made: self._say(words(made))

    def _made(self, made: Grouped) -> None:
        self.new.hide()
        self._fit()
        self.open_set(made.made.code, "join")

    def _joined(self, made: Grouped) -> None:
        last = made.members[-1]
        self.one.point_at(last.instrument.code)
        self._say(_("{code} is number {n}").format(code=last.instrument.code, n=last.position))

    def _left(self, made: Grouped) -> None:
        n = len(made.members)
        self._say(ngettext("{n} instrument is left in the set", "{n} instruments are left in the set", n).format(n=n))

    def _renamed(self, made: ClassSet) -> None:
        self.one.close_form()
        self._box.show_done(_("{code} is called {name} now").format(code=made.code, name=made.name))

    def _dissolved(self, made: ClassSet) -> None:
        self._box.show_done(_("{name} is dissolved").format(name=made.name), _("Ctrl Z undoes it"))

    def _back(self, back: SetBack) -> None:
        self._came += back.loans
        self.one.point_at(back.members[-1].instrument.code)
        came = tuple(self._came)
        self._papers.offer(_("Print the letter") + "   F5", lambda: self.gestures.print_letter(came))
        self._say(wording.back_words(back), _("F5 prints the letter to the school."))

    def _names_cleared(self, members: tuple[object, ...]) -> None:
        n = len(members)
        self._say(ngettext("{n} name taken off", "{n} names taken off", n).format(n=n))

    def _handing_over(
        self, act: Callable[[str, str, date | None, Callable[[SetLent], None]], None], words: Callable[[SetLent], str]
    ) -> Callable[[str, object], None]:
        def done(made: SetLent) -> None:
            self._papers.offer(
                _("Print the agreement") + "   F5", lambda: self.gestures.print_agreement(made.agreement)
            )
            self._say(words(made), " ".join((wording.left_words(made.left), _("F5 prints the agreement."))).strip())

        return lambda borrower, due: act(self.one.code, borrower, due, done)  # type: ignore[arg-type]  # a day or None

    def _search(self, form: Any) -> Callable[[str], None]:  # noqa: ANN401 - a signal hands the words on
        return lambda typed: self.gestures.find_borrowers(typed, lambda people: form.show_finds(typed, people))

    def _read_names(self) -> None:
        path = self._choose(self)
        if path is not None:
            self.gestures.read_names(path, self.one.class_list.show_names)

    def _make_field(self) -> QLineEdit:
        hint = _("Find by name, number or school")
        field = named(QLineEdit(), "find-sets", hint)
        field.setPlaceholderText(hint)
        field.installEventFilter(self)
        field.textChanged.connect(lambda _text: self._pause.start())
        return field

    def _lay_out(self) -> None:
        size = self._look.theme.size
        head = QHBoxLayout()
        head.setSpacing(size("s2"))
        head.addWidget(label("title", _("Class sets")))
        head.addSpacing(size("s4"))
        head.addWidget(self.field, 1)
        head.addWidget(button("newSet", _("New set"), self.begin_new))
        listed = named(QFrame(), "card")
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        inside.addWidget(self.table, 1)
        inside.addWidget(self._count)
        self._body = QStackedWidget()
        self._body.addWidget(listed)
        self._body.addWidget(self._make_empty())
        row = QHBoxLayout()
        row.setSpacing(size("s4"))
        row.addWidget(self._body, 1)
        row.addWidget(self.new)
        whole = named(QWidget(), "page")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addLayout(head)
        layout.addLayout(row, 1)
        self.addWidget(whole)
        self.addWidget(self.one)

    def _make_empty(self) -> QFrame:
        made = named(QFrame(), "card")
        words = label("mutedLarge", _("No class sets yet. Name one, then scan its instruments in order."), wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("firstSet", _("Make a set"), self.begin_new, primary=True))
        row.addStretch(1)
        layout = QVBoxLayout(made)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addSpacing(self._look.theme.size("s4"))
        layout.addLayout(row)
        layout.addStretch(1)
        return made
