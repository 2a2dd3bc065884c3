"""The commands of the workshop: repair, service, dispose, photo, register."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loanstore.cli.common import Words, add_common
from loanstore.cli.desk_commands import read_day
from loanstore.cli.files import require_writable, write
from loanstore.domain.catalogue import MONTHS
from loanstore.domain.catalogue_words import read_accessories, read_lines, show_accessories
from loanstore.domain.disposals import Route
from loanstore.domain.errors import WrongUsage
from loanstore.domain.money import read_pence, show_pounds
from loanstore.domain.repairs import Decision, Outcome
from loanstore.domain.services import Work
from loanstore.i18n import _, ngettext
from loanstore.operations import (
    asset_register,
    classifying,
    disposing,
    photographing,
    register_files,
    servicing,
    workshop,
)
from loanstore.wording.workshop import decision_word, outcome_word, work_word

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.operations.asset_register import RegisterLine

ANY_SIZE: Final = "any"
_DECISIONS: Final = {one.value.replace(" ", "-"): one for one in Decision}
_ROUTES: Final = {one.value.replace(" ", "-"): one for one in Route}
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
    service = command(commands, "service", record_service, _("note that instruments were serviced, tested or cleaned"))
    service.add_argument("codes", metavar="CODE", nargs="+")
    service.add_argument("--work", choices=tuple(Work), required=True)
    service.add_argument("--on", metavar="DATE", help=_("the day it was done; today if left out"))
    gone = command(commands, "dispose", dispose, _("take an instrument off the store's hands for good"))
    gone.add_argument("code", metavar="CODE")
    gone.add_argument("--route", choices=tuple(_ROUTES), required=True)
    gone.add_argument("--authority", metavar="A", required=True, help=_("who decided it, or where it is minuted"))
    gone.add_argument("--proceeds", metavar="PENCE|£POUNDS")
    gone.add_argument("--recipient", metavar="TEXT", default="", help=_("who has it now"))
    _add_type(command, commands)
    _add_register(command, commands)
    _add_photos(command, commands)


def _add_type(command: Callable[..., Words], commands: Any) -> None:  # noqa: ANN401 - as above
    kind = command(commands, "type", change_type, _("show a type of instrument, or have it the store's own way"))
    kind.add_argument("name", metavar="TYPE")
    for name, words in (
        ("service", _("months from one service to the next, or none")),
        ("pat", _("months from one PAT test to the next, or none")),
        ("hygiene", _("months from one hygiene to the next, or none")),
    ):
        kind.add_argument(f"--{name}-months", metavar="N", help=words)
    kind.add_argument("--band", metavar="A|B|C")
    kind.add_argument("--family", metavar="F", help=_("adds a type that is not known"))
    kind.add_argument("--sizes", metavar="A;B", help=_("the sizes it comes in; any, for whatever is written"))
    kind.add_argument("--accessories", metavar="A;B", help=_("what goes out with it; a star behind one is essential"))
    kind.add_argument("--aliases", metavar="A;B", help=_("other words for it, which a list may use"))
    kind.add_argument("--reset", action="store_true", help=_("as it ships again"))


def _add_photos(command: Callable[..., Words], commands: Any) -> None:  # noqa: ANN401 - as above
    photo = commands.add_parser("photo", help=_("add, list, save and delete pictures of instruments"))
    add_common(photo, quiet=True)
    actions = photo.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    add = command(actions, "add", photo_add, _("add a picture from a file"))
    add.add_argument("code", metavar="CODE")
    add.add_argument("file", metavar="FILE")
    listed = command(actions, "list", photo_list, _("list an instrument's pictures"))
    listed.add_argument("code", metavar="CODE")
    save = command(actions, "save", photo_save, _("write a picture to a file"))
    save.add_argument("photo", metavar="ID")
    save.add_argument("file", metavar="FILE")
    delete = command(actions, "delete", photo_delete, _("delete a picture for good"))
    delete.add_argument("photo", metavar="ID")


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


def record_service(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note that instruments were serviced, tested or cleaned."""
    work, on = Work(asked.work), read_day(asked.on) if asked.on else None
    done = servicing.record_service(opened.desk, asked.codes, work, on).result
    told = _("{code}: {work} {day}.")
    output.answer(
        [told.format(code=one.code, work=work_word(work), day=one.fields[work.value]) for one in done],
        work=work.value,
        done=[{"instrument": one.code, "last": one.fields[work.value]} for one in done],
    )
    return 0


