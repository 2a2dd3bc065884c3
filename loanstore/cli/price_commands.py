"""The commands that charges rest on: tariff, remissions, notice, terms, and the store's rules of charging."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loanstore.cli.common import Words, add_common
from loanstore.cli.desk_commands import read_day
from loanstore.cli.workshop_commands import read_money
from loanstore.domain.catalogue import BANDS
from loanstore.domain.charge_rules import OwnerKind, read_columns, show_columns
from loanstore.domain.errors import FileUnusable, WrongUsage
from loanstore.domain.periods import Every
from loanstore.domain.remissions import Reason
from loanstore.domain.tariffs import CONTRACTS, Tariff
from loanstore.domain.terms import read_terms, show_month_day, write_terms
from loanstore.i18n import _
from loanstore.operations import housekeeping, noticing, pricing, remitting
from loanstore.wording import day
from loanstore.wording.charges import regulated_words, remission_words, tariff_words

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.domain.remissions import Remission

_REASONS: Final = {one.value.replace(" ", "-"): one for one in Reason}
_ANYBODY: Final = "all"


def add_words(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - argparse has no public type
    """Add these commands to the grammar; ``command`` makes one."""
    _add_tariff(commands, command)
    _add_remissions(commands, command)
    given = command(
        commands, "notice", notice, _("a hire is given up: it ends with the period that the notice reaches")
    )
    given.add_argument("named", metavar="LOAN|BORROWER")
    given.add_argument("--on", metavar="DATE", help=_("the day notice was given; today if left out"))
    terms = command(commands, "terms", show_terms, _("show the table of terms, or read it from a file"))
    terms.add_argument("--set", dest="file", metavar="FILE.json", help=_("as “terms --json” shows it"))


def _add_tariff(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - as above
    tariff = commands.add_parser("tariff", help=_("what hire costs"))
    add_common(tariff, quiet=True)
    actions = tariff.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    command(actions, "show", show_tariffs, _("show the tariffs that count now or later"))
    setting = command(actions, "set", set_tariff, _("set a tariff from a day on; what was posted stays"))
    setting.add_argument("contract", choices=CONTRACTS, metavar="CONTRACT", help="; ".join(CONTRACTS))
    setting.add_argument("--band", choices=BANDS, default="", help=_("only for types of this band"))
    setting.add_argument("--every", choices=tuple(Every), required=True)
    setting.add_argument("--amount", metavar="PENCE|£POUNDS", default="0")
    setting.add_argument("--deposit", metavar="PENCE|£POUNDS", default="0")
    setting.add_argument("--cap", metavar="PENCE|£POUNDS", help=_("the most that hire comes to in an academic year"))
    setting.add_argument("--first-free", action="store_true")
    setting.add_argument("--per-set", action="store_true", help=_("a class set is charged once"))
    setting.add_argument("--vat-code", default="")
    setting.add_argument("--vat-rate", metavar="PERCENT", default="0")
    setting.add_argument("--from", dest="first", metavar="DATE", help=_("today if left out"))


def _add_remissions(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - as above
    words = commands.add_parser("remissions", help=_("what is let off, and until when"))
    add_common(words, quiet=True)
    actions = words.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    listed = command(actions, "list", list_remissions, _("list a borrower's remissions, without the reasons"))
    listed.add_argument("borrower", metavar="BORROWER")
    given = command(actions, "grant", grant, _("let a borrower off a share; the evidence is seen and never kept"))
    given.add_argument("borrower", metavar="BORROWER")
    given.add_argument("--reason", choices=tuple(_REASONS), required=True)
    share = given.add_mutually_exclusive_group(required=True)
    share.add_argument("--percent", metavar="N")
    share.add_argument("--fixed", metavar="PENCE|£POUNDS", help=_("so much less each period"))
    given.add_argument("--from", dest="first", metavar="DATE")
    given.add_argument("--to", dest="last", metavar="DATE", help=_("the end of the academic year if left out"))
    given.add_argument("--evidence-to-follow", action="store_true")
    for name, run, help_ in (
        ("check", check, _("the evidence was seen")),
        ("end", end, _("it holds no more")),
        ("why", why, _("show the reason, when nobody else can see it")),
    ):
        one = command(actions, name, run, help_)
        one.add_argument("remission", metavar="ID")
        if name == "end":
            one.add_argument("--on", metavar="DATE")


def add_rules(words: Words) -> None:
    """Add what ``charges rules`` takes."""
    words.add_argument("--owner", choices=tuple(kind.value for kind in OwnerKind if kind.value))
    words.add_argument(
        "--poster", metavar="NAME", action="append", help=_("who may post and reverse; “all” is anybody")
    )
    words.add_argument("--evidence-days", metavar="N")
    words.add_argument("--refund-unused", choices=("yes", "no"))
    words.add_argument("--columns", metavar="Heading=field,...")


def show_tariffs(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show the tariffs."""
    found = pricing.prices(opened.desk)
    rows = [{name: value for name, value in asdict(one).items() if name not in {"id", "said"}} for one in found]
    output.answer([tariff_words(one) for one in found] or [_("Everything is free.")], total=len(rows), rows=rows)
    return 0


