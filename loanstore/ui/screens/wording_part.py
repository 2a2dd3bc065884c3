"""The wording of agreements: choose a text and a version, edit it, see what is wrong, see the page, save, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from loanstore.domain.wordings import KEYS, faults
from loanstore.i18n import _
from loanstore.ui.choices import choice
from loanstore.ui.flow import flow_of
from loanstore.ui.labels import button, label, named, pause
from loanstore.ui.screens.wording_editor import WordingEditor, fill
from loanstore.wording import short_day
from loanstore.wording.agreements import fault_sentence, text_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.agreements import AgreementText
    from loanstore.domain.wordings import Line
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.drafting import Version
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.theme import Look

_PAUSE = 400
"""Milliseconds after the last keystroke before a draft is looked through."""


class WordingPart(QWidget):
    """The text on the left, the page as it will be on the right; in a narrow window one below the other."""

    def __init__(self, look: Look, counter: Counter, box: ErrorBox) -> None:
        super().__init__()
        self._look = look
        self._counter = counter
        self._box = box
        self._newest = 0
        self._drawn: list[tuple[QLabel, QPixmap]] = []
        texts = [(text_word(key), key) for key in KEYS]
        self.text = choice("wordingText", _("Which text"), texts)
        self.version = choice("wordingVersion", _("Which version"))
        self.editor = WordingEditor(look)
        self.faults = named(QListWidget(), "wordingFaults", _("What is wrong"))
        self.faults.setMaximumHeight(3 * look.theme.size("popup_row"))
        self.state = label("muted", "", wrap=True)
        self.large = named(QCheckBox(_("Large print")), "previewLarge", _("Preview in large print"))
        self.pages = QVBoxLayout()
        self.changes = named(QListWidget(), "wordingChanges", _("What changed"))
        self.changes.setWordWrap(True)
        self.changes.setMinimumHeight(look.theme.size("paper"))
        self._save = button("saveWording", _("Save as a new version"), self.save, primary=True)
        self._compare = button("compareWording", _("Compare with the newest"), self.compare)
        self._pause = pause(self, _PAUSE, self._look_through)
        self._lay_out()
        self.text.currentIndexChanged.connect(lambda _at: self.refresh())
        self.version.currentIndexChanged.connect(lambda _at: self._load())
        self.editor.changed.connect(self._pause.start)
        self.faults.itemActivated.connect(self._go_to_fault)
        self.faults.itemClicked.connect(self._go_to_fault)

    def refresh(self) -> None:
        """Read the versions of the chosen text, and show the newest."""
        key = str(self.text.currentData())

        def work(desk: Desk) -> tuple[str, Sequence[Version], AgreementText]:
            from loanstore.operations import drafting

            return key, drafting.versions(desk, key), drafting.text(desk, key)

        def show(found: tuple[str, Sequence[Version], AgreementText]) -> None:
            said, versions, text = found
            if said != self.text.currentData():
                return
            self._newest = versions[0].number
            fill(self.version, [(self._words(one), one.number) for one in versions])
            self._show(text)

        self._counter.read(work, show, name="wording")

    def save(self) -> None:
        """Save the draft as the next version."""
        draft = self.editor.draft()
        if draft is None:
            return

        def work(desk: Desk) -> Done[Version]:
            from loanstore.operations import drafting

            return drafting.save(desk, draft)

        def saved(version: Version) -> None:
            self._box.show_done(
                _("Saved as version {n}").format(n=version.number),
                _("Agreements made from now on have it; those made before keep theirs."),
            )
            self.refresh()

        self._counter.write(work, saved)

    def preview(self) -> None:
        """Draw the draft as the page it will be."""
        draft, large = self.editor.draft(), self.large.isChecked()
        if draft is None:
            return

        def work(desk: Desk) -> tuple[bytes, ...]:
            from loanstore.operations import drafting

            return drafting.preview(desk, draft, large=large)

        self._counter.read(work, self._show_pages, name="preview")

    def compare(self) -> None:
        """Show what changed from the chosen version to the newest."""
        key, old, new = str(self.text.currentData()), self.version.currentData(), self._newest

        def work(desk: Desk) -> tuple[Line, ...]:
            from loanstore.operations import drafting

            return drafting.comparison(desk, key, int(old), new)

        self._counter.read(work, self._show_changes, name="compare")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the page under the text where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < self._look.theme.size("fold_below") - self._look.theme.size("side_width")
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._fit_pages()

    def page_count(self) -> int:
        """Give how many pages the preview shows."""
        return self.pages.count()

    def _words(self, version: Version) -> str:
        if not version.saved:
            return _("Version {n}, as shipped").format(n=version.number)
        desk = self._counter.desk
        day = _day_of(version.saved, desk.desk) if desk is not None else ""
        return _("Version {n}, {day}").format(n=version.number, day=day)

    def _load(self) -> None:
        key, number = str(self.text.currentData()), self.version.currentData()
        if number is None:
            return

        def work(desk: Desk) -> AgreementText:
            from loanstore.operations import drafting

            return drafting.text(desk, key, int(number))

        self._counter.read(work, self._show, name="wording-text")

    def _show(self, text: AgreementText) -> None:
        self.editor.show_text(text)
        self._compare.setEnabled(self.version.currentData() != self._newest)
        self._show_changes(())
        self.preview()

    def _look_through(self) -> None:
        draft = self.editor.draft()
        found = faults(draft) if draft is not None else ()
        self.faults.clear()
        for fault in found:
            item = QListWidgetItem(fault_sentence(fault))
            item.setData(Qt.ItemDataRole.UserRole, fault.clause)
            self.faults.addItem(item)
        self.faults.setVisible(bool(found))
        self.state.setText("" if found else _("Nothing is wrong with this text."))
        self._save.setEnabled(draft is not None and not found)

    def _go_to_fault(self, item: QListWidgetItem) -> None:
        self.editor.go_to(int(item.data(Qt.ItemDataRole.UserRole)))

    def _show_pages(self, pages: tuple[bytes, ...]) -> None:
        while (item := self.pages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._drawn = []
        for number, png in enumerate(pages, 1):
            picture = QPixmap()
            picture.loadFromData(png)
            shown = named(QLabel(), f"previewPage-{number}", _("Page {n} of the preview").format(n=number))
            # Else the window could never be made narrower than the picture.
            shown.setMinimumWidth(1)
            self._drawn.append((shown, picture))
            self.pages.addWidget(shown)
        self._fit_pages()

    def _fit_pages(self) -> None:
        size = self._look.theme.size
        width = min(size("paper"), self.width() - 2 * size("s5"))
        for shown, picture in self._drawn if width > 0 else ():
            if shown.pixmap().width() != width:
                shown.setPixmap(picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))

    def _show_changes(self, lines: Sequence[Line]) -> None:
        theme = self._look.theme
        self.changes.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.mark} {line.text}")
            if line.mark.strip():
                item.setForeground(theme.colour("out" if line.mark == "+" else "wrong"))
            self.changes.addItem(item)
        self.changes.setVisible(bool(lines))

    def _lay_out(self) -> None:
        size = self._look.theme.size
        gap = size("s2")
        top = flow_of(gap, self.text, self.version, self._compare)
        below = flow_of(gap, self._save)
        show = flow_of(gap, button("previewWording", _("Preview"), self.preview), self.large)
        left = QVBoxLayout()
        left.setSpacing(size("s3"))
        left.addWidget(self.editor)
        left.addWidget(self.faults)
        left.addWidget(self.state)
        left.addLayout(below)
        left.addStretch(1)
        paper = named(QFrame(), "card")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s3"))
        inside.addLayout(show)
        inside.addWidget(self.changes)
        inside.addLayout(self.pages)
        inside.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(size("s4"))
        self._columns.addLayout(left, 1)
        self._columns.addWidget(paper, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s3"))
        layout.addLayout(top)
        layout.addLayout(self._columns)
        layout.addStretch(1)
        self.changes.hide()
        self.faults.hide()


def _day_of(saved: str, desk: Desk) -> str:
    from loanstore.domain.gestures import read_instant

    return short_day(desk.day_of(read_instant(saved)))
