"""The one transaction of an import: what it knows, what it counts, and how rows are matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.import_preview import Change, Taken
from loanstore.domain.import_rows import Rejected
from loanstore.domain.import_words import Meaning, Word, guess
from loanstore.storage import imports, lookups, registers
from loanstore.storage.store import take_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.import_rules import Record
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(slots=True)
class Result:
    """What an import has done so far; ``wrote`` tells whether anything at all was written."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    loans: int = 0
    refused: list[Rejected] = field(default_factory=list)
    words: dict[str, Word] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    wrote: bool = False


@dataclass(slots=True)
class ImportWork:
    """Everything an import's rows share. ``source`` tells where such files come from."""

    desk: Desk
    transaction: Transaction
    gesture: Gesture
    kind: str
    source: str
    said: dict[str, Meaning]
    result: Result = field(default_factory=Result)
    prefix: str = ""
    names: dict[str, list[str]] = field(default_factory=dict)

    def begin(self, records: Sequence[Record]) -> None:
        """Get ready: who is known by name, and what each word of the two columns means."""
        self.prefix = self.desk.rules(self.transaction).prefix
        self.names = imports.borrowers_by_name(self.transaction)
        before = {word: Meaning(text) for word, text in imports.word_meanings(self.transaction).items()}
        for name in ("location", "issued_to"):
            for record in records:
                word = record.values.get(name)
                if word:
                    self._count_word(word, before, is_location=name == "location")
        said = {word: meaning.value for word, meaning in self.said.items() if before.get(word) != meaning}
        imports.remember_words(self.transaction, said)

    def _count_word(self, word: str, before: Mapping[str, Meaning], *, is_location: bool) -> None:
        known = self.result.words.get(word)
        if known is not None:
            self.result.words[word] = Word(word, known.rows + 1, known.meaning, known.to)
            return
        named = self.borrower_named(word)
        meaning = self.said.get(word) or before.get(word)
        if meaning is None and named is not None:
            meaning = Meaning.SCHOOL if named.kind == "setting" else Meaning.PERSON
        to = named.code if named is not None and meaning in {Meaning.SCHOOL, Meaning.PERSON} else None
        self.result.words[word] = Word(word, 1, meaning or guess(word, is_location=is_location), to)

    def borrower_named(self, text: str) -> Borrower | None:
        """Find a borrower by code, URN or a name that only one has."""
        form = codes.normalise(text)
        owner = registers.owner_of(self.transaction, form) if form else None
        if owner is not None and owner[0] == "borrower":
            return lookups.borrower(self.transaction, owner[1])
        named = self.names.get(imports.fold_name(text), [])
        return lookups.borrower(self.transaction, named[0]) if len(named) == 1 else None

    def is_shared_name(self, text: str) -> bool:
        """Tell whether a text is no code and more than one borrower's name."""
        return self.borrower_named(text) is None and len(self.names.get(imports.fold_name(text), [])) > 1

    def note_write(self) -> str:
        """Note that something is written, the import itself first, and give its id."""
        if not self.result.wrote:
            self.result.wrote = True
            imports.begin(self.transaction, self.gesture.id, self.kind, self.source, self.gesture.at)
        return self.gesture.id

    def remember(self, owner: str, keys: Sequence[str], values: Mapping[str, str]) -> None:
        """Remember what a row became and what was written for it."""
        imports.remember(self.transaction, self.note_write(), self.source, owner, keys, values)

    def created(self, record: Record, *said: str) -> None:
        """Count a row that became something new; ``said`` are the pieces of its name."""
        self.result.created += 1
        self.result.taken.append(Taken(record.row, new=True, title=_title(said)))

    def updated(self, record: Record, said: Sequence[str], changes: Mapping[str, tuple[str, str]]) -> None:
        """Count a row that changed something; ``changes`` gives per field what stood there and what stands now."""
        self.result.updated += 1
        told = tuple(Change(name, before, after) for name, (before, after) in changes.items())
        self.result.taken.append(Taken(record.row, new=False, title=_title(said), changes=told))

    def refuse(self, record: Record, name: str | None, value: str, why: str, **facts: str | int) -> None:
        """Refuse a value, or with no ``name`` the row, for what the register says."""
        self.result.refused.append(Rejected(record.row, name, value, why, facts))

    def new_code(self) -> str:
        """Make a code of the store for what brings none."""
        while True:
            code = codes.make(self.prefix, take_numbers(self.transaction))
            if registers.owner_of(self.transaction, codes.normalise(code)) is None:
                return code


def _title(said: Sequence[str]) -> str:
    return " ".join(filter(None, said))
