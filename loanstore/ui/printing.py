"""Papers leave the desk: to the printer that the settings name, else opened to be printed from there."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

KEPT_SECONDS: Final = 24 * 60 * 60
"""A paper names people: the copy that was opened is deleted after a day."""


def open_file(path: Path) -> None:
    """Open a file with whatever this machine opens such files with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def run_detached(command: Sequence[str]) -> bool:
    """Start another program and let it be; tell whether it started."""
    started, _number = QProcess.startDetached(command[0], list(command[1:]))
    return started


class Papers:
    """Gives out papers. ``printer`` is a queue of the machine's; an empty one opens the paper instead."""

    def __init__(
        self,
        folder: Path,
        printer: str = "",
        *,
        show: Callable[[Path], None] = open_file,
        run: Callable[[Sequence[str]], bool] = run_detached,
    ) -> None:
        self._folder = folder
        self._printer = printer
        self._show = show
        self._run = run

    def print_on(self, printer: str) -> None:
        """Print on another queue; an empty one opens papers instead."""
        self._printer = printer

    def give_out(self, name: str, pdf: bytes) -> Path:
        """Print or open a paper and give its file; raises FileUnusable where it can't be written."""
        path = self._folder / f"{name}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(pdf)
        except OSError as error:
            raise FileUnusable("FILE_NOT_WRITTEN", file=str(path), reason=error.strerror or str(error)) from None
        if not self._print(path):
            self._show(path)
        return path

    def clear_old(self) -> None:
        """Delete the papers of days before."""
        limit = time.time() - KEPT_SECONDS
        for path in self._folder.glob("*.pdf") if self._folder.is_dir() else ():
            try:
                if path.stat().st_mtime < limit:
                    path.unlink()
            except OSError:
                continue

    def _print(self, path: Path) -> bool:
        lp = shutil.which("lp") if self._printer else None
        return lp is not None and self._run([lp, "-d", self._printer, "-o", "print-scaling=none", str(path)])
