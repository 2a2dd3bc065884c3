"""The two steps of an import that ask: which field each column is, and what each word means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from loanstore.domain.import_fields import ImportKind, fields_of, needed_fields
from loanstore.domain.import_headers import LEFT_OUT
from loanstore.domain.import_matching import as_pairs
from loanstore.domain.import_words import Meaning
from loanstore.i18n import _, ngettext
from loanstore.ui.choice_rows import ChoiceRows, Question
from loanstore.ui.labels import label
from loanstore.wording.import_fields import field_word, meaning_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.import_matching import MatchedColumn
    from loanstore.domain.import_words import Word
    from loanstore.operations.matching_columns import LookedInto
    from loanstore.ui.theme import Look

_LAST_LETTER = 26


class _ChoiceStep(QFrame):
    """A card with a title, words below it, and the rows of choices."""

    changed = Signal()

    def __init__(self, name: str, title: str, heads: tuple[str, str], look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        size = look.theme.size
        self.rows = ChoiceRows(name, heads, look)
        self._words = label("muted", wrap=True)
        self._trouble = label("late", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("strong", title))
        layout.addWidget(self._words)
        layout.addWidget(self._trouble)
        layout.addWidget(self.rows, 1)

    def text(self) -> str:
        """Give the words above the rows."""
        return f"{self._words.text()} {self._trouble.text()}".strip()


class ColumnsStep(_ChoiceStep):
    """Each column of the file with some of what it holds, and the field it is read as."""

    def __init__(self, look: Look) -> None:
        super().__init__("match", _("Which column is what?"), (_("In the file"), _("Is read as")), look)
        self._kind = ImportKind.INSTRUMENTS
        self._columns: list[MatchedColumn] = []
        self._claims: list[str | None] = []
        self._latest: list[int] = []
        self._touched = False
        self.rows.chosen.connect(self._chosen)

    @property
    def ready(self) -> bool:
        """Tell whether every field that is needed has its column."""
        return not self._missing()

    def show_columns(self, looked: LookedInto, kind: ImportKind) -> None:
        """Show the columns as they would be read."""
        self._kind, self._columns, self._touched = kind, list(looked.match.columns), looked.remembered
        self._claims = [one.field for one in self._columns]
        self._latest = []
        options = {LEFT_OUT: _("not read")} | {name: field_word(kind, name) for name in fields_of(kind)}
        self.rows.fill([self._question(one) for one in self._columns], options)
        self._words.setText(self._about(looked))
        self._say_trouble()

    def mapping(self) -> tuple[str, ...]:
        """Give the match as ``Their header=field`` texts; none where it was taken as it was proposed."""
        return as_pairs(self._columns) if self._touched else ()

    def _chosen(self, at: int, value: str) -> None:
        """Give a field to the column that asked for it last.

        A column from which it is taken gets it back when the other goes on: the arrow keys pass over every field
        on the way to the one that is meant.
        """
        self._claims[at] = None if value == LEFT_OUT else value
        self._latest = [*(one for one in self._latest if one != at), at]
        owners = {name: other for other, name in enumerate(self._claims) if name is not None}
        owners |= {name: one for one in self._latest if (name := self._claims[one]) is not None}
        for other, column in enumerate(self._columns):
            name = self._claims[other]
            field = name if name is not None and owners[name] == other else None
            if field != column.field:
                self._columns[other] = replace(column, field=field)
                self.rows.choose(other, field or LEFT_OUT)
        self._touched = True
        self._say_trouble()
        self.changed.emit()

    def _about(self, looked: LookedInto) -> str:
        said = [_("The headings stand in row {row}.").format(row=looked.match.row)]
        if looked.remembered:
            said.append(_("Matched as you did when such a list last came."))
        if looked.other_sheets:
            said.append(_("Only the first sheet is read, not: {sheets}.").format(sheets=", ".join(looked.other_sheets)))
        return " ".join(said)

    def _question(self, one: MatchedColumn) -> Question:
        title = one.heading or _("Column {letter}, no heading").format(letter=_letter(one.column))
        detail = ", ".join(one.samples) or _("nothing in it")
        if one.again:
            detail = _("the same heading stands further left: {samples}").format(samples=detail)
        asks = _("“{heading}” is read as").format(heading=title)
        return Question(title, detail, asks, one.field or LEFT_OUT, bool(one.heading) and not one.again)

    def _missing(self) -> list[str]:
        matched = {one.field for one in self._columns}
        return [name for name in needed_fields(self._kind) if name not in matched]

    def _say_trouble(self) -> None:
        missing = [field_word(self._kind, name) for name in self._missing()]
        said = _("Still to be matched: {fields}. Without that nothing can be read.").format(fields=", ".join(missing))
        self._trouble.setText(said if missing else "")
        self._trouble.setVisible(bool(missing))


class WordsStep(_ChoiceStep):
    """Each different word of the place and issued-to columns, and what it means."""

    def __init__(self, look: Look) -> None:
        super().__init__("word", _("What do these words mean?"), (_("In the file"), _("Means")), look)
        self._asked: tuple[Word, ...] = ()
        self._trouble.hide()
        self._words.setText(
            _("They stand where things are kept or who has them. What you say is remembered for the next list.")
        )

    def show_words(self, words: Sequence[Word], said: Mapping[str, Meaning]) -> None:
        """Show the words with what they were taken for, or were said to mean just now."""
        self._asked = tuple(words)
        options = {meaning.value: meaning_word(meaning) for meaning in Meaning}
        self.rows.fill([self._question(one) for one in self._asked], options)
        for at, one in enumerate(self._asked):
            self.rows.choose(at, said.get(one.word, one.meaning).value)

    def said(self) -> dict[str, Meaning]:
        """Give the words that a person gave another meaning than the one proposed."""
        chosen = zip(self._asked, self.rows.values(), strict=True)
        return {one.word: Meaning(value) for one, value in chosen if one.meaning.value != value}

    def _question(self, one: Word) -> Question:
        detail = ngettext("in {n} row", "in {n} rows", one.rows).format(n=one.rows)
        if one.to:
            detail = _("{rows}, known as {code}").format(rows=detail, code=one.to)
        asks = _("“{word}” is").format(word=one.word)
        return Question(one.word, detail, asks, one.meaning.value)


def _letter(column: int) -> str:
    """Give a column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    head, tail = divmod(column, _LAST_LETTER)
    return (_letter(head - 1) if head else "") + chr(ord("A") + tail)
