"""The one ``scan()``: what was read is looked up, decided, written down, and only then answered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.answers import Answer
from loanstore.domain.codes import Command
from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.looks import grades_like
from loanstore.domain.scan_effects import Circumstances, finish_of
from loanstore.domain.scan_findings import BlankFound, CommandFound, InstrumentFound, NothingFound, SetFound
from loanstore.domain.scan_rules import decide
from loanstore.domain.sessions import Mode, SessionState
from loanstore.operations import carrying_out, receiving, resting, undoing
from loanstore.operations.desk import Done
from loanstore.operations.lending import require_ahead
from loanstore.operations.work import Work
from loanstore.storage import lookups, registers

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.codes import CommandCode
    from loanstore.domain.scan_findings import Found
    from loanstore.operations.desk import Desk
    from loanstore.operations.outcomes import Outcome


@dataclass(slots=True)
class Session:
    """One window or one run of ``scan``; only the operations here replace what it remembers."""

    state: SessionState = field(default_factory=SessionState)


def begin_session(desk: Desk) -> Session:
    """Begin a session with nobody chosen, the store's rules read afresh and old unknown texts dropped."""
    limit = carrying_out.unknown_kept_from(desk.now())
    with desk.store.reading() as transaction:
        desk.rules(transaction)
        old = registers.has_unknown_scans(transaction, limit)
    if old:
        with desk.store.writing() as transaction:
            registers.forget_unknown_scans(transaction, limit)
    return Session()


def scan(desk: Desk, text: str, session: Session) -> Done[Outcome]:
    """Take one scan: it is durable when this returns, and the session has moved on only then."""
    with desk.store.writing() as transaction:
        # Read once it is this desk's turn, so that times follow the order in which things were written.
        now = desk.now()
        work = Work(desk, transaction, now, desk.known_rules(transaction))
        state, finished = _finish_if_quiet(work, session.state)
        state = _still_known(work, state)
        found = _look_up(work, text, state)
        decision = decide(found, state, _circumstances(work, found, state))
        outcome, after = carrying_out.carry_out(work, decision, found, text)
        outcome, after = _on_the_day_of_their_crates(work, outcome, state, after)
        outcome = _with_case(work, outcome, after)
    session.state = replace(after, active_at=now)
    if finished is not None and outcome.finished is None:
        outcome = replace(outcome, finished=finished)
    return Done(outcome, frozenset(work.changed))


def finish_if_quiet(desk: Desk, session: Session) -> Done[Outcome] | None:
    """Finish a session that has been quiet for long enough; None where it goes on."""
    with desk.store.reading() as transaction:
        quiet = desk.known_rules(transaction).policy.quiet
    if not session.state.quiet_since(desk.now(), quiet):
        return None
    session.state = replace(session.state, active_at=None)
    return scan(desk, f"{codes.COMMAND_PREFIX}-{Command.FINISH}", session)


def set_due(desk: Desk, session: Session, due: date) -> Done[int]:
    """Set the due date of this hand-over: of what was lent in it already, and of what will be.

    Raises Refused for a day that is past.
    """
    require_ahead(desk, due)
    with desk.store.writing() as transaction:
        work = Work(desk, transaction, desk.now(), desk.known_rules(transaction))
        count = carrying_out.change_due(work, session.state, due)
    session.state = replace(session.state, due=due)
    return Done(count, frozenset(work.changed))


def set_happened(desk: Desk, session: Session, day: date | None) -> Done[SessionState]:
    """Say that what is scanned from now on happened on an earlier day; None is today. It holds until FINISH.

    Raises Refused for a day that is still to come.
    """
    if day is not None and day > desk.today():
        raise Refused("IN_THE_FUTURE", date=day.isoformat())
    session.state = replace(session.state, happened=None if day == desk.today() else day, by_crates=False)
    return Done(session.state)


def _finish_if_quiet(work: Work, state: SessionState) -> tuple[SessionState, str | None]:
    if not state.quiet_since(work.now, work.rules.policy.quiet):
        return state, None
    made = carrying_out.agree(work, finish_of(state))
    work.end_gesture()
    return state.finished(made), made


