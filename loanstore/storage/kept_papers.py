"""Papers that are kept: frozen and signed PDFs of agreements, signatures' strokes, scanned pages, the store's seal."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from loanstore.storage.agreement_tables import LoosePageRow, PaperRow, SealRow, StrokesRow
from loanstore.storage.tables import FactRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loanstore.domain.signatures import Stroke
    from loanstore.storage.transaction import Transaction

FROZEN: Final = "frozen"
SIGNED: Final = "signed"
SCANNED: Final = "scanned"
SEALED: Final = "sealed"
"""The kinds of paper."""


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A paper of an agreement; ``drawn_from`` and ``places`` are JSON, empty for all but a frozen one."""

    id: str
    agreement: str
    kind: str
    hash: str
    made: str
    content: bytes
    drawn_from: str = ""
    places: str = ""


@dataclass(frozen=True, slots=True)
class LoosePage:
    """A scanned page that waits for a person: the batch it came with, its number there, why, and itself small."""

    id: str
    batch: str
    number: int
    why: str
    codes: tuple[str, ...]
    at: str
    thumbnail: bytes
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Seal:
    """The store's certificate and its private key, both as DER."""

    id: str
    made: str
    certificate: bytes
    key: bytes


_COLUMNS: Final = (
    PaperRow.id,
    PaperRow.agreement,
    PaperRow.kind,
    PaperRow.hash,
    PaperRow.made,
    PaperRow.content,
    PaperRow.drawn_from,
    PaperRow.places,
)
_PAGE_COLUMNS: Final = (
    LoosePageRow.id,
    LoosePageRow.batch,
    LoosePageRow.number,
    LoosePageRow.why,
    LoosePageRow.codes,
    LoosePageRow.at,
    LoosePageRow.thumbnail,
)


def hash_of(content: bytes) -> str:
    """Take the SHA-256 of a paper."""
    return hashlib.sha256(content).hexdigest()


def keep(transaction: Transaction, paper: KeptPaper) -> None:
    """Keep a paper."""
    row = {name: getattr(paper, name) or None for name in KeptPaper.__slots__}
    transaction.execute(insert(PaperRow).values(row))


def newest(transaction: Transaction, agreement: str, kinds: Sequence[str]) -> KeptPaper | None:
    """Give the newest paper of one of these kinds of an agreement; None where there is none, or it was erased."""
    statement = select(*_COLUMNS).where(PaperRow.agreement == agreement, PaperRow.kind.in_(kinds))
    rows = transaction.execute(statement.order_by(PaperRow.made.desc(), PaperRow.id.desc()).limit(1))
    return _paper(rows[0]) if rows else None


def frozen_of(transaction: Transaction, agreement: str) -> KeptPaper | None:
    """Give the frozen PDF of an agreement with what it was drawn from."""
    return newest(transaction, agreement, (FROZEN,))


def by_hash(transaction: Transaction, hash_: str) -> KeptPaper | None:
    """Give the paper of that hash."""
    rows = transaction.execute(select(*_COLUMNS).where(PaperRow.hash == hash_).limit(1))
    return _paper(rows[0]) if rows else None


def hashes(transaction: Transaction) -> Iterator[tuple[str, str, str]]:
    """Give each paper as (id, the hash it is kept under, the hash of what is there), one read at a time."""
    for identity, said in transaction.execute(select(PaperRow.id, PaperRow.hash).order_by(PaperRow.id)):
        rows = transaction.execute(select(PaperRow.content).where(PaperRow.id == identity))
        yield identity, said, hash_of(bytes(rows[0][0]))


def erase(transaction: Transaction, identity: str) -> None:
    """Erase one paper."""
    transaction.execute(delete(PaperRow).where(PaperRow.id == identity))


def erase_of(transaction: Transaction, agreement: str) -> None:
    """Erase every paper of an agreement, and the strokes it was signed with; the journal keeps the hashes."""
    about = select(FactRow.id).where(FactRow.subject == agreement)
    transaction.execute(delete(StrokesRow).where(StrokesRow.fact.in_(about)))
    transaction.execute(delete(PaperRow).where(PaperRow.agreement == agreement))


def keep_strokes(transaction: Transaction, fact: str, strokes: Sequence[Stroke]) -> None:
    """Keep a signature's strokes under its fact."""
    transaction.execute(insert(StrokesRow).values(fact=fact, strokes=json.dumps(strokes)))


def strokes_of(transaction: Transaction, fact: str) -> tuple[Stroke, ...]:
    """Give a signature's strokes; none where it was not made on the pad, or was erased."""
    rows = transaction.execute(select(StrokesRow.strokes).where(StrokesRow.fact == fact))
    found = json.loads(rows[0][0]) if rows else []
    return tuple(tuple((x, y) for x, y in stroke) for stroke in found)


def keep_page(transaction: Transaction, page: LoosePage) -> None:
    """Keep a scanned page for a person to look at."""
    row = {name: getattr(page, name) for name in LoosePage.__slots__}
    transaction.execute(insert(LoosePageRow).values({**row, "codes": json.dumps(page.codes)}))


def loose_pages(transaction: Transaction) -> tuple[LoosePage, ...]:
    """Give the pages that wait, as they lay in their batches, without what is on them in full."""
    rows = transaction.execute(select(*_PAGE_COLUMNS).order_by(LoosePageRow.batch, LoosePageRow.number))
    return tuple(
        LoosePage(row[0], row[1], row[2], row[3], tuple(json.loads(row[4])), row[5], bytes(row[6])) for row in rows
    )


def loose_page(transaction: Transaction, identity: str) -> bytes | None:
    """Give a waiting page in full, as a PDF; None where there is none."""
    rows = transaction.execute(select(LoosePageRow.content).where(LoosePageRow.id == identity))
    return bytes(rows[0][0]) if rows else None


def drop_page(transaction: Transaction, identity: str) -> None:
    """Erase a scanned page that waited."""
    transaction.execute(delete(LoosePageRow).where(LoosePageRow.id == identity))


def seals(transaction: Transaction) -> tuple[Seal, ...]:
    """Give every seal the store has had, the newest last."""
    columns = (SealRow.id, SealRow.made, SealRow.certificate, SealRow.key)
    return tuple(Seal(*row) for row in transaction.execute(select(*columns).order_by(SealRow.made, SealRow.id)))


def keep_seal(transaction: Transaction, seal: Seal) -> None:
    """Keep a new seal."""
    transaction.execute(insert(SealRow).values({name: getattr(seal, name) for name in Seal.__slots__}))


def _paper(row: Sequence[object]) -> KeptPaper:
    texts = [str(cell) for cell in row[:5]]
    content = row[5]
    if not isinstance(content, bytes):
        raise TypeError(type(content).__name__)
    return KeptPaper(texts[0], texts[1], texts[2], texts[3], texts[4], content, str(row[6] or ""), str(row[7] or ""))
