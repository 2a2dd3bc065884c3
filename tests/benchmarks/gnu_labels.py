"""gLabels' batch tool on the same labels, where it is installed: a template and a table in, a PDF out."""

from __future__ import annotations

import csv
import gzip
import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label

_BATCH: Final = "glabels-3-batch"
_MM: Final = 72 / 25.4


def is_there() -> bool:
    """Tell whether gLabels' batch tool and a display for it can be had."""
    return bool(shutil.which(_BATCH) and (os.environ.get("DISPLAY") or shutil.which("Xvfb")))


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """Give the environment of a display: the one there is, else one made for the while."""
    if os.environ.get("DISPLAY"):
        yield dict(os.environ)
        return
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-noreset"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        number = server.stdout.readline().strip() if server.stdout is not None else "99"
        yield {**os.environ, "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


def prepare(folder: Path, labels: Sequence[Label], stock: LabelStock) -> Path:
    """Write the table of labels and the template for it."""
    table = folder / "labels.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([one.headline, one.code, one.shown, one.owner] for one in labels)
    template = folder / "labels.glabels"
    template.write_bytes(gzip.compress(_template(stock, table).encode()))
    return template


def run(template: Path, environment: dict[str, str]) -> None:
    """Have the batch tool write its PDF."""
    out = template.with_suffix(".pdf")
    subprocess.run([_BATCH, "-o", str(out), str(template)], env=environment, check=True, capture_output=True)


def _template(stock: LabelStock, table: Path) -> str:
    width, height = stock.width * _MM, stock.height * _MM
    round_ = 'a0="1" a1="0" a2="0" a3="1" a4="0" a5="0"'
    lines = [(1, 0.04, 7), (3, 0.66, 8.5), (4, 0.83, 5)]
    texts = "".join(
        f'<Object-text x="3" y="{top * height:.2f}" w="{width - 6:.2f}" h="{size * 1.4:.2f}" justify="center" {round_}>'
        f'<p><span font_family="Sans" font_size="{size}" font_weight="Regular" font_italic="False" color="0x000000ff"'
        f' lspacing="1"><Field name="{field}"/></span></p></Object-text>'
        for field, top, size in lines
    )
    return (
        '<?xml version="1.0"?><Glabels-document xmlns="http://glabels.org/xmlns/3.0/">'
        f'<Template brand="{stock.maker}" part="{stock.key}" size="A4">'
        f'<Label-rectangle id="0" width="{width:.3f}pt" height="{height:.3f}pt" round="0" x_waste="0" y_waste="0">'
        f'<Layout nx="{stock.columns}" ny="{stock.rows}" x0="{stock.left * _MM:.3f}pt" y0="{stock.top * _MM:.3f}pt"'
        f' dx="{stock.pitch_x * _MM:.3f}pt" dy="{stock.pitch_y * _MM:.3f}pt"/></Label-rectangle></Template>'
        f'<Objects id="0" rotate="False">{texts}'
        f'<Object-barcode x="8" y="{0.22 * height:.2f}" w="{width - 16:.2f}" h="{0.4 * height:.2f}" style="Code128"'
        f' text="False" checksum="True" color="0x000000ff" field="2" format="10 digits" {round_}/></Objects>'
        f'<Merge type="Text/Comma" src="{table}"/></Glabels-document>'
    )
