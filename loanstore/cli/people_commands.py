"""The commands of records and people: edit, merge, custody, take-home, heads, match and policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loanstore.cli.desk_commands import read_day
from loanstore.cli.files import require_writable, write
from loanstore.domain.arrivals import HEADS
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.errors import WrongUsage
from loanstore.domain.instruments import title
from loanstore.domain.policy import Period
from loanstore.domain.policy_words import WAITS, read_rule, with_days, with_rule, with_waits
from loanstore.domain.tariffs import CONTRACTS
from loanstore.i18n import _, ngettext
from loanstore.operations import custody, editing, head_counting, housekeeping, matching, merging
from loanstore.operations.cataloguing import BORROWER_WORDS, INSTRUMENT_WORDS
from loanstore.wording.people import custody_sentence, heads_sentence, put_right_sentences

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.common import Words
    from loanstore.cli.output import Output
    from loanstore.domain.arrivals import HeadCount
    from loanstore.domain.policy import Policy

FIELDS: Final = tuple(dict.fromkeys((*INSTRUMENT_WORDS, *BORROWER_WORDS)))
PERIODS: Final = {"term": Period.TERM, "year": Period.YEAR, "days": Period.DAYS}


def add_words(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add this module's commands to the grammar."""
    change = command(commands, "edit", edit, _("change a record; an empty value clears a field"))
    change.add_argument("thing", metavar="CODE")
    for field in FIELDS:
        change.add_argument(f"--{field.replace('_', '-')}", f"--{field}", dest=f"field_{field}", metavar="VALUE")
    change.add_argument("--remove-alias", metavar="CODE", action="append", default=[])
    together = command(commands, "merge", merge, _("two records are of one school or family: the second stays"))
    together.add_argument("goes", metavar="FROM")
    together.add_argument("stays", metavar="INTO")
    pass_on = command(commands, "custody", pass_custody, _("pass custody on; the loans go on"))
    pass_on.add_argument("to", metavar="TO")
    pass_on.add_argument("codes", metavar="CODE", nargs="+")
    pass_on.add_argument("--reported", action="store_true", help=_("somebody says so; nobody saw it here"))
    home = command(commands, "take-home", take_home, _("who has what of a school's at home"))
    home.add_argument("borrower", metavar="BORROWER")
    home.add_argument("--out", metavar="FILE.pdf|.csv|.xlsx")
    _add_heads(command(commands, "heads", heads, _("the head-counts a school gives")))
    match = command(commands, "match", put_right, _("a case with another instrument in it: put it right"))
    match.add_argument("case", metavar="CASE")
    match.add_argument("body", metavar="BODY")
    how = match.add_mutually_exclusive_group()
    how.add_argument("--cases-swapped", action="store_true", help=_("each keeps the other's case"))
    how.add_argument("--children-swapped", action="store_true", help=_("each child has the other's"))
    _add_policy(command(commands, "policy", policy, _("the rules of lending")))


def _add_heads(words: Words) -> None:
    words.add_argument("borrower", metavar="BORROWER", nargs="?")
    for name in HEADS:
        words.add_argument(f"--{name.replace('_', '-')}", dest=f"head_{name}", metavar="N")
    words.add_argument("--estimated", action="store_true")
    words.add_argument("--on", metavar="DATE")


def _add_policy(words: Words) -> None:
    words.add_argument("action", choices=("show", "set"))
    words.add_argument("kind", nargs="?", choices=[kind.value for kind in BorrowerKind])
    words.add_argument("--period", choices=tuple(PERIODS))
    words.add_argument("--days", metavar="N", default="")
    words.add_argument("--limit", metavar="N|none")
    words.add_argument("--contract", choices=CONTRACTS, metavar="CONTRACT", help=_("what a hand-over makes"))
    words.add_argument("--rolling", choices=("yes", "no"), help=_("hire goes on until notice is given"))
    words.add_argument("--least-days", metavar="N")
    words.add_argument("--aside-days", metavar="N", help=_("working days for which a thing is set aside"))
    for name in WAITS:
        words.add_argument(f"--{name.replace('_', '-')}", dest=f"wait_{name}", metavar="SECONDS")


