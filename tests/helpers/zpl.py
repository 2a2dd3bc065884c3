"""Reading back what a Zebra printer is sent: its fields, the bars it would draw, and the pictures it is handed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from barcode.charsets import code128

STARTS = {">9": 103, ">:": 104, ">;": 105}
SWITCHES = {">7": (101, 103), ">6": (100, 104), ">5": (99, 105)}
FIRST_COUNTS = {chr(ord("G") + n): n + 1 for n in range(19)} | {chr(ord("g") + n): 20 * (n + 1) for n in range(20)}
"""How often the next figure of a picture stands: the letters of the ZPL guide's compression."""


@dataclass(frozen=True)
class Field:
    """One field of a label: where it begins, the commands that say how it looks, and what it holds."""

    x: int
    y: int
    commands: str
    data: str


def labels(sent: bytes) -> list[str]:
    """Cut what was sent into its labels; what stands between them must be nothing."""
    text = sent.decode("ascii")
    found = re.findall(r"\^XA(.*?)\^XZ", text, re.DOTALL)
    assert re.sub(r"\^XA.*?\^XZ\s*", "", text, flags=re.DOTALL) == ""
    return found


def fields(label: str) -> list[Field]:
    """Read the fields of a label, each ended by ^FS, with their underscored bytes put back."""
    found = []
    for part in label.split("^FS")[:-1]:
        place = re.search(r"\^FO(\d+),(\d+)(.*?)\^FD(.*)$", part, re.DOTALL)
        if place is None:
            continue
        data = place[4]
        assert "^" not in data
        assert "~" not in data
        if "^FH" in place[3]:
            data = re.sub(rb"_([0-9A-F]{2})", lambda two: bytes.fromhex(two[1].decode()), data.encode()).decode()
        found.append(Field(int(place[1]), int(place[2]), place[3], data))
    return found


def values(data: str) -> list[int]:
    """Read the data of ^BC in mode N as the values of a Code 128 symbol, start first."""
    found = [STARTS[data[:2]]]
    subset, at = found[0], 2
    while at < len(data):
        two = data[at : at + 2]
        if two in SWITCHES:
            value, subset = SWITCHES[two]
            found.append(value)
            at += 2
        elif subset == 105:
            found.append(int(two))
            at += 2
        else:
            found.append(ord(data[at]) - 32)
            at += 1
    return found


def bars(field: Field) -> Any:
    """Draw the bars of a field as the printer does: dots, black being 0, with ten modules of white on either side."""
    module = int(re.search(r"\^BY(\d+)", field.commands)[1])  # type: ignore[index]  # a field without it fails the test
    high = int(re.search(r"\^BC[NR],(\d+)", field.commands)[1])  # type: ignore[index]  # the same
    said = values(field.data)
    check = (said[0] + sum(place * value for place, value in enumerate(said[1:], 1))) % 103
    pattern = "".join(code128.CODES[value] for value in [*said, check]) + code128.STOP + "11"
    row = np.repeat(np.array([255 * (figure == "0") for figure in pattern], dtype=np.uint8), module)
    return np.tile(np.pad(row, 10 * module, constant_values=255), (high, 1))


def picture(sent: str) -> Any:
    """Read the first picture (^GF or ~DG) of what was sent, plain or compressed, as dots, black being 1."""
    across, body = _head_of(sent)
    rows: list[str] = []
    row, count = "", 0
    for letter in re.sub(r"\s", "", body):
        if letter in FIRST_COUNTS:
            count += FIRST_COUNTS[letter]
            continue
        if letter in ",!":
            row = row.ljust(2 * across, "0" if letter == "," else "F")
        elif letter == ":":
            row = rows[-1]
        else:
            row += letter * max(count, 1)
        count = 0
        if len(row) >= 2 * across:
            rows.append(row)
            row = ""
    assert row == ""
    packed = np.frombuffer(bytes.fromhex("".join(rows)), dtype=np.uint8).reshape(-1, across)
    return np.unpackbits(packed, axis=1)


def _head_of(sent: str) -> tuple[int, str]:
    found = re.search(r"\^GFA,\d+,\d+,(\d+),([^\^~]*)", sent) or re.search(r"~DG[^,]*,\d+,(\d+),([^\^~]*)", sent)
    assert found is not None
    return int(found[1]), found[2]
