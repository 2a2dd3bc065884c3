"""Sealing signed agreements with the store's own certificate, behind the desk's back; and checking a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import instant
from loanstore.operations.desk import Changed, Done
from loanstore.storage import agreement_lists, folding, journal, kept_papers
from loanstore.storage.kept_papers import SCANNED, SEALED, SIGNED, KeptPaper, Seal

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.operations.desk import Desk

LARGEST: Final = 100_000_000
"""Bytes of a file that is looked at; an agreement is a thousandth of it."""


class Verdict(StrEnum):
    """What a file turned out to be."""

    SEALED = "as it was sealed here"
    FROZEN = "as it was printed here, not signed"
    CHANGED = "changed since it was sealed here"
    OTHER = "sealed, but not by this store"
    UNSEALED = "not sealed"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed paper under the store's seal, made while others write, to be kept in a moment."""

    agreement: str
    before: KeptPaper
    pdf: bytes
    seal: Seal


@dataclass(frozen=True, slots=True)
class FileChecked:
    """What a file is, and which agreement's; an empty code where that is not known."""

    verdict: Verdict
    agreement: str


def seal_waiting(desk: Desk) -> Done[int]:
    """Seal every signed agreement that bears no seal yet, and say how many."""
    return keep_sealed(desk, make_seals(desk))


def make_seals(desk: Desk, most: int | None = None) -> tuple[Sealed, ...]:
    """Seal signed papers without keeping them yet: the slow half, which needs no turn at the store.

    The store's certificate is made with the first one.
    """
    with desk.store.reading() as transaction:
        waiting = agreement_lists.not_sealed(transaction)[:most]
        found = [(one, kept_papers.newest(transaction, one, (SIGNED, SCANNED))) for one in waiting]
        seals = kept_papers.seals(transaction)
        owner = desk.known_rules(transaction).owner
    signed = [(one, paper) for one, paper in found if paper is not None]
    if not signed:
        return ()
    from loanstore.paper import sealing

    now = desk.now()
    mine = seals[-1] if seals else Seal(desk.new_id(), instant(now), *sealing.make_certificate(owner, now))
    return tuple(
        Sealed(one, paper, sealing.seal(paper.content, mine.certificate, mine.key), mine) for one, paper in signed
    )


def keep_sealed(desk: Desk, made: tuple[Sealed, ...]) -> Done[int]:
    """Keep sealed papers: what was signed anew meanwhile is left for the next time."""
    if not made:
        return Done(0)
    count = 0
    with desk.gesturing() as (transaction, gesture):
        known = {seal.id for seal in kept_papers.seals(transaction)}
        for one in made:
            newest = kept_papers.newest(transaction, one.agreement, (SIGNED, SCANNED))
            state = agreement_lists.signing_of(transaction, one.agreement)
            stale = newest is None or newest.id != one.before.id
            if stale or state is None or state.signed is None or state.sealed is not None:
                continue
            if one.seal.id not in known:
                kept_papers.keep_seal(transaction, one.seal)
                known.add(one.seal.id)
            hash_ = kept_papers.hash_of(one.pdf)
            kept_papers.keep(transaction, KeptPaper(desk.new_id(), one.agreement, SEALED, hash_, gesture.at, one.pdf))
            # The sealed paper begins with the signed one, byte for byte: one copy is enough.
            kept_papers.erase(transaction, one.before.id)
            body = {"paper": hash_, "of": one.before.hash, "length": len(one.before.content), "seal": one.seal.id}
            journal.append(transaction, gesture, [Draft(FactKind.PAPER_SEALED, one.agreement, body)])
            folding.change_agreement(transaction, one.agreement)
            count += 1
    return Done(count, frozenset({Changed.LOANS}) if count else frozenset())


def check_file(desk: Desk, file: Path) -> FileChecked:
    """Say whether a PDF is as it was sealed here; raises FileUnusable where it can't be read."""
    from loanstore.paper.sealing import read_seal

    content = read_whole(file)
    hash_ = kept_papers.hash_of(content)
    with desk.store.reading() as transaction:
        known = {
            said: (line.code, line.signing)
            for line in agreement_lists.agreements(transaction)
            for said in (line.signing.paper, line.signing.sealed)
            if said is not None
        }
        certificates = [seal.certificate for seal in kept_papers.seals(transaction)]
    code, signing = known.get(hash_, ("", None))
    found = read_seal(content, certificates)
    if signing is not None and signing.paper == hash_:
        return FileChecked(Verdict.FROZEN, code)
    if found.good:
        return FileChecked(Verdict.SEALED, code)
    if found.there:
        return FileChecked(Verdict.CHANGED if found.ours else Verdict.OTHER, code)
    return FileChecked(Verdict.UNSEALED, code)


def read_whole(file: Path) -> bytes:
    """Read a file that was named; raises FileUnusable FILE_MISSING, FILE_TOO_LARGE or FILE_UNREADABLE."""
    try:
        if file.stat().st_size > LARGEST:
            raise FileUnusable("SCAN_TOO_LARGE", file=file.name, most=LARGEST // 1_000_000)
        return file.read_bytes()
    except FileNotFoundError:
        raise FileUnusable("FILE_MISSING", file=file.name) from None
    except OSError as error:
        raise FileUnusable("FILE_UNREADABLE", file=file.name, reason=error.strerror or str(error)) from None
