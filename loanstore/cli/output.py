"""What the command line says: one JSON object or sentences on standard output, the rest on standard error."""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.errors import FileUnusable
from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loanstore.domain.progress import Progress
    from loanstore.wording import Told


@dataclass(slots=True)
class Output:
    """Where answers go; ``as_json`` keeps standard output for machines alone."""

    as_json: bool = False
    abandoned: bool = False

    def prepare(self) -> None:
        """Have standard output take every character: JSON is UTF-8, and a console shows what it can."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            if self.as_json:
                sys.stdout.reconfigure(encoding="utf-8")
            else:
                sys.stdout.reconfigure(errors="replace")

    def abandon(self) -> None:
        """Say no more on standard output, where nobody reads any longer or nothing more fits."""
        self.abandoned = True
        with suppress(OSError):
            sys.stdout.close()

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
        # Without a standard error, print would take standard output, which is for answers alone.
        if sys.stderr is not None:
            with suppress(OSError):
                print(text, file=sys.stderr, flush=True)

    def error(self, code: str, told: Told) -> None:
        """Say what is wrong and what to do: a line on standard error, or an object for machines."""
        if self.as_json and not self.abandoned:
            said: Mapping[str, object] = {
                "ok": False,
                "error": code,
                "title": told.title,
                "message": told.message,
                "next": told.next,
            }
            with suppress(OSError, FileUnusable):
                self._line(json.dumps(said, ensure_ascii=False))
        one_line = " ".join(f"{told.title}: {told.message} {told.next}".split())
        self.note(one_line)

    def progress(self, word: str) -> Progress | None:
        """Give a counter for long work, on standard error and only for a person who watches."""
        if self.as_json or sys.stderr is None or not sys.stderr.isatty():
            return None

        def show(done: int, total: int) -> None:
            end = "\n" if done >= total else ""
            print(f"\r{word} {done}/{total}", end=end, file=sys.stderr, flush=True)

        return show

    def _line(self, text: str) -> None:
        try:
            print(text, flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            self.abandon()
            reason = error.strerror or str(error)
            raise FileUnusable("FILE_NOT_WRITTEN", file=_("standard output"), reason=reason) from None
