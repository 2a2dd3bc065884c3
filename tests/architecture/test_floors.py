"""The floors and the one-way arrows between them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.helpers.sources import ROOT, Module, floors, modules

HANDS = {"storage", "paper", "spreadsheets", "spool"}
BESIDE = {"i18n", "assets", "demo_store"}
FACE = {"operations", "domain", "bootstrap", "wording", "settings", "keys", "logs", *BESIDE}
MAY_IMPORT = {
    "domain": set[str](),
    "i18n": set[str](),
    "assets": set[str](),
    "demo_store": set[str](),
    "logs": set[str](),
    "settings": set[str](),
    "keys": {"domain"},
    **{hand: {"domain", "i18n"} for hand in HANDS},
    "operations": {"domain", "i18n", *HANDS},
    "wording": {"domain", "operations", "i18n"},
    "bootstrap": {"domain", "storage", "operations", "settings", "keys", "assets", "logs"},
    "cli": FACE,
    "ui": FACE,
    "__main__": {"cli", "ui"},
    "__init__": set[str](),
}
"""Which floor may import from which; every floor may import from itself."""

ONLY_IN = {
    "PySide6": {"ui"},
    "sqlalchemy": {"storage"},
    "sqlcipher3": {"storage"},
    "alembic": {"storage"},
    "sqlite3": set[str](),
    "reportlab": {"paper"},
    "barcode": {"paper"},
    "pypdfium2": {"paper"},
    "uharfbuzz": {"paper"},
    "zxingcpp": {"paper"},
    "PIL": {"paper"},
    "pyhanko": {"paper"},
    "pyhanko_certvalidator": {"paper"},
    "asn1crypto": {"paper"},
    "cryptography": {"paper"},
    "openpyxl": {"spreadsheets"},
    "charset_normalizer": {"spreadsheets"},
    "keyring": {"keys"},
    "argon2": {"keys"},
    "platformdirs": {"settings", "bootstrap"},
    "miniaudio": {"ui"},
}
"""Where each library lives, and nowhere else."""

OPENS_THE_WINDOW = {("loanstore.cli.main", "ui")}
"""Called without a command, the way in opens the window; Qt is imported only then."""

MAKE_THREADS = {"loanstore.ui.background", "loanstore.cli.readers"}
"""One file of each face; what lies below takes an executor."""
THREADS = {"threading.Thread", "threading.Timer", "concurrent.futures", "concurrent", "multiprocessing", "asyncio"}
MAKES_THREADS = ("QThread", "QThreadPool", "QRunnable", "ThreadPoolExecutor", "ProcessPoolExecutor", "threading.Thread")

every_module = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


def test_every_floor_is_known() -> None:
    assert set(floors()) == set(MAY_IMPORT)


@every_module
def test_a_floor_imports_only_what_lies_below_it(module: Module) -> None:
    # A list's lines are frozen dataclasses that cross floors: a face may name them, never call their floor.
    face = module.floor in {"cli", "ui"}
    upwards = module.floors_imported(types_apart=face) - MAY_IMPORT[module.floor] - {module.floor}
    assert {floor for floor in upwards if (module.name, floor) not in OPENS_THE_WINDOW} == set()


@every_module
def test_a_library_lives_where_the_house_says(module: Module) -> None:
    strays = {library for library in module.libraries() if module.floor not in ONLY_IN.get(library, {module.floor})}
    assert strays == set()


@pytest.mark.parametrize("module", [m for m in modules() if m.floor == "domain"], ids=lambda module: module.name)
def test_the_rules_import_the_standard_library_alone(module: Module) -> None:
    assert module.libraries() <= sys.stdlib_module_names
    assert module.libraries().isdisjoint(
        {"gettext", "pathlib", "os", "io", "socket", "time", "logging", "random", "uuid"}
    )


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {module.name for module in modules()}
    arrows = {m.name: (m.imports(at_import_time=True) & names) - {m.name} for m in modules()}
    while True:
        ends = {name for name, targets in arrows.items() if not targets & arrows.keys()}
        if not ends:
            break
        arrows = {name: targets for name, targets in arrows.items() if name not in ends}
    assert sorted(arrows) == []


@every_module
def test_threads_are_made_in_one_file_of_each_face(module: Module) -> None:
    if module.name not in MAKE_THREADS:
        assert (module.imports() - module.imports_for_types()) & THREADS == set()
        assert [name for name in MAKES_THREADS if f"{name}(" in module.text] == []


@pytest.mark.parametrize("name", ["loanstore.cli.main", "loanstore.bootstrap", "loanstore.operations.scanning"])
def test_the_command_line_works_where_there_is_no_qt(name: str) -> None:
    said = (
        f"import sys, {name}\n"
        "heavy = {'PySide6', 'shiboken6', 'reportlab', 'openpyxl', 'keyring'} & set(sys.modules)\n"
        "sys.exit(f'imported at start: {heavy}' if heavy else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
