"""The command of labels: sheets of them, and by its first word their stocks, their queue and their design."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loanstore.cli.label_targets import read_target
from loanstore.cli.readers import readers
from loanstore.domain.errors import WrongUsage
from loanstore.domain.label_stocks import FIELDS, Feed
from loanstore.i18n import _, ngettext
from loanstore.operations import label_designing, label_queueing, label_stocking, labelling

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.common import Words
    from loanstore.cli.output import Output
    from loanstore.domain.label_stocks import LabelStock

_NEXT: Final = "next"
_TEXTS: Final = frozenset({"name", "maker", "source"})
_COUNTS: Final = frozenset({"columns", "rows", "dpi"})
_YES: Final = {"yes": True, "no": False}
_LATEST: Final = 100


def add_words(commands: Any, command: Callable[..., Words], count: Callable[[str], int]) -> None:  # noqa: ANN401 - argparse has no public type
    """Add the command to the grammar; ``command`` makes one, ``count`` reads a number from 1 on."""

    def start(text: str) -> int | None:
        return None if text == _NEXT else count(text)

    words = command(commands, "labels", labels, _("make label sheets"))
    words.formatter_class = argparse.RawDescriptionHelpFormatter
    words.epilog = _("other first words: {words}").format(words=", ".join(_ACTIONS))
    words.add_argument("codes", metavar="CODE", nargs="*", help=_("or one of the words below"))
    which = words.add_mutually_exclusive_group()
    which.add_argument("--new", action="store_true", help=_("what has no label yet"))
    which.add_argument("--queue", action="store_true", help=_("what has no label yet, and what is wanted again"))
    which.add_argument("--all", action="store_true", help=_("every instrument"))
    which.add_argument("--commands", action="store_true", help=_("the command barcodes"))
    which.add_argument("--blank", metavar="N", type=count, default=0, help=_("to stick on first and bind later"))
    words.add_argument("--stock", metavar="NAME", help=_("without it, what the printer holds"))
    words.add_argument("--out", metavar="FILE.pdf")
    words.add_argument("--start", metavar="N|next", type=start, default=1, help=_("next: where the last sheet ended"))
    words.add_argument("--printer", metavar="PROFILE", help=_("draw them for one of the store's printers"))
    words.add_argument("--send", action="store_true", help=_("send them to that printer"))
    words.add_argument("--retire", action="store_true", help=_("renumber: the old code names nothing any more"))
    stock = words.add_argument_group(_("stock add and stock change, in millimetres"))
    for name in FIELDS:
        stock.add_argument(f"--{name.replace('_', '-')}", choices=_choices(name), metavar=_metavar(name))
    design = words.add_argument_group(_("design"))
    design.add_argument("--owner", choices=tuple(_YES))
    design.add_argument("--property-of", choices=tuple(_YES))
    design.add_argument("--return-to", metavar="TEXT", help=_("what the QR code says; empty for none"))
    design.add_argument("--logo", metavar="FILE|none")


def _choices(name: str) -> tuple[str, ...] | None:
    return {"feed": tuple(Feed), "turned": tuple(_YES)}.get(name)


def _metavar(name: str) -> str | None:
    return None if _choices(name) else "TEXT" if name in _TEXTS else "N" if name in _COUNTS else "MM"


def labels(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Make label sheets, or do what the first word says."""
    action = _ACTIONS.get(asked.codes[0]) if asked.codes else None
    if action is not None:
        return action(asked, output, opened)
    if asked.codes and (asked.all or asked.new or asked.queue or asked.commands or asked.blank):
        said = _("labels take either codes, or one of --all, --new, --queue, --commands and --blank")
        raise WrongUsage("USAGE", said=said)
    target = read_target(asked, opened)
    wanted = labelling.Wanted(
        asked.codes, every=asked.all, new=asked.new, queued=asked.queue, commands=asked.commands, blank=asked.blank
    )
    with readers() as executor:
        made = labelling.make_labels(
            opened.desk,
            wanted,
            target.onto(asked.start),
            progress=output.progress(_("Labels")),
            keep=target.keep,
            executor=executor,
        ).result
    output.answer(
        [
            ngettext("{n} label", "{n} labels", made.labels).format(n=made.labels)
            + ngettext(" on {n} page", " on {n} pages", made.pages).format(n=made.pages)
            + target.words()
            + _("; every barcode was read back."),
            _("The next sheet begins at label {next}.").format(next=made.next_start),
        ],
        labels=made.labels,
        pages=made.pages,
        verified=made.verified,
        next_start=made.next_start,
        file=asked.out,
        sent=target.queue,
    )
    return 0


