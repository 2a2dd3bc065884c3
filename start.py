"""Set loanstore up on a fresh machine and start it; needs nothing but Python itself."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

USAGE = """\
python3 start.py                 set loanstore up and open it (without a display: make the demo's papers)
python3 start.py -- WORDS        set loanstore up and hand WORDS to it, e.g. -- store info
python3 start.py test [WORDS]    set everything up and pass the tests; WORDS go to pytest
python3 start.py benchmarks      set everything up and measure
"""

VENV = ".venv"
RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "tests/requirements.lock"

# What Qt's wheels for Linux link to and do not bring along: read from the ELF headers of PySide6-Essentials
# 6.11 and 6.12. Each with the Debian package that holds it; what those depend on comes with them.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

# A display that nobody sees, its keys, and a hand that types on them.
WINDOW_TEST_TOOLS = {"Xvfb": "xvfb", "xauth": "xauth", "xdotool": "xdotool", "setxkbmap": "x11-xkb-utils"}

# A print system of the tests' own, and the drivers through which labels are measured. cupsd lies off a person's path.
PRINT_TEST_TOOLS = {
    "cupsd": "cups-daemon",
    "lp": "cups-client",
    "lpadmin": "cups-client",
    "/usr/lib/cups/filter/rastertolabel": "cups",
    "/usr/lib/cups/filter/gstoraster": "cups-filters",
    "/usr/share/cups/drv/sample.drv": "cups",
}

PROOF = "import PySide6.QtWidgets, PySide6.QtPrintSupport, sqlcipher3, sqlalchemy, reportlab, zxingcpp"


class CannotStartError(Exception):
    """Something outside this script is in the way; says what, and the exit status to leave with."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Job(NamedTuple):
    """What was asked for: ``open``, ``pass on``, ``test`` or ``benchmarks``, and the words that go with it."""

    name: str
    words: list[str]


def say(message: str) -> None:
    """Tell the person at the terminal; standard output is left to the program that is started."""
    print(message, file=sys.stderr, flush=True)


def too_old(version: Sequence[object]) -> bool:
    """Tell whether a Python of this version is older than loanstore needs."""
    return tuple(version[:2]) < (3, 11)


def read_arguments(arguments: Sequence[str]) -> Job:
    """Make out what is asked for; raises CannotStartError (status 2) with the usage where it is none of it."""
    if not arguments:
        return Job("open", [])
    first, *rest = arguments
    if first == "--":
        return Job("pass on", rest)
    if first in {"test", "benchmarks"}:
        return Job(first, rest)
    raise CannotStartError(USAGE, 0 if first in {"-h", "--help"} else 2)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown: always on Windows and macOS, elsewhere where a display is named."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    """Tell whether the system's loader finds a library, by asking it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_there(tool: str) -> bool:
    """Tell whether a program is found, by its name or its place, those that only administrators call among them."""
    return bool(shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/sbin") or Path(tool).is_file())


def missing(packages: Mapping[str, str], found: Callable[[str], object]) -> dict[str, str]:
    """Keep of these things, each with its Debian package, those that are not found."""
    return {thing: package for thing, package in packages.items() if not found(thing)}


def apt_command(packages: Iterable[str]) -> list[str]:
    """Give the command that installs packages, each named once, on Debian and its kin."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *dict.fromkeys(packages)]


def advice(lacking: Mapping[str, str], which: Callable[[str], object] = shutil.which) -> str:
    """Say what is missing and how to get it: one line to paste where there is apt-get, else plain names."""
    said = f"Missing on this system: {', '.join(lacking)}."
    if not which("apt-get"):
        return f"{said}\nOn Debian they are in these packages: {', '.join(dict.fromkeys(lacking.values()))}."
    install = shlex.join(apt_command(lacking.values()))
    line = f"sudo apt-get update && sudo {install}"
    if not which("sudo"):
        line = f"su - -c {shlex.quote('apt-get update && ' + install)}"
    return f"{said}\nPaste this line, then run the same command again:\n\n{line}\n"


def look(job: Job) -> tuple[dict[str, str], dict[str, str]]:
    """Look what is missing: without the first nothing runs, without the second some tests are skipped."""
    venv_package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    # Debian keeps these two modules of the standard library in a package of their own.
    needed = missing(dict.fromkeys(("venv", "ensurepip"), venv_package), importlib.util.find_spec)
    if not sys.platform.startswith("linux"):
        return needed, {}
    tools = missing(WINDOW_TEST_TOOLS | PRINT_TEST_TOOLS, is_there) if job.name == "test" else {}
    return needed | missing(QT_LIBRARIES, loads), tools


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_install(packages: Iterable[str]) -> None:
    command = apt_command(packages)
    say(f"Installing what is missing: {shlex.join(command)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        # Whether a step failed does not matter: what counts is looked at again afterwards.
        subprocess.run(step, check=False, env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    importlib.invalidate_caches()


def prepare_machine(job: Job) -> None:
    """See that the system has what is needed; raises CannotStartError (2) naming what it lacks."""
    needed, useful = look(job)
    if (needed or useful) and _is_root() and shutil.which("apt-get"):
        _apt_install((needed | useful).values())
        needed, useful = look(job)
    if needed:
        raise CannotStartError(advice(needed | useful), 2)
    if useful:
        say(f"Tests that type into a real window or print through a real queue will be skipped. {advice(useful)}")


def python_in(venv: Path, system: str = os.name) -> Path:
    """Give the Python of a virtual environment, as this system lays it out."""
    return venv / "Scripts" / "python.exe" if system == "nt" else venv / "bin" / "python"


def _stamp(home: Path, lock: str) -> Path:
    return home / VENV / f"{lock.replace('/', '-')}.ready"


def _fingerprint(home: Path, lock: str) -> str:
    return f"{hashlib.sha256((home / lock).read_bytes()).hexdigest()} Python {sys.version}\n"


def is_ready(home: Path, lock: str) -> bool:
    """Tell whether this very lock was installed to its end, for this very Python."""
    stamp = _stamp(home, lock)
    if not (stamp.is_file() and python_in(home / VENV).exists()):
        return False
    return stamp.read_text(encoding="utf-8") == _fingerprint(home, lock)


def mark_ready(home: Path, lock: str) -> None:
    """Note that a lock is installed; always the last step, so that an interrupted set-up starts afresh."""
    _stamp(home, lock).write_text(_fingerprint(home, lock), encoding="utf-8")


def link(home: Path) -> None:
    """Make the package importable wherever the environment's Python is started."""
    venv = str(home / VENV)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": venv, "platbase": venv}))
    # Relative, because Python before 3.13 reads this file in the system's encoding, and homes have accents.
    (packages / "loanstore.pth").write_text(os.path.relpath(home, packages) + "\n", encoding="ascii")


def _step(command: Sequence[str], failure: str) -> None:
    # Settings of this machine's pip that make no sense inside an environment are switched off.
    environment = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if subprocess.run(command, check=False, env=environment, stdout=sys.stderr).returncode:
        raise CannotStartError(failure, 4)


def _install(home: Path, lock: str) -> None:
    pip = [str(python_in(home / VENV)), "-m", "pip", "install", "--require-hashes", "-r", str(home / lock)]
    again = "Nothing needs clearing up: when the cause is gone, run the same command again."
    _step(pip, f"The packages could not be installed; pip says why above. {again}")


def set_up(home: Path, *, tests: bool) -> Path:
    """Build the virtual environment where it is not ready, and give its Python; raises CannotStartError."""
    python = python_in(home / VENV)
    if not is_ready(home, RUNTIME_LOCK):
        say(f"Setting loanstore up in {VENV}; about 150 MB are fetched, this once ...")
        _step([sys.executable, "-m", "venv", "--clear", str(home / VENV)], f"{VENV} could not be made; see above.")
        _install(home, RUNTIME_LOCK)
        link(home)
        _step([str(python), "-c", PROOF], "What was installed does not work here; the line above says why.")
        mark_ready(home, RUNTIME_LOCK)
    if tests and not is_ready(home, TEST_LOCK):
        say("Adding the tools of the tests ...")
        _install(home, TEST_LOCK)
        mark_ready(home, TEST_LOCK)
    return python


def _run(command: Sequence[str], cwd: Path | None = None) -> int:
    return subprocess.run(command, check=False, cwd=cwd).returncode


def run_tests(python: Path, home: Path, words: Sequence[str]) -> int:
    """Run the linter, the formatter's look, the type checker and the tests; the first failure ends it."""
    # The tests' own windows stay off the screen, with or without a display.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for check in ("ruff check", "ruff format --check", "mypy", shlex.join(["pytest", "-n", "2", *words])):
        say(f"== {check}")
        if status := _run([str(python), "-m", *shlex.split(check)], cwd=home):
            return status
    return 0


def open_or_demo(python: Path, home: Path) -> int:
    """Open the window; where there is no display, do the whole main job on a made-up county instead."""
    if has_display(sys.platform, os.environ):
        return _run([str(python), "-m", "loanstore"])
    papers = home / "build" / "demo"
    say("There is no display here, so no window: this is the demo on a made-up county.")
    status = _run([str(python), "-m", "loanstore", "demo", "--out", str(papers)])
    if status == 0:
        say(f"The papers are in {papers}")
    return status


def start(job: Job, home: Path) -> int:
    """Set up what the job needs and do it; gives the exit status of what was run."""
    prepare_machine(job)
    python = set_up(home, tests=job.name in {"test", "benchmarks"})
    if job.name == "test":
        return run_tests(python, home, job.words)
    if job.name == "benchmarks":
        return _run([str(python), "-m", "tests.benchmarks", *job.words], cwd=home)
    if job.name == "pass on":
        return _run([str(python), "-m", "loanstore", *job.words])
    return open_or_demo(python, home)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; never a traceback for what lies outside this script."""
    if too_old(sys.version_info):
        say(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    try:
        return start(read_arguments(arguments), Path(__file__).resolve().parent)
    except CannotStartError as stop:
        say(str(stop))
        return stop.status
    except OSError as error:
        say(f"This folder can't be written to or read: {error}")
        return 2
    except KeyboardInterrupt:
        say("Stopped. The same command takes it up again.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
