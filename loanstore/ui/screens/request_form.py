"""Noting what a school orders or a family waits for: four fields, Enter from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from loanstore.domain.errors import Refused
from loanstore.domain.order_text import last_piece, read_order
from loanstore.domain.requests import RequestKind
from loanstore.domain.search import words as search_words
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.ui.pick_field import Pick, PickField
from loanstore.ui.request_actions import typed_day
from loanstore.ui.screens.borrower_panel import kind_word

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.catalogue import Catalogue
    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import BorrowerLine, Listing
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

MOST = 12
"""So many finds are asked for; what is meant is among them, or another letter is typed."""


class RequestForm(QFrame):
    """``filled`` carries the borrower's code and what is wanted; the form stays open for the next. Esc leaves it."""

    filled = Signal(str, object)
    failed = Signal(object)
    passed_on = Signal(str)
    left = Signal()

    def __init__(self, look: Look, counter: Counter, over: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counter = counter
        size = look.theme.size
        self.borrower = PickField(look, over, "requestFor", _("For whom"))
        self.borrower.setPlaceholderText(_("School, teacher or family; or scan them"))
        self.borrower.seek = self._seek_borrower
        self.what = PickField(look, over, "requestWhat", _("What"))
        self.what.setPlaceholderText(_("12 violin 1/2, 4 cello 3/4"))
        self.what.seek = self._seek_what
        self.day = named(QLineEdit(), "requestBy", _("Wanted by"))
        self.day.setPlaceholderText(_("18/12/2026, or no day"))
        self.place = PickField(look, over, "requestPlace", _("Collected at"))
        self.place.setPlaceholderText(_("a place, or none"))
        self.place.seek = self._seek_place
        self.waits = named(QCheckBox(_("Waits for one")), "requestWaits", _("Waits for one"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(size("s3"))
        grid.setVerticalSpacing(size("s1"))
        for at, (field, stretch) in enumerate(zip(self._fields(), (4, 4, 3, 3), strict=True)):
            grid.addWidget(label("muted", field.accessibleName()), 0, at)
            grid.addWidget(field, 1, at)
            grid.setColumnStretch(at, stretch)
            field.returnPressed.connect(self._next)
        for pick in (self.borrower, self.what, self.place):
            pick.picked.connect(self._next)
        buttons = FlowLayout(size("s2"))
        buttons.addWidget(button("saveRequest", _("Note it"), self._save, primary=True))
        buttons.addWidget(button("leaveRequest", _("Close") + "   Esc", self.left.emit))
        buttons.addWidget(self.waits)
        buttons.addWidget(label("small", _("Enter goes on, and notes it in the last field")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s3"))
        layout.addLayout(grid)
        layout.addLayout(buttons)

    def begin(self, *, waits: bool) -> None:
        """Begin with an empty form, as an order or as a wait."""
        self.borrower.put("", "")
        self.waits.setChecked(waits)
        self.place.put("", "")
        self.begin_next()
        self.borrower.setFocus()

    def begin_next(self) -> None:
        """Begin the next line for the same borrower."""
        self.what.put("", "")
        self.day.clear()
        self.what.setFocus()

    def take_scan(self, text: str) -> bool:
        """Take the code of a borrower; anything else is passed on to the desk. Tell whether the form stands open."""
        if not self.isVisible():
            return False

        def work(desk: Desk) -> Borrower | None:
            from loanstore.operations import requesting

            return requesting.borrower_of(desk, text)

        def found(borrower: Borrower | None) -> None:
            if borrower is None:
                self.passed_on.emit(text)
                return
            self.borrower.put(borrower.code, borrower.label)
            self.what.setFocus()

        self._counter.read(work, found)
        return True

    def _seek_borrower(self, typed: str) -> None:
        def work(desk: Desk) -> Listing:
            from loanstore.operations import browsing

            return browsing.list_borrowers(desk, typed, MOST)

        def found(listing: Listing) -> None:
            self.borrower.show_picks(typed, [_pick(line) for line in listing.lines])

        self._counter.read(work, found, name="request-for")

    def _seek_what(self, typed: str) -> None:
        opened = self._counter.desk
        if opened is None:
            return
        before, piece = last_piece(typed)
        found = matching(opened.desk.catalogue, piece)
        self.what.show_picks(typed, [Pick(before + name, name, before + name) for name in found])

    def _seek_place(self, typed: str) -> None:
        def work(desk: Desk) -> tuple[str, ...]:
            from loanstore.operations import request_tables

            return request_tables.place_names(desk)

        def found(names: tuple[str, ...]) -> None:
            sought = search_words(typed)
            meant = [name for name in names if _meets(name, sought)][:MOST]
            self.place.show_picks(typed, [Pick(name, name, name) for name in meant])

        self._counter.read(work, found, name="request-place")

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.borrower, self.what, self.day, self.place

    def _next(self) -> None:
        fields = self._fields()
        at = next((n for n, field in enumerate(fields) if field.hasFocus()), len(fields))
        if at + 1 < len(fields):
            fields[at + 1].setFocus()
        else:
            self._save()

    def _save(self) -> None:
        from loanstore.operations.requesting import Wanted

        borrower = self.borrower.value or self.borrower.text().strip()
        if not borrower or not self.what.text().strip():
            (self.what if borrower else self.borrower).setFocus()
            return
        try:
            by = typed_day(self.day.text())
        except Refused as refused:
            self.failed.emit(refused)
            self.day.setFocus()
            return
        kind = RequestKind.WAIT if self.waits.isChecked() else RequestKind.ORDER
        place = self.place.text().strip()
        read = read_order(self.what.text())
        lines = [Wanted(what, number=number, by=by, place=place, kind=kind) for number, what in read]
        self.filled.emit(borrower, lines)


def matching(catalogue: Catalogue, typed: str) -> list[str]:
    """Give the types and sizes of which every typed word begins a word: ``vio 1/2`` finds ``Violin 1/2``."""
    sought = search_words(typed)
    names = [
        f"{kind.name} {size}".strip()
        for kind in catalogue.types
        for size in ("", *(kind.sizes or ()))
        if sought and search_words(kind.name)
    ]
    meant = [name for name in names if _meets(name, sought)]
    return meant[:MOST]


def _meets(name: str, sought: list[str]) -> bool:
    there = search_words(name)
    return all(any(word.startswith(one) for word in there) for one in sought)


def _pick(line: BorrowerLine) -> Pick:
    words = " · ".join(filter(None, (_called(line), kind_word(line.kind), line.school or line.postcode, line.code)))
    return Pick(line.code, words, _called(line))


def _called(line: BorrowerLine) -> str:
    return _("{name} (for {pupil})").format(name=line.name, pupil=line.pupil) if line.pupil else line.name
