"""The way to an open store: the first start, a passphrase, the demo, or another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from loanstore import demo_store, keys
from loanstore.domain.errors import LoanstoreError
from loanstore.i18n import _
from loanstore.settings import data_folder, default_store
from loanstore.ui.dialogs.first_start import FirstStart, NewStore
from loanstore.ui.dialogs.passphrase import AskPassphrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_ASKING: Final = frozenset({"NO_PASSPHRASE", "STORE_WRONG_KEY"})
"""Errors of opening that another passphrase may mend."""


def choose_store(parent: QWidget) -> Path | None:
    """Let a person choose a store's file."""
    said, _kind = QFileDialog.getOpenFileName(parent, _("Open a store"), "", _("Stores (*.loanstore)"))
    return Path(said) if said else None


class Starting(QObject):
    """Leads to an open store. ``page_wanted`` shows one of its two pages, ``made`` tells of a store just created."""

    page_wanted = Signal(object)
    made = Signal(object)

    def __init__(
        self,
        look: Look,
        counter: Counter,
        staff: str | None,
        passphrase_file: Path | None,
        choose: Callable[[QWidget], Path | None] = choose_store,
    ) -> None:
        super().__init__()
        self.first = FirstStart(look)
        self.locked = AskPassphrase(look)
        self._counter = counter
        self._staff = staff
        self._passphrase_file = passphrase_file
        self._choose = choose
        self._where: str | None = None
        self._path = Path()
        self._typed: tuple[str, bool] | None = None
        self._created = False
        self._connect()

    def begin(self, where: str | None) -> None:
        """Open the store that was named, or the one this machine knows."""
        self._where = where
        self._counter.open(where, keys.PassphraseSource(self._passphrase_file), self._staff)

    def _connect(self) -> None:
        self.first.create_wanted.connect(self._create)
        self.first.demo.connect(self._demo)
        self.first.other.connect(self._other)
        self.locked.given.connect(self._unlock)
        self.locked.other.connect(self._other)
        self._counter.missing.connect(self._missing)
        self._counter.not_opened.connect(self._not_opened)
        self._counter.opened.connect(self._opened)

    def _missing(self, path: Path) -> None:
        self._look_for_keyring()
        self.first.begin(path)
        self.page_wanted.emit(self.first)
        self.first.owner.setFocus()

    def _not_opened(self, error: Exception) -> None:
        self._look_for_keyring()
        asks = isinstance(error, LoanstoreError) and error.code in _ASKING
        if asks and not self._created:
            said = error.facts.get("path") if isinstance(error, LoanstoreError) else None
            self._path = Path(str(said)) if said else self._path
            self.page_wanted.emit(self.locked)
            self.locked.ask(self._path, error if self._typed else None)
            return
        self._created = False
        self.first.set_busy(busy=False)
        self.first.begin(self._default_path())
        self.page_wanted.emit(self.first)
        self.first.say_error(error)

    def _look_for_keyring(self) -> None:
        """Offer to remember where the machine has a safe place for it."""

        def found(can: object) -> None:
            self.first.remember.setVisible(bool(can))
            self.locked.remember.setVisible(bool(can))

        self._counter.reader.ask(keys.can_remember, found, lambda _error: None, name="keyring")

    def _default_path(self) -> Path:
        return Path(self._where or default_store(self._counter.settings.read())).expanduser().absolute()

    def _create(self, asked: NewStore) -> None:
        self._created = True
        self.first.set_busy(busy=True, words=_("The store is being made"))
        staff, settings = self._staff, self._counter.settings

        def make() -> OpenDesk:
            from loanstore import bootstrap

            asked.path.parent.mkdir(parents=True, exist_ok=True)
            opened = bootstrap.create_desk(asked.path, asked.passphrase, asked.owner, asked.prefix, staff)
            settings.change(last_store=str(asked.path))
            if asked.remember:
                keys.remember(asked.path, asked.passphrase)
            return opened

        self._counter.sit_down(make)

    def _demo(self) -> None:
        self._created = True
        self.first.set_busy(busy=True, words=_("A made-up county is being made"))
        path, staff = data_folder() / demo_store.FILE, self._staff

        def make() -> OpenDesk:
            from loanstore import bootstrap
            from loanstore.operations import demonstrating

            source = keys.PassphraseSource(environment={keys.PASSPHRASE_VARIABLE: demo_store.PASSPHRASE})
            if path.exists():
                return bootstrap.open_desk(path, source, staff)
            path.parent.mkdir(parents=True, exist_ok=True)
            opened = bootstrap.create_desk(path, demo_store.PASSPHRASE, demonstrating.OWNER, "FM", staff)
            demonstrating.fill_with_demo(opened.desk)
            return opened

        self._counter.sit_down(make)

    def _other(self) -> None:
        path = self._choose(self.first)
        if path is None:
            return
        self._created, self._typed, self._path = False, None, path
        settings = self._counter.settings
        settings.change(last_store=str(path))
        self.begin(str(path))

    def _unlock(self, passphrase: str, remember: bool) -> None:
        self._typed = (passphrase, remember)
        source = keys.PassphraseSource(environment={keys.PASSPHRASE_VARIABLE: passphrase})
        self._counter.open(self._where or str(self._path), source, self._staff)

    def _opened(self) -> None:
        desk = self._counter.desk
        if desk is None:
            return
        if self._typed is not None and self._typed[1]:
            passphrase, path = self._typed[0], desk.desk.store.path
            self._counter.reader.ask(lambda: keys.remember(path, passphrase), lambda _said: None, lambda _error: None)
        created, self._created, self._typed = self._created, False, None
        if created and desk.desk.store.path.name != demo_store.FILE:
            self.made.emit(desk)
