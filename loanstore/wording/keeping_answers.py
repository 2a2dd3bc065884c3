"""Answers in words, beside lending: places, sets, labels, repairs, stocktakes and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import Answer
from loanstore.domain.instruments import title
from loanstore.domain.loans import Status
from loanstore.domain.scan_effects import Why
from loanstore.i18n import _, ngettext
from loanstore.wording import looks
from loanstore.wording.days import day
from loanstore.wording.requests import counted
from loanstore.wording.sets import tally_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.operations.outcomes import Outcome


def thing(outcome: Outcome) -> str:
    """Name the instrument with its code."""
    found = outcome.instrument
    return f"{title(found.fields)} ({found.code})" if found is not None else _("It")


def place(outcome: Outcome) -> str:
    """Name the place that was chosen or moved to."""
    return outcome.place.name if outcome.place is not None else _("This place")


def borrower(outcome: Outcome) -> str:
    """Name the borrower that the answer is about."""
    return outcome.borrower.label if outcome.borrower is not None else _("Nobody")


def repairer_chosen(outcome: Outcome) -> str:
    """Say that a repairer was chosen."""
    return _("{place} is chosen. Scan what goes to them for repair; FINISH makes the docket.").format(
        place=place(outcome)
    )


def place_chosen(outcome: Outcome) -> str:
    """Say that a place was chosen, to move things to or to take stock of."""
    if outcome.why is Why.COUNTED:
        return _("Stock is being taken at {place}. Scan everything that is here.").format(place=place(outcome))
    return _("{place} is chosen. Scan what is kept here from now on.").format(place=place(outcome))


def moved(outcome: Outcome) -> str:
    """Say where an instrument is kept now."""
    told = _("{thing} is now kept at {place}.")
    if outcome.why is Why.COUNTED:
        told = _("{thing} was listed elsewhere; its place is now {place}.")
    return told.format(thing=thing(outcome), place=place(outcome))


def set_lent(outcome: Outcome) -> str:
    """Say how much of a set went out, and what could not."""
    due = day(outcome.due) if outcome.due is not None else _("no day set")
    told = ngettext(
        "{n} of the set {name} is lent to {borrower}, due {due}.",
        "{n} of the set {name} are lent to {borrower}, due {due}.",
        outcome.items,
    ).format(n=outcome.items, name=outcome.set_name, borrower=borrower(outcome), due=due)
    counts = counts_for(outcome)
    told = _("{told} {counts}.").format(told=told, counts=counts) if counts else told
    if not outcome.left:
        return told
    return _("{told} Not with it: {codes}.").format(told=told, codes=", ".join(outcome.left))


def set_shown(outcome: Outcome) -> str:
    """Say how a set stands, before each of it is scanned back."""
    out, whole = outcome.tally or (0, 0)
    return ngettext(
        "Of the set {name} {n} of {whole} is out; scan each, or ALL to count them in.",
        "Of the set {name} {n} of {whole} are out; scan each, or ALL to count them in.",
        out,
    ).format(name=outcome.set_name, n=out, whole=whole)


def checked(outcome: Outcome) -> str:
    """Say that one was ticked off, and how many are."""
    if outcome.tally is None:
        return _("{thing} is where it should be.").format(thing=thing(outcome))
    done, whole = outcome.tally
    return _("{thing} is ticked off: {done} of {whole} checked.").format(thing=thing(outcome), done=done, whole=whole)


def back_of_set(outcome: Outcome, told: str) -> str:
    """Add to a return how many of its set are back."""
    if outcome.set_tally is None:
        return told
    return _("{told} {name}: {count}.").format(told=told, name=outcome.set_name, count=tally_words(outcome.set_tally))


def who_waits(outcome: Outcome, told: str) -> str:
    """Add to a return who waits for what has come back."""
    if outcome.waiting is None:
        return told
    return _("{told} {borrower} waits for one like it.").format(told=told, borrower=outcome.waiting.label)


def waiting_hint(outcome: Outcome) -> str:
    """Say beside the band who waits for what has come back."""
    return _("{borrower} waits for this").format(borrower=outcome.waiting.label) if outcome.waiting is not None else ""


def counts_for(outcome: Outcome) -> str:
    """Say which order something lent counts for, or that its size is not what was ordered."""
    return counted(outcome.counts_for) if outcome.counts_for is not None else ""


def bound(outcome: Outcome) -> str:
    """Say that a blank label is an instrument's now."""
    return _("The new label belongs to {thing} from now on; the old number still scans.").format(thing=thing(outcome))


