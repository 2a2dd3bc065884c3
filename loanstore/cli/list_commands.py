"""The commands that look: list and show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from loanstore.cli.desk_commands import read_day
from loanstore.cli.files import require_writable, write
from loanstore.cli.place_commands import card_values
from loanstore.domain.errors import WrongUsage
from loanstore.domain.instruments import title
from loanstore.i18n import _, ngettext
from loanstore.operations import (
    agreement_tables,
    browsing,
    delivery_tables,
    labelling_progress,
    placing,
    request_tables,
    tabling,
    workshop_tables,
)
from loanstore.operations.browsing import InstrumentCard
from loanstore.wording.story import story_sentence

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.operations.browsing import BorrowerCard
    from loanstore.operations.desk import Desk
    from loanstore.operations.tabling import Table

MORE: Final = {
    "repairs": workshop_tables.repairs,
    "services": workshop_tables.services,
    **dict.fromkeys(request_tables.LISTS, request_tables.table),
    **dict.fromkeys(("runs", "crates"), delivery_tables.table),
    "unlabelled": labelling_progress.table,
    **dict.fromkeys(("agreements", "unsigned"), agreement_tables.table),
    "pages": agreement_tables.pages,
}
"""Lists beside those of the register, each with what makes it."""

NOT_OF_A_DAY: Final = frozenset(
    {"repairs", "services", "runs", "crates", "unlabelled", "agreements", "unsigned", "pages"}
)
"""Those that are only known as they are now."""


def listing(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List what the register holds, by code."""
    if asked.what in tabling.UNDATED and (asked.at or asked.funding or asked.all):
        raise WrongUsage("USAGE", said=_("--all, --at and --funding are for lists of instruments and loans"))
    if asked.what in MORE and asked.funding:
        raise WrongUsage("USAGE", said=_("--funding is for lists of instruments and loans"))
    if asked.what in NOT_OF_A_DAY and asked.at:
        raise WrongUsage("USAGE", said=_("--at is for lists of instruments, loans and requests"))
    if asked.due_by and asked.what != "services":
        raise WrongUsage("USAGE", said=_("--due-by is for the list of services"))
    if asked.pdf and asked.what != "unsigned":
        raise WrongUsage("USAGE", said=_("--pdf is for the list of unsigned agreements"))
    files = [Path(name) for name in (asked.csv, asked.xlsx, asked.pdf) if name]
    for file in files:
        require_writable(file)
    which = tabling.Asked(
        asked.what,
        find=asked.find,
        limit=asked.limit,
        past=asked.all,
        at=read_day(asked.at) if asked.at else None,
        funding=asked.funding,
        by=read_day(asked.due_by) if asked.due_by else None,
    )
    table = MORE.get(asked.what, tabling.table)(opened.desk, which)
    progress = output.progress(_("Lines"))
    if asked.csv:
        tabling.write_csv(Path(asked.csv), table, progress)
    if asked.xlsx:
        tabling.write_xlsx(Path(asked.xlsx), table, progress)
    if asked.pdf:
        write(Path(asked.pdf), agreement_tables.chase_list_pdf(opened.desk, all_of_them=asked.all))
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    output.answer(_as_text(table), total=table.total, rows=rows)
    return 0


def _as_text(table: Table) -> list[str]:
    lines = [[str(value if value is not None else "") for value in row] for row in table.rows]
    widths = [max(map(len, column)) for column in zip(table.columns, *lines, strict=True)]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    total = ngettext("{n} in all", "{n} in all", table.total).format(n=table.total)
    if not shown:
        return [_("Nothing here.")]
    head = "  ".join(name.ljust(width) for name, width in zip(table.columns, widths, strict=True)).rstrip()
    return [head, *shown, total]


def show(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show all about one instrument, borrower or place."""
    place = placing.show_place(opened.desk, asked.code)
    values = card_values(place) if place is not None else _thing(opened.desk, asked.code)
    sentences = [f"{name}: {value}" for name, value in values.items() if value and not isinstance(value, list)]
    for name, value in values.items():
        if isinstance(value, list) and value:
            sentences += [f"{name}:", *(f"  {_line(row)}" for row in value)]
    output.answer(sentences, values)
    return 0


def _thing(desk: Desk, code: str) -> Mapping[str, object]:
    card = browsing.show(desk, code)
    return _instrument(desk, card) if isinstance(card, InstrumentCard) else _borrower(desk, card)


def _line(row: object) -> str:
    return "  ".join(str(v) for v in row.values() if v) if isinstance(row, dict) else str(row)


def _instrument(desk: Desk, card: InstrumentCard) -> Mapping[str, object]:
    state = card.instrument
    fields = {name: value for name, value in state.fields.items() if name not in {"location", "note"}}
    return {
        "kind": "instrument",
        "code": state.code,
        "title": title(state.fields),
        **fields,
        "location": card.place,
        "notes": card.note,
        "status": state.status.value,
        "seen": state.seen,
        "borrower": card.holder.code if card.holder else None,
        "custodian": card.custodian or None,
        "player": card.player or None,
        "set": card.class_set or None,
        "due": state.loan.due if state.loan else None,
        "loan": state.loan.id if state.loan else None,
        "aliases": list(card.aliases),
        "case_labels": list(card.cases),
        "apparatus": card.apparatus.code if card.apparatus is not None else None,
        "apparatus_of": [thing.code for thing in card.serves],
        "history": [
            {
                "at": line.at,
                "what": line.kind,
                "borrower": line.borrower,
                "due": line.due,
                "sentence": story_sentence(line, desk.local),
                "staff": line.staff,
            }
            for line in card.story
        ],
    }


def _borrower(desk: Desk, card: BorrowerCard) -> Mapping[str, object]:
    kind = {"kind": "borrower", "borrower_kind": card.borrower.kind.value}
    record = {name: value for name, value in card.record.items() if name != "kind"}
    columns = tabling.LOAN_COLUMNS
    return {
        **kind,
        **record,
        "aliases": [shown for _form, shown, role in card.codes if role == "alias"],
        "on_loan": [dict(zip(columns, tabling.loan_cells(desk, line), strict=True)) for line in card.out.lines],
        "past": [dict(zip(columns, tabling.loan_cells(desk, line), strict=True)) for line in card.past.lines],
        **_standing(card),
    }


def _standing(card: BorrowerCard) -> Mapping[str, object]:
    """Give how a borrower stands beside its loans; nothing where there is nothing to say."""
    standing = card.standing
    return {
        "late": [line.instrument for line in standing.late],
        "lacking": [
            {"instrument": line.code, "missing": list(line.missing), "damaged": list(line.damaged)}
            for line in standing.lacking
        ],
        "passed_on": [{"instrument": line.code, "to": line.who} for line in standing.passed_on],
        "kept_for_others": [{"instrument": line.code, "of": line.who} for line in standing.kept],
        "sets": [{"set": line.code, "name": line.name, "out": line.out} for line in standing.sets],
        "requests": [
            {"request": line.code, "type": line.type, "size": line.size, "number": line.number}
            for line in standing.requests
        ],
        "crates_uncounted": [{"arrived": line.arrived, "crates": line.crates} for line in standing.crates],
        "heads": [{"given": one.given, "estimated": one.estimated, **one.heads} for one in standing.heads],
        "former": [{"code": code, "name": name} for code, name in standing.former],
    }
