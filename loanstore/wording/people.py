"""Sentences for records and people: custody passed, heads counted, a mismatch put right, an instrument's story."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.arrivals import HEADS
from loanstore.domain.instruments import title
from loanstore.i18n import _
from loanstore.wording.days import day

if TYPE_CHECKING:
    from loanstore.domain.arrivals import HeadCount
    from loanstore.operations.custody import Passed
    from loanstore.operations.matching import PutRight


def custody_sentence(passed: Passed) -> str:
    """Say where a loan is now."""
    told = _("{what} ({code}) is with {where} again.") if passed.back else _("{what} ({code}) is with {where} now.")
    if not passed.back:
        told += " " + _("{who} goes on answering for it.")
    thing = passed.instrument
    who = passed.responsible.label
    return told.format(what=title(thing.fields), code=thing.code, where=passed.custodian, who=who)


def head_word(name: str) -> str:
    """Name what a school counts."""
    words = {
        "pupils": _("pupils"),
        "fsm_or_pp": _("free school meals or pupil premium"),
        "send": _("SEND"),
        "looked_after": _("looked after"),
        "ks1": _("key stage 1"),
        "ks2": _("key stage 2"),
        "ks3": _("key stage 3"),
        "ks4": _("key stage 4"),
        "ks5": _("key stage 5"),
    }
    return words[name]


def heads_sentence(count: HeadCount) -> str:
    """Say what a school counted, and whether it is an estimate."""
    numbers = ", ".join(f"{count.heads[name]} {head_word(name)}" for name in HEADS if name in count.heads)
    told = _("{day}: {numbers} (estimated)") if count.estimated else _("{day}: {numbers}")
    return told.format(day=day(date.fromisoformat(count.given)), numbers=numbers)


def put_right_sentences(made: PutRight) -> list[str]:
    """Say how a mismatch was put right, and what is still to be done."""
    first, second = made.first, made.second
    if made.agreements:
        told = [_("{first} and {second} have changed places.").format(first=first.code, second=second.code)]
        papers = ", ".join(made.agreements)
        return [*told, _("To be signed: {papers}.").format(papers=papers)]
    if made.print:
        labels = ", ".join(made.print)
        return [_("The cases stay swapped. Print these case labels again: {labels}.").format(labels=labels)]
    return [_("{first} and {second} were both seen.").format(first=first.code, second=second.code)]
