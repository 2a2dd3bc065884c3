"""Pictures for tests: plain ones, whole and small."""

from __future__ import annotations

import io

from PIL import Image


def a_picture(size: tuple[int, int] = (60, 40), colour: str = "teal", kind: str = "JPEG") -> bytes:
    """Give the bytes of a plain picture."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()
