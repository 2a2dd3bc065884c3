"""Importing as a person does it: the file, its columns, its words, a look at what would happen, and then it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from loanstore.domain.errors import LoanstoreError
from loanstore.i18n import _, ngettext
from loanstore.ui.import_gestures import ImportGestures, Wanted, choose_list, choose_report
from loanstore.ui.screens.import_foot import ImportFoot, Ways
from loanstore.ui.screens.import_report import counts_words
from loanstore.ui.screens.import_running import ImportRunning
from loanstore.ui.screens.import_steps import LIST_OF, ImportSteps, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from loanstore.domain.import_fields import ImportKind
    from loanstore.domain.import_words import Meaning
    from loanstore.operations.importing import Imported
    from loanstore.operations.matching_columns import LookedInto
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.theme import Look

_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ImportPage(QWidget):
    """Steps with Back and Next. What was begun stays while one is away; ``list_wanted`` names the list to go to."""

    list_wanted = Signal(str)

    def __init__(self, look: Look, counter: Counter, box: ErrorBox) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._box, self._look = box, look
        self._gestures = ImportGestures(counter)
        self._choose: Callable[[QWidget], Path | None] = choose_list
        self._keep: Callable[[QWidget], Path | None] = choose_report
        self._path: Path | None = None
        self._tried: Imported | None = None
        self._made: Imported | None = None
        self._said: dict[str, Meaning] = {}
        self._tried_with: Mapping[str, Meaning] = {}
        self.steps = ImportSteps(look)
        self.file, self.columns, self.words = self.steps.file, self.steps.columns, self.steps.words
        self.check, self.done, self.moved = self.steps.check, self.steps.done, self.steps.moved
        self.foot = ImportFoot(look)
        self._running = ImportRunning(counter, self._gestures, self.steps, self.foot)
        self._step = Step.FILE
        self._lay_out()
        self._connect(counter)
        self._show(Step.FILE)

    @property
    def step(self) -> Step:
        """Give the step that is shown."""
        return self._step

    def choose_by(
        self, choose: Callable[[QWidget], Path | None], keep: Callable[[QWidget], Path | None] | None = None
    ) -> None:
        """Have files chosen in another way than by the system's own dialogs."""
        self._choose = choose
        self._keep = keep or self._keep

    def begin(self, kind: ImportKind) -> None:
        """Begin with a kind of list; an import of that kind that was begun and left goes on where it was."""
        begun = self.step in {Step.COLUMNS, Step.WORDS, Step.CHECK} and self.file.kind is kind
        if not begun and not self._running.runs:
            self._start(kind)

    def shown(self) -> None:
        """Come into view: the imports that stand are read, and the keyboard is where it is needed."""
        self._read_past()
        self._focus()

    def go_on(self) -> None:
        """Go to the next step; the last one before the end is that it happens."""
        if self._running.runs or not self.foot.next.isEnabled():
            return
        if self.step is Step.FILE:
            self._look_into()
        elif self.step is Step.COLUMNS:
            self._try()
        elif self.step is Step.WORDS:
            self._words_said()
        elif self.step is Step.CHECK:
            self._apply()
        elif self.step is Step.DONE:
            self.list_wanted.emit(LIST_OF[self.file.kind])

    def go_back(self) -> None:
        """Go to the step before."""
        if self._running.runs or self.step in {Step.FILE, Step.DONE}:
            return
        if self.step is Step.MOVED:
            self._show(Step.DONE if self._made is not None else Step.FILE)
        elif self.step is Step.CHECK and not self.words.rows.boxes:
            self._show(Step.COLUMNS)
        else:
            self._show(Step(self.step - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that Enter is on; from a choice go on to the next one."""
        focused = self.focusWidget()
        if event.key() in _ENTERS and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() in _ENTERS and isinstance(focused, QComboBox):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _start(self, kind: ImportKind) -> None:
        self._path = self._tried = self._made = None
        self._said = {}
        self.file.begin(kind)
        self._show(Step.FILE)

    def _another(self) -> None:
        self._start(self.file.kind)
        self._read_past()

    def _choose_file(self) -> None:
        path = self._choose(self)
        if path is None or self._running.runs:
            return
        self._path, self._made = path, None
        self.file.show_file(path)
        self._look_into()

    def _look_into(self) -> None:
        path, kind = self._path, self.file.kind
        if path is None:
            return

        def done(looked: LookedInto) -> None:
            self.columns.show_columns(looked, kind)
            self._show(Step.COLUMNS)

        self._gestures.look_into(path, kind, done, self._file_failed)

    def _file_failed(self, error: Exception) -> None:
        self._path = None
        self.file.show_file(None)
        self._show(Step.FILE)
        self._box.show_error(error)

    def _try(self) -> None:
        def done(tried: Imported) -> None:
            self.words.show_words(tried.words, self._said)
            self._take_tried(tried, {})
            if tried.words:
                self._show(Step.WORDS)

        self._import(_("Looking through the list"), {}, done, dry_run=True)

    def _words_said(self) -> None:
        said = self._said = self.words.said()
        if said == self._tried_with:
            self._show(Step.CHECK)
        else:
            self._import(_("Looking through the list"), said, lambda tried: self._take_tried(tried, said), dry_run=True)

    def _take_tried(self, tried: Imported, said: Mapping[str, Meaning]) -> None:
        self._tried, self._tried_with = tried, said
        self.check.show_import(_("This is what would happen"), tried, self.file.kind)
        self._show(Step.CHECK)

    def _apply(self) -> None:
        def done(made: Imported) -> None:
            self._made = made
            n = made.created + made.updated
            title = ngettext("Brought in: {n} record", "Brought in: {n} records", n).format(n=f"{n:,}")
            self.done.show_import(title, made, self.file.kind)
            self._show(Step.DONE)
            self._read_past()
            if not self.isVisible():
                self._box.show_done(title, counts_words(made))

        self._import(_("Importing"), self._tried_with, done, dry_run=False)

    def _import(
        self, words: str, said: Mapping[str, Meaning], then: Callable[[Imported], None], *, dry_run: bool
    ) -> None:
        if self._path is None:
            return
        wanted = Wanted(self._path, self.file.kind, self.columns.mapping(), said)
        self._running.bring(words, wanted, then, dry_run=dry_run)

    def _began(self) -> None:
        self._box.hide()
        # Not on Cancel: a second Enter would stop what the first began.
        self.setFocus()

    def _failed(self, error: Exception) -> None:
        self._box.show_error(error)
        self._focus()

    def _undo_made(self) -> None:
        if self._made is not None and self._made.import_id is not None:
            self._undo(self._made.import_id)

    def _undo(self, import_id: str) -> None:
        def done(count: int) -> None:
            said = ngettext("{n} record is as it was before", "{n} records are as they were before", count)
            self._start(self.file.kind)
            self._read_past()
            self._box.show_done(_("The import is undone"), said.format(n=f"{count:,}"))

        self._running.undo(import_id, done, self._not_undone)

    def _not_undone(self, error: Exception) -> None:
        self._read_past()
        moved = error.facts.get("moved") if isinstance(error, LoanstoreError) else None
        if isinstance(moved, tuple):
            self.moved.show_lines(moved)
            self._show(Step.MOVED)
        self._box.show_error(error)

    def _keep_report(self) -> None:
        made = self._made or self._tried
        path = self._keep(self) if made is not None else None
        if made is not None and path is not None:
            done = _("The report is saved")
            self._gestures.keep_report(path, made, self.file.kind, lambda file: self._box.show_done(done, file.name))

    def _read_past(self) -> None:
        self._gestures.past(self.file.show_past)

    def _show(self, step: Step) -> None:
        if self.isVisible():
            self._box.hide()
        self._step = step
        self.steps.show_step(step)
        self._offer()
        self._focus()

    def _offer(self) -> None:
        step, made = self.step, self._made
        said = {Step.CHECK: _("Bring it in"), Step.DONE: _("To the list"), Step.MOVED: ""}
        ways = Ways(
            next=said.get(step, _("Next")),
            is_open=self._may_go_on(),
            back=step not in {Step.FILE, Step.DONE},
            ended=step is Step.DONE,
            undo=made is not None and made.import_id is not None,
        )
        self.foot.offer(ways)

    def _may_go_on(self) -> bool:
        tried = self._tried
        is_open = {
            Step.FILE: self._path is not None,
            Step.COLUMNS: self.columns.ready,
            Step.CHECK: tried is not None and tried.created + tried.updated > 0,
        }
        return is_open.get(self.step, True)

    def _focus(self) -> None:
        if self.isVisible() and not self._running.runs:
            waits = self.steps.waits_for(self.step, has_file=self._path is not None)
            (waits or self.foot.first()).setFocus()

    def _kind_changed(self) -> None:
        self._tried = None
        self._offer()

    def _connect(self, counter: Counter) -> None:
        self.file.choose_wanted.connect(self._choose_file)
        self.file.kind_changed.connect(self._kind_changed)
        self.file.undo_wanted.connect(self._undo)
        self.columns.changed.connect(self._offer)
        self.check.keep_wanted.connect(self._keep_report)
        self.done.keep_wanted.connect(self._keep_report)
        self.foot.back_wanted.connect(self.go_back)
        self.foot.next_wanted.connect(self.go_on)
        self.foot.undo_wanted.connect(self._undo_made)
        self.foot.another_wanted.connect(self._another)
        self._running.began.connect(self._began)
        self._running.rested.connect(self._offer)
        self._running.failed.connect(self._failed)
        counter.when_open(lambda: self._start(self.file.kind))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in (("Alt+Right", self.go_on), ("Alt+Left", self.go_back)):
            QShortcut(QKeySequence(key), self, act, context=within)

    def _lay_out(self) -> None:
        size, layout = self._look.theme.size, QVBoxLayout(self)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addWidget(self.steps, 1)
        layout.addWidget(self.foot)
