"""Signing one agreement: who, in what role, on the pad or on paper before whoever works here; or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QLineEdit, QVBoxLayout

from loanstore.i18n import _
from loanstore.ui.choices import choice
from loanstore.ui.flow import flow_of
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.signature_pad import SignaturePad
from loanstore.wording.agreements import role_word, stage_word

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.signing import Signing
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look


class SigningForm(QFrame):
    """Hidden until an agreement is to be signed.

    ``done`` tells its code when something was noted, ``opened`` and ``left`` that the form did, ``unknown`` of a code
    that is none.
    """

    done = Signal(str)
    left = Signal()
    opened = Signal()
    unknown = Signal(str)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counter = counter
        self._code = ""
        self._title = label("strong", "", wrap=True)
        self.said = label("muted", "", wrap=True)
        self.role = choice("signRole", _("Signs as"))
        self.name = named(QLineEdit(), "signName", _("Name of whoever signs"))
        self.name.setPlaceholderText(self.name.accessibleName())
        self.pad = SignaturePad(look)
        words = _("Signed on paper before me")
        self.witnessed = named(QCheckBox(words), "signWitnessed", words)
        self.why = named(QLineEdit(), "signRefusal", _("Why it is not signed"))
        self.why.setPlaceholderText(self.why.accessibleName())
        self._sign = button("sign", _("Sign"), self.sign, primary=True)
        self._refuse = button("refuseSignature", _("Will not sign"), self.refuse)
        size = look.theme.size
        gap = size("s2")
        who = flow_of(gap, label("muted", _("Signs as")), self.role, self.name)
        how = flow_of(gap, self.witnessed, self._sign, button("wipePad", _("Wipe"), self.pad.clear))
        end = flow_of(gap, self.why, self._refuse, button("leaveSigning", _("Close") + "   Esc", self.leave))
        self.name.setMinimumWidth(size("choice"))
        self.why.setMinimumWidth(size("choice"))
        beside = QVBoxLayout()
        beside.setSpacing(gap)
        for row in (who, how, end):
            beside.addLayout(row)
        beside.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(size("s4"))
        self._columns.addWidget(self.pad)
        self._columns.addLayout(beside, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s3"), size("gutter"), size("s3"))
        layout.setSpacing(gap)
        layout.addWidget(self._title)
        layout.addLayout(self._columns)
        layout.addWidget(self.said)
        self.witnessed.toggled.connect(self.pad.setDisabled)
        self.hide()

    def open(self, code: str) -> None:
        """Ask for a signature on an agreement; ``unknown`` tells of a code that is none."""
        self._code = code

        def work(desk: Desk) -> Signing | None:
            from loanstore.domain.errors import Refused
            from loanstore.operations import signing

            try:
                return signing.show(desk, code)
            except Refused as refusal:
                if refusal.code == "NO_AGREEMENT":
                    return None
                raise

        # In its turn among the gestures: a paper that was not drawn yet is drawn now.
        self._counter.write(lambda desk: _as_done(work(desk)), lambda found: self._opened(code, found))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the fields under the pad where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < 2 * self.pad.width()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)

    def sign(self) -> None:
        """Note the signature."""
        code, role, name = self._code, str(self.role.currentData()), self.name.text()
        strokes = None if self.witnessed.isChecked() else self.pad.strokes()

        def work(desk: Desk) -> Done[Signing]:
            from loanstore.operations import signing

            if strokes is None:
                return signing.sign_on_paper(desk, code, role, name)
            return signing.sign_by_pen(desk, code, role, name, strokes)

        self._counter.write(work, self._signed)

    def refuse(self) -> None:
        """Note that it will not be signed."""
        code, why = self._code, self.why.text()

        def work(desk: Desk) -> Done[Signing]:
            from loanstore.operations import signing

            return signing.refuse(desk, code, why)

        self._counter.write(work, self._signed)

    def leave(self) -> None:
        """Close the form."""
        self.hide()
        self.left.emit()

    def _opened(self, code: str, state: Signing | None) -> None:
        if state is None:
            self.unknown.emit(code)
            return
        self._show(state)
        self.name.clear()
        self.why.clear()
        self.witnessed.setChecked(False)
        self.pad.clear()
        self.show()
        self.name.setFocus()
        self.opened.emit()

    def _show(self, state: Signing) -> None:
        self._code = state.code
        self._title.setText(
            _("{code}, {borrower}: {stage}").format(
                code=state.code, borrower=state.borrower, stage=stage_word(state.stage)
            )
        )
        self.role.clear()
        for role in state.open_roles:
            self.role.addItem(role_word(role), role)
        lacking = [role_word(role) for role in state.needs if role in state.open_roles]
        said = _("All who must have signed.")
        if lacking:
            said = _("Needed to sign: {roles}").format(roles=", ".join(lacking))
        self.said.setText(said)
        self._sign.setEnabled(bool(state.open_roles))

    def _signed(self, state: Signing) -> None:
        self._show(state)
        self.name.clear()
        self.pad.clear()
        self.done.emit(state.code)


def _as_done(found: Signing | None) -> Done[Signing | None]:
    from loanstore.operations.desk import Done

    return Done(found)
