"""The commands that print: labels, agreement, receipt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from loanstore.cli.files import require_writable, write
from loanstore.cli.readers import readers
from loanstore.domain.errors import WrongUsage
from loanstore.domain.labels import NEUTRAL
from loanstore.domain.printers import calibration
from loanstore.i18n import _, ngettext
from loanstore.operations import calibrating, labelling, papers, printing

if TYPE_CHECKING:
    from argparse import Namespace

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.domain.printers import PrinterProfile
    from loanstore.operations.desk import Desk
    from loanstore.operations.labelling import LabelSheet


def labels(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Make label sheets, or list the label stocks."""
    if asked.codes == ["stocks"]:
        return _stocks(output, opened)
    if asked.codes and (asked.all or asked.new or asked.commands or asked.blank):
        raise WrongUsage("USAGE", said=_("labels take either codes, or one of --all, --new, --commands and --blank"))
    target = _target(asked, opened)
    wanted = labelling.Wanted(asked.codes, every=asked.all, new=asked.new, commands=asked.commands, blank=asked.blank)
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


@dataclass(slots=True)
class _Target:
    """Where labels go: into a file, to a printer, or both; ``queue`` is the printer's where they were sent."""

    desk: Desk
    stock: str
    profile: PrinterProfile | None
    file: Path | None
    queue: str | None

    def onto(self, start: int) -> labelling.Onto:
        """Say what the labels are printed on."""
        return labelling.Onto(self.stock, start, calibration(self.profile) if self.profile else NEUTRAL)

    def keep(self, sheet: LabelSheet) -> None:
        """Write and send the finished labels; a file that is no PDF gets what the printer is sent."""
        parcel = printing.parcel_of(self.desk, self.profile, sheet) if self.profile else None
        if self.file is not None:
            in_its_words = parcel is not None and self.file.suffix.casefold() != ".pdf"
            write(self.file, parcel.content if parcel is not None and in_its_words else sheet.pdf)
        if parcel is not None and self.queue is not None:
            printing.send(replace(parcel, queue=self.queue))

    def words(self) -> str:
        """Say where they went."""
        where = _(" in {file}").format(file=self.file) if self.file is not None else ""
        return where + (_(" sent to {queue}").format(queue=self.queue) if self.queue is not None else "")


def _target(asked: Namespace, opened: OpenDesk) -> _Target:
    """Read where labels shall go; raises WrongUsage where the words leave that open."""
    profile = calibrating.find(opened.desk, asked.printer) if asked.printer else None
    stock = asked.stock or (profile.stock if profile is not None else "")
    if not stock or not (asked.out or asked.send):
        raise WrongUsage(
            "USAGE", said=_("labels need --stock NAME and --out FILE.pdf, or --printer PROFILE and --send")
        )
    if asked.send and profile is None:
        raise WrongUsage("USAGE", said=_("--send needs --printer PROFILE"))
    file = Path(asked.out) if asked.out else None
    if file is not None:
        require_writable(file)
    queues = opened.settings.read().queues
    queue = printing.Place("", queues).queue_of(profile) if asked.send and profile is not None else None
    return _Target(opened.desk, stock, profile, file, queue)


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


def agreement(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write an agreement, named by its code or by one of its loans."""
    require_writable(Path(asked.out))
    made = papers.agreement_pdf(opened.desk, asked.named).result
    write(Path(asked.out), made.pdf)
    output.answer(
        [_("Agreement {agreement} is in {file}.").format(agreement=made.code, file=asked.out)],
        agreement=made.code,
        file=asked.out,
    )
    return 0


def receipt(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the receipt that clears a loan."""
    write(Path(asked.out), papers.receipt_for(opened.desk, asked.named))
    output.answer([_("The receipt is in {file}.").format(file=asked.out)], loan=asked.named, file=asked.out)
    return 0
