"""Class sets in words: how far one is back, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.class_sets import Standing
from loanstore.i18n import _, ngettext
from loanstore.wording.days import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.class_sets import Member, Tally
    from loanstore.operations.allocating import Allocated
    from loanstore.operations.grouping import Swapped
    from loanstore.operations.set_lending import SetBack, SetLent
    from loanstore.operations.set_views import SetCard


def tally_words(tally: Tally) -> str:
    """Say how far a set is back: ``27 of 30 back; missing: 4, 11, 19``."""
    said = _("{back} of {total} back").format(back=tally.back, total=tally.total)
    if not tally.missing:
        return said
    return _("{said}; missing: {numbers}").format(said=said, numbers=", ".join(map(str, tally.positions)))


def named_members(members: Iterable[Member]) -> str:
    """Name members by number and code: ``4 (CM-000007-X), 11 (CM-000014-W)``."""
    return ", ".join(f"{member.position} ({member.instrument.code})" for member in members)


def card_words(card: SetCard) -> str:
    """Say how a whole set stands: how far it is back, with whom it is, and what is elsewhere."""
    here, out, away = (card.count(standing) for standing in (Standing.HERE, Standing.OUT, Standing.ELSEWHERE))
    parts = [_("{n} in store").format(n=here)] if here and not out else []
    if out:
        borrowers = ", ".join(card.borrowers)
        parts.append(tally_words(card.tally) if here else _("{n} out").format(n=out))
        parts.append(_("with {borrowers}").format(borrowers=borrowers))
    if away:
        parts.append(_("{n} elsewhere").format(n=away))
    return "  ·  ".join(parts) or _("Empty: top it up by scanning")


def lent_words(made: SetLent) -> str:
    """Say that a set went out."""
    n = len(made.loans)
    said = ngettext("{n} of {set} lent to {borrower}", "{n} of {set} lent to {borrower}", n)
    return _handed_over(said, made)


def moved_words(made: SetLent) -> str:
    """Say that a set went from one borrower to another."""
    n = len(made.loans)
    said = ngettext("{n} of {set} moved to {borrower}", "{n} of {set} moved to {borrower}", n)
    return _handed_over(said, made)


def _handed_over(said: str, made: SetLent) -> str:
    words = said.format(n=len(made.loans), set=made.made.name, borrower=made.borrower.label)
    return _("{said}, due {due}; agreement {agreement}.").format(
        said=words, due=day(made.due), agreement=made.agreement
    )


def left_words(members: Iterable[Member]) -> str:
    """Say what did not go with a set, and why: each by number, code and where it stands; empty for nothing."""
    why = ", ".join(f"{m.position} ({m.instrument.code}, {_reason(m)})" for m in members)
    return _("Not with it: {which}.").format(which=why) if why else ""


def _reason(member: Member) -> str:
    if member.holder is not None:
        return _("with {holder}").format(holder=member.holder.label)
    return str(member.instrument.status)


def back_words(back: SetBack) -> str:
    """Say what came back of a set and what is missing, with the codes of what is missing."""
    words = tally_words(back.tally)
    return f"{back.made.name}: {words}."


def swapped_words(swapped: Swapped) -> str:
    """Say what took whose place, and who has it now."""
    said = _("{new} is number {n} of {set} now, in place of {old}.").format(
        new=swapped.new.code, n=swapped.position, set=swapped.made.name, old=swapped.broken.code
    )
    if swapped.borrower is None:
        return said
    return _("{said} It is lent to {borrower}; agreement {agreement}.").format(
        said=said, borrower=swapped.borrower.label, agreement=swapped.agreement
    )


def allocated_words(made: Allocated) -> str:
    """Say how many have a pupil now, and who or what is left over."""
    n = len(made.pairs)
    parts = [ngettext("{n} instrument has a pupil.", "{n} instruments have a pupil.", n).format(n=n)]
    if made.names_over:
        parts.append(_("No instrument for: {names}.").format(names="; ".join(made.names_over)))
    if made.members_over:
        parts.append(_("Nobody for: {which}.").format(which=named_members(made.members_over)))
    return " ".join(parts)