def set_tariff(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Set one version of a tariff."""
    first = read_day(asked.first) if asked.first else opened.desk.today()
    wanted = Tariff(
        "",
        asked.contract,
        asked.band,
        str(asked.every),
        read_money(asked.amount),
        first.isoformat(),
        read_money(asked.deposit),
        read_money(asked.cap) if asked.cap else None,
        asked.first_free,
        asked.per_set,
        asked.vat_code,
        read_rate(asked.vat_rate),
    )
    (made,) = pricing.set_tariffs(opened.desk, [wanted]).result
    if pricing.needs_warning(opened.desk, made):
        output.note(regulated_words())
    output.answer([tariff_words(made)], {name: value for name, value in asdict(made).items() if name != "said"})
    return 0


def read_rate(text: str) -> int:
    """Read a VAT rate in per cent as hundredths of one; raises WrongUsage where it is none."""
    whole, _point, part = text.strip().removesuffix("%").strip().partition(".")
    digits = f"{whole}{part:0<2}"
    if len(part) > len("00") or not (digits.isascii() and digits.isdigit()) or len(whole) > len("100"):
        raise WrongUsage("USAGE", said=_("a VAT rate is a number of per cent, such as 20"))
    return int(digits)


def list_remissions(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List a borrower's remissions."""
    borrower, found = remitting.remissions_of(opened.desk, asked.borrower)
    lines = [f"{one.id}  {remission_words(one)}" for one in found] or [_("Nothing is let off.")]
    output.answer(lines, borrower=borrower.code, total=len(found), rows=[_remission(one) for one in found])
    return 0


def _remission(one: Remission) -> dict[str, object]:
    names = ("percent", "fixed", "first", "last", "granted", "checked", "ended")
    return {"remission": one.id, **{name: getattr(one, name) for name in names}}


def grant(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Grant a remission."""
    wanted = remitting.Grant(
        _REASONS[asked.reason],
        int(asked.percent) if asked.percent and asked.percent.isdecimal() else None,
        read_money(asked.fixed) if asked.fixed else None,
        read_day(asked.first) if asked.first else None,
        read_day(asked.last) if asked.last else None,
        not asked.evidence_to_follow,
    )
    made = remitting.grant(opened.desk, asked.borrower, wanted).result
    output.answer([remission_words(made)], _remission(made))
    return 0


def check(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note that evidence was seen."""
    made = remitting.check(opened.desk, asked.remission).result
    output.answer([remission_words(made)], _remission(made))
    return 0


def end(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """End a remission."""
    made = remitting.end(opened.desk, asked.remission, read_day(asked.on) if asked.on else None).result
    output.answer([remission_words(made)], _remission(made))
    return 0


def why(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show a remission's reason, since it was asked for by name."""
    said = remitting.reason_of(opened.desk, asked.remission)
    output.answer([said or _("The reason was erased.")], remission=asked.remission, reason=said or None)
    return 0


def notice(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note that hire is given up."""
    made = noticing.give_notice(opened.desk, asked.named, read_day(asked.on) if asked.on else None).result
    lines = [
        _("{code}: the hire ends on {due}, with {period}.").format(
            code=one.instrument.code, due=day(one.due), period=one.period
        )
        for one in made
    ]
    rows = [
        {
            "instrument": one.instrument.code,
            "loan": one.instrument.loan.id if one.instrument.loan else None,
            "due": one.due.isoformat(),
            "period": one.period,
        }
        for one in made
    ]
    output.answer(lines, notices=rows)
    return 0


def show_terms(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show the table of terms with its blocks and notice dates, or replace it."""
    import json

    if asked.file:
        try:
            table = read_terms(Path(asked.file).read_text("utf-8"))
        except OSError as error:
            raise FileUnusable("FILE_UNREADABLE", file=asked.file, reason=error.strerror or str(error)) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise WrongUsage("USAGE", said=_("{file} is no table of terms").format(file=asked.file)) from None
        housekeeping.change_terms(opened.desk, table)
    table = housekeeping.terms(opened.desk)
    lines = []
    for term in table.terms:
        half = _(", half-term {first} to {last}").format(first=term.half[0], last=term.half[1]) if term.half else ""
        lines.append(f"{term.name} {term.year}: {term.start} – {term.end}{half}")
    blocks = [f"{one.name}: {show_month_day(one.start)} – {show_month_day(one.end)}" for one in table.blocks]
    by = _("Notice by {days}").format(days=", ".join(show_month_day(one) for one in table.notice))
    output.answer([*lines, *blocks, by], json.loads(write_terms(table)))
    return 0


def rules(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show the rules of charging, or set some of them."""
    if any((asked.owner, asked.poster, asked.evidence_days, asked.refund_unused, asked.columns)):
        _change_rules(asked, opened)
    now = pricing.charging(opened.desk)
    values: dict[str, object] = {
        "owner": now.rules.owner.value,
        "posters": list(now.posters),
        "evidence_days": now.rules.evidence_days,
        "refund_unused": now.rules.refund_unused,
        "columns": show_columns(now.rules.columns),
    }
    output.answer([f"{name.replace('_', ' ')}: {value}" for name, value in values.items()], values)
    return 0


def _change_rules(asked: Namespace, opened: OpenDesk) -> None:
    wanted = pricing.charging(opened.desk).rules
    if asked.owner:
        wanted = replace(wanted, owner=OwnerKind(asked.owner))
    if asked.evidence_days:
        if not (asked.evidence_days.isascii() and asked.evidence_days.isdigit()):
            raise WrongUsage("USAGE", said=_("--evidence-days takes a whole number"))
        wanted = replace(wanted, evidence_days=int(asked.evidence_days))
    if asked.refund_unused:
        wanted = replace(wanted, refund_unused=asked.refund_unused == "yes")
    if asked.columns:
        wanted = replace(wanted, columns=read_columns(asked.columns))
    posters = [name for name in asked.poster if name != _ANYBODY] if asked.poster else None
    pricing.change_charging(opened.desk, wanted, posters)
