"""Sentences about places and stocktakes: what a scan found, how the findings are headed, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.instruments import title
from loanstore.domain.places import PlaceKind
from loanstore.domain.stocktakes import Finding
from loanstore.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.domain.stocktake_report import Report, SeenLine
    from loanstore.operations.stocktaking import Closed, Sighting


def sighting(seen: Sighting) -> str:
    """Say in one sentence what a scan in a stocktake found."""
    if seen.instrument is None:
        if seen.other:
            return _("{code} is no instrument; nothing is noted.").format(code=seen.code.strip())
        return _("Nothing here carries {code}; it is on the report’s list of unknown codes.").format(
            code=seen.code.strip()
        )
    holder = seen.holder.label if seen.holder is not None else ""
    told = {
        Finding.EXPECTED: _("{what} is where it should be."),
        Finding.MISPLACED: _("{what} stood at {before}; it stands here now.")
        if seen.before
        else _("{what} stood nowhere yet; it stands here now."),
        Finding.ON_LOAN: _("{what} is here though on loan to {holder}; the loan stands."),
        Finding.TURNED_UP: _("{what} has turned up."),
    }
    what = f"{title(seen.instrument.fields)} ({seen.instrument.code})"
    return told[seen.finding or Finding.EXPECTED].format(what=what, before=seen.before, holder=holder)


def finding_word(finding: Finding) -> str:
    """Name a finding in a word or two."""
    return {
        Finding.EXPECTED: _("Expected and found"),
        Finding.MISPLACED: _("Misplaced"),
        Finding.ON_LOAN: _("Here though on loan"),
        Finding.TURNED_UP: _("Turned up"),
    }[finding]


def unknown_word() -> str:
    """Name the codes that nothing carries."""
    return _("Unknown codes")


def not_seen_word() -> str:
    """Name what nobody has seen."""
    return _("Not seen")


def headline(made: Report, day: Callable[[str], str]) -> str:
    """Say what a stocktake is of, since when, and how far it is; ``day`` writes an instant's day."""
    of = made.place or _("everything")
    begun = _("Stocktake of {place}, begun {begun}").format(place=of, begun=day(made.stocktake.begun))
    if made.stocktake.closed is not None:
        begun = _("{begun}, closed {closed}").format(begun=begun, closed=day(made.stocktake.closed))
    found = _("{n} of {awaited} found where they belong").format(n=len(made.expected), awaited=made.awaited)
    return f"{begun}: {found}."


def sections(made: Report) -> list[tuple[str, list[str]]]:
    """Give the report section by section as lines of text, what was expected first."""
    missed = _("set missing")
    return [
        (finding_word(Finding.EXPECTED), [_line(line) for line in made.expected]),
        (finding_word(Finding.MISPLACED), [_line(line, line.before) for line in made.misplaced]),
        (finding_word(Finding.ON_LOAN), [_line(line, loan_words(line)) for line in made.on_loan]),
        (finding_word(Finding.TURNED_UP), [_line(line) for line in made.turned_up]),
        (unknown_word(), [line.text for line in made.unknown]),
        (
            not_seen_word(),
            ["  ".join(filter(None, (n.code, n.what, n.place, missed if n.missed else ""))) for n in made.not_seen],
        ),
    ]


def _line(line: SeenLine, more: str = "") -> str:
    return "  ".join(filter(None, (line.code, line.what, more)))


def loan_words(line: SeenLine) -> str:
    """Say whose loan it is, and whether it was brought back since."""
    return line.holder if line.out else _("{holder}, brought back").format(holder=line.holder)


def closed(made: Closed) -> str:
    """Say how a stocktake ended."""
    missed = ngettext("{n} instrument is set missing.", "{n} instruments are set missing.", made.missed)
    left = ngettext(
        "{n} instrument was not seen and is left as it is.",
        "{n} instruments were not seen and are left as they are.",
        made.left,
    )
    said = [_("The stocktake is closed.")]
    said += [missed.format(n=made.missed)] if made.missed else []
    said += [left.format(n=made.left)] if made.left else []
    if not made.missed and not made.left:
        said.append(_("Everything was seen."))
    return " ".join(said)


def place_kind_word(kind: PlaceKind) -> str:
    """Say what a place is for."""
    return {
        PlaceKind.PLACE: _("Place of the store"),
        PlaceKind.REPAIRER: _("Repairer"),
        PlaceKind.DROP_OFF: _("Drop-off point"),
    }[kind]
