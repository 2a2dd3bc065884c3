"""Writing what happens to instruments: facts appended, state folded, in the transaction of a gesture."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import instant, read_instant
from loanstore.domain.policy import PLAIN_CONTRACT
from loanstore.domain.stocktakes import Finding
from loanstore.operations import settling
from loanstore.storage import folding, journal, people, photos, places, registers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from loanstore.domain.facts import Fact
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Checked, Ending, Instrument
    from loanstore.domain.places import Place
    from loanstore.domain.progress import Reached
    from loanstore.storage.transaction import Transaction

LOAN_KIND: Final = PLAIN_CONTRACT
SET_KIND: Final = "class set"
"""What is imported is a plain loan; what goes out with a set is a set's (DOMAIN, Borrowers)."""

_REFOLDED: Final = {FactKind.AGREED: 0, FactKind.BORROWER_ADDED: 2}


def record(
    transaction: Transaction, gesture: Gesture, changes: Sequence[tuple[Instrument | None, Draft]]
) -> list[tuple[Fact, Instrument]]:
    """Append a gesture's facts about instruments and fold each into the instrument it is about.

    Several facts about one instrument are folded one on the other, in their order.
    """
    drafts = [_to_who_they_are(transaction, _after_what_it_saw(gesture, *change)) for change in changes]
    facts = journal.append(transaction, gesture, drafts)
    latest: dict[str, Instrument] = {}
    results = []
    for (before, _draft), fact in zip(changes, facts, strict=True):
        subject = fact.subject or ""
        after = folding.fold_in(transaction, latest.get(subject, before), fact)
        latest[subject] = after
        results.append((fact, after))
    settling.settle(transaction, gesture, facts)
    return results


def _after_what_it_saw(gesture: Gesture, state: Instrument | None, draft: Draft) -> Draft:
    """Have a fact say what it comes after, where another desk's clock runs ahead of this one's."""
    if state is None or not state.folded_to:
        return draft
    seen, desk, _counter = state.folded_to.split("|")
    if desk == gesture.desk or seen < gesture.at:
        return draft
    after = instant(read_instant(seen) + timedelta(microseconds=1))
    return replace(draft, body={**draft.body, "after": after})


def _to_who_they_are(transaction: Transaction, draft: Draft) -> Draft:
    """Lend to the record that stays, where a desk chose one that was merged into it meanwhile."""
    if draft.kind is not FactKind.LENT:
        return draft
    borrower = str(draft.body["borrower"])
    staying = people.staying(transaction, borrower)
    return draft if staying == borrower else replace(draft, body={**draft.body, "borrower": staying})


def lent(instrument: Instrument, borrower: str, due: date, kind: str, *, happened: str | None = None) -> Draft:
    """Draft that an instrument goes out, in the condition it is known to be in; the loan takes the fact's id."""
    body = {"borrower": borrower, "due": due.isoformat(), "kind": kind}
    if instrument.fields.get("condition"):
        body["condition"] = instrument.fields["condition"]
    return Draft(FactKind.LENT, instrument.id, body, happened)


def lent_with(
    class_set: str,
    instrument: Instrument,
    borrower: str,
    due: date,
    *,
    happened: str | None = None,
    unseen: bool = False,
) -> Draft:
    """Draft that an instrument goes out as one of a class set; ``unseen`` where nobody scanned it by itself."""
    draft = lent(instrument, borrower, due, SET_KIND, happened=happened)
    body = {**draft.body, "set": class_set}
    return replace(draft, body={**body, "unseen": True} if unseen else body)


def back_unseen(instrument: Instrument, ending: Ending, *, happened: str | None = None) -> Draft:
    """Draft that a loan ends without anybody having seen the instrument: what it lacked, it goes on lacking."""
    draft = returned(instrument, ending, unseen=True, happened=happened)
    lacking = {"missing": list(instrument.lacking.missing), "damaged": list(instrument.lacking.damaged)}
    return replace(draft, body={**draft.body, **{name: parts for name, parts in lacking.items() if parts}})


def returned(instrument: Instrument, ending: Ending, *, unseen: bool = False, happened: str | None = None) -> Draft:
    """Draft that an instrument comes back; ``unseen`` where it was counted and not scanned."""
    body: dict[str, object] = {"loan": instrument.loan.id if instrument.loan else None, "ending": ending.value}
    if unseen:
        body["unseen"] = True
    return Draft(FactKind.RETURNED, instrument.id, body, happened)


def looked_at(instrument: Instrument, look: Checked, *, attention: bool, loan: str | None = None) -> Draft:
    """Draft what a look found; ``loan`` is the one that has just ended, ``attention`` keeps it from being lent."""
    said = {"condition": look.condition, "note": look.note, "attention": attention, "loan": loan}
    body: dict[str, object] = {"missing": list(look.missing), "damaged": list(look.damaged)}
    return Draft(FactKind.CHECKED, instrument.id, body | {name: value for name, value in said.items() if value})


