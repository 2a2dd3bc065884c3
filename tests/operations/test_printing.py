"""Labels for a printer: on the stock it holds, in the words it takes, to the queue as this machine calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.printers import PrinterKind
from loanstore.operations import calibrating, printing
from loanstore.operations.labelling import Wanted
from loanstore.operations.printing import Place
from loanstore.paper.proof import read_codes
from tests.helpers import zpl

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

HERE = Place("", {})


@pytest.fixture
def desk(made_up: MadeUp) -> Desk:
    """Give a desk with two violins of which one bears a name that few printers' fonts hold."""
    made_up.instrument("Violin", size="1/2", make="Made-up")
    made_up.instrument("Violin", size="3/4", make="Ŵyn")
    return made_up.desk


def printed(made_up: MadeUp) -> int:
    return [fact.kind for fact in made_up.facts()].count(FactKind.LABELLED)


def test_a_page_printer_gets_the_proved_page_of_its_stock(desk: Desk, made_up: MadeUp) -> None:
    calibrating.add(desk, "Office", {"queue": "laser", "stock": "avery-l7160", "offset_x": 1.0, "dpi": 600})
    job = printing.make_job(desk, Wanted(new=True), Place("", {"office": "upstairs"})).result
    assert (job.parcel.queue, job.parcel.paper, job.parcel.raw) == ("upstairs", (210, 297), False)
    assert job.parcel.content == job.sheet.pdf
    assert job.sheet.stock.left == pytest.approx(8.21)
    assert job.sheet.stock.dpi == 600
    assert printed(made_up) == 2


def test_a_turned_roll_is_asked_for_as_it_lies_in_the_printer(desk: Desk) -> None:
    calibrating.add(desk, "Dymo", {"stock": "dymo-99012"})
    assert printing.make_job(desk, Wanted(new=True), HERE).result.parcel.paper == (36, 89)


def test_a_zebra_draws_plain_labels_itself_and_is_sent_the_dots_where_its_font_may_lack_one(desk: Desk) -> None:
    said = {"kind": PrinterKind.ZPL, "queue": "tcp://zebra", "dpi": 203, "stock": "zebra-57x32"}
    calibrating.add(desk, "Zebra", said)
    plain, odd = (label.code for label in printing.make_job(desk, Wanted(new=True), HERE).result.sheet.drawn)
    drawn = zpl.labels(printing.reprint(desk, plain, HERE).result.parcel.content)
    sent = zpl.labels(printing.reprint(desk, odd, HERE).result.parcel.content)
    assert ["^BC" in label for label in (*drawn, *sent)] == [True, False]
    assert ["^GFA" in label for label in (*drawn, *sent)] == [False, True]
    both = printing.make_job(desk, Wanted(every=True), HERE).result
    assert len(zpl.labels(both.parcel.content)) == 2
    assert (both.parcel.suffix, both.parcel.queue) == (".zpl", "tcp://zebra")


def test_a_brother_gets_its_rolls_dots(desk: Desk) -> None:
    said = {"kind": PrinterKind.BROTHER, "dpi": 203, "stock": "brother-dk-22205", "bar_width_reduction": 0.1}
    calibrating.add(desk, "QL", said)
    job = printing.make_job(desk, Wanted(new=True), HERE).result
    assert (job.parcel.raw, job.parcel.suffix) == (True, ".bin")
    assert job.parcel.content.count(b"\x1bi\x7a") == 2
    # Its head has 300 dots to the inch whatever is said, and dots sent one by one need no thinner bars.
    assert job.sheet.stock.dpi == 300
    assert read_codes(job.sheet.pdf, 300) == [[label.code] for label in job.sheet.drawn]


def test_what_can_not_be_printed_is_refused_and_not_noted_as_printed(desk: Desk, made_up: MadeUp) -> None:
    calibrating.add(desk, "Zebra", {"kind": PrinterKind.ZPL})
    for code, stock in (("PRINTER_WITHOUT_STOCK", ""), ("NOT_ON_A_ROLL", "avery-l7651")):
        calibrating.change(desk, "Zebra", {"stock": stock})
        with pytest.raises(Refused, match=code):
            printing.make_job(desk, Wanted(new=True), Place("zebra", {}))
    calibrating.change(desk, "Zebra", {"kind": PrinterKind.BROTHER, "stock": "dymo-99012"})
    with pytest.raises(Refused, match="NO_BROTHER_ROLL"):
        printing.make_job(desk, Wanted(new=True), Place("zebra", {}))
    assert printed(made_up) == 0


def test_printing_again_is_noted_again(desk: Desk, made_up: MadeUp) -> None:
    calibrating.add(desk, "Office", {"stock": "avery-l7651"})
    (first, _second) = printing.make_job(desk, Wanted(new=True), HERE).result.sheet.drawn
    printing.reprint(desk, first.code, HERE)
    assert printed(made_up) == 3


def test_a_page_is_drawn_in_its_own_size_and_there_is_none_past_the_last(desk: Desk) -> None:
    pdf = calibrating.ruler_pdf(desk)
    drawn = printing.page_picture(pdf, 0, 72)
    assert drawn is not None
    assert (drawn.width, drawn.height, len(drawn.pixels)) == (595, 842, 595 * 842 * 4)
    assert printing.page_picture(pdf, 1, 72) is None
