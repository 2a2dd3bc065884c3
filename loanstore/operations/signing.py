"""Signing agreements: with a pen at the desk, on paper before somebody, refused, or taken back; each a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.frozen import read_places
from loanstore.domain.gestures import instant, read_instant
from loanstore.domain.signatures import How, Stage, is_a_signature, tidy_strokes
from loanstore.i18n import _
from loanstore.operations import filing, freezing, papers
from loanstore.operations.desk import Changed, Done
from loanstore.storage import agreement_lists, folding, journal, kept_papers, registers
from loanstore.storage.kept_papers import SIGNED, KeptPaper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.frozen import SignPlace
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.signatures import SigningState, Stroke
    from loanstore.operations.desk import Desk
    from loanstore.paper.signing import Inked
    from loanstore.storage.transaction import Transaction

LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Signing:
    """How far an agreement is, for whoever is about to sign it: the roles with a box, and those that are lacking."""

    id: str
    code: str
    borrower: str
    stage: Stage
    roles: tuple[str, ...]
    open_roles: tuple[str, ...]
    needs: tuple[str, ...]


def show(desk: Desk, named: str) -> Signing:
    """Tell how far an agreement is; its paper is frozen now if it was not."""
    identity = _identity(desk, named)
    paper = freezing.frozen_paper(desk, identity)
    with desk.store.reading() as transaction:
        line = agreement_lists.agreement_line(transaction, identity)
    if line is None:
        raise Refused("NO_AGREEMENT", value=named)
    roles = tuple(str(place.role) for place in read_places(paper.places)[1])
    done = {one.role for one in line.signing.signatures}
    open_roles = tuple(role for role in roles if role not in done)
    return Signing(identity, line.code, line.name, line.stage, roles, open_roles, line.signing.needs)


def sign_by_pen(
    desk: Desk, named: str, role: str, name: str, strokes: Sequence[Sequence[tuple[float, float]]]
) -> Done[Signing]:
    """Sign with the strokes of a pen, a finger or a mouse.

    Raises Refused NO_STROKES where they are no more than a touch, NO_SIGNER_NAME, NO_SUCH_ROLE, ALREADY_SIGNED.
    """
    drawn = tidy_strokes(strokes)
    if not is_a_signature(drawn):
        raise Refused("NO_STROKES")
    return _sign(desk, named, role, name, drawn)


def sign_on_paper(desk: Desk, named: str, role: str, name: str) -> Done[Signing]:
    """Note that somebody signed the printed paper before whoever works here.

    Raises Refused NO_SIGNER_NAME, NO_SUCH_ROLE, ALREADY_SIGNED.
    """
    return _sign(desk, named, role, name, ())


def refuse(desk: Desk, named: str, why: str) -> Done[Signing]:
    """Note that an agreement will not be signed, and why; raises Refused ALREADY_SIGNED where it is signed."""
    identity = _identity(desk, named)
    with desk.gesturing() as (transaction, gesture):
        state = _signing(transaction, identity, named)
        if state.signed is not None:
            raise Refused("ALREADY_SIGNED", code=named, role=", ".join(one.role for one in state.signatures))
        _append(transaction, gesture, Draft(FactKind.SIGNATURE_REFUSED, identity, _because(transaction, gesture, why)))
    return Done(show(desk, identity), frozenset({Changed.LOANS}))


def withdraw(desk: Desk, named: str, why: str) -> Done[Signing]:
    """Set the signatures of an agreement aside, as where a scan was filed wrongly; they stay in the journal.

    The pages of a scan wait again to be filed where they belong.

    Raises Refused NOT_SIGNED where there are none, NO_REASON where nothing is said.
    """
    if not why.strip():
        raise Refused("NO_REASON")
    identity = _identity(desk, named)
    with desk.gesturing() as (transaction, gesture):
        signatures = _signing(transaction, identity, named).signatures
        if not signatures:
            raise Refused("NOT_SIGNED", value=named)
        if any(one.how == How.SCANNED for one in signatures):
            filing.put_back(transaction, gesture, identity)
        body = _because(transaction, gesture, why)
        _append(transaction, gesture, Draft(FactKind.SIGNATURES_WITHDRAWN, identity, body))
    return Done(show(desk, identity), frozenset({Changed.LOANS}))


def _sign(desk: Desk, named: str, role: str, name: str, strokes: tuple[Stroke, ...]) -> Done[Signing]:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refused("NO_SIGNER_NAME")
    identity = _identity(desk, named)
    paper = freezing.frozen_paper(desk, identity)
    places = read_places(paper.places)[1]
    place = next((one for one in places if one.role == role), None)
    if place is None:
        raise Refused("NO_SUCH_ROLE", role=role, known=tuple(str(one.role) for one in places))
    now = desk.now()
    with desk.store.reading() as transaction:
        state = _signing(transaction, identity, named)
        if role in {one.role for one in state.signatures}:
            raise Refused("ALREADY_SIGNED", code=named, role=role)
        inked = [*_inked_before(desk, transaction, state, places), _inked(desk, place, strokes, name, instant(now))]
    signed = _drawn(desk, paper.content, inked)
    with desk.gesturing() as (transaction, gesture):
        # What was drawn bears the signatures that stood a moment ago; another since then would be lost.
        if _signing(transaction, identity, named) != state:
            raise Refused("SIGNED_MEANWHILE", code=named)
        signer, fact, hash_ = gesture.new_id(), gesture.new_id(), kept_papers.hash_of(signed)
        registers.add_note(transaction, signer, name)
        if strokes:
            kept_papers.keep_strokes(transaction, fact, strokes)
        kept_papers.keep(transaction, KeptPaper(gesture.new_id(), identity, SIGNED, hash_, gesture.at, signed))
        how = How.PEN if strokes else How.WITNESSED
        body = {"roles": [role], "how": how.value, "paper": hash_, "signer": signer}
        _append(transaction, gesture, Draft(FactKind.SIGNED, identity, body, id=fact))
    return Done(show(desk, identity), frozenset({Changed.LOANS}))


def _inked_before(
    desk: Desk, transaction: Transaction, state: SigningState, places: Sequence[SignPlace]
) -> list[Inked]:
    """Give the signatures that were put onto the frozen paper already."""
    by_role = {str(place.role): place for place in places}
    return [
        _inked(
            desk,
            by_role[one.role],
            kept_papers.strokes_of(transaction, one.id),
            registers.note(transaction, one.signer or ""),
            one.at,
        )
        for one in state.signatures
        if one.how != How.SCANNED and one.role in by_role
    ]


def _inked(desk: Desk, place: SignPlace, strokes: tuple[Stroke, ...], name: str, at: str) -> Inked:
    from loanstore.paper.signing import Inked

    day = f"{desk.day_of(read_instant(at)):%d %b %Y}".lstrip("0")
    return Inked(place, strokes, name, day, "" if strokes else _("Signed on paper, seen by the store"))


def _drawn(desk: Desk, frozen: bytes, inked: Sequence[Inked]) -> bytes:
    from loanstore.paper.signing import sign_on

    return sign_on(frozen, inked, papers.fonts(desk))


def _because(transaction: Transaction, gesture: Gesture, why: str) -> dict[str, object]:
    if not why.strip():
        return {}
    note = gesture.new_id()
    registers.add_note(transaction, note, why.strip())
    return {"note": note}


def _append(transaction: Transaction, gesture: Gesture, draft: Draft) -> None:
    journal.append(transaction, gesture, [draft])
    folding.change_agreement(transaction, draft.subject or "")


def _identity(desk: Desk, named: str) -> str:
    with desk.store.reading() as transaction:
        identity = freezing.identity_of(transaction, named)
    if identity is None:
        raise Refused("NO_AGREEMENT", value=named)
    return identity


def _signing(transaction: Transaction, identity: str, named: str) -> SigningState:
    state = agreement_lists.signing_of(transaction, identity)
    if state is None:
        raise Refused("NO_AGREEMENT", value=named)
    return state
