"""The whole main job on a made-up county: import, labels, loans by scan, agreement, return, receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.codes import COMMAND_PREFIX, Command
from loanstore.domain.errors import FileUnusable
from loanstore.domain.import_fields import ImportKind
from loanstore.operations import browsing, freezing, housekeeping, importing, labelling, papers, receipts, scanning

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.operations.desk import Desk
    from loanstore.operations.outcomes import Outcome

OWNER: Final = "Fenmarsh Music"
_FILES: Final = (
    (ImportKind.SCHOOLS, "schools.csv"),
    (ImportKind.BORROWERS, "borrowers.csv"),
    (ImportKind.INSTRUMENTS, "instruments.csv"),
)
_LENT: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the demo did, and what came of it: counts, or the answer and code of a scan."""

    what: str
    answer: str


@dataclass(slots=True)
class Demonstration:
    """What the demo did, step by step, and the papers it left, by name."""

    steps: list[Step] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)

    def note(self, what: str, answer: str) -> None:
        """Note one step."""
        self.steps.append(Step(what, answer))


def fill_with_demo(desk: Desk) -> Demonstration:
    """Import the made-up county: its schools, families and instruments."""
    made = Demonstration()
    for kind, name in _FILES:
        plan = importing.Plan(desk.resources / "demo" / name, kind)
        done = importing.import_file(desk, plan).result
        made.note(f"import {kind.value}", f"{done.created} new, {len(done.repaired)} repaired")
    return made


def demonstrate(desk: Desk, folder: Path) -> Demonstration:
    """Do the whole main job at a desk whose store is empty, and leave the papers in ``folder``."""
    made = fill_with_demo(desk)
    free = [line for line in browsing.list_instruments(desk).lines if line.status == "in store"]
    codes = [line.code for line in free]
    _labels(desk, folder, made, codes)
    finished = _lend(desk, made, codes[:_LENT])
    agreement = freezing.agreement_pdf(desk, finished.agreement or "").result
    _leave(folder, made, "agreement.pdf", agreement.pdf)
    returned = _bring_back(desk, made, codes[:2])
    _leave(folder, made, "receipt.pdf", receipts.receipts_pdf(desk, returned.returned))
    borrowers = [line.id for line in browsing.list_borrowers(desk).lines]
    _leave(folder, made, "borrowers.pdf", papers.borrower_sheet_pdf(desk, borrowers))
    _leave(folder, made, "commands.pdf", papers.command_sheet_pdf(desk))
    said = housekeeping.info(desk)
    made.note("in all", f"{said.instruments} instruments, {said.loans_open} on loan, {said.facts} facts")
    return made


def _labels(desk: Desk, folder: Path, made: Demonstration, codes: list[str]) -> None:
    sheet = labelling.make_labels(desk, labelling.Wanted(codes=codes), labelling.Onto("avery-l7651")).result
    _leave(folder, made, "labels.pdf", sheet.pdf)
    made.note("labels", f"{sheet.labels} drawn, {sheet.verified} read back")


def _lend(desk: Desk, made: Demonstration, codes: list[str]) -> Outcome:
    schools = [b for b in browsing.list_borrowers(desk).lines if b.kind == BorrowerKind.SETTING and not b.closed]
    session = scanning.begin_session(desk)
    for text in (schools[0].code, *codes):
        _scan(desk, made, session, text)
    return _scan(desk, made, session, _command(Command.FINISH))


def _bring_back(desk: Desk, made: Demonstration, codes: list[str]) -> Outcome:
    session = scanning.begin_session(desk)
    for text in (_command(Command.RETURN), *codes):
        _scan(desk, made, session, text)
    return _scan(desk, made, session, _command(Command.FINISH))


def _scan(desk: Desk, made: Demonstration, session: scanning.Session, text: str) -> Outcome:
    outcome = scanning.scan(desk, text, session).result
    made.note(f"scan {text}", outcome.answer.value)
    return outcome


def _command(command: Command) -> str:
    return f"{COMMAND_PREFIX}-{command}"


def _leave(folder: Path, made: Demonstration, name: str, pdf: bytes) -> None:
    try:
        (folder / name).write_bytes(pdf)
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=str(folder / name), reason=error.strerror or str(error)) from None
    made.papers.append(name)
