"""The chosen run: its stops with what is loaded and left, the field that loads, and the docket's signature."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from loanstore.domain import codes
from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.form_parts import choice, day_field, day_in, set_day, small_table
from loanstore.ui.screens.load_answer import LoadAnswer
from loanstore.ui.screens.loading_words import carried_words
from loanstore.ui.table_model import Column, TableModel
from loanstore.wording import day, short_day
from loanstore.wording.deliveries import progress_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.errors import Refused
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.handing_over import Delivery
    from loanstore.operations.touring import RunCard, StopCard
    from loanstore.ui.counter import Counter
    from loanstore.ui.screens.loading_words import Told
    from loanstore.ui.theme import Look


class Doing(StrEnum):
    """What a scan does at the chosen stop."""

    LOAD = "load"
    COLLECT = "collect"
    UNLOAD = "unload"


class RunPanel(QFrame):
    """Loads by scans for the stop that is chosen; ``sounded`` carries the tone of each answer.

    ``docket_wanted`` carries run and borrower, ``sheet_wanted`` the run; ``agreed`` the agreement a docket made.
    """

    sounded = Signal(str)
    docket_wanted = Signal(str, str)
    sheet_wanted = Signal(str)
    change_wanted = Signal()
    cancel_wanted = Signal(str)
    agreed = Signal(str)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counter = counter
        self.card: RunCard | None = None
        self._title = label("title")
        self._about = label("muted", "", wrap=True)
        self.model: TableModel[StopCard] = TableModel(_columns(look), self)
        self.table = small_table("stopsTable", _("Stops in the order the van drives"), self.model, look)
        options = {
            Doing.LOAD.value: _("Load for"),
            Doing.COLLECT.value: _("Pick up at"),
            Doing.UNLOAD.value: _("Take off the van"),
        }
        self.doing = choice("doing", _("What a scan does"), options)
        self.doing.currentIndexChanged.connect(lambda _at: self._stop_chosen())
        self.field = named(QLineEdit(), "loadField", _("Scan or type a code"))
        self.field.returnPressed.connect(self._typed)
        self.table.opened.connect(lambda _row: self.field.setFocus())
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._stop_chosen())
        self.answer = LoadAnswer(look)
        self.answer.anyway.connect(self._anyway)
        self.signer = named(QLineEdit(), "signer", _("Who signed the docket"))
        self.signer.setPlaceholderText(_("Who signed the docket"))
        self.signer.returnPressed.connect(self._deliver)
        self.signed_on = day_field("signedOn", _("The day it was signed"))
        self._sign = button("deliver", _("Signed: hand over"), self._deliver, primary=True)
        self._docket = button("printDocket", _("Print the docket"), self._print_docket)
        self._cancel = button("cancelRun", _("Call it off"), self._call_off)
        self._change = button("changeRun", _("Change the run"), self.change_wanted.emit)
        self._last = ""
        self._narrow = look.theme.size("page")
        QShortcut(QKeySequence("Ctrl+Return"), self, self._anyway, context=Qt.ShortcutContext.WindowShortcut)
        self._lay_out(look)

    def show_card(self, card: RunCard, today: date) -> None:
        """Show a run as it stands; the stop that was chosen stays chosen."""
        same = self.card is not None and self.card.run.id == card.run.id
        chosen = self.stop.borrower.id if same and self.stop is not None else None
        self.card = card
        self._title.setText(day(date.fromisoformat(card.run.day)))
        aboard = ngettext("{n} on the van", "{n} on the van", card.aboard).format(n=card.aboard)
        self._about.setText("  ·  ".join((card.run.code, progress_word(card.progress), aboard)))
        self.model.show(card.stops)
        if not same:
            self.answer.hide()
            self.signer.clear()
            self.doing.setCurrentIndex(0)
            self.signed_on.setMaximumDate(QDate(today.year, today.month, today.day))
            set_day(self.signed_on, today)
        self.choose(chosen or self._first_open(card))
        self._change.setEnabled(card.run.cancelled is None)
        self._cancel.setEnabled(card.run.cancelled is None and not card.aboard)

    def choose(self, borrower: str | None) -> bool:
        """Choose the stop at a borrower's, named by id or code; tell whether there is one."""
        for row, stop in enumerate(self.model.lines()):
            if borrower is not None and borrower in {stop.borrower.id, codes.normalise(stop.borrower.code)}:
                self.table.selectRow(row)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns that can be spared give way where the panel is narrow."""
        super().resizeEvent(event)
        for at, column in enumerate(self.model.columns):
            self.table.setColumnHidden(at, column.spare and self.width() < self._narrow)

    @property
    def stop(self) -> StopCard | None:
        """Give the stop that is chosen."""
        row = self.table.currentIndex().row()
        return self.model.line(row) if 0 <= row < self.model.rowCount() else None

    def take(self, text: str, *, anyway: bool = False) -> None:
        """Do with a code what a scan does at the chosen stop."""
        card, stop = self.card, self.stop
        if card is None or stop is None:
            return
        self._last = text
        doing, run, borrower = Doing(self.doing.currentData()), card.run.id, stop.borrower.id

        def work(desk: Desk) -> Done[Told | Refused]:
            return _carry(desk, doing, (run, borrower, text), anyway=anyway)

        self._counter.write(work, self._answered)

    def _typed(self) -> None:
        text = self.field.text().strip()
        self.field.clear()
        if text:
            self.take(text)

    def _anyway(self) -> None:
        if self.isVisible() and self.answer.overrulable:
            self.take(self._last, anyway=True)
            self.field.setFocus()

    def _answered(self, told: Told | Refused) -> None:
        self.sounded.emit(self.answer.show_answer(told))

    def _stop_chosen(self) -> None:
        stop, unloading = self.stop, self.doing.currentData() == Doing.UNLOAD.value
        where = stop.borrower.label if stop is not None and not unloading else ""
        self.field.setPlaceholderText(": ".join(filter(None, (where, _("scan or type a code")))))
        self.field.setAccessibleName(" ".join(filter(None, (self.doing.currentText(), where))))
        called_off = self.card is not None and self.card.run.cancelled is not None
        self.field.setEnabled(stop is not None and not called_off)
        open_ = stop is not None and stop.signed is None and not called_off
        for one in (self.signer, self.signed_on, self._sign):
            one.setEnabled(open_)
        self._docket.setEnabled(stop is not None and bool(stop.loaded or stop.delivered or stop.collected))

    def _first_open(self, card: RunCard) -> str | None:
        waiting = [stop for stop in card.stops if stop.signed is None] or list(card.stops)
        return waiting[0].borrower.id if waiting else None

    def _deliver(self) -> None:
        card, stop = self.card, self.stop
        if card is None or stop is None:
            return
        if not self.signer.text().strip():
            self.signer.setFocus()
            return
        run, borrower, name, on = card.run.id, stop.borrower.id, self.signer.text(), day_in(self.signed_on)

        def work(desk: Desk) -> Done[Delivery]:
            from loanstore.operations import handing_over

            return handing_over.deliver(desk, run, borrower, name, on)

        self._counter.write(work, self._delivered)

    def _delivered(self, made: Delivery) -> None:
        self.signer.clear()
        lent = ngettext("{n} lent", "{n} lent", len(made.lent)).format(n=len(made.lent))
        passed = _("{n} handed over that were lent already").format(n=len(made.passed)) if made.passed else ""
        due = _("due {due}").format(due=short_day(made.due)) if made.lent else ""
        paper = _("agreement {code}, F5 prints it").format(code=made.agreement) if made.agreement else ""
        said = "  ·  ".join(filter(None, (lent, passed, due, paper)))
        self.answer.say("out", _("Delivered: {school}").format(school=made.borrower), said)
        self.sounded.emit("out")
        if made.agreement:
            self.agreed.emit(made.agreement)
        self.table.setFocus()

    def _print_docket(self) -> None:
        if self.card is not None and self.stop is not None:
            self.docket_wanted.emit(self.card.run.code, self.stop.borrower.code)

    def _print_sheet(self) -> None:
        if self.card is not None:
            self.sheet_wanted.emit(self.card.run.code)

    def _call_off(self) -> None:
        if self.card is not None:
            self.cancel_wanted.emit(self.card.run.code)

    def _lay_out(self, look: Look) -> None:
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s3"))
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addWidget(self.table, 1)
        self.table.setMinimumHeight(size("row") * 4)
        scan = QHBoxLayout()
        scan.setSpacing(size("s2"))
        scan.addWidget(self.doing)
        scan.addWidget(self.field, 1)
        layout.addLayout(scan)
        layout.addWidget(self.answer)
        layout.addWidget(label("heading", _("When the docket is signed")))
        sign = FlowLayout(size("s2"))
        self.signer.setMinimumWidth(size("where"))
        for one in (self.signer, self.signed_on, self._sign):
            sign.addWidget(one)
        layout.addLayout(sign)
        buttons = FlowLayout(size("s2"))
        sheet = button("printSheet", _("Print the load sheet"), self._print_sheet)
        for one in (self._docket, sheet, self._change, self._cancel):
            buttons.addWidget(one)
        layout.addLayout(buttons)


def _columns(look: Look) -> tuple[Column[StopCard], ...]:
    size = look.theme.size

    def counted(of: Callable[[StopCard], int]) -> Callable[[StopCard], str]:
        return lambda stop: str(of(stop) or "")

    return (
        Column(_("Stop"), lambda stop: f"{stop.number}.  {stop.borrower.label}"),
        Column(_("Loaded"), counted(lambda stop: len(stop.loaded)), size("count")),
        Column(_("Left there"), counted(lambda stop: len(stop.delivered)), size("count")),
        Column(_("Picked up"), counted(lambda stop: len(stop.collected)), size("count"), spare=True),
        Column(
            _("Signed"),
            lambda stop: f"{short_day(stop.signed)}, {stop.signer}" if stop.signed is not None else "",
            size("signed"),
            spare=True,
        ),
    )


def _carry(desk: Desk, doing: Doing, what: tuple[str, str, str], *, anyway: bool) -> Done[Told | Refused]:
    """Do it, and give what to say; a refusal is an answer here, for nothing has changed."""
    from loanstore.domain.errors import Refused
    from loanstore.operations import delivering
    from loanstore.operations.desk import Done

    run, borrower, code = what
    try:
        if doing is Doing.UNLOAD:
            off = delivering.unload(desk, [code])
            return Done(carried_words(_("Off the van"), off.result), off.changed)
        if doing is Doing.COLLECT:
            made = delivering.collect(desk, run, borrower, [code], anyway=anyway)
            word = _("Picked up")
        else:
            made = delivering.load(desk, run, borrower, code, anyway=anyway)
            word = _("Loaded")
    except Refused as refused:
        return Done(refused)
    told = carried_words(word, made.result.instruments, made.result.left, made.result.visit.borrower.label)
    return Done(told, made.changed)
