"""Looking at what is there: lists, find-as-you-type, one thing's card and its story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.listings import Listing
from loanstore.domain.scan_findings import AgreementFound, BorrowerFound, InstrumentFound
from loanstore.domain.sessions import Role
from loanstore.operations import accounts, remitting
from loanstore.operations.custody import whereabouts
from loanstore.operations.lending import find_instrument
from loanstore.operations.storytelling import StoryLine, story
from loanstore.storage import aggregates, folding, lists, lookups, people, people_lists, registers
from loanstore.storage.lists import LoanFilter

if TYPE_CHECKING:
    from loanstore.domain.arrivals import HeadCount
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.listings import Question
    from loanstore.domain.loans import Instrument
    from loanstore.domain.remissions import Remission
    from loanstore.operations.accounts import BorrowersAccount
    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import BorrowerLine, InstrumentLine, LoanLine
    from loanstore.storage.transaction import Transaction

MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class InstrumentCard:
    """All that is known of an instrument; ``place`` and ``note`` are texts, ``story`` its history.

    ``custodian`` names whoever or wherever it is while ``holder`` answers for it, ``player`` the pupil it was given
    to, ``class_set`` its set, ``repairer`` who is mending it; each empty where there is none. ``apparatus`` is what
    enables playing it, ``serves`` the instruments that this is the apparatus of.
    """

    instrument: Instrument
    holder: Borrower | None
    place: str
    note: str
    codes: tuple[tuple[str, str, str], ...]
    story: tuple[StoryLine, ...]
    custodian: str = ""
    player: str = ""
    class_set: str = ""
    repairer: str = ""
    apparatus: Instrument | None = None
    serves: tuple[Instrument, ...] = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its old numbers, as they are written."""
        return tuple(shown for _form, shown, role in self.codes if role == "alias")

    @property
    def cases(self) -> tuple[str, ...]:
        """What its case is labelled with: old tags, and the store's own case label if its code has one."""
        tags = tuple(shown for _form, shown, role in self.codes if role == "case")
        return (*tags, *filter(None, [codes.case_label(self.instrument.code)]))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a borrower stands beside its loans.

    ``late`` is what is due already, ``lacking`` what came back incomplete: that is what it owes. ``passed_on`` is what
    it answers for and others have, ``kept`` the other way round; ``former`` the records merged into it.
    """

    late: tuple[LoanLine, ...]
    lacking: tuple[people_lists.LackingLine, ...]
    passed_on: tuple[people_lists.CustodyLine, ...]
    kept: tuple[people_lists.CustodyLine, ...]
    sets: tuple[people_lists.SetLine, ...]
    requests: tuple[people_lists.RequestLine, ...]
    crates: tuple[people_lists.CratesLine, ...]
    heads: tuple[HeadCount, ...]
    former: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BorrowerCard:
    """All that is known of a borrower, with what is out, what has been and how it stands.

    ``account`` is what was charged and paid; ``remissions`` say how much is let off and not why.
    """

    borrower: Borrower
    record: dict[str, str]
    codes: tuple[tuple[str, str, str], ...]
    out: Listing
    past: Listing
    standing: Standing
    account: BorrowersAccount
    remissions: tuple[Remission, ...]


def list_instruments(desk: Desk, find: str = "", limit: int | None = None) -> Listing:
    """List instruments by code."""
    with desk.store.reading() as transaction:
        return lists.instruments(transaction, find, limit)


def list_borrowers(desk: Desk, find: str = "", limit: int | None = None) -> Listing:
    """List borrowers by code."""
    with desk.store.reading() as transaction:
        return lists.borrowers(transaction, find, limit)


def list_loans(desk: Desk, which: LoanFilter | None = None, find: str = "", limit: int | None = None) -> Listing:
    """List loans by the instrument's code."""
    with desk.store.reading() as transaction:
        return lists.loans(transaction, which, find, limit)


def instrument_page(desk: Desk, question: Question) -> Listing:
    """Give a page of the instruments; the filters are ``status``, ``type`` and ``place`` (its id)."""
    with desk.store.reading() as transaction:
        return lists.instrument_page(transaction, question)


def instruments_worth(desk: Desk, question: Question) -> int:
    """Add up the replacement values of a page of the instruments, in pence."""
    with desk.store.reading() as transaction:
        return lists.worth(transaction, question)


def borrower_page(desk: Desk, question: Question) -> Listing:
    """Give a page of the borrowers; the filters are ``kind`` and ``out`` (``some``: has things of ours)."""
    with desk.store.reading() as transaction:
        return lists.borrower_page(transaction, question)


