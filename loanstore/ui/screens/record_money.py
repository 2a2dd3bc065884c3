"""Money on a borrower's record: payments, what is let off, notice and renewals; forms and what they do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.ledger import Method
from loanstore.domain.money import read_pence, show_pounds
from loanstore.domain.remissions import Reason
from loanstore.i18n import _, ngettext
from loanstore.ui.screens.field_form import Field, Form
from loanstore.ui.screens.record_work import Saved, kept
from loanstore.wording import short_day
from loanstore.wording.charges import owed_words, remission_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loanstore.domain.remissions import Remission
    from loanstore.operations.browsing import BorrowerCard
    from loanstore.operations.desk import Desk, Done


def pay_form(card: BorrowerCard) -> Form:
    """Ask for a payment."""
    hint = _("{due}. Never write a card's number.").format(due=owed_words(card.account.due).capitalize())
    fields = (
        Field("amount", _("Amount in pounds"), tip="£"),
        Field("method", _("How it was paid"), Method.OTHER.value, tuple((one.value, one.value) for one in Method)),
        Field("reference", _("Reference"), tip=_("A receipt's or a till's number")),
    )
    title = _("Payment of {name}").format(name=card.borrower.label)
    return Form(title, _("Record payment"), (("", fields),), hint, whole=True)


def remission_form(card: BorrowerCard) -> Form:
    """Ask what is let off; the evidence is looked at and kept nowhere."""
    reasons = tuple((one.value, one.value.capitalize()) for one in Reason)
    share = (
        Field("percent", _("Per cent"), tip=_("1 to 100")),
        Field("fixed", _("Or pounds off each period"), tip="£"),
        Field("last", _("To"), tip=_("Empty: the end of the academic year; else as 2027-08-31")),
    )
    why = Field("reason", _("Why"), reasons[0][0], reasons)
    later = Field("later", _("Evidence to follow"), tick=True)
    hint = _("Look at the evidence and hand it back: no copy is kept. The reason is on no paper and in no list.")
    title = _("Let {name} off").format(name=card.borrower.label)
    return Form(title, _("Let off"), (("", (why,)), ("", share), ("", (later,))), hint, whole=True)


def checked_form(card: BorrowerCard) -> Form:
    """Ask which remission's evidence was seen, or which ends today."""
    standing = [one for one in card.remissions if one.ended is None]
    which = Field("which", _("Which"), standing[0].id if standing else "", _remissions(standing))
    ways = (("check", _("The evidence was seen today")), ("end", _("It ends today")))
    how = Field("how", _("What happened"), "check", ways)
    title = _("What {name} is let off").format(name=card.borrower.label)
    return Form(title, _("Save"), (("", (which, how)),), whole=True)


def _remissions(found: Sequence[Remission]) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, remission_words(one)) for one in found)


def notice_form(card: BorrowerCard) -> Form:
    """Ask on which day notice of all that a borrower has was given."""
    on = Field("on", _("The day notice was given"), tip=_("Empty: today; else as 2027-06-30"))
    hint = _("Everything {name} has ends with the period that the notice reaches. Renewing takes notice back.")
    title = _("Notice from {name}").format(name=card.borrower.label)
    return Form(title, _("Give notice"), (("", (on,)),), hint.format(name=card.borrower.label), whole=True)


def pay(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Record a payment."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import paying
        from loanstore.operations.desk import Done

        pence = _pence(texts.get("amount", ""))
        made = paying.pay(desk, code, pence, Method(texts["method"]), reference=texts.get("reference", ""))
        words = _("{sum} recorded. Ctrl+Z takes it back.").format(sum=show_pounds(made.result.amount))
        return Done(Saved(code, words), made.changed)

    return kept(code, work)


def let_off(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Grant a remission."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import remitting
        from loanstore.operations.desk import Done

        percent, fixed = texts.get("percent", "").strip(), texts.get("fixed", "").strip()
        if percent and not (percent.isascii() and percent.isdigit()):
            raise Refused("REMISSION_VALUE", field="percent", value=percent)
        wanted = remitting.Grant(
            Reason(texts["reason"]),
            int(percent) if percent else None,
            _pence(fixed) if fixed else None,
            last=_day(texts.get("last", "")),
            seen=not texts.get("later"),
        )
        made = remitting.grant(desk, code, wanted)
        return Done(Saved(code, remission_words(made.result)), made.changed)

    return kept(code, work)


def check(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Note that evidence was seen, or that a remission ends."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import remitting
        from loanstore.operations.desk import Done

        do = remitting.end if texts.get("how") == "end" else remitting.check
        made = do(desk, texts.get("which", ""))
        return Done(Saved(code, remission_words(made.result)), made.changed)

    return kept(code, work)


def give_notice(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Give notice of all that a borrower has."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import noticing
        from loanstore.operations.desk import Done

        made = noticing.give_notice(desk, code, _day(texts.get("on", "")))
        ends = sorted({one.due for one in made.result})
        words = _("Ends on {days}.").format(days=", ".join(short_day(day) for day in ends))
        return Done(Saved(code, words), made.changed)

    return kept(code, work)


def renew_all(code: str) -> Callable[[Desk], Done[Saved]]:
    """Renew all that a borrower has, in one gesture."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import lending
        from loanstore.operations.desk import Done

        made = lending.renew(desk, code)
        n, last = len(made.result), max(due for _thing, due in made.result)
        words = ngettext("{n} loan renewed, due {day}.", "{n} loans renewed, due {day}.", n)
        return Done(Saved(code, words.format(n=n, day=short_day(last))), made.changed)

    return kept(code, work)


def reasons(card: BorrowerCard) -> Callable[[Desk], str]:
    """Read why hire is let off, for somebody who asked for it on purpose."""

    def work(desk: Desk) -> str:
        from loanstore.operations import remitting

        found = (remitting.reason_of(desk, one.id) or _("erased") for one in card.remissions)
        return ", ".join(found) or _("Nothing is let off.")

    return work


def _pence(text: str) -> int:
    pence = read_pence(text)
    if pence is None:
        raise WrongUsage("BAD_POUNDS", value=text)
    return pence


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise WrongUsage("BAD_DAY", value=text) from None
