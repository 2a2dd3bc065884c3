"""Printers by command: added, measured, chosen for this machine, and refused in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.paper.proof import read_codes
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


def test_labels_are_drawn_for_a_printer_and_written_in_its_words_or_as_a_page(
    loanstore: CommandLine, tmp_path: Path
) -> None:
    device = tmp_path / "lp0"
    said = ("--kind", "zpl", "--dpi", "203", "--stock", "zebra-57x32", "--queue", str(device))
    loanstore.json("printer", "add", "Zebra", *said)
    loanstore.json("add", "instrument", "--type", "Violin")
    code = loanstore.json("list", "instruments")["rows"][0]["code"]
    page = loanstore.json("labels", code, "--printer", "Zebra", "--out", str(tmp_path / "label.pdf"))
    assert (page["labels"], page["verified"], page["sent"]) == (1, 1, None)
    assert read_codes((tmp_path / "label.pdf").read_bytes()) == [[code.replace("-", "")]]
    loanstore.json("labels", code, "--printer", "Zebra", "--out", str(tmp_path / "label.zpl"))
    sent = loanstore.json("labels", code, "--printer", "zebra", "--send")
    assert sent["sent"] == str(device)
    assert device.read_bytes() == (tmp_path / "label.zpl").read_bytes()
    assert device.read_bytes().startswith(b"^XA")


def test_a_label_that_its_printer_did_not_take_is_not_noted_as_printed(loanstore: CommandLine, tmp_path: Path) -> None:
    said = ("--kind", "zpl", "--dpi", "203", "--stock", "zebra-57x32", "--queue", str(tmp_path / "nowhere" / "lp0"))
    loanstore.json("printer", "add", "Zebra", *said)
    loanstore.json("add", "instrument", "--type", "Violin")
    assert loanstore.refusal("labels", "--new", "--printer", "Zebra", "--send") == (1, "PRINTER_UNREACHABLE")
    made = loanstore.json("labels", "--new", "--printer", "Zebra", "--out", str(tmp_path / "label.pdf"))
    assert made["labels"] == 1


def test_labels_without_a_place_to_go_are_wrong_usage(loanstore: CommandLine) -> None:
    loanstore.json("printer", "add", "Office")
    assert loanstore.refusal("labels", "--all", "--printer", "Office", "--send") == (2, "USAGE")
    assert loanstore.refusal("labels", "--all", "--stock", "avery-l7651", "--send") == (2, "USAGE")
    assert loanstore.refusal("labels", "--all", "--stock", "avery-l7651") == (2, "USAGE")
