"""Names in the scripts of our schools: shaped, joined, in the order they are read, or refused aloud."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain.errors import FileUnusable, Refused
from loanstore.domain.labels import Label
from loanstore.paper.bidi import visual_runs
from loanstore.paper.fonts import Typefaces
from loanstore.paper.label_sheets import make_label_sheet
from loanstore.paper.shaping import Shaper

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock

NAMES = [
    "Łukasz",
    "Siân",
    "Ŵyn",
    "Zoë",
    "Nguyễn Văn Ánh",
    "Владимир",
    "Ελένη",
    "李小龙",
    "さくら",
    "أحمد علي",
    "فاطمة الزهراء",
    "שרה כהן",
    "ਗੁਰਪ੍ਰੀਤ",
    "गुरप्रीत",
    "ગુજરાતી",
    "রহিমা",
    "பிரியா",
    "O\u2019Brien \u2013 d\u2019Arcy",
]


@pytest.fixture
def shaper(fonts: Path) -> Shaper:
    return Shaper(Typefaces(fonts))


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_all_its_glyphs(name: str, bold: bool, shaper: Shaper) -> None:  # noqa: FBT001  # a test's parameter
    shaped = shaper.shape(name, bold=bold)
    assert shaped.missing == ""
    assert shaped.width > 0


def test_arabic_runs_right_to_left_with_its_letters_joined(shaper: Shaper) -> None:
    (run,) = shaper.shape("علي").runs
    drawn = [unicodedata.name(glyph.character, "joined form") for glyph in run.glyphs]
    # Yeh, the last letter, is drawn leftmost; none keeps the shape it has alone.
    assert run.source == "علي"
    assert len(drawn) >= 3
    assert not {"ARABIC LETTER AIN", "ARABIC LETTER LAM", "ARABIC LETTER YEH"} & set(drawn)


def test_a_conjunct_is_drawn_as_one_and_its_vowel_before_its_consonant(shaper: Shaper) -> None:
    (conjunct,) = shaper.shape("क्ष").runs
    assert len(conjunct.glyphs) == 1
    (short_i,) = shaper.shape("कि").runs
    assert short_i.glyphs[-1].character == "क"


def test_accents_typed_apart_are_composed(shaper: Shaper) -> None:
    assert shaper.shape("Zoe\u0308").width == shaper.shape("Zoë").width


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Zoë", [("Zoë", False)]),
        ("علي", [("علي", True)]),
        ("Player: علي (Year 5)", [("Player: ", False), ("علي", True), (" (Year 5)", False)]),
        ("علي 12", [("12", False), ("علي ", True)]),
        ("علي Smith", [("Smith", False), ("علي ", True)]),
        ("שרה 3/4 כהן", [(" כהן", True), ("3/4", False), ("שרה ", True)]),
        ("\u202eevil", [("evil", False)]),
        ("", []),
    ],
)
def test_lines_of_mixed_writing_are_put_in_the_order_they_are_seen(text: str, seen: list[tuple[str, bool]]) -> None:
    assert visual_runs(text) == seen


def test_a_name_in_another_script_can_be_found_in_the_pdf(fonts: Path, stocks: dict[str, LabelStock]) -> None:
    sheet = make_label_sheet([Label("A1", "A1", "ਗੁਰਪ੍ਰੀਤ")], stocks["avery-l7160"], fonts=fonts)
    content = PdfReader(BytesIO(sheet.pdf)).pages[0].get_contents()
    assert content is not None
    assert "ਗੁਰਪ੍ਰੀਤ".encode("utf-16-be").hex().upper().encode() in content.get_data()


def test_a_character_no_font_has_is_refused_and_named(fonts: Path, stocks: dict[str, LabelStock]) -> None:
    with pytest.raises(Refused) as refusal:
        make_label_sheet([Label("A1", "A1", "Anna \U00013000")], stocks["avery-l7160"], fonts=fonts)
    assert refusal.value.code == "NO_GLYPH"
    assert refusal.value.facts == {"text": "Anna \U00013000", "characters": "\U00013000"}


def test_line_breaks_and_tabs_in_a_name_become_blanks(shaper: Shaper) -> None:
    assert shaper.shape("Zoë\tExample\n").width == shaper.shape("Zoë Example ").width


def test_a_missing_font_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as fault:
        Shaper(Typefaces(tmp_path)).shape("Zoë")
    assert fault.value.code == "FONT_UNUSABLE"
    assert fault.value.facts["file"] == "NotoSans-Regular.ttf"
