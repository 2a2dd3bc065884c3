"""The commands that print: agreement, receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loanstore.cli.files import require_writable, write
from loanstore.i18n import _
from loanstore.operations import papers

if TYPE_CHECKING:
    from argparse import Namespace

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output


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
