"""Label stocks: those that ship, and what a store says of them or adds its own way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from loanstore.domain import label_stocks
from loanstore.domain.errors import Refused
from loanstore.domain.label_stocks import read_stock
from loanstore.operations import housekeeping
from loanstore.operations.desk import Done
from loanstore.storage.store import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.operations.desk import Desk

LABEL_STOCKS: Final = "label_stocks"
"""The setting that holds what the store says of label stocks its own way."""


def stocks(desk: Desk) -> dict[str, LabelStock]:
    """Give the label stocks that are known, by maker and number, with the store's own."""
    return label_stocks.load_stocks(_shipped(desk), json.dumps(own_stocks(desk)))


def find_stock(desk: Desk, key: str) -> LabelStock:
    """Give a stock by its key; raises Refused UNKNOWN_STOCK."""
    known = stocks(desk)
    if key not in known:
        raise Refused("UNKNOWN_STOCK", value=key, known=tuple(known))
    return known[key]


def own_stocks(desk: Desk) -> dict[str, dict[str, object]]:
    """Give what the store says its own way: fields by the key of their stock."""
    with desk.store.reading() as transaction:
        said: dict[str, dict[str, object]] = json.loads(read_settings(transaction).get(LABEL_STOCKS, "{}"))
    return said


def add_stock(desk: Desk, key: str, said: Mapping[str, object]) -> Done[LabelStock]:
    """Add a stock of the store's own, under a key that nothing has.

    Raises Refused STOCK_TAKEN, or as ``domain.label_stocks.read_stock`` does where it can't be cut so.
    """
    if key in stocks(desk):
        raise Refused("STOCK_TAKEN", value=key)
    return _say(desk, key, {"name": key, "maker": "", "source": "", **said})


def change_stock(desk: Desk, key: str, changes: Mapping[str, object]) -> Done[LabelStock]:
    """Change what is said of a stock; raises Refused UNKNOWN_STOCK, or as ``add_stock`` does."""
    find_stock(desk, key)
    return _say(desk, key, changes)


def reset_stock(desk: Desk, key: str) -> Done[None]:
    """Have a stock be as it ships again; one that the store added goes. Raises Refused UNKNOWN_STOCK."""
    own = own_stocks(desk)
    if key not in own:
        raise Refused("UNKNOWN_STOCK", value=key, known=tuple(own))
    left = {name: said for name, said in own.items() if name != key}
    return housekeeping.change_setting(desk, LABEL_STOCKS, json.dumps(left, sort_keys=True))


def _say(desk: Desk, key: str, changes: Mapping[str, object]) -> Done[LabelStock]:
    own = own_stocks(desk)
    own[key] = {**own.get(key, {}), **changes}
    shipped = {str(entry["key"]): entry for entry in json.loads(_shipped(desk))["stocks"]}
    stock = read_stock({**shipped.get(key, {}), **own[key], "key": key})
    done = housekeeping.change_setting(desk, LABEL_STOCKS, json.dumps(own, sort_keys=True))
    return Done(stock, done.changed)


def _shipped(desk: Desk) -> str:
    return (desk.resources / "label_stocks.json").read_text("utf-8")
