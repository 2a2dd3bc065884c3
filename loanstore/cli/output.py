"""What the command line says: one JSON object or sentences on standard output, the rest on standard error."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from loanstore.wording import Told


@dataclass(slots=True)
class Output:
    """Where answers go; ``as_json`` keeps standard output for machines alone."""

    as_json: bool = False

    def answer(
        self, sentences: Iterable[str], values: Mapping[str, object] | None = None, *, ok: bool = True, **more: object
    ) -> None:
        """Give a command's answer: its values as one JSON object, or its sentences for people."""
        if self.as_json:
            self._line(json.dumps({"ok": ok, **(values or {}), **more}, ensure_ascii=False))
        else:
            for sentence in sentences:
                self._line(sentence)

    def note(self, text: str) -> None:
        """Say something that is no part of the answer."""
        print(text, file=sys.stderr, flush=True)

    def error(self, code: str, told: Told) -> None:
        """Say what is wrong and what to do: a line on standard error, or an object for machines."""
        if self.as_json:
            said: Mapping[str, object] = {
                "ok": False,
                "error": code,
                "title": told.title,
                "message": told.message,
                "next": told.next,
            }
            self._line(json.dumps(said, ensure_ascii=False))
        one_line = " ".join(f"{told.title}: {told.message} {told.next}".split())
        print(one_line, file=sys.stderr, flush=True)

    def progress(self, word: str) -> Callable[[int, int], None] | None:
        """Give a counter for long work, on standard error and only for a person who watches."""
        if self.as_json or not sys.stderr.isatty():
            return None

        def show(done: int, total: int) -> None:
            end = "\n" if done >= total else ""
            print(f"\r{word} {done}/{total}", end=end, file=sys.stderr, flush=True)

        return show

    def _line(self, text: str) -> None:
        print(text, flush=True)
