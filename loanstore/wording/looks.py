"""Words for a look at what changes hands: its condition at issue and now, and how a mismatch was put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.scan_effects import Why
from loanstore.domain.values import CONDITIONS
from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.domain.looks import Look
    from loanstore.operations.outcomes import Outcome


def grade_word(grade: str) -> str:
    """Name a grade of condition as it stands on a button; a letter or a register's own words stay what they are."""
    words = dict(zip(CONDITIONS, (_("New"), _("Good"), _("Fair"), _("Poor"), _("Needs work")), strict=True))
    return words.get(grade, grade)


def condition(outcome: Outcome, *, noted: bool = True) -> str:
    """Say the condition of what the card is about; of what has come back, beside what it was at issue.

    ``issued Good (a scratch below the bridge), now Fair``, the note where ``noted``; empty where nobody graded it.
    """
    now = outcome.instrument.fields.get("condition", "") if outcome.instrument is not None else ""
    issued = outcome.issued.condition if outcome.issued is not None else ""
    note = f" ({outcome.issued_note})" if outcome.issued_note and noted else ""
    if not issued and note:
        issued = _("with a note")
    if not issued:
        return _("condition {condition}").format(condition=grade_word(now)) if now else ""
    if not now or now == issued:
        return _("issued {issued}{note}").format(issued=grade_word(issued), note=note)
    told = _("issued {issued}{note}, now {now}")
    return told.format(issued=grade_word(issued), note=note, now=grade_word(now))


def graded(outcome: Outcome) -> str:
    """Say in a few words that a grade was noted, and whether it is as at issue."""
    found = outcome.instrument
    now = found.fields.get("condition", "") if found is not None else ""
    issued = outcome.issued.condition if outcome.issued is not None else ""
    if issued and issued == now:
        return _("{grade}, as it was issued").format(grade=grade_word(now))
    return condition(outcome, noted=False)


def note_kept(look: Look) -> str:
    """Say that what was typed is kept."""
    return _("Noted for the docket") if look.repair is not None else _("Noted")


def photo_kept(look: Look) -> str:
    """Say to which moment a picture belongs; Ctrl Z is how one is got rid of."""
    words = {
        "issue": _("Photo kept: as issued"),
        "return": _("Photo kept: as returned"),
        "repair": _("Photo kept: as sent to repair"),
    }
    return words.get(look.moment, _("Photo kept"))


def mismatch(outcome: Outcome) -> str:
    """Say that a case and what was in it do not belong together, and by which command it is put right in which way."""
    told = _(
        "This case is that of {case}, not of {thing}: BYHAND puts each into its own, CASES makes new case labels, "
        "CHILDREN changes the loans; or scan {thing} once more to go on."
    )
    return told.format(case=_code(outcome.case) or _("another"), thing=_code(outcome.instrument))


def put_right(outcome: Outcome) -> str:
    """Say how a mismatch was put right, and what is still to be done."""
    first, second = _code(outcome.case), _code(outcome.instrument)
    if outcome.why is Why.CHILDREN_SWAPPED:
        told = _("{first} and {second} have changed places.").format(first=first, second=second)
        papers = ", ".join(outcome.papers)
        return _("{told} To be signed: {papers}.").format(told=told, papers=papers) if papers else told
    if outcome.why is Why.CASES_SWAPPED and outcome.labels:
        told = _("{first} and {second} keep each other's case. Stick the new case labels on: {labels}.")
        return told.format(first=first, second=second, labels=", ".join(outcome.labels))
    if outcome.why is Why.CASES_SWAPPED:
        told = _("{first} and {second} keep each other's case. Neither has a case label of ours to print.")
        return told.format(first=first, second=second)
    told = _("Put {first} and {second} each into its own case. Both were seen; nothing else is changed.")
    return told.format(first=first, second=second)


def _code(thing: Instrument | None) -> str:
    return thing.code if thing is not None else ""
