"""The command that prints a receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loanstore.cli.files import write
from loanstore.i18n import _
from loanstore.operations import receipts

if TYPE_CHECKING:
    from argparse import Namespace

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output


def receipt(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the receipt that clears a loan."""
    write(Path(asked.out), receipts.receipt_for(opened.desk, asked.named))
    output.answer([_("The receipt is in {file}.").format(file=asked.out)], loan=asked.named, file=asked.out)
    return 0
