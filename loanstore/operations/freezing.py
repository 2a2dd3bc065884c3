"""Freezing papers: an agreement is drawn once, kept with its hash, and given out byte for byte ever after.

FINISH makes the agreement and pins its wording; its paper is drawn right after, in a gesture of its own, so that the
desk does not wait for it. Whatever was not drawn, be it for want of power, is drawn when the store is next used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.frozen import read_paper, write_paper, write_places
from loanstore.domain.gestures import read_instant
from loanstore.domain.scan_findings import AgreementFound
from loanstore.domain.wordings import canonical_text
from loanstore.operations import agreeing, papers
from loanstore.operations.desk import Changed, Done
from loanstore.storage import agreement_lists, folding, journal, kept_papers, lookups, registers, wordings
from loanstore.storage.kept_papers import FROZEN, SCANNED, SEALED, SIGNED, KeptPaper

if TYPE_CHECKING:
    from loanstore.domain.agreements import AgreementPaper
    from loanstore.domain.frozen import DrawnAgreement
    from loanstore.domain.gestures import Gesture
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AgreementPdf:
    """An agreement as a file: its code as shown, and the PDF."""

    code: str
    pdf: bytes


def agreement_pdf(desk: Desk, named: str) -> Done[AgreementPdf]:
    """Give out an agreement's frozen PDF, named by its code, its id or one of its loans; it counts as printed.

    A loan without agreement gets one now, with everything else that was lent to the same borrower on the
    same day and has none yet. Raises Refused where nothing is so named, or its paper was erased.
    """
    identity = _made(desk, named)
    paper = frozen_paper(desk, identity)
    changed = _note_printed(desk, identity)
    with desk.store.reading() as transaction:
        found = lookups.agreement(transaction, identity)
    return Done(AgreementPdf(found.code if found is not None else "", paper.content), changed)


def large_pdf(desk: Desk, named: str) -> Done[AgreementPdf]:
    """Draw an agreement in large print from what its frozen paper says."""
    from loanstore.paper.large_agreement import draw_large_agreement

    identity = _made(desk, named)
    paper = read_paper(frozen_paper(desk, identity).drawn_from)
    drawn = draw_large_agreement(paper, fonts=papers.fonts(desk))
    return Done(AgreementPdf(codes.shown(paper.code), drawn.pdf), _note_printed(desk, identity))


def agreement_page(desk: Desk, named: str) -> Done[str]:
    """Write an agreement as a plain page of HTML from what its frozen paper says, and who has signed it."""
    from loanstore.paper.agreement_page import draw_page

    identity = _made(desk, named)
    paper = read_paper(frozen_paper(desk, identity).drawn_from)
    with desk.store.reading() as transaction:
        signing = agreement_lists.signing_of(transaction, identity)
        signed = [
            (
                ", ".join(filter(None, (registers.note(transaction, one.signer or ""), one.role))),
                f"{desk.day_of(read_instant(one.at)):%d %B %Y}",
            )
            for one in (signing.signatures if signing is not None else ())
        ]
    return Done(draw_page(paper, signed))


def signed_pdf(desk: Desk, named: str) -> AgreementPdf:
    """Give an agreement as it was signed, sealed if it is by now.

    Raises Refused NOT_SIGNED where nobody signed it, PAPER_ERASED where it was erased.
    """
    with desk.store.reading() as transaction:
        identity = identity_of(transaction, named)
        signing = agreement_lists.signing_of(transaction, identity) if identity is not None else None
        if identity is None or signing is None or not signing.signatures:
            raise Refused("NOT_SIGNED", value=named)
        found = kept_papers.newest(transaction, identity, (SIGNED, SCANNED, SEALED))
        if found is None:
            raise Refused("PAPER_ERASED", value=named)
        agreement = lookups.agreement(transaction, identity)
    return AgreementPdf(agreement.code if agreement is not None else "", found.content)


def frozen_paper(desk: Desk, agreement: str) -> KeptPaper:
    """Give the frozen paper of an agreement, drawing it now where it was not drawn yet."""
    with desk.store.reading() as transaction:
        found = kept_papers.frozen_of(transaction, agreement)
        signing = agreement_lists.signing_of(transaction, agreement)
        if found is not None:
            return found
        if signing is None or signing.paper is not None:
            raise Refused("PAPER_ERASED", value=agreement)
    return freeze(desk, agreement).result


def freeze(desk: Desk, agreement: str) -> Done[KeptPaper]:
    """Draw an agreement and keep it for good, with its hash in the journal; one that is frozen stays as it is.

    It is drawn while others may write, and kept in a moment.
    """
    with desk.store.reading() as transaction:
        paper = papers.agreement_paper(desk, transaction, agreement)
    drawn = _drawn(desk, paper)
    with desk.gesturing() as (transaction, gesture):
        there = kept_papers.frozen_of(transaction, agreement)
        if there is not None:
            return Done(there)
        if lookups.agreement(transaction, agreement) is None:
            raise Refused("NO_AGREEMENT", value=agreement)
        return Done(_keep(transaction, gesture, agreement, (paper, drawn)), frozenset({Changed.LOANS}))


def freeze_waiting(desk: Desk) -> Done[int]:
    """Freeze every agreement that has no paper yet, and say how many; one that can't be drawn waits on."""
    with desk.store.reading() as transaction:
        waiting = agreement_lists.not_frozen(transaction)
    count = 0
    for agreement in waiting:
        try:
            freeze(desk, agreement)
        except Refused:
            # A name no shipped font can draw: whoever asks for this paper is told so.
            continue
        count += 1
    return Done(count, frozenset({Changed.LOANS}) if count else frozenset())


