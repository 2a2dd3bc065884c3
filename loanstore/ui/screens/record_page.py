"""The record: everything known of one instrument or one borrower on a page of its own, and the forms that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loanstore.domain.instruments import title
from loanstore.i18n import _
from loanstore.ui.files import choose_target
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import ClampedLabel, button, label, named
from loanstore.ui.screens import record_facts, record_forms, record_money, record_work
from loanstore.ui.screens.field_form import FieldForm
from loanstore.ui.screens.record_links import RecordLinks
from loanstore.ui.screens.record_parts import Parts
from loanstore.ui.screens.work_list import scrolling
from loanstore.wording import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from loanstore.operations.browsing import BorrowerCard, InstrumentCard
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.screens.field_form import Form
    from loanstore.ui.screens.record_facts import Part
    from loanstore.ui.screens.record_work import Saved
    from loanstore.ui.theme import Look

    Gesture: TypeAlias = Callable[[Desk], Done[Saved]]
    Save: TypeAlias = Callable[[Mapping[str, str]], Gesture]
    Do: TypeAlias = Callable[[str, Mapping[str, str]], Gesture]


class RecordPage(QWidget):
    """Shows one record until it is left; its forms stand in its place while they are filled in.

    A form about several records goes back to their list once it is saved, and ``told`` carries what came of it.
    """

    left = Signal(str)
    choose = Signal(str)
    made = Signal(str, bytes)
    told = Signal(str)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._counter = counter
        self._code = ""
        self._origin = "instruments"
        self._save: Save | None = None
        self._parts: tuple[list[Part], list[Part]] = ([], [])
        self._fresh = False
        self._card: InstrumentCard | BorrowerCard | None = None
        self._title = ClampedLabel("title", lines=2)
        self._chip = label("code")
        self._said = label("muted", wrap=True)
        self._said.hide()
        self._trail: list[str] = []
        self._target: Callable[[QWidget, str], Path | None] = choose_target
        self.links = RecordLinks(look)
        self.links.followed.connect(self._follow)
        self.record = Parts(look, "recordFacts", _("The record"))
        self.story = Parts(look, "recordStory", _("What has happened"))
        self._beside = self._in_card(self.story)
        self.form = FieldForm(look)
        self.form.saved.connect(self._filled)
        self.form.left.connect(self._leave_form)
        self._lay_out()
        counter.changes.listen(frozenset({"instruments", "borrowers", "loans", "charges"}), self._changed)

    def open(self, code: str, origin: str) -> None:
        """Show the record of whatever carries a code; leaving it goes back to ``origin``."""
        self._origin, self._trail = origin, []
        self._say("")
        self._read(code)

    def ask_new(self, kind: str, origin: str, texts: Mapping[str, str] | None = None) -> None:
        """Ask for a new ``instrument`` or ``borrower``."""
        self._origin, self._code, self._card = origin, "", None
        if kind == "borrower":
            self._ask(record_forms.borrower_form(), lambda given: record_work.add(kind, {**(texts or {}), **given}))
            return
        desk = self._counter.desk
        if desk is not None:
            form = record_forms.instrument_form(desk.desk.catalogue)
            self._ask(form, lambda given: record_work.add(kind, given))

    def ask_disposal(self, codes: Sequence[str], origin: str) -> None:
        """Ask how instruments of a list leave for good."""
        self.ask_for(origin, record_forms.dispose_form(codes), lambda texts: record_work.dispose_of(codes, texts))

    def ask_for(self, origin: str, form: Form, save: Save) -> None:
        """Ask a form that is about no one record, and go back to ``origin`` once it is saved or left."""
        self._origin, self._code, self._card = origin, "", None
        self._ask(form, save)

    def leave(self) -> None:
        """Leave the form that is shown, else the record: for the one a link was followed from, or for the list."""
        if self.form.isVisible() and self._code:
            self._leave_form()
        elif self._trail:
            self._say("")
            self._read(self._trail.pop())
        else:
            self.left.emit(self._origin)

    def escape(self) -> bool:
        """Leave what is shown; there is always something to leave."""
        self.leave()
        return True

    def _follow(self, code: str) -> None:
        """Go to what the record is linked with; Esc comes back."""
        self._trail.append(self._code)
        self._say("")
        self._read(code)

    def said(self) -> str:
        """Give what the page says of the last thing that was done."""
        return self._said.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the story stand under the record where the window is narrow, in one piece to scroll."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        size = self._look.theme.size
        narrow = self.width() < size("fold_below") - size("side_width")
        if narrow != self._beside.isHidden() or self._fresh:
            self._fresh = False
            self._beside.setHidden(narrow)
            self.record.say([*self._parts[0], *(self._parts[1] if narrow else ())])
            self.story.say([] if narrow else self._parts[1])

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _read(self, code: str) -> None:
        def work(desk: Desk) -> InstrumentCard | BorrowerCard:
            from loanstore.operations import browsing

            return browsing.show(desk, code)

        self._counter.read(work, self._show, name="record")

    def _show(self, card: InstrumentCard | BorrowerCard) -> None:
        from loanstore.operations.browsing import InstrumentCard

        self._card = card
        if isinstance(card, InstrumentCard):
            self._code = card.instrument.code
            self._title.say(title(card.instrument.fields))
            self._parts = record_facts.instrument_parts(card), record_facts.story_parts(card)
        else:
            self._code = card.borrower.code
            self._title.say(card.borrower.label)
            self._parts = record_facts.borrower_parts(card), record_facts.loan_parts(card)
        self._fresh = True
        self._fit()
        self._chip.setText(self._code)
        self.setAccessibleName(self._title.text())
        is_thing = isinstance(card, InstrumentCard)
        for made in (self._pass_on, self._mismatch, self._service, self._dispose):
            made.setVisible(is_thing)
        self._pass_on.setEnabled(isinstance(card, InstrumentCard) and card.instrument.loan is not None)
        for made in (self._merge, self._heads, self._home, self._home_file, *self._money):
            made.setVisible(not is_thing)
        self.links.show_of(card if isinstance(card, InstrumentCard) else None)
        self._allow_money(card)
        self._stack.setCurrentIndex(0)
        self._edit.setFocus()

    def _allow_money(self, card: InstrumentCard | BorrowerCard) -> None:
        """Allow what makes sense: nothing let off has no reason, nothing out can't be given up."""
        from loanstore.operations.browsing import BorrowerCard

        if isinstance(card, BorrowerCard):
            _pay, _statement, _off, checked, why, notice, renew = self._money
            for made in (notice, renew):
                made.setEnabled(card.out.total > 0)
            checked.setEnabled(any(one.ended is None for one in card.remissions))
            why.setEnabled(bool(card.remissions))

    def _changed(self) -> None:
        if self.isVisible() and self._code and self._stack.currentIndex() == 0:
            self._read(self._code)

    def _ask(self, form: Form, save: Save) -> None:
        self._save = save
        self._stack.setCurrentIndex(1)
        self.form.ask(form)

    def _filled(self, texts: Mapping[str, str]) -> None:
        if self._save is not None:
            self._counter.write(self._save(texts), self._answered)

    def _answered(self, saved: Saved) -> None:
        if saved.refused is not None:
            name = str(saved.refused.facts.get("field", ""))
            self.form.show_refusal(name, told(saved.refused).on_one_line())
            return
        if not saved.code:
            self.left.emit(self._origin)
            self.told.emit(saved.words)
            return
        self._say(saved.words)
        self._read(saved.code)

    def _leave_form(self) -> None:
        if not self._code:
            self.left.emit(self._origin)
            return
        self._stack.setCurrentIndex(0)
        self._edit.setFocus()

    def _ask_edit(self) -> None:
        from loanstore.operations.browsing import BorrowerCard, InstrumentCard

        card, code, desk = self._card, self._code, self._counter.desk
        if isinstance(card, InstrumentCard) and desk is not None:
            form = record_forms.instrument_form(desk.desk.catalogue, card)
            self._ask(form, lambda texts: record_work.correct(code, texts))
        elif isinstance(card, BorrowerCard):
            self._ask(record_forms.borrower_form(card), lambda texts: record_work.correct(code, texts))

    def _ask_about_instrument(self, form: Callable[[InstrumentCard], Form], do: Do) -> None:
        from loanstore.operations.browsing import InstrumentCard

        card, code = self._card, self._code
        if isinstance(card, InstrumentCard):
            self._ask(form(card), lambda texts: do(code, texts))

    def _ask_about_borrower(self, form: Callable[[BorrowerCard], Form], do: Do) -> None:
        from loanstore.operations.browsing import BorrowerCard

        card, code = self._card, self._code
        if isinstance(card, BorrowerCard):
            self._ask(form(card), lambda texts: do(code, texts))

    def _print_home(self) -> None:
        code = self._code

        def work(desk: Desk) -> bytes:
            from loanstore.operations import custody

            return custody.take_home_pdf(desk, code)

        self._counter.read(work, lambda pdf: self.made.emit("take-home", pdf))

    def save_by(self, target: Callable[[QWidget, str], Path | None]) -> None:
        """Have files named in another way than by the system's own dialog."""
        self._target = target

    def _save_home(self) -> None:
        """Write the take-home register as a workbook or as CSV, where a person says."""
        code, file = self._code, self._target(self, _("Take-home register"))
        if file is None:
            return

        def work(desk: Desk) -> None:
            from loanstore.operations import custody

            custody.write_take_home(file, custody.take_home(desk, code))

        self._counter.read(work, lambda _none: self._say(_("The register is saved as {file}.").format(file=file.name)))

    def _print_statement(self) -> None:
        code = self._code

        def work(desk: Desk) -> bytes:
            from loanstore.operations import accounts

            return accounts.statement_pdf(desk, code)

        self._counter.read(work, lambda pdf: self.made.emit(f"statement-{code}", pdf))

    def _show_reasons(self) -> None:
        from loanstore.operations.browsing import BorrowerCard

        if isinstance(self._card, BorrowerCard):
            self._counter.read(record_money.reasons(self._card), self._say, name="reasons")

    def _renew_all(self) -> None:
        self._counter.write(record_money.renew_all(self._code), self._renewed)

    def _renewed(self, saved: Saved) -> None:
        if saved.refused is not None:
            self._say(told(saved.refused).on_one_line())
        else:
            self._answered(saved)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        head = QVBoxLayout()
        head.setSpacing(size("s2"))
        head.addWidget(self._title)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(self._make_buttons())
        head.addWidget(self.links)
        head.addWidget(self._said)
        columns = QHBoxLayout()
        columns.setSpacing(size("s4"))
        columns.addWidget(self._in_card(self.record), 1)
        columns.addWidget(self._beside, 1)
        shown, asked = QWidget(), QWidget()
        inside = scrolling(self._look, shown, "recordScroll", _("The record"))
        inside.addLayout(head)
        inside.addLayout(columns, 1)
        around = QVBoxLayout(asked)
        around.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        around.addWidget(self.form)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _in_card(self, inside: QWidget) -> QFrame:
        size = self._look.theme.size
        made = named(QFrame(), "card")
        layout = QVBoxLayout(made)
        layout.setContentsMargins(size("gutter"), size("s4"), size("s3"), size("s4"))
        layout.addWidget(inside)
        return made

    def _make_buttons(self) -> FlowLayout:
        forms, work = record_forms, record_work
        self._edit = button("editRecord", _("Correct the record"), self._ask_edit, primary=True)
        self._pass_on = self._about_thing("passOn", _("Pass on"), forms.pass_on_form, work.pass_on)
        self._mismatch = self._about_thing("mismatch", _("Case mixed up"), forms.mismatch_form, work.put_right)
        self._service = self._about_thing("noteService", _("Note a service"), forms.service_form, work.serviced)
        self._dispose = self._about_thing(
            "dispose",
            _("Dispose of it"),
            lambda card: forms.dispose_form([card.instrument.code]),
            lambda code, texts: work.dispose_of([code], texts, shown=True),
        )
        self._merge = self._about_who("mergeRecord", _("One with another record"), forms.merge_form, work.put_together)
        self._heads = self._about_who("giveHeads", _("Head-count"), forms.heads_form, work.count_heads)
        self._home = button("takeHome", _("Take-home register"), self._print_home)
        self._home_file = button("saveTakeHome", _("Take-home as Excel or CSV"), self._save_home)
        self._money = self._make_money()
        row = FlowLayout(self._look.theme.size("s2"))
        of_things = (self._pass_on, self._mismatch, self._service, self._dispose)
        of_people = (self._merge, self._heads, self._home, self._home_file, *self._money)
        for made in (self._edit, *of_things, *of_people):
            row.addWidget(made)
        row.addWidget(button("recordAtDesk", _("Use at the desk"), lambda: self.choose.emit(self._code)))
        row.addWidget(button("leaveRecord", _("Back to the list"), self.leave))
        return row

    def _make_money(self) -> tuple[QPushButton, ...]:
        money = record_money
        return (
            self._about_who("takePayment", _("Payment"), money.pay_form, money.pay),
            button("recordStatement", _("Statement"), self._print_statement),
            self._about_who("letOff", _("Let off"), money.remission_form, money.let_off),
            self._about_who("checkRemission", _("Evidence seen"), money.checked_form, money.check),
            button("whyLetOff", _("Why it is let off"), self._show_reasons),
            self._about_who("giveNotice", _("Notice"), money.notice_form, money.give_notice),
            button("renewAll", _("Renew all"), self._renew_all),
        )

    def _about_thing(self, name: str, words: str, form: Callable[[InstrumentCard], Form], do: Do) -> QPushButton:
        return button(name, words, lambda: self._ask_about_instrument(form, do))

    def _about_who(self, name: str, words: str, form: Callable[[BorrowerCard], Form], do: Do) -> QPushButton:
        return button(name, words, lambda: self._ask_about_borrower(form, do))
