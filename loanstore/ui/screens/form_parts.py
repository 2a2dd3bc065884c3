"""Parts that forms are made of: a day to type or pick, a choice, a small table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QDateEdit, QHeaderView

from loanstore.ui.labels import named
from loanstore.ui.screens.list_screen import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.ui.table_model import TableModel
    from loanstore.ui.theme import Look


def day_field(name: str, words: str) -> QDateEdit:
    """Make a field for a day, with a calendar behind its arrow."""
    made = named(QDateEdit(), name, words)
    made.setDisplayFormat("d MMM yyyy")
    made.setCalendarPopup(True)
    return made


def set_day(field: QDateEdit, day: date) -> None:
    """Show a day in a field."""
    field.setDate(QDate(day.year, day.month, day.day))


def day_in(field: QDateEdit) -> date:
    """Give the day that stands in a field, half-typed figures read first."""
    field.interpretText()
    said = field.date()
    return date(said.year(), said.month(), said.day())


def choice(name: str, words: str, options: Mapping[str, str]) -> QComboBox:
    """Make a choice among words; each stands for a value."""
    made = named(QComboBox(), name, words)
    named(made.view(), f"{name}List", words)
    for value, text in options.items():
        made.addItem(text, value)
    return made


def small_table(name: str, words: str, model: TableModel[Any], look: Look) -> Table:
    """Make a table inside a card: one line can be chosen, Enter opens it, and nothing scrolls sideways."""
    table = named(Table(), name, words)
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(look.theme.size("row"))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    for at, column in enumerate(model.columns):
        if column.width:
            table.setColumnWidth(at, column.width)
        else:
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
    return table
