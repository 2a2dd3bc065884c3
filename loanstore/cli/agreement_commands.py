"""The commands of agreements: the paper itself, signing, scans, the seal; and the wording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from loanstore.cli.files import require_writable, write
from loanstore.domain.agreements import Role, read_text
from loanstore.domain.errors import FileUnusable, Refused, WrongUsage
from loanstore.domain.wordings import KEYS, write_toml
from loanstore.i18n import _, ngettext
from loanstore.operations import drafting, filing, freezing, sealing, signing
from loanstore.operations.sealing import Verdict

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.operations.filing import Filed
    from loanstore.operations.signing import Signing


def add_words(commands: Any, command: Callable[..., Any], group: Callable[..., Any]) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add ``agreement`` and ``wording`` with all they take."""
    paper = command(commands, "agreement", agreement, _("write an agreement; or check, sign, refuse, file-scans …"))
    paper.add_argument("named", metavar="LOAN|AGREEMENT|ACTION", nargs="+", help=", ".join(_ACTIONS))
    paper.add_argument("--out", metavar="FILE.pdf|.html")
    paper.add_argument("--large", action="store_true", help=_("in large print"))
    paper.add_argument("--signed", action="store_true", help=_("as it was signed and sealed"))
    paper.add_argument("--dry-run", action="store_true", help=_("file-scans: only say what would be filed"))
    paper.add_argument("--role", choices=[str(role) for role in Role])
    paper.add_argument("--name", metavar="N", help=_("who signed, on paper before you"))
    paper.add_argument("--why", metavar="W", default="")
    texts = group(commands, "wording", _("the texts of agreements and their versions"))
    command(texts, "list", list_texts, _("every text with its versions"))
    for name, run, help_ in (
        ("show", show_text, _("write a version as TOML")),
        ("save", save_text, _("save a file as the next version")),
        ("compare", compare_texts, _("say what changed between two versions")),
    ):
        parser = command(texts, name, run, help_)
        parser.add_argument("key", metavar="TEXT", choices=KEYS)
        if name == "save":
            parser.add_argument("file", metavar="FILE.toml")
        elif name == "compare":
            parser.add_argument("old", metavar="N", type=int)
            parser.add_argument("new", metavar="N", type=int)
        else:
            parser.add_argument("--version", metavar="N", type=int, dest="number")
            parser.add_argument("--out", metavar="FILE.toml")


