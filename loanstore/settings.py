"""What this machine remembers: its desks, its scanner, its theme. Never anything about people."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

APP: Final = "loanstore"
STORE_VARIABLE: Final = "LOANSTORE_STORE"
DEFAULT_STORE: Final = "loanstore.loanstore"


@dataclass(frozen=True, slots=True)
class Machine:
    """This machine's settings.

    ``scanner_prefix`` and ``scanner_suffix`` are what the scanner adds (suffix: enter, tab or none);
    ``scanner_gap`` is the longest pause in milliseconds between two of its keys. ``theme`` is light, dark or
    system. ``print_agreements`` names the kinds of borrower whose agreement is printed at once on FINISH.
    ``last_store`` is opened at start; ``backups`` is the folder of the daily backup. ``lists`` holds for each
    list the names of the columns that are shown and their widths. ``label_printer`` is the key of the store's printer
    that labels go to from here, and ``queues`` holds by key what a printer's queue is called on this machine where
    that differs from what the store says.
    """

    scanner_prefix: str = ""
    scanner_suffix: str = "enter"
    scanner_gap: int = 50
    theme: str = "system"
    sounds: bool = True
    print_agreements: tuple[str, ...] = ("hirer", "teacher", "ensemble", "setting")
    printer: str = ""
    label_printer: str = ""
    queues: Mapping[str, str] = field(default_factory=dict)
    last_store: str = ""
    backups: str = ""
    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class MachineSettings:
    """The folder of this machine's settings; what can't be written is done without."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or platformdirs.user_config_path(APP, appauthor=False)

    def read(self) -> Machine:
        """Read the settings; a missing or damaged file gives the defaults."""
        try:
            said = json.loads((self.folder / "machine.json").read_text("utf-8"))
            known = {name: said[name] for name in asdict(Machine()) if name in said}
            if "print_agreements" in known:
                known["print_agreements"] = tuple(known["print_agreements"])
            return Machine(**known)
        except (OSError, ValueError, TypeError):
            return Machine()

    def write(self, machine: Machine) -> None:
        """Write the settings, whole or not at all."""
        self._put("machine.json", json.dumps(asdict(machine), indent=1))

    def change(self, **values: object) -> Machine:
        """Change some settings and give them all."""
        machine = replace(self.read(), **values)  # type: ignore[arg-type]  # the names are the fields' own
        self.write(machine)
        return machine

    def desk_for(self, store: Path, store_id: str, head_of: Callable[[str], int], new_id: Callable[[], str]) -> str:
        """Give this machine's desk id for one store file.

        A desk id belongs to one file on one machine: a copied or moved file is another file, and a file that
        was put back to an earlier state (fewer facts of this desk than it had) is another one too. Two
        machines, or two states, can so never write different facts under the same desk and counter.
        """
        name = f"desk-{_file_identity(store, store_id)}.json"
        known = self._get(name)
        if known is not None and head_of(str(known["desk"])) >= int(known["head"]):
            return str(known["desk"])
        fresh = {"desk": new_id(), "head": 0}
        if known is None and not self._claim(name, json.dumps(fresh)):
            first = self._get(name)
            if first is not None:
                return str(first["desk"])
        self._put(name, json.dumps(fresh))
        return str(fresh["desk"])

    def note_head(self, store: Path, store_id: str, desk: str, head: int) -> None:
        """Note how many facts the desk has written, on closing."""
        name = f"desk-{_file_identity(store, store_id)}.json"
        known = self._get(name)
        if known is not None and known["desk"] == desk and int(known["head"]) < head:
            self._put(name, json.dumps({"desk": desk, "head": head}))

    def _get(self, name: str) -> dict[str, str | int] | None:
        """Read what is known of a desk; a file that a power cut left empty or torn is as good as none."""
        try:
            said = json.loads((self.folder / name).read_text("utf-8"))
            return {"desk": str(said["desk"]), "head": int(said["head"])}
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def _claim(self, name: str, content: str) -> bool:
        """Write a file that no other process has written first; tell whether it is ours."""
        draft = self._draft(name, content)
        if draft is None:
            return True
        try:
            (self.folder / name).hardlink_to(draft)
        except FileExistsError:
            return False
        except OSError:
            draft.replace(self.folder / name)
            return True
        finally:
            draft.unlink(missing_ok=True)
        return True

    def _put(self, name: str, content: str) -> None:
        draft = self._draft(name, content)
        if draft is not None:
            draft.replace(self.folder / name)

    def _draft(self, name: str, content: str) -> Path | None:
        draft = self.folder / f"{name}.{os.getpid()}.new"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_text(content, "utf-8")
        except OSError:
            return None
        return draft


def data_folder() -> Path:
    """Give the folder of this machine's data, where stores and papers are kept when nobody says."""
    return platformdirs.user_data_path(APP, appauthor=False)


def default_store(machine: Machine, environment: Mapping[str, str] | None = None) -> str:
    """Give where the store is when nobody says: the environment, the last one opened, the data folder."""
    said = (environment if environment is not None else os.environ).get(STORE_VARIABLE)
    return said or machine.last_store or str(data_folder() / DEFAULT_STORE)


def _file_identity(store: Path, store_id: str) -> str:
    stat = store.stat()
    text = f"{store_id}|{store.resolve()}|{stat.st_dev}|{stat.st_ino}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]
