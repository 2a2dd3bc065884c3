"""Running one command: the desk is opened, the command run, and every error told in one line."""

from __future__ import annotations

import getpass
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from loanstore import assets, i18n, logs
from loanstore.cli import common
from loanstore.cli.output import Output
from loanstore.domain.errors import LoanstoreError, Theirs, WrongUsage
from loanstore.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from loanstore.bootstrap import OpenDesk
    from loanstore.keys import PassphraseSource
    from loanstore.wording import Told

BUG: Final = 5
STOPPED: Final = 130
"""What a shell shows for a program that was stopped from the keyboard."""


def run(arguments: Sequence[str]) -> int:
    """Run the words of one call and give the exit status of CONTRACT's table."""
    i18n.choose_language(assets.resources() / "locale")
    logs.begin_logging(None)
    given = [_sound(text) for text in arguments]
    output = Output("--json" in given)
    output.prepare()
    debug = "--debug" in given
    try:
        return _run(given, output)
    except KeyboardInterrupt:
        output.error("STOPPED", _stopped())
        return STOPPED
    except BrokenPipeError:
        # Whoever read has enough; what was answered is stored, and there is nobody left to tell.
        output.abandon()
        return 0
    except Exception as error:  # noqa: BLE001 - the last floor: whatever it is becomes one line and a status
        return _told(error, output, debug=debug)


def _sound(text: str) -> str:
    """Replace bytes of an argument that are no UTF-8: neither the store nor JSON can hold them."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _stopped() -> Told:
    from loanstore.wording import Told

    return Told(_("Stopped"), _("Stopped from the keyboard. What was answered before is stored."), _("Go on any time."))


def _run(arguments: Sequence[str], output: Output) -> int:
    window = common.asked_for_the_window(arguments)
    if window is not None:
        return _window(window)
    from loanstore.cli import words

    asked = words.build().read(arguments)
    if not asked.needs_store:
        return int(asked.run(asked, output))
    from loanstore import bootstrap
    from loanstore.settings import MachineSettings

    logs.begin_logging(bootstrap.log_folder(), debug=asked.debug)
    path = bootstrap.store_path(asked.store, MachineSettings())
    opened = bootstrap.open_desk(path, passphrase_source(asked), asked.staff)
    try:
        status = int(asked.run(asked, output, opened))
        if asked.command != "store":
            _freeze_papers(opened)
        return status
    finally:
        opened.close()


def _freeze_papers(opened: OpenDesk) -> None:
    """Draw the papers of what was just agreed; where that fails, they are drawn when the store is next used."""
    from loanstore.operations import freezing

    with suppress(LoanstoreError):
        freezing.freeze_waiting(opened.desk)


def _window(asked: Namespace) -> int:
    if asked.json:
        raise WrongUsage("USAGE", said=_("--json needs a command"))
    if not _has_display():
        raise Theirs("NO_WINDOW", said=_("there is no display"))
    try:
        from loanstore.ui import app
    except ImportError as error:
        raise Theirs("NO_WINDOW", said=str(error)) from error
    return app.run(asked.store, asked.staff, _file(asked))


def _has_display() -> bool:
    """Tell whether a window can be shown; Qt itself ends the whole program where none can."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def passphrase_source(asked: Namespace) -> PassphraseSource:
    """Give where this call's passphrase is looked for: a person is asked only at a terminal."""
    from loanstore.keys import PassphraseSource

    return PassphraseSource(_file(asked), None, _ask if sys.stdin is not None and sys.stdin.isatty() else None)


def _ask() -> str | None:
    return getpass.getpass(_("Passphrase: ")) or None


def _file(asked: Namespace) -> Path | None:
    return Path(asked.passphrase_file) if asked.passphrase_file else None


def _told(error: Exception, output: Output, *, debug: bool) -> int:
    from loanstore.wording import told

    if debug:
        traceback.print_exception(error)
    code = error.code if isinstance(error, LoanstoreError) else "BUG"
    if not isinstance(error, Theirs):
        logs.note_bug(error)
    output.error(code, told(error))
    return error.exit_status if isinstance(error, LoanstoreError) else BUG
