"""An agreement's paper is drawn once and stays: through edits of wording and records, undo, backup and rebuild."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.agreements import Clause
from loanstore.domain.errors import Refused
from loanstore.operations import drafting, editing, freezing, lending, papers, undoing
from loanstore.storage import backups, kept_papers
from loanstore.storage.store import open_store
from tests.helpers.agreements import agree, line_of, text_of
from tests.helpers.made_up import KEY, SALT
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.made_up import MadeUp


def test_the_same_bytes_come_every_time_whatever_the_records_say_later(made_up: MadeUp) -> None:
    code = agree(made_up, "Example, Zoë")
    first = freezing.agreement_pdf(made_up.desk, code).result.pdf
    editing.edit(made_up.desk, line_of(made_up, code).borrower and _code_of(made_up, code), {"name": "Example, Maria"})
    assert freezing.agreement_pdf(made_up.desk, code).result.pdf == first
    assert "Example, Zoë" in text_of(first)


def _code_of(made_up: MadeUp, agreement: str) -> str:
    from loanstore.storage import lookups

    with made_up.desk.store.reading() as transaction:
        found = lookups.borrower(transaction, line_of(made_up, agreement).borrower)
    assert found is not None
    return found.code


def test_each_agreement_keeps_the_wording_it_was_made_on(made_up: MadeUp) -> None:
    before = agree(made_up, "Drama, Ada")
    shipped = drafting.text(made_up.desk, "hirer_free")
    first = replace(shipped, clauses=(*shipped.clauses, Clause("Snails", "Snails stay outside.")))
    assert drafting.save(made_up.desk, first).result.number == 2
    between = agree(made_up, "Drama, Ben")
    second = replace(first, clauses=(*shipped.clauses, Clause("Snails", "Snails may come in.")))
    assert drafting.save(made_up.desk, second).result.number == 3
    after = agree(made_up, "Drama, Cat")
    said = {code: text_of(freezing.agreement_pdf(made_up.desk, code).result.pdf) for code in (before, between, after)}
    assert "Snails" not in said[before]
    assert "Snails stay outside." in said[between]
    assert "Snails may come in." in said[after]
    assert "hirer_free, version 2" in said[between]
    assert drafting.text(made_up.desk, "hirer_free", 2) == replace(first, version="2")
    assert made_up.complaints() == []


def test_an_agreement_finished_before_an_edit_is_drawn_with_the_wording_that_stood_then(made_up: MadeUp) -> None:
    text = drafting.text(made_up.desk, "hirer_free")
    drafting.save(made_up.desk, replace(text, title="Of old"))
    borrower, violin = made_up.borrower(), made_up.instrument()
    made_up.answers(borrower.code, violin.code)
    code = made_up.scan("LSCMD-FINISH").agreement or ""
    # The machine stopped before the paper was drawn; meanwhile another desk changed the wording.
    drafting.save(made_up.desk, replace(text, title="Of late"))
    assert freezing.freeze_waiting(made_up.desk).result == 1
    assert "Of old" in text_of(freezing.agreement_pdf(made_up.desk, code).result.pdf)


def test_what_was_not_drawn_for_want_of_power_is_drawn_when_it_is_asked_for(made_up: MadeUp) -> None:
    borrower, violin = made_up.borrower(), made_up.instrument()
    made_up.answers(borrower.code, violin.code)
    code = made_up.scan("LSCMD-FINISH").agreement or ""
    assert line_of(made_up, code).signing.paper is None
    pdf = freezing.agreement_pdf(made_up.desk, code).result.pdf
    assert line_of(made_up, code).signing.paper == kept_papers.hash_of(pdf)
    assert freezing.freeze_waiting(made_up.desk).result == 0


def test_a_name_that_cannot_be_drawn_keeps_no_other_paper_waiting(made_up: MadeUp) -> None:
    made_up.borrower("\U00013000")
    with made_up.desk.store.reading():
        pass
    egyptian = made_up.borrower("\U00013001 Example")
    violin = made_up.instrument()
    made_up.answers(egyptian.code, violin.code, "LSCMD-FINISH")
    code = agree(made_up, "Drama, Dan")
    assert line_of(made_up, code).signing.paper is not None
    with pytest.raises(Refused, match="NO_GLYPH"):
        freezing.freeze(made_up.desk, next(iter(_not_frozen(made_up))))


def _not_frozen(made_up: MadeUp) -> list[str]:
    from loanstore.storage import agreement_lists

    with made_up.desk.store.reading() as transaction:
        return agreement_lists.not_frozen(transaction)


def test_undoing_an_unsigned_hand_over_takes_its_paper_along(made_up: MadeUp) -> None:
    code = agree(made_up)
    freezing.agreement_pdf(made_up.desk, code)
    undoing.undo(made_up.desk)
    assert made_up.dump()["agreements"] == []
    assert made_up.dump()["papers"] == []
    assert made_up.complaints() == []


def test_undoing_a_loan_with_its_agreement_in_one_gesture_takes_the_paper_along(made_up: MadeUp) -> None:
    violin, family = made_up.instrument(), made_up.borrower()
    before = made_up.dump()["loans"]
    agreement = lending.lend(made_up.desk, family.code, [violin.code]).result.agreement
    freezing.agreement_pdf(made_up.desk, agreement or "")
    undoing.undo(made_up.desk)
    assert (made_up.dump()["loans"], made_up.dump()["papers"]) == (before, [])
    assert made_up.complaints() == []


def test_a_rebuilt_store_and_a_backup_hold_the_papers(made_up: MadeUp, tmp_path: Path) -> None:
    code = agree(made_up)
    pdf = freezing.agreement_pdf(made_up.desk, code).result.pdf
    rebuilt_the_same(made_up)
    target = tmp_path / "backup.loanstore"
    backups.back_up(made_up.desk.store, KEY, SALT, target)
    copy = open_store(target, KEY, SALT)
    with copy.reading() as transaction:
        kept = kept_papers.by_hash(transaction, kept_papers.hash_of(pdf))
    copy.close()
    assert kept is not None
    assert kept.content == pdf


def test_verify_names_a_paper_that_was_altered_and_a_text_that_is_gone(made_up: MadeUp) -> None:
    agree(made_up)
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("UPDATE papers SET content = X'00'")
        transaction.connection.exec_driver_sql("DELETE FROM wording_texts")
    assert [line.partition(" ")[0] for line in made_up.complaints()] == ["papers", "wording_texts"]


def test_no_fact_names_anybody(made_up: MadeUp) -> None:
    agree(made_up, "Unmistakable, Una")
    assert not any("Unmistakable" in str(fact.body) for fact in made_up.facts())


def test_large_print_and_the_plain_page_say_what_the_frozen_paper_says(made_up: MadeUp) -> None:
    code = agree(made_up, "Example, Łukasz", pupil="Siân Example")
    large = text_of(freezing.large_pdf(made_up.desk, code).result.pdf)
    page = freezing.agreement_page(made_up.desk, code).result
    for part in ("Example, Łukasz", "Siân Example", "Violin 3/4", "Loss and damage"):
        assert part in large
        assert part in page
    assert '<html lang="en-GB">' in page


@pytest.mark.parametrize("word", ["{reason}", "{due", "{owner.name}", "{}"])
def test_a_text_with_a_word_nobody_fills_in_is_not_saved(made_up: MadeUp, word: str) -> None:
    text = drafting.text(made_up.desk, "teacher")
    before = made_up.dump()
    with pytest.raises(Refused) as refusal:
        drafting.save(made_up.desk, replace(text, clauses=(Clause("Period", f"Until {word} ends."),)))
    assert refusal.value.code == "TEXT_FAULTY"
    assert refusal.value.facts["clause"] == 1
    assert made_up.dump() == before


def test_saving_what_is_there_already_is_refused(made_up: MadeUp) -> None:
    with pytest.raises(Refused, match="TEXT_UNCHANGED"):
        drafting.save(made_up.desk, drafting.text(made_up.desk, "teacher"))


def test_undo_passes_a_saved_wording_over(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    text = drafting.text(made_up.desk, "teacher")
    drafting.save(made_up.desk, replace(text, title="Anew"))
    undoing.undo(made_up.desk)
    assert drafting.text(made_up.desk, "teacher").title == "Anew"
    with pytest.raises(Refused):
        made_up.show(violin.code)


def test_a_preview_is_the_real_page_drawn(made_up: MadeUp) -> None:
    pages = drafting.preview(made_up.desk, drafting.text(made_up.desk, "setting"))
    assert len(pages) >= 1
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert papers.fonts(made_up.desk).is_dir()
