"""The look: every colour, size and space is read from the theme file, and the style sheet built of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLoggingCategory, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from loanstore import assets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

SANS: Final = "Noto Sans"
MONO: Final = "Noto Sans Mono"
_SCRIPTS: Final = ("Arabic", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Hebrew", "Tamil")
_FALLBACKS: Final = (*(f"{SANS} {script}" for script in _SCRIPTS), "Droid Sans Fallback")
_FIRST_FONTS: Final = ("NotoSans-Regular", "NotoSans-Bold", "NotoSansMono-Regular", "NotoSansMono-Bold")


class Wish(StrEnum):
    """Which look a person wants; ``system`` follows the desktop."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: colours by name as ``#rrggbb``, sizes by name in logical pixels, the style sheet they fill."""

    name: str
    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    sheet: str

    def colour(self, name: str) -> QColor:
        """Give a colour by its name."""
        return QColor(self.colours[name])

    def size(self, name: str) -> int:
        """Give a size by its name, in logical pixels."""
        return self.sizes[name]

    def style_sheet(self) -> str:
        """Give the style sheet with every number and colour filled in."""
        return Template(self.sheet).substitute({**self.colours, **{k: str(v) for k, v in self.sizes.items()}})


def load_theme(wish: str, folder: Path | None = None) -> Theme:
    """Load a look by a person's wish; an unknown wish follows the desktop."""
    resources = folder or assets.resources()
    said = json.loads((resources / "theme.json").read_text("utf-8"))
    name = wish if wish in {Wish.LIGHT, Wish.DARK} else _desktop()
    return Theme(name, said[name], said["sizes"], (resources / "theme.qss").read_text("utf-8"))


def _desktop() -> str:
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Wish.DARK.value if dark else Wish.LIGHT.value


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application: palette, font and style sheet."""
    font = QFont()
    font.setFamilies([SANS, *_FALLBACKS])
    font.setPixelSize(theme.size("text"))
    application.setFont(font)
    application.setPalette(_palette(theme))
    application.setStyleSheet(theme.style_sheet())


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    named = {
        role.Window: "ground",
        role.WindowText: "ink",
        role.Base: "panel",
        role.AlternateBase: "chip",
        role.Text: "ink",
        role.Button: "panel",
        role.ButtonText: "ink",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.PlaceholderText: "muted",
        role.Link: "accent",
        role.ToolTipBase: "panel",
        role.ToolTipText: "ink",
    }
    for one, name in named.items():
        palette.setColor(one, theme.colour(name))
    return palette


def load_first_fonts() -> None:
    """Load the fonts that the first picture needs.

    Qt tries each family in turn for a script and warns of every one that lacks it, though the next one has it.
    """
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    _load(_FIRST_FONTS)


def load_other_fonts() -> None:
    """Load the fonts of the other scripts, so that every name is shown whatever the machine has."""
    _load((*(f"NotoSans{s}-{w}" for s in _SCRIPTS for w in ("Regular", "Bold")), "DroidSansFallbackFull"))


def _load(names: tuple[str, ...]) -> None:
    folder = assets.resources() / "fonts"
    for name in names:
        path = folder / f"{name}.ttf"
        if path.exists():
            QFontDatabase.addApplicationFont(str(path))


def mono_font(theme: Theme, *, size: str = "text", bold: bool = False) -> QFont:
    """Give the font of codes: it tells 0 from O."""
    font = QFont()
    font.setFamilies([MONO])
    font.setPixelSize(theme.size(size))
    font.setBold(bold)
    return font


class Look(QObject):
    """The look in use; ``changed`` tells whoever paints by hand to paint again."""

    changed = Signal()

    def __init__(self, application: QApplication, wish: str) -> None:
        super().__init__()
        self._application = application
        self._wish = wish
        self.theme = load_theme(wish)
        self.dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._desktop_changed)

    def choose(self, wish: str) -> None:
        """Change to another look."""
        self._wish = wish
        self.theme = load_theme(wish)
        self.dress()

    def dress(self) -> None:
        """Dress the application in the look in use."""
        apply_theme(self._application, self.theme)
        self.changed.emit()

    def _desktop_changed(self) -> None:
        after = load_theme(self._wish)
        if after.name != self.theme.name:
            self.theme = after
            self.dress()
