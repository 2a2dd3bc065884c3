"""Agreements in words: how far one is, in what role somebody signs, what is wrong with a draft, why a page was left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.agreements import PLACEHOLDERS, Role
from loanstore.domain.filing import Left
from loanstore.domain.signatures import Stage
from loanstore.domain.wordings import MOST_CLAUSES, MOST_WORDS
from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loanstore.domain.wordings import Fault


def stage_word(stage: str) -> str:
    """Say how far an agreement is."""
    return {
        Stage.MADE: _("awaiting signature"),
        Stage.PRINTED: _("printed, awaiting signature"),
        Stage.SIGNED: _("signed"),
        Stage.REFUSED: _("not signed, refused"),
    }[Stage(stage)]


def role_word(role: str) -> str:
    """Say in what role somebody signs."""
    return {
        Role.PARENT: _("parent or carer"),
        Role.PLAYER: _("player"),
        Role.TEACHER: _("teacher"),
        Role.SCHOOL: _("school"),
        Role.STORE: _("the store"),
    }[Role(role)]


def text_word(key: str) -> str:
    """Say which kind of contract a text is for."""
    return {
        "setting": _("School or setting"),
        "class_set": _("Class set"),
        "teacher": _("Teacher"),
        "ensemble": _("Ensemble or event"),
        "hirer_charged": _("Hire, charged"),
        "hirer_free": _("Hire, free"),
    }.get(key, key)


def left_word(why: str) -> str:
    """Say why a scanned page was not filed by itself."""
    return {
        Left.NO_CODE: _("No barcode could be read on it"),
        Left.NOT_OURS: _("Its barcode is no agreement of this store"),
        Left.TWO_CODES: _("It bears the barcodes of two agreements"),
        Left.SHORT: _("Not all pages of its agreement were found"),
        Left.SIGNED: _("Its agreement is signed already"),
        Left.TWICE: _("There are more pages than its agreement has"),
        Left.WITHDRAWN: _("It was filed wrongly and set aside"),
    }[Left(why)]


def fault_sentence(fault: Fault) -> str:
    """Say what is wrong with a draft and where."""
    where = _("Clause {n}").format(n=fault.clause) if fault.clause else _("Title and words to sign")
    if fault.second:
        where = _("Second language, {where}").format(where=where[:1].lower() + where[1:])
    return f"{where}: {_FAULTS[fault.what]().format(word=fault.word, known=_known())}"


def _known() -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))


_FAULTS: Final[Mapping[str, Callable[[], str]]] = {
    "unknown": lambda: _("nothing fills in “{{{word}}}”; there are {known}."),
    "braces": lambda: _("a brace is left open or stands alone; write two of them for one."),
    "empty": lambda: _("there are no words."),
    "long": lambda: _("more than {n} words.").replace("{n}", f"{MOST_WORDS:,}"),
    "many": lambda: _("more than {n} clauses.").replace("{n}", str(MOST_CLAUSES)),
    "language": lambda: _("“{word}” is no language tag such as pl or ur."),
}
