"""The commands of deliveries: run plan, change, cancel, load, unload, collect, deliver, docket, show; crates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loanstore.cli.common import Words, add_common
from loanstore.cli.desk_commands import read_day
from loanstore.cli.files import require_writable, write
from loanstore.domain.errors import WrongUsage
from loanstore.i18n import _, ngettext
from loanstore.operations import delivering, docketing, handing_over, planning, receiving, touring
from loanstore.wording import day
from loanstore.wording.deliveries import counted_words, progress_word

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from datetime import date

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.domain.runs import Run
    from loanstore.operations.delivering import Carried
    from loanstore.operations.touring import RunCard, StopCard

_MOST_FIGURES: Final = 4
"""Nobody counts ten thousand crates."""


def add_words(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the words of this module to the grammar; ``command`` makes one of its commands."""
    run = commands.add_parser("run", help=_("delivery runs of the van"))
    add_common(run, quiet=True)
    actions = run.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    planned = command(actions, "plan", plan, _("plan a run: a day, then its stops in order"))
    planned.add_argument("day", metavar="DAY")
    planned.add_argument("stops", metavar="BORROWER", nargs="+")
    changed = command(actions, "change", change, _("move a run to another day, or give it other stops"))
    changed.add_argument("of_run", metavar="RUN")
    changed.add_argument("--day", metavar="DAY", dest="on_day")
    changed.add_argument("--stops", metavar="BORROWER", nargs="+")
    for name, do, help_ in (
        ("cancel", cancel, _("call a run off")),
        ("show", show, _("what is loaded, left and picked up at each stop")),
    ):
        command(actions, name, do, help_).add_argument("of_run", metavar="RUN")
    for name, do, help_ in (
        ("load", load, _("put instruments or a class set on the van for a stop")),
        ("collect", collect, _("put what is picked up at a stop on the van")),
    ):
        made = command(actions, name, do, help_)
        made.add_argument("of_run", metavar="RUN")
        made.add_argument("borrower", metavar="BORROWER")
        made.add_argument("codes", metavar="CODE", nargs="+")
        made.add_argument("--anyway", action="store_true", help=_("though it is somebody else's"))
    off = command(actions, "unload", unload, _("take instruments off the van again"))
    off.add_argument("codes", metavar="CODE", nargs="+")
    signed = command(actions, "deliver", deliver, _("mark a stop as delivered and signed for"))
    signed.add_argument("of_run", metavar="RUN")
    signed.add_argument("borrower", metavar="BORROWER")
    signed.add_argument("--signed-by", metavar="NAME", required=True)
    signed.add_argument("--on", metavar="DATE")
    signed.add_argument("--brought-back", metavar="CODE", action="append", default=[], help=_("came back on the van"))
    docketed = command(actions, "docket", docket, _("write the docket of a stop, or all papers of the run"))
    docketed.add_argument("of_run", metavar="RUN")
    docketed.add_argument("borrower", metavar="BORROWER", nargs="?")
    docketed.add_argument("--out", metavar="FILE.pdf", required=True)
    _add_crates(commands, command)


