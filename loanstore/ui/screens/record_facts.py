"""What a record's page says of an instrument or a borrower: headings, each with what and how it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.gestures import read_instant
from loanstore.domain.instruments import title
from loanstore.domain.money import show_pounds
from loanstore.i18n import _, ngettext
from loanstore.ui.screens.borrower_panel import kind_word
from loanstore.wording import short_day
from loanstore.wording.answers import status_word
from loanstore.wording.charges import owed_words, remission_words
from loanstore.wording.people import heads_sentence
from loanstore.wording.story import story_words

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.operations.accounts import AccountLine
    from loanstore.operations.browsing import BorrowerCard, InstrumentCard, Standing
    from loanstore.storage.lists import LoanLine
    from loanstore.storage.people_lists import LackingLine

Fact = tuple[str, str, bool]
"""What, how it stands, and whether it is late."""

Part = tuple[str, list[Fact]]
"""A heading and what stands under it."""

MOST_MONEY = 40
"""So many lines of an account are shown, the latest; the statement has all of them."""
MOST_TOLD = 400
"""So many lines of a story are shown, the latest; the command line gives all of them."""


def instrument_parts(card: InstrumentCard) -> list[Part]:
    """Give an instrument's record."""
    thing, fields = card.instrument, card.instrument.fields
    loan = thing.loan
    lacking = ", ".join((*thing.lacking.missing, *thing.lacking.damaged))
    stands = [
        (_("Stands"), status_word(thing.status), False),
        (_("With"), card.holder.label if card.holder else "", False),
        (_("Now at"), card.custodian, False),
        (_("Player"), card.player, False),
        (_("Due"), _day(loan.due) if loan else "", False),
        (_("Lacks"), lacking, True),
        (_("Set"), card.class_set, False),
        (_("Repairer"), card.repairer, False),
        (_("Place"), card.place, False),
        (_("Last seen"), _instant_day(thing.seen) if thing.seen else _("never scanned"), False),
    ]
    what = [
        (_("Serial"), fields.get("serial", ""), False),
        (_("Colour"), fields.get("colour", ""), False),
        (_("Condition"), fields.get("condition", ""), False),
        (_("Accessible"), fields.get("adapted", ""), False),
        (_("Apparatus"), _linked(card.apparatus) or fields.get("apparatus", ""), False),
        (_("Apparatus of"), "; ".join(map(_linked, card.serves)), False),
        (_("Other codes"), ", ".join(card.aliases), False),
        (_("Its case"), ", ".join(card.cases), False),
        (_("Note"), card.note, False),
    ]
    worth = [
        (_("Value"), _value(fields.get("replacement_value"), fields.get("valued")), False),
        (_("Bought"), _bought(fields.get("purchased"), fields.get("purchase_cost")), False),
        (_("Supplier"), fields.get("supplier", ""), False),
        (_("Funding"), fields.get("funding", ""), False),
        (_("Owner"), fields.get("owner", ""), False),
        (_("Useful life"), _years(fields.get("useful_life")), False),
        (_("Serviced"), _day(fields.get("serviced")), False),
        (_("Tested"), _day(fields.get("tested")), False),
        (_("Cleaned"), _day(fields.get("cleaned")), False),
    ]
    return _filled([(_("Now"), stands), (_("What it is"), what), (_("Worth and upkeep"), worth)])


def _linked(thing: Instrument | None) -> str:
    return f"{thing.code} {title(thing.fields)}" if thing is not None else ""


def story_parts(card: InstrumentCard) -> list[Part]:
    """Give an instrument's story, the latest first."""
    lines = [(_instant_day(line.at), story_words(line), False) for line in reversed(card.story)]
    return [(_("Its story"), lines[:MOST_TOLD])]


def borrower_parts(card: BorrowerCard) -> list[Part]:
    """Give a borrower's record."""
    record, standing = card.record, card.standing
    others = ", ".join(shown for _form, shown, role in card.codes if role != "main")
    who = [
        (_("Kind"), kind_word(card.borrower.kind), False),
        (_("Pupil"), " · ".join(filter(None, (record.get("pupil"), record.get("year_group")))), False),
        (_("School"), record.get("school", ""), False),
        (_("Contact"), record.get("contact", ""), False),
        (_("Telephone"), record.get("telephone", ""), False),
        (_("E-mail"), record.get("email", ""), False),
        (_("Address"), ", ".join(filter(None, (_one_line(record.get("address")), record.get("postcode")))), False),
        (_("URN"), record.get("urn", ""), False),
        (_("Phase"), record.get("phase", ""), False),
        (_("Closed"), record.get("closed", ""), True),
        (_("Other codes"), others, False),
        (_("Was also"), "; ".join(f"{name} ({code})" for code, name in standing.former), False),
        (_("Note"), _one_line(record.get("notes")), False),
    ]
    asked = [
        (line.code, _wanted(line.number, f"{line.type} {line.size}".strip(), line.wanted_by), False)
        for line in standing.requests
    ]
    crates = [(_day(one.arrived), _crates(one.crates), False) for one in standing.crates]
    heads = [(_day(one.given), heads_sentence(one).partition(": ")[2], False) for one in standing.heads]
    parts = [(_("Who it is"), who), (_("Asked for"), asked), (_("Crates"), crates), (_("Head-counts"), heads)]
    return _filled(parts)


