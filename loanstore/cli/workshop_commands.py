"""The commands of the workshop: repair, service, dispose, photo, register."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loanstore.cli.common import Words, add_common
from loanstore.cli.desk_commands import read_day
from loanstore.cli.files import require_writable, write
from loanstore.domain.errors import WrongUsage
from loanstore.domain.money import read_pence, show_pounds
from loanstore.domain.repairs import Decision, Outcome
from loanstore.i18n import _, ngettext
from loanstore.operations import asset_register, register_files, workshop
from loanstore.wording.workshop import decision_word, outcome_word

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.operations.asset_register import RegisterLine

_DECISIONS: Final = {one.value.replace(" ", "-"): one for one in Decision}
_OUTCOMES: Final = {one.value.replace(" ", "-"): one for one in Outcome}


def add_words(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - argparse has no public type
    """Add these commands to the grammar; ``command`` makes one."""
    repair = commands.add_parser("repair", help=_("send to a repairer, quote, decide, take back"))
    add_common(repair, quiet=True)
    actions = repair.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    out = command(actions, "out", repair_out, _("send instruments to a repairer"))
    out.add_argument("codes", metavar="CODE", nargs="+")
    out.add_argument("--to", metavar="REPAIRER", required=True, help=_("the repairer's code or name"))
    out.add_argument("--fault", metavar="TEXT", default="")
    out.add_argument("--docket", metavar="FILE.pdf", help=_("write the docket there"))
    quote = command(actions, "quote", repair_quote, _("note what the repairer asks"))
    quote.add_argument("code", metavar="CODE")
    quote.add_argument("quote", metavar="PENCE|£POUNDS")
    decide = command(actions, "decide", repair_decide, _("note who bears it"))
    decide.add_argument("code", metavar="CODE")
    decide.add_argument("decision", choices=tuple(_DECISIONS))
    back = command(actions, "in", repair_in, _("take instruments back from the repairer"))
    back.add_argument("codes", metavar="CODE", nargs="+")
    back.add_argument("--outcome", choices=tuple(_OUTCOMES), default="mended")
    back.add_argument("--cost", metavar="PENCE|£POUNDS", help=_("what each of them cost"))
    _add_register(command, commands)


def _add_register(command: Callable[..., Words], commands: Any) -> None:  # noqa: ANN401 - as above
    shown = command(commands, "register", register, _("the asset register, as at any day"))
    shown.add_argument("--at", metavar="DATE", help=_("as it was at the end of that day"))
    shown.add_argument("--funding", metavar="F", default="", help=_("only what that grant paid for"))
    shown.add_argument("--out", metavar="FILE", help=_("write it as .pdf, .csv or .xlsx"))


def repair_out(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Send instruments to a repairer, with a docket if one is asked for."""
    if asked.docket:
        require_writable(Path(asked.docket))
    sent = workshop.send(opened.desk, asked.codes, asked.to, asked.fault).result
    n = len(sent.repairs)
    said = [ngettext("{n} sent to {repairer}.", "{n} sent to {repairer}.", n).format(n=n, repairer=sent.repairer.name)]
    if asked.docket:
        write(Path(asked.docket), workshop.docket_pdf(opened.desk, sent.repairs))
        said.append(_("The docket is in {file}.").format(file=asked.docket))
    output.answer(
        said,
        repairer=sent.repairer.name,
        repairs=[
            {"repair": repair, "instrument": thing.code}
            for repair, thing in zip(sent.repairs, sent.instruments, strict=True)
        ],
        docket=asked.docket,
    )
    return 0


def repair_quote(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note what the repairer asks."""
    pence = read_money(asked.quote)
    thing = workshop.quote(opened.desk, asked.code, pence).result
    told = _("{code}: the repairer asks {amount}.").format(code=thing.code, amount=show_pounds(pence))
    output.answer([told], instrument=thing.code, quote=pence)
    return 0


def repair_decide(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note who bears a repair."""
    decision = _DECISIONS[asked.decision]
    thing = workshop.decide(opened.desk, asked.code, decision).result
    told = _("{code}: {decision}.").format(code=thing.code, decision=decision_word(decision))
    output.answer([told], instrument=thing.code, decision=decision.value)
    return 0


def repair_in(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take instruments back from the repairer."""
    outcome = _OUTCOMES[asked.outcome]
    cost = read_money(asked.cost) if asked.cost else None
    back = workshop.bring_back(opened.desk, asked.codes, outcome, cost).result
    told = _("{code} is back, {outcome}: {status}.")
    output.answer(
        [told.format(code=thing.code, outcome=outcome_word(outcome), status=thing.status) for thing in back],
        outcome=outcome.value,
        cost=cost,
        back=[{"instrument": thing.code, "status": thing.status.value} for thing in back],
    )
    return 0


def register(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Give the asset register, and write it to a file if one is named."""
    day = read_day(asked.at) if asked.at else None
    file = Path(asked.out) if asked.out else None
    if file is not None:
        register_files.require_known(file)
        require_writable(file)
    made = asset_register.asset_register(opened.desk, day, asked.funding)
    if file is not None:
        register_files.write_register(opened.desk, made, file)
    words = [f"{what}: {amount}" for what, amount in register_files.total_words(made.totals)]
    lines = [_register_words(line) for line in made.lines] if file is None else []
    told = [_("The register is in {file}.").format(file=asked.out)] if file is not None else []
    output.answer(
        [*lines, *words, *told],
        at=made.day.isoformat(),
        funding=made.funding or None,
        total=len(made.lines),
        totals=asdict(made.totals),
        rows=[_register_row(line) for line in made.lines],
        file=asked.out,
    )
    return 0


def _register_words(line: RegisterLine) -> str:
    seen = line.seen.isoformat() if line.seen else _("never seen")
    what = " ".join(filter(None, (line.type, line.size, line.make, line.model)))
    return "  ".join(filter(None, (line.code, what, line.funding, line.status, line.holder or line.place, seen)))


def _register_row(line: RegisterLine) -> dict[str, object]:
    row = {name: value if value != "" else None for name, value in asdict(line).items() if name != "id"}
    days = {name: value.isoformat() for name, value in row.items() if isinstance(value, date)}
    return {**row, **days, "status": line.status.value}


def read_money(text: str) -> int:
    """Read whole pence, or pounds where a pound sign or a point says so; raises WrongUsage for anything else."""
    said = text.strip()
    if said.isascii() and said.isdigit():
        return int(said)
    pence = read_pence(said)
    if pence is None:
        raise WrongUsage("BAD_MONEY", value=text)
    return pence
