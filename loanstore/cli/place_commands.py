"""The commands about places: add place, move, place rename and codes, and a place's card for show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loanstore.domain.places import PlaceKind
from loanstore.i18n import _, ngettext
from loanstore.operations import placing

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.common import Words
    from loanstore.cli.output import Output
    from loanstore.operations.placing import PlaceCard


def add_words(commands: Any, command: Callable[..., Words], group: Callable[..., Any]) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the words of these commands to the grammar."""
    move_to = command(commands, "move", move, _("have instruments stand at a place"))
    move_to.add_argument("place", metavar="PLACE")
    move_to.add_argument("codes", metavar="CODE", nargs="+")
    actions = group(commands, "place", _("rename places, give codes to those without"))
    renamed = command(actions, "rename", rename, _("call a place something else"))
    renamed.add_argument("place", metavar="PLACE")
    renamed.add_argument("name", metavar="NAME")
    command(actions, "codes", give_codes, _("give a code to every place that has none"))


def add_thing(things: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - the same
    """Add ``place`` to the things that can be added."""
    parser = command(things, "place", add, _("add a place, a repairer or a drop-off point"))
    parser.add_argument("--name", metavar="VALUE", required=True)
    parser.add_argument("--kind", choices=[kind.value for kind in PlaceKind], default=PlaceKind.PLACE.value)


def add(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Add a place."""
    place = placing.add_place(opened.desk, asked.name, asked.kind).result
    output.answer([f"{place.code}: {place.name}"], code=place.code, id=place.id, kind=place.kind.value, name=place.name)
    return 0


def rename(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Call a place something else."""
    place = placing.rename_place(opened.desk, asked.place, asked.name).result
    told = _("{code} is called {name} now.").format(code=place.code or place.id, name=place.name)
    output.answer([told], code=place.code or None, name=place.name)
    return 0


def give_codes(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Give a code to every place that has none."""
    made = placing.give_codes(opened.desk).result
    output.answer(
        [f"{place.code}: {place.name}" for place in made] or [_("Every place has its code.")],
        places=[{"code": place.code, "name": place.name, "kind": place.kind.value} for place in made],
    )
    return 0


def move(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Have instruments stand at a place."""
    made = placing.move(opened.desk, asked.place, asked.codes).result
    n = len(made.moved)
    told = ngettext("{n} instrument stands at {place} now.", "{n} instruments stand at {place} now.", n)
    output.answer(
        [told.format(n=n, place=made.place.name), *(_already(one.code) for one in made.already)],
        place=made.place.code or None,
        moved=[one.code for one in made.moved],
        already=[one.code for one in made.already],
    )
    return 0


def _already(code: str) -> str:
    return _("{code} stood there already.").format(code=code)


def card_values(card: PlaceCard) -> dict[str, object]:
    """Give a place as ``show`` tells it: what it is, and what stands there."""
    return {
        "kind": "place",
        "code": card.place.code,
        "name": card.place.name,
        "place_kind": card.place.kind.value,
        "standing": len(card.standing),
        "instruments": [
            {
                "code": line.code,
                "instrument": line.what,
                "made": line.made,
                "serial": line.serial,
                "status": line.status,
            }
            for line in card.standing
        ],
    }
