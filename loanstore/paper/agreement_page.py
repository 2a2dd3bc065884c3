"""The agreement as a plain page of HTML: for readers aloud, for telephones, and for large type on a screen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import shown
from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.paper.agreement import filled
from loanstore.paper.document import show_date
from loanstore.paper.second_language import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loanstore.domain.agreements import AgreementPaper, Clause, Party, ScheduleItem

_STYLE: Final = (
    "body{font:1.1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #999;padding:.3rem;text-align:left;"
    "vertical-align:top}dt{font-weight:bold}"
)


def draw_page(paper: AgreementPaper, signed: Sequence[tuple[str, str]] = ()) -> str:
    """Write an agreement as HTML; ``signed`` says who signed in what words, and when."""
    text = filled(paper)
    second = text.second
    parts = [
        "<!doctype html>",
        f'<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(text.title)} {shown(paper.code)}</title>',
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>',
        "<body><main>",
        f"<p>{escape(paper.owner.name)}</p><h1>{escape(text.title)}</h1><p>{shown(paper.code)}</p>",
        _parties(paper),
        f"<h2>{escape(_('Schedule'))}</h2>",
        _schedule(paper.items),
        f"<h2>{escape(_('Terms'))}</h2>",
        _clauses(text.clauses),
    ]
    if second is not None:
        way = "rtl" if is_right_to_left(second.language) else "ltr"
        parts.append(f'<section lang="{escape(second.language)}" dir="{way}"><h2>{escape(second.title)}</h2>')
        parts += [_clauses(second.clauses), "</section>"]
    parts.append(f"<h2>{escape(_('Signatures'))}</h2>")
    parts.append(_listed([f"{who}: {when}" for who, when in signed] or [f"{one}: ____________" for one in text.signs]))
    version = _("Text: {key}, version {version}; made {made}.").format(
        key=text.key, version=text.version, made=show_date(paper.made)
    )
    parts.append(f"<p>{escape(version)}</p></main></body></html>\n")
    return "\n".join(parts)


def _parties(paper: AgreementPaper) -> str:
    facts = [
        (_("Lent by"), _party(paper.owner)),
        (_("Lent to"), _party(paper.borrower)),
        (_("Player"), escape(paper.player)),
        (_("School"), escape(paper.school)),
        (_("From"), show_date(paper.out)),
        (_("To be returned by"), show_date(paper.due) or escape(_("when asked for"))),
        (_("Charge"), escape(paper.charge or _("No charge"))),
    ]
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in facts if value)
    return f"<dl>{rows}</dl>"


def _party(party: Party) -> str:
    return "<br>".join(f'<span dir="auto">{escape(line)}</span>' for line in (party.name, *party.lines))


def _schedule(items: Iterable[ScheduleItem]) -> str:
    heads = (_("Code"), _("Instrument"), _("Serial number"), _("With it"), _("Condition"), _("Replacement"))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    rows = "".join(f"<tr>{_row(item)}</tr>" for item in items)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(item: ScheduleItem) -> str:
    value = show_pounds(item.value_pence) if item.value_pence is not None else ""
    what = " ".join(filter(None, (item.what, item.make, item.model)))
    cells = (shown(item.code), what, item.serial, ", ".join(item.accessories), item.condition, value)
    return "".join(f"<td>{escape(one)}</td>" for one in cells)


def _clauses(clauses: Iterable[Clause]) -> str:
    rows = "".join(f"<li><h3>{escape(c.title)}</h3><p>{escape(c.body)}</p></li>" for c in clauses)
    return f"<ol>{rows}</ol>"


def _listed(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f'<li dir="auto">{escape(line)}</li>' for line in lines) + "</ul>"
