"""The commands of class sets: make, add, remove, swap, lend, move, return, allocate, show, dissolve, and papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from loanstore.cli.common import Words, add_common
from loanstore.cli.desk_commands import read_day, warn_beyond_terms
from loanstore.cli.files import require_writable, write
from loanstore.domain.class_sets import Standing
from loanstore.domain.errors import WrongUsage
from loanstore.i18n import _, ngettext
from loanstore.operations import allocating, grouping, letters, set_lending, set_papers, set_views
from loanstore.wording import sets as wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.domain.class_sets import Member, Tally
    from loanstore.operations.set_lending import SetLent
    from loanstore.operations.set_views import MemberLine, SetCard

    Run = Callable[[Namespace, Output, OpenDesk], int]


def add_words(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the words of class sets to the grammar."""
    group = commands.add_parser("set", help=_("class sets: instruments that go out as one"))
    add_common(group, quiet=True)
    actions = group.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    make_ = _action(actions, "make", make, _("make a set of instruments, in this order"))
    make_.add_argument("name", metavar="NAME")
    make_.add_argument("codes", metavar="CODE", nargs="*")
    for name, run, help_ in (("add", add, _("top a set up")), ("remove", remove, _("take instruments out of a set"))):
        regroup = _on_set(actions, name, run, help_)
        regroup.add_argument("codes", metavar="CODE", nargs="+")
    swap_ = _on_set(actions, "swap", swap, _("put another in the place of a broken one"))
    swap_.add_argument("old", metavar="OLD")
    swap_.add_argument("new", metavar="NEW")
    for name, run, help_ in (
        ("lend", lend, _("lend all of a set that is in")),
        ("move", move, _("pass a set on to another borrower, from where it is")),
    ):
        hand_over = _on_set(actions, name, run, help_)
        hand_over.add_argument("borrower", metavar="BORROWER")
        hand_over.add_argument("--due", metavar="DATE")
    back = _on_set(actions, "return", bring_back, _("bring members back one by one, or all as counted"))
    back.add_argument("codes", metavar="CODE", nargs="*")
    back.add_argument("--all", action="store_true", help=_("all that is out, as counted and not scanned"))
    allot = _on_set(actions, "allocate", allocate, _("say who plays which, from a class list"))
    allot.add_argument("codes", metavar="CODE", nargs="*", help=_("in this order; without codes, in the set's"))
    allot.add_argument("--names", metavar="FILE", help=_("a CSV or .xlsx file, one pupil a row"))
    allot.add_argument("--clear", action="store_true", help=_("take the names off again"))
    _on_set(actions, "show", show, _("a set, and where each of it is"))
    _on_set(actions, "dissolve", dissolve, _("let its instruments stand for themselves again"))
    rename_ = _on_set(actions, "rename", rename, _("call a set something else"))
    rename_.add_argument("name", metavar="NAME")
    letter_ = _action(actions, "letter", letter, _("write the letter to the school for loans that came back"))
    letter_.add_argument("loans", metavar="LOAN", nargs="+")
    letter_.add_argument("--out", metavar="FILE.pdf", required=True)
    paper = _on_set(actions, "paper", paper_list, _("write the list of a set, to tick off"))
    paper.add_argument("--out", metavar="FILE.pdf", required=True)


def _action(actions: Any, name: str, run: Run, help_: str) -> Words:  # noqa: ANN401 - as above
    parser: Words = actions.add_parser(name, help=help_, description=help_)
    add_common(parser, quiet=True)
    parser.set_defaults(run=run, needs_store=True)
    return parser


def _on_set(actions: Any, name: str, run: Run, help_: str) -> Words:  # noqa: ANN401 - as above
    parser = _action(actions, name, run, help_)
    parser.add_argument("set", metavar="SET")
    return parser


