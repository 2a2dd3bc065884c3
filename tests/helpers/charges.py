"""Made-up hires: a tariff, somebody who hires, and what they owe."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.tariffs import Tariff
from loanstore.operations import accounts, charging, lending, pricing

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.ledger import Entry
    from loanstore.domain.loans import Instrument
    from tests.helpers.made_up import MadeUp

HIRE: Final = "hire, charged"
SUMMER: Final = date(2027, 5, 1)


def tariff(amount: int = 2000, every: str = "term", contract: str = HIRE, **more: object) -> Tariff:
    """Give a tariff that counts since long ago."""
    said: dict[str, object] = {"band": "", "first": "2026-01-01", **more}
    return Tariff("", contract, every=every, amount=amount, **said)  # type: ignore[arg-type]  # by their names


def charge_by(made_up: MadeUp, *tariffs: Tariff) -> None:
    """Set tariffs."""
    pricing.set_tariffs(made_up.desk, tariffs or (tariff(),))


def hired(made_up: MadeUp, contract: str = HIRE, name: str = "Drama, Sam") -> tuple[Borrower, Instrument]:
    """Lend a violin to a family that pays for it."""
    who, thing = made_up.borrower(name), made_up.instrument(size="1/2", replacement_value="£165.00")
    lending.lend(made_up.desk, who.code, [thing.code], kind=contract)
    made_up.clock.go_on(60)
    return who, thing


def run(made_up: MadeUp, to: date) -> list[tuple[str, str, int]]:
    """Run charges to a day and give what was done: what, for which period, how many pence."""
    done = charging.run(made_up.desk, to).result
    made_up.clock.go_on(60)
    return [(line.does, line.entry.name.rpartition(" · ")[2], line.amount) for line in done.lines]


def due(made_up: MadeUp, who: Borrower) -> int:
    """Give what somebody owes, proving that the lines of the account come to it."""
    account = accounts.account(made_up.desk, who.code)
    assert sum(line.amount for line in account.lines) == account.due
    return account.due


def standing(made_up: MadeUp, who: Borrower) -> list[Entry]:
    """Give the charges that stand."""
    found = accounts.entries(made_up.desk, who.code)
    return [one.entry for one in found]
