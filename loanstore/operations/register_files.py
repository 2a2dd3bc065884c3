"""The asset register in words, and written out: as a PDF, as CSV or as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable, WrongUsage
from loanstore.domain.money import show_pounds
from loanstore.domain.progress import Reached
from loanstore.i18n import _
from loanstore.operations.papers import fonts

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loanstore.domain.progress import Progress
    from loanstore.operations.asset_register import AssetRegister, RegisterLine, Totals
    from loanstore.operations.desk import Desk
    from loanstore.paper.register_list import RegisterRow

Cell = str | float | None

_PENCE: Final = 100


def headings() -> tuple[str, ...]:
    """Give the headings of the register's columns, in their order."""
    return (
        _("Code"),
        _("Type"),
        _("Size"),
        _("Make"),
        _("Model"),
        _("Serial number"),
        _("Funding"),
        _("Purchased"),
        _("Cost"),
        _("Value"),
        _("Value as at"),
        _("Status"),
        _("Held by"),
        _("Place"),
        _("Last seen"),
        _("Seen how"),
        _("Seen by"),
        _("Disposed of on"),
        _("Route"),
        _("Authority"),
        _("Recipient"),
        _("Proceeds"),
    )


def cells(line: RegisterLine) -> tuple[Cell, ...]:
    """Give a line under those headings: money in pounds, days as ISO writes them."""
    return (
        *(line.code, line.type, line.size, line.make, line.model, line.serial, line.funding, line.purchased),
        *(_pounds(line.cost), _pounds(line.value), line.valued, line.status.value, line.holder, line.place),
        *(_day(line.seen) or _("never"), seen_word(line.seen_as), line.seen_by),
        *(_day(line.left), line.route, line.authority, line.recipient, _pounds(line.proceeds)),
    )


def seen_word(kind: str) -> str:
    """Say what somebody did with an instrument when it was last seen; ``kind`` is that of the fact."""
    words = {
        "lent": _("lent"),
        "returned": _("came back"),
        "sighted": _("scanned"),
        "checked": _("checked"),
        "moved": _("moved"),
        "found": _("turned up"),
        "custody_passed": _("handed over"),
        "repair_sent": _("sent to a repairer"),
        "repair_back": _("back from repair"),
        "loaded": _("loaded"),
        "unloaded": _("unloaded"),
    }
    return words.get(kind, kind.replace("_", " "))


def total_words(totals: Totals) -> tuple[tuple[str, str], ...]:
    """Say what the lines come to: what, and how many or how much."""
    counts, amounts = _counts(totals), _amounts(totals)
    return tuple([(what, f"{n:,}") for what, n in counts] + [(what, show_pounds(pence)) for what, pence in amounts])


def _counts(totals: Totals) -> list[tuple[str, int]]:
    words = [(_("Instruments kept"), totals.kept), (_("Never seen at a desk"), totals.never_seen)]
    return [*words, (_("Disposed of"), totals.disposed)] if totals.disposed else words


def _amounts(totals: Totals) -> list[tuple[str, int]]:
    words = [(_("What they cost"), totals.cost), (_("What replacing them costs"), totals.value)]
    return [*words, (_("Proceeds"), totals.proceeds)] if totals.disposed else words


def require_known(file: Path) -> None:
    """Raise WrongUsage unless a file's name says what it is to be: a PDF, CSV or a workbook."""
    if file.suffix.casefold() not in {".pdf", ".csv", ".xlsx"}:
        raise WrongUsage("REGISTER_FILE", value=file.name)


def write_register(desk: Desk, register: AssetRegister, file: Path, progress: Progress | None = None) -> None:
    """Write the register as what the file's name says; the totals stand below the lines.

    ``progress`` may raise to cancel: then there is no file.
    Raises WrongUsage REGISTER_FILE, or FileUnusable FILE_NOT_WRITTEN.
    """
    require_known(file)
    kind = file.suffix.casefold()
    if kind == ".pdf":
        _write(file, register_pdf(desk, register, progress))
        return
    from loanstore.spreadsheets import writing

    rows: list[tuple[Cell, ...]] = [cells(line) for line in register.lines]
    rows += [(), *_counts(register.totals), *((what, pence / _PENCE) for what, pence in _amounts(register.totals))]
    if kind == ".xlsx":
        writing.write_xlsx(file, headings(), rows, Reached(len(rows), progress))
    else:
        texts = ([_text(value) for value in row] for row in rows)
        writing.write_csv(file, headings(), Reached(len(rows), progress).through(texts))


def _write(file: Path, pdf: bytes) -> None:
    try:
        file.write_bytes(pdf)
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=file.name, reason=error.strerror or str(error)) from None


def register_pdf(desk: Desk, register: AssetRegister, progress: Progress | None = None) -> bytes:
    """Draw the register; ``progress`` may raise to cancel."""
    from loanstore.paper.register_list import RegisterPaper, draw_register

    rows = tuple(_row(line) for line in register.lines)
    totals = total_words(register.totals)
    paper = RegisterPaper(register.owner, register.day, register.funding, desk.today(), rows, totals)
    return draw_register(paper, fonts=fonts(desk), progress=progress)


def _row(line: RegisterLine) -> RegisterRow:
    from loanstore.paper.register_list import RegisterRow

    made = " ".join(filter(None, (line.make, line.model)))
    serial = _("Serial {serial}").format(serial=line.serial) if line.serial else ""
    bought = _("Bought {day}").format(day=line.purchased) if line.purchased else ""
    valued = _("of {day}").format(day=line.valued) if line.valued else ""
    return RegisterRow(
        line.code,
        line.status.value,
        (" ".join(filter(None, (line.type, line.size))), made, serial),
        (line.funding or _("not known"), bought),
        show_pounds(line.cost) if line.cost is not None else "",
        (show_pounds(line.value) if line.value is not None else "", valued),
        _where(line),
        _seen(line),
    )


def _where(line: RegisterLine) -> tuple[str, ...]:
    if line.left is None:
        return (line.holder or line.place or _("not known"),)
    proceeds = _("proceeds {amount}").format(amount=show_pounds(line.proceeds)) if line.proceeds else ""
    by = _("authority: {authority}").format(authority=line.authority) if line.authority else ""
    return (f"{line.route}, {_day(line.left)}", line.recipient, by, proceeds)


def _seen(line: RegisterLine) -> tuple[str, ...]:
    if line.seen is None:
        return (_("never seen at a desk"),)
    said = _("seen {day}, {how}").format(day=_day(line.seen), how=seen_word(line.seen_as))
    return (f"{said} ({line.seen_by})" if line.seen_by else said,)


def _pounds(pence: int | None) -> float | None:
    return pence / _PENCE if pence is not None else None


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _text(value: Cell) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value) if value is not None else ""
