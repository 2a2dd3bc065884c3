"""A form of fields in groups: Enter goes on and saves in the last one, an error stands at its field, Esc leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from loanstore.i18n import _
from loanstore.ui.choices import Choice
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import ClampedLabel, button, label, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from loanstore.ui.theme import Look

Control = QLineEdit | QComboBox | QCheckBox | QPlainTextEdit
_LINES: Final = 3
"""How many lines of a longer text are seen at once."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the program, its words and what stands in it.

    ``choices`` are (value, words) to choose from; ``free`` lets anything else be typed as well. ``tip`` stands in an
    empty field, ``tick`` makes it a box to tick that says ``yes``, ``lines`` a text of several lines. A field whose
    choices follow another one (``follows``) asks for them again whenever that one changes.
    """

    name: str
    words: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    free: bool = False
    tip: str = ""
    tick: bool = False
    lines: bool = False
    follows: str = ""
    choices_of: Callable[[str], tuple[tuple[str, str], ...]] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks: its heading, a sentence under it, its fields in groups, and the word on its button."""

    title: str
    save: str
    groups: tuple[tuple[str, tuple[Field, ...]], ...]
    hint: str = ""
    whole: bool = field(default=False)
    """Whether every field counts when it is saved, or only those that were changed."""


class FieldForm(QFrame):
    """Asks one form; ``saved`` carries the texts by the fields' names, ``left`` says that nothing is wanted."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._form: Form | None = None
        self._controls: dict[str, Control] = {}
        self._errors: dict[str, QLabel] = {}
        self._first: dict[str, str] = {}
        size = look.theme.size
        self._title = ClampedLabel("title", lines=2)
        self._hint = label("muted", wrap=True)
        self._said = label("late", wrap=True)
        self._inside = named(QWidget(), "scrolled")
        self._scroll = named(QScrollArea(), "formScroll", _("Fields"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._save = button("saveForm", _("Save"), self.save, primary=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._said)
        row = FlowLayout(size("s2"))
        row.addWidget(self._save)
        row.addWidget(button("leaveForm", _("Cancel"), self.left.emit))
        row.addWidget(label("small", _("Enter goes on, Ctrl+Enter saves, Esc leaves it")))
        layout.addLayout(row)

    def ask(self, form: Form) -> None:
        """Ask a form, beginning in its first field."""
        self._form = form
        self._title.say(form.title)
        self._hint.setText(form.hint)
        self._hint.setVisible(bool(form.hint))
        self._said.clear()
        self._said.hide()
        self._save.setText(form.save)
        self._save.setAccessibleName(form.save)
        self._controls, self._errors = {}, {}
        self._inside = named(QWidget(), "scrolled")
        self._scroll.setWidget(self._inside)
        self._lay_out(form)
        self._first = self.texts()
        first = next(iter(self._controls.values()))
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def texts(self) -> dict[str, str]:
        """Give what stands in the fields now."""
        return {name: _text(control) for name, control in self._controls.items()}

    @property
    def changed(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return self.isVisible() and self.texts() != self._first

    def control(self, name: str) -> Control:
        """Give a field's control."""
        return self._controls[name]

    def save(self) -> None:
        """Hand over what was changed, or everything where the form counts as a whole."""
        if self._form is None:
            return
        texts = self.texts()
        whole = self._form.whole
        self.saved.emit({name: text for name, text in texts.items() if whole or text != self._first[name]})

    def show_refusal(self, name: str, words: str) -> None:
        """Say at a field what is wrong with it and go there; where it names no field of ours, under all of them."""
        for error in self._errors.values():
            error.hide()
        shown = self._errors.get(name, self._said)
        shown.setText(words)
        shown.show()
        control = self._controls.get(name)
        if control is not None:
            self._scroll.ensureWidgetVisible(control)
            control.setFocus()

    def error_words(self) -> str:
        """Give the words of the error that is shown."""
        shown = [one.text() for one in (*self._errors.values(), self._said) if not one.isHidden()]
        return " ".join(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the next field on Enter, save with Ctrl+Enter or in the last one."""
        pressed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed is None or pressed.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        controls = list(self._controls.values())
        at = next((n for n, one in enumerate(controls) if one is watched), len(controls))
        if pressed.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif isinstance(watched, QPlainTextEdit):
            return False
        elif at + 1 >= len(controls):
            self.save()
        else:
            controls[at + 1].setFocus()
            self._scroll.ensureWidgetVisible(controls[at + 1])
        return True

    def _lay_out(self, form: Form) -> None:
        size = self._look.theme.size
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, size("s2"), 0)
        column.setSpacing(size("s3"))
        for heading, fields in form.groups:
            if heading:
                column.addWidget(label("heading", heading))
            grid = QGridLayout()
            grid.setHorizontalSpacing(size("s4"))
            grid.setVerticalSpacing(size("s1"))
            across = 1 if len(fields) == 1 or self.width() < size("page") else 2
            for at in range(across):
                grid.setColumnStretch(at, 1)
            for at, one in enumerate(fields):
                row, col = divmod(at, across)
                for line, widget in enumerate(self._make(one)):
                    grid.addWidget(widget, row * 3 + line, col)
            column.addLayout(grid)
        column.addStretch(1)

    def _make(self, one: Field) -> tuple[QWidget, QWidget, QWidget]:
        control: Control
        if one.tick:
            control = named(QCheckBox(one.words), f"form-{one.name}", one.words)
            control.setChecked(bool(one.value))
        elif one.choices or one.choices_of is not None:
            control = self._combo(one)
        elif one.lines:
            control = named(QPlainTextEdit(one.value), f"form-{one.name}", one.words)
            control.setTabChangesFocus(True)
            control.setFixedHeight(self._look.theme.size("s5") * _LINES)
        else:
            control = named(QLineEdit(one.value), f"form-{one.name}", one.words)
            control.setPlaceholderText(one.tip)
        control.installEventFilter(self)
        error = label("late", wrap=True)
        error.hide()
        self._controls[one.name], self._errors[one.name] = control, error
        return label("muted", "" if one.tick else one.words), control, error

    def _combo(self, one: Field) -> QComboBox:
        combo = Choice(f"form-{one.name}", one.words)
        combo.setEditable(one.free)
        edit = combo.lineEdit()
        if edit is not None:
            named(edit, f"form-{one.name}-text", one.words)
            edit.setPlaceholderText(one.tip)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            combo.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none for no completing
        followed = self._controls.get(one.follows)
        if followed is not None and one.choices_of is not None:
            self._follow(combo, followed, one.choices_of)
            _fill(combo, one.choices_of(_text(followed)), one.value)
        else:
            _fill(combo, one.choices, one.value)
        return combo

    def _follow(
        self, combo: QComboBox, followed: Control, choices_of: Callable[[str], tuple[tuple[str, str], ...]]
    ) -> None:
        def again(text: str) -> None:
            _fill(combo, choices_of(text), _text(combo))

        if isinstance(followed, QComboBox):
            followed.currentTextChanged.connect(again)
        elif isinstance(followed, QLineEdit):
            followed.textChanged.connect(again)


def _fill(combo: QComboBox, choices: tuple[tuple[str, str], ...], value: str) -> None:
    """Offer choices, and leave what stands there as it is."""
    combo.clear()
    for said, words in choices:
        combo.addItem(words, said)
    at = combo.findData(value)
    combo.setCurrentIndex(at)
    if combo.isEditable():
        combo.setEditText(combo.itemText(at) if at >= 0 else value)


def _text(control: Control) -> str:
    """Give what a control says: a choice by its value, anything typed as it is."""
    if isinstance(control, QCheckBox):
        return "yes" if control.isChecked() else ""
    if isinstance(control, QComboBox):
        at = control.findText(control.currentText())
        return str(control.itemData(at)) if at >= 0 else control.currentText().strip()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText().strip()
    return control.text().strip()