def loan_parts(card: BorrowerCard) -> list[Part]:
    """Give what a borrower owes, has and had."""
    standing = card.standing
    late = {line.id for line in standing.late}
    owes = [(line.instrument, f"{line.title} · {_due(line.due)}", True) for line in standing.late]
    owes += [(line.code, f"{line.title} · {_lacking(line)}", True) for line in standing.lacking]
    sets = [(one.code, _("{name}: {n} out").format(name=one.name, n=one.out), False) for one in standing.sets]
    has = [(line.instrument, _has_words(line, standing), line.id in late) for line in card.out.lines]
    kept = [(line.code, _("{what} of {who}").format(what=line.title, who=line.who), False) for line in standing.kept]
    had = [(line.instrument, f"{line.title} · {_until(line)}", False) for line in reversed(card.past.lines)]
    n = card.out.total
    has_title = ngettext("Has {n} instrument", "Has {n} instruments", n).format(n=n)
    account = [(_day(line.day), _account_words(line), False) for line in reversed(card.account.lines)]
    let_off = [("", remission_words(one), False) for one in card.remissions]
    money = (_("Account"), [("", owed_words(card.account.due), card.account.due > 0), *let_off, *account[:MOST_MONEY]])
    return _filled(
        [
            money if account or let_off else (_("Account"), []),
            (_("Owes"), owes or [("", _("Nothing is late, and nothing is missing"), False)]),
            (_("Sets"), sets),
            (has_title, has),
            (_("Keeps for others"), kept),
            (_("Had"), had[:MOST_TOLD]),
        ]
    )


def _account_words(line: AccountLine) -> str:
    return " · ".join(filter(None, (line.what, show_pounds(line.amount), line.reference)))


def _lacking(line: LackingLine) -> str:
    parts = (
        _("came back without {parts}").format(parts=", ".join(line.missing)) if line.missing else "",
        _("damaged: {parts}").format(parts=", ".join(line.damaged)) if line.damaged else "",
    )
    return " · ".join(filter(None, parts))


def _has_words(line: LoanLine, standing: Standing) -> str:
    where = next((one.who for one in standing.passed_on if one.code == line.instrument), "")
    parts = (line.title, _due(line.due), _("now at {where}").format(where=where) if where else "")
    return " · ".join(filter(None, parts))


def _until(line: LoanLine) -> str:
    return _("back {day}").format(day=_instant_day(line.ended)) if line.ended else ""


def _filled(parts: list[Part]) -> list[Part]:
    """Leave out what says nothing."""
    told = [(heading, [fact for fact in facts if fact[1]]) for heading, facts in parts]
    return [(heading, facts) for heading, facts in told if facts]


def _crates(n: int) -> str:
    return ngettext("{n} crate, uncounted", "{n} crates, uncounted", n).format(n=n)


def _wanted(number: int, what: str, by: str | None) -> str:
    told = _("{n} × {what} by {day}") if by else _("{n} × {what}")
    return told.format(n=number, what=what, day=_day(by))


def _value(pence: str | None, valued: str | None) -> str:
    if not pence:
        return ""
    shown = show_pounds(int(pence))
    return _("{sum} on {day}").format(sum=shown, day=_day(valued)) if valued else shown


def _bought(purchased: str | None, cost: str | None) -> str:
    return " · ".join(filter(None, (purchased, show_pounds(int(cost)) if cost else "")))


def _years(text: str | None) -> str:
    return ngettext("{n} year", "{n} years", int(text)).format(n=text) if text else ""


def _one_line(text: str | None) -> str:
    return ", ".join((text or "").splitlines())


def _due(due: str) -> str:
    return _("due {day}").format(day=_day(due))


def _day(text: str | None) -> str:
    return short_day(date.fromisoformat(text)) if text else ""


def _instant_day(at: str) -> str:
    return short_day(read_instant(at).astimezone().date())
