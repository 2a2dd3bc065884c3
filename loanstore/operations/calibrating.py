"""The store's printers: added, changed, measured by a ruler page, and taken away; the store's settings keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loanstore.domain import printers
from loanstore.domain.errors import Refused
from loanstore.domain.printers import PrinterKind, PrinterProfile
from loanstore.operations import housekeeping
from loanstore.operations.desk import Done
from loanstore.operations.labelling import stocks
from loanstore.operations.papers import fonts
from loanstore.storage.store import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.printers import Measured, Ruler
    from loanstore.operations.desk import Desk

_A4: Final = (210.0, 297.0)
_NO_PRINTERS: Final = "{}"


def profiles(desk: Desk) -> dict[str, PrinterProfile]:
    """Give the store's printers by key, in the order of their names."""
    with desk.store.reading() as transaction:
        return printers.read_profiles(read_settings(transaction).get(housekeeping.PRINTERS, _NO_PRINTERS))


def find(desk: Desk, name: str) -> PrinterProfile:
    """Find a printer by its key or its name; raises Refused PRINTER_UNKNOWN."""
    return _named(profiles(desk), name)


def label_printer(desk: Desk, chosen: str) -> PrinterProfile:
    """Give the printer that labels go to: the one a machine chose, else the store's only one that holds labels.

    Raises Refused NO_LABEL_PRINTER or PRINTER_UNKNOWN.
    """
    if chosen:
        return find(desk, chosen)
    ready = [profile for profile in profiles(desk).values() if profile.stock]
    if len(ready) != 1:
        raise Refused("NO_LABEL_PRINTER")
    return ready[0]


def add(desk: Desk, name: str, said: Mapping[str, object]) -> Done[PrinterProfile]:
    """Add a printer; what is not said of it is as most printers are.

    Raises Refused PRINTER_NAMELESS, PRINTER_KNOWN_ALREADY, PRINTER_VALUE or UNKNOWN_STOCK.
    """
    known = profiles(desk)
    key = printers.key_of(name)
    if key in known:
        raise Refused("PRINTER_KNOWN_ALREADY", name=known[key].name)
    return _put(desk, known, PrinterProfile(key, name.strip()), said)


def change(desk: Desk, name: str, said: Mapping[str, object]) -> Done[PrinterProfile]:
    """Change what is said of a printer; a new name leaves its key as it is.

    Raises Refused PRINTER_UNKNOWN, PRINTER_VALUE or UNKNOWN_STOCK.
    """
    known = profiles(desk)
    return _put(desk, known, _named(known, name), said)


def remove(desk: Desk, name: str) -> Done[PrinterProfile]:
    """Take a printer away; raises Refused PRINTER_UNKNOWN."""
    known = profiles(desk)
    gone = _named(known, name)
    done = _keep(desk, {key: profile for key, profile in known.items() if key != gone.key})
    return Done(gone, done.changed)


def ruler_pdf(desk: Desk, name: str = "") -> bytes:
    """Draw the ruler page: for a printer, on the paper it holds; without one, on A4.

    It is drawn without the printer's correction, so that what is measured says the whole of it.
    """
    from loanstore.paper.ruler import draw_ruler

    profile = find(desk, name) if name else None
    page = ruler_page(desk, profile)
    return draw_ruler(page, profile.name if profile is not None else "", fonts=fonts(desk))


def ruler_page(desk: Desk, profile: PrinterProfile | None) -> Ruler:
    """Give where the marks of a printer's ruler page are drawn."""
    stock = stocks(desk).get(profile.stock) if profile is not None else None
    size = (stock.page_width, stock.page_height) if stock is not None and stock.page_height else _A4
    return printers.ruler(*size)


def measured(desk: Desk, name: str, found: Measured) -> Done[PrinterProfile]:
    """Set a printer's offset and scale from what was measured on its ruler page.

    Raises Refused PRINTER_UNKNOWN or MEASURED_TOO_FAR.
    """
    known = profiles(desk)
    profile = _named(known, name)
    right = printers.corrected(profile, ruler_page(desk, profile), found)
    done = _keep(desk, {**known, right.key: right})
    return Done(right, done.changed)


def read_values(said: Mapping[str, str]) -> dict[str, Any]:
    """Read what was typed of a printer into its fields' own kinds.

    Raises Refused PRINTER_VALUE, naming the field, where it is no such thing.
    """
    kinds: dict[str, Any] = {"kind": PrinterKind, "dpi": int, "name": str, "queue": str, "stock": str}
    values = {}
    for field, text in said.items():
        try:
            values[field] = kinds.get(field, float)(text)
        except ValueError:
            raise Refused("PRINTER_VALUE", field=field.replace("_", " "), value=text) from None
    return values


def _named(known: Mapping[str, PrinterProfile], name: str) -> PrinterProfile:
    wanted = name.strip().casefold()
    for profile in known.values():
        if wanted in {profile.key, profile.name.casefold()}:
            return profile
    raise Refused("PRINTER_UNKNOWN", value=name, known=tuple(one.name for one in known.values()))


def _put(
    desk: Desk, known: Mapping[str, PrinterProfile], profile: PrinterProfile, said: Mapping[str, object]
) -> Done[PrinterProfile]:
    right = printers.changed(profile, said)
    shelf = stocks(desk)
    if right.stock and right.stock not in shelf:
        raise Refused("UNKNOWN_STOCK", value=right.stock, known=tuple(shelf))
    done = _keep(desk, {**known, right.key: right})
    return Done(right, done.changed)


def _keep(desk: Desk, known: Mapping[str, PrinterProfile]) -> Done[None]:
    return housekeeping.change_printers(desk, printers.write_profiles(known))
