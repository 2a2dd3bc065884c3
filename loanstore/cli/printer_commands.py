"""The commands about printers: printers, and printer add, change, remove, use, ruler and measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from loanstore.cli.files import require_writable, write
from loanstore.domain.printers import CHANGEABLE, Measured, PrinterKind
from loanstore.i18n import _
from loanstore.operations import calibrating

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.common import Words
    from loanstore.cli.output import Output
    from loanstore.domain.printers import PrinterProfile

_EDGES = ("left", "top", "right", "bottom")


def add_words(commands: Any, command: Callable[..., Words], group: Callable[..., Any]) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the words of these commands to the grammar."""
    command(commands, "printers", listing, _("list the printers of labels"))
    actions = group(commands, "printer", _("add, change and measure printers of labels"))
    new = command(actions, "add", add, _("add a printer"))
    other = command(actions, "change", change, _("change what is said of a printer"))
    other.add_argument("--here", metavar="QUEUE", help=_("what its queue is called on this machine alone"))
    for parser in (new, other):
        parser.add_argument("name", metavar="NAME")
        for field in CHANGEABLE:
            _add_field(parser, field)
    for name, run, help_ in (
        ("remove", remove, _("take a printer away")),
        ("use", use, _("have labels of this machine go to a printer")),
    ):
        command(actions, name, run, help_).add_argument("name", metavar="NAME")
    page = command(actions, "ruler", ruler, _("make the page whose marks are measured"))
    page.add_argument("name", metavar="NAME", nargs="?", default="")
    page.add_argument("--out", metavar="FILE.pdf", required=True)
    found = command(actions, "measured", measured, _("set offset and scale from the measured marks"))
    found.add_argument("name", metavar="NAME")
    for edge in _EDGES:
        found.add_argument(f"--{edge}", metavar="MM", type=float, required=True)


def _add_field(parser: Words, field: str) -> None:
    said: dict[str, Any] = {"dest": f"field_{field}", "metavar": "VALUE"}
    if field == "name":
        said["help"] = _("what it is called from now on")
    if field == "kind":
        said["choices"] = [kind.value for kind in PrinterKind]
        said["metavar"] = None
    parser.add_argument("--called" if field == "name" else f"--{field.replace('_', '-')}", **said)


def listing(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List the store's printers."""
    known = calibrating.profiles(opened.desk)
    used = opened.settings.read().label_printer
    output.answer(
        [_sentence(profile) for profile in known.values()] or [_("No printer of labels is known yet.")],
        printers=[{**values(profile), "used_here": profile.key == used} for profile in known.values()],
    )
    return 0


def add(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Add a printer."""
    return _told(output, calibrating.add(opened.desk, asked.name, _said(asked)).result)


def change(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Change what the store says of a printer, or what its queue is called here."""
    said = _said(asked)
    profile = calibrating.change(opened.desk, asked.name, said).result if said else None
    profile = profile or calibrating.find(opened.desk, asked.name)
    if asked.here is not None:
        queues = {**opened.settings.read().queues, profile.key: asked.here}
        opened.settings.change(queues={key: queue for key, queue in queues.items() if queue})
    return _told(output, profile)


def remove(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take a printer away."""
    gone = calibrating.remove(opened.desk, asked.name).result
    output.answer([_("{name} is taken away.").format(name=gone.name)], printer=gone.key)
    return 0


def use(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Have this machine's labels go to a printer."""
    profile = calibrating.find(opened.desk, asked.name)
    opened.settings.change(label_printer=profile.key)
    output.answer([_("Labels go to {name} from here.").format(name=profile.name)], printer=profile.key)
    return 0


def ruler(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the ruler page."""
    require_writable(Path(asked.out))
    profile = calibrating.find(opened.desk, asked.name) if asked.name else None
    page = calibrating.ruler_page(opened.desk, profile)
    write(Path(asked.out), calibrating.ruler_pdf(opened.desk, asked.name))
    told = _("Print {file} at 100 %; each mark should lie {x} mm from the sides, {y} mm from top and bottom.")
    output.answer(
        [told.format(file=asked.out, x=f"{page.inset_x:g}", y=f"{page.inset_y:g}")],
        file=asked.out,
        left=page.inset_x,
        top=page.inset_y,
        right=page.inset_x,
        bottom=page.inset_y,
    )
    return 0


def measured(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Set a printer's correction from what was measured."""
    found = Measured(*(getattr(asked, edge) for edge in _EDGES))
    return _told(output, calibrating.measured(opened.desk, asked.name, found).result)


def values(profile: PrinterProfile) -> dict[str, object]:
    """Give a printer as scripts read it."""
    return {"printer": profile.key, **{field: getattr(profile, field) for field in CHANGEABLE}}


def _said(asked: Namespace) -> Mapping[str, object]:
    given = {field: getattr(asked, f"field_{field}") for field in CHANGEABLE}
    return calibrating.read_values({field: value for field, value in given.items() if value is not None})


def _told(output: Output, profile: PrinterProfile) -> int:
    output.answer([_sentence(profile)], values(profile))
    return 0


def _sentence(profile: PrinterProfile) -> str:
    told = _("{key}  {name}: {kind}, {dpi} dpi, offset {x} and {y} mm, scale {across} and {down}, stock {stock}")
    return told.format(
        key=profile.key,
        name=profile.name,
        kind=profile.kind.value,
        dpi=profile.dpi,
        x=f"{profile.offset_x:g}",
        y=f"{profile.offset_y:g}",
        across=f"{profile.scale_x:g}",
        down=f"{profile.scale_y:g}",
        stock=profile.stock or "-",
    )
