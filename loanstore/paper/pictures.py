"""Pictures: telling one from any other file, and making it small enough for a list."""

from __future__ import annotations

import io
import warnings
from typing import Final

from loanstore.domain.errors import FileUnusable

THUMBNAIL: Final = 256
"""The longer side of a thumbnail, in pixels."""
LARGEST: Final = 20_000_000
"""Bytes: what a telephone takes is a third of this."""
_MOST_PIXELS: Final = 100_000_000
_KINDS: Final = ("PNG", "JPEG")
_QUALITY: Final = 82


def make_thumbnail(picture: bytes, name: str) -> bytes:
    """Make a picture (PNG or JPEG) small, the right way up, as a JPEG; it is read whole, so a torn one is found out.

    Raises FileUnusable with the fact ``file``: PICTURE_TOO_LARGE, NOT_A_PICTURE, PICTURE_DAMAGED.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(picture) > LARGEST:
        raise FileUnusable("PICTURE_TOO_LARGE", file=name, most=LARGEST // 1_000_000)
    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures that unpack to hundreds of megabytes; they are refused below.
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(picture), formats=_KINDS)
            if opened.width * opened.height > _MOST_PIXELS:
                raise FileUnusable("PICTURE_TOO_LARGE", file=name, most=LARGEST // 1_000_000)
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    except UnidentifiedImageError:
        raise FileUnusable("NOT_A_PICTURE", file=name) from None
    except Image.DecompressionBombError:
        raise FileUnusable("PICTURE_TOO_LARGE", file=name, most=LARGEST // 1_000_000) from None
    except (OSError, SyntaxError, ValueError) as error:
        # A torn file surfaces as whatever its decoder stumbles over.
        raise FileUnusable("PICTURE_DAMAGED", file=name, reason=type(error).__name__) from None
    return _small(upright)


def _small(picture: object) -> bytes:
    from PIL import Image

    if not isinstance(picture, Image.Image):
        raise TypeError(type(picture).__name__)
    clear = picture.convert("RGBA")
    clear.thumbnail((THUMBNAIL, THUMBNAIL))
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    made = io.BytesIO()
    flat.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()