def renewed(instrument: Instrument, due: date) -> Draft:
    """Draft that a loan is due on another day."""
    loan = instrument.loan.id if instrument.loan else None
    return Draft(FactKind.RENEWED, instrument.id, {"loan": loan, "due": due.isoformat()})


def reverse(transaction: Transaction, gesture: Gesture, undone: str, reached: Reached | None = None) -> Fact:
    """Append that a gesture is undone and fold everything it touched afresh, erasable records written back.

    ``reached`` tells of each thing that was folded how far it is.
    """
    facts = journal.facts_of_gesture(transaction, undone)
    for fact in reversed(facts):
        if fact.kind is FactKind.BORROWER_EDITED:
            _write_back(transaction, fact)
        elif fact.kind is FactKind.PLACE_RENAMED:
            _name_back(transaction, fact)
        else:
            _erase_said(transaction, fact)
    (fact,) = journal.append(transaction, gesture, [Draft(FactKind.REVERSED, None, {"gesture": undone})])
    # Papers go before the loans they are for, and who joined the register after whatever names them.
    subjects = {f.subject: _REFOLDED.get(f.kind, 1) for f in reversed(facts) if f.subject}
    recoded = {fact.subject: None for fact in facts if fact.kind in {FactKind.RECODED, FactKind.ALIAS_ADDED}}
    folding.unname(transaction, filter(None, recoded))
    ordered = sorted(subjects, key=lambda subject: (subjects[subject], subject))
    for identity in reached.through(ordered) if reached is not None else ordered:
        folding.refold(transaction, identity)
    return fact


def edited(transaction: Transaction, gesture: Gesture, identity: str, changes: Mapping[str, str]) -> Draft:
    """Draft that fields of a borrower's record change, and keep what they held as an erasable note beside the journal.

    The fact says which fields, and the note by id: undoing writes the note back and takes it away.
    """
    current = registers.borrower_record(transaction, identity)
    before = gesture.new_id()
    registers.add_note(transaction, before, json.dumps({name: current.get(name, "") for name in changes}))
    return Draft(FactKind.BORROWER_EDITED, identity, {"fields": sorted(changes), "before": before})


def _write_back(transaction: Transaction, fact: Fact) -> None:
    """Write back what a borrower's record held before it was changed; nothing where that was erased since."""
    before = str(fact.body.get("before", ""))
    held = registers.note(transaction, before)
    if held and fact.subject:
        registers.write_borrower_record(transaction, fact.subject, json.loads(held))
        registers.erase_note(transaction, before)


def renamed(transaction: Transaction, gesture: Gesture, place: Place) -> Draft:
    """Draft that a place is called something else, and keep what it was called as an erasable note."""
    before = gesture.new_id()
    registers.add_note(transaction, before, place.name)
    return Draft(FactKind.PLACE_RENAMED, place.id, {"place": place.id, "before": before})


def _name_back(transaction: Transaction, fact: Fact) -> None:
    """Call a place again what it was called; where another is called so by now, it keeps the name it has."""
    before = str(fact.body["before"])
    name = registers.note(transaction, before)
    taken = name in registers.place_names(transaction).values()
    if name and fact.subject and not taken:
        places.rename(transaction, fact.subject, name)
    registers.erase_note(transaction, before)


def _erase_said(transaction: Transaction, fact: Fact) -> None:
    """Erase what a look at a hand-over said or showed, where that look is undone: it was of something else."""
    if fact.kind is FactKind.CHECKED and "note" in fact.body:
        registers.erase_note(transaction, str(fact.body["note"]))
    elif fact.kind is FactKind.REPAIR_FAULT:
        registers.erase_note(transaction, str(fact.body["fault"]))
    elif fact.kind is FactKind.PHOTOGRAPHED and "moment" in fact.body:
        photos.delete_photo(transaction, str(fact.body["photo"]))


def owner_kind(transaction: Transaction, identity: str) -> str:
    """Tell whether an id is a borrower's or an instrument's."""
    return "borrower" if registers.borrower_record(transaction, identity) else "instrument"


def moved(instrument: Instrument, place: str) -> Draft:
    """Draft that an instrument stands at another place, and where it stood before."""
    return Draft(FactKind.MOVED, instrument.id, {"place": place, "from": instrument.fields.get("location")})


def counted(instrument: Instrument, stocktake: str, found: Finding, place: str | None = None) -> list[Draft]:
    """Draft what a scan in a stocktake found; ``place`` is where the instrument turned out to stand, if elsewhere."""
    mark = {"stocktake": stocktake, "finding": found.value}
    if found is Finding.TURNED_UP:
        stands = [moved(instrument, place)] if place is not None else []
        return [Draft(FactKind.FOUND, instrument.id, mark), *stands]
    if found is Finding.MISPLACED and place is not None:
        move = moved(instrument, place)
        return [replace(move, body={**move.body, **mark})]
    return [Draft(FactKind.SIGHTED, instrument.id, mark)]
