"""The closed list of answers a scan can give, and the tone each is given in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Answer(StrEnum):
    """What a scan meant. More may be added; none is ever renamed, since scripts read them."""

    BORROWER_CHOSEN = "BORROWER_CHOSEN"
    PLACE_CHOSEN = "PLACE_CHOSEN"
    LENT = "LENT"
    SET_LENT = "SET_LENT"
    CHECKED = "CHECKED"
    RETURNED = "RETURNED"
    SHOWN = "SHOWN"
    FOUND = "FOUND"
    MOVED = "MOVED"
    BOUND = "BOUND"
    UNBOUND = "UNBOUND"
    MATCHED = "MATCHED"
    REPEATED = "REPEATED"
    ALREADY_THEIRS = "ALREADY_THEIRS"
    UNDONE = "UNDONE"
    FINISHED = "FINISHED"
    NOTED = "NOTED"
    SENT_TO_REPAIR = "SENT_TO_REPAIR"
    PASSED_ON = "PASSED_ON"
    RUN_SHOWN = "RUN_SHOWN"
    LEND_MODE = "LEND_MODE"
    RETURN_MODE = "RETURN_MODE"
    SHOW_NEXT = "SHOW_NEXT"

    UNKNOWN_CODE = "UNKNOWN_CODE"
    BAD_CHECK = "BAD_CHECK"
    NEED_BORROWER = "NEED_BORROWER"
    OUT_TO_OTHER = "OUT_TO_OTHER"
    NOT_AVAILABLE = "NOT_AVAILABLE"
    RESERVED = "RESERVED"
    IN_PACK = "IN_PACK"
    AT_LIMIT = "AT_LIMIT"
    MISMATCH = "MISMATCH"
    NOTHING_TO_DO = "NOTHING_TO_DO"


class Tone(StrEnum):
    """How an answer is shown and sounded: colour, shape and sound all follow from it."""

    OUT = "out"
    IN = "in"
    DECIDE = "decide"
    WRONG = "wrong"
    QUIET = "quiet"


REFUSALS: Final = frozenset(
    {
        Answer.UNKNOWN_CODE,
        Answer.BAD_CHECK,
        Answer.NEED_BORROWER,
        Answer.OUT_TO_OTHER,
        Answer.NOT_AVAILABLE,
        Answer.RESERVED,
        Answer.IN_PACK,
        Answer.AT_LIMIT,
        Answer.MISMATCH,
        Answer.NOTHING_TO_DO,
    }
)
"""Refused answers change nothing and are kept in the journal."""

TAKEABLE: Final = frozenset(
    {Answer.OUT_TO_OTHER, Answer.RESERVED, Answer.AT_LIMIT, Answer.IN_PACK, Answer.NOT_AVAILABLE}
)
"""Directly after one of these, TAKE lends all the same."""

BACKABLE: Final = frozenset({Answer.ALREADY_THEIRS, Answer.OUT_TO_OTHER, Answer.SHOWN})
"""Directly after one of these, BACK brings the instrument back from its true holder."""

_OUT: Final = frozenset(
    {
        Answer.LENT,
        Answer.SET_LENT,
        Answer.CHECKED,
        Answer.FINISHED,
        Answer.BORROWER_CHOSEN,
        Answer.SENT_TO_REPAIR,
        Answer.PASSED_ON,
        Answer.BOUND,
        Answer.MATCHED,
    }
)
_IN: Final = frozenset({Answer.RETURNED, Answer.FOUND, Answer.MOVED, Answer.UNDONE, Answer.PLACE_CHOSEN})
_WRONG: Final = frozenset({Answer.UNKNOWN_CODE, Answer.BAD_CHECK})


def tone(answer: Answer) -> Tone:
    """Give the tone of an answer: out, in, a decision to make, something wrong, or nothing happened."""
    if answer in _OUT:
        return Tone.OUT
    if answer in _IN:
        return Tone.IN
    if answer in _WRONG:
        return Tone.WRONG
    return Tone.DECIDE if answer in REFUSALS else Tone.QUIET
