"""Where the files that ship with the program are: fonts, texts, sounds, label stocks."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """Give the folder of shipped files: beside the package in a checkout, inside it once installed."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
