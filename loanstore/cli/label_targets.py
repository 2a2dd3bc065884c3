"""Where the command line's labels go: into a file, to one of the store's printers, or both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from loanstore.cli.files import require_writable, write
from loanstore.domain.errors import WrongUsage
from loanstore.domain.labels import NEUTRAL
from loanstore.domain.printers import calibration
from loanstore.i18n import _
from loanstore.operations import calibrating, labelling, printing

if TYPE_CHECKING:
    from argparse import Namespace

    from loanstore.bootstrap import OpenDesk
    from loanstore.domain.printers import PrinterProfile
    from loanstore.operations.desk import Desk
    from loanstore.operations.labelling import LabelSheet


@dataclass(slots=True)
class Target:
    """Where labels go: into a file, to a printer, or both; ``queue`` is the printer's where they were sent."""

    desk: Desk
    stock: str
    profile: PrinterProfile | None
    file: Path | None
    queue: str | None

    def onto(self, start: int | None) -> labelling.Onto:
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


def read_target(asked: Namespace, opened: OpenDesk) -> Target:
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
    return Target(opened.desk, stock, profile, file, queue)
