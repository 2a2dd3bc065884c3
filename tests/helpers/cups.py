"""A print system of the tests' own: a private cupsd in a folder of its own, whose printers write into files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

NEEDED: Final = {"cupsd": "cups-daemon", **dict.fromkeys(("lp", "lpadmin", "lpoptions", "lpstat"), "cups-client")}
"""Programs with the Debian packages that hold them."""
DRIVERS: Final = {
    "share/cups/drv/sample.drv": "cups",
    "lib/cups/filter/rastertolabel": "cups",
    "share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd": "cups-filters",
}
"""Files of the system, the same."""
ZEBRA: Final = "drv:///sample.drv/zebra.ppd"
DYMO: Final = "drv:///sample.drv/dymo.ppd"
PDF: Final = "lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd"
_WAIT: Final = 60.0
_ADMIN: Final = ("/usr/sbin", "/sbin")
_FILES: Final = """\
ServerRoot {home}/etc
RequestRoot {home}/spool
TempDir {home}/spool/tmp
CacheDir {home}/cache
StateDir {home}/run
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
FileDevice Yes
User {user}
Group {group}
SystemGroup {system}
"""
_DAEMON: Final = """\
LogLevel debug
Listen 127.0.0.1:{port}
ServerName localhost
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


def missing() -> str:
    """Name what a print system lacks on this machine, or give nothing."""
    system = Path("/usr")
    lacking = [f"{name} ({package})" for name, package in NEEDED.items() if _program(name) is None]
    lacking += [f"{name} ({package})" for name, package in DRIVERS.items() if not (system / name).exists()]
    return ", ".join(lacking)


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_ADMIN]))


@dataclass
class PrintSystem:
    """A running cupsd; ``address`` is what ``CUPS_SERVER`` must say."""

    home: Path
    process: subprocess.Popen[bytes]
    address: str

    def printer(self, name: str, driver: str) -> Path:
        """Set up a printer that writes into a file, and give the file."""
        target = self.home / "out" / f"{name}.prn"
        target.unlink(missing_ok=True)
        self.printer_at(name, driver, f"file:{target}")
        return target

    def printer_at(self, name: str, driver: str, device: str) -> None:
        """Set up a printer at a device."""
        self.admin("lpadmin", "-p", name, "-v", device, "-m", driver, "-E")

    def admin(self, command: str, *words: str) -> str:
        """Run a command of the print system and give what it said."""
        program = _program(command)
        assert program is not None
        environment = {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C"}
        done = subprocess.run(
            [program, *words], env=environment, capture_output=True, text=True, check=False, timeout=_WAIT
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait_until_printed(self) -> None:
        """Wait until no queue holds anything any more."""
        self._wait(lambda: not self.admin("lpstat", "-o").strip(), "nothing left to print")

    def stop(self) -> None:
        """End it and take its folder away."""
        self.process.terminate()
        self.process.wait(_WAIT)
        shutil.rmtree(self.home, ignore_errors=True)

    def wait_until_up(self) -> None:
        """Wait until it answers."""
        self._wait(lambda: "is running" in self.admin("lpstat", "-r"), "an answer")

    def _wait(self, come_true: Callable[[], bool], what: str) -> None:
        limit = time.monotonic() + _WAIT
        while not come_true():
            log = self.home / "log" / "error"
            said = log.read_text(errors="replace")[-3000:] if log.exists() else "no log"
            assert self.process.poll() is None, f"cupsd ended: {said}"
            assert time.monotonic() < limit, f"no sign of {what}: {said}"
            time.sleep(0.05)


def start() -> PrintSystem:
    """Start a print system that knows no other and is known to none: its only door is a port of this machine."""
    import grp
    import pwd

    home = Path(tempfile.mkdtemp(prefix="loanstore-cups-"))
    # Its filters run as another user where it runs as root, so the folder is open to them.
    home.chmod(0o755)
    for name in ("etc", "spool/tmp", "cache", "run", "log", "out"):
        (home / name).mkdir(parents=True)
    root = os.geteuid() == 0
    user = pwd.getpwnam("lp" if root else pwd.getpwuid(os.geteuid()).pw_name)
    said = {
        "home": home,
        "user": user.pw_name,
        "group": grp.getgrgid(user.pw_gid).gr_name,
        "port": (port := _free_port()),
        "system": grp.getgrgid(0 if root else user.pw_gid).gr_name,
    }
    (home / "etc" / "cups-files.conf").write_text(_FILES.format(**said))
    (home / "etc" / "cupsd.conf").write_text(_DAEMON.format(**said))
    program = _program("cupsd")
    assert program is not None
    configured = ["-f", "-c", str(home / "etc" / "cupsd.conf"), "-s", str(home / "etc" / "cups-files.conf")]
    quiet = subprocess.DEVNULL
    made = PrintSystem(
        home, subprocess.Popen([program, *configured], stdin=quiet, stdout=quiet, stderr=quiet), f"localhost:{port}"
    )
    try:
        made.wait_until_up()
    except BaseException:
        made.stop()
        raise
    return made


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
