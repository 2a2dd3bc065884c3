"""The store's own wording: every save a version, held by its hash; what is wrong with a draft, and what changed."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.agreements import PLACEHOLDERS, AgreementText, from_table
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.facts import FactKind
from loanstore.domain.loans import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact

KEYS: Final = ("setting", "class_set", "teacher", "ensemble", "hirer_charged", "hirer_free")
"""The kinds of contract that have a text of their own."""

_OF_LOAN: Final = {
    "class set": "class_set",
    "teacher": "teacher",
    "ensemble": "ensemble",
    "hire, charged": "hirer_charged",
    "hire, free": "hirer_free",
}
_OF_BORROWER: Final = {
    BorrowerKind.SETTING: "setting",
    BorrowerKind.TEACHER: "teacher",
    BorrowerKind.ENSEMBLE: "ensemble",
    BorrowerKind.HIRER: "hirer_free",
}

MOST_CLAUSES: Final = 60
MOST_WORDS: Final = 1_500
"""In one clause; what is longer is a booklet, not a clause."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Wording:
    """One saved version of a text: ``text`` is the hash of what it says, ``number`` its version, ``saved`` UTC."""

    id: str
    key: str
    number: int
    text: str
    saved: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where: ``clause`` counts from 1 (0 is the title or the words to sign), ``second`` in which text.

    ``what`` is one of: unknown (``word`` is no placeholder), braces, empty, long, many, language.
    """

    what: str
    clause: int = 0
    word: str = ""
    second: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: ``mark`` is ``+`` for new, ``-`` for gone, a blank for what stayed."""

    mark: str
    text: str


def key_for(loan_kind: str, borrower: BorrowerKind) -> str:
    """Tell which text a loan of that kind to such a borrower is agreed on."""
    return _OF_LOAN.get(loan_kind) or _OF_BORROWER[borrower]


def fold_wording(identity: str, facts: Iterable[Fact]) -> Wording | None:
    """Fold all standing facts about one saved version; None where it was undone."""
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.WORDING_SAVED:
            body = fact.body
            return Wording(identity, str(body["key"]), int(str(body["number"])), str(body["text"]), fact.happened)
    return None


def canonical_text(text: AgreementText) -> str:
    """Write a text as canonical JSON, so that equal texts have equal hashes."""
    return json.dumps(asdict(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read_canonical(written: str) -> AgreementText:
    """Read a text as ``canonical_text`` writes it."""
    table: dict[str, Any] = json.loads(written)
    return from_table(table)


def write_toml(text: AgreementText) -> str:
    """Write a text as the shipped ones are written, to be edited with any editor; ``agreements.read_text`` reads it."""
    quote = _quoted
    lines = [f"key = {quote(text.key)}", f"title = {quote(text.title)}", f"version = {quote(text.version)}"]
    for name, words in (("signs", text.signs), ("roles", text.roles), ("needs", text.needs)):
        lines.append(f"{name} = [{', '.join(quote(str(word)) for word in words)}]")
    for clause in text.clauses:
        lines += ["", "[[clauses]]", f"title = {quote(clause.title)}", f"body = {quote(clause.body)}"]
    second = text.second
    if second is not None:
        lines += ["", "[second]", f"language = {quote(second.language)}", f"title = {quote(second.title)}"]
        lines.append(f"beside = {'true' if second.beside else 'false'}")
        for clause in second.clauses:
            lines += ["", "[[second.clauses]]", f"title = {quote(clause.title)}", f"body = {quote(clause.body)}"]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    # What JSON escapes, TOML escapes alike; the one control character that JSON lets stand is dropped.
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)


def hash_of(text: str) -> str:
    """Take the SHA-256 of a text as it is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def faults(text: AgreementText) -> tuple[Fault, ...]:
    """Say everything that is wrong with a draft, from the top down; nothing is an empty answer."""
    found = [fault for part in (text.title, *text.signs) for fault in _faults_of(part, 0)]
    if not text.title.strip() or not text.signs or not all(sign.strip() for sign in text.signs):
        found.append(Fault("empty"))
    found += _clauses_of(text, second=False)
    if text.second is not None:
        if not _LANGUAGE.fullmatch(text.second.language):
            found.append(Fault("language", 0, text.second.language, second=True))
        found += _faults_of(text.second.title, 0, second=True)
        found += _clauses_of(text, second=True)
    return tuple(found)


def _clauses_of(text: AgreementText, *, second: bool) -> list[Fault]:
    clauses = text.second.clauses if second and text.second is not None else text.clauses
    found = [] if clauses else [Fault("empty", 1, second=second)]
    if len(clauses) > MOST_CLAUSES:
        found.append(Fault("many", MOST_CLAUSES + 1, second=second))
    for number, clause in enumerate(clauses, 1):
        for part in (clause.title, clause.body):
            found += _faults_of(part, number, second=second)
        if not clause.title.strip() or not clause.body.strip():
            found.append(Fault("empty", number, second=second))
        if len(clause.body.split()) > MOST_WORDS:
            found.append(Fault("long", number, second=second))
    return found


def _faults_of(part: str, clause: int, *, second: bool = False) -> list[Fault]:
    try:
        pieces = list(Formatter().parse(part))
    except ValueError:
        return [Fault("braces", clause, second=second)]
    named = [(name, spec, how) for _before, name, spec, how in pieces if name is not None]
    wrong = [name for name, spec, how in named if name not in PLACEHOLDERS or spec or how]
    return [Fault("unknown", clause, name, second) for name in wrong]


def compare(old: AgreementText, new: AgreementText) -> tuple[Line, ...]:
    """Set one version against another, line by line, with what stayed between what changed."""
    rows = difflib.ndiff(_as_lines(old), _as_lines(new))
    return tuple(Line(row[0], row[2:]) for row in rows if row[0] != "?")


def _as_lines(text: AgreementText) -> list[str]:
    lines = [text.title, *(line for c in text.clauses for line in (c.title, c.body)), *text.signs]
    second = text.second
    if second is not None:
        lines += [f"[{second.language}] {second.title}", *(line for c in second.clauses for line in (c.title, c.body))]
    return lines
