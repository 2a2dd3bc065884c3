"""The commands that take stock: begin, scan, bring back, report, close and list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from loanstore.cli.desk_commands import scans
from loanstore.cli.files import require_writable, write
from loanstore.domain.errors import WrongUsage
from loanstore.domain.gestures import read_instant
from loanstore.domain.stocktakes import Finding
from loanstore.i18n import _, ngettext
from loanstore.operations import stocktake_reports, stocktaking, tabling
from loanstore.wording import stocktakes as words
from loanstore.wording.days import clock, short_day

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.common import Words
    from loanstore.cli.output import Output
    from loanstore.domain.progress import Progress
    from loanstore.domain.stocktake_report import Report, SeenLine
    from loanstore.operations.desk import Desk
    from loanstore.operations.stocktaking import Sighting


def add_words(commands: Any, command: Callable[..., Words], group: Callable[..., Any]) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the words of these commands to the grammar."""
    actions = group(commands, "stocktake", _("take stock of a place, or of all"))
    start = command(actions, "begin", begin, _("begin a stocktake"))
    start.add_argument("--place", metavar="PLACE")
    named = "ID|PLACE|all"
    count = command(actions, "scan", scan, _("scan into a stocktake: as arguments, or one per line"))
    count.add_argument("stocktake", metavar=named)
    count.add_argument("codes", metavar="CODE", nargs="*")
    count.add_argument("--at", metavar="PLACE", help=_("where you scan, in a stocktake of all places"))
    back = command(actions, "bring-back", bring_back, _("end the loans of what is here: those named, or all"))
    back.add_argument("stocktake", metavar=named)
    back.add_argument("codes", metavar="CODE", nargs="*")
    told = command(actions, "report", report, _("tell what was found and what was not"))
    told.add_argument("stocktake", metavar=named)
    told.add_argument("--out", metavar="FILE.pdf|.csv|.xlsx")
    end = command(actions, "close", close, _("close a stocktake"))
    end.add_argument("stocktake", metavar=named)
    end.add_argument("--set-missing", action="store_true", help=_("set missing what was not seen"))
    command(actions, "list", listing, _("list the stocktakes"))


def begin(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Begin a stocktake of a place, or of all."""
    made = stocktaking.begin(opened.desk, asked.place).result
    waits = stocktake_reports.tallies(opened.desk, made.id).not_seen
    told = ngettext("Stocktake {id} is begun; {n} instrument waits to be seen.",
                    "Stocktake {id} is begun; {n} instruments wait to be seen.", waits)  # fmt: skip
    output.answer([told.format(id=made.id, n=waits)], stocktake=made.id, begun=made.begun, not_seen=waits)
    return 0


def scan(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Scan into a stocktake; each answer is given the moment it is stored."""
    for n, text in enumerate(scans(asked.codes), 1):
        seen = stocktaking.sight(opened.desk, asked.stocktake, text, asked.at).result
        output.answer([words.sighting(seen)], _sighting(n, seen), ok=seen.finding is not None)
    return 0


def _sighting(n: int, seen: Sighting) -> dict[str, object]:
    return {
        "n": n,
        "code": seen.code.strip(),
        "finding": seen.finding.value if seen.finding is not None else None,
        "sentence": words.sighting(seen),
        "instrument": seen.instrument.code if seen.instrument is not None else None,
        "borrower": seen.holder.code if seen.finding is Finding.ON_LOAN and seen.holder is not None else None,
        "stood_at": seen.before or None,
    }


def bring_back(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """End the loans of what was found here though on loan."""
    back = stocktaking.bring_back(opened.desk, asked.stocktake, asked.codes or None).result
    output.answer(
        [_("{code} is back: {status}.").format(code=b.instrument.code, status=b.instrument.status) for b in back],
        returned=[{"loan": b.loan, "instrument": b.instrument.code, "status": b.instrument.status.value} for b in back],
    )
    return 0


def report(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Tell what a stocktake has come to, and write it into a file where one is named."""
    if asked.out:
        _write(Path(asked.out), asked.stocktake, opened.desk, output.progress(_("Lines")))
    made = stocktake_reports.report(opened.desk, asked.stocktake)
    output.answer(_sentences(made, opened.desk), _values(made), file=asked.out)
    return 0


def _write(file: Path, stocktake: str, desk: Desk, progress: Progress | None) -> None:
    ending = file.suffix.lower()
    if ending not in {".pdf", ".csv", ".xlsx"}:
        raise WrongUsage("USAGE", said=_("a report goes into a .pdf, a .csv or an .xlsx file"))
    require_writable(file)
    if ending == ".pdf":
        write(file, stocktake_reports.report_pdf(desk, stocktake, progress))
        return
    table = stocktake_reports.report_table(desk, stocktake_reports.report(desk, stocktake))
    if ending == ".csv":
        tabling.write_csv(file, table, progress)
    else:
        tabling.write_xlsx(file, table, progress)


def _sentences(made: Report, desk: Desk) -> list[str]:
    sections = words.sections(made)
    told = [words.headline(made, lambda at: short_day(desk.local(read_instant(at)).date()))]
    for title, lines in sections:
        told.append(f"{title}: {len(lines)}")
        if title != sections[0][0]:
            told += [f"  {line}" for line in lines]
    return told


def _values(made: Report) -> dict[str, object]:
    return {
        "stocktake": made.stocktake.id,
        "place": made.place or None,
        "begun": made.stocktake.begun,
        "closed": made.stocktake.closed,
        "awaited": made.awaited,
        "expected": _seen(made.expected),
        "misplaced": _seen(made.misplaced),
        "on_loan": _seen(made.on_loan),
        "turned_up": _seen(made.turned_up),
        "unknown": [{"code": line.text, "at": line.at, "by": line.by, "times": line.times} for line in made.unknown],
        "not_seen": [
            {"code": line.code, "instrument": line.what, "place": line.place, "seen": line.seen, "missed": line.missed}
            for line in made.not_seen
        ],
    }


def _seen(lines: Sequence[SeenLine]) -> list[dict[str, object]]:
    return [
        {
            "code": line.code,
            "instrument": line.what,
            "at": line.at,
            "by": line.by or None,
            "stood_at": line.before or None,
            "borrower": line.holder or None,
            "out": line.out,
        }
        for line in lines
    ]


def close(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Close a stocktake; what was not seen is set missing only where that is asked for."""
    unseen = stocktake_reports.report(opened.desk, asked.stocktake).not_seen
    confirmed = [line.id for line in unseen] if asked.set_missing else []
    made = stocktaking.close(opened.desk, asked.stocktake, confirmed, output.progress(_("Set missing"))).result
    output.answer(
        [words.closed(made)],
        stocktake=made.stocktake.id,
        closed=made.stocktake.closed,
        missed=[line.code for line in unseen if line.id in made.stocktake.missed],
        left=made.left,
    )
    return 0


def listing(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List the stocktakes."""
    lines = stocktaking.list_stocktakes(opened.desk)
    told = []
    for line in lines:
        begun = opened.desk.local(read_instant(line.begun))
        state = _("closed") if line.closed else _("open")
        place = line.place or _("everything")
        told.append(f"{line.id}  {short_day(begun.date())} {clock(begun)}  {state}  {place}  {line.found}")
    rows = [
        {
            "stocktake": line.id,
            "place": line.place_code or None,
            "name": line.place or None,
            "begun": line.begun,
            "closed": line.closed,
            "found": line.found,
        }
        for line in lines
    ]
    output.answer(told or [_("Nothing here.")], total=len(rows), rows=rows)
    return 0
