"""The receipt on return: compared with the hand-over, clearing the family, and a list for whoever brought it all."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader

from loanstore.operations import lending, receipts
from loanstore.storage import folding, lookups, registers
from tests.helpers.agreements import agree, line_of, text_of

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp


def things_of(made_up: MadeUp, agreement: str) -> list[tuple[str, str]]:
    """Give the loans of an agreement, each with its instrument's code."""
    with made_up.desk.store.reading() as transaction:
        loans = registers.loans_of_agreement(transaction, line_of(made_up, agreement).id)
        found = [folding.loan(transaction, loan) for loan in loans]
        states = [folding.instrument_state(transaction, one.instrument) for one in found if one is not None]
    return [(loan, state.code) for loan, state in zip(loans, states, strict=True) if state is not None]


def test_a_return_in_part_says_what_is_still_with_the_family(made_up: MadeUp) -> None:
    (first, code), (_second, other) = things_of(made_up, agree(made_up, things=2))
    lending.bring_back(made_up.desk, [code], missing=["Rosin"])
    said = text_of(receipts.receipt_for(made_up.desk, first))
    assert "1 part is missing" in said
    assert "Still with you" in said
    assert other in said
    lending.bring_back(made_up.desk, [other])
    said = text_of(receipts.receipt_for(made_up.desk, first))
    assert "Still with you" not in said
    assert "No instrument is with you any more." in said


def test_what_came_back_whole_clears_the_family(made_up: MadeUp) -> None:
    ((loan, code),) = things_of(made_up, agree(made_up))
    lending.bring_back(made_up.desk, [code])
    assert "Nothing more is with you." in text_of(receipts.receipt_for(made_up.desk, loan))


def test_the_condition_stands_beside_the_one_that_was_signed_for(made_up: MadeUp) -> None:
    borrower = made_up.borrower()
    violin = made_up.instrument("Violin", condition="good")
    made_up.answers(borrower.code, violin.code)
    code = made_up.scan("LSCMD-FINISH").agreement or ""
    from loanstore.operations import freezing

    freezing.freeze_waiting(made_up.desk)
    ((loan, _code),) = things_of(made_up, code)
    lending.bring_back(made_up.desk, [violin.code], condition="worn")
    said = text_of(receipts.receipt_for(made_up.desk, loan))
    assert "worn" in said
    assert "went out: good" in said


def test_a_teacher_gets_one_list_and_each_family_its_receipt(made_up: MadeUp) -> None:
    teacher = made_up.borrower("Teacher, Tess", "teacher")
    loans = []
    for name, things in (("Ada", 1), ("Ben", 2), ("Cat", 1), ("Dan", 2)):
        loans += things_of(made_up, agree(made_up, f"{name} Example", things=things))
    made_up.answers("LSCMD-RETURN", teacher.code, *(code for _loan, code in loans))
    finished = made_up.scan("LSCMD-FINISH")
    assert set(finished.returned) == {loan for loan, _code in loans}
    pdf = receipts.receipts_pdf(made_up.desk, finished.returned, teacher.id)
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(pages) == 5
    assert "Brought by Teacher, Tess: 6 instruments of 4 borrowers" in pages[0]
    assert all(code in pages[0] for _loan, code in loans)
    for page, name in zip(pages[1:], ("Ada", "Ben", "Cat", "Dan"), strict=True):
        assert f"{name} Example" in page
        assert "Nothing more is with you." in page


def test_a_family_that_brings_its_own_gets_no_list(made_up: MadeUp) -> None:
    agreement = agree(made_up)
    ((loan, code),) = things_of(made_up, agreement)
    lending.bring_back(made_up.desk, [code])
    with made_up.desk.store.reading() as transaction:
        family = lookups.borrower(transaction, line_of(made_up, agreement).borrower)
    assert family is not None
    assert len(PdfReader(BytesIO(receipts.receipts_pdf(made_up.desk, [loan], family.id))).pages) == 1
