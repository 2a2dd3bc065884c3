"""Disposing of instruments: by whose authority, by which route, to whom and for how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.disposals import Route, require_disposable
from loanstore.domain.errors import WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import each_once
from loanstore.storage import registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


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
    """Take one instrument off the store's hands for good, as ``dispose_all`` does several."""
    done = dispose_all(desk, [code], how)
    return Done(done.result[0], done.changed)


def dispose_all(desk: Desk, named: Sequence[str], how: Disposal) -> Done[tuple[Instrument, ...]]:
    """Take instruments off the store's hands for good: all of them, or none; each stays in the register, with how.

    The proceeds are those of each. Raises WrongUsage NEED_FIELD without an authority; Refused while somebody has
    one, or one is on the road.
    """
    if not how.authority.strip():
        raise WrongUsage("NEED_FIELD", field="authority")
    with desk.gesturing() as (transaction, gesture):
        drafts: list[tuple[Instrument | None, Draft]] = []
        for found in each_once(transaction, named):
            state = found.instrument
            require_disposable(state, found.holder.label if found.holder else "")
            drafts.append((state, Draft(FactKind.DISPOSED, state.id, _body(desk, transaction, how))))
        written = moving.record(transaction, gesture, drafts)
        return Done(tuple(after for _fact, after in written), frozenset({Changed.INSTRUMENTS, Changed.REPAIRS}))


def _body(desk: Desk, transaction: Transaction, how: Disposal) -> dict[str, object]:
    """Give what a fact says of it; who decided and who has it now are erasable notes of each instrument's own."""
    body: dict[str, object] = {"route": how.route.value}
    for name, text in (("authority", how.authority), ("note", how.recipient)):
        if text.strip():
            body[name] = desk.new_id()
            registers.add_note(transaction, str(body[name]), text.strip())
    if how.proceeds is not None:
        body["proceeds"] = how.proceeds
    return body
