"""A scanned batch is split and filed by its barcodes, however its pages lay; the rest waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import FileUnusable, Refused
from loanstore.domain.filing import Left
from loanstore.domain.signatures import Stage
from loanstore.operations import filing, freezing, sealing, signing
from loanstore.paper.proof import read_codes
from tests.helpers.agreements import agree, blank_page, line_of, scan_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.made_up import MadeUp


def printed(made_up: MadeUp, code: str) -> bytes:
    return freezing.agreement_pdf(made_up.desk, code).result.pdf


def test_a_batch_is_filed_page_by_page_upside_down_and_askew(made_up: MadeUp, tmp_path: Path) -> None:
    codes = [agree(made_up, f"Drama, {name}") for name in ("Ada", "Ben", "Cat")]
    file = tmp_path / "batch.pdf"
    file.write_bytes(scan_of([printed(made_up, code) for code in codes], turned=(1, 2), askew=2.0))
    done = filing.file_scans(made_up.desk, file, dry_run=True).result
    assert [bundle.code for bundle in done.plan.bundles] == codes
    assert all(line_of(made_up, code).stage is Stage.PRINTED for code in codes)
    done = filing.file_scans(made_up.desk, file).result
    assert (len(done.plan.bundles), done.plan.left, done.waiting) == (3, (), 0)
    for code in codes:
        line = line_of(made_up, code)
        assert line.stage is Stage.SIGNED
        assert [(one.role, one.how) for one in line.signing.signatures] == [("parent", "scanned")]
        kept = freezing.signed_pdf(made_up.desk, code).pdf
        plain = code.replace("-", "")
        assert read_codes(kept, 200) == [[plain]] * 2
    assert sealing.seal_waiting(made_up.desk).result == 3
    assert made_up.complaints() == []


def test_the_same_batch_again_files_nothing_and_keeps_nothing_twice(made_up: MadeUp, tmp_path: Path) -> None:
    code = agree(made_up)
    file = tmp_path / "batch.pdf"
    file.write_bytes(scan_of([printed(made_up, code), blank_page()]))
    assert filing.file_scans(made_up.desk, file).result.waiting == 1
    again = filing.file_scans(made_up.desk, file).result
    assert again.plan.bundles == ()
    assert {page.why for page in again.plan.left} == {Left.SIGNED, Left.NO_CODE}
    assert again.waiting == 1


def test_an_unreadable_page_follows_the_one_before_it(made_up: MadeUp, tmp_path: Path) -> None:
    first, second = agree(made_up, "Drama, Ada"), agree(made_up, "Drama, Ben")
    from loanstore.domain.filing import ScannedPage
    from loanstore.paper.batches import split, to_pdf

    whole = scan_of([printed(made_up, first)])
    page_one = split(to_pdf(whole, "x"), [ScannedPage(1, ())])
    file = tmp_path / "batch.pdf"
    file.write_bytes(scan_of([page_one, blank_page(), printed(made_up, second)]))
    done = filing.file_scans(made_up.desk, file).result
    assert [(one.code, one.pages) for one in done.plan.bundles] == [(first, (1, 2)), (second, (3, 4))]


def test_what_is_not_ours_and_what_is_incomplete_waits_to_be_assigned_by_hand(made_up: MadeUp, tmp_path: Path) -> None:
    code = agree(made_up)
    violin = made_up.instrument()
    from loanstore.domain.filing import ScannedPage
    from loanstore.operations import labelling
    from loanstore.paper.batches import split

    sheet = labelling.make_labels(
        made_up.desk, labelling.Wanted([violin.code]), labelling.Onto("avery-l7160")
    ).result.pdf
    last = split(scan_of([printed(made_up, code)]), [ScannedPage(2, ())])
    file = tmp_path / "batch.pdf"
    file.write_bytes(scan_of([blank_page(), sheet, last]))
    done = filing.file_scans(made_up.desk, file).result
    assert [page.why for page in done.plan.left] == [Left.NO_CODE, Left.NOT_OURS, Left.SHORT]
    waiting = filing.loose(made_up.desk)
    assert [page.number for page in waiting] == [1, 2, 3]
    assert all(page.thumbnail.startswith(b"\xff\xd8") for page in waiting)
    assert filing.page_picture(made_up.desk, waiting[2].id).startswith(b"\x89PNG")
    assert filing.assign(made_up.desk, [waiting[2].id], code).result == code
    assert line_of(made_up, code).stage is Stage.SIGNED
    with pytest.raises(Refused, match="ALREADY_SIGNED"):
        filing.assign(made_up.desk, [waiting[0].id], code)
    assert filing.dismiss(made_up.desk, [page.id for page in waiting]).result == 2
    assert filing.loose(made_up.desk) == ()
    with pytest.raises(Refused, match="NO_PAGE"):
        filing.assign(made_up.desk, [waiting[0].id], agree(made_up, "Drama, Eve"))


def test_a_scan_filed_wrongly_waits_again_once_its_signatures_are_set_aside(made_up: MadeUp, tmp_path: Path) -> None:
    wrong, right = agree(made_up, "Drama, Ada"), agree(made_up, "Drama, Ben")
    file = tmp_path / "batch.pdf"
    file.write_bytes(scan_of([blank_page(), blank_page()]))
    filing.file_scans(made_up.desk, file)
    filing.assign(made_up.desk, [page.id for page in filing.loose(made_up.desk)], wrong)
    sealing.seal_waiting(made_up.desk)
    signing.withdraw(made_up.desk, wrong, "it is Ben's")
    waiting = filing.loose(made_up.desk)
    assert [page.why for page in waiting] == [Left.WITHDRAWN] * 2
    filing.assign(made_up.desk, [page.id for page in waiting], right)
    assert line_of(made_up, right).stage is Stage.SIGNED
    assert line_of(made_up, wrong).stage is Stage.MADE
    assert made_up.complaints() == []


def test_a_paper_in_large_print_is_filed_too(made_up: MadeUp, tmp_path: Path) -> None:
    code = agree(made_up)
    file = tmp_path / "large.pdf"
    file.write_bytes(scan_of([freezing.large_pdf(made_up.desk, code).result.pdf]))
    done = filing.file_scans(made_up.desk, file).result
    assert [bundle.code for bundle in done.plan.bundles] == [code]


def test_pictures_are_filed_like_a_pdf(made_up: MadeUp, tmp_path: Path) -> None:
    import pypdfium2

    code = agree(made_up)
    document = pypdfium2.PdfDocument(printed(made_up, code))
    pages = [page.render(scale=200 / 72).to_pil() for page in document]
    document.close()
    file = tmp_path / "batch.tiff"
    pages[0].save(file, save_all=True, append_images=pages[1:], dpi=(200, 200))
    assert len(filing.file_scans(made_up.desk, file).result.plan.bundles) == 1


@pytest.mark.parametrize("content", [b"", b"not a scan", b"%PDF-1.7 torn", b"\x89PNG torn"])
def test_what_is_no_scan_is_refused(made_up: MadeUp, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(content)
    with pytest.raises(FileUnusable, match="NOT_A_SCAN"):
        filing.file_scans(made_up.desk, file)
    with pytest.raises(FileUnusable, match="FILE_MISSING"):
        filing.file_scans(made_up.desk, tmp_path / "nowhere.pdf")


def test_a_batch_that_is_stopped_half_way_has_changed_nothing(made_up: MadeUp, tmp_path: Path) -> None:
    code = agree(made_up)
    file = tmp_path / "batch.pdf"
    file.write_bytes(scan_of([printed(made_up, code)]))
    before = made_up.dump()

    def stop(reached: int, total: int) -> None:
        assert reached <= total
        raise Refused("WORK_CANCELLED")

    with pytest.raises(Refused, match="WORK_CANCELLED"):
        filing.file_scans(made_up.desk, file, progress=stop)
    assert made_up.dump() == before
