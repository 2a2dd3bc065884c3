"""What needs a person, in sentences; and what was done with TAKE, for whoever is to say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.answers import Answer
from loanstore.domain.matters import MatterKind
from loanstore.i18n import _, ngettext
from loanstore.wording.days import short_day

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.matters import Matter
    from loanstore.domain.takes import TakeLine


def sentence(matter: Matter) -> str:
    """Say one matter in a plain sentence."""
    if matter.kind is MatterKind.BACKUP:
        return _backup(matter.since)
    told = _COUNTED[matter.kind](matter.count).format(n=f"{matter.count:,}")
    if matter.since is None:
        return told
    return _("{told}, since {day}").format(told=told, day=short_day(matter.since))


def action(matter: Matter) -> str:
    """Name the button that leads to where a matter is seen to."""
    return _ACTIONS[matter.leads.screen]()


def asked(line: TakeLine, day: date) -> str:
    """Say what was done with TAKE, so that somebody remembers why."""
    thing = f"{line.type} {line.code}".strip()
    if line.things > 1:
        thing = _("{thing} and {n} more").format(thing=thing, n=line.things - 1)
    went = _("{thing} went to {to}") if line.to else _("{thing} went out")
    told = went.format(thing=thing, to=line.to)
    why = _against(line)
    by = _("{day} by {staff}").format(day=short_day(day), staff=line.staff) if line.staff else short_day(day)
    return f"{told} {why}, {by}" if why else f"{told}, {by}"


def _against(line: TakeLine) -> str:
    """Say what had refused it; what no sentence fits says nothing."""
    if line.was_with:
        return _("though {borrower} had it").format(borrower=line.was_with)
    words = {
        Answer.RESERVED: _("though it was set aside"),
        Answer.AT_LIMIT: _("though they had as many as they may"),
        Answer.IN_PACK: _("though it was in an event pack"),
        Answer.NOT_AVAILABLE: _("though it was not ready to go out"),
    }
    return words.get(Answer(line.answer), "") if line.answer in set(Answer) else ""


def _backup(last: date | None) -> str:
    if last is None:
        return _("There is no backup of this store on this computer yet")
    return _("The last backup is of {day}").format(day=short_day(last))


_COUNTED = {
    MatterKind.REASONS: lambda n: ngettext(
        "{n} thing went out with TAKE and nobody has said why",
        "{n} times something went out with TAKE and nobody has said why",
        n,
    ),
    MatterKind.OVERDUE: lambda n: ngettext("{n} loan is late", "{n} loans are late", n),
    MatterKind.DUE_TODAY: lambda n: ngettext("{n} loan is due back today", "{n} loans are due back today", n),
    MatterKind.RUNS: lambda n: ngettext("{n} van run is to be driven", "{n} van runs are to be driven", n),
    MatterKind.CRATES: lambda n: ngettext(
        "Crates of {n} delivery stand uncounted", "Crates of {n} deliveries stand uncounted", n
    ),
    MatterKind.TO_MEET: lambda n: ngettext(
        "{n} request can be met from what is in store", "{n} requests can be met from what is in store", n
    ),
    MatterKind.LAPSED: lambda n: ngettext(
        "{n} instrument was set aside and not collected", "{n} instruments were set aside and not collected", n
    ),
    MatterKind.UNSIGNED: lambda n: ngettext("{n} loan has no agreement", "{n} loans have no agreement", n),
    MatterKind.ATTENTION: lambda n: ngettext("{n} instrument needs attention", "{n} instruments need attention", n),
    MatterKind.DECISIONS: lambda n: ngettext(
        "{n} repair is quoted and waits for a decision", "{n} repairs are quoted and wait for a decision", n
    ),
    MatterKind.SERVICES: lambda n: ngettext("{n} service is overdue", "{n} services are overdue", n),
    MatterKind.STOCKTAKES: lambda n: ngettext("{n} stocktake is open", "{n} stocktakes are open", n),
}
_ACTIONS = {
    "today": lambda: _("Say why"),
    "loans": lambda: _("To the loans"),
    "deliveries": lambda: _("To the deliveries"),
    "requests": lambda: _("To the requests"),
    "workshop": lambda: _("To the workshop"),
    "stocktake": lambda: _("To the stocktake"),
    "settings": lambda: _("To the settings"),
}