def make(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Make a set."""
    made = grouping.make(opened.desk, asked.name, asked.codes).result
    n = len(made.members)
    told = ngettext("{name} is set {code}, of {n} instrument.", "{name} is set {code}, of {n} instruments.", n)
    said = told.format(name=made.made.name, code=made.made.code, n=n)
    output.answer([said], {"id": made.made.id, **_grouped(made)})
    return 0


def add(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Top a set up."""
    return _regrouped(grouping.add(opened.desk, asked.set, asked.codes).result, output)


def remove(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take instruments out of a set."""
    return _regrouped(grouping.remove(opened.desk, asked.set, asked.codes).result, output)


def _regrouped(made: grouping.Grouped, output: Output) -> int:
    n = len(made.members)
    told = ngettext("{name} has {n} instrument now.", "{name} has {n} instruments now.", n)
    output.answer([told.format(name=made.made.name, n=n)], _grouped(made))
    return 0


def _grouped(made: grouping.Grouped) -> dict[str, object]:
    return {"set": made.made.code, "name": made.made.name, "members": _numbers(made.members)}


def _numbers(members: Iterable[Member]) -> list[dict[str, object]]:
    return [{"position": member.position, "instrument": member.instrument.code} for member in members]


def rename(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Call a set something else."""
    made = grouping.rename(opened.desk, asked.set, asked.name).result
    output.answer([_("{code} is called {name} now.").format(code=made.code, name=made.name)], set=made.code)
    return 0


def dissolve(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Dissolve a set."""
    made = grouping.dissolve(opened.desk, asked.set).result
    output.answer([_("{name} is dissolved.").format(name=made.name)], set=made.code)
    return 0


def swap(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Put another instrument in the place of a broken one."""
    made = grouping.swap(opened.desk, asked.set, asked.old, asked.new).result
    loan = made.new.loan
    output.answer(
        [wording.swapped_words(made)],
        set=made.made.code,
        position=made.position,
        old=made.broken.code,
        old_status=made.broken.status.value,
        new=made.new.code,
        borrower=made.borrower.code if made.borrower is not None else None,
        loan=loan.id if loan is not None else None,
        agreement=made.agreement,
    )
    return 0


def lend(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Lend all of a set that is in."""
    due = read_day(asked.due) if asked.due else None
    made = set_lending.lend(opened.desk, asked.set, asked.borrower, due).result
    if due is None:
        warn_beyond_terms(output, opened, made.due)
    return _handed_over(made, wording.lent_words(made), output)


def move(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Pass a set on from where it is."""
    due = read_day(asked.due) if asked.due else None
    made = set_lending.move(opened.desk, asked.set, asked.borrower, due).result
    return _handed_over(made, wording.moved_words(made), output)


def _handed_over(made: SetLent, said: str, output: Output) -> int:
    pairs = zip(made.members, made.loans, strict=True)
    output.answer(
        filter(None, [said, wording.left_words(made.left)]),
        set=made.made.code,
        borrower=made.borrower.code,
        due=made.due.isoformat(),
        agreement=made.agreement,
        loans=[{"loan": loan, "position": m.position, "instrument": m.instrument.code} for m, loan in pairs],
        left=[
            {"position": m.position, "instrument": m.instrument.code, "status": m.instrument.status.value}
            for m in made.left
        ],
    )
    return 0


def bring_back(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Bring members of a set back, and say how far it is."""
    if bool(asked.codes) == asked.all:
        raise WrongUsage("USAGE", said=_("name what came back, or say --all"))
    if asked.all:
        back = set_lending.bring_all_back(opened.desk, asked.set).result
    else:
        back = set_lending.bring_back(opened.desk, asked.set, asked.codes).result
    missing = wording.named_members(back.tally.missing)
    output.answer(
        filter(None, [wording.back_words(back), _("Still out: {which}.").format(which=missing) if missing else ""]),
        _tally(back.tally),
        set=back.made.code,
        returned=[
            {"loan": loan, "position": m.position, "instrument": m.instrument.code}
            for m, loan in zip(back.members, back.loans, strict=True)
        ],
    )
    return 0


def _tally(tally: Tally) -> dict[str, object]:
    return {"total": tally.total, "back": tally.back, "missing": _numbers(tally.missing)}


def allocate(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say who plays which, or take the names off again."""
    if bool(asked.names) == asked.clear:
        raise WrongUsage("USAGE", said=_("give a class list with --names, or say --clear"))
    if asked.clear:
        cleared = allocating.take_back(opened.desk, asked.set, asked.codes).result
        n = len(cleared)
        said = ngettext("{n} name taken off.", "{n} names taken off.", n).format(n=n)
        output.answer([said], set=asked.set, cleared=_numbers(cleared))
        return 0
    names = allocating.read_names(Path(asked.names))
    made = allocating.allocate(opened.desk, asked.set, names, asked.codes).result
    output.answer(
        [
            *(f"{member.position:>3}  {member.instrument.code}  {name}" for member, name in made.pairs),
            wording.allocated_words(made),
        ],
        set=made.made.code,
        allocated=[
            {"position": member.position, "instrument": member.instrument.code, "player": name}
            for member, name in made.pairs
        ],
        names_over=list(made.names_over),
        without=_numbers(made.members_over),
    )
    return 0


def show(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show a set, and where each of it is."""
    card = set_views.show_set(opened.desk, asked.set)
    output.answer(
        [f"{card.made.name} ({card.made.code})", *map(_line, card.members), f"{_counts(card)}."],
        set=card.made.code,
        name=card.made.name,
        here=card.count(Standing.HERE),
        out=card.count(Standing.OUT),
        elsewhere=card.count(Standing.ELSEWHERE),
        members=[
            {
                "position": line.position,
                "instrument": line.code,
                "title": line.what,
                "standing": line.standing.value,
                "status": line.status,
                "where": line.where,
                "borrower": line.borrower,
                "player": line.player or None,
                "due": line.due,
            }
            for line in card.members
        ],
    )
    return 0


def _line(line: MemberLine) -> str:
    parts = (f"{line.position:>3}", line.code, line.what, line.status, line.where, line.player)
    return "  ".join(filter(None, parts))


def _counts(card: SetCard) -> str:
    said = [
        _("{n} in store").format(n=card.count(Standing.HERE)),
        _("{n} out with the set").format(n=card.count(Standing.OUT)),
        _("{n} elsewhere").format(n=card.count(Standing.ELSEWHERE)),
    ]
    return ", ".join(said)


def paper_list(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the list of a set."""
    require_writable(Path(asked.out))
    write(Path(asked.out), set_papers.set_list_pdf(opened.desk, asked.set))
    output.answer([_("The list of the set is in {file}.").format(file=asked.out)], set=asked.set, file=asked.out)
    return 0


def letter(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the letter to whoever is responsible for loans that came back."""
    require_writable(Path(asked.out))
    write(Path(asked.out), letters.returns_letter_pdf(opened.desk, asked.loans))
    output.answer([_("The letter is in {file}.").format(file=asked.out)], loans=asked.loans, file=asked.out)
    return 0
