"""Proving the papers: each is what its hash says, each hash is in the journal, and no text or paper was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.facts import FactKind
from loanstore.storage import journal, kept_papers, wordings
from loanstore.storage.verifying import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.storage.transaction import Transaction

_PAPERS = (FactKind.PAPER_FROZEN, FactKind.SIGNED, FactKind.PAPER_SEALED)


def check_papers(transaction: Transaction) -> Iterator[Difference]:
    """Hold every kept paper and text against the hashes in the journal.

    A paper may be erased, for it names people; what is there must be what was frozen, signed or sealed. A text
    names nobody and must be there.
    """
    said = {kind: journal.facts_of_kind(transaction, kind) for kind in _PAPERS}
    known = {str(fact.body["paper"]) for facts in said.values() for fact in facts}
    for identity, hash_, there in kept_papers.hashes(transaction):
        if there != hash_:
            yield Difference("papers", identity, f"content with the hash {there}", hash_)
        elif hash_ not in known:
            yield Difference("papers", identity, "a paper that no fact names", "no such paper")
    texts = dict(wordings.texts(transaction))
    for hash_, there in texts.items():
        if hash_ != there:
            yield Difference("wording_texts", hash_, f"a text with the hash {there}", hash_)
    saved = journal.facts_of_kind(transaction, FactKind.WORDING_SAVED)
    named = {str(fact.body["text"]) for fact in saved}
    named |= {str(fact.body["wording"]) for fact in said[FactKind.PAPER_FROZEN]}
    for hash_ in sorted(named - texts.keys()):
        yield Difference("wording_texts", hash_, "no such text", "a text")
