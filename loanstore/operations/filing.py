"""Filing scanned papers by their barcodes: read without a lock, filed in one gesture, the rest kept to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.filing import Known, Left, ScannedPage, plan_filing
from loanstore.domain.frozen import read_paper, read_places
from loanstore.domain.scan_findings import AgreementFound
from loanstore.domain.signatures import How
from loanstore.operations import freezing, papers
from loanstore.operations.desk import Changed, Done
from loanstore.operations.sealing import read_whole
from loanstore.storage import agreement_lists, folding, journal, kept_papers, lookups
from loanstore.storage.kept_papers import SCANNED, SEALED, KeptPaper, LoosePage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.filing import FilingPlan
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Batch:
    """A scan as it was read: its file's name, what tells it from another, the PDF and its pages."""

    name: str
    id: str
    pdf: bytes
    pages: tuple[ScannedPage, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of a batch, or would come of it; ``waiting`` is how many pages a person must look at now."""

    name: str
    pages: int
    plan: FilingPlan
    dry_run: bool
    waiting: int


def read_batch(file: Path, progress: Progress | None = None) -> Batch:
    """Read a scan, a PDF or pictures, for the barcodes on it. Nothing is written.

    Raises FileUnusable where the file is missing, unreadable or no scan.
    """
    from loanstore.paper import batches

    content = read_whole(file)
    pdf = batches.to_pdf(content, file.name)
    return Batch(file.name, kept_papers.hash_of(content)[:36], pdf, batches.read_pages(pdf, progress))


def file_scans(desk: Desk, file: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Done[Filed]:
    """Read a scan and file it, or only say what would be filed."""
    batch = read_batch(file, progress)
    if dry_run:
        return Done(Filed(batch.name, len(batch.pages), plan(desk, batch), dry_run=True, waiting=len(loose(desk))))
    return file_batch(desk, batch)


def plan(desk: Desk, batch: Batch) -> FilingPlan:
    """Sort the pages of a batch: what would be filed, and what would be left."""
    with desk.store.reading() as transaction:
        return _plan(desk, transaction, batch)


def file_batch(desk: Desk, batch: Batch) -> Done[Filed]:
    """File a batch in one gesture: each agreement whose pages are all there is signed; the rest waits for a person.

    It is planned anew in its turn, so that what was signed meanwhile is left alone. The same file filed again
    finds its agreements signed and keeps no page twice.
    """
    from loanstore.paper import batches

    with desk.gesturing() as (transaction, gesture):
        made = _plan(desk, transaction, batch)
        by_number = {page.number: page for page in batch.pages}
        for bundle in made.bundles:
            pdf = batches.split(batch.pdf, [by_number[number] for number in bundle.pages])
            _sign(transaction, gesture, bundle.agreement, pdf)
        there = {(page.batch, page.number) for page in kept_papers.loose_pages(transaction)}
        for left in made.left:
            # What is signed already is told and not kept: nobody needs to look at it again.
            if left.why is Left.SIGNED or (batch.id, left.number) in there:
                continue
            page = by_number[left.number]
            alone = batches.split(batch.pdf, [page])
            kept_papers.keep_page(
                transaction,
                LoosePage(
                    gesture.new_id(),
                    batch.id,
                    left.number,
                    left.why.value,
                    left.codes,
                    gesture.at,
                    page.thumbnail,
                    alone,
                ),
            )
        waiting = len(kept_papers.loose_pages(transaction))
        changed = frozenset({Changed.LOANS})
        return Done(Filed(batch.name, len(batch.pages), made, dry_run=False, waiting=waiting), changed)


def loose(desk: Desk) -> tuple[LoosePage, ...]:
    """Give the scanned pages that wait for a person, as they lay in their batches."""
    with desk.store.reading() as transaction:
        return kept_papers.loose_pages(transaction)


def page_picture(desk: Desk, page: str) -> bytes:
    """Draw a waiting page large, as a PNG; raises Refused NO_PAGE where there is none."""
    from loanstore.paper.rendering import draw_pages

    with desk.store.reading() as transaction:
        content = kept_papers.loose_page(transaction, page)
    if content is None:
        raise Refused("NO_PAGE", value=page)
    return draw_pages(content)[0]


def assign(desk: Desk, pages: Sequence[str], named: str) -> Done[str]:
    """File waiting pages, in this order, as the signed paper of an agreement; give its code.

    Raises Refused NO_PAGE, NO_AGREEMENT, or ALREADY_SIGNED.
    """
    from loanstore.paper.joining import join

    with desk.store.reading() as transaction:
        identity = freezing.identity_of(transaction, named)
    if identity is None or not pages:
        raise Refused("NO_AGREEMENT" if pages else "NO_PAGE", value=named)
    freezing.frozen_paper(desk, identity)
    with desk.gesturing() as (transaction, gesture):
        contents = [kept_papers.loose_page(transaction, page) for page in pages]
        found = [content for content in contents if content is not None]
        if len(found) != len(pages):
            raise Refused("NO_PAGE", value=", ".join(pages))
        agreement = lookups.agreement(transaction, identity)
        state = agreement_lists.signing_of(transaction, identity)
        if agreement is None or state is None:
            raise Refused("NO_AGREEMENT", value=named)
        if state.signed is not None:
            raise Refused("ALREADY_SIGNED", code=agreement.code, role=", ".join(s.role for s in state.signatures))
        _sign(transaction, gesture, identity, join(found))
        for page in pages:
            kept_papers.drop_page(transaction, page)
        return Done(agreement.code, frozenset({Changed.LOANS}))


def put_back(transaction: Transaction, gesture: Gesture, agreement: str) -> int:
    """Put the pages of a scan that was filed with the wrong agreement back among those that wait; give how many."""
    from loanstore.paper import batches

    paper = kept_papers.newest(transaction, agreement, (SCANNED, SEALED))
    if paper is None:
        return 0
    pages = batches.read_pages(paper.content)
    for page in pages:
        alone = batches.split(paper.content, [ScannedPage(page.number, page.codes)])
        why, batch = Left.WITHDRAWN.value, paper.hash[:36]
        waiting = LoosePage(gesture.new_id(), batch, page.number, why, page.codes, gesture.at, page.thumbnail, alone)
        kept_papers.keep_page(transaction, waiting)
    kept_papers.erase(transaction, paper.id)
    return len(pages)


def dismiss(desk: Desk, pages: Sequence[str]) -> Done[int]:
    """Erase waiting pages that are nobody's; give how many there were."""
    with desk.store.writing() as transaction:
        there = {page.id for page in kept_papers.loose_pages(transaction)}
        going = [page for page in pages if page in there]
        for page in going:
            kept_papers.drop_page(transaction, page)
    return Done(len(going), frozenset({Changed.LOANS}))


def _plan(desk: Desk, transaction: Transaction, batch: Batch) -> FilingPlan:
    counts: dict[str, int] = {}
    for page in batch.pages:
        for code in page.codes:
            counts[code] = counts.get(code, 0) + 1
    known = {code: found for code in counts if (found := _known(desk, transaction, code, counts[code])) is not None}
    return plan_filing(batch.pages, known)


def _known(desk: Desk, transaction: Transaction, code: str, count: int) -> Known | None:
    """Tell what a barcode names; a paper in large print has more pages than the frozen one."""
    found = lookups.by_form(transaction, codes.normalise(code))
    if not isinstance(found, AgreementFound):
        return None
    state = agreement_lists.signing_of(transaction, found.agreement)
    kept = kept_papers.frozen_of(transaction, found.agreement)
    pages = read_places(kept.places)[0] if kept is not None else count
    if kept is not None and count > pages:
        pages = _pages_in_large(desk, kept, count, pages)
    return Known(found.agreement, found.code, pages, signed=state is not None and state.signed is not None)


def _pages_in_large(desk: Desk, kept: KeptPaper, count: int, pages: int) -> int:
    from loanstore.paper.large_agreement import draw_large_agreement

    large = draw_large_agreement(read_paper(kept.drawn_from), fonts=papers.fonts(desk)).pages
    return large if count == large else pages


def _sign(transaction: Transaction, gesture: Gesture, agreement: str, pdf: bytes) -> None:
    """Keep a scanned paper and note that everybody signed on it who must and had not yet."""
    state = agreement_lists.signing_of(transaction, agreement)
    needs = state.needs if state is not None else ()
    done = {one.role for one in state.signatures} if state is not None else set()
    hash_ = kept_papers.hash_of(pdf)
    kept_papers.keep(transaction, KeptPaper(gesture.new_id(), agreement, SCANNED, hash_, gesture.at, pdf))
    roles = [role for role in needs if role not in done]
    body = {"roles": roles, "how": How.SCANNED.value, "paper": hash_}
    journal.append(transaction, gesture, [Draft(FactKind.SIGNED, agreement, body)])
    folding.change_agreement(transaction, agreement)
