"""The commands of what needs a person: today, and take, which hears why something went out all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loanstore.domain.gestures import read_instant
from loanstore.i18n import _
from loanstore.operations import attending, taking
from loanstore.wording import matters as words

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.common import Words
    from loanstore.cli.output import Output
    from loanstore.domain.takes import TakeLine
    from loanstore.operations.desk import Desk


def add_words(commands: Any, command: Callable[..., Words], group: Callable[..., Any]) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add today and take; ``command`` makes one of them, ``group`` one that has actions."""
    command(commands, "today", today, _("say what needs a person"))
    actions = group(commands, "take", _("what was done with TAKE, and why"))
    listed = command(actions, "list", listing, _("what still has no reason"))
    listed.add_argument("--all", action="store_true", help=_("what has one too"))
    why = command(actions, "reason", reason, _("say why something was done with TAKE"))
    why.add_argument("named", metavar="GESTURE|LOAN")
    why.add_argument("text", metavar="TEXT", nargs="+")


def today(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say what needs a person, the most pressing first."""
    found = attending.matters(opened.desk, opened.backup_folder())
    told = [words.sentence(one) for one in found]
    rows = [
        {
            "name": one.kind.value,
            "count": one.count,
            "sentence": said,
            "screen": one.leads.screen,
            "narrowed": one.leads.narrowed or None,
            "since": one.since.isoformat() if one.since is not None else None,
        }
        for one, said in zip(found, told, strict=True)
    ]
    output.answer(
        [f"{line}." for line in told] or [_("Nothing waits for anybody.")],
        day=opened.desk.today().isoformat(),
        matters=rows,
    )
    return 0


def listing(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List what was done with TAKE."""
    lines = taking.takes(opened.desk, past=asked.all)
    told = [_told(opened.desk, line) for line in lines]
    output.answer(told or [_("Nothing waits for a reason.")], total=len(lines), rows=[_row(line) for line in lines])
    return 0


def _told(desk: Desk, line: TakeLine) -> str:
    said = words.asked(line, desk.day_of(read_instant(line.at)))
    return f"{line.id}  {said}: {line.reason}" if line.reason else f"{line.id}  {said}"


def _row(line: TakeLine) -> dict[str, object]:
    return {
        "take": line.id,
        "at": line.at,
        "answer": line.answer,
        "instrument": line.code,
        "things": line.things,
        "loan": line.loan or None,
        "to": line.to or None,
        "was_with": line.was_with or None,
        "by": line.staff or None,
        "reason": line.reason or None,
        "given": line.given or None,
        "given_by": line.given_by or None,
    }


def reason(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say why something was done with TAKE."""
    given = taking.give_reason(opened.desk, asked.named, " ".join(asked.text)).result
    output.answer([_("The reason is kept.")], take=given.id, given=given.given)
    return 0
