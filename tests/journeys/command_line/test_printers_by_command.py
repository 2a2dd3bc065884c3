"""Printers by command: added, measured, chosen for this machine, and refused in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.settings import MachineSettings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine


def test_a_printer_is_added_measured_and_used_here(loanstore: CommandLine, tmp_path: Path) -> None:
    made = loanstore.json("printer", "add", "Office", "--queue", "laser", "--dpi", "600", "--stock", "avery-l7160")
    assert (made["printer"], made["kind"], made["dpi"], made["queue"]) == ("office", "page", 600, "laser")
    page = loanstore.json("printer", "ruler", "Office", "--out", str(tmp_path / "ruler.pdf"))
    assert (page["left"], page["bottom"]) == (20, 20)
    assert (tmp_path / "ruler.pdf").read_bytes().startswith(b"%PDF")
    found = ("--left", "20.5", "--top", "19.75", "--right", "19.5", "--bottom", "20.25")
    right = loanstore.json("printer", "measured", "office", *found)
    assert (right["offset_x"], right["offset_y"], right["scale_x"], right["scale_y"]) == (-0.5, 0.25, 1, 1)
    loanstore.json("printer", "change", "Office", "--here", "laser-upstairs")
    loanstore.json("printer", "use", "Office")
    (listed,) = loanstore.json("printers")["printers"]
    assert (listed["queue"], listed["used_here"], listed["offset_x"]) == ("laser", True, -0.5)
    machine = MachineSettings().read()
    assert (machine.label_printer, machine.queues) == ("office", {"office": "laser-upstairs"})
    assert loanstore.json("printer", "remove", "Office")["printer"] == "office"
    assert loanstore.json("printers")["printers"] == []


def test_what_does_not_fit_is_said_in_one_line(loanstore: CommandLine) -> None:
    assert loanstore.refusal("printer", "change", "Attic", "--dpi", "300") == (1, "PRINTER_UNKNOWN")
    assert loanstore.refusal("printer", "add", "Office", "--dpi", "72") == (1, "PRINTER_VALUE")
    assert loanstore.refusal("printer", "add", "Office", "--offset-x", "far") == (1, "PRINTER_VALUE")
