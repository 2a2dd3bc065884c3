"""The labels: what waits on a picture of its sheet, blank labels to bind later, and how far labelling is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFormLayout,
    QFrame,
    QHeaderView,
    QScrollArea,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named, pause
from loanstore.ui.screens.label_sheet_view import LabelSheetView
from loanstore.ui.table_model import Column, TableModel
from loanstore.ui.theme import mono_font
from loanstore.wording import told

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.label_queueing import QueuedLabel
    from loanstore.operations.labelling import LabelSheet, Preview, Wanted
    from loanstore.operations.labelling_progress import LabelProgress
    from loanstore.operations.printing import PagePicture
    from loanstore.storage.label_lists import LabelledAt, UnlabelledOut
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_ROWS: Final = 7
_MOST_BLANKS: Final = 1000
PAUSE: Final = 250
"""Milliseconds after a change before the sheet is drawn again."""
PREVIEW_DPI: Final = 100
NARROW: Final = 820
"""Pixels below which the queue stands under the sheet."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the screen shows: how far labelling is, the stocks, the part-used sheets, what waits."""

    progress: LabelProgress
    stocks: dict[str, LabelStock]
    sheets: dict[str, int]
    waiting: tuple[QueuedLabel, ...]


class LabelsPage(QScrollArea):
    """Makes sheets; ``made`` carries the name and the finished PDF, every barcode of it read back.

    ``send_wanted`` says that all that waits is to go to this computer's label printer.
    """

    made = Signal(str, object)
    send_wanted = Signal()

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("labelsPage")
        self._look = look
        self._counter = counter
        self.stock = named(QComboBox(), "labelStock", _("Label stock"))
        named(self.stock.view(), "labelStockList", _("Label stock"))
        self.start = named(QSpinBox(), "labelStart", _("First free label"))
        self.start.setMinimum(1)
        self.sheet = LabelSheetView(look)
        self._stocks: dict[str, LabelStock] = {}
        self._begun: dict[str, int] = {}
        self.queue: TableModel[QueuedLabel] = TableModel(self._queue_columns(), self)
        self._pause = pause(self, PAUSE, self._draw)
        self._said = label("muted", wrap=True)
        self.blanks = named(QSpinBox(), "blankCount", _("How many blank labels"))
        self.blanks.setRange(1, _MOST_BLANKS)
        self.places: TableModel[LabelledAt] = TableModel(self._place_columns(), self)
        self.out: TableModel[UnlabelledOut] = TableModel(self._out_columns(), self)
        self._new = button("printNew", _("Print what has no label yet"), self._print_new, primary=True)
        self._print_queue = button("printQueue", _("Print all that wait"), self._print_queued)
        self._send = button("sendLabels", _("Send to the label printer"), self.send_wanted.emit)
        self._drop = button("dropQueued", _("Take off the queue"), self._take_off)
        self._queue_table = self._table(self.queue, "labelQueue", _("Labels that wait"))
        self._none_out = label("muted", _("Everything that is out has its label."), wrap=True)
        self._out_table = self._table(self.out, "unlabelledOut", _("Out without a label"))
        self._print_out = button("printOut", _("Print these labels"), self._print_for_those_out)
        self._lay_out()
        self.stock.currentIndexChanged.connect(self._stock_chosen)
        self.start.valueChanged.connect(self._start_chosen)
        self.sheet.chosen.connect(self.start.setValue)
        counter.changes.listen(frozenset({"instruments", "loans", "labels"}), self._changed)
        counter.when_open(self._load)

    def shown(self) -> None:
        """Come into view, and read what changed meanwhile, at other desks too."""
        self._load()
        self.stock.setFocus()

    def said(self) -> str:
        """Give what is said of the sheet that would be printed."""
        return self._said.text()

    def _changed(self) -> None:
        if self.isVisible():
            self._load()

    def _load(self) -> None:
        def work(desk: Desk) -> _Found:
            from loanstore.operations import label_queueing, labelling, labelling_progress

            waiting = label_queueing.queue(desk)
            return _Found(
                labelling_progress.progress(desk), labelling.stocks(desk), label_queueing.sheets(desk), waiting
            )

        self._counter.read(work, self._show, name="labels")

    def _show(self, found: _Found) -> None:
        progress, self._stocks, self._begun = found.progress, found.stocks, found.sheets
        if not self.stock.count():
            for key, stock in self._stocks.items():
                self.stock.addItem(stock.name, key)
        self.queue.show(found.waiting)
        for waits in (self._print_queue, self._send):
            waits.setEnabled(bool(found.waiting))
        self._drop.setEnabled(any(line.again for line in found.waiting))
        self._pause.start()
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
        """Show the stock's sheet, where the last one of it was left."""
        key = self.stock.currentData()
        stock = self._stocks[key]
        self.start.setMaximum(stock.per_page)
        self.sheet.show_stock(stock)
        self.start.setValue(min(self._begun.get(key, 1), stock.per_page))
        self._pause.start()

    def _start_chosen(self, start: int) -> None:
        self.sheet.show_start(start)
        self._pause.start()

    def _draw(self) -> None:
        """Draw the first sheet as it would be, and say how much there is of it."""
        from loanstore.operations.labelling import Onto, Wanted

        onto = Onto(self.stock.currentData(), self.start.value())
        if not self.queue.lines():
            self.sheet.show_picture(None)
            self._said.setText(_("Nothing waits to be printed."))
            return

        def work(desk: Desk) -> tuple[Preview, PagePicture | None]:
            from loanstore.operations import labelling, printing

            made = labelling.preview(desk, Wanted(queued=True), onto)
            return made, printing.page_picture(made.pdf, 0, PREVIEW_DPI)

        self._counter.read(work, lambda made: self._show_page(*made), name="labelPreview", failed=self._not_drawn)

    def _show_page(self, made: Preview, picture: PagePicture | None) -> None:
        self.sheet.show_picture(picture)
        pages = ngettext("{n} sheet", "{n} sheets", made.pages).format(n=made.pages)
        count = ngettext("{n} label", "{n} labels", made.labels).format(n=made.labels)
        after = _("the next begins at label {n}").format(n=made.next_start)
        self._said.setText(f"{count} · {pages} · {after}")

    def _not_drawn(self, error: Exception) -> None:
        """Say on the spot why this stock won't do, and what would."""
        words = told(error)
        self.sheet.show_picture(None)
        self._said.setText(f"{words.message} {words.next}".strip())

    def _print_queued(self) -> None:
        from loanstore.operations.labelling import Wanted

        self._make(Wanted(queued=True), "labels")

    def _take_off(self) -> None:
        """Take the chosen labels off the queue; what never had one stays."""
        rows = {index.row() for index in self._queue_table.selectionModel().selectedRows()}
        codes = [line.code for at, line in enumerate(self.queue.lines()) if at in rows and line.again]

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import label_queueing

            return label_queueing.want_no_longer(desk, codes)

        if codes:
            self._counter.write(work, lambda _none: self._load())

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
        key, start = self.stock.currentData(), self.start.value()

        def work(desk: Desk, progress: Progress) -> Done[LabelSheet]:
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
        layout.addWidget(self._card(_("Labels"), self._sheet_form(), self._said, self._sheet_row(), self._buttons()))
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

    def _sheet_row(self) -> QWidget:
        made = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._look.theme.size("s4"))
        self.sheet.setMinimumHeight(self._look.theme.size("page") * 3 // 4)
        self._row.addWidget(self.sheet, 1)
        self._row.addWidget(self._queue_table, 1)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the queue stand under the sheet where the window is narrow."""
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if self.width() < NARROW else way.LeftToRight)
        super().resizeEvent(event)

    def _sheet_form(self) -> QWidget:
        made = QWidget()
        form = QFormLayout(made)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_("Stock"), self.stock)
        form.addRow(_("First free label"), self.start)
        return made

    def _buttons(self) -> QWidget:
        made = QWidget()
        row = FlowLayout(self._look.theme.size("s2"))
        made.setLayout(row)
        blanks = button("printBlanks", _("Blank labels to bind later"), self._print_blanks)
        for one in (self._print_queue, self._send, self._new, self._drop, self.blanks, blanks):
            row.addWidget(one)
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

    def _queue_columns(self) -> tuple[Column[QueuedLabel], ...]:
        size = self._look.theme.size
        mono = mono_font(self._look.theme)
        return (
            Column(_("Code"), lambda line: line.code, size("code_column"), font=lambda _line: mono),
            Column(_("For"), lambda line: line.title),
            Column(_("Why"), lambda line: _("wanted again") if line.again else _("has none yet"), size("day")),
        )

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
