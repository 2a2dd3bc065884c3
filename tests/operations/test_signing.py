"""From printed to signed: who, in what role, how; sealed; chased; and never altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.signatures import Stage
from loanstore.operations import agreement_tables, freezing, lending, sealing, signing, undoing
from loanstore.operations.sealing import Verdict
from loanstore.operations.tabling import Asked
from tests.helpers.agreements import STROKES, agree, line_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.made_up import MadeUp


def test_an_agreement_goes_from_made_to_printed_to_signed(made_up: MadeUp) -> None:
    code = agree(made_up)
    assert line_of(made_up, code).stage is Stage.MADE
    freezing.agreement_pdf(made_up.desk, code)
    assert line_of(made_up, code).stage is Stage.PRINTED
    signing.sign_by_pen(made_up.desk, code, "parent", "Sam Drama", STROKES)
    line = line_of(made_up, code)
    assert line.stage is Stage.SIGNED
    (signature,) = line.signing.signatures
    assert (signature.role, signature.how) == ("parent", "pen")
    assert made_up.complaints() == []


def test_what_was_signed_begins_with_what_was_printed_and_bears_the_name(made_up: MadeUp) -> None:
    code = agree(made_up)
    frozen = freezing.agreement_pdf(made_up.desk, code).result.pdf
    signing.sign_by_pen(made_up.desk, code, "parent", "محمد Żółw Example", STROKES)
    signed = freezing.signed_pdf(made_up.desk, code).pdf
    assert signed.startswith(frozen)
    assert "Żółw Example" in text_of(signed)
    assert freezing.agreement_pdf(made_up.desk, code).result.pdf == frozen


def test_two_sign_one_after_the_other_and_both_stand_on_the_paper(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "parent", "Parent Example", STROKES)
    sealing.seal_waiting(made_up.desk)
    state = signing.sign_on_paper(made_up.desk, code, "player", "Player Example").result
    assert state.open_roles == ("store",)
    said = text_of(freezing.signed_pdf(made_up.desk, code).pdf)
    assert "Parent Example" in said
    assert "Player Example" in said
    assert "Signed on paper" in said
    assert sealing.seal_waiting(made_up.desk).result == 1
    assert made_up.complaints() == []


def test_a_role_that_nobody_needs_alone_does_not_make_it_signed(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "store", "Clerk Example", STROKES)
    assert line_of(made_up, code).stage is Stage.MADE


@pytest.mark.parametrize(
    ("role", "name", "strokes", "code"),
    [
        ("teacher", "Sam", STROKES, "NO_SUCH_ROLE"),
        ("parent", "  ", STROKES, "NO_SIGNER_NAME"),
        ("parent", "Sam", [], "NO_STROKES"),
        ("parent", "Sam", [[(0.5, 0.5)]], "NO_STROKES"),
        ("parent", "\U00013000", STROKES, "NO_GLYPH"),
    ],
)
def test_what_is_no_signature_changes_nothing(
    made_up: MadeUp, role: str, name: str, strokes: list[list[tuple[float, float]]], code: str
) -> None:
    agreement = agree(made_up)
    before = made_up.dump()
    with pytest.raises(Refused) as refusal:
        signing.sign_by_pen(made_up.desk, agreement, role, name, strokes)
    assert refusal.value.code == code
    assert made_up.dump() == before


def test_nobody_signs_twice_in_one_role(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_on_paper(made_up.desk, code, "parent", "Sam")
    with pytest.raises(Refused, match="ALREADY_SIGNED"):
        signing.sign_by_pen(made_up.desk, code, "parent", "Sam", STROKES)


def test_a_refusal_is_kept_and_can_be_thought_better_of(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.refuse(made_up.desk, code, "wants another bow")
    assert line_of(made_up, code).stage is Stage.REFUSED
    signing.sign_on_paper(made_up.desk, code, "parent", "Sam")
    assert line_of(made_up, code).stage is Stage.SIGNED
    with pytest.raises(Refused, match="ALREADY_SIGNED"):
        signing.refuse(made_up.desk, code, "")


def test_a_signed_agreement_stands_in_the_way_of_undo_and_says_so(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "parent", "Sam", STROKES)
    with pytest.raises(Refused) as refusal:
        undoing.undo(made_up.desk)
    assert refusal.value.code == "SIGNED_STAYS"
    assert refusal.value.facts["code"] == code
    outcome = made_up.scan("LSCMD-UNDO")
    assert outcome.answer is Answer.NOTHING_TO_DO
    from loanstore.wording import sentence

    assert "signed" in sentence(outcome)
    assert line_of(made_up, code).stage is Stage.SIGNED


def test_another_loan_of_that_day_makes_another_agreement(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "parent", "Sam", STROKES)
    borrower = line_of(made_up, code).borrower
    with made_up.desk.store.reading() as transaction:
        from loanstore.storage import lookups

        found = lookups.borrower(transaction, borrower)
    assert found is not None
    made = lending.lend(made_up.desk, found.code, [made_up.instrument("Flute").code]).result
    assert made.agreement != code
    assert line_of(made_up, code).items == 1


def test_signatures_set_aside_leave_it_unsigned_with_the_reason_kept(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "parent", "Sam", STROKES)
    with pytest.raises(Refused, match="NO_REASON"):
        signing.withdraw(made_up.desk, code, " ")
    signing.withdraw(made_up.desk, code, "the wrong family")
    assert line_of(made_up, code).stage is not Stage.SIGNED
    signing.sign_by_pen(made_up.desk, code, "parent", "Ada", STROKES)
    assert "Ada" in text_of(freezing.signed_pdf(made_up.desk, code).pdf)
    assert made_up.complaints() == []


def test_no_fact_holds_the_name_of_whoever_signed(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "parent", "Unmistakable Una", STROKES)
    assert not any("Unmistakable" in str(fact.body) for fact in made_up.facts())


def test_the_seal_holds_and_breaks_with_one_changed_byte(made_up: MadeUp, tmp_path: Path) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "parent", "Sam", STROKES)
    assert sealing.seal_waiting(made_up.desk).result == 1
    assert sealing.seal_waiting(made_up.desk).result == 0
    sealed = freezing.signed_pdf(made_up.desk, code).pdf
    file = tmp_path / "signed.pdf"
    file.write_bytes(sealed)
    assert sealing.check_file(made_up.desk, file) == sealing.FileChecked(Verdict.SEALED, code)
    for place in (2_000, len(sealed) // 2):
        changed = bytearray(sealed)
        changed[place] ^= 1
        file.write_bytes(bytes(changed))
        assert sealing.check_file(made_up.desk, file).verdict is not Verdict.SEALED
    file.write_bytes(sealed + b"\n% more")
    assert sealing.check_file(made_up.desk, file).verdict is Verdict.CHANGED
    file.write_bytes(freezing.agreement_pdf(made_up.desk, code).result.pdf)
    assert sealing.check_file(made_up.desk, file) == sealing.FileChecked(Verdict.FROZEN, code)
    file.write_bytes(b"%PDF-1.4 nonsense")
    assert sealing.check_file(made_up.desk, file).verdict is Verdict.UNSEALED
    assert made_up.complaints() == []


def test_another_store_does_not_know_the_seal(made_up: MadeUp, make_made_up: object, tmp_path: Path) -> None:
    code = agree(made_up)
    signing.sign_on_paper(made_up.desk, code, "parent", "Sam")
    sealing.seal_waiting(made_up.desk)
    file = tmp_path / "signed.pdf"
    file.write_bytes(freezing.signed_pdf(made_up.desk, code).pdf)
    other = make_made_up(tmp_path / "other.loanstore")  # type: ignore[operator]  # the fixture is a maker
    assert sealing.check_file(other.desk, file).verdict is Verdict.OTHER


def test_a_signature_while_another_is_sealed_is_sealed_the_next_time(made_up: MadeUp) -> None:
    code = agree(made_up)
    signing.sign_by_pen(made_up.desk, code, "parent", "Sam", STROKES)
    made = sealing.make_seals(made_up.desk)
    made_up.clock.go_on(5)
    signing.sign_by_pen(made_up.desk, code, "player", "Alex", STROKES)
    assert sealing.keep_sealed(made_up.desk, made).result == 0
    assert sealing.seal_waiting(made_up.desk).result == 1
    assert "Alex" in text_of(freezing.signed_pdf(made_up.desk, code).pdf)


def test_unsigned_ones_are_chased_after_ten_days_until_they_are_signed_or_back(made_up: MadeUp) -> None:
    signed, open_, back = agree(made_up, "A"), agree(made_up, "B", telephone="01632 960111"), agree(made_up, "C")
    signing.sign_on_paper(made_up.desk, signed, "parent", "A")
    made_up.clock.go_on(days=9)
    assert agreement_tables.to_sign(made_up.desk) == ()
    assert {line.code for line in agreement_tables.to_sign(made_up.desk, all_of_them=True)} == {open_, back}
    with made_up.desk.store.reading() as transaction:
        from loanstore.storage import folding, registers

        (loan,) = registers.loans_of_agreement(transaction, line_of(made_up, back).id)
        thing = folding.loan(transaction, loan)
        assert thing is not None
        state = folding.instrument_state(transaction, thing.instrument)
        assert state is not None
    lending.bring_back(made_up.desk, [state.code])
    made_up.clock.go_on(days=1)
    assert [line.code for line in agreement_tables.to_sign(made_up.desk)] == [open_]
    agreement_tables.change_chase_days(made_up.desk, 30)
    assert agreement_tables.to_sign(made_up.desk) == ()
    agreement_tables.change_chase_days(made_up.desk, 10)
    text = text_of(agreement_tables.chase_list_pdf(made_up.desk))
    assert open_ in text
    assert "01632 960111" in text
    assert signed not in text
    table = agreement_tables.table(made_up.desk, Asked("unsigned"))
    assert [row[0] for row in table.rows] == [open_]
    assert len(agreement_tables.table(made_up.desk, Asked("agreements")).rows) == 3
    with pytest.raises(Refused, match="CHASE_DAYS"):
        agreement_tables.change_chase_days(made_up.desk, -1)
