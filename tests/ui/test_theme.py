"""The look in numbers: contrast, and no number outside the theme file."""

from __future__ import annotations

import json
import re

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetrics

from loanstore import assets
from loanstore.ui.theme import load_first_fonts, load_theme, mono_font
from tests.helpers.sources import PACKAGE

LEAST = 4.5
PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("ground", "panel")),
    *((tone, f"{tone}_ground") for tone in ("out", "in", "decide", "wrong", "quiet")),
    *((tone, "panel") for tone in ("out", "in", "decide", "wrong", "quiet")),
    *(("ink", f"{tone}_ground") for tone in ("out", "in", "decide", "wrong", "quiet")),
    ("muted", "out_ground"),
    ("muted", "in_ground"),
    ("ink", "chip"),
    ("ink", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "out"),
    ("on_accent", "in"),
    ("side_ink", "side"),
    ("side_ink", "side_badge"),
    ("side_muted", "side"),
    ("side_bright", "side_on"),
]


def luminance(colour: str) -> float:
    """Compute relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(look: str, ink: str, ground: str) -> None:
    colours = json.loads((assets.resources() / "theme.json").read_text("utf-8"))[look]
    assert contrast(colours[ink], colours[ground]) >= LEAST


def test_both_looks_name_the_same_colours() -> None:
    said = json.loads((assets.resources() / "theme.json").read_text("utf-8"))
    assert said["light"].keys() == said["dark"].keys()


def test_no_colour_and_no_size_is_written_outside_the_theme_file() -> None:
    sheet = (assets.resources() / "theme.qss").read_text("utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b(?=[;\s])|\b[1-9]\d*px", sheet) == []
    for path in (PACKAGE / "ui").rglob("*.py"):
        text = path.read_text("utf-8")
        assert re.findall(r"[\"']#[0-9a-f]{6}[\"']|\d+px|setStyleSheet\([\"']", text) == [], path.name


def test_the_style_sheet_has_every_number_it_asks_for() -> None:
    for look in ("light", "dark"):
        assert "$" not in load_theme(look).style_sheet()


@pytest.mark.usefixtures("qapp")
def test_codes_tell_nought_from_o_and_one_from_l() -> None:
    load_first_fonts()
    theme = load_theme("light")
    font = mono_font(theme)
    assert "Noto Sans Mono" in QFontDatabase.families()
    widths = {QFontMetrics(font).horizontalAdvance(c) for c in "O0I1l-"}
    assert len(widths) == 1
