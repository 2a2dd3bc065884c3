"""The asset register: as at any day, by who paid, and written out for whoever asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.ui.choices import choice, day_field, day_in, last_day, set_day
from loanstore.ui.files import choose_file
from loanstore.ui.find_field import FindField, page_head
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, pause
from loanstore.ui.screens.work_list import WorkList, scrolling
from loanstore.ui.screens.workshop_lists import code_column
from loanstore.ui.table_model import Column
from loanstore.wording import short_day
from loanstore.wording.workshop import route_word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.progress import Progress
    from loanstore.operations.asset_register import AssetRegister, RegisterLine
    from loanstore.operations.desk import Desk
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.theme import Look

_REDRAW_ON: Final = frozenset({"instruments", "loans", "borrowers", "repairs", "places"})
_PAUSE: Final = 150
"""Milliseconds after the last change of day or source before the store is asked."""


class RegisterPage(QWidget):
    """A day, a funding source, the lines, what they come to; and three ways to hand them on."""

    def __init__(self, look: Look, counter: Counter, box: ErrorBox, papers: DeskPapers) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._counter = counter
        self._box = box
        self._papers = papers
        self._stale = True
        self._choose: Callable[[QWidget, str], Path | None] = choose_file(_("Save the register"))
        self.list = self._make_list()
        self.at = day_field("registerAt", _("As at"))
        self.funding = choice("registerFunding", _("Funding source"), [(_("All funding sources"), "")])
        self.field = FindField("find-register", _("Find by number, type, make, place or borrower"))
        self._totals = label("strong", wrap=True)
        self._pause = pause(self, _PAUSE, self.refresh)
        self._lay_out()
        self.field.textChanged.connect(self.list.narrow)
        self.field.went_down.connect(self.list.focus)
        self.at.dateChanged.connect(lambda _day: self._pause.start())
        self.funding.currentIndexChanged.connect(lambda _at: self._pause.start())
        counter.changes.listen(_REDRAW_ON, self._changed)
        counter.when_open(self._opened)

    def choose_by(self, choose: Callable[[QWidget, str], Path | None]) -> None:
        """Have files named in another way than by the system's own dialog."""
        self._choose = choose

    def shown(self) -> None:
        """Come into view: what changed meanwhile is read, and one may type at once."""
        if self._stale:
            self.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def refresh(self) -> None:
        """Read the register again."""
        self._stale = False
        day, funding = self._asked()

        def work(desk: Desk) -> tuple[AssetRegister, tuple[str, ...], tuple[tuple[str, str], ...]]:
            from loanstore.operations import asset_register, register_files

            made = asset_register.asset_register(desk, day, funding)
            return made, asset_register.fundings(desk), register_files.total_words(made.totals)

        self._totals.setText(_("One moment …"))
        self._counter.read(work, lambda found: self._show(*found), name="register")

    def totals_words(self) -> str:
        """Give what the lines come to, as it stands at the foot."""
        return self._totals.text()

    def print_register(self) -> None:
        """Print the register, or open it to be printed."""
        day, funding = self._asked()

        def work(desk: Desk, progress: Progress) -> bytes:
            from loanstore.operations import asset_register, register_files

            return register_files.register_pdf(desk, asset_register.asset_register(desk, day, funding), progress)

        drawing, name = _("Drawing the register"), f"asset-register-{day.isoformat()}"
        self._counter.read_long(drawing, work, lambda pdf: self._papers.give_out(name, pdf))

    def save(self, ending: str) -> None:
        """Save the register as a workbook or as CSV, where a person says."""
        day, funding = self._asked()
        file = self._choose(self, f"asset-register-{day.isoformat()}.{ending}")
        if file is None:
            return
        file = file if file.suffix else file.with_suffix(f".{ending}")

        def work(desk: Desk, progress: Progress) -> None:
            from loanstore.operations import asset_register, register_files

            register_files.write_register(desk, asset_register.asset_register(desk, day, funding), file, progress)

        writing, saved = _("Writing {file}").format(file=file.name), _("The register is saved")
        self._counter.read_long(writing, work, lambda _none: self._box.show_done(saved, str(file)))

    def _asked(self) -> tuple[date, str]:
        return day_in(self.at), str(self.funding.currentData() or "")

    def _show(self, made: AssetRegister, fundings: tuple[str, ...], totals: tuple[tuple[str, str], ...]) -> None:
        self.list.show_lines(made.lines)
        self._totals.setText(" · ".join(f"{what} {amount}" for what, amount in totals))
        self._offer(fundings)

    def _offer(self, fundings: tuple[str, ...]) -> None:
        there = tuple(str(self.funding.itemData(at)) for at in range(1, self.funding.count()))
        if there == fundings:
            return
        chosen = self.funding.currentData()
        self.funding.blockSignals(True)
        self.funding.clear()
        self.funding.addItem(_("All funding sources"), "")
        for one in fundings:
            self.funding.addItem(one, one)
        self.funding.setCurrentIndex(max(0, self.funding.findData(chosen)))
        self.funding.blockSignals(False)

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _opened(self) -> None:
        desk = self._counter.desk
        if desk is not None:
            last_day(self.at, desk.desk.today())
            set_day(self.at, desk.desk.today())
        self._pause.stop()
        self._changed()

    def _make_list(self) -> WorkList:
        size = self._look.theme.size
        columns: tuple[Column[RegisterLine], ...] = (
            code_column(self._look),
            Column(_("Instrument"), lambda line: " ".join(filter(None, (line.type, line.size))), size("what")),
            Column(_("Make"), lambda line: " ".join(filter(None, (line.make, line.model)))),
            Column(_("Funding"), lambda line: line.funding, size("where")),
            Column(_("Cost"), lambda line: _amount(line.cost), size("money"), _by_cost, right=True, spare=True),
            Column(_("Value"), lambda line: _amount(line.value), size("money"), _by_value, right=True, spare=True),
            Column(_("Where it is"), _where, size("where")),
            Column(
                _("Last seen"),
                lambda line: short_day(line.seen) if line.seen else _("never"),
                size("day"),
                sorts=lambda line: line.seen or date.min,
                colour=lambda line: None if line.seen else self._look.theme.colour("decide"),
            ),
        )
        empty = _("Nothing was in the register on that day, or nothing that this source paid for.")
        return WorkList(self._look, ("assetRegister", _("Asset register"), empty), columns, lambda line: line.code)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        asked = FlowLayout(size("s2"))
        for one in (
            *(label("muted", _("As at")), self.at, self.funding),
            button("printRegister", _("Print"), self.print_register, primary=True),
            button("saveWorkbook", _("Save as a workbook"), lambda: self.save("xlsx")),
            button("saveCsv", _("Save as CSV"), lambda: self.save("csv")),
        ):
            asked.addWidget(one)
        self.funding.setMinimumWidth(size("where"))
        self.list.add_below(self._totals)
        layout = scrolling(self._look, self, "registerScroll", _("Asset register"))
        layout.addLayout(page_head(self._look, _("Asset register"), self.field))
        layout.addLayout(asked)
        layout.addWidget(self.list, 1)


def _amount(pence: int | None) -> str:
    return show_pounds(pence) if pence is not None else ""


def _by_cost(line: RegisterLine) -> int:
    return line.cost or 0


def _by_value(line: RegisterLine) -> int:
    return line.value or 0


def _where(line: RegisterLine) -> str:
    if line.left is not None:
        return f"{route_word(line.route)} {short_day(line.left)}"
    return line.holder or (line.place if line.status == "in store" else line.status.value) or line.place
