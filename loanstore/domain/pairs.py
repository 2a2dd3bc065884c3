"""A case and the instrument in it: what can be swapped where they do not belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument


def within_one(first: Instrument, second: Instrument) -> bool:
    """Tell whether one borrower has both, so that only custodians and players would change places."""
    one, other = first.loan, second.loan
    return one is not None and other is not None and one.borrower == other.borrower


def same_hands(first: Instrument, second: Instrument) -> bool:
    """Tell whether one borrower has both for the same custodian and player, so that nothing would change places."""
    one, other = first.loan, second.loan
    if one is None or other is None or one.borrower != other.borrower:
        return False
    return (one.custodian, one.player) == (other.custodian, other.player)


def can_swap(first: Instrument, second: Instrument) -> bool:
    """Tell whether whoever has one can have the other instead: somebody has at least one, and not both alike."""
    return (first.loan is not None or second.loan is not None) and not same_hands(first, second)
