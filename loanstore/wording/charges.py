"""Charges in words: what a line of the ledger is, why it was taken back, and what the law may have a say in.

A remission's reason has no words here, so that none can slip onto a paper.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.charge_rules import OwnerKind
from loanstore.domain.money import show_pounds
from loanstore.domain.periods import Every
from loanstore.i18n import _, ngettext
from loanstore.operations.ledger_words import every_word
from loanstore.wording.days import short_day

if TYPE_CHECKING:
    from loanstore.domain.remissions import Remission
    from loanstore.domain.tariffs import Tariff


def owner_word(kind: OwnerKind) -> str:
    """Name what the owner is in law."""
    words = {
        OwnerKind.NOT_SAID: _("not said"),
        OwnerKind.LOCAL_AUTHORITY: _("a local authority"),
        OwnerKind.CHARITY: _("a charity"),
        OwnerKind.COMPANY: _("a company"),
        OwnerKind.OTHER: _("something else"),
    }
    return words[kind]


def owed_words(pence: int) -> str:
    """Say how an account stands: what is owed, or what is in hand."""
    if pence < 0:
        return _("{sum} in hand").format(sum=show_pounds(-pence))
    return _("{sum} due").format(sum=show_pounds(pence)) if pence else _("nothing due")


def remission_words(remission: Remission) -> str:
    """Say how much is let off and how long; never why."""
    if remission.fixed is not None:
        share = _("{sum} less each period").format(sum=show_pounds(remission.fixed))
    else:
        share = _("{n} % less").format(n=remission.percent)
    said = _("{share}, {first} to {last}").format(share=share, first=_day(remission.first), last=_day(remission.last))
    if remission.ended is not None:
        return _("{said}; ended {day}").format(said=said, day=_day(remission.ended))
    return said if remission.checked else _("{said}; evidence to follow").format(said=said)


def tariff_words(tariff: Tariff) -> str:
    """Say what one version of a tariff asks."""
    free = tariff.every == Every.FREE
    price = _("free") if free else f"{show_pounds(tariff.amount)} {every_word(tariff.every)}"
    parts = (
        _("{contract}, band {band}") if tariff.band else _("{contract}, any band"),
        price,
        _("deposit {sum}").format(sum=show_pounds(tariff.deposit)) if tariff.deposit else "",
        _("at most {sum} a year").format(sum=show_pounds(tariff.cap)) if tariff.cap is not None else "",
        _("first period free") if tariff.first_free else "",
        _("by the set") if tariff.per_set else "",
        _vat(tariff),
        _("from {day}").format(day=_day(tariff.first)),
    )
    return " · ".join(filter(None, parts)).format(contract=tariff.contract, band=tariff.band)


def _vat(tariff: Tariff) -> str:
    if not tariff.vat_code and not tariff.vat_rate:
        return ""
    return " ".join(filter(None, (_("VAT"), tariff.vat_code, f"{tariff.vat_rate / 100:g} %")))


def _day(text: str) -> str:
    return short_day(date.fromisoformat(text))


def regulated_words() -> str:
    """Warn that the law may have a say; it is never said that it has."""
    return _(
        "A paid hire to one person that can last over three months may be regulated consumer hire, unless the owner "
        "is a local authority. Ask whoever advises you, and say under Settings what the owner is."
    )


def posted_words(posted: int, back: int, held: int, total: int) -> str:
    """Say what a run comes to."""
    parts = (
        ngettext("{n} charge", "{n} charges", posted).format(n=posted),
        ngettext("{n} taken back", "{n} taken back", back).format(n=back) if back else "",
        ngettext("{n} waits for evidence", "{n} wait for evidence", held).format(n=held) if held else "",
        _("{sum} in all").format(sum=show_pounds(total)),
    )
    return ", ".join(filter(None, parts))
