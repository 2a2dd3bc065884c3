"""The gestures behind the card's strip: a note is kept, a photo taken or chosen; no scan ever waits for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loanstore.i18n import _
from loanstore.ui.camera import Cameras
from loanstore.ui.screens.camera_view import CameraView
from loanstore.ui.screens.photo_strip import choose_picture
from loanstore.wording.looks import note_kept, photo_kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loanstore.domain.loans import Instrument
    from loanstore.domain.looks import Look as LookAt
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.photographing import Picture
    from loanstore.storage.photos import Photo
    from loanstore.ui.counter import Counter
    from loanstore.ui.screens.look_strip import LookStrip
    from loanstore.ui.theme import Look


class LookActions(QObject):
    """Ties the strip to the counter; ``left`` says that the keyboard is for the desk again."""

    left = Signal()

    def __init__(self, look: Look, counter: Counter, strip: LookStrip, over: QWidget) -> None:
        super().__init__(over)
        self._look = look
        self._counter = counter
        self._strip = strip
        self._over = over
        self._view: CameraView | None = None
        self._cameras = Cameras()
        self._choose: Callable[[QWidget], Path | None] = choose_picture
        strip.noted.connect(self._note)
        strip.camera_wanted.connect(self._take)
        strip.file_wanted.connect(self._from_file)
        # Before the scan is sent: what was typed is of the thing before, and is written before.
        counter.scanning.connect(strip.keep)
        counter.scanning.connect(self.put_camera_away)

    def take_pictures_by(self, cameras: Cameras, choose: Callable[[QWidget], Path | None] | None = None) -> None:
        """Have pictures come from elsewhere than the machine's camera and the system's dialog."""
        self._cameras = cameras
        self._choose = choose or self._choose

    def put_camera_away(self) -> None:
        """Close what the camera shows, and let go of it."""
        if self._view is not None:
            self._view.put_away()
            self._view = None

    def _note(self, about: LookAt, text: str) -> None:
        def work(desk: Desk) -> Done[Instrument]:
            from loanstore.operations import inspecting

            return inspecting.say(desk, about, text)

        self._counter.write(work, lambda _thing: self._strip.tell(about, note_kept(about)))

    def _take(self, about: LookAt) -> None:
        missing = self._cameras.missing()
        if missing:
            self._strip.tell(about, missing)
            return
        self.put_camera_away()
        view = CameraView(self._look, self._over.window(), self._cameras.open())
        view.taken.connect(lambda picture: self._taken(about, picture))
        view.left.connect(self._leave)
        self._view = view

    def _taken(self, about: LookAt, picture: bytes) -> None:
        self._leave()
        name = _("the camera's photo")

        def ready() -> Picture:
            from loanstore.operations import photographing

            return photographing.picture_of(picture, name)

        self._keep(about, ready)

    def _from_file(self, about: LookAt) -> None:
        file = self._choose(self._over.window())
        self.left.emit()
        if file is None:
            return
        path = file

        def ready() -> Picture:
            from loanstore.operations import photographing

            return photographing.read_picture(path)

        self._keep(about, ready)

    def _keep(self, about: LookAt, ready: Callable[[], Picture]) -> None:
        """Make the picture ready beside the scans, and keep it in its turn among them."""

        def keep(picture: Picture) -> None:
            def work(desk: Desk) -> Done[Photo]:
                from loanstore.operations import inspecting

                return inspecting.photograph(desk, about, picture)

            self._counter.write(work, lambda _photo: self._strip.tell(about, photo_kept(about)))

        self._counter.read(lambda _desk: ready(), keep)

    def _leave(self) -> None:
        self.put_camera_away()
        self.left.emit()
