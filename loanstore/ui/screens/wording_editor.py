"""Editing a text: its title, its clauses one at a time, the words over the boxes to sign, and a second language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QListWidget, QPlainTextEdit, QVBoxLayout

from loanstore.domain.agreements import PLACEHOLDERS, AgreementText, Clause, Translation
from loanstore.i18n import _
from loanstore.ui.choices import choice
from loanstore.ui.flow import flow_of
from loanstore.ui.labels import button, label, named
from loanstore.wording.agreements import role_word

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loanstore.ui.theme import Look

BESIDE, AFTER = "beside", "after"
_MOST_SIGNS = 4


class WordingEditor(QFrame):
    """The text as it is being written; ``changed`` tells of every keystroke."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._text: AgreementText | None = None
        self._clauses: list[Clause] = []
        self._second: list[Clause] = []
        self._filling = False
        size = look.theme.size
        self.title = named(QLineEdit(), "wordingTitle", _("Title"))
        self.clauses = named(QListWidget(), "wordingClauses", _("Clauses"))
        self.clauses.setMinimumHeight(size("least_table"))
        self.clauses.setMaximumHeight(size("least_table") + size("row"))
        self.heading = named(QLineEdit(), "clauseTitle", _("Title of the clause"))
        self.body = _box("clauseBody", _("Words of the clause"), size("clause_box"))
        self.insert = choice("insertPlaceholder", _("Insert what the program fills in"))
        self.insert.addItem(_("Insert …"), "")
        for name in sorted(PLACEHOLDERS):
            self.insert.addItem(f"{{{name}}}", name)
        self.language = named(QLineEdit(), "secondLanguage", _("Second language, such as pl or ur; empty for none"))
        self.language.setPlaceholderText(_("none"))
        ways = [(_("beside the English"), BESIDE), (_("after the English"), AFTER)]
        self.way = choice("secondWay", _("Where the second language stands"), ways)
        self.second_title = named(QLineEdit(), "secondTitle", _("Title in the second language"))
        self.second_heading = named(QLineEdit(), "secondClauseTitle", _("Clause title in the second language"))
        self.second_body = _box("secondClauseBody", _("Clause in the second language"), size("clause_box"))
        self.signs = [
            named(QLineEdit(), f"wordingSign-{n}", _("Words over box {n}").format(n=n + 1)) for n in range(_MOST_SIGNS)
        ]
        self._sign_labels = [label("muted") for _n in range(_MOST_SIGNS)]
        self._lay_out(size("gutter"), size("s2"))
        self._connect()

    def show_text(self, text: AgreementText) -> None:
        """Begin with a text."""
        self._filling = True
        self._text = text
        self._clauses = list(text.clauses)
        second = text.second
        self._second = list(second.clauses) if second is not None else []
        self.title.setText(text.title)
        self.language.setText(second.language if second is not None else "")
        self.way.setCurrentIndex(0 if second is None or second.beside else 1)
        self.second_title.setText(second.title if second is not None else "")
        for at, field in enumerate(self.signs):
            there = at < len(text.signs)
            field.setVisible(there)
            self._sign_labels[at].setVisible(there)
            field.setText(text.signs[at] if there else "")
            self._sign_labels[at].setText(role_word(text.roles[at]) if there else "")
        self._list(0)
        self._filling = False
        self._show_clause(0)
        self._show_second()
        self.changed.emit()

    def draft(self) -> AgreementText | None:
        """Give the text as it stands now; None before any was shown."""
        if self._text is None:
            return None
        language = self.language.text().strip()
        second = None
        if language:
            rows = [*self._second, *(Clause("", "") for _n in range(len(self._clauses) - len(self._second)))]
            clauses = tuple(rows[: len(self._clauses)])
            beside = self.way.currentData() == BESIDE
            second = Translation(language, self.second_title.text(), clauses, beside)
        signs = tuple(field.text() for field in self.signs[: len(self._text.signs)])
        title = self.title.text()
        return replace(self._text, title=title, clauses=tuple(self._clauses), signs=signs, second=second)

    def go_to(self, clause: int) -> None:
        """Go to a clause, counted from 1; 0 is the title."""
        if clause == 0:
            self.title.setFocus()
        elif clause <= len(self._clauses):
            self.clauses.setCurrentRow(clause - 1)
            self.body.setFocus()

    def add_clause(self) -> None:
        """Add an empty clause behind the one that is shown."""
        at = self.clauses.currentRow() + 1
        self._clauses.insert(at, Clause("", ""))
        if at <= len(self._second):
            self._second.insert(at, Clause("", ""))
        self._list(at)
        self.heading.setFocus()
        self.changed.emit()

    def remove_clause(self) -> None:
        """Remove the clause that is shown."""
        at = self.clauses.currentRow()
        if 0 <= at < len(self._clauses):
            del self._clauses[at]
            del self._second[at : at + 1]
            self._list(min(at, len(self._clauses) - 1))
            self.changed.emit()

    def move_clause(self, by: int) -> None:
        """Move the clause that is shown up or down."""
        at = self.clauses.currentRow()
        to = at + by
        if 0 <= at < len(self._clauses) and 0 <= to < len(self._clauses):
            for rows in (self._clauses, self._second):
                if max(at, to) < len(rows):
                    rows[at], rows[to] = rows[to], rows[at]
            self._list(to)
            self.changed.emit()

    def _list(self, at: int) -> None:
        self.clauses.blockSignals(True)
        self.clauses.clear()
        self.clauses.addItems([_row(number, clause) for number, clause in enumerate(self._clauses, 1)])
        self.clauses.setCurrentRow(at)
        self.clauses.blockSignals(False)
        self._show_clause(at)

    def _show_clause(self, at: int) -> None:
        self._filling = True
        there = 0 <= at < len(self._clauses)
        clause = self._clauses[at] if there else Clause("", "")
        other = self._second[at] if 0 <= at < len(self._second) else Clause("", "")
        self.heading.setText(clause.title)
        self.body.setPlainText(clause.body)
        self.second_heading.setText(other.title)
        self.second_body.setPlainText(other.body)
        for one in (self.heading, self.body, self.second_heading, self.second_body):
            one.setEnabled(there)
        self._filling = False

    def _written(self) -> None:
        """Take what was typed into the clause that is shown."""
        at = self.clauses.currentRow()
        if self._filling:
            return
        if 0 <= at < len(self._clauses):
            self._clauses[at] = Clause(self.heading.text(), " ".join(self.body.toPlainText().split()))
            item = self.clauses.item(at)
            item.setText(_row(at + 1, self._clauses[at]))
            if self.language.text().strip():
                self._second += [Clause("", "") for _n in range(at + 1 - len(self._second))]
                self._second[at] = Clause(self.second_heading.text(), " ".join(self.second_body.toPlainText().split()))
        self.changed.emit()

    def _show_second(self) -> None:
        there = bool(self.language.text().strip())
        for one in (self.way, self.second_title, self.second_heading, self.second_body):
            one.setVisible(there)
        if not self._filling:
            self.changed.emit()

    def _insert(self) -> None:
        name = str(self.insert.currentData() or "")
        if name:
            self.body.insertPlainText(f"{{{name}}}")
            self.insert.setCurrentIndex(0)
            self.body.setFocus()

    def _connect(self) -> None:
        self.clauses.currentRowChanged.connect(self._show_clause)
        for field in (self.heading, self.second_heading):
            field.textEdited.connect(lambda _text: self._written())
        for box in (self.body, self.second_body):
            box.textChanged.connect(self._written)
        for field in (self.title, self.second_title, *self.signs):
            field.textEdited.connect(lambda _text: self.changed.emit())
        self.language.textEdited.connect(lambda _text: self._show_second())
        self.way.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.insert.activated.connect(lambda _at: self._insert())

    def _lay_out(self, gutter: int, gap: int) -> None:
        buttons = flow_of(
            gap,
            button("addClause", _("Add a clause"), self.add_clause),
            button("removeClause", _("Remove"), self.remove_clause),
            button("clauseUp", _("Up"), lambda: self.move_clause(-1)),
            button("clauseDown", _("Down"), lambda: self.move_clause(1)),
            self.insert,
        )
        language = flow_of(gap, label("muted", _("Second language")), self.language, self.way)
        self.language.setMaximumWidth(gutter * 6)
        signs = QGridLayout()
        signs.setHorizontalSpacing(gap)
        for row, (words, field) in enumerate(zip(self._sign_labels, self.signs, strict=True)):
            signs.addWidget(words, row, 0)
            signs.addWidget(field, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gutter, gap, gutter, gap)
        layout.setSpacing(gap)
        above: tuple[QWidget, ...] = (self.title, self.second_title, self.clauses)
        clause: tuple[QWidget, ...] = (self.heading, self.body, self.second_heading, self.second_body)
        for one in above:
            layout.addWidget(one)
        layout.addLayout(buttons)
        for one in clause:
            layout.addWidget(one)
        layout.addLayout(language)
        layout.addWidget(label("muted", _("Words over the boxes to sign")))
        layout.addLayout(signs)


def _row(number: int, clause: Clause) -> str:
    return f"{number}  {clause.title or _('(no title)')}"


def _box(name: str, words: str, height: int) -> QPlainTextEdit:
    made = named(QPlainTextEdit(), name, words)
    made.setPlaceholderText(words)
    made.setTabChangesFocus(True)
    made.setMinimumHeight(height)
    made.setMaximumHeight(height * 2)
    return made


def fill(box: QComboBox, rows: list[tuple[str, int]], chosen: int | None = None) -> None:
    """Put other rows into a choice without telling anybody."""
    box.blockSignals(True)
    box.clear()
    for words, value in rows:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
    box.blockSignals(False)
