"""One class set: how far it is back, its instruments in order, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loanstore.domain.class_sets import Standing
from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import ClampedLabel, button, label, named, set_tone
from loanstore.ui.screens.hand_over_form import HandOverForm
from loanstore.ui.screens.set_forms import ClassListForm, CodesForm, NameForm, SetForm, SwapForm
from loanstore.ui.screens.set_tables import member_table
from loanstore.wording import sets as wording

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from loanstore.operations.desk import Desk
    from loanstore.operations.set_views import SetCard
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

LEAST_ROWS: Final = 6
"""So many instruments are seen at once even in a small window, which then scrolls as a whole."""
NEEDS_HERE: Final = ("lend",)
NEEDS_OUT: Final = ("move", "back", "all", "classList")


class SetPage(QScrollArea):
    """Shows one set. ``wanted`` names what a button asks for; forms come up beside the table."""

    left = Signal()
    gone = Signal()
    wanted = Signal(str)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("setPage")
        self._look = look
        self._counter = counter
        self.card: SetCard | None = None
        self._pointed = ""
        self.table = member_table(look)
        self._name = ClampedLabel("title", lines=2)
        self._code = label("code")
        self._tally = label("strong", wrap=True)
        self._foot = label("muted")
        self.lending = HandOverForm(
            look,
            "lend",
            _("Lend the set"),
            _("All that is in store goes, on one agreement"),
            (_("Lend"), _("Due on a day of its own")),
        )
        self.moving = HandOverForm(
            look,
            "move",
            _("Move it on"),
            _("From where it is to another school, without coming here"),
            (_("Move"), _("Due on another day than now")),
        )
        self.back = CodesForm(look, "back", _("Bring back"), _("Scan each one that comes back"))
        self.joining = CodesForm(look, "join", _("Top up"), _("Scan each one that joins the set"))
        self.leaving = CodesForm(look, "leave", _("Take out"), _("Scan each one that leaves the set"))
        self.swapping = SwapForm(look)
        self.class_list = ClassListForm(look)
        self.naming = NameForm(look, "rename", _("Another name"), _("What the set is called from now on"), _("Rename"))
        every: tuple[SetForm, ...] = (
            self.lending,
            self.moving,
            self.back,
            self.joining,
            self.leaving,
            self.swapping,
            self.class_list,
            self.naming,
        )
        self.forms = {form.name: form for form in every}
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        for form in every:
            form.hide()
            form.left.connect(self.close_form)

    @property
    def code(self) -> str:
        """Give the code of the set that is shown; empty for none."""
        return self.card.made.code if self.card is not None else ""

    @property
    def form(self) -> SetForm | None:
        """Give the form that is shown; None for none."""
        return next((form for form in self.forms.values() if not form.isHidden()), None)

    def words(self) -> str:
        """Give what the page says of the whole set."""
        return self._tally.text()

    def show_set(self, code: str, form: str = "") -> None:
        """Read a set and show it, with one of its forms if one is named."""
        self.close_form()

        def work(desk: Desk) -> SetCard:
            from loanstore.operations import set_views

            return set_views.show_set(desk, code)

        def shown(card: SetCard) -> None:
            self._show(card)
            self.table.choose_first()
            if form:
                self.open_form(form)

        self._counter.read(work, shown, name="set-card")

    def refresh(self) -> None:
        """Read the set again; one that was undone or dissolved meanwhile is left."""
        code = self.code
        if not code:
            return

        def work(desk: Desk) -> SetCard | None:
            from loanstore.domain.errors import Refused
            from loanstore.operations import set_views

            try:
                return set_views.show_set(desk, code)
            except Refused:
                return None

        def read(card: SetCard | None) -> None:
            if card is None:
                self.card = None
                self.close_form()
                self.gone.emit()
            else:
                self._show(card)

        self._counter.read(work, read, name="set-card")

    def open_form(self, name: str) -> None:
        """Bring up a form, for the instrument that is chosen."""
        self.close_form()
        form, line = self.forms[name], self.table.chosen()
        form.show()
        self._fit()
        if isinstance(form, HandOverForm):
            desk = self._counter.desk
            if desk is not None:
                form.begin_on(desk.desk.today())
            return
        form.begin(line.code if line is not None and name in {"swap", "leave"} else "")

    def close_form(self) -> None:
        """Put the form away."""
        form = self.form
        if form is not None:
            form.hide()
            self._fit()
            self.table.choose_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit table and form into the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let columns that can be spared give way to the form; in a narrow window table and buttons do."""
        size = self._look.theme.size
        narrow = self.width() < size("fold_below") - size("side_width")
        shown = self.form is not None
        for one in (self._listed, self._asked):
            one.setVisible(not (narrow and shown))
        self.table.spare(hidden=narrow or shown)

    def point_at(self, code: str) -> None:
        """Choose an instrument in the table, now or once the table has been read again."""
        self._pointed = code
        self.table.choose_code(code)

    def _show(self, card: SetCard) -> None:
        self.card = card
        self._name.say(card.made.name)
        self._code.setText(card.made.code)
        self._tally.setText(wording.card_words(card))
        self.table.show_lines(card.members)
        if self._pointed:
            self.table.choose_code(self._pointed)
            self._pointed = ""
        n = len(card.members)
        self._foot.setText(ngettext("{n} instrument", "{n} instruments", n).format(n=n))
        for name in NEEDS_HERE:
            self._buttons[name].setEnabled(card.count(Standing.HERE) > 0)
        out = card.count(Standing.OUT) > 0
        for name in NEEDS_OUT:
            self._buttons[name].setEnabled(out)
        # The one button that stands out is what is done next: back with what is out, else out with what is here.
        set_tone(self._buttons["back"], "primary", out)
        set_tone(self._buttons["lend"], "primary", not out)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        head = QHBoxLayout()
        head.setSpacing(size("s3"))
        head.addWidget(button("allSets", _("All sets"), self.left.emit))
        head.addWidget(self._name, 1)
        head.addWidget(self._code)
        self._listed = named(QFrame(), "card")
        inside = QVBoxLayout(self._listed)
        inside.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        inside.addWidget(self.table, 1)
        inside.addWidget(self._foot)
        body = QHBoxLayout()
        body.setSpacing(size("s4"))
        body.addWidget(self._listed, 1)
        for form in self.forms.values():
            body.addWidget(form)
        self._asked = named(QWidget(), "scrolled")
        rows = QVBoxLayout(self._asked)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(size("s3"))
        rows.addLayout(self._row(self._hand_over_buttons()))
        rows.addLayout(self._row(self._keeping_buttons()))
        inner = named(QWidget(), "scrolled")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s3"))
        layout.addLayout(head)
        layout.addWidget(self._tally)
        layout.addWidget(self._asked)
        layout.addLayout(body, 1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setMinimumHeight(size("row") * LEAST_ROWS)

    def _row(self, words: dict[str, str]) -> FlowLayout:
        row = FlowLayout(self._look.theme.size("s2"))
        for name, text in words.items():
            made = button(f"set-{name}", text, partial(self._pressed, name))
            self._buttons[name] = made
            row.addWidget(made)
        return row

    def _pressed(self, name: str) -> None:
        if name in self.forms:
            self.open_form(name)
        else:
            self.wanted.emit(name)

    @staticmethod
    def _hand_over_buttons() -> dict[str, str]:
        return {
            "lend": _("Lend"),
            "back": _("Bring back"),
            "all": _("All back, counted"),
            "move": _("Move it on"),
            "classList": _("Who plays which"),
        }

    @staticmethod
    def _keeping_buttons() -> dict[str, str]:
        return {
            "join": _("Top up"),
            "swap": _("Swap a broken one"),
            "leave": _("Take out"),
            "list": _("Print the list"),
            "label": _("Print the label"),
            "rename": _("Rename"),
            "dissolve": _("Dissolve"),
        }
