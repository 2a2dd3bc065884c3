"""Tariffs: what counts now and what will count, and a form to set another from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QListWidget, QVBoxLayout, QWidget

from loanstore.domain.catalogue import BANDS
from loanstore.domain.errors import WrongUsage
from loanstore.domain.money import read_pence
from loanstore.domain.periods import Every
from loanstore.domain.tariffs import CONTRACTS, Tariff
from loanstore.i18n import _
from loanstore.operations.ledger_words import every_word
from loanstore.ui.choices import choice, day_field, day_in, set_day
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.wording import told
from loanstore.wording.charges import regulated_words, tariff_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look


class TariffsCard(QFrame):
    """A price is never changed: another version of it counts from a day on, and what was posted stays."""

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._counter = counter
        self.list = named(QListWidget(), "tariffs", _("Tariffs"))
        self.list.setMinimumHeight(look.theme.size("row") * 4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.contract = choice("tariffContract", _("Contract"), [(one, one) for one in CONTRACTS])
        bands = [(_("band {band}").format(band=one), one) for one in BANDS]
        self.band = choice("tariffBand", _("Band"), [(_("any band"), ""), *bands])
        self.every = choice("tariffEvery", _("Charged"), [(every_word(one.value), one.value) for one in Every])
        self.sums = {name: self._money(name, words) for name, words in _sum_words().items()}
        self.first_free = named(QCheckBox(_("First period free")), "tariffFirstFree", _("First period free"))
        self.per_set = named(QCheckBox(_("By the set")), "tariffPerSet", _("A class set is charged once"))
        self.vat_code = self._text("tariffVatCode", _("VAT code"))
        self.vat_rate = self._text("tariffVatRate", _("VAT rate, per cent"))
        self.first = day_field("tariffFirst", _("Counts from"))
        self._said = label("muted", wrap=True)
        self._lay_out()
        counter.when_open(self._opened)
        counter.changes.listen(frozenset({"charges"}), self.load)

    def said(self) -> str:
        """Give what the card says of the last saving."""
        return self._said.text()

    def words(self) -> list[str]:
        """Give the tariffs as they are listed."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def load(self) -> None:
        """Read the tariffs from the store."""

        def work(desk: Desk) -> Sequence[Tariff]:
            from loanstore.operations import pricing

            return pricing.prices(desk)

        self._counter.read(work, self._show, name="tariffs")

    def save(self) -> None:
        """Set the tariff that stands in the form, or say what is wrong with it."""
        try:
            wanted = self._made()
        except WrongUsage as wrong:
            self._refuse(wrong)
            return

        def work(desk: Desk) -> Done[bool]:
            from loanstore.operations import pricing
            from loanstore.operations.desk import Done

            done = pricing.set_tariffs(desk, [wanted])
            return Done(pricing.needs_warning(desk, done.result[0]), done.changed)

        def saved(warned: bool) -> None:
            self._said.setText(regulated_words() if warned else _("Set. What was posted keeps its price."))

        self._counter.write(work, saved, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        self._said.setText(told(error).on_one_line())

    def _made(self) -> Tariff:
        cap = self.sums["cap"].text().strip()
        return Tariff(
            "",
            str(self.contract.currentData()),
            str(self.band.currentData()),
            str(self.every.currentData()),
            self._pence("amount"),
            day_in(self.first).isoformat(),
            self._pence("deposit"),
            self._pence("cap") if cap else None,
            self.first_free.isChecked(),
            self.per_set.isChecked(),
            self.vat_code.text().strip(),
            self._rate(),
        )

    def _pence(self, name: str) -> int:
        typed = self.sums[name].text().strip()
        pence = read_pence(typed) if typed else 0
        if pence is None:
            raise WrongUsage("BAD_POUNDS", value=typed)
        return pence

    def _rate(self) -> int:
        typed = self.vat_rate.text().strip().removesuffix("%").strip()
        # A rate is written as pounds are: a whole number, or one with two places.
        rate = read_pence(typed) if typed else 0
        if rate is None:
            raise WrongUsage("BAD_POUNDS", value=typed)
        return rate

    def _show(self, found: Sequence[Tariff]) -> None:
        self.list.clear()
        self.list.addItems([tariff_words(one) for one in found] or [_("Everything is free.")])

    def _opened(self) -> None:
        desk = self._counter.desk
        if desk is not None:
            set_day(self.first, desk.desk.today())

    def _money(self, name: str, words: str) -> QLineEdit:
        made = self._text(f"tariff-{name}", words)
        made.setPlaceholderText("£")
        return made

    def _text(self, name: str, words: str) -> QLineEdit:
        made = named(QLineEdit(), name, words)
        made.setFixedWidth(self._look.theme.size("money"))
        return made

    def _lay_out(self) -> None:
        size = self._look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", _("Tariffs")))
        hint = _("VAT is in every sum. Which contract a hand-over makes stands under Rules of lending.")
        layout.addWidget(label("muted", hint, wrap=True))
        layout.addWidget(self.list)
        for controls in self._rows():
            row = FlowLayout(size("s2"))
            for one in controls:
                row.addWidget(one)
            layout.addLayout(row)
        layout.addWidget(self._said)

    def _rows(self) -> tuple[tuple[QWidget, ...], ...]:
        sums = [one for field in self.sums.values() for one in (label("muted", field.accessibleName()), field)]
        vat = (label("muted", self.vat_code.accessibleName()), self.vat_code)
        rate = (label("muted", self.vat_rate.accessibleName()), self.vat_rate)
        save = button("saveTariff", _("Set this tariff"), self.save, primary=True)
        first = (self.contract, self.band, self.every, *sums)
        return first, (self.first_free, self.per_set, *vat, *rate, label("muted", _("from")), self.first, save)


def _sum_words() -> dict[str, str]:
    return {"amount": _("Price"), "deposit": _("Deposit"), "cap": _("At most a year")}
