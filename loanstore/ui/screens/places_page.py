"""The places: what they are called, what stands there, added and renamed in one line, their labels printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QStackedWidget, QVBoxLayout

from loanstore.domain.loans import Status
from loanstore.domain.places import PlaceKind
from loanstore.i18n import _, ngettext
from loanstore.ui.find_field import PageField
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import ClampedLabel, button, label, named
from loanstore.ui.screens.folding_page import FoldingPage
from loanstore.ui.screens.plain_table import PlainTable
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording.answers import status_word
from loanstore.wording.stocktakes import place_kind_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.places import Place, PlaceLine, StandingLine
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.theme import Look


_LEAST_ROWS: Final = 6


class PlacesPage(FoldingPage):
    """Enter on a place chooses it at the scan desk, as a scan of its label does."""

    choose = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, look: Look, counter: Counter, papers: DeskPapers, box: ErrorBox) -> None:
        super().__init__(look, "places")
        self._look = look
        self._counter = counter
        self._papers = papers
        self._box = box
        self._lines: tuple[PlaceLine, ...] = ()
        self.table: PlainTable[PlaceLine] = PlainTable(look, "placeLines", _("Places"), lambda line: line.id)
        self.standing: PlainTable[StandingLine] = PlainTable(
            look, "standingLines", _("What stands there"), lambda line: line.id
        )
        self.field = named(PageField(), "placeName", _("Name of a place"))
        self.field.setPlaceholderText(_("Name of a place, such as Store A, cupboard 3"))
        self.kind = named(QComboBox(), "placeKind", _("What it is for"))
        named(self.kind.view(), "placeKindList", _("What it is for"))
        for kind in PlaceKind:
            self.kind.addItem(place_kind_word(kind), kind.value)
        self._lay_out()
        self.field.returnPressed.connect(self._add)
        self.field.textChanged.connect(lambda _text: self._enable())
        self.table.opened.connect(self._use)
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._chosen())
        counter.changes.listen(frozenset({"places", "instruments"}), self._changed)
        counter.when_open(self._changed)

    def shown(self) -> None:
        """Come into view: the places are read afresh, and one may type a name at once."""
        self.refresh()
        self.field.setFocus()

    def fold(self, *, narrow: bool) -> None:
        """Spare columns where room is short."""
        self.table.spare(narrow=narrow)

    def refresh(self) -> None:
        """Read the places."""

        def work(desk: Desk) -> tuple[PlaceLine, ...]:
            from loanstore.operations import placing

            return placing.list_places(desk)

        self._counter.read(work, self._show, name="places")

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, lines: Sequence[PlaceLine]) -> None:
        self._lines = tuple(lines)
        self.table.show_lines(self._columns(), lines)
        self._listed.setCurrentIndex(0 if lines else 1)
        self._chosen()
        n = len(lines)
        self._count.setText(ngettext("{n} place", "{n} places", n).format(n=n) if n else "")
        bare = sum(not line.code for line in lines)
        self._codes.setVisible(bool(bare))
        self._codes.setText(ngettext("Give {n} its code", "Give {n} their codes", bare).format(n=bare))
        self._codes.setAccessibleName(self._codes.text())
        self._enable()

    def _columns(self) -> tuple[Column[PlaceLine], ...]:
        size = self._look.theme.size
        return (
            Column(
                _("Code"),
                lambda line: line.code or _("none yet"),
                size("code_column"),
                font=lambda line: mono_font(self._look.theme) if line.code else None,
                colour=lambda line: None if line.code else self._look.theme.colour("muted"),
            ),
            Column(_("Name"), lambda line: line.name),
            Column(_("For"), lambda line: place_kind_word(line.kind), size("where"), spare=True),
            Column(
                _("Stands there"),
                lambda line: f"{line.standing:,}",
                size("status"),
                sorts=lambda line: line.standing,
                right=True,
            ),
        )

    def _chosen(self) -> None:
        """Show beside the list what stands at the one place that is chosen."""
        self._enable()
        chosen = self.table.chosen()
        self._beside.setVisible(len(chosen) == 1)
        if len(chosen) != 1:
            return
        (line,) = chosen

        def work(desk: Desk) -> tuple[StandingLine, ...]:
            from loanstore.operations import placing

            return placing.standing_at(desk, line.id)

        def found(standing: tuple[StandingLine, ...]) -> None:
            self._place.say(line.name)
            n = len(standing)
            words = ngettext("{n} instrument stands there", "{n} instruments stand there", n)
            self._standing_count.setText(words.format(n=f"{n:,}") if n else _("Nothing stands there"))
            self.standing.show_lines(self._standing_columns(), standing)

        self._counter.read(work, found, name="standing")

    def _standing_columns(self) -> tuple[Column[StandingLine], ...]:
        size = self._look.theme.size
        return (
            Column(
                _("Code"), lambda line: line.code, size("code_column"), font=lambda _line: mono_font(self._look.theme)
            ),
            Column(_("Instrument"), lambda line: line.what),
            Column(_("Stands"), lambda line: status_word(Status(line.status)), size("day")),
        )

    def _enable(self) -> None:
        chosen, said = self.table.chosen(), bool(self.field.text().strip())
        self._add_button.setEnabled(said)
        self._rename_button.setEnabled(said and len(chosen) == 1)
        self._labels.setEnabled(any(line.code for line in chosen or self._lines))
        n = len(chosen)
        self._labels.setText(
            ngettext("Print {n} barcode", "Print {n} barcodes", n).format(n=n) if n else _("Print all barcodes")
        )
        self._labels.setAccessibleName(self._labels.text())

    def _add(self) -> None:
        name, kind = self.field.text(), str(self.kind.currentData())
        if not name.strip():
            return

        def work(desk: Desk) -> Done[Place]:
            from loanstore.operations import placing

            return placing.add_place(desk, name, kind)

        self._counter.write(work, self._named)

    def _rename(self) -> None:
        (line,) = self.table.chosen()
        name = self.field.text()

        def work(desk: Desk) -> Done[Place]:
            from loanstore.operations import placing

            return placing.rename_place(desk, line.code or line.name, name)

        self._counter.write(work, self._named)

    def _named(self, place: Place) -> None:
        self.field.clear()
        self.field.setFocus()
        self._box.show_done(place.name, place.code)

    def _give_codes(self) -> None:
        def work(desk: Desk) -> Done[tuple[Place, ...]]:
            from loanstore.operations import placing

            return placing.give_codes(desk)

        def given(made: tuple[Place, ...]) -> None:
            n = len(made)
            told = ngettext("{n} place has its code now", "{n} places have their codes now", n).format(n=n)
            self._box.show_done(told, _("Print their barcodes and stick them up where the things stand."))

        self._counter.write(work, given)

    def _print(self) -> None:
        wanted = [line.code for line in self.table.chosen() or self._lines if line.code]

        def work(desk: Desk) -> bytes:
            from loanstore.operations import placing

            return placing.place_sheet_pdf(desk, wanted)

        self._counter.read(work, lambda pdf: self._papers.give_out("places", pdf))

    def _use(self, row: int) -> None:
        line = self.table.lines()[row]
        if line.code:
            self.choose.emit(line.code)
        else:
            self._box.show_done(line.name, _("It has no code yet: give it one first, then it can be used at the desk."))

    def _lay_out(self) -> None:
        size = self._look.theme.size
        self._codes = button("givePlaceCodes", _("Give codes"), self._give_codes)
        self._labels = button("printPlaces", _("Print all barcodes"), self._print)
        self._add_button = button("addPlace", _("Add"), self._add, primary=True)
        self._rename_button = button("renamePlace", _("Rename the chosen one"), self._rename)
        buttons = FlowLayout(size("s2"))
        for one in (self._codes, self._labels):
            buttons.addWidget(one)
        buttons.addWidget(button("goStocktake", _("Back to the stocktake"), lambda: self.page_wanted.emit("stocktake")))
        head = self.folding_row()
        head.addWidget(label("title", _("Places")))
        head.addStretch(1)
        head.addLayout(buttons)
        self.field.setMinimumWidth(size("panel_width"))
        entry = FlowLayout(size("s2"))
        for widget in (self.field, self.kind, self._add_button, self._rename_button):
            entry.addWidget(widget)
        nothing = label(
            "mutedLarge", _("No place yet. Name the first one above; its label is what is scanned there."), wrap=True
        )
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = label("muted")
        self._listed = QStackedWidget()
        self._listed.setMinimumHeight(size("row") * _LEAST_ROWS)
        self._listed.addWidget(self.table)
        self._listed.addWidget(nothing)
        card = named(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        inside.addWidget(self._listed, 1)
        inside.addWidget(self._count)
        self.column.addLayout(head)
        self.column.addLayout(entry)
        body = self.folding_row()
        body.addWidget(card, 1)
        body.addWidget(self._make_beside())
        self.column.addLayout(body, 1)
        self._enable()

    def _make_beside(self) -> QFrame:
        size = self._look.theme.size
        self._place = ClampedLabel("strong", lines=2)
        self._standing_count = label("muted")
        self.standing.setMinimumHeight(size("row") * _LEAST_ROWS)
        self._beside = named(QFrame(), "card")
        self._beside.setMinimumWidth(size("panel_width"))
        inside = QVBoxLayout(self._beside)
        inside.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s3"))
        inside.addWidget(self._place)
        inside.addWidget(self._standing_count)
        inside.addWidget(self.standing, 1)
        self._beside.hide()
        return self._beside
