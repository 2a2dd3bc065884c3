"""Agreements made in a test: lent, agreed on, and what the store then says of them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from pypdf import PdfReader

from loanstore.operations import freezing
from loanstore.storage import agreement_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.storage.agreement_lists import AgreementLine
    from tests.helpers.made_up import MadeUp

STROKES = [[(0.1, 0.5), (0.3, 0.1), (0.5, 0.9)], [(0.6, 0.5), (0.9, 0.4)]]


def agree(made_up: MadeUp, name: str = "Drama, Sam", kind: str = "hirer", things: int = 1, **record: str) -> str:
    """Lend to a new borrower at the desk, finish, freeze the paper and give the agreement's code."""
    borrower = made_up.borrower(name, kind, **record)
    codes = [made_up.instrument("Violin", size="3/4").code for _n in range(things)]
    made_up.answers(borrower.code, *codes)
    finished = made_up.scan("LSCMD-FINISH")
    freezing.freeze_waiting(made_up.desk)
    assert finished.agreement is not None
    return finished.agreement


def line_of(made_up: MadeUp, code: str) -> AgreementLine:
    """Give an agreement as the list shows it."""
    with made_up.desk.store.reading() as transaction:
        return next(line for line in agreement_lists.agreements(transaction) if line.code == code)


def text_of(pdf: bytes) -> str:
    """Read a PDF back."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def scan_of(papers: Sequence[bytes], turned: Sequence[int] = (), askew: float = 0.0) -> bytes:
    """Print papers, lay them on a scanner in this order and give the PDF it makes: pictures only.

    ``turned`` are the pages, counted from 0, that lay upside down; all lay ``askew`` by so many degrees.
    """
    pages = []
    for paper in papers:
        document = pypdfium2.PdfDocument(paper)
        pages += [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
        document.close()
    for at, page in enumerate(pages):
        angle = askew + (180 if at in turned else 0)
        pages[at] = page.rotate(angle, fillcolor=255) if angle else page
    made = BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return made.getvalue()


def blank_page() -> bytes:
    """Give a scan of an empty sheet."""
    from PIL import Image

    made = BytesIO()
    Image.new("L", (827, 1169), 255).save(made, "PDF", resolution=100)
    return made.getvalue()
