"""Disposing of instruments: by whose authority, by which route, to whom and for how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.disposals import Route, require_disposable
from loanstore.domain.errors import WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.storage import registers

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Disposal:
    """How an instrument leaves. ``authority`` and ``recipient`` may name people and are kept as erasable notes.

    ``proceeds`` is pence, None where there are none.
    """

    route: Route
    authority: str
    proceeds: int | None = None
    recipient: str = ""


def dispose(desk: Desk, code: str, how: Disposal) -> Done[Instrument]:
    """Take an instrument off the store's hands for good; it stays in the register, with how it left.

    Raises WrongUsage NEED_FIELD without an authority; Refused while somebody has it, or it is on the road.
    """
    if not how.authority.strip():
        raise WrongUsage("NEED_FIELD", field="authority")
    with desk.gesturing() as (transaction, gesture):
        found = find_instrument(transaction, code)
        state = found.instrument
        require_disposable(state, found.holder.label if found.holder else "")
        body: dict[str, object] = {"route": how.route.value}
        for name, text in (("authority", how.authority), ("note", how.recipient)):
            if text.strip():
                body[name] = desk.new_id()
                registers.add_note(transaction, str(body[name]), text.strip())
        if how.proceeds is not None:
            body["proceeds"] = how.proceeds
        ((_fact, after),) = moving.record(transaction, gesture, [(state, Draft(FactKind.DISPOSED, state.id, body))])
        return Done(after, frozenset({Changed.INSTRUMENTS, Changed.REPAIRS}))
