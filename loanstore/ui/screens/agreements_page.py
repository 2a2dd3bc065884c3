"""Agreements: those to be signed, scanned papers to be filed, and the wording; one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from loanstore.i18n import _
from loanstore.ui.find_field import FindField, page_head
from loanstore.ui.flow import FlowLayout
from loanstore.ui.screens.loose_pages import LoosePages
from loanstore.ui.screens.sign_list import SignList
from loanstore.ui.screens.wording_part import WordingPart
from loanstore.ui.screens.work_list import make_tabs, say_count, scrolling

if TYPE_CHECKING:
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.theme import Look

TO_SIGN, SCANNED, WORDING = range(3)
_REDRAW_ON: Final = frozenset({"loans", "borrowers"})


class AgreementsPage(QWidget):
    """Three parts. The barcode of an agreement scanned here opens it to be signed, or names it for scanned pages."""

    passed_on = Signal(str)

    def __init__(self, look: Look, counter: Counter, box: ErrorBox, papers: DeskPapers) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._stale = True
        self.signing = SignList(look, counter, box, papers)
        self.loose = LoosePages(look, counter, box)
        self.wording = WordingPart(look, counter, box)
        self.field = FindField("find-agreements", _("Find by number, name or how far it is"))
        self._tabs = make_tabs(self, ("showToSign", "showScanned", "showWording"), self.show_part)
        self._at = TO_SIGN
        self._counts = [0, 0, 0]
        self._lay_out()
        self.field.textChanged.connect(self.signing.list.narrow)
        self.field.went_down.connect(self.signing.list.focus)
        self.signing.counted.connect(lambda n: self._counted(TO_SIGN, n))
        self.loose.counted.connect(lambda n: self._counted(SCANNED, n))
        self.signing.form.opened.connect(self._show_form)
        self.signing.form.unknown.connect(self.passed_on)
        counter.changes.listen(_REDRAW_ON, self._changed)
        counter.when_open(self._changed)

    def shown(self) -> None:
        """Come into view: what changed meanwhile is read."""
        if self._stale:
            self.refresh()
        if self._at == TO_SIGN:
            self.field.setFocus()
            self.field.selectAll()

    def refresh(self) -> None:
        """Read again what is to be signed and filed; a text that is being written stays."""
        self._stale = False
        self.signing.refresh()
        self.loose.refresh()
        if self.wording.editor.draft() is None:
            self.wording.refresh()

    def show_part(self, at: int) -> None:
        """Show one of the three parts."""
        self._tabs[at].setChecked(True)
        self._at = at
        self.field.setVisible(at == TO_SIGN)
        for place, part in enumerate((self.signing, self.loose, self.wording)):
            part.setVisible(place == at)
        # What had the focus may just have gone out of sight.
        (self.field if at == TO_SIGN else self._tabs[at]).setFocus()

    def take_scan(self, text: str) -> bool:
        """Take the barcode of an agreement; what turns out to be none is passed on to the desk."""
        if self._at == TO_SIGN:
            self.signing.form.open(text)
            return True
        if self._at == SCANNED and self.loose.list.selectedItems():
            self.loose.field.setText(text)
            return True
        return False

    def escape(self) -> bool:
        """Close the form to sign in; tell whether it stood open."""
        if not self.signing.form.isVisible():
            return False
        self.signing.form.leave()
        return True

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _counted(self, at: int, n: int) -> None:
        self._counts[at] = n
        self._say_counts()

    def _say_counts(self) -> None:
        names = (_("To sign"), _("Scanned pages"), _("Wording"))
        for tab, name, n in zip(self._tabs, names, self._counts, strict=True):
            say_count(tab, name, n)

    def _lay_out(self) -> None:
        tabs = FlowLayout(self._look.theme.size("s2"))
        for tab in self._tabs:
            tabs.addWidget(tab)
        layout = scrolling(self._look, self, "agreementsScroll", _("Agreements"))
        layout.addLayout(page_head(self._look, _("Agreements"), self.field))
        layout.addLayout(tabs)
        for part in (self.signing, self.loose, self.wording):
            layout.addWidget(part, 1)
        self._say_counts()
        self.show_part(TO_SIGN)

    def _show_form(self) -> None:
        """Bring the form into view, once it has its place."""
        scroll = self.findChild(QScrollArea, "agreementsScroll")
        if isinstance(scroll, QScrollArea):
            QTimer.singleShot(0, lambda: scroll.ensureWidgetVisible(self.signing.form))
