"""Words for requests: what is asked for, how far the count is, and how a new size follows on the old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.sizes import Step
from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.domain.requests import Countdown, RequestLine


def asked(type_: str, size: str) -> str:
    """Name what is asked for: ``Violin 1/2``, or ``Violin, any size``."""
    return f"{type_} {size}" if size else _("{type}, any size").format(type=type_)


def count(reached: int, number: int) -> str:
    """Say how far a request is met: ``11 of 12``."""
    return _("{reached} of {number}").format(reached=reached, number=number)


def counted(found: Countdown) -> str:
    """Say what an instrument counts for, or that the size is not the one asked for; empty where it is neither."""
    if found.line is not None:
        what = asked(found.line.type, found.line.size)
        return _("{what}: {count}").format(what=what, count=count(found.reached, found.number))
    if found.wrong_size:
        return _("Asked for: {sizes}").format(sizes=", ".join(found.wanted))
    return ""


def progress(line: RequestLine) -> str:
    """Say how far a request is handed out: ``Violin 1/2: 11 of 12``."""
    return _("{what}: {count}").format(what=asked(line.type, line.size), count=count(line.handed, line.number))


def swap_warning(step: Step | None, old: str, new: str) -> str:
    """Say what is odd about a swap; empty where the new one is the next size up, or nobody can tell."""
    words = {
        None: _("{old} and {new} are not of one type."),
        Step.SAME: _("{old} and {new} are of the same size."),
        Step.SMALLER: _("{new} is smaller than {old}."),
        Step.FAR: _("{new} is more than one size up from {old}."),
        Step.UP: "",
        Step.UNKNOWN: "",
    }
    return words[step].format(old=old, new=new)