def edit(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Change fields and codes of an instrument or a borrower."""
    given = {
        name.removeprefix("field_"): value
        for name, value in vars(asked).items()
        if name.startswith("field_") and value is not None
    }
    if not given and not asked.remove_alias:
        raise WrongUsage("USAGE", said=_("Nothing is said to change"))
    made = editing.edit(opened.desk, asked.thing, given, asked.remove_alias).result
    told = _("{code}, {name}: changed {fields}.") if made.changed else _("{code}, {name}: it was so already.")
    fields = ", ".join(name.replace("_", " ") for name in made.changed)
    output.answer(
        [told.format(code=made.code, name=made.name, fields=fields)], code=made.code, changed=list(made.changed)
    )
    return 0


def merge(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Let one record turn out to be another's."""
    made = merging.merge(opened.desk, asked.goes, asked.stays).result
    told = ngettext(
        "{went} is {name} now; {n} loan came over.", "{went} is {name} now; {n} loans came over.", made.loans
    )
    sentence = told.format(went=made.went, name=made.stays.label, n=made.loans)
    output.answer([sentence], code=made.stays.code, went=made.went, loans=made.loans)
    return 0


def pass_custody(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Pass custody of loans on, or back."""
    passed = custody.pass_all(opened.desk, asked.codes, asked.to, seen=not asked.reported).result
    rows = [
        {
            "instrument": one.instrument.code,
            "borrower": one.responsible.code,
            "custodian": None if one.back else one.custodian,
            "loan": one.instrument.loan.id if one.instrument.loan else None,
        }
        for one in passed
    ]
    output.answer([custody_sentence(one) for one in passed], passed=rows)
    return 0


def take_home(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show a take-home register, or write it as a paper or a table."""
    file = Path(asked.out) if asked.out else None
    if file is not None and file.suffix.lower() not in {".pdf", ".csv", ".xlsx"}:
        raise WrongUsage("USAGE", said=_("--out takes a .pdf, .csv or .xlsx file"))
    if file is not None:
        require_writable(file)
    register = custody.take_home(opened.desk, asked.borrower)
    if file is not None and file.suffix.lower() == ".pdf":
        write(file, custody.take_home_pdf(opened.desk, asked.borrower))
    elif file is not None:
        custody.write_take_home(file, register)
    rows = [dict(zip(custody.COLUMNS, row, strict=True)) for row in custody.take_home_rows(register)]
    count = ngettext("{n} at home from {name}", "{n} at home from {name}", len(rows))
    lines = ["  ".join(filter(None, row.values())) for row in rows]
    said = count.format(n=len(rows), name=register.borrower.label)
    output.answer([said, *lines], borrower=register.borrower.code, total=len(rows), rows=rows)
    return 0


def heads(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note a head-count, show those of a borrower, or list the schools that have not given any."""
    counted = {name: getattr(asked, f"head_{name}") for name in HEADS if getattr(asked, f"head_{name}") is not None}
    if asked.borrower is None:
        if counted:
            raise WrongUsage("USAGE", said=_("a head-count is somebody's: name the borrower"))
        schools = head_counting.none_given(opened.desk)
        lines = [f"{who.code}  {who.label}" for who in schools]
        rows = [{"code": who.code, "name": who.name} for who in schools]
        output.answer(
            [_("No head-count yet from:"), *lines] if lines else [_("Every school has given one.")], rows=rows
        )
        return 0
    if counted:
        numbers = {name: _number(name, text) for name, text in counted.items()}
        on = read_day(asked.on) if asked.on else None
        head_counting.give(opened.desk, asked.borrower, numbers, on=on, estimated=asked.estimated)
    given = head_counting.given(opened.desk, asked.borrower)
    sentences = [heads_sentence(one) for one in given.counts] or [_("No head-count yet.")]
    output.answer(sentences, borrower=given.borrower.code, heads=[head_values(one) for one in given.counts])
    return 0


def head_values(count: HeadCount) -> dict[str, object]:
    """Give a head-count as JSON has it."""
    return {"given": count.given, "estimated": count.estimated, **count.heads}


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < len("1000000")):
        raise WrongUsage("USAGE", said=_("--{name} takes a whole number").format(name=name.replace("_", "-")))
    return int(text)


def put_right(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Put right that a case has another instrument in it."""
    do = matching.put_right_by_hand
    if asked.cases_swapped:
        do = matching.cases_stay_swapped
    elif asked.children_swapped:
        do = matching.children_swapped
    made = do(opened.desk, asked.case, asked.body).result
    output.answer(
        put_right_sentences(made),
        instruments=[made.first.code, made.second.code],
        titles=[title(made.first.fields), title(made.second.fields)],
        print=list(made.print),
        agreements=list(made.agreements),
    )
    return 0


def policy(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show the rules of lending, or set some of them."""
    rules = housekeeping.policy(opened.desk)
    if asked.action == "set":
        rules = _changed(asked, rules)
        housekeeping.change_policy(opened.desk, rules)
    words = {period: word for word, period in PERIODS.items()}
    rows = {
        kind.value: {
            "period": words[rule.period],
            "days": rule.days,
            "limit": rule.limit,
            "contract": rule.contract,
            "rolling": rule.rolling,
        }
        for kind, rule in rules.rules.items()
    }
    sentences = [
        "{kind}: {period}, {limit}".format(
            kind=kind,
            period=_("{n} days").format(n=row["days"]) if row["days"] else row["period"],
            limit=_("at most {n}").format(n=row["limit"]) if row["limit"] else _("no limit"),
        )
        for kind, row in rows.items()
    ]
    waits = {name: getattr(rules, name) for name in WAITS}
    aside = ngettext("set aside: {n} working day", "set aside: {n} working days", rules.aside_days)
    sentences.append(aside.format(n=rules.aside_days))
    output.answer(sentences, rules=rows, least_days=rules.least_days, aside_days=rules.aside_days, **waits)
    return 0


def _changed(asked: Namespace, rules: Policy) -> Policy:
    if asked.kind is None and (asked.period or asked.limit or asked.days or asked.contract or asked.rolling):
        raise WrongUsage("USAGE", said=_("a period or a limit is some kind of borrower's: name the kind"))
    if asked.kind is not None:
        before = rules.rules[BorrowerKind(asked.kind)]
        period = PERIODS[asked.period] if asked.period else Period.DAYS if asked.days else before.period
        limit = asked.limit if asked.limit is not None else str(before.limit or "")
        rule = read_rule(period, asked.days or str(before.days), limit, before)
        rule = replace(
            rule,
            contract=asked.contract or before.contract,
            rolling=before.rolling if asked.rolling is None else asked.rolling == "yes",
        )
        rules = with_rule(rules, BorrowerKind(asked.kind), rule)
    waits = {name: said for name in WAITS if (said := getattr(asked, f"wait_{name}")) is not None}
    days = (asked.least_days, rules.least_days), (asked.aside_days, rules.aside_days)
    least, aside = (said if said is not None else str(before) for said, before in days)
    return with_days(with_waits(rules, waits), least, aside)
