"""An instrument's pictures, small and side by side; one is opened large, another added from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.ui.popup import Popup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent

    from loanstore.operations.desk import Desk, Done
    from loanstore.storage.photos import Photo
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_SHARE: Final = 0.9
"""How much of the window a large picture takes."""


def choose_picture(parent: QWidget) -> Path | None:
    """Let a person choose a picture."""
    said, _kind = QFileDialog.getOpenFileName(parent, _("Add a photo"), "", _("Pictures (*.jpg *.jpeg *.png)"))
    return Path(said) if said else None


class PhotoStrip(QWidget):
    """Thumbnails that Tab reaches and Enter opens; what is large goes with Esc, or when another screen comes up."""

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("photoStrip")
        self._look = look
        self._counter = counter
        self._choose: Callable[[QWidget], Path | None] = choose_picture
        self._code = ""
        self._large: LargePhoto | None = None
        size = look.theme.size
        self._row = FlowLayout(size("s2"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, size("s1"), 0, size("s1"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("heading", _("Photos")))
        layout.addLayout(self._row)
        self._add = button("addPhoto", _("Add photo"), self.add_photo)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        layout.addLayout(foot)

    def choose_by(self, choose: Callable[[QWidget], Path | None]) -> None:
        """Have pictures chosen in another way than by the system's own dialog."""
        self._choose = choose

    def show_of(self, code: str) -> None:
        """Show the pictures of an instrument; an empty code shows nothing."""
        self._code = code
        self.setVisible(bool(code))
        self._fill(())
        if not code:
            return

        def work(desk: Desk) -> tuple[str, Sequence[Photo]]:
            from loanstore.operations import photographing

            return code, photographing.photos_of(desk, code)

        self._counter.read(work, self._found, name="photos")

    def add_photo(self) -> None:
        """Add a picture that a person chooses."""
        code, file = self._code, self._choose(self)
        if file is None or not code:
            return

        def work(desk: Desk) -> Done[Photo]:
            from loanstore.operations import photographing

            return photographing.add_photo(desk, code, file)

        self._counter.write(work, lambda _photo: self.show_of(code))

    def open_photo(self, photo: str) -> None:
        """Open a picture as large as the window allows."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import photographing

            return photographing.original(desk, photo)

        self._counter.read(work, lambda picture: self._show_large(photo, picture), name="photo")

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the large picture away with the card."""
        super().hideEvent(event)
        self._close_large()

    def _found(self, found: tuple[str, Sequence[Photo]]) -> None:
        code, photos = found
        if code == self._code:
            self._fill(photos)

    def _fill(self, photos: Sequence[Photo]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, photo in enumerate(photos, 1):
            self._row.addWidget(self._make_thumbnail(number, photo))
        self.updateGeometry()

    def _make_thumbnail(self, number: int, photo: Photo) -> QPushButton:
        side = self._look.theme.size("thumbnail")
        picture = QPixmap()
        picture.loadFromData(photo.thumbnail)
        made = named(QPushButton(), f"photo-{number}", _("Photo {n}, open large").format(n=number))
        made.setProperty("thumbnail", True)
        made.setIcon(QIcon(picture))
        made.setIconSize(QSize(side, side))
        made.setAutoDefault(True)
        made.clicked.connect(lambda: self.open_photo(photo.id))
        return made

    def _show_large(self, photo: str, picture: bytes) -> None:
        self._close_large()
        if self.isVisible():
            self._large = LargePhoto(self._look, self.window(), picture)
            self._large.left.connect(self._close_large)
            self._large.delete_wanted.connect(lambda: self._delete(photo))

    def _delete(self, photo: str) -> None:
        code = self._code

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import photographing

            return photographing.delete_photo(desk, photo)

        self._close_large()
        self._counter.write(work, lambda _none: self.show_of(code))

    def _close_large(self) -> None:
        if self._large is not None:
            self._large.hide()
            self._large.deleteLater()
            self._large = None
            self._add.setFocus()


def _upright(picture: bytes) -> QImage:
    """Read a picture the right way up, whichever way the camera was held."""
    buffer = QBuffer()
    buffer.setData(picture)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()


class LargePhoto(Popup):
    """A picture over the window. Deleting asks a second time, for it can't be undone."""

    delete_wanted = Signal()

    def __init__(self, look: Look, over: QWidget, picture: bytes) -> None:
        super().__init__(look, over)
        size = look.theme.size
        shown = QPixmap.fromImage(_upright(picture))
        room = QSize(int(over.width() * _SHARE), int(over.height() * _SHARE) - size("control") - 3 * size("s4"))
        picture_label = named(QLabel(), "largePhoto", _("The photo"))
        picture_label.setPixmap(
            shown.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        picture_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sure = False
        self._delete = button("deletePhoto", _("Delete photo"), self._ask)
        close = button("closePhoto", _("Close") + "   Esc", self.left.emit, primary=True)
        self.fill(picture_label, close, self._delete)

    def _ask(self) -> None:
        if self._sure:
            self.delete_wanted.emit()
        self._sure = True
        self._delete.setText(_("Delete it for good?"))
        self._delete.setAccessibleName(self._delete.text())
