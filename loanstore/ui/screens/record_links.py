"""What a record is linked with: the apparatus that goes with an instrument, and the instruments that it goes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loanstore.domain.instruments import title
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.operations.browsing import InstrumentCard
    from loanstore.ui.theme import Look


class RecordLinks(QWidget):
    """Buttons that lead to the records of what is linked; ``followed`` carries the code of one."""

    followed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._row = FlowLayout(look.theme.size("s2"))
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._row)
        self.hide()

    def show_of(self, card: InstrumentCard | None) -> None:
        """Show what an instrument is linked with; nothing of it for None."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        links = _links(card) if card is not None else []
        for number, (words, thing) in enumerate(links, 1):
            said = words.format(code=thing.code, what=title(thing.fields))
            self._row.addWidget(button(f"link-{number}", said, lambda code=thing.code: self.followed.emit(code)))  # type: ignore[misc]  # a code of its own
        self.setVisible(bool(links))


def _links(card: InstrumentCard) -> list[tuple[str, Instrument]]:
    goes = [(_("Its apparatus: {what}, {code}"), card.apparatus)] if card.apparatus is not None else []
    return [*goes, *((_("Apparatus of {what}, {code}"), thing) for thing in card.serves)]
