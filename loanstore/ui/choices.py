"""Small makers for what is chosen: one of several words, or a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit

from loanstore.ui.labels import named

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_LETTERS: Final = 6


class Choice(QComboBox):
    """A combo box as narrow as its place asks, both of its parts named."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        named(self, name, words)
        named(self.view(), f"{name}-list", words)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)


def choice(name: str, words: str, options: Iterable[tuple[str, str]] = ()) -> QComboBox:
    """Make a choice of texts, each with the value it stands for."""
    made = named(QComboBox(), name, words)
    named(made.view(), f"{name}List", words)
    for text, value in options:
        made.addItem(text, value)
    return made


def day_field(name: str, words: str) -> QDateEdit:
    """Make a field for a day, to type or to pick."""
    made = named(QDateEdit(), name, words)
    made.setDisplayFormat("d MMMM yyyy")
    made.setCalendarPopup(True)
    return made


def set_day(field: QDateEdit, day: date) -> None:
    """Put a day into a field."""
    field.setDate(QDate(day.year, day.month, day.day))


def last_day(field: QDateEdit, day: date) -> None:
    """Let a field hold no day after this one."""
    field.setMaximumDate(QDate(day.year, day.month, day.day))


def day_in(field: QDateEdit) -> date:
    """Give the day that a field holds."""
    said = field.date()
    return date(said.year(), said.month(), said.day())