def change_type(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show a type of instrument, change what the store says of it, or have it as it ships."""
    changes: dict[str, object] = {name: _months(getattr(asked, name)) for name in MONTHS if getattr(asked, name)}
    changes |= {name: getattr(asked, name) for name in ("band", "family") if getattr(asked, name)}
    changes |= _lists(asked)
    if asked.reset:
        classifying.reset_type(opened.desk, asked.name)
    elif changes:
        classifying.change_type(opened.desk, asked.name, changes)
    kind = classifying.find_type(opened.desk, asked.name)
    values = {"type": kind.name, "family": kind.family, **{name: getattr(kind, name) for name in MONTHS}}
    values["band"] = kind.band
    sizes = list(kind.sizes) if kind.sizes is not None else None
    needed = [{"name": one.name, "essential": one.essential} for one in kind.accessories]
    lists = {"sizes": sizes, "accessories": needed, "aliases": list(kind.aliases)}
    shown = {
        "sizes": "; ".join(sizes) if sizes is not None else _("any"),
        "accessories": show_accessories(kind.accessories).replace("\n", "; "),
        "aliases": "; ".join(kind.aliases),
    }
    told = [f"{name.replace('_', ' ')}: {value or '-'}" for name, value in {**values, **shown}.items()]
    output.answer(told, {**values, **lists})
    return 0


def _lists(asked: Namespace) -> dict[str, object]:
    """Read what stands between semicolons; ``any`` size is whatever is written."""
    said: dict[str, object] = {}
    if asked.sizes is not None:
        said["sizes"] = None if asked.sizes.strip().casefold() == ANY_SIZE else read_lines(asked.sizes)
    if asked.accessories is not None:
        said["accessories"] = read_accessories(asked.accessories)
    if asked.aliases is not None:
        said["aliases"] = read_lines(asked.aliases)
    return said


def _months(text: str) -> int | str | None:
    return int(text) if text.isascii() and text.isdigit() else None if text == "none" else text


def dispose(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take an instrument off the store's hands for good."""
    proceeds = read_money(asked.proceeds) if asked.proceeds else None
    how = disposing.Disposal(_ROUTES[asked.route], asked.authority, proceeds, asked.recipient)
    thing = disposing.dispose(opened.desk, asked.code, how).result
    told = _("{code} is disposed of: {route}.").format(code=thing.code, route=how.route.value)
    output.answer([told], instrument=thing.code, status=thing.status.value, route=how.route.value, proceeds=proceeds)
    return 0


def photo_add(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Add a picture from a file."""
    photo = photographing.add_photo(opened.desk, asked.code, Path(asked.file)).result
    output.answer([_("Added as {photo}.").format(photo=photo.id)], photo=photo.id, added=photo.taken)
    return 0


def photo_list(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List an instrument's pictures, the latest first."""
    found = photographing.photos_of(opened.desk, asked.code)
    output.answer(
        [f"{photo.id}  {photo.taken[:10]}" for photo in found] or [_("Nothing here.")],
        total=len(found),
        rows=[{"photo": photo.id, "added": photo.taken} for photo in found],
    )
    return 0


def photo_save(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write a picture to a file, as it was added."""
    write(Path(asked.file), photographing.original(opened.desk, asked.photo))
    output.answer([_("The picture is in {file}.").format(file=asked.file)], photo=asked.photo, file=asked.file)
    return 0


def photo_delete(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Delete a picture for good."""
    photographing.delete_photo(opened.desk, asked.photo)
    output.answer([_("Deleted.")], photo=asked.photo)
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
        register_files.write_register(opened.desk, made, file, output.progress(_("Lines")))
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