def agreement(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write an agreement, named by its code or by one of its loans; or do what the first word says."""
    action = _ACTIONS.get(asked.named[0])
    if action is not None:
        if len(asked.named) < 2 or (len(asked.named) > 2 and asked.named[0] not in _OF_MANY):  # noqa: PLR2004 - the action and what it is about
            raise WrongUsage("USAGE", said=_("agreement {action} needs one name or file").format(action=asked.named[0]))
        return action(asked, output, opened)
    if len(asked.named) > 1 or not asked.out:
        raise WrongUsage("USAGE", said=_("agreement needs one LOAN or AGREEMENT and --out FILE.pdf"))
    file = Path(asked.out)
    require_writable(file)
    code, content = _paper(asked, opened, file)
    write(file, content)
    output.answer(
        [_("Agreement {agreement} is in {file}.").format(agreement=code, file=asked.out)],
        agreement=code,
        file=asked.out,
    )
    return 0


def _paper(asked: Namespace, opened: OpenDesk, file: Path) -> tuple[str, bytes]:
    named = asked.named[0]
    if file.suffix.casefold() in {".html", ".htm"}:
        return signing.show(opened.desk, named).code, freezing.agreement_page(opened.desk, named).result.encode()
    if asked.signed:
        sealing.seal_waiting(opened.desk)
        found = freezing.signed_pdf(opened.desk, named)
    elif asked.large:
        found = freezing.large_pdf(opened.desk, named).result
    else:
        found = freezing.agreement_pdf(opened.desk, named).result
    return found.code, found.pdf


def _check(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    found = sealing.check_file(opened.desk, Path(asked.named[1]))
    if found.verdict in {Verdict.CHANGED, Verdict.OTHER, Verdict.UNSEALED}:
        raise Refused("PAPER_CHANGED", file=asked.named[1], verdict=found.verdict.value)
    output.answer(
        [
            _("{file} is {verdict} ({agreement}).").format(
                file=asked.named[1], verdict=found.verdict.value, agreement=found.agreement or _("erased since")
            )
        ],
        file=asked.named[1],
        verdict=found.verdict.value,
        agreement=found.agreement or None,
        sealed=found.verdict is Verdict.SEALED,
    )
    return 0


def _sign(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    if not asked.role or not asked.name:
        raise WrongUsage("USAGE", said=_("agreement sign needs --role and --name"))
    done = signing.sign_on_paper(opened.desk, asked.named[1], asked.role, asked.name).result
    sealing.seal_waiting(opened.desk)
    return _say(output, done)


def _refuse(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    return _say(output, signing.refuse(opened.desk, asked.named[1], asked.why).result)


def _withdraw(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    return _say(output, signing.withdraw(opened.desk, asked.named[1], asked.why).result)


def _show(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    return _say(output, signing.show(opened.desk, asked.named[1]))


def _say(output: Output, state: Signing) -> int:
    output.answer(
        [_("{agreement}: {stage}.").format(agreement=state.code, stage=state.stage.value)],
        agreement=state.code,
        stage=state.stage.value,
        needs=list(state.needs),
        to_sign=list(state.open_roles),
    )
    return 0


def _file_scans(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    progress = output.progress(_("Pages"))
    done = filing.file_scans(opened.desk, Path(asked.named[1]), dry_run=asked.dry_run, progress=progress).result
    if not asked.dry_run:
        sealing.seal_waiting(opened.desk)
    output.answer(
        _filed_lines(done),
        dry_run=done.dry_run,
        pages=done.pages,
        filed=[{"agreement": one.code, "pages": list(one.pages)} for one in done.plan.bundles],
        left=[{"page": one.number, "why": one.why.value, "codes": list(one.codes)} for one in done.plan.left],
        waiting=done.waiting,
    )
    return 0


def _filed_lines(done: Filed) -> list[str]:
    n = len(done.plan.bundles)
    head = ngettext("{n} agreement filed", "{n} agreements filed", n)
    if done.dry_run:
        head = ngettext("{n} agreement would be filed", "{n} agreements would be filed", n)
    lines = [head.format(n=n) + _(" from {pages} pages of {file}.").format(pages=done.pages, file=done.name)]
    lines += [_("Page {page}: {why}.").format(page=one.number, why=one.why.value) for one in done.plan.left]
    return lines


def _assign(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    *pages, code = asked.named[1:]
    done = filing.assign(opened.desk, pages, code).result
    sealing.seal_waiting(opened.desk)
    output.answer([_("Filed with {agreement}.").format(agreement=done)], agreement=done, pages=len(pages))
    return 0


def _dismiss(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    n = filing.dismiss(opened.desk, asked.named[1:]).result
    output.answer([ngettext("{n} page erased.", "{n} pages erased.", n).format(n=n)], erased=n)
    return 0


_ACTIONS: dict[str, Callable[[Namespace, Output, OpenDesk], int]] = {
    "show": _show,
    "sign": _sign,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "check": _check,
    "file-scans": _file_scans,
    "assign": _assign,
    "dismiss": _dismiss,
}
_OF_MANY = frozenset({"assign", "dismiss"})
"""Actions about several pages at once."""


def list_texts(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List every text with its versions, the newest first."""
    rows = [
        {"text": key, "version": one.number, "saved": one.saved or None}
        for key in KEYS
        for one in drafting.versions(opened.desk, key)
    ]
    lines = [f"{row['text']}  {row['version']}  {row['saved'] or _('shipped')}" for row in rows]
    output.answer(lines, total=len(rows), rows=rows)
    return 0


def show_text(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Give a version of a text as TOML, into a file or as it stands."""
    text = drafting.text(opened.desk, asked.key, asked.number)
    written = write_toml(text)
    if asked.out:
        write(Path(asked.out), written.encode())
    output.answer([written], text=text.key, version=int(text.version), toml=written, file=asked.out)
    return 0


def save_text(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Save a file as the next version of a text."""
    file = Path(asked.file)
    try:
        text = read_text(file.read_text("utf-8"))
    except FileNotFoundError:
        raise FileUnusable("FILE_MISSING", file=file.name) from None
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnusable("FILE_UNREADABLE", file=file.name, reason=str(error)) from None
    if text.key != asked.key:
        raise WrongUsage("USAGE", said=_("{file} holds the text {key}").format(file=file.name, key=text.key))
    done = drafting.save(opened.desk, text).result
    output.answer(
        [_("{text} is now version {version}.").format(text=asked.key, version=done.number)],
        text=asked.key,
        version=done.number,
    )
    return 0


def compare_texts(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say line by line what changed between two versions."""
    lines = [one for one in drafting.comparison(opened.desk, asked.key, asked.old, asked.new) if one.mark != " "]
    rows = [{"mark": one.mark, "text": one.text} for one in lines]
    output.answer([f"{one.mark} {one.text}" for one in lines] or [_("Nothing differs.")], rows=rows)
    return 0
