"""The store as it was at the end of an earlier day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from loanstore.domain.folding import fold_instrument
from loanstore.domain.gestures import instant
from loanstore.storage import earlier

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


def states_at(desk: Desk, transaction: Transaction, day: date) -> dict[str, Instrument]:
    """Give every instrument as it stood at the end of a day, by its id.

    What nothing has happened to since stands as it does now; only the others are folded from their facts.
    """
    end = end_of(desk, day)
    changed = earlier.changed_since(transaction, end)
    states = {state.id: state for state in earlier.states_now(transaction) if state.id not in changed}
    for subject, facts in groupby(earlier.facts_before(transaction, end), key=lambda fact: fact.subject):
        state = fold_instrument(subject or "", facts)
        if state is not None:
            states[state.id] = state
    return states


def end_of(desk: Desk, day: date) -> str:
    """Give the instant (UTC) at which a day ends at this desk, as the journal writes it."""
    midnight = datetime.combine(day + timedelta(days=1), time(0), UTC)
    end = midnight
    # Twice, for the clocks may change between midnight in Greenwich and midnight here.
    for _look in range(2):
        offset = desk.local(end).utcoffset()
        end = midnight - (offset or timedelta(0))
    return instant(end)
