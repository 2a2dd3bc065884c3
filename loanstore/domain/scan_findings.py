"""What a scan can turn out to be, as it was looked up: the things that ``decide()`` sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.catalogue import Accessory
    from loanstore.domain.class_sets import ClassSet, Member
    from loanstore.domain.codes import CommandCode
    from loanstore.domain.loans import Instrument
    from loanstore.domain.places import Place
    from loanstore.domain.requests import Request
    from loanstore.domain.runs import Run
    from loanstore.domain.sessions import Role
    from loanstore.domain.stocktakes import Stocktake


@dataclass(frozen=True, slots=True)
class InstrumentFound:
    """The scan is an instrument's, by one of its labels; ``holder`` has it on loan."""

    instrument: Instrument
    role: Role
    holder: Borrower | None = None

    @property
    def thing(self) -> str | None:
        """Give the id of what was scanned."""
        return self.instrument.id


@dataclass(frozen=True, slots=True)
class BorrowerFound:
    """The scan is a borrower's."""

    borrower: Borrower

    @property
    def thing(self) -> str | None:
        """Give the id of what was scanned."""
        return self.borrower.id


@dataclass(frozen=True, slots=True)
class AgreementFound:
    """The scan is an agreement's: its borrower, when it was made (UTC), and what of it is still out."""

    agreement: str
    code: str
    borrower: Borrower
    made: str
    still_out: tuple[Instrument, ...] = ()

    @property
    def thing(self) -> str | None:
        """Give the id of what was scanned."""
        return self.agreement


@dataclass(frozen=True, slots=True)
class SetFound:
    """The scan is a class set's: its members by their numbers in it."""

    class_set: ClassSet
    members: tuple[Member, ...] = ()

    @property
    def still_out(self) -> tuple[Instrument, ...]:
        """Give the members that are on loan."""
        return tuple(one.instrument for one in self.members if one.instrument.loan is not None)

    @property
    def thing(self) -> str | None:
        """Give the id of what was scanned."""
        return self.class_set.id


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """The scan is a place's or a repairer's; ``stocktake`` is being taken there."""

    place: Place
    stocktake: Stocktake | None = None

    @property
    def thing(self) -> str | None:
        """Give the id of what was scanned."""
        return self.place.id


@dataclass(frozen=True, slots=True)
class RequestFound:
    """The scan is that of an order or a collection letter: what was asked for, and by whom."""

    request: Request
    borrower: Borrower

    @property
    def thing(self) -> str | None:
        """Give the id of what was scanned."""
        return self.request.id


@dataclass(frozen=True, slots=True)
class RunFound:
    """The scan is a van run's."""

    run: Run

    @property
    def thing(self) -> str | None:
        """Give the id of what was scanned."""
        return self.run.id


@dataclass(frozen=True, slots=True)
class BlankFound:
    """The scan is a blank label of ours that nothing bears yet; ``form`` is its normalised code."""

    form: str

    @property
    def thing(self) -> str | None:
        """Give the code: a blank label is nothing else yet."""
        return self.form


@dataclass(frozen=True, slots=True)
class CommandFound:
    """The scan is a command.

    ``instrument`` is the last card's, looked up afresh for the commands that act on it, with the
    ``accessories`` of its type and the ``grades`` it is judged by; ``case`` is the one in whose case it was.
    ``shown`` is the agreement or set last shown, for ALL and TAKE; ``undoable`` the gesture that UNDO would reverse,
    ``signed`` whether it may not, for an agreement on it is signed.
    """

    command: CommandCode
    instrument: InstrumentFound | None = None
    accessories: tuple[Accessory, ...] = ()
    shown: AgreementFound | SetFound | None = None
    undoable: str | None = None
    grades: tuple[str, ...] = ()
    case: InstrumentFound | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class NothingFound:
    """The scan names nothing here; ``bad_check`` when it has our shape and a wrong check character."""

    bad_check: bool = False
    run_together: bool = False


ThingFound = InstrumentFound | BorrowerFound | AgreementFound | SetFound | PlaceFound | RequestFound | RunFound
SomethingFound = ThingFound | BlankFound
Found = SomethingFound | CommandFound | NothingFound
