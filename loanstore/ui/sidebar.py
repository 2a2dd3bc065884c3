"""The sidebar: whose store this is, and the screens in groups, with a count only where someone must act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.labels import ClampedLabel, label, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.ui.theme import Look


MOST_KEYS: Final = 9
"""The screens that Ctrl and a figure go to."""


@dataclass(frozen=True, slots=True)
class Place:
    """One screen in the sidebar: its name in the program, its words, and whether a line stands before it."""

    name: str
    words: str
    begins_group: bool = False


class Sidebar(QWidget):
    """Ctrl+1 to Ctrl+9 go to the screens in this order."""

    wanted = Signal(str)

    def __init__(self, look: Look, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        size = look.theme.size
        self.setFixedWidth(size("side_width"))
        self._owner = ClampedLabel("ownerName", lines=2)
        self._store = ClampedLabel("storeName")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._badges: dict[str, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("s3"), size("gutter"), size("s3"), size("s3"))
        layout.setSpacing(size("strong_border"))
        titles = QVBoxLayout()
        titles.setContentsMargins(size("pad"), 0, size("pad"), size("s3"))
        titles.addWidget(self._owner)
        titles.addWidget(self._store)
        layout.addLayout(titles)
        self._scroll = named(QScrollArea(), "sideScroll", _("Screens"))
        layout.addWidget(self._scroll, 1)
        self._fill(places, look)

    def show_owner(self, owner: str, store: str) -> None:
        """Say whose store it is, and which file."""
        self._owner.say(owner)
        self._store.say(store)

    def show_place(self, name: str) -> None:
        """Mark the screen that is shown; one that is not in the sidebar leaves the mark where it was."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)
            self._scroll.ensureWidgetVisible(self._buttons[name], 0, 0)

    def show_count(self, name: str, words: str) -> None:
        """Show a count beside a screen; no words, no count."""
        self._badges[name].setText(words)
        self._badges[name].setVisible(bool(words))
        said = self._buttons[name].text()
        self._buttons[name].setAccessibleName(f"{said}, {words}" if words else said)

    def _fill(self, places: Sequence[Place], look: Look) -> None:
        """Put the screens below each other; where the window is too low for all of them they scroll."""
        size = look.theme.size
        inside = named(QWidget(), "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size("strong_border"))
        for at, place in enumerate(places, 1):
            if place.begins_group:
                self._add_line(column, size("s2"))
            column.addWidget(self._make(place, size("pad")))
            if at <= MOST_KEYS:
                QShortcut(QKeySequence(f"Ctrl+{at}"), self, lambda name=place.name: self.wanted.emit(name))
        column.addStretch(1)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inside)

    def _make(self, place: Place, space: int) -> QPushButton:
        made = named(QPushButton(place.words), f"go-{place.name}", place.words)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.wanted.emit(place.name))
        badge = label("badge")
        badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        badge.hide()
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, space, 0)
        inside.addStretch(1)
        inside.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self._group.addButton(made)
        self._buttons[place.name], self._badges[place.name] = made, badge
        return made

    def _add_line(self, layout: QVBoxLayout, space: int) -> None:
        layout.addSpacing(space)
        layout.addWidget(named(QFrame(), "sideLine"))
        layout.addSpacing(space)


def places() -> tuple[Place, ...]:
    """Give the screens in the sidebar's order: what is done at the counter, what is kept, what is managed."""
    return (
        Place("desk", _("Scan desk")),
        Place("today", _("Today")),
        Place("instruments", _("Instruments"), begins_group=True),
        Place("borrowers", _("Borrowers")),
        Place("loans", _("Loans")),
        Place("sets", _("Class sets")),
        Place("requests", _("Requests")),
        Place("labels", _("Labels"), begins_group=True),
        Place("stocktake", _("Stocktake")),
        Place("workshop", _("Workshop")),
        Place("deliveries", _("Deliveries")),
        Place("charges", _("Charges"), begins_group=True),
        Place("agreements", _("Agreements")),
        Place("register", _("Asset register")),
        Place("settings", _("Settings")),
    )
