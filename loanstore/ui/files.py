"""Asking where a file goes, by the system's own dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def choose_target(parent: QWidget, name: str) -> Path | None:
    """Let a person say where a list goes: a workbook, or a CSV file where its name or its kind says so."""
    kinds = {_("Excel workbook (*.xlsx)"): ".xlsx", _("CSV (*.csv)"): ".csv"}
    said, kind = QFileDialog.getSaveFileName(parent, _("Export the list"), f"{name}.xlsx", ";;".join(kinds))
    if not said:
        return None
    path = Path(said)
    return path if path.suffix.casefold() in kinds.values() else path.with_name(path.name + kinds.get(kind, ".xlsx"))


def choose_file(words: str) -> Callable[[QWidget, str], Path | None]:
    """Give what lets a person say where a file of a proposed name goes; ``words`` stand over the dialog."""

    def choose(parent: QWidget, name: str) -> Path | None:
        said, _kind = QFileDialog.getSaveFileName(parent, words, name)
        return Path(said) if said else None

    return choose
