"""The commands that print: labels, receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loanstore.cli.files import require_writable, write
from loanstore.domain.errors import WrongUsage
from loanstore.i18n import _, ngettext
from loanstore.operations import labelling, receipts

if TYPE_CHECKING:
    from argparse import Namespace

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output


def labels(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Make label sheets, or list the label stocks."""
    if asked.codes == ["stocks"]:
        return _stocks(output, opened)
    if not asked.stock or not asked.out:
        raise WrongUsage("USAGE", said=_("labels need --stock NAME and --out FILE.pdf"))
    if asked.codes and (asked.all or asked.new or asked.commands or asked.blank):
        raise WrongUsage("USAGE", said=_("labels take either codes, or one of --all, --new, --commands and --blank"))
    file = Path(asked.out)
    require_writable(file)
    wanted = labelling.Wanted(asked.codes, every=asked.all, new=asked.new, commands=asked.commands, blank=asked.blank)
    progress = output.progress(_("Labels"))
    made = labelling.make_labels(
        opened.desk, wanted, asked.stock, asked.start, progress, keep=lambda pdf: write(file, pdf)
    ).result
    output.answer(
        [
            ngettext("{n} label", "{n} labels", made.labels).format(n=made.labels)
            + ngettext(" on {n} page", " on {n} pages", made.pages).format(n=made.pages)
            + _(" in {file}; every barcode was read back.").format(file=asked.out),
            _("The next sheet begins at label {next}.").format(next=made.next_start),
        ],
        labels=made.labels,
        pages=made.pages,
        verified=made.verified,
        next_start=made.next_start,
        file=asked.out,
    )
    return 0


def _stocks(output: Output, opened: OpenDesk) -> int:
    known = labelling.stocks(opened.desk)
    output.answer(
        [f"{key}  {s.name}  {s.width} x {s.height} mm, {s.per_page}" for key, s in known.items()],
        stocks=[
            {"stock": key, "name": s.name, "width_mm": s.width, "height_mm": s.height, "per_page": s.per_page}
            for key, s in known.items()
        ],
    )
    return 0


def receipt(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the receipt that clears a loan."""
    write(Path(asked.out), receipts.receipt_for(opened.desk, asked.named))
    output.answer([_("The receipt is in {file}.").format(file=asked.out)], loan=asked.named, file=asked.out)
    return 0
