"""Printers of labels: what a store knows of each, and how a measured ruler page puts it right."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.labels import Calibration

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

RESOLUTIONS: Final = (203, 300, 600)
"""Dots per inch of the printers that are to be had: thermal ones have 203 or 300, page printers 300 or 600."""
BROTHER_DPI: Final = 300
"""Dots per inch of every head that Brother's QL printers have."""
FARTHEST_OFFSET: Final = 10.0
"""Millimetres; beyond it the paper lies wrongly in the tray, and no figure mends that."""
LEAST_SCALE: Final = 0.9
LARGEST_SCALE: Final = 1.1
MOST_REDUCTION: Final = 0.15
"""Millimetres taken off a bar, both sides together: a little more than one dot of the coarsest head."""
SHORTEST_SPAN: Final = 100.0
"""Millimetres between two marks, below which a ruler tells where a page lies and not how it is stretched."""
_LARGEST_INSET: Final = 20.0
_MM_DIGITS: Final = 3
_SCALE_DIGITS: Final = 5
_NOTHING: Final = 1e-6


class PrinterKind(StrEnum):
    """What a printer is sent: a page (PDF, through its driver), or the words of a label printer's own language."""

    PAGE = "page"
    ZPL = "zpl"
    BROTHER = "brother"


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """What a store knows of one printer, whichever desk prints there.

    ``queue`` is the name of a queue of the system, ``tcp://HOST:PORT`` or the path of a device; a machine may call it
    otherwise. What should lie at ``x`` millimetres is drawn at ``x * scale_x + offset_x``. ``bar_width_reduction`` is
    taken off every bar, in millimetres, for heads that print them too wide. ``stock`` is what it holds, by key.
    """

    key: str
    name: str
    queue: str = ""
    kind: PrinterKind = PrinterKind.PAGE
    dpi: int = 300
    offset_x: float = 0.0
    offset_y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    bar_width_reduction: float = 0.0
    stock: str = ""


def calibration(profile: PrinterProfile) -> Calibration:
    """Give how labels are drawn for a printer.

    What is sent dot by dot needs no thinner bars: its dots are whole by construction.
    """
    dots = {PrinterKind.PAGE: profile.dpi, PrinterKind.ZPL: profile.dpi, PrinterKind.BROTHER: BROTHER_DPI}
    reduction = profile.bar_width_reduction if profile.kind is PrinterKind.PAGE else 0.0
    places = (profile.offset_x, profile.offset_y, profile.scale_x, profile.scale_y)
    return Calibration(*places, dots[profile.kind], reduction)


CHANGEABLE: Final = tuple(field.name for field in fields(PrinterProfile) if field.name != "key")
"""What can be said of a printer."""


def key_of(name: str) -> str:
    """Give the word by which a printer is known to scripts: ``Zebra at the desk`` is ``zebra-at-the-desk``.

    Raises Refused PRINTER_NAMELESS where the name holds neither letters nor figures.
    """
    key = re.sub(r"[^0-9a-z]+", "-", name.casefold()).strip("-")
    if not key:
        raise Refused("PRINTER_NAMELESS", value=name)
    return key


def changed(profile: PrinterProfile, said: Mapping[str, object]) -> PrinterProfile:
    """Change what is said of a printer.

    Raises Refused PRINTER_VALUE, naming the field, where a figure is outside what a printer can have.
    """
    for field, value in said.items():
        if not _fits(field, value):
            raise Refused("PRINTER_VALUE", field=field.replace("_", " "), value=value)
    return replace(profile, **said)  # type: ignore[arg-type]  # each value was looked at above


def _fits(field: str, value: object) -> bool:
    if field == "kind":
        return isinstance(value, PrinterKind)
    if field == "dpi":
        return value in RESOLUTIONS
    if field in {"name", "queue", "stock"}:
        return isinstance(value, str) and (bool(value.strip()) or field != "name")
    if not isinstance(value, float):
        return False
    least, most = {
        "offset_x": (-FARTHEST_OFFSET, FARTHEST_OFFSET),
        "offset_y": (-FARTHEST_OFFSET, FARTHEST_OFFSET),
        "scale_x": (LEAST_SCALE, LARGEST_SCALE),
        "scale_y": (LEAST_SCALE, LARGEST_SCALE),
        "bar_width_reduction": (0.0, MOST_REDUCTION),
    }.get(field, (1.0, 0.0))
    return least <= value <= most


def write_profiles(profiles: Mapping[str, PrinterProfile]) -> str:
    """Write the printers as the store keeps them."""
    return json.dumps({key: asdict(profile) for key, profile in profiles.items()}, sort_keys=True, ensure_ascii=False)


def read_profiles(text: str) -> dict[str, PrinterProfile]:
    """Read the printers as the store keeps them, by name; what a newer version says besides is passed over."""
    known = {field.name for field in fields(PrinterProfile)}
    said = [{name: value for name, value in one.items() if name in known} for one in json.loads(text).values()]
    profiles = [PrinterProfile(**{**one, "kind": PrinterKind(one["kind"])}) for one in said]
    return {profile.key: profile for profile in sorted(profiles, key=lambda one: one.name.casefold())}


