"""The labels: sheets for what has none, blank labels to bind later, and how far labelling is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from loanstore.i18n import _, ngettext
from loanstore.ui.labels import button, label, named
from loanstore.ui.table_model import Column, TableModel
from loanstore.ui.theme import mono_font

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.labelling import LabelSheet, Wanted
    from loanstore.operations.labelling_progress import LabelProgress
    from loanstore.storage.label_lists import LabelledAt, UnlabelledOut
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_ROWS: Final = 7
_MOST_BLANKS: Final = 1000


class LabelsPage(QScrollArea):
    """Makes sheets; ``made`` carries the name and the finished PDF, every barcode of it read back."""

    made = Signal(str, object)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("labelsPage")
        self._look = look
        self._counter = counter
        self.stock = named(QComboBox(), "labelStock", _("Label stock"))
        named(self.stock.view(), "labelStockList", _("Label stock"))
        self.start = named(QSpinBox(), "labelStart", _("First free label"))
        self.start.setMinimum(1)
        self.blanks = named(QSpinBox(), "blankCount", _("How many blank labels"))
        self.blanks.setRange(1, _MOST_BLANKS)
        self.places: TableModel[LabelledAt] = TableModel(self._place_columns(), self)
        self.out: TableModel[UnlabelledOut] = TableModel(self._out_columns(), self)
        self._new = button("printNew", _("Print what has no label yet"), self._print_new, primary=True)
        self._none_out = label("muted", _("Everything that is out has its label."), wrap=True)
        self._out_table = self._table(self.out, "unlabelledOut", _("Out without a label"))
        self._print_out = button("printOut", _("Print these labels"), self._print_for_those_out)
        self._lay_out()
        self.stock.currentIndexChanged.connect(self._stock_chosen)
        counter.changes.listen(frozenset({"instruments", "loans"}), self._changed)
        counter.when_open(self._load)

    def shown(self) -> None:
        """Come into view, and read what changed meanwhile, at other desks too."""
        self._load()
        self.stock.setFocus()

    def _changed(self) -> None:
        if self.isVisible():
            self._load()

    def _load(self) -> None:
        def work(desk: Desk) -> tuple[LabelProgress, dict[str, LabelStock]]:
            from loanstore.operations import labelling, labelling_progress

            return labelling_progress.progress(desk), labelling.stocks(desk)

        self._counter.read(work, lambda found: self._show(*found), name="labels")

    def _show(self, progress: LabelProgress, stocks: dict[str, LabelStock]) -> None:
        if not self.stock.count():
            for key, stock in stocks.items():
                self.stock.addItem(stock.name, (key, stock.per_page))
        self.places.show(progress.places)
        self.out.show(progress.out)
        n = progress.missing
        words = ngettext("Print the {n} label that is missing", "Print the {n} labels that are missing", n)
        self._new.setText(words.format(n=n) if n else _("Everything has its label"))
        self._new.setAccessibleName(self._new.text())
        self._new.setEnabled(n > 0)
        for one in (self._out_table, self._print_out):
            one.setVisible(bool(progress.out))
        self._none_out.setVisible(not progress.out)

    def _stock_chosen(self) -> None:
        self.start.setMaximum(self.stock.currentData()[1])

    def _print_new(self) -> None:
        from loanstore.operations.labelling import Wanted

        self._make(Wanted(new=True), "labels")

    def _print_for_those_out(self) -> None:
        from loanstore.operations.labelling import Wanted

        self._make(Wanted(tuple(line.instrument for line in self.out.lines())), "labels")

    def _print_blanks(self) -> None:
        from loanstore.operations.labelling import Wanted

        self._make(Wanted(blank=self.blanks.value()), "blank-labels")

    def _make(self, wanted: Wanted, name: str) -> None:
        key, start = self.stock.currentData()[0], self.start.value()

        def work(desk: Desk, progress: Callable[[int, int], None]) -> Done[LabelSheet]:
            from loanstore.operations import labelling

            return labelling.make_labels(desk, wanted, labelling.Onto(key, start), progress=progress)

        def done(sheet: LabelSheet) -> None:
            self.start.setValue(sheet.next_start)
            self.made.emit(name, sheet.pdf)

        self._counter.write_long(_("Labels"), work, done)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        inside = named(QWidget(), "scrolled")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addWidget(self._card(_("Labels"), self._sheet_form(), self._buttons()))
        places = self._table(self.places, "labelProgress", _("How far labelling is, by place"))
        layout.addWidget(self._card(_("How far labelling is"), places))
        layout.addWidget(self._card(_("Out without a label"), self._none_out, self._out_table, self._print_out))
        layout.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _card(self, title: str, *parts: QWidget) -> QFrame:
        size = self._look.theme.size
        card = named(QFrame(), "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s3"))
        layout.addWidget(label("title", title))
        for part in parts:
            layout.addWidget(part)
        return card

    def _sheet_form(self) -> QWidget:
        made = QWidget()
        form = QFormLayout(made)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_("Stock"), self.stock)
        form.addRow(_("First free label"), self.start)
        return made

    def _buttons(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._new)
        row.addSpacing(self._look.theme.size("s5"))
        row.addWidget(self.blanks)
        row.addWidget(button("printBlanks", _("Blank labels to bind later"), self._print_blanks))
        row.addStretch(1)
        return made

    def _table(self, model: TableModel[Any], name: str, words: str) -> QTableView:
        size = self._look.theme.size
        table = named(QTableView(), name, words)
        table.setModel(model)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size("row"))
        table.setMinimumHeight(size("row") * _ROWS)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        for at, column in enumerate(model.columns):
            if column.width:
                table.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        return table

    def _place_columns(self) -> tuple[Column[LabelledAt], ...]:
        number = self._look.theme.size("day")
        return (
            Column(_("Place"), lambda line: line.place or _("no place")),
            Column(_("Instruments"), lambda line: str(line.instruments), number, right=True),
            Column(_("Labelled"), lambda line: str(line.labelled), number, right=True),
            Column(_("Missing"), lambda line: str(line.instruments - line.labelled or ""), number, right=True),
        )

    def _out_columns(self) -> tuple[Column[UnlabelledOut], ...]:
        size = self._look.theme.size
        mono = mono_font(self._look.theme)
        return (
            Column(_("Borrower"), lambda line: line.borrower_name or line.borrower),
            Column(_("Code"), lambda line: line.instrument, size("code_column"), font=lambda _line: mono),
            Column(_("Instrument"), lambda line: line.title, size("what")),
            Column(_("Serial"), lambda line: line.serial, size("serial")),
        )
