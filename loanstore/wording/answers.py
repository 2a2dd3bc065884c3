"""Answers in words: the one sentence of every scan, the word on the band and the hint beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import Answer
from loanstore.domain.facts import FactKind
from loanstore.domain.instruments import title
from loanstore.domain.loans import Status
from loanstore.domain.scan_effects import Why
from loanstore.domain.sessions import Mode
from loanstore.i18n import _, ngettext
from loanstore.wording import keeping_answers as keeping
from loanstore.wording import looks
from loanstore.wording.days import day, short_day
from loanstore.wording.gestures import gesture_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.operations.outcomes import Outcome


def sentence(outcome: Outcome) -> str:
    """Say what a scan meant, in one plain sentence."""
    told = _SENTENCES[outcome.answer](outcome)
    if outcome.finished:
        told = _("The hand-over before is finished with agreement {agreement}. {told}").format(
            agreement=outcome.finished, told=told
        )
    elif outcome.returned and outcome.answer is not Answer.FINISHED:
        told = _("The hand-over before is finished: {back} {told}").format(back=_came_back(outcome), told=told)
    if outcome.beyond_terms:
        told = _("{told} The table of terms has ended: enter the coming ones.").format(told=told)
    return told


def band(outcome: Outcome) -> str:
    """Give the word or clause that is read from two metres away."""
    answer = outcome.answer
    if answer is Answer.OUT_TO_OTHER:
        return _("{borrower} has this").format(borrower=_borrower(outcome))
    if answer is Answer.NOT_AVAILABLE and outcome.was is not None:
        return _STATUS_WORDS[outcome.was]()
    if answer is Answer.SHOWN and outcome.instrument is not None:
        return _STATUS_WORDS[outcome.instrument.status]()
    if answer is Answer.UNKNOWN_CODE and outcome.why is Why.RUN_TOGETHER:
        return _("Two codes at once")
    if outcome.why is Why.TO_REPAIRER and answer is Answer.BORROWER_CHOSEN:
        return _("Repairer")
    return _BANDS[answer]()


def hint(outcome: Outcome) -> str:
    """Give what stands at the right of the band: the due date, or what can be done now."""
    told = _HINTS.get(outcome.answer)
    return told(outcome) if told is not None else ""


def _due_hint(outcome: Outcome) -> str:
    if outcome.due is None:
        return ""
    term = _(" · end of {term} term").format(term=outcome.due_term) if outcome.due_term else ""
    return _("due {day}{term}").format(day=day(outcome.due), term=term)


def _from_hint(outcome: Outcome) -> str:
    if outcome.loan is None:
        return ""
    return _("from {borrower}").format(borrower=_borrower(outcome)) if outcome.borrower is not None else ""


def _agreement_hint(outcome: Outcome) -> str:
    return _("agreement {agreement}").format(agreement=outcome.agreement) if outcome.agreement else ""


def _shown_hint(outcome: Outcome) -> str:
    if outcome.why is Why.JUST_LENT:
        return _("lent a moment ago")
    loan = outcome.instrument.loan if outcome.instrument is not None else None
    return _("{borrower} has it").format(borrower=_borrower(outcome)) if loan is not None else ""


def mode_name(mode: Mode) -> str:
    """Name a mode as the switch does."""
    return {Mode.AUTO: _("Auto"), Mode.LEND: _("Lend"), Mode.RETURN: _("Return")}[mode]


def status_word(status: Status) -> str:
    """Name where an instrument stands."""
    return _STATUS_WORDS[status]()


def _instrument(outcome: Outcome) -> str:
    found = outcome.instrument
    return f"{title(found.fields)} ({found.code})" if found is not None else _("It")


def _borrower(outcome: Outcome) -> str:
    return outcome.borrower.label if outcome.borrower is not None else _("Nobody")


def _chosen(outcome: Outcome) -> str:
    if outcome.why is Why.TO_REPAIRER:
        return keeping.repairer_chosen(outcome)
    if outcome.mode is Mode.RETURN:
        told = _("{borrower} brings something back. Scan what they brought.").format(borrower=_borrower(outcome))
        return _with_their_day(outcome, told)
    return _("{borrower} is chosen. Scan what they take.").format(borrower=_borrower(outcome))


def _with_their_day(outcome: Outcome, told: str) -> str:
    """Add that what is scanned counts for the day that crates came, which Earlier day changes."""
    if outcome.happened is None:
        return told
    return _("{told} Their crates came on {day}: it counts as back on that day.").format(
        told=told, day=short_day(outcome.happened)
    )


def _lent(outcome: Outcome) -> str:
    due = day(outcome.due) if outcome.due is not None else _("no day set")
    told = _("{instrument} is lent to {borrower}, due {due}.")
    if outcome.why is Why.TAKEN:
        told = _("{instrument} is taken over and lent to {borrower}, due {due}.")
    told = told.format(instrument=_instrument(outcome), borrower=_borrower(outcome), due=due)
    counts = keeping.counts_for(outcome)
    return _("{told} {counts}.").format(told=told, counts=counts) if counts else told


def _returned(outcome: Outcome) -> str:
    if outcome.instrument is None:
        many = ngettext(
            "{n} thing is back from {borrower}, counted and not scanned.",
            "{n} things are back from {borrower}, counted and not scanned.",
            outcome.items,
        )
        return many.format(n=outcome.items, borrower=_borrower(outcome))
    if outcome.loan is None:
        return _("{instrument} is back in store.").format(instrument=_instrument(outcome))
    told = _("{instrument} is back from {borrower}.").format(
        instrument=_instrument(outcome), borrower=_borrower(outcome)
    )
    return keeping.who_waits(outcome, keeping.back_of_set(outcome, told))


def _shown(outcome: Outcome) -> str:
    if outcome.set_name and outcome.instrument is None:
        return keeping.set_shown(outcome)
    if outcome.instrument is None:
        return _("{borrower}: shown only, nothing is changed.").format(borrower=_borrower(outcome))
    if outcome.why is Why.JUST_LENT:
        told = _("{instrument} was lent to {borrower} a moment ago; it stays lent.")
    elif outcome.instrument.loan is not None:
        told = _("{instrument} is on loan to {borrower}.")
    else:
        told = _needs_or_is(outcome.instrument.status)
    return told.format(
        instrument=_instrument(outcome),
        borrower=_borrower(outcome),
        status=_STATUS_WORDS[outcome.instrument.status]().lower(),
    )


def _needs_or_is(status: Status) -> str:
    """Give the words around a status: most things *are* something, one *needs* it."""
    return _("{instrument} {status}.") if status is Status.NEEDS_ATTENTION else _("{instrument} is {status}.")


def _out_to_other(outcome: Outcome) -> str:
    return _("{borrower} has {instrument}: TAKE lends it here all the same, BACK brings it back first.").format(
        instrument=_instrument(outcome), borrower=_borrower(outcome)
    )


def _not_available(outcome: Outcome) -> str:
    status = _STATUS_WORDS[outcome.was or Status.IN_STORE]().lower()
    told = _needs_or_is(outcome.was or Status.IN_STORE).removesuffix(".")
    state = told.format(instrument=_instrument(outcome), status=status)
    return _("{state} and was not lent; TAKE lends it all the same.").format(state=state)


def _nothing_to_do(outcome: Outcome) -> str:
    if outcome.why is Why.SIGNED:
        return _("The agreement is signed, so this stays: bring back what was lent, and lend anew.")
    return _("There is nothing that this could act on.")


def _undone(outcome: Outcome) -> str:
    kinds = set(outcome.undone)
    if FactKind.PHOTOGRAPHED.value in kinds:
        return _("Undone: the photo of this hand-over is deleted.")
    if FactKind.AGREED.value in kinds and FactKind.LENT.value not in kinds:
        return _("Undone: the last agreement is withdrawn; its loans stand, without agreement.")
    what = gesture_words(kinds)
    if outcome.instrument is None:
        return _("Undone: {what}.").format(what=what)
    status = _STATUS_WORDS[outcome.instrument.status]().lower()
    return _("Undone: {what}. {instrument} is {status} again.").format(
        what=what, instrument=_instrument(outcome), status=status
    )


def _finished(outcome: Outcome) -> str:
    if outcome.agreement:
        many = ngettext(
            "Finished: {borrower} has {n} thing on agreement {agreement}.",
            "Finished: {borrower} has {n} things on agreement {agreement}.",
            outcome.items,
        )
        made = many.format(borrower=_borrower(outcome), n=outcome.items, agreement=outcome.agreement)
        return f"{made} {_came_back(outcome)}".rstrip()
    if outcome.returned:
        return _("Finished: {back}").format(back=_came_back(outcome))
    return _("Finished. Nothing was handed over, so there is no paper.")


def _came_back(outcome: Outcome) -> str:
    back = len(outcome.returned)
    return ngettext("{n} thing came back.", "{n} things came back.", back).format(n=back) if back else ""


def _unknown(outcome: Outcome) -> str:
    if outcome.why is Why.RUN_TOGETHER:
        return _("Two codes arrived as one. Scan each by itself.")
    return _("This is not one of ours. Nothing is changed.")


def _about(told: Callable[[], str]) -> Callable[[Outcome], str]:
    def fill(outcome: Outcome) -> str:
        return told().format(instrument=_instrument(outcome), borrower=_borrower(outcome))

    return fill


_SENTENCES: Final[dict[Answer, Callable[[Outcome], str]]] = {
    Answer.BORROWER_CHOSEN: _chosen,
    Answer.PLACE_CHOSEN: keeping.place_chosen,
    Answer.LENT: _lent,
    Answer.SET_LENT: keeping.set_lent,
    Answer.CHECKED: keeping.checked,
    Answer.RETURNED: _returned,
    Answer.SHOWN: _shown,
    Answer.FOUND: _about(lambda: _("{instrument} has turned up and is in store again.")),
    Answer.MOVED: keeping.moved,
    Answer.BOUND: keeping.bound,
    Answer.UNBOUND: _about(lambda: _("A blank label of ours. Scan or type the number it is for.")),
    Answer.MATCHED: _about(lambda: _("Case and instrument belong together: {instrument}.")),
    Answer.REPEATED: _about(lambda: _("Scanned twice, counted once.")),
    Answer.ALREADY_THEIRS: _about(lambda: _("{borrower} has {instrument} already. Nothing is changed.")),
    Answer.UNDONE: _undone,
    Answer.FINISHED: _finished,
    Answer.NOTED: keeping.noted,
    Answer.SENT_TO_REPAIR: keeping.sent,
    Answer.PASSED_ON: keeping.passed_on,
    Answer.RUN_SHOWN: _about(lambda: _("A van run. Load and deliver it on the Deliveries screen.")),
    Answer.LEND_MODE: _about(lambda: _("Lending. Scan the borrower, then what goes out.")),
    Answer.RETURN_MODE: lambda outcome: _with_their_day(outcome, _("Bringing back. Scan what comes in.")),
    Answer.SHOW_NEXT: _about(lambda: _("The next scan is only shown.")),
    Answer.UNKNOWN_CODE: _unknown,
    Answer.BAD_CHECK: _about(lambda: _("The code was not read right: its check character is wrong. Scan it again.")),
    Answer.NEED_BORROWER: _about(lambda: _("Scan the borrower first, then {instrument}.")),
    Answer.OUT_TO_OTHER: _out_to_other,
    Answer.NOT_AVAILABLE: _not_available,
    Answer.RESERVED: _about(lambda: _("{instrument} is set aside for somebody; TAKE lends it all the same.")),
    Answer.IN_PACK: _about(lambda: _("{instrument} is away in an event pack; TAKE lends it all the same.")),
    Answer.AT_LIMIT: _about(lambda: _("{borrower} has as many as they may; TAKE lends one more all the same.")),
    Answer.MISMATCH: looks.mismatch,
    Answer.NOTHING_TO_DO: _nothing_to_do,
}

_HINTS: Final[dict[Answer, Callable[[Outcome], str]]] = {
    Answer.LENT: lambda outcome: keeping.counts_for(outcome) or _due_hint(outcome),
    Answer.RETURNED: lambda outcome: (
        keeping.waiting_hint(outcome) or keeping.tally_hint(outcome) or _from_hint(outcome)
    ),
    Answer.SHOWN: lambda outcome: keeping.tally_hint(outcome) or _shown_hint(outcome),
    Answer.CHECKED: keeping.tally_hint,
    Answer.SET_LENT: lambda outcome: keeping.counts_for(outcome) or _due_hint(outcome),
    Answer.NOTED: keeping.noted_hint,
    Answer.FINISHED: _agreement_hint,
    Answer.ALREADY_THEIRS: _about(lambda: _("Bring it back?")),
    Answer.OUT_TO_OTHER: _about(lambda: _("Take it over, or bring it back?")),
} | dict.fromkeys(
    (Answer.NOT_AVAILABLE, Answer.RESERVED, Answer.IN_PACK, Answer.AT_LIMIT), _about(lambda: _("Take it all the same?"))
)

_BANDS: Final[dict[Answer, Callable[[], str]]] = {
    Answer.BORROWER_CHOSEN: lambda: _("Borrower"),
    Answer.PLACE_CHOSEN: lambda: _("Place"),
    Answer.LENT: lambda: _("Lent"),
    Answer.SET_LENT: lambda: _("Set lent"),
    Answer.CHECKED: lambda: _("Ticked off"),
    Answer.RETURNED: lambda: _("Returned"),
    Answer.SHOWN: lambda: _("Shown"),
    Answer.FOUND: lambda: _("Found"),
    Answer.MOVED: lambda: _("Moved"),
    Answer.BOUND: lambda: _("Label bound"),
    Answer.UNBOUND: lambda: _("Blank label"),
    Answer.MATCHED: lambda: _("They match"),
    Answer.REPEATED: lambda: _("Again"),
    Answer.ALREADY_THEIRS: lambda: _("Already theirs"),
    Answer.UNDONE: lambda: _("Undone"),
    Answer.FINISHED: lambda: _("Finished"),
    Answer.NOTED: lambda: _("Noted"),
    Answer.SENT_TO_REPAIR: lambda: _("To be repaired"),
    Answer.PASSED_ON: lambda: _("Passed on"),
    Answer.RUN_SHOWN: lambda: _("Van run"),
    Answer.LEND_MODE: lambda: _("Lend"),
    Answer.RETURN_MODE: lambda: _("Return"),
    Answer.SHOW_NEXT: lambda: _("Show"),
    Answer.UNKNOWN_CODE: lambda: _("Not one of ours"),
    Answer.BAD_CHECK: lambda: _("Scan it again"),
    Answer.NEED_BORROWER: lambda: _("Who takes it?"),
    Answer.OUT_TO_OTHER: lambda: _("Someone else's"),
    Answer.NOT_AVAILABLE: lambda: _("Not available"),
    Answer.RESERVED: lambda: _("Set aside"),
    Answer.IN_PACK: lambda: _("In a pack"),
    Answer.AT_LIMIT: lambda: _("Has enough"),
    Answer.MISMATCH: lambda: _("They do not match"),
    Answer.NOTHING_TO_DO: lambda: _("Nothing to do"),
}

_STATUS_WORDS: Final[dict[Status, Callable[[], str]]] = {
    Status.IN_STORE: lambda: _("In store"),
    Status.ON_LOAN: lambda: _("On loan"),
    Status.IN_REPAIR: lambda: _("In repair"),
    Status.NEEDS_ATTENTION: lambda: _("Needs attention"),
    Status.SET_ASIDE: lambda: _("Set aside"),
    Status.ON_VAN: lambda: _("On the van"),
    Status.IN_PACK: lambda: _("In a pack"),
    Status.MISSING: lambda: _("Missing"),
    Status.LOST: lambda: _("Lost"),
    Status.RETIRED: lambda: _("Retired"),
    Status.DISPOSED: lambda: _("Disposed of"),
}