def _stocks(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List the label stocks, and which label of a part-used sheet is the next free one."""
    _take(asked, 0)
    known = label_stocking.stocks(opened.desk)
    own, begun = label_stocking.own_stocks(opened.desk), label_queueing.sheets(opened.desk)
    output.answer(
        [f"{key}  {s.name}, {s.per_page}" for key, s in known.items()],
        stocks=[
            {**_stock_row(stock), "own": key in own, "next_start": begun.get(key, 1)} for key, stock in known.items()
        ],
    )
    return 0


def _stock_row(stock: LabelStock) -> dict[str, object]:
    return {
        "stock": stock.key,
        "name": stock.name,
        "feed": stock.feed.value,
        "width_mm": stock.width,
        "height_mm": stock.height or None,
        "per_page": stock.per_page,
        "dpi": stock.dpi or None,
        "source": stock.source,
    }


def _stock(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Add a stock, change what is said of one, or have it as it ships."""
    what, key = _take(asked, 2)
    if what == "reset":
        label_stocking.reset_stock(opened.desk, key)
        output.answer([_("{stock} is as it ships.").format(stock=key)], stock=key)
        return 0
    change = {"add": label_stocking.add_stock, "change": label_stocking.change_stock}.get(what)
    if change is None:
        raise WrongUsage("USAGE", said=_("labels stock takes add, change or reset, and the stock's name"))
    said = {name: _read(name, getattr(asked, name)) for name in FIELDS if getattr(asked, name) is not None}
    stock = change(opened.desk, key, said).result
    output.answer([f"{stock.key}  {stock.name}, {stock.per_page}"], _stock_row(stock))
    return 0


def _read(name: str, text: str) -> object:
    """Read what was said of a stock; what is no number is left to the rules, which name it."""
    if name in _TEXTS or name == "feed":
        return text
    if name == "turned":
        return _YES[text]
    try:
        return int(text) if name in _COUNTS else float(text)
    except ValueError:
        return text


def _queue(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List the labels that wait to be printed."""
    _take(asked, 0)
    found = label_queueing.queue(opened.desk)
    again = _("again")
    output.answer(
        [f"{one.code}  {one.title}{f', {again}' if one.again else ''}" for one in found] or [_("Nothing here.")],
        total=len(found),
        rows=[{"code": one.code, "title": one.title, "kind": one.kind.value, "again": one.again} for one in found],
    )
    return 0


def _want(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Queue labels to be printed again."""
    found = label_queueing.want(opened.desk, _take(asked)).result
    output.answer([_("Queued: {code}").format(code=one.code) for one in found], queued=[one.code for one in found])
    return 0


def _unwant(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take labels off the queue."""
    named = _take(asked)
    label_queueing.want_no_longer(opened.desk, named)
    output.answer([_("Taken off the queue.")], codes=named)
    return 0


def _renumber(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Give an instrument whose label was lost the next number."""
    (code,) = _take(asked, 1)
    done = label_queueing.renumber(opened.desk, code, retire=asked.retire).result
    told = _("{before} is {code} from now on; its label waits to be printed.")
    output.answer([told.format(before=done.before, code=done.code)], before=done.before, code=done.code)
    return 0


def _printed(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Tell who printed what, and when."""
    _take(asked, 0)
    found = label_queueing.printed(opened.desk, _LATEST)
    output.answer(
        [f"{one.at[:10]}  {one.staff or '-'}  {one.stock}  {one.labels}  {one.first}" for one in found]
        or [_("Nothing here.")],
        total=len(found),
        rows=[asdict(one) for one in found],
    )
    return 0


def _sheet(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say which label of a stock's part-used sheet is the first free one."""
    stock, start = _take(asked, 2)
    if not (start.isascii() and start.isdigit()):
        raise WrongUsage("USAGE", said=_("labels sheet takes a stock and a number"))
    label_queueing.set_sheet(opened.desk, stock, int(start))
    told = _("The next sheet of {stock} begins at label {start}.")
    output.answer([told.format(stock=stock, start=start)], stock=stock, next_start=int(start))
    return 0


def _design(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show what is on all labels, or change it."""
    _take(asked, 0)
    desk = opened.desk
    changes: dict[str, Any] = {
        name: _YES[getattr(asked, name)] for name in ("owner", "property_of") if getattr(asked, name) is not None
    }
    if asked.return_to is not None:
        changes["return_to"] = asked.return_to.strip()
    if changes:
        label_designing.change_design(desk, replace(label_designing.design(desk), **changes))
    if asked.logo == "none":
        label_designing.remove_logo(desk)
    elif asked.logo:
        label_designing.set_logo(desk, Path(asked.logo))
    values = {**asdict(label_designing.design(desk)), "logo": label_designing.logo(desk) is not None}
    output.answer([f"{name.replace('_', ' ')}: {value}" for name, value in values.items()], values)
    return 0


def _take(asked: Namespace, exactly: int | None = None) -> list[str]:
    """Give the words behind the first; raises WrongUsage unless there are as many as it takes."""
    word, *rest = asked.codes
    if len(rest) != exactly and (exactly is not None or not rest):
        raise WrongUsage("USAGE", said=_("labels {word} takes other words").format(word=word))
    return list(rest)


_ACTIONS: Final[dict[str, Callable[[Namespace, Output, OpenDesk], int]]] = {
    "stocks": _stocks,
    "stock": _stock,
    "sheet": _sheet,
    "queue": _queue,
    "want": _want,
    "unwant": _unwant,
    "renumber": _renumber,
    "printed": _printed,
    "design": _design,
}
