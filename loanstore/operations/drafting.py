"""The wording of agreements: which text stands, its versions, a draft looked at as the real page, and saving one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from loanstore.domain.agreements import AgreementPaper, AgreementText, Party, ScheduleItem, read_text
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.wordings import KEYS, canonical_text, compare, faults, read_canonical
from loanstore.operations.desk import Changed, Done
from loanstore.storage import aggregates, agreement_lists, journal, wordings

if TYPE_CHECKING:
    from loanstore.domain.wordings import Line
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

SHIPPED: Final = ""
"""What stands for the day of a text that came with the program."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text: its number and when it was saved (UTC; empty for the shipped one)."""

    number: int
    saved: str


def shipped_text(desk: Desk, key: str) -> AgreementText:
    """Give the text that came with the program; raises Refused NO_TEXT where there is none of that name."""
    if key not in KEYS:
        raise Refused("NO_TEXT", value=key, known=KEYS)
    return read_text((desk.resources / "agreements" / f"{key}.toml").read_text("utf-8"))


def versions(desk: Desk, key: str) -> tuple[Version, ...]:
    """Give every version of a text, the newest first."""
    shipped = shipped_text(desk, key)
    with desk.store.reading() as transaction:
        saved = wordings.versions(transaction, key)
    return (*(Version(one.number, one.saved) for one in reversed(saved)), Version(int(shipped.version), SHIPPED))


def text(desk: Desk, key: str, number: int | None = None) -> AgreementText:
    """Give a version of a text, the one that stands where none is named; raises Refused where there is none."""
    with desk.store.reading() as transaction:
        return _text(desk, transaction, key, number)


def comparison(desk: Desk, key: str, old: int, new: int) -> tuple[Line, ...]:
    """Set one version of a text against another."""
    with desk.store.reading() as transaction:
        return compare(_text(desk, transaction, key, old), _text(desk, transaction, key, new))


def save(desk: Desk, draft: AgreementText) -> Done[Version]:
    """Save a draft as the next version of its text; agreements made before keep theirs.

    Raises Refused TEXT_FAULTY where something is wrong with it, TEXT_UNCHANGED where it says what the last one does.
    """
    shipped = shipped_text(desk, draft.key)
    wrong = faults(draft)
    if wrong:
        raise Refused("TEXT_FAULTY", n=len(wrong), clause=wrong[0].clause, word=wrong[0].word or wrong[0].what)
    with desk.gesturing() as (transaction, gesture):
        last = wordings.newest(transaction, draft.key)
        standing = _text(desk, transaction, draft.key, None)
        if replace(draft, version=standing.version) == standing:
            raise Refused("TEXT_UNCHANGED", text=draft.key, version=standing.version)
        number = max(int(shipped.version), last.number if last is not None else 0) + 1
        written = wordings.keep_text(transaction, canonical_text(replace(draft, version=str(number))))
        body = {"key": draft.key, "number": number, "text": written}
        identity = gesture.new_id()
        journal.append(transaction, gesture, [Draft(FactKind.WORDING_SAVED, identity, body)])
        aggregates.refold(transaction, aggregates.named("wording"), identity)
        return Done(Version(number, gesture.at), frozenset({Changed.SETTINGS}))


def standing_hash(transaction: Transaction, key: str) -> str | None:
    """Give the hash of the saved text that stands; None where the shipped one does."""
    last = wordings.newest(transaction, key)
    return last.text if last is not None else None


def pinned_text(desk: Desk, transaction: Transaction, agreement: str, key: str) -> AgreementText:
    """Give the very text that an agreement was made on; where it pins none, the one that stands."""
    signing = agreement_lists.signing_of(transaction, agreement)
    written = wordings.text_of(transaction, signing.wording) if signing is not None and signing.wording else None
    return read_canonical(written) if written is not None else _text(desk, transaction, key, None)


def preview(desk: Desk, draft: AgreementText, *, large: bool = False) -> tuple[bytes, ...]:
    """Draw a draft as the real page with made-up names, page by page as PNG.

    Raises Refused TEXT_FAULTY where a word in braces can't be filled in, NO_GLYPH where a letter can't be drawn.
    """
    from loanstore.paper.agreement import draw_to_sign
    from loanstore.paper.large_agreement import draw_large_agreement
    from loanstore.paper.rendering import draw_pages

    wrong = [fault for fault in faults(draft) if fault.what in {"unknown", "braces"}]
    if wrong:
        raise Refused("TEXT_FAULTY", n=len(wrong), clause=wrong[0].clause, word=wrong[0].word or wrong[0].what)
    with desk.store.reading() as transaction:
        owner = desk.known_rules(transaction).owner
    draw = draw_large_agreement if large else draw_to_sign
    drawn = draw(_sample(desk, draft, owner), fonts=desk.resources / "fonts")
    return draw_pages(drawn.pdf)


def _sample(desk: Desk, draft: AgreementText, owner: str) -> AgreementPaper:
    today = desk.today()
    item = ScheduleItem("CM000000", "Violin 3/4", "Made-up", "Student", "SN 1234", ("bow", "rosin"), "good", 16_500)
    return AgreementPaper(
        code="",
        owner=Party(owner),
        borrower=Party("Sam Example", ("1 Example Lane", "Example Town")),
        player="Alex Example",
        school="Example School",
        items=(item,),
        out=today,
        due=today + timedelta(days=100),
        made=today,
        text=draft,
    )


def _text(desk: Desk, transaction: Transaction, key: str, number: int | None) -> AgreementText:
    shipped = shipped_text(desk, key)
    saved = wordings.versions(transaction, key)
    wanted = number if number is not None else (saved[-1].number if saved else int(shipped.version))
    found = next((one for one in reversed(saved) if one.number == wanted), None)
    if found is not None:
        written = wordings.text_of(transaction, found.text)
        if written is not None:
            return read_canonical(written)
    if wanted == int(shipped.version):
        return shipped
    raise Refused("NO_TEXT", value=f"{key} {wanted}", known=KEYS)
