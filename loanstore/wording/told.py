"""The shape in which the words for errors are kept: title, message, and what to do next."""

from __future__ import annotations

from typing import TypeAlias

Words: TypeAlias = tuple[str, str, str]
