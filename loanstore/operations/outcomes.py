"""What a scan is answered with, as every face receives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.scan_effects import Why

if TYPE_CHECKING:
    from datetime import date, datetime

    from loanstore.domain.answers import Answer
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.catalogue import Accessory
    from loanstore.domain.class_sets import Tally
    from loanstore.domain.loans import Checked, Instrument, Status
    from loanstore.domain.looks import Look
    from loanstore.domain.places import Place
    from loanstore.domain.requests import Countdown
    from loanstore.domain.sessions import Mode


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one scan, with all that its sentence, its card and its line of JSON need.

    ``scanned`` is what was read, cut to what a card can hold. ``instrument`` stands as it does *after* the
    scan; ``was`` is its status before it. ``borrower`` is who has, had or gets it, or who was chosen.
    ``finished`` names the agreement of a hand-over that this scan finished first; ``agreement`` the one that
    FINISH made; ``items`` how many loans it covers, or how many things came back at once; ``returned`` the
    loans that this hand-over ended, for their receipts, ``sent`` the repairs it began, for their docket.
    ``beyond_terms`` warns that the table of terms ended. ``place`` is where a thing was moved, or the place
    chosen; ``set_name`` the class set and ``tally`` how many of how many of it are checked, out or back;
    ``left`` the codes of what a set could not take along. ``accessories`` go with the instrument, in the order
    that MISSING-1 and so on count them; ``issued`` is what was missing of them when a loan that has ended began.
    ``set_tally`` says how far the set that came back is whole, ``counts_for`` which order something lent counts
    for, and ``waiting`` who has waited longest for what has just come back. ``look`` is what a look at this card
    belongs to, ``grades`` what it is judged by, and ``issued_note`` what was said of it at issue. ``case`` is the
    instrument in whose case another was found; ``labels`` are case labels and ``papers`` agreements that putting it
    right made. ``happened`` is the day that crates came on which what is scanned now counts for.
    """

    answer: Answer
    scanned: str
    at: datetime
    mode: Mode
    why: Why = Why.PLAIN
    instrument: Instrument | None = None
    was: Status | None = None
    borrower: Borrower | None = None
    loan: str | None = None
    due: date | None = None
    fact: str | None = None
    finished: str | None = None
    agreement: str | None = None
    items: int = 0
    returned: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    due_term: str = ""
    beyond_terms: bool = False
    place: Place | None = None
    set_name: str = ""
    tally: tuple[int, int] | None = None
    left: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    accessories: tuple[Accessory, ...] = ()
    issued: Checked | None = None
    set_tally: Tally | None = None
    counts_for: Countdown | None = None
    waiting: Borrower | None = None
    look: Look | None = None
    grades: tuple[str, ...] = ()
    issued_note: str = ""
    case: Instrument | None = None
    labels: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    happened: date | None = None
