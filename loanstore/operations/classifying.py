"""What a store says of types of instrument its own way: intervals of service, bands, sizes, accessories, new types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from loanstore.domain.catalogue import BANDS, MONTHS, OWN_FIELDS, fold_word
from loanstore.domain.errors import Refused
from loanstore.operations import housekeeping
from loanstore.operations.desk import CATALOGUE, Done
from loanstore.storage.store import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.catalogue import InstrumentType
    from loanstore.operations.desk import Desk

LONGEST_INTERVAL: Final = 240
"""Months: twenty years, beyond which an interval is a slip of the pen."""


def types(desk: Desk) -> tuple[InstrumentType, ...]:
    """Give every type as the store has it, in the catalogue's order."""
    with desk.store.reading() as transaction:
        desk.rules(transaction)
    return desk.catalogue.types


def find_type(desk: Desk, name: str) -> InstrumentType:
    """Give a type as the store has it, by any word for it; raises Refused TYPE_UNKNOWN."""
    with desk.store.reading() as transaction:
        desk.rules(transaction)
    found = desk.catalogue.find_type(name)
    if found is None:
        raise Refused("TYPE_UNKNOWN", value=name)
    return found


def own_types(desk: Desk) -> dict[str, dict[str, object]]:
    """Give what the store says its own way: fields by the name of their type."""
    with desk.store.reading() as transaction:
        said: dict[str, dict[str, object]] = json.loads(read_settings(transaction).get(CATALOGUE, "{}"))
    return said


def change_type(desk: Desk, name: str, changes: Mapping[str, object]) -> Done[InstrumentType]:
    """Change what the store says of one type, or add one; as ``change_types`` does for several."""
    done = change_types(desk, {name: changes})
    return Done(done.result[0], done.changed)


def change_types(desk: Desk, changes: Mapping[str, Mapping[str, object]]) -> Done[tuple[InstrumentType, ...]]:
    """Change what the store says of types, or add some, which need a ``family``: all of them, or none.

    The months are numbers or None, ``band`` is A, B or C, ``sizes`` and ``aliases`` are lists of texts,
    ``accessories`` a list of ``{"name", "essential"}``. Raises Refused TYPE_UNKNOWN or TYPE_VALUE.
    """
    own = own_types(desk)
    names = []
    for name, said in changes.items():
        known = desk.catalogue.find_type(name)
        called = known.name if known is not None else " ".join(name.split())
        if not called or (known is None and not said.get("family")):
            raise Refused("TYPE_UNKNOWN", value=name)
        _require_fitting(called, said)
        own[called] = {**own.get(called, {}), **said}
        names.append(called)
    done = housekeeping.change_catalogue(desk, own)
    return Done(tuple(desk.catalogue.by_word[fold_word(name)] for name in names), done.changed)


def _require_fitting(called: str, said: Mapping[str, object]) -> None:
    for field, value in said.items():
        if not _fits(field, value):
            raise Refused("TYPE_VALUE", field=field.replace("_", " "), value=value, type=called)


def reset_type(desk: Desk, name: str) -> Done[None]:
    """Have a type be as it ships again; one that the store added goes."""
    own = own_types(desk)
    known = desk.catalogue.find_type(name)
    if known is None or known.name not in own:
        raise Refused("TYPE_UNKNOWN", value=name)
    return housekeeping.change_catalogue(desk, {key: said for key, said in own.items() if key != known.name})


def _fits(field: str, value: object) -> bool:
    if field in MONTHS:
        return value is None or (type(value) is int and 0 < value <= LONGEST_INTERVAL)
    if field == "band":
        return value in BANDS
    if field == "accessories":
        return isinstance(value, list) and all(_is_accessory(one) for one in value)
    if field in {"sizes", "aliases"}:
        texts = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
        return texts or (field == "sizes" and value is None)
    return field in OWN_FIELDS and isinstance(value, str) and bool(value.strip())


def _is_accessory(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("essential"), bool)
