"""What a barcode says: reading, comparing, checking and making codes.

A code made by the store is two letters, six digits and a check character from ISO 7064 MOD 37,36 over
letters and digits. It is shown ``CM-004217-S`` and drawn in bars as ``CM004217S``; a case's label is the
same with a ``C`` behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PREFIX_SHAPE: Final = re.compile(r"[A-Z]{2}")
OWN_SHAPE: Final = re.compile(r"([A-Z]{2})(\d{6})([0-9A-Z])(C?)")
LARGEST_NUMBER: Final = 999_999
LONGEST_CODE: Final = 40
COMMAND_PREFIX: Final = "LSCMD"

_AIM_IDENTIFIER: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CODE_TEXT: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-./_#]*")
_MODULUS: Final = 36


class Command(StrEnum):
    """What a command barcode asks for; the words after ``LSCMD-``."""

    LEND = "LEND"
    RETURN = "RETURN"
    FINISH = "FINISH"
    UNDO = "UNDO"
    TAKE = "TAKE"
    BACK = "BACK"
    SHOW = "SHOW"
    ALL = "ALL"
    PRINT = "PRINT"
    MATCH = "MATCH"
    REPAIR = "REPAIR"
    MISSING = "MISSING"
    DAMAGED = "DAMAGED"
    PRESENT = "PRESENT"
    ON_LEND = "ONLEND"
    GRADE = "GRADE"
    BY_HAND = "BYHAND"
    CASES = "CASES"
    CHILDREN = "CHILDREN"


NUMBERED: Final = frozenset({Command.MISSING, Command.DAMAGED, Command.PRESENT, Command.GRADE})
"""Commands that bear a number: of an accessory, or of a grade of condition."""


@dataclass(frozen=True, slots=True)
class CommandCode:
    """A command barcode; ``number`` is the accessory or grade meant by MISSING-1..9, DAMAGED, PRESENT and GRADE."""

    command: Command
    number: int | None = None


def normalise(text: str) -> str:
    """Give the form in which codes compare: upper-cased ASCII letters and digits only."""
    return "".join(c for c in text.upper() if c in ALPHABET)


def clean(text: str, prefix: str = "", suffix: str = "") -> str:
    """Shrug off what scanners add: control characters, blanks, an AIM symbology identifier, a set prefix."""
    bare = "".join(c for c in text if c.isprintable()).strip()
    if prefix and bare.startswith(prefix):
        bare = bare[len(prefix) :]
    if suffix and bare.endswith(suffix):
        bare = bare[: -len(suffix)]
    found = _AIM_IDENTIFIER.match(bare)
    return bare[found.end() :].strip() if found else bare


def looks_like_code(text: str) -> bool:
    """Tell a code from a typed search: no blanks, at least one digit, and no longer than a label holds.

    What isn't shaped like a code may be somebody's name and is never kept (HOUSE, fact 2).
    """
    if len(text) > LONGEST_CODE or _CODE_TEXT.fullmatch(text) is None:
        return False
    return any(c.isdigit() for c in text)


def check_character(body: str) -> str:
    """Compute the check character of ``body`` by ISO 7064 MOD 37,36.

    Raises ValueError when a character is neither a letter nor a digit.
    """
    product = _MODULUS
    for character in body:
        total = (product + ALPHABET.index(character)) % _MODULUS or _MODULUS
        product = total * 2 % (_MODULUS + 1)
    return ALPHABET[(_MODULUS + 1 - product) % _MODULUS]


def make(prefix: str, number: int) -> str:
    """Make the store's code for ``number`` (1 to 999,999), as it is shown: ``CM-004217-S``."""
    if not PREFIX_SHAPE.fullmatch(prefix) or not 0 < number <= LARGEST_NUMBER:
        raise ValueError(prefix, number)
    digits = f"{number:06d}"
    return f"{prefix}-{digits}-{check_character(prefix + digits)}"


def own_number(form: str, prefix: str) -> int | None:
    """Give the number inside one of our own instrument or borrower codes; None for anything else."""
    shape = OWN_SHAPE.fullmatch(form)
    if shape is None or shape[1] != prefix or shape[4] or not is_sound(form):
        return None
    return int(shape[2])


def is_ours(form: str, prefix: str) -> bool:
    """Tell whether a normalised text has our prefix and shape, whatever its check character says."""
    shape = OWN_SHAPE.fullmatch(form)
    return shape is not None and shape[1] == prefix


def is_sound(form: str) -> bool:
    """Tell whether a normalised code of our shape carries the right check character."""
    shape = OWN_SHAPE.fullmatch(form)
    return shape is not None and check_character(shape[1] + shape[2]) == shape[3]


def case_form(form: str) -> str:
    """Give the normalised code of the case that belongs to an instrument's store-made code."""
    return form + "C"


def case_label(code: str) -> str:
    """Give the code of the case that belongs to a store-made code, as it is shown; empty for any other code."""
    form = case_form(normalise(code))
    return shown(form) if body_form(form) is not None else ""


def body_form(form: str) -> str | None:
    """Give the instrument's form behind a case label of ours; None where the text is no case label."""
    shape = OWN_SHAPE.fullmatch(form)
    return form[:-1] if shape is not None and shape[4] else None


def shown(form: str) -> str:
    """Write a normalised code as people read it: our own with hyphens, any other as it is."""
    shape = OWN_SHAPE.fullmatch(form)
    if shape is None or not is_sound(form):
        return form
    return f"{shape[1]}-{shape[2]}-{shape[3]}{shape[4]}"


def run_together(form: str, prefix: str) -> bool:
    """Tell whether two or more of our codes arrived as one text, as when a scanner drops its suffix."""
    pieces = re.findall(rf"{prefix}\d{{6}}[0-9A-Z]C?(?={prefix}|$)", form)
    return len(pieces) > 1 and "".join(pieces) == form


def read_command(text: str) -> CommandCode | None:
    """Read a command barcode such as ``LSCMD-RETURN`` or ``LSCMD-MISSING-2``; None for anything else."""
    form = normalise(text)
    if not form.startswith(COMMAND_PREFIX):
        return None
    word = form[len(COMMAND_PREFIX) :]
    number: int | None = None
    if word and word[-1].isdigit():
        word, number = word[:-1], int(word[-1])
    try:
        command = Command(word)
    except ValueError:
        return None
    numbered = command in NUMBERED
    if numbered != (number is not None and number > 0):
        return None
    return CommandCode(command, number)
