"""The forms beside a class set: each asks for one thing, takes scans as well as keys, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout

from loanstore.domain.class_lists import names_in_text
from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from loanstore.ui.theme import Look


class SetForm(QFrame):
    """What all forms share: a title, a hint, what came of the last gesture, and a way out."""

    left = Signal()

    def __init__(self, look: Look, name: str, title: str, hint: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.name = name
        size = look.theme.size
        self.setFixedWidth(size("panel_width"))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        self.body.setSpacing(size("s2"))
        self.body.addWidget(label("title", title, wrap=True))
        self.body.addWidget(label("muted", hint, wrap=True))
        self._said = label("strong", wrap=True)
        self._said.hide()
        self.buttons = FlowLayout(size("s2"))

    def finish_layout(self) -> None:
        """Put what was said, and the buttons, under the fields."""
        self.body.addWidget(self._said)
        self.buttons.addWidget(button(f"leave-{self.name}", _("Close"), self.left.emit))
        self.body.addLayout(self.buttons)
        self.body.addStretch(1)

    def field(self, title: str, tip: str = "", key: str = "") -> QLineEdit:
        """Add a field under its title."""
        made = named(QLineEdit(), f"{self.name}{key}Field", title)
        made.setPlaceholderText(tip)
        self.body.addWidget(label("muted", title))
        self.body.addWidget(made)
        return made

    def say(self, words: str) -> None:
        """Say what came of the last gesture."""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def said(self) -> str:
        """Give what the form says."""
        return self._said.text()

    def begin(self, _code: str) -> None:
        """Come up afresh; ``code`` is the instrument that is chosen in the table, empty for none."""
        self.say("")

    def take_scan(self, text: str) -> None:
        """Take what was scanned while this form is shown."""
        raise NotImplementedError


class CodesForm(SetForm):
    """One code after another, scanned or typed: each is a gesture of its own."""

    given = Signal(str)

    def __init__(self, look: Look, name: str, title: str, hint: str) -> None:
        super().__init__(look, name, title, hint)
        self.code = self.field(_("Number on the label"), _("Scan, or type and press Enter"))
        self.code.returnPressed.connect(lambda: self.take_scan(self.code.text()))
        self.finish_layout()

    def begin(self, code: str) -> None:
        """Come up with the chosen instrument's code, to be confirmed by Enter."""
        super().begin(code)
        self.code.setText(code)
        self.code.setFocus()
        self.code.selectAll()

    def take_scan(self, text: str) -> None:
        """Hand the code on."""
        if text.strip():
            self.code.clear()
            self.given.emit(text.strip())


class SwapForm(SetForm):
    """The broken one, then the one that takes its place."""

    given = Signal(str, str)

    def __init__(self, look: Look) -> None:
        title, hint = _("Swap a broken one"), _("Scan the broken one, then the one that takes its place")
        super().__init__(look, "swap", title, hint)
        self.broken = self.field(_("Broken one"), key="Broken")
        self.new = self.field(_("New one"), key="New")
        self.broken.returnPressed.connect(self.new.setFocus)
        self.new.returnPressed.connect(self._give)
        self.buttons.addWidget(button("swapNow", _("Swap"), self._give, primary=True))
        self.finish_layout()

    def begin(self, code: str) -> None:
        """Come up with the chosen instrument as the broken one."""
        super().begin(code)
        self.broken.setText(code)
        self.new.clear()
        (self.new if code else self.broken).setFocus()

    def take_scan(self, text: str) -> None:
        """Fill the first field that is empty; the second one swaps."""
        if not self.broken.text().strip():
            self.broken.setText(text)
            self.new.setFocus()
            return
        self.new.setText(text)
        self._give()

    def _give(self) -> None:
        broken, new = self.broken.text().strip(), self.new.text().strip()
        if broken and new:
            self.given.emit(broken, new)


class NameForm(SetForm):
    """What a set is called."""

    given = Signal(str)

    def __init__(self, look: Look, name: str, title: str, hint: str, act: str) -> None:
        super().__init__(look, name, title, hint)
        self.called = self.field(_("Name"), _("Year 4 violins"))
        self.called.returnPressed.connect(self._give)
        self.buttons.addWidget(button(f"{name}Now", act, self._give, primary=True))
        self.finish_layout()

    def begin(self, code: str) -> None:
        """Come up with an empty field."""
        super().begin(code)
        self.called.clear()
        self.called.setFocus()

    def take_scan(self, _text: str) -> None:
        """Say that a name is no code."""
        self.say(_("Type the name first; scan when the set is there"))

    def _give(self) -> None:
        if self.called.text().strip():
            self.given.emit(self.called.text())


class ClassListForm(SetForm):
    """A class list to paste, one name a line; what is scanned meanwhile is the order in which names are given."""

    given = Signal(object, object)
    file_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, look: Look) -> None:
        title = _("Who plays which")
        hint = _("Paste or type one name a line. To give them in another order than the set's, scan the instruments.")
        super().__init__(look, "classList", title, hint)
        self.names = named(QPlainTextEdit(), "classListNames", _("Names, one a line"))
        self.names.setTabChangesFocus(True)
        self.names.setPlaceholderText(_("One name a line"))
        self.names.setFixedHeight(look.theme.size("control") * 5)
        self.names.textChanged.connect(self._count)
        self.body.addWidget(self.names)
        self._counted = label("muted", wrap=True)
        self._order = label("muted", wrap=True)
        self.body.addWidget(self._counted)
        self.body.addWidget(self._order)
        self._scanned: list[str] = []
        for made in (
            button("allocateNow", _("Allocate"), self._give, primary=True),
            button("readNames", _("Read from a file"), self.file_wanted.emit),
            button("clearNames", _("Take all names off"), self.clear_wanted.emit),
        ):
            self.buttons.addWidget(made)
        self.finish_layout()

    def begin(self, code: str) -> None:
        """Come up empty."""
        super().begin(code)
        self.names.clear()
        self._scanned = []
        self._count()
        self.names.setFocus()

    def show_names(self, names: tuple[str, ...]) -> None:
        """Put the names of a file into the box, to be looked at before they are given."""
        self.names.setPlainText("\n".join(names))

    def take_scan(self, text: str) -> None:
        """Note the order in which names are given."""
        if text not in self._scanned:
            self._scanned.append(text)
        self._count()

    def _count(self) -> None:
        n, m = len(names_in_text(self.names.toPlainText())), len(self._scanned)
        self._counted.setText(ngettext("{n} name", "{n} names", n).format(n=n))
        scanned = ngettext("In the order scanned: {n} instrument", "In the order scanned: {n} instruments", m)
        self._order.setText(scanned.format(n=m) if m else _("In the order of the set"))

    def _give(self) -> None:
        self.given.emit(names_in_text(self.names.toPlainText()), tuple(self._scanned))
