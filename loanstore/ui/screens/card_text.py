"""What the answer's card says: the outcome of a scan, put into the places that are read across a counter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import BACKABLE, REFUSALS, TAKEABLE, Answer, Tone, tone
from loanstore.domain.instruments import title
from loanstore.domain.money import show_pounds
from loanstore.domain.pairs import can_swap
from loanstore.domain.scan_effects import Why
from loanstore.i18n import _
from loanstore.wording import band, hint, looks, sentence, short_day, went_out_without

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.domain.looks import Look
    from loanstore.operations.outcomes import Outcome
    from loanstore.wording import Told


MOST_ITEMS: Final = 9
"""As many accessories as there are numbered commands."""


@dataclass(frozen=True, slots=True)
class Item:
    """One accessory on the card: its name, and whether it is present, missing or damaged."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class CardText:
    """One card: ``word`` and ``hint`` on the band, the thing large, its particulars, its code, and what can be done.

    ``said`` is the whole sentence, for a screen reader. ``look`` is what can be looked over, judged by ``grades``, and
    ``grade`` what it has; ``pair`` offers to put a mismatch right, and by changing loans where ``children``.
    """

    tone: Tone
    word: str
    hint: str = ""
    thing: str = ""
    detail: str = ""
    code: str = ""
    said: str = ""
    take: bool = False
    back: bool = False
    on_lend: bool = False
    items: tuple[Item, ...] = ()
    look: Look | None = None
    grades: tuple[str, ...] = ()
    grade: str = ""
    pair: bool = False
    children: bool = False


def card_of(outcome: Outcome) -> CardText:
    """Put a scan's outcome on a card."""
    said = sentence(outcome)
    thing, detail, code = _middle(outcome, said)
    loan = outcome.instrument.loan if outcome.instrument is not None else None
    return CardText(
        tone(outcome.answer),
        band(outcome),
        hint(outcome),
        thing,
        detail,
        code,
        said,
        take=outcome.answer in TAKEABLE,
        back=outcome.answer in BACKABLE and loan is not None,
        on_lend=outcome.answer is Answer.OUT_TO_OTHER and outcome.why is not Why.TO_REPAIRER,
        items=_items(outcome),
        look=_look(outcome),
        grades=outcome.grades,
        grade=outcome.instrument.fields.get("condition", "") if outcome.instrument is not None else "",
        pair=outcome.answer is Answer.MISMATCH,
        children=_could_swap(outcome),
    )


def _items(outcome: Outcome) -> tuple[Item, ...]:
    """Give the checklist of what was handed over, brought back or shown; a refusal has none."""
    found = outcome.instrument
    if found is None or outcome.answer in REFUSALS | {Answer.REPEATED, Answer.UNDONE} or outcome.case is not None:
        return ()
    states = dict.fromkeys(found.lacking.missing, "missing") | dict.fromkeys(found.lacking.damaged, "damaged")
    return tuple(Item(one.name, states.get(one.name, "present")) for one in outcome.accessories[:MOST_ITEMS])


def _look(outcome: Outcome) -> Look | None:
    """Give the look that the card offers: of what has just changed hands, and of nothing else."""
    look = outcome.look
    if look is None or outcome.answer in REFUSALS | {Answer.UNDONE} or outcome.case is not None:
        return None
    return look if look.loan is not None or look.repair is not None else None


def _could_swap(outcome: Outcome) -> bool:
    found, case = outcome.instrument, outcome.case
    return found is not None and case is not None and can_swap(case, found)


def quiet_card(outcome: Outcome) -> CardText:
    """Put on a card that a session which had gone quiet was finished by itself."""
    said = _("Nobody scanned for a while, so the desk finished by itself. {told}").format(told=sentence(outcome))
    return replace(card_of(outcome), detail=said, said=said)


def ready_card() -> CardText:
    """Give the card of a desk where nothing was scanned yet."""
    return CardText(
        Tone.QUIET,
        _("Ready"),
        "",
        _("Scan an instrument or a borrower"),
        _("A family without a card is found by name: type the parent, the pupil or the school"),
    )


def opening_card() -> CardText:
    """Give the card of a desk whose store is still being opened."""
    waiting = _("What is scanned now is kept and answered in a moment")
    return CardText(Tone.QUIET, _("One moment"), "", _("The store is being opened"), waiting)


def recovery_card() -> CardText:
    """Give the card of a store that was just made."""
    return CardText(
        Tone.OUT,
        _("Your store is ready"),
        "",
        _("Scan, or fill the register from a list"),
        _("A forgotten passphrase can't be asked back: print the recovery sheet and keep it under lock"),
    )


def error_card(told: Told) -> CardText:
    """Put an error on the card: what a scan could not be answered for."""
    detail = " ".join(filter(None, (told.message, told.next)))
    return CardText(Tone.WRONG, told.title, "", _("This scan was not stored"), detail, said=f"{told.title}. {detail}")


def _middle(outcome: Outcome, said: str) -> tuple[str, str, str]:
    found = outcome.instrument
    if found is not None:
        return title(found.fields), _detail(outcome, found, said), found.code
    if outcome.set_name:
        return outcome.set_name, said, ""
    if outcome.place is not None and outcome.answer in {Answer.PLACE_CHOSEN, Answer.BORROWER_CHOSEN}:
        return outcome.place.name, said, outcome.place.code
    if outcome.answer is Answer.UNKNOWN_CODE or outcome.answer is Answer.BAD_CHECK:
        return outcome.scanned or _("Nothing readable"), said, ""
    if outcome.borrower is not None and outcome.answer is not Answer.NOTHING_TO_DO:
        return outcome.borrower.label, said, outcome.borrower.code
    return said, "", ""


def _detail(outcome: Outcome, found: Instrument, said: str) -> str:
    case = outcome.case
    if outcome.answer is Answer.MISMATCH and case is not None:
        return _("in the case of {code}, {thing}").format(code=case.code, thing=title(case.fields))
    plain = outcome.answer in {Answer.LENT, Answer.RETURNED, Answer.OUT_TO_OTHER, Answer.SHOWN}
    plain = plain or outcome.why is Why.GRADED
    return said if outcome.finished or outcome.beyond_terms or not plain else _particulars(outcome, found, said)


def _particulars(outcome: Outcome, found: Instrument, said: str) -> str:
    if outcome.answer in {Answer.OUT_TO_OTHER, Answer.SHOWN} and found.loan is not None:
        return _loan_words(found)
    fields = found.fields
    went = went_out_without(outcome)
    parts = [went] if went else []
    if fields.get("serial"):
        parts.append(_("serial {serial}").format(serial=fields["serial"]))
    look = looks.condition(outcome)
    if look:
        parts.append(look)
    if fields.get("replacement_value"):
        parts.append(_("value {value}").format(value=show_pounds(int(fields["replacement_value"]))))
    return " · ".join(parts) or said


def _loan_words(found: Instrument) -> str:
    loan = found.loan
    if loan is None:
        return ""
    due = short_day(date.fromisoformat(loan.due))
    if not loan.out:
        return _("lent before the register came here, due {due}").format(due=due)
    return _("lent {out}, due {due}").format(out=short_day(date.fromisoformat(loan.out[:10])), due=due)