@dataclass(frozen=True, slots=True)
class Ruler:
    """A page with a mark near each edge; ``left`` to ``bottom`` are the marks' distances from their own edges."""

    width: float
    height: float
    inset_x: float
    inset_y: float


def ruler(width: float, height: float) -> Ruler:
    """Lay out a ruler page for a paper of this size, in millimetres."""
    return Ruler(width, height, min(_LARGEST_INSET, width / 5), min(_LARGEST_INSET, height / 5))


@dataclass(frozen=True, slots=True)
class Measured:
    """How far each printed mark lies from the paper's edge that it is named after, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float


def corrected(profile: PrinterProfile, page: Ruler, found: Measured) -> PrinterProfile:
    """Give the profile with which the marks would have landed where they belong.

    The page was drawn without any correction. Raises Refused MEASURED_TOO_FAR where the figures tell of a page that
    was fitted to the paper, fed askew or measured from another edge: that is put right at the printer.
    """
    scale_x, offset_x = _straighten("left", page.width, page.inset_x, found.left, found.right)
    scale_y, offset_y = _straighten("top", page.height, page.inset_y, found.top, found.bottom)
    return replace(profile, offset_x=offset_x, offset_y=offset_y, scale_x=scale_x, scale_y=scale_y)


def _straighten(edge: str, length: float, inset: float, near: float, far: float) -> tuple[float, float]:
    """Give scale and offset along one side, from the distances of its two marks to their edges.

    A mark drawn at ``d`` came out at ``shift + stretch * d``; so what belongs at ``x`` is drawn at
    ``(x - shift) / stretch``.
    """
    span = length - 2 * inset
    stretch = (length - far - near) / span if span >= SHORTEST_SPAN else 1.0
    if not LEAST_SCALE <= stretch <= LARGEST_SCALE:
        raise Refused("MEASURED_TOO_FAR", edge=edge, expected=inset, near=near, far=far)
    middle = (near + length - far) / 2
    shift = middle - stretch * length / 2
    scale, offset = 1 / stretch, -shift / stretch
    if not (abs(offset) <= FARTHEST_OFFSET and LEAST_SCALE <= scale <= LARGEST_SCALE):
        raise Refused("MEASURED_TOO_FAR", edge=edge, expected=inset, near=near, far=far)
    return round(scale, _SCALE_DIGITS), round(offset, _MM_DIGITS)


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something on its way to a printer.

    ``queue`` is the name of a queue, ``tcp://HOST:PORT`` or the path of a device. ``raw`` is in the printer's own
    language, else ``content`` is a PDF. ``paper`` is the paper's width and height as it lies in the printer, in
    millimetres; without it the queue decides.
    """

    title: str
    content: bytes
    queue: str
    raw: bool = False
    paper: tuple[float, float] | None = None

    @property
    def suffix(self) -> str:
        """Give how the name of a file of this should end."""
        if not self.raw:
            return ".pdf"
        return ".zpl" if self.content.startswith(b"^XA") else ".bin"


SHEETS: Final = {(210.0, 297.0): "A4", (148.0, 210.0): "A5", (215.9, 279.4): "Letter"}
"""Papers that printers know by name, by width and height in millimetres."""
ANY_SIZE: Final = "Custom.WIDTHxHEIGHT"
"""How a driver says that it takes a paper of any size."""
_POINTS_PER_MM: Final = 72 / 25.4
_IN_POINTS: Final = re.compile(r"w(\d+)h(\d+)(?:\.\d+)?")
_IN_MM: Final = re.compile(r"(\d+)x(\d+)(?:mm)?")
#: Drivers round a label's size, and makers do; two labels that differ by less would be the same roll.
_NEAR: Final = 1.0


def paper_name(paper: tuple[float, float], choices: Collection[str] = ()) -> str | None:
    """Name a paper as a queue asks for it, out of the ``choices`` that its driver gives, where those are known.

    A label's size is asked for in whole points, rounded up: that is all that CUPS counts in, and what is rounded down
    moves the print. None where the driver knows no such paper: a print would be cut, or scaled.
    """
    name = SHEETS.get(paper)
    if name is not None:
        return name if not choices or name in choices else None
    if not choices or ANY_SIZE in choices:
        return "Custom.{}x{}".format(*(ceil(length * _POINTS_PER_MM - _NOTHING) for length in paper))
    near = [choice for choice in choices if _is_near(paper, choice)]
    return near[0] if near else None


def _is_near(paper: tuple[float, float], choice: str) -> bool:
    points, millimetres = _IN_POINTS.fullmatch(choice), _IN_MM.fullmatch(choice)
    if points is not None:
        size = (int(points[1]) / _POINTS_PER_MM, int(points[2]) / _POINTS_PER_MM)
    elif millimetres is not None:
        size = (float(millimetres[1]), float(millimetres[2]))
    else:
        return False
    return all(abs(mine - theirs) <= _NEAR for mine, theirs in zip(paper, size, strict=True))