def identity_of(transaction: Transaction, named: str) -> str | None:
    """Find an agreement by its code, its id or one of its loans; None for a loan that stands on none.

    Raises Refused NO_AGREEMENT where nothing is so named.
    """
    found = lookups.by_form(transaction, codes.normalise(named))
    if isinstance(found, AgreementFound):
        return found.agreement
    if lookups.agreement(transaction, named) is not None:
        return named
    if registers.loan_row(transaction, named) is None:
        raise Refused("NO_AGREEMENT", value=named)
    return registers.agreement_of(transaction, named)


def _made(desk: Desk, named: str) -> str:
    """Give the agreement that is named, making one for a loan that has none."""
    with desk.store.reading() as transaction:
        identity = identity_of(transaction, named)
    if identity is not None:
        return identity
    with desk.gesturing() as (transaction, gesture):
        identity = identity_of(transaction, named)
        if identity is None:
            borrower, loans = _loans_to_agree(desk, transaction, named)
            prefix = desk.rules(transaction).prefix
            identity = agreeing.make_agreement(transaction, gesture, prefix, borrower, loans).id
            # Drawn before it is stored: an agreement that can't be printed is none.
            paper = papers.agreement_paper(desk, transaction, identity)
            _keep(transaction, gesture, identity, (paper, _drawn(desk, paper)))
        return identity


def _drawn(desk: Desk, paper: AgreementPaper) -> DrawnAgreement:
    from loanstore.paper.agreement import draw_to_sign

    return draw_to_sign(paper, fonts=papers.fonts(desk))


def _keep(
    transaction: Transaction, gesture: Gesture, agreement: str, made: tuple[AgreementPaper, DrawnAgreement]
) -> KeptPaper:
    paper, drawn = made
    wording = wordings.keep_text(transaction, canonical_text(paper.text))
    identity, hash_ = gesture.new_id(), kept_papers.hash_of(drawn.pdf)
    written = write_paper(paper), write_places(drawn)
    kept = KeptPaper(identity, agreement, FROZEN, hash_, gesture.at, drawn.pdf, *written)
    kept_papers.keep(transaction, kept)
    body = {"paper": hash_, "wording": wording, "needs": [str(role) for role in paper.text.needs]}
    journal.append(transaction, gesture, [Draft(FactKind.PAPER_FROZEN, agreement, body)])
    folding.change_agreement(transaction, agreement)
    return kept


def _note_printed(desk: Desk, agreement: str) -> frozenset[Changed]:
    with desk.store.reading() as transaction:
        signing = agreement_lists.signing_of(transaction, agreement)
    if signing is None or signing.printed is not None or signing.signed is not None:
        return frozenset()
    with desk.gesturing() as (transaction, gesture):
        journal.append(transaction, gesture, [Draft(FactKind.PAPER_PRINTED, agreement)])
        folding.change_agreement(transaction, agreement)
    return frozenset({Changed.LOANS})


def _loans_to_agree(desk: Desk, transaction: Transaction, named: str) -> tuple[str, list[str]]:
    loan = folding.loan(transaction, named)
    if loan is None or loan.ended is not None:
        raise Refused("LOAN_ENDED", value=named, ended=(loan.ended or "")[:10] if loan else "")
    day = papers.day_of(desk, loan.out)
    together = [
        other.id
        for other in folding.open_loans(transaction, loan.borrower)
        if papers.day_of(desk, other.out) == day and registers.agreement_of(transaction, other.id) is None
    ]
    return loan.borrower, together
