"""Scanned papers: a batch is read and filed by its barcodes, and the pages left over wait here with their pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from loanstore.i18n import _, ngettext
from loanstore.ui.flow import flow_of
from loanstore.ui.labels import button, label, named
from loanstore.wording.agreements import left_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.filing import Batch, Filed
    from loanstore.storage.kept_papers import LoosePage
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.theme import Look

_NAMED: Final = 3
"""How many reasons of pages left over the strip at the foot names."""


def choose_scan(parent: QWidget) -> Path | None:
    """Let a person choose a scan."""
    kinds = _("Scans (*.pdf *.tif *.tiff *.png *.jpg *.jpeg)")
    said, _kind = QFileDialog.getOpenFileName(parent, _("File scanned papers"), "", kinds)
    return Path(said) if said else None


class LoosePages(QFrame):
    """Thumbnails, several chosen at once, and the agreement they are filed with; ``counted`` tells how many wait."""

    counted = Signal(int)

    def __init__(self, look: Look, counter: Counter, box: ErrorBox) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._counter = counter
        self._box = box
        self._choose: Callable[[QWidget], Path | None] = choose_scan
        self._pages: tuple[LoosePage, ...] = ()
        self._sure = False
        self._picture = QPixmap()
        size = look.theme.size
        self.list = self._make_list()
        self.large = named(QLabel(), "loosePageLarge", _("The chosen page, large"))
        self.large.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        # Else the window could never be made narrower than the picture.
        self.large.setMinimumWidth(1)
        self.large.hide()
        empty = _("No scanned page waits. Signed papers are scanned in one go and filed here.")
        self._empty = label("mutedLarge", empty, wrap=True)
        self.field = named(QLineEdit(), "looseAgreement", _("Agreement that the chosen pages belong to"))
        self.field.setPlaceholderText(_("Type or scan the agreement"))
        self.field.setMinimumWidth(size("choice"))
        self._assign = button("assignPages", _("File with this agreement"), self.assign)
        self._erase = button("erasePages", _("Erase the chosen pages"), self.erase)
        gap = size("s2")
        hint = label("muted", _("A PDF or pictures of signed agreements, in any order."))
        top = flow_of(gap, button("fileScans", _("File scanned papers"), self.file_scans, primary=True), hint)
        below = flow_of(gap, self.field, self._assign, self._erase)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s3"))
        layout.addLayout(top)
        layout.addWidget(self._empty)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(size("s4"))
        self._columns.addWidget(self.list, 1)
        self._columns.addWidget(self.large, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(below)
        layout.addLayout(self._columns, 1)
        self.list.itemSelectionChanged.connect(self._selected)
        self.field.textChanged.connect(lambda _text: self._allow())
        self.field.returnPressed.connect(self.assign)
        self._show(())

    def choose_by(self, choose: Callable[[QWidget], Path | None]) -> None:
        """Have scans chosen in another way than by the system's own dialog."""
        self._choose = choose

    def refresh(self) -> None:
        """Read again which pages wait."""

        def work(desk: Desk) -> Sequence[LoosePage]:
            from loanstore.operations import filing

            return filing.loose(desk)

        self._counter.read(work, self._show, name="loose")

    def file_scans(self) -> None:
        """Read a scan that a person chooses, beside the desk's work, then file it in its turn."""
        file = self._choose(self)
        if file is None:
            return

        def look(_desk: Desk, progress: Progress) -> Batch:
            from loanstore.operations import filing

            return filing.read_batch(file, progress)

        def put(batch: Batch) -> None:
            def work(desk: Desk) -> Done[Filed]:
                from loanstore.operations import filing

                return filing.file_batch(desk, batch)

            self._counter.write(work, self._filed)

        self._counter.read_long(_("Reading the scan"), look, put)

    def assign(self) -> None:
        """File the chosen pages with the agreement that is named."""
        pages, code = self.chosen(), self.field.text().strip()
        if not pages or not code:
            return

        def work(desk: Desk) -> Done[str]:
            from loanstore.operations import filing

            return filing.assign(desk, pages, code)

        def assigned(agreement: str) -> None:
            self.field.clear()
            self._box.show_done(_("Filed with {agreement}").format(agreement=agreement))
            self.refresh()

        self._counter.write(work, assigned)

    def erase(self) -> None:
        """Erase the chosen pages for good, once that was asked a second time."""
        if not self._sure:
            self._sure = True
            self._erase.setText(_("Erase for good?"))
            self._erase.setAccessibleName(self._erase.text())
            return
        pages = self.chosen()

        def work(desk: Desk) -> Done[int]:
            from loanstore.operations import filing

            return filing.dismiss(desk, pages)

        self._counter.write(work, lambda _count: self.refresh())

    def chosen(self) -> list[str]:
        """Give the pages that are chosen, in the order they lay."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [self._pages[row].id for row in rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the large picture under the others where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < self._look.theme.size("fold_below") - self._look.theme.size("side_width")
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._fit_large()

    def _filed(self, done: Filed) -> None:
        n, left = len(done.plan.bundles), len(done.plan.left)
        title = ngettext("{n} agreement filed as signed", "{n} agreements filed as signed", n).format(n=n)
        reasons = list(dict.fromkeys(left_word(page.why) for page in done.plan.left))
        more = ngettext("{n} page left over", "{n} pages left over", left).format(n=left)
        self._box.show_done(title, f"{more}: {'; '.join(reasons[:_NAMED])}" if left else "")
        self.refresh()

    def _show(self, pages: Sequence[LoosePage]) -> None:
        self._pages = tuple(pages)
        self.list.clear()
        for page in self._pages:
            picture = QPixmap()
            picture.loadFromData(page.thumbnail)
            words = f"{_('Page {n}').format(n=page.number)}\n{left_word(page.why)}"
            item = QListWidgetItem(QIcon(picture), words)
            item.setToolTip(", ".join(page.codes) or words)
            self.list.addItem(item)
        self._empty.setVisible(not self._pages)
        self.list.setVisible(bool(self._pages))
        self.large.hide()
        self._allow()
        self.counted.emit(len(self._pages))

    def _selected(self) -> None:
        self._allow()
        chosen = self.chosen()
        if not chosen:
            self.large.hide()
            return
        page = chosen[-1]

        def work(desk: Desk) -> bytes:
            from loanstore.operations import filing

            return filing.page_picture(desk, page)

        self._counter.read(work, self._show_large, name="loose-page", failed=lambda _error: self.large.hide())

    def _show_large(self, png: bytes) -> None:
        self._picture.loadFromData(png)
        self.large.clear()
        self._fit_large()
        self.large.show()

    def _fit_large(self) -> None:
        size = self._look.theme.size
        width = min(size("paper"), self.width() - 2 * size("gutter"))
        if not self._picture.isNull() and width > 0 and self.large.pixmap().width() != width:
            smooth = Qt.TransformationMode.SmoothTransformation
            self.large.setPixmap(self._picture.scaledToWidth(width, smooth))

    def _allow(self) -> None:
        self._sure = False
        self._erase.setText(_("Erase the chosen pages"))
        self._erase.setAccessibleName(self._erase.text())
        chosen = bool(self.list.selectedItems())
        self._erase.setEnabled(chosen)
        self._assign.setEnabled(chosen and bool(self.field.text().strip()))

    def _make_list(self) -> QListWidget:
        size = self._look.theme.size
        made = named(QListWidget(), "loosePages", _("Scanned pages that wait"))
        made.setViewMode(QListView.ViewMode.IconMode)
        made.setIconSize(QSize(size("page_thumbnail"), size("page_thumbnail")))
        made.setGridSize(QSize(size("page_cell"), size("page_thumbnail") + 3 * size("row")))
        made.setWordWrap(True)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setMovement(QListView.Movement.Static)
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setMinimumHeight(size("page_thumbnail") + 4 * size("row"))
        return made
