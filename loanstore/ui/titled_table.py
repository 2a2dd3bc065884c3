"""A table in a card with a heading of its own, and words in its place while there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout

from loanstore.ui.labels import label, named
from loanstore.ui.screens.list_table import Table
from loanstore.ui.table_model import Column, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton

    from loanstore.ui.theme import Look


class TitledTable(QFrame):
    """Lines under a heading; ``empty`` says in words that there are none."""

    def __init__(self, name: str, title: str, columns: Sequence[Column[Any]], empty: str, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        size = look.theme.size
        self.model: TableModel[Any] = TableModel(columns, self)
        self.table = named(Table(), name, title)
        self._empty = label("mutedLarge", empty, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._narrow = size("fold_below") - size("side_width")
        self._prepare(size("row"))
        self.table.setMinimumHeight(size("least_table"))
        self._whole = label("muted", wrap=True)
        self._whole.hide()
        self.table.selectionModel().selectionChanged.connect(self._say_whole)
        self._body = QStackedWidget()
        self._body.addWidget(self._empty)
        self._body.addWidget(self.table)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s3"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("strong", title, wrap=True))
        layout.addWidget(self._body, 1)
        layout.addWidget(self._whole)

    def add_button(self, made: QPushButton) -> None:
        """Put a button under the table."""
        row = QHBoxLayout()
        row.addWidget(made)
        row.addStretch(1)
        self._column.addLayout(row)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show lines, or say that there are none."""
        self.model.show(lines)
        self._whole.hide()
        self._body.setCurrentIndex(1 if lines else 0)

    def words(self) -> list[list[str]]:
        """Give what the cells say, line by line, or what stands in their place."""
        if not self.model.rowCount():
            return [[self._empty.text()]]
        return [[column.says(line) for column in self.model.columns] for line in self.model.lines()]

    def chosen(self) -> Any:  # noqa: ANN401 - a table of any lines
        """Give the line that is selected; None where none is."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.line(rows[0].row()) if rows else None

    def selected_words(self) -> str:
        """Give what is said below the table of the line that is selected."""
        return self._whole.text()

    def fit(self, width: int) -> None:
        """Let columns that can be spared give way in a narrow window."""
        for at, column in enumerate(self.model.columns):
            if column.spare:
                self.table.setColumnHidden(at, width < self._narrow)

    def _say_whole(self) -> None:
        """Say the selected line whole below the table, for the cells that are cut short or left out."""
        line = self.chosen()
        said = [column.says(line) for column in self.model.columns] if line is not None else []
        self._whole.setText(" · ".join(filter(None, said)))
        self._whole.setVisible(bool(said))

    def _prepare(self, row: int) -> None:
        table = self.table
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(row)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        for at, column in enumerate(self.model.columns):
            if column.width:
                table.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