def _add_crates(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - as above
    crates = commands.add_parser("crates", help=_("crates that arrive before anybody can count them"))
    add_common(crates, quiet=True)
    actions = crates.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    came = command(actions, "arrived", crates_arrived, _("note that crates arrived; reminders pause"))
    came.add_argument("borrower", metavar="BORROWER")
    came.add_argument("crates", metavar="N")
    came.add_argument("--on", metavar="DATE")
    counted = command(actions, "counted", crates_counted, _("note that they are counted; reminders go out again"))
    counted.add_argument("borrower", metavar="BORROWER")


def plan(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Plan a run."""
    return _planned(opened, output, planning.plan(opened.desk, read_day(asked.day), asked.stops).result)


def change(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Change a run's day or stops."""
    if not asked.on_day and not asked.stops:
        raise WrongUsage("USAGE", said=_("run change needs --day or --stops"))
    moved = read_day(asked.on_day) if asked.on_day else None
    return _planned(
        opened, output, planning.change(opened.desk, asked.of_run, day=moved, borrower_codes=asked.stops).result
    )


def cancel(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Call a run off."""
    return _planned(opened, output, planning.cancel(opened.desk, asked.of_run).result)


def _planned(opened: OpenDesk, output: Output, run: Run) -> int:
    card = touring.run_card(opened.desk, run.code)
    output.answer([_run_words(card)], _run_values(card))
    return 0


def show(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show a run with its stops, and the order in which its van is loaded."""
    card = touring.run_card(opened.desk, asked.of_run)
    stops = [_stop_words(stop) for stop in card.stops]
    order = ", ".join(stop.borrower.label for stop in card.load_order)
    output.answer(
        [_run_words(card), *stops, _("Loaded in this order: {stops}.").format(stops=order)], _run_values(card)
    )
    return 0


def _run_words(card: RunCard) -> str:
    stops = ngettext("{n} stop", "{n} stops", len(card.stops)).format(n=len(card.stops))
    return _("Run {code} on {day}: {progress}, {stops}, {n} on the van.").format(
        code=card.run.code, day=day(_day_of(card)), progress=progress_word(card.progress), stops=stops, n=card.aboard
    )


def _day_of(card: RunCard) -> date:
    return read_day(card.run.day)


def _stop_words(stop: StopCard) -> str:
    parts = [_("loaded: {what}").format(what=counted_words(one.what for one in stop.loaded)) if stop.loaded else ""]
    parts.append(
        _("left there: {what}").format(what=counted_words(one.what for one in stop.delivered)) if stop.delivered else ""
    )
    parts.append(
        _("picked up: {what}").format(what=counted_words(one.what for one in stop.collected)) if stop.collected else ""
    )
    if stop.signed is not None:
        parts.append(_("signed for by {name} on {day}").format(name=stop.signer or "–", day=day(stop.signed)))
    said = "; ".join(filter(None, parts)) or _("nothing loaded")
    return f"{stop.number}. {stop.borrower.label} ({stop.borrower.code}): {said}"


def _run_values(card: RunCard) -> dict[str, object]:
    return {
        "run": card.run.code,
        "day": card.run.day,
        "progress": card.progress.value,
        "on_van": card.aboard,
        "stops": [
            {
                "stop": stop.number,
                "borrower": stop.borrower.code,
                "loaded": [line.code for line in stop.loaded],
                "delivered": [line.code for line in stop.delivered],
                "collected": [line.code for line in stop.collected],
                "signed": stop.signed.isoformat() if stop.signed is not None else None,
                "signed_by": stop.signer or None,
            }
            for stop in card.stops
        ],
        "load_order": [stop.borrower.code for stop in card.load_order],
    }


def load(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Load for a stop."""
    made = delivering.load_all(opened.desk, asked.of_run, asked.borrower, asked.codes, anyway=asked.anyway).result
    return _carried(output, made, _("{n} on the van for {borrower}."))


def collect(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Pick up at a stop."""
    made = delivering.collect(opened.desk, asked.of_run, asked.borrower, asked.codes, anyway=asked.anyway).result
    return _carried(output, made, _("{n} picked up at {borrower}; the loans end when the store checks them in."))


def _carried(output: Output, made: Carried, words: str) -> int:
    said = [words.format(n=len(made.instruments), borrower=made.visit.borrower.label)]
    if made.left:
        codes = ", ".join(one.code for one in made.left)
        said.append(_("Not loaded of the set: {codes}.").format(codes=codes))
    output.answer(
        said,
        run=made.visit.run.code,
        borrower=made.visit.borrower.code,
        loaded=[one.code for one in made.instruments],
        left=[one.code for one in made.left],
    )
    return 0


def unload(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take off the van."""
    off = delivering.unload(opened.desk, asked.codes).result
    output.answer(
        [_("{code} is off the van: {status}.").format(code=one.code, status=one.status) for one in off],
        unloaded=[{"instrument": one.code, "status": one.status.value} for one in off],
    )
    return 0


def deliver(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Mark a stop as delivered."""
    on = read_day(asked.on) if asked.on else None
    made = handing_over.deliver(
        opened.desk, asked.of_run, asked.borrower, asked.signed_by, on, brought_back=asked.brought_back
    ).result
    said = [_("{borrower} has signed: {lent} lent, {passed} handed over that were lent already.")]
    if made.agreement:
        said.append(_("Agreement {agreement}, due {due}."))
    if made.brought_back:
        said.append(_("{n} came back on the van."))
    facts = {
        "borrower": made.borrower,
        "lent": len(made.lent),
        "passed": len(made.passed),
        "agreement": made.agreement,
        "due": day(made.due),
        "n": len(made.brought_back),
    }
    output.answer(
        [sentence.format_map(facts) for sentence in said],
        run=made.run.code,
        agreement=made.agreement,
        due=made.due.isoformat(),
        lent=[{"loan": one.loan.id if one.loan else None, "instrument": one.code} for one in made.lent],
        passed=[one.code for one in made.passed],
        brought_back=[one.code for one in made.brought_back],
    )
    return 0


def docket(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the docket of a stop; without a stop, the load sheet and all dockets."""
    file = Path(asked.out)
    require_writable(file)
    if asked.borrower:
        pdf = docketing.docket_pdf(opened.desk, asked.of_run, asked.borrower)
    else:
        pdf = docketing.run_pdf(opened.desk, asked.of_run)
    write(file, pdf)
    output.answer([_("The docket is in {file}.").format(file=asked.out)], run=asked.of_run, file=asked.out)
    return 0


def crates_arrived(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note that crates arrived."""
    on = read_day(asked.on) if asked.on else None
    said = asked.crates
    number = int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_FIGURES else 0
    made = receiving.crates_arrived(opened.desk, asked.borrower, number, on).result
    crates = ngettext("{n} crate", "{n} crates", made.crates).format(n=made.crates)
    output.answer(
        [
            _("{crates} noted as arrived on {day}; reminders pause.").format(
                crates=crates, day=day(read_day(made.arrived))
            )
        ],
        arrived=made.arrived,
        crates=made.crates,
    )
    return 0


def crates_counted(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note that crates are counted."""
    made = receiving.crates_counted(opened.desk, asked.borrower).result
    n = sum(one.crates for one in made)
    output.answer(
        [ngettext("{n} crate is counted.", "{n} crates are counted.", n).format(n=n)],
        crates=n,
        arrived=[one.arrived for one in made],
    )
    return 0