def sent(outcome: Outcome) -> str:
    """Say that an instrument goes to a repairer."""
    return _("{thing} goes to {place} for repair.").format(thing=thing(outcome), place=place(outcome))


def passed_on(outcome: Outcome) -> str:
    """Say who has an instrument now, while its loan goes on."""
    if outcome.why is Why.HANDED_IN:
        return _("{thing} was handed in at {place}. Its loan goes on until the store has it.").format(
            thing=thing(outcome), place=place(outcome)
        )
    return _("{thing} has been passed on. {borrower} stays responsible for it.").format(
        thing=thing(outcome), borrower=borrower(outcome)
    )


def noted(outcome: Outcome) -> str:
    """Say what was noted of the last card, or that the last paper prints."""
    found = outcome.instrument
    if outcome.why in _NOTED:
        return _NOTED[outcome.why](outcome)
    if found is None:
        return _("Done.")
    parts = [_("{name} missing").format(name=name) for name in found.lacking.missing]
    parts += [_("{name} damaged").format(name=name) for name in found.lacking.damaged]
    if not parts:
        told = _("Everything of {thing} is there.").format(thing=thing(outcome))
    else:
        told = _("Noted of {thing}: {parts}.").format(thing=thing(outcome), parts=", ".join(parts))
    if found.status is Status.NEEDS_ATTENTION:
        return _("{told} It is not lent until that is put right.").format(told=told)
    return told


def _graded(outcome: Outcome) -> str:
    return _("Noted of {thing}: {parts}.").format(thing=thing(outcome), parts=looks.graded(outcome))


def _comparing(_outcome: Outcome) -> str:
    return _("Only comparing from now on. Scan each case, then the instrument in it.")


def _repair_wanted(outcome: Outcome) -> str:
    return _("{thing} is noted for repair.").format(thing=thing(outcome))


_NOTED: Final[dict[Why, Callable[[Outcome], str]]] = {
    Why.COMPARING: _comparing,
    Why.GRADED: _graded,
    Why.REPAIR_WANTED: _repair_wanted,
    Why.BY_HAND: looks.put_right,
    Why.CASES_SWAPPED: looks.put_right,
    Why.CHILDREN_SWAPPED: looks.put_right,
}


def noted_hint(outcome: Outcome) -> str:
    """Say beside the band what is missing or damaged, or the condition that was noted."""
    found = outcome.instrument
    if found is None or outcome.why in {Why.BY_HAND, Why.CASES_SWAPPED, Why.CHILDREN_SWAPPED}:
        return ""
    if outcome.why is Why.GRADED:
        return looks.graded(outcome)
    return ", ".join(
        [_("{name} missing").format(name=name) for name in found.lacking.missing]
        + [_("{name} damaged").format(name=name) for name in found.lacking.damaged]
    )


def went_out_without(outcome: Outcome) -> str:
    """Say what was missing or damaged already when a thing that has come back went out; empty where nothing was."""
    issued = outcome.issued
    if issued is None or issued.whole:
        return ""
    parts = [_("{name} missing").format(name=name) for name in issued.missing]
    parts += [_("{name} damaged").format(name=name) for name in issued.damaged]
    return _("At issue already: {parts}").format(parts=", ".join(parts))


def tally_hint(outcome: Outcome) -> str:
    """Give the count beside the band."""
    if outcome.tally is None:
        return ""
    done, whole = outcome.tally
    words = {
        Answer.CHECKED: _("{done} of {whole} checked"),
        Answer.RETURNED: _("{done} of {whole} back"),
        Answer.SHOWN: _("{done} of {whole} out"),
    }
    return words.get(outcome.answer, _("{done} of {whole}")).format(done=done, whole=whole)