def loan_page(desk: Desk, question: Question) -> Listing:
    """Give a page of the loans; the filter ``standing`` is ``late``, ``today``, ``unsigned`` or ``past``."""
    standing, today = question.chosen.get("standing", ""), desk.today().isoformat()
    which = LoanFilter(
        past=standing == "past",
        due_before=today if standing == "late" else None,
        due_on=today if standing == "today" else None,
        without_agreement=standing == "unsigned",
    )
    with desk.store.reading() as transaction:
        return lists.loan_page(transaction, which, question)


def types_there(desk: Desk) -> list[str]:
    """Give the types that the store's instruments are of."""
    with desk.store.reading() as transaction:
        return lists.instrument_types(transaction)


def places_there(desk: Desk) -> list[tuple[str, str]]:
    """Give the places by name, each with its id first."""
    with desk.store.reading() as transaction:
        return sorted(registers.place_names(transaction).items(), key=lambda place: place[1].casefold())


def find_for_desk(desk: Desk, typed: str) -> tuple[tuple[BorrowerLine, ...], tuple[InstrumentLine, ...]]:
    """Find what words typed at the desk may mean: borrowers first, then instruments by old numbers too."""
    if not typed.strip():
        return (), ()
    with desk.store.reading() as transaction:
        people = lists.borrowers(transaction, typed, MOST_FOUND).lines
        things = lists.instruments(transaction, typed, MOST_FOUND).lines
    return people, things


def show(desk: Desk, code: str) -> InstrumentCard | BorrowerCard:
    """Give everything known of the thing that carries a code; raises Refused where nothing does."""
    with desk.store.reading() as transaction:
        form = codes.normalise(code)
        found = lookups.by_form(transaction, form)
        if isinstance(found, BorrowerFound):
            return _borrower_card(desk, transaction, found.borrower)
        if isinstance(found, AgreementFound):
            return _borrower_card(desk, transaction, found.borrower)
        if found is None and codes.body_form(form) is None:
            raise Refused("NOTHING_CARRIES", value=code)
        thing = found if isinstance(found, InstrumentFound) else find_instrument(transaction, code)
        return _instrument_card(transaction, thing)


def _instrument_card(transaction: Transaction, found: InstrumentFound) -> InstrumentCard:
    state = found.instrument
    places = registers.place_names(transaction)
    loan, repair = state.loan, state.repair
    in_set = aggregates.find(transaction, "set", state.class_set) if state.class_set is not None else None
    carried = registers.codes_of(transaction, state.id)
    linked = lookups.served_by(transaction, [form for form, _shown, role in carried if role != Role.CASE.value])
    return InstrumentCard(
        state,
        found.holder,
        places.get(state.fields.get("location", ""), ""),
        registers.note(transaction, state.fields.get("note", "")),
        tuple(carried),
        story(transaction, state.id),
        whereabouts(transaction, loan.custodian if loan is not None else None),
        registers.note(transaction, loan.player) if loan is not None and loan.player is not None else "",
        str(in_set.name) if in_set is not None else "",
        places.get(repair.repairer, "") if repair is not None else "",
        _apparatus(transaction, state.fields.get("apparatus", "")),
        tuple(folded for one in linked if (folded := folding.instrument_state(transaction, one)) is not None),
    )


def _apparatus(transaction: Transaction, code: str) -> Instrument | None:
    """Give the apparatus that a code names; None where nothing carries it any more."""
    found = lookups.by_label(transaction, codes.normalise(code)) if code else None
    return found.instrument if isinstance(found, InstrumentFound) else None


def _borrower_card(desk: Desk, transaction: Transaction, borrower: Borrower) -> BorrowerCard:
    every = lists.loans(transaction, LoanFilter(past=True, borrower=borrower.id))
    ended = tuple(line for line in every.lines if line.ended)
    out = lists.loans(transaction, LoanFilter(borrower=borrower.id))
    today = desk.today().isoformat()
    return BorrowerCard(
        borrower,
        registers.borrower_record(transaction, borrower.id),
        tuple(registers.codes_of(transaction, borrower.id)),
        out,
        Listing(len(ended), ended),
        Standing(
            tuple(line for line in out.lines if line.due < today),
            people_lists.came_back_lacking(transaction, borrower.id),
            people_lists.passed_on(transaction, borrower.id),
            people_lists.kept_for_others(transaction, borrower.id),
            people_lists.sets_out(transaction, borrower.id),
            people_lists.open_requests(transaction, borrower.id),
            people_lists.uncounted_crates(transaction, borrower.id),
            tuple(people.head_counts(transaction, borrower.id)[::-1]),
            people_lists.former_names(transaction, borrower.id),
        ),
        accounts.account_of(transaction, borrower),
        remitting.without_reasons(transaction, borrower),
    )
