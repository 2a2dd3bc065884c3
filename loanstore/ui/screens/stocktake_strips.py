"""The two strips of the stocktake screen: beginning one, and closing one with a plain question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.places import Place
    from loanstore.domain.stocktake_report import UnseenLine
    from loanstore.ui.theme import Look

MOST_NAMED = 12
"""So many are named in the question; the list beside it holds them all."""


class BeginStrip(QFrame):
    """Chooses what is counted; ``begun`` carries the name of a place, or None for everything."""

    begun = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        size = look.theme.size
        self.places = named(QComboBox(), "beginPlace", _("What is counted"))
        named(self.places.view(), "beginPlaceList", _("What is counted"))
        self.places.setMinimumWidth(size("panel_width"))
        row = FlowLayout(size("s2"))
        row.addWidget(label("strong", _("Take stock of")))
        row.addWidget(self.places)
        row.addWidget(button("beginStocktake", _("Begin"), self._begin, primary=True))
        row.addWidget(button("leaveBegin", _("Cancel"), self.hide))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s3"))
        inside.addLayout(row)
        self.hide()

    def ask(self, places: Sequence[Place]) -> None:
        """Ask which place is counted, or everything."""
        self.places.clear()
        for place in places:
            self.places.addItem(place.name, place.name)
        self.places.addItem(_("Everything, at all places"), None)
        self.show()
        self.places.setFocus()

    def _begin(self) -> None:
        self.hide()
        self.begun.emit(self.places.currentData())


class CloseStrip(QFrame):
    """Asks plainly how many would be set missing, and which; ``decided`` carries their ids, empty for none."""

    decided = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("asking")
        self._unseen: tuple[UnseenLine, ...] = ()
        size = look.theme.size
        self._question = label("strong", wrap=True)
        self._which = label("askingWhich", wrap=True)
        self._missing = button("closeSetMissing", _("Set missing and close"), self._set_missing, primary=True)
        self._leave = button("closeOnly", _("Close it"), lambda: self._decide(()))
        buttons = FlowLayout(size("s2"))
        for one in (self._missing, self._leave, button("goOnCounting", _("Go on counting"), self.hide)):
            buttons.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s3"))
        layout.setSpacing(size("s2"))
        layout.addWidget(self._question)
        layout.addWidget(self._which)
        layout.addLayout(buttons)
        self.hide()

    def ask(self, unseen: Sequence[UnseenLine]) -> None:
        """Ask what is to become of what nobody has seen."""
        self._unseen = tuple(unseen)
        n = len(self._unseen)
        self._question.setText(
            ngettext(
                "{n} instrument was not seen. Is it missing?", "{n} instruments were not seen. Are they missing?", n
            ).format(n=f"{n:,}")
            if n
            else _("Everything was seen. Close the stocktake?")
        )
        named_here = ", ".join(f"{line.code} {line.what}".strip() for line in self._unseen[:MOST_NAMED])
        more = _("{named} and {n} more, all in the list").format(named=named_here, n=f"{n - MOST_NAMED:,}")
        self._which.setText(more if n > MOST_NAMED else named_here)
        self._which.setVisible(bool(n))
        self._missing.setText(ngettext("Set {n} missing and close", "Set {n} missing and close", n).format(n=f"{n:,}"))
        self._missing.setAccessibleName(self._missing.text())
        self._missing.setVisible(bool(n))
        self._leave.setText(_("Close, set nothing missing") if n else _("Close it"))
        self._leave.setAccessibleName(self._leave.text())
        self.setAccessibleName(f"{self._question.text()} {self._which.text()}")
        self.show()
        self._leave.setFocus()

    def words(self) -> str:
        """Give the question and what it names."""
        return f"{self._question.text()} {self._which.text()}".strip()

    def _set_missing(self) -> None:
        self._decide(tuple(line.id for line in self._unseen))

    def _decide(self, missing: tuple[str, ...]) -> None:
        self.hide()
        self.decided.emit(missing)
