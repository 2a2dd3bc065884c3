"""One question of the home screen: what went out with TAKE, and a field to say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from loanstore.domain.gestures import read_instant
from loanstore.i18n import _
from loanstore.ui.labels import button, label, named
from loanstore.wording.matters import asked

if TYPE_CHECKING:
    from loanstore.domain.takes import TakeLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

MOST_ASKED: Final = 12
"""So many are asked about at once; the rest follow as these are answered."""


class ReasonRow(QWidget):
    """Enter in the field keeps what is typed; ``given`` carries the TAKE and the reason."""

    given = Signal(str, str)

    def __init__(self, line: TakeLine, look: Look, counter: Counter) -> None:
        super().__init__()
        self._identity = line.id
        opened = counter.desk
        moment = read_instant(line.at)
        said = asked(line, opened.desk.day_of(moment) if opened is not None else moment.date())
        self.field = named(QLineEdit(), f"why-{line.code}", _("Why {what}").format(what=said))
        self.field.setPlaceholderText(_("Say why in a few words, then Enter"))
        self.field.returnPressed.connect(self._give)
        self._keep = button(f"keepWhy-{line.code}", _("Keep"), self._give)
        self._keep.setAccessibleName(_("Keep the reason why {what}").format(what=said))
        size = look.theme.size
        row = QHBoxLayout()
        row.setSpacing(size("s2"))
        row.addWidget(self.field, 1)
        row.addWidget(self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s1"))
        layout.addWidget(label("", said, wrap=True))
        layout.addLayout(row)

    def _give(self) -> None:
        if self.field.text().strip():
            self.given.emit(self._identity, self.field.text())
        else:
            self.field.setFocus()
