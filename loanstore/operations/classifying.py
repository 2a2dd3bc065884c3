"""What a store says of types of instrument its own way: intervals of service, bands, sizes, accessories, new types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from loanstore.domain.catalogue import BANDS, MONTHS, OWN_FIELDS, fold_word
from loanstore.domain.catalogue_words import MOST_ACCESSORIES, read_sizes, require_own_words, without
from loanstore.domain.errors import Refused, WrongUsage
from loanstore.operations import housekeeping
from loanstore.operations.desk import CATALOGUE, Done
from loanstore.storage import workshop_lists
from loanstore.storage.store import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.catalogue import InstrumentType
    from loanstore.operations.desk import Desk

LONGEST_INTERVAL: Final = 240
"""Months: twenty years, beyond which an interval is a slip of the pen."""
MOST_NAMED: Final = 10
"""So many instruments are named where a size or a type is in use."""


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
    ``accessories`` a list of ``{"name", "essential"}``, nine at most. Raises Refused TYPE_UNKNOWN, TYPE_VALUE,
    TYPE_SIZE for what is no size, SIZE_IN_USE for one that instruments are of, WORD_TAKEN for another type's word.
    """
    own = own_types(desk)
    names = []
    for name, given in changes.items():
        known = desk.catalogue.find_type(name)
        called = known.name if known is not None else " ".join(name.split())
        if not called or (known is None and not given.get("family")):
            raise Refused("TYPE_UNKNOWN", value=name)
        _require_fitting(called, given)
        said = _in_one_writing(desk, called, given)
        if known is not None and "sizes" in said:
            _require_unused(desk, known, cast("list[str] | None", said["sizes"]))
        own[called] = {**own.get(called, {}), **said}
        names.append(called)
    done = housekeeping.change_catalogue(desk, own)
    return Done(tuple(desk.catalogue.by_word[fold_word(name)] for name in names), done.changed)


def add_type(desk: Desk, name: str, said: Mapping[str, object]) -> Done[InstrumentType]:
    """Add a type of the store's own.

    Raises Refused TYPE_KNOWN where the word names one already, WrongUsage NEED_FIELD without a name or a family.
    """
    for field, text in (("name", name), ("family", said.get("family"))):
        if not str(text or "").strip():
            raise WrongUsage("NEED_FIELD", field=field)
    own_types(desk)
    known = desk.catalogue.find_type(name)
    if known is not None:
        raise Refused("TYPE_KNOWN", field="name", value=name, type=known.name)
    return change_type(desk, name, said)


def _in_one_writing(desk: Desk, called: str, said: Mapping[str, object]) -> dict[str, object]:
    """Give what is said of a type with its sizes as records write them, its other words each of this type alone."""
    made = dict(said)
    if said.get("sizes") is not None:
        shipped = desk.shipped_type(called)
        words = shipped.size_words if shipped is not None else {}
        made["sizes"] = read_sizes(cast("list[str]", said["sizes"]), words) or None
    if "aliases" in said:
        require_own_words(desk.catalogue, called, cast("list[str]", said["aliases"]))
    return made


def _require_unused(desk: Desk, kind: InstrumentType, sizes: Sequence[str] | None) -> None:
    """Raise Refused SIZE_IN_USE where a size would go that instruments are of, and name them."""
    with desk.store.reading() as transaction:
        used = workshop_lists.sizes_in_use(transaction, kind.name)
    gone = without(kind, sizes, [size for _code, size in used])
    if gone:
        named = [code for code, size in used if size in gone]
        raise Refused("SIZE_IN_USE", field="sizes", sizes=sorted(gone), type=kind.name, codes=_some(named))


def _some(named: Sequence[str]) -> list[str]:
    return [*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])]


def _require_fitting(called: str, said: Mapping[str, object]) -> None:
    for field, value in said.items():
        if not _fits(field, value):
            raise Refused("TYPE_VALUE", field=field.replace("_", " "), value=value, type=called)


def reset_type(desk: Desk, name: str) -> Done[None]:
    """Have a type be as it ships again; one that the store added goes.

    Raises Refused TYPE_UNKNOWN, SIZE_IN_USE, or TYPE_IN_USE where instruments are of a type that would go.
    """
    own = own_types(desk)
    known = desk.catalogue.find_type(name)
    if known is None or known.name not in own:
        raise Refused("TYPE_UNKNOWN", value=name)
    shipped = desk.shipped_type(known.name)
    if shipped is not None:
        _require_unused(desk, known, shipped.sizes)
    else:
        with desk.store.reading() as transaction:
            used = [code for code, _size in workshop_lists.sizes_in_use(transaction, known.name)]
        if used:
            raise Refused("TYPE_IN_USE", type=known.name, codes=_some(used))
    return housekeeping.change_catalogue(desk, {key: said for key, said in own.items() if key != known.name})


def _fits(field: str, value: object) -> bool:
    if field in MONTHS:
        return value is None or (type(value) is int and 0 < value <= LONGEST_INTERVAL)
    if field == "band":
        return value in BANDS
    if field == "accessories":
        return isinstance(value, list) and _are_accessories(value)
    if field in {"sizes", "aliases"}:
        texts = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
        return texts or (field == "sizes" and value is None)
    return field in OWN_FIELDS and isinstance(value, str) and bool(value.strip())


def _are_accessories(value: list[Any]) -> bool:
    names = [one["name"].strip().casefold() for one in value if _is_accessory(one)]
    return all(names) and len(set(names)) == len(value) <= MOST_ACCESSORIES


def _is_accessory(one: Any) -> bool:  # noqa: ANN401 - whatever a caller put into the list
    return isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("essential"), bool)
