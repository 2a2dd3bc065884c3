"""Switching a session's mode by hand, where no command barcode does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loanstore.domain.sessions import Mode
from loanstore.operations.desk import Done

if TYPE_CHECKING:
    from loanstore.domain.sessions import SessionState
    from loanstore.operations.scanning import Session


def to_auto(session: Session) -> Done[SessionState]:
    """Put a session back to AUTO: borrower and hand-over stay, and nothing is directly after the last card."""
    session.state = replace(session.state.in_mode(Mode.AUTO), show_next=False)
    return Done(session.state)
