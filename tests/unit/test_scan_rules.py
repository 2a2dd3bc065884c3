"""What a scan means: the table of the contract, line by line, as decide() answers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from loanstore.domain.answers import BACKABLE, REFUSALS, TAKEABLE, Answer, Tone, tone
from loanstore.domain.borrowers import Borrower, BorrowerKind
from loanstore.domain.codes import Command, CommandCode
from loanstore.domain.loans import Ending, Instrument, Loan, Status
from loanstore.domain.policy import Policy
from loanstore.domain.scan_effects import (
    AskWhy,
    BackFromRepair,
    Circumstances,
    Decision,
    Find,
    Finish,
    Lend,
    Return,
    Reverse,
    Sight,
    Unload,
    Why,
)
from loanstore.domain.scan_findings import (
    AgreementFound,
    BorrowerFound,
    CommandFound,
    Found,
    InstrumentFound,
    NothingFound,
)
from loanstore.domain.scan_rules import decide
from loanstore.domain.sessions import Handled, LastScan, Mode, Role, SessionState

NOW: Final = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
SAM: Final = Borrower("b-sam", "CM-000001-D", BorrowerKind.HIRER, "Drama, Sam", "Alex")
ALEX: Final = Borrower("b-alex", "CM-000002-B", BorrowerKind.TEACHER, "Drama, Alex")
NOBODY: Final = SessionState()
CHOSEN: Final = SessionState(borrower=SAM)
LENDING: Final = SessionState(mode=Mode.LEND)
LENDING_TO_SAM: Final = SessionState(mode=Mode.LEND, borrower=SAM)
RETURNING: Final = SessionState(mode=Mode.RETURN)
BROUGHT_BY_SAM: Final = SessionState(mode=Mode.RETURN, borrower=SAM)
IN_STORE: Final = Instrument("i-1", "CM-000003-9")
IN_REPAIR: Final = replace(IN_STORE, status=Status.IN_REPAIR)
ON_VAN: Final = replace(IN_STORE, status=Status.ON_VAN)


def on_loan(to: Borrower) -> Instrument:
    loan = Loan("l-1", "i-1", to.id, "2026-09-01T09:00:00.000000Z", "2026-12-18", "free loan")
    return replace(IN_STORE, status=Status.ON_LOAN, loan=loan)


def at(now: datetime = NOW, held: int = 0) -> Circumstances:
    return Circumstances(now, Policy(), held)


def scanned(instrument: Instrument, session: SessionState, *, held: int = 0) -> Decision:
    holder = {SAM.id: SAM, ALEX.id: ALEX}.get(instrument.loan.borrower) if instrument.loan else None
    return decide(InstrumentFound(instrument, Role.MAIN, holder), session, at(held=held))


def after(answer: Answer, session: SessionState = CHOSEN, thing: str = "i-1", ago: float = 10) -> SessionState:
    return replace(session, last=LastScan(thing, Role.MAIN, NOW - timedelta(seconds=ago), answer))


def told(command: Command, session: SessionState, **found: object) -> Decision:
    return decide(CommandFound(CommandCode(command), **found), session, at())  # type: ignore[arg-type]  # each test names the fields it means


GONE: Final = (Status.MISSING, Status.LOST, Status.RETIRED, Status.DISPOSED)
THE_TABLE: Final = [
    ("in store, nobody chosen", IN_STORE, NOBODY, Answer.SHOWN, (Sight,)),
    ("in store, to the chosen one", IN_STORE, CHOSEN, Answer.LENT, (Lend,)),
    ("in store, lending, to the chosen one", IN_STORE, LENDING_TO_SAM, Answer.LENT, (Lend,)),
    ("in store, lending, nobody chosen", IN_STORE, LENDING, Answer.NEED_BORROWER, ()),
    ("in store, while returning", IN_STORE, RETURNING, Answer.SHOWN, (Sight,)),
    ("theirs already", on_loan(SAM), CHOSEN, Answer.ALREADY_THEIRS, ()),
    ("theirs already, lending", on_loan(SAM), LENDING_TO_SAM, Answer.ALREADY_THEIRS, ()),
    ("theirs, brought back by them", on_loan(SAM), BROUGHT_BY_SAM, Answer.RETURNED, (Return,)),
    ("out, nobody chosen", on_loan(ALEX), NOBODY, Answer.RETURNED, (Return,)),
    ("out, lending, nobody chosen", on_loan(ALEX), LENDING, Answer.NEED_BORROWER, ()),
    ("out to another", on_loan(ALEX), CHOSEN, Answer.OUT_TO_OTHER, ()),
    ("out to another, lending", on_loan(ALEX), LENDING_TO_SAM, Answer.OUT_TO_OTHER, ()),
    ("another's, brought back by Sam", on_loan(ALEX), BROUGHT_BY_SAM, Answer.RETURNED, (Return,)),
    ("out, while returning", on_loan(ALEX), RETURNING, Answer.RETURNED, (Return,)),
    *(
        line
        for status in GONE
        for line in (
            (f"{status}, nobody chosen", replace(IN_STORE, status=status), NOBODY, Answer.FOUND, (Find,)),
            (f"{status}, while returning", replace(IN_STORE, status=status), RETURNING, Answer.FOUND, (Find,)),
            (f"{status}, to the chosen one", replace(IN_STORE, status=status), CHOSEN, Answer.NOT_AVAILABLE, ()),
        )
    ),
    ("in repair, nobody chosen", IN_REPAIR, NOBODY, Answer.SHOWN, (Sight,)),
    ("in repair, while returning", IN_REPAIR, RETURNING, Answer.RETURNED, (BackFromRepair,)),
    ("in repair, to the chosen one", IN_REPAIR, CHOSEN, Answer.NOT_AVAILABLE, ()),
    ("on the van, nobody chosen", ON_VAN, NOBODY, Answer.SHOWN, (Sight,)),
    ("on the van, while returning", ON_VAN, RETURNING, Answer.RETURNED, (Unload,)),
    ("on the van, to the chosen one", ON_VAN, CHOSEN, Answer.NOT_AVAILABLE, ()),
    *(
        line
        for status, refusal in (
            (Status.NEEDS_ATTENTION, Answer.NOT_AVAILABLE),
            (Status.SET_ASIDE, Answer.RESERVED),
            (Status.IN_PACK, Answer.IN_PACK),
        )
        for line in (
            (f"{status}, nobody chosen", replace(IN_STORE, status=status), NOBODY, Answer.SHOWN, (Sight,)),
            (f"{status}, while returning", replace(IN_STORE, status=status), RETURNING, Answer.SHOWN, (Sight,)),
            (f"{status}, to the chosen one", replace(IN_STORE, status=status), CHOSEN, refusal, ()),
        )
    ),
]


@pytest.mark.parametrize(
    ("instrument", "session", "answer", "effects"),
    [line[1:] for line in THE_TABLE],
    ids=[line[0] for line in THE_TABLE],
)
def test_an_instrument(
    instrument: Instrument, session: SessionState, answer: Answer, effects: tuple[type, ...]
) -> None:
    decision = scanned(instrument, session)
    assert decision.answer is answer
    assert tuple(type(effect) for effect in decision.effects) == effects
    assert (decision.session.mode, decision.session.borrower) == (session.mode, session.borrower)


@pytest.mark.parametrize("line", THE_TABLE, ids=[line[0] for line in THE_TABLE])
def test_a_refusal_does_nothing_and_doing_is_no_refusal(
    line: tuple[str, Instrument, SessionState, Answer, tuple[type, ...]],
) -> None:
    decision = scanned(line[1], line[2])
    assert not (decision.answer in REFUSALS and decision.effects)


def test_what_is_lent_goes_to_the_chosen_one_and_ends_no_loan() -> None:
    (effect,) = scanned(IN_STORE, CHOSEN).effects
    assert effect == Lend(IN_STORE, SAM, taking=False)


def test_a_hirer_at_the_limit_is_told_so() -> None:
    assert scanned(IN_STORE, CHOSEN, held=1).answer is Answer.LENT
    assert scanned(IN_STORE, CHOSEN, held=2).answer is Answer.AT_LIMIT
    assert scanned(IN_STORE, SessionState(borrower=ALEX), held=200).answer is Answer.LENT


def lent(ago: float) -> SessionState:
    return SessionState().with_lent(Handled("g", "i-1", "l-1", NOW - timedelta(seconds=ago)), 120)


@pytest.mark.parametrize(("ago", "answer"), [(3, Answer.SHOWN), (120, Answer.SHOWN), (121, Answer.RETURNED)])
def test_what_this_session_lent_within_two_minutes_is_shown_not_taken_back(ago: float, answer: Answer) -> None:
    finished = lent(ago).finished(None)
    decision = scanned(on_loan(SAM), finished)
    assert decision.answer is answer
    assert (decision.why is Why.JUST_LENT) is (answer is Answer.SHOWN)


def test_what_another_session_lent_comes_back_at_once() -> None:
    assert scanned(on_loan(SAM), NOBODY).answer is Answer.RETURNED


def test_what_was_lent_here_and_has_since_gone_to_another_comes_back() -> None:
    instrument = on_loan(ALEX)
    assert instrument.loan is not None
    instrument = replace(instrument, loan=replace(instrument.loan, id="l-2"))
    assert scanned(instrument, lent(30).finished(None)).answer is Answer.RETURNED


def test_return_mode_brings_back_even_what_was_just_lent() -> None:
    assert scanned(on_loan(SAM), replace(lent(5), mode=Mode.RETURN)).answer is Answer.RETURNED


@pytest.mark.parametrize("session", [NOBODY, LENDING, RETURNING])
def test_a_borrower_is_chosen_and_the_mode_stays(session: SessionState) -> None:
    decision = decide(BorrowerFound(SAM), session, at())
    assert decision.answer is Answer.BORROWER_CHOSEN
    assert (decision.session.borrower, decision.session.mode) == (SAM, session.mode)
    assert decision.effects == ()


def test_the_next_borrower_finishes_the_hand_over_before() -> None:
    session = replace(CHOSEN, mode=Mode.LEND).with_lent(Handled("g", "i-1", "l-1", NOW), 120)
    decision = decide(BorrowerFound(ALEX), session, at())
    assert decision.answer is Answer.BORROWER_CHOSEN
    assert decision.effects == (Finish(SAM, ("l-1",), ()),)
    assert (decision.session.borrower, decision.session.lent, decision.session.mode) == (ALEX, (), Mode.LEND)


def test_the_same_borrower_again_goes_on_with_the_hand_over() -> None:
    session = CHOSEN.with_lent(Handled("g", "i-1", "l-1", NOW), 120)
    decision = decide(BorrowerFound(SAM), session, at())
    assert decision.effects == ()
    assert decision.session.lent == session.lent


def test_an_agreement_chooses_its_borrower() -> None:
    decision = decide(AgreementFound("a-1", "CM-000009-X", SAM, "2026-09-01T09:00:00.000000Z"), NOBODY, at())
    assert (decision.answer, decision.session.borrower) == (Answer.BORROWER_CHOSEN, SAM)


@pytest.mark.parametrize("session", [NOBODY, CHOSEN, LENDING_TO_SAM, RETURNING])
@pytest.mark.parametrize(
    ("found", "answer", "why"),
    [
        (NothingFound(), Answer.UNKNOWN_CODE, Why.PLAIN),
        (NothingFound(run_together=True), Answer.UNKNOWN_CODE, Why.RUN_TOGETHER),
        (NothingFound(bad_check=True), Answer.BAD_CHECK, Why.PLAIN),
    ],
)
def test_what_is_not_ours_leaves_mode_and_borrower(
    found: Found, answer: Answer, why: Why, session: SessionState
) -> None:
    decision = decide(found, after(Answer.OUT_TO_OTHER, session), at())
    assert (decision.answer, decision.why, decision.effects) == (answer, why, ())
    assert decision.session == replace(session, last=None)


@pytest.mark.parametrize(
    ("command", "mode", "answer"),
    [(Command.LEND, Mode.LEND, Answer.LEND_MODE), (Command.RETURN, Mode.RETURN, Answer.RETURN_MODE)],
)
@pytest.mark.parametrize("session", [NOBODY, CHOSEN, LENDING, RETURNING])
def test_a_mode_lasts_until_another(command: Command, mode: Mode, answer: Answer, session: SessionState) -> None:
    decision = told(command, session)
    assert (decision.answer, decision.session.mode, decision.effects) == (answer, mode, ())
    assert decision.session.borrower == session.borrower


def test_finish_ends_everything_and_says_what_there_was() -> None:
    session = CHOSEN.with_lent(Handled("g", "i-1", "l-1", NOW), 120).with_returned(Handled("h", "i-2", "l-2", NOW))
    decision = told(Command.FINISH, replace(session, mode=Mode.LEND))
    assert decision.answer is Answer.FINISHED
    assert decision.effects == (Finish(SAM, ("l-1",), ("l-2",)),)
    assert not decision.session.open
    assert decision.session.mode is Mode.AUTO


def test_what_was_lent_and_came_back_in_the_same_session_is_on_no_agreement() -> None:
    session = CHOSEN.with_lent(Handled("g", "i-1", "l-1", NOW), 120).with_returned(Handled("h", "i-1", "l-1", NOW))
    (finish,) = told(Command.FINISH, session).effects
    assert isinstance(finish, Finish)
    assert finish.lent == ()


def test_finish_with_nothing_done_is_quietly_finished() -> None:
    assert told(Command.FINISH, NOBODY).answer is Answer.FINISHED


def test_show_shows_the_next_thing_and_only_that() -> None:
    session = told(Command.SHOW, CHOSEN).session
    shown = scanned(IN_STORE, session)
    assert (shown.answer, shown.why) == (Answer.SHOWN, Why.SHOW_ONLY)
    assert scanned(replace(IN_STORE, id="i-2"), shown.session).answer is Answer.LENT


def test_show_shows_a_borrower_without_choosing_them() -> None:
    session = told(Command.SHOW, CHOSEN).session
    decision = decide(BorrowerFound(ALEX), session, at())
    assert (decision.answer, decision.session.borrower) == (Answer.SHOWN, SAM)


@pytest.mark.parametrize("answer", sorted(TAKEABLE))
def test_take_lends_directly_after_a_refusal_that_can_be_overruled(answer: Answer) -> None:
    decision = told(Command.TAKE, after(answer), instrument=InstrumentFound(IN_STORE, Role.MAIN))
    assert (decision.answer, decision.why) == (Answer.LENT, Why.PLAIN)
    assert decision.effects == (Lend(IN_STORE, SAM, taking=False), AskWhy(answer, (IN_STORE,)))


def test_take_ends_the_loan_in_the_way() -> None:
    decision = told(
        Command.TAKE, after(Answer.OUT_TO_OTHER), instrument=InstrumentFound(on_loan(ALEX), Role.MAIN, ALEX)
    )
    assert (decision.answer, decision.why) == (Answer.LENT, Why.TAKEN)
    asked = AskWhy(Answer.OUT_TO_OTHER, (on_loan(ALEX),))
    assert decision.effects == (Lend(on_loan(ALEX), SAM, taking=True), asked)


@pytest.mark.parametrize("answer", sorted(set(Answer) - TAKEABLE))
def test_take_after_anything_else_has_nothing_to_do(answer: Answer) -> None:
    decision = told(Command.TAKE, after(answer), instrument=InstrumentFound(IN_STORE, Role.MAIN))
    assert (decision.answer, decision.effects) == (Answer.NOTHING_TO_DO, ())


def test_take_works_once() -> None:
    found = InstrumentFound(on_loan(ALEX), Role.MAIN, ALEX)
    session = told(Command.TAKE, after(Answer.OUT_TO_OTHER), instrument=found).session
    assert told(Command.TAKE, session, instrument=found).answer is Answer.NOTHING_TO_DO


@pytest.mark.parametrize("answer", sorted(BACKABLE))
def test_back_brings_it_back_from_its_true_holder_and_leaves_the_borrower(answer: Answer) -> None:
    decision = told(Command.BACK, after(answer), instrument=InstrumentFound(on_loan(ALEX), Role.MAIN, ALEX))
    assert (decision.answer, decision.why) == (Answer.RETURNED, Why.WANTED_BACK)
    assert decision.effects == (Return(on_loan(ALEX)),)
    assert (decision.session.borrower, decision.session.mode) == (SAM, Mode.AUTO)


@pytest.mark.parametrize("answer", sorted(set(Answer) - BACKABLE))
def test_back_after_anything_else_has_nothing_to_do(answer: Answer) -> None:
    decision = told(Command.BACK, after(answer), instrument=InstrumentFound(on_loan(ALEX), Role.MAIN, ALEX))
    assert decision.answer is Answer.NOTHING_TO_DO


def test_back_of_what_nobody_has_is_nothing() -> None:
    decision = told(Command.BACK, after(Answer.SHOWN), instrument=InstrumentFound(IN_STORE, Role.MAIN))
    assert decision.answer is Answer.NOTHING_TO_DO


def test_all_counts_in_everything_of_the_agreement_that_was_shown() -> None:
    out = (on_loan(SAM), replace(on_loan(SAM), id="i-2"))
    agreement = AgreementFound("a-1", "CM-000009-X", SAM, "2026-09-01T09:00:00.000000Z", out)
    decision = told(Command.ALL, after(Answer.BORROWER_CHOSEN, thing="a-1"), shown=agreement)
    assert decision.answer is Answer.RETURNED
    assert decision.effects == tuple(Return(instrument, Ending.COUNTED) for instrument in out)


def test_all_with_nothing_out_has_nothing_to_do() -> None:
    agreement = AgreementFound("a-1", "CM-000009-X", SAM, "2026-09-01T09:00:00.000000Z")
    assert told(Command.ALL, CHOSEN, shown=agreement).answer is Answer.NOTHING_TO_DO
    assert told(Command.ALL, CHOSEN).answer is Answer.NOTHING_TO_DO


def test_undo_reverses_the_gesture_and_forgets_it() -> None:
    session = CHOSEN.with_lent(Handled("g", "i-1", "l-1", NOW), 120)
    decision = told(Command.UNDO, session, undoable="g")
    assert (decision.answer, decision.effects) == (Answer.UNDONE, (Reverse("g"),))
    assert (decision.session.lent, decision.session.borrower) == ((), SAM)


def test_undoing_a_return_puts_the_loan_back_on_the_hand_over() -> None:
    session = CHOSEN.with_lent(Handled("g", "i-1", "l-1", NOW), 120).with_returned(Handled("h", "i-1", "l-1", NOW))
    undone = told(Command.UNDO, session, undoable="h").session
    (finish,) = told(Command.FINISH, undone).effects
    assert finish == Finish(SAM, ("l-1",), ())


def test_undo_with_nothing_to_undo_has_nothing_to_do() -> None:
    assert told(Command.UNDO, CHOSEN).answer is Answer.NOTHING_TO_DO


def test_print_prints_what_was_just_made() -> None:
    assert told(Command.PRINT, replace(CHOSEN, made="CM-000009-X")).answer is Answer.NOTED
    assert told(Command.PRINT, CHOSEN).answer is Answer.NOTHING_TO_DO


@pytest.mark.parametrize("command", [Command.MISSING, Command.DAMAGED, Command.REPAIR, Command.ON_LEND])
def test_commands_about_the_last_card_need_one_with_an_instrument(command: Command) -> None:
    decision = told(command, after(Answer.RETURNED))
    assert (decision.answer, decision.effects) == (Answer.NOTHING_TO_DO, ())


@pytest.mark.parametrize(("ago", "repeated"), [(0, True), (1.9, True), (2, True), (2.1, False), (60, False)])
@pytest.mark.parametrize("role", list(Role))
def test_the_same_thing_within_two_seconds_is_repeated_by_whichever_label(
    *, ago: float, repeated: bool, role: Role
) -> None:
    session = after(Answer.LENT, ago=ago)
    decision = decide(InstrumentFound(on_loan(SAM), role, SAM), session, at())
    assert (decision.answer is Answer.REPEATED) is repeated
    if repeated:
        assert (decision.effects, decision.session) == ((), session)


def test_something_in_between_makes_it_no_repeat() -> None:
    session = decide(NothingFound(), after(Answer.LENT, ago=1), at()).session
    assert scanned(on_loan(SAM), session).answer is Answer.ALREADY_THEIRS


def test_a_borrower_scanned_twice_is_repeated_too() -> None:
    once = decide(BorrowerFound(SAM), NOBODY, at()).session
    assert decide(BorrowerFound(SAM), once, at(NOW + timedelta(seconds=1))).answer is Answer.REPEATED


def test_a_clock_set_back_makes_nothing_a_repeat_and_nothing_just_lent() -> None:
    earlier = at(NOW - timedelta(hours=1))
    assert (
        decide(InstrumentFound(on_loan(SAM), Role.MAIN, SAM), after(Answer.LENT), earlier).answer
        is Answer.ALREADY_THEIRS
    )
    assert (
        decide(InstrumentFound(on_loan(SAM), Role.MAIN, SAM), lent(0).finished(None), earlier).answer is Answer.RETURNED
    )


@pytest.mark.parametrize(
    ("state", "quiet"),
    [
        (NOBODY, False),
        (CHOSEN, True),
        (RETURNING, True),
        (LENDING, True),
        (SessionState().with_returned(Handled("g", "i-1", "l-1", NOW)), True),
    ],
    ids=["nothing open", "somebody chosen", "return mode", "lend mode", "something returned"],
)
def test_only_what_is_open_falls_quiet(*, state: SessionState, quiet: bool) -> None:
    state = replace(state, active_at=NOW)
    assert not state.quiet_since(NOW + timedelta(seconds=299), 300)
    assert state.quiet_since(NOW + timedelta(seconds=300), 300) is quiet


def test_a_session_that_never_did_anything_is_not_quiet() -> None:
    assert not CHOSEN.quiet_since(NOW + timedelta(days=1), 300)


def test_deciding_is_pure() -> None:
    for _name, instrument, session, _answer, _effects in THE_TABLE:
        assert scanned(instrument, session) == scanned(instrument, session)


def test_every_answer_has_a_tone_and_every_refusal_sounds_like_one() -> None:
    assert all(isinstance(tone(answer), Tone) for answer in Answer)
    assert {tone(answer) for answer in REFUSALS} == {Tone.DECIDE, Tone.WRONG}
    assert tone(Answer.LENT) is Tone.OUT
    assert tone(Answer.RETURNED) is Tone.IN
