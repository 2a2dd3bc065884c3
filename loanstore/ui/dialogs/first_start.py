"""The first start: a store in under a minute, by keyboard alone, or the demo, or a store that is there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout

from loanstore import keys
from loanstore.i18n import _
from loanstore.ui.dialogs.start_page import StartPage
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit

    from loanstore.ui.theme import Look

PREFIX_LETTERS = 2


@dataclass(frozen=True, slots=True)
class NewStore:
    """What a new store needs: its file, whose it is, the two letters of its codes, its passphrase."""

    path: Path
    owner: str
    prefix: str
    passphrase: str
    remember: bool


class FirstStart(StartPage):
    """Asks what a new store needs; the demo and an older store are one button each."""

    create_wanted = Signal(object)
    demo = Signal()
    other = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "firstStart")
        self._path: Path | None = None
        self.column.addWidget(label("title", _("Begin a store")))
        self.column.addWidget(
            label(
                "muted",
                _("One encrypted file on this computer holds the register, the loans and the people."),
                wrap=True,
            )
        )
        self.column.addSpacing(look.theme.size("s2"))
        self.owner = self.add_field("ownerField", _("Whose store is it?"), self._next)
        self.owner.setPlaceholderText(_("The name that stands on agreements, such as Fenmarsh Music"))
        self.prefix = self.add_field("prefixField", _("Two letters that begin its codes"), self._next)
        self.prefix.setMaxLength(PREFIX_LETTERS)
        self.passphrase = self.add_field("passphraseField", _("Passphrase"), self._next, secret=True)
        self.again = self.add_field("againField", _("The same passphrase again"), self._next, secret=True)
        self._advice = label("muted", wrap=True)
        self.column.addWidget(self._advice)
        self.remember = named(QCheckBox(_("Remember it on this computer")), "remember")
        self.remember.setAccessibleName(_("Remember it on this computer"))
        self.remember.hide()
        self.column.addWidget(self.remember)
        self.add_trouble_line()
        self._add_buttons(look)
        self.owner.textChanged.connect(self._propose_prefix)
        self.passphrase.textChanged.connect(self._advise)
        self._advise()

    def begin(self, path: Path) -> None:
        """Begin: the store will be made in this file."""
        self._path = path
        self.owner.setFocus()

    def set_busy(self, busy: bool, words: str = "") -> None:
        """Hold the buttons while a store is made."""
        for one in self._buttons:
            one.setEnabled(not busy)
        self._advice.setText(words if busy else "")
        if not busy:
            self._advise()

    def advice(self) -> str:
        """Give what is said about the passphrase."""
        return self._advice.text()

    def _add_buttons(self, look: Look) -> None:
        self._buttons = (
            button("createStore", _("Create store"), self._create, primary=True),
            button("tryDemo", _("Try the demo"), self.demo.emit),
            button("openOther", _("Open another store file"), self.other.emit),
        )
        self.column.addSpacing(look.theme.size("s2"))
        row = QHBoxLayout()
        for one in self._buttons:
            row.addWidget(one)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(QFrame())
        self.column.addWidget(
            label(
                "small",
                _("The demo is a made-up county. Nothing in it is real, and nothing in it can be harmed."),
                wrap=True,
            )
        )

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.owner, self.prefix, self.passphrase, self.again

    def _next(self) -> None:
        """Enter goes to the first field that is empty, and creates the store when none is."""
        empty = next((field for field in self._fields() if not field.text().strip()), None)
        if empty is not None:
            empty.setFocus()
        else:
            self._create()

    def _propose_prefix(self, owner: str) -> None:
        if not self.prefix.isModified():
            words = [word for word in owner.upper().split() if word[:1].isascii() and word[:1].isalpha()]
            letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)
            proposed = "".join(c for c in letters if c.isascii() and c.isalpha())[:PREFIX_LETTERS]
            self.prefix.setText(proposed)

    def _advise(self) -> None:
        said = self.passphrase.text()
        if said and keys.is_weak(said):
            self._advice.setText(_("This passphrase is short. Four words are easy to keep and hard to guess."))
        else:
            self._advice.setText(_("It can't be asked back. A sheet with recovery words can be printed afterwards."))

    def _create(self) -> None:
        if self._path is None:
            return
        empty = next((field for field in self._fields() if not field.text().strip()), None)
        if empty is not None:
            self.say(_("Please fill in: {field}").format(field=empty.accessibleName()))
            empty.setFocus()
        elif self.passphrase.text() != self.again.text():
            self.say(_("The two passphrases are not the same. Type them once more."))
            self.again.clear()
            self.again.setFocus()
        else:
            self.say("")
            owner, prefix = self.owner.text().strip(), self.prefix.text().upper()
            remember = self.remember.isChecked()
            self.create_wanted.emit(NewStore(self._path, owner, prefix, self.passphrase.text(), remember))