def _still_known(work: Work, state: SessionState) -> SessionState:
    """Let go of what was ended meanwhile, here or in another window: a borrower undone, a stocktake closed."""
    if state.stocktake is not None and not lookups.counts_still(work.transaction, state.stocktake.id):
        return state.finished(None, state.mode)
    if state.borrower is None or lookups.borrower(work.transaction, state.borrower.id) is not None:
        return state
    return state.finished(None, state.mode)


def _on_the_day_of_their_crates(
    work: Work, outcome: Outcome, before: SessionState, after: SessionState
) -> tuple[Outcome, SessionState]:
    """Begin with the day that crates came, where somebody whose crates stand here uncounted brings things back."""
    who = after.borrower
    was = before.borrower.id if before.mode is Mode.RETURN and before.borrower is not None else None
    if after.mode is not Mode.RETURN or who is None or who.id == was:
        return outcome, after
    day = receiving.day_of_crates(work.transaction, who.id) if after.happened is None else None
    if day is None or day >= work.desk.day_of(work.now):
        return outcome, after
    return replace(outcome, happened=day), replace(after, happened=day, by_crates=True)


def _with_case(work: Work, outcome: Outcome, state: SessionState) -> Outcome:
    """Say of a mismatch whose case it was."""
    beside = state.last.beside if state.last is not None and outcome.answer is Answer.MISMATCH else None
    case = lookups.instrument(work.transaction, beside) if beside is not None else None
    return replace(outcome, case=case.instrument) if case is not None else outcome


def _circumstances(work: Work, found: Found, state: SessionState) -> Circumstances:
    policy = work.rules.policy
    held = 0
    if state.borrower is not None and isinstance(found, (InstrumentFound, SetFound)):
        limited = policy.limit(state.borrower.kind) is not None
        held = lookups.held_by(work.transaction, state.borrower.id) if limited else 0
    return Circumstances(work.now, policy, held, work.desk.day_of(work.now))


def _look_up(work: Work, text: str, state: SessionState) -> Found:
    read = codes.clean(text)
    command = codes.read_command(read)
    if command is not None:
        return _command(work, command, state)
    form = codes.normalise(read)
    if not form or len(read) > codes.LONGEST_CODE:
        return NothingFound(run_together=codes.run_together(form, work.rules.prefix))
    found = lookups.by_label(work.transaction, form)
    if found is None and state.blank is not None:
        found = lookups.by_serial(work.transaction, read)
    return found or _blank(work, form) or _unknown(form, work.rules.prefix)


def _blank(work: Work, form: str) -> BlankFound | None:
    number = codes.own_number(form, work.rules.prefix)
    return BlankFound(form) if number is not None and lookups.blank(work.transaction, number) else None


def _unknown(form: str, prefix: str) -> NothingFound:
    bad = codes.is_ours(form, prefix) and not codes.is_sound(form)
    return NothingFound(bad_check=bad, run_together=codes.run_together(form, prefix))


def _command(work: Work, command: CommandCode, state: SessionState) -> CommandFound:
    last, asked = state.last, command.command
    found = CommandFound(command)
    if asked is Command.UNDO:
        facts = undoing.last_undoable(work.transaction, work.desk.identity)
        later = resting.resting_on(work.transaction, facts) if facts is not None else None
        if facts is not None and later is None:
            return replace(found, undoable=facts[0].gesture)
        return replace(found, signed=later is not None and later.kind is FactKind.SIGNED)
    if last is not None and asked in _ABOUT_LAST:
        thing = lookups.instrument(work.transaction, last.thing)
        if thing is None:
            shown = lookups.agreement(work.transaction, last.thing) or lookups.class_set(work.transaction, last.thing)
            return replace(found, shown=shown)
        return replace(
            found,
            instrument=thing,
            accessories=work.accessories(thing.instrument),
            grades=grades_like(thing.instrument.fields.get("condition", "")),
            case=lookups.instrument(work.transaction, last.beside) if last.beside is not None else None,
        )
    return found


_ABOUT_LAST: Final = frozenset(Command) - {
    Command.LEND,
    Command.RETURN,
    Command.FINISH,
    Command.UNDO,
    Command.SHOW,
    Command.PRINT,
    Command.MATCH,
}
"""Commands that act on the last card."""
