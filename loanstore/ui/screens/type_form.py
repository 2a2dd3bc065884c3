"""What a store says of a type of instrument its own way: the form that asks it, and what saves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.catalogue import BANDS, MONTHS
from loanstore.domain.catalogue_words import MOST_ACCESSORIES, read_lines
from loanstore.i18n import _
from loanstore.ui.screens.field_form import Field, Form
from loanstore.ui.screens.record_work import Saved, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loanstore.domain.catalogue import InstrumentType
    from loanstore.operations.desk import Desk, Done

_LISTS = ("sizes", "aliases")


def type_form(families: tuple[str, ...], kind: InstrumentType | None = None) -> Form:
    """Ask what a type comes in, needs and is called; without one, a new type of the store's own."""
    family = Field("family", _("Family"), kind.family if kind else "", tuple((one, one) for one in families), free=True)
    name = Field("name", _("What it is called"))
    sizes = Field("sizes", _("Its sizes, one a line; none: any is written"), _lines(kind, "sizes"), lines=True)
    words = Field("aliases", _("Other words that a list may use, one a line"), _lines(kind, "aliases"), lines=True)
    groups = (
        (_("What it is"), (family,) if kind is not None else (name, family)),
        (_("Its sizes and words"), (sizes, words)),
        (_("What goes out with it, in this order"), _accessories(kind)),
        (_("How often, in months, and its band"), _upkeep(kind)),
    )
    hint = _("What is essential must be there: without it the instrument needs attention.")
    if kind is None:
        return Form(_("New type"), _("Add it"), groups, hint)
    return Form(_("The type {type}").format(type=kind.name), _("Save"), groups, hint)


def _lines(kind: InstrumentType | None, name: str) -> str:
    return "\n".join(getattr(kind, name) or ()) if kind is not None else ""


def _accessories(kind: InstrumentType | None) -> tuple[Field, ...]:
    """Ask nine accessories by name, each with whether it is essential; whatever is empty is none."""
    held = kind.accessories if kind is not None else ()
    fields = []
    for at in range(MOST_ACCESSORIES):
        one = held[at] if at < len(held) else None
        fields.append(Field(f"accessory-{at}", _("Accessory {n}").format(n=at + 1), one.name if one else ""))
        ticked = "yes" if one is not None and one.essential else ""
        fields.append(Field(f"essential-{at}", _("Accessory {n} is essential").format(n=at + 1), ticked, tick=True))
    return tuple(fields)


def _upkeep(kind: InstrumentType | None) -> tuple[Field, ...]:
    words = (_("From one service to the next"), _("From one PAT test to the next"), _("From one hygiene to the next"))
    months = (
        Field(name, said, str(getattr(kind, name) or "") if kind is not None else "", tip=_("Empty for none"))
        for name, said in zip(MONTHS, words, strict=True)
    )
    band = Field("band", _("Band for charges"), kind.band if kind else BANDS[0], tuple((one, one) for one in BANDS))
    return (*months, band)


def save_type(name: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Save what was changed of a type, or add one where no name is given."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import classifying
        from loanstore.operations.desk import Done

        before = classifying.find_type(desk, name) if name else None
        said = _said(before, texts)
        if before is None:
            done = classifying.add_type(desk, texts.get("name", ""), said)
        else:
            done = classifying.change_type(desk, name, said)
        told = _("The type {type} is saved.").format(type=done.result.name)
        return Done(Saved("", told), done.changed)

    return kept("", work)


def _said(before: InstrumentType | None, texts: Mapping[str, str]) -> dict[str, object]:
    said: dict[str, object] = {field: read_lines(texts[field]) for field in _LISTS if field in texts}
    if "sizes" in said:
        said["sizes"] = said["sizes"] or None
    said |= {field: read_field(field, texts[field]) for field in (*MONTHS, "band") if field in texts}
    if "family" in texts:
        said["family"] = " ".join(texts["family"].split())
    if any(field.startswith(("accessory-", "essential-")) for field in texts):
        said["accessories"] = _read_accessories(before, texts)
    return said


def _read_accessories(before: InstrumentType | None, texts: Mapping[str, str]) -> list[dict[str, object]]:
    """Give the whole list as it stands now: a form hands over only what was changed."""
    held = {field.name: field.value for field in _accessories(before)} | dict(texts)
    pairs = ((held[f"accessory-{at}"], held[f"essential-{at}"]) for at in range(MOST_ACCESSORIES))
    return [{"name": " ".join(name.split()), "essential": bool(tick)} for name, tick in pairs if name.strip()]


def read_field(field: str, text: str) -> object:
    """Read months or a band; what is neither a number nor empty goes on as it is, to be refused with its words."""
    typed = text.strip()
    if field not in MONTHS:
        return typed.upper()
    return int(typed) if typed.isascii() and typed.isdigit() else typed or None
