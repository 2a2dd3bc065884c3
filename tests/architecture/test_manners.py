"""The manners of the house: docstrings, sizes, reasons, and nothing made at import time."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.sources import ROOT, Module, modules, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_MODULE = 400
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
EXCEPTION = re.compile(
    r"#\s*(?:noqa\b(?::\s*[A-Z0-9, ]+)?|type:\s*ignore\b(?:\[[a-z, -]+\])?|pragma:\s*no cover)(?P<reason>.*)"
)
ABSOLUTE = re.compile(r"(?<![\w.:/~$}>-])/(?:work|tmp|root|home|mnt|Users)/\w")
INDEXES = re.compile(r"pypi\.|pythonhosted|artifactory|nexus|index-url|\bmirror\.", re.IGNORECASE)
WRITTEN = texts(
    "loanstore", "tests", "resources", "build_spec", endings=(".py", ".md", ".json", ".toml", ".spec", ".txt")
)
TOP = [path for path in ROOT.iterdir() if path.is_file() and path.suffix in {".md", ".py", ".toml", ".lock"}]
MAKERS = {"open", "create_engine", "getLogger", "connect", "QApplication", "Thread", "RLock", "Lock"}

every_module = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
every_source = pytest.mark.parametrize(
    "path", [*texts("loanstore", "tests", "build_spec"), ROOT / "start.py"], ids=lambda path: path.name
)


@every_module
def test_a_module_says_in_one_line_what_lives_there(module: Module) -> None:
    first = (ast.get_docstring(module.tree) or "").split("\n")[0]
    assert first
    assert first.endswith((".", "?", "!"))


@pytest.mark.parametrize("module", [m for m in modules() if "migrations" not in m.name], ids=lambda module: module.name)
def test_a_module_has_one_subject(module: Module) -> None:
    assert len(module.text.splitlines()) <= LONGEST_MODULE


@every_module
def test_what_others_call_says_what_it_means(module: Module) -> None:
    silent = [node.name for node in _public(module.tree) if not ast.get_docstring(node)]
    assert silent == []


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            inner = node.body if isinstance(node, ast.ClassDef) else []
            yield from (
                n for n in inner if isinstance(n, ast.FunctionDef) and not n.name.startswith("_") and not _overrides(n)
            )


def _overrides(function: ast.FunctionDef) -> bool:
    """Tell Qt's own virtual methods (camelCase, or marked as overriding) from our own."""
    marked = any("override" in ast.unparse(decorator) for decorator in function.decorator_list)
    return marked or any(c.isupper() for c in function.name)


@every_source
def test_nothing_is_left_unfinished(path: Path) -> None:
    assert [line for line in path.read_text("utf-8").splitlines() if UNFINISHED.search(line)] == []


@every_source
def test_every_lint_exception_carries_its_reason(path: Path) -> None:
    unexplained = []
    for line in path.read_text("utf-8").splitlines():
        found = EXCEPTION.search(line)
        if found and not re.search(r"[a-z]{2,}", found["reason"]) and "EXCEPTION = " not in line:
            unexplained.append(line.strip())
    assert unexplained == []


@pytest.mark.parametrize("path", [*WRITTEN, *TOP], ids=lambda path: path.name)
def test_the_repository_knows_no_machine_but_the_readers(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if ABSOLUTE.search(line) and "ABSOLUTE = " not in line] == []
    assert [line for line in lines if INDEXES.search(line) and "INDEXES = " not in line] == []


MADE_FOR_ALL = {"loanstore.paper.pdfium": {"RLock"}}
"""PDFium is the process's and takes one thread at a time: its lock is made before any thread could ask for it."""


@every_module
def test_nothing_is_made_at_import_time(module: Module) -> None:
    called = {name for node in _top_level_values(module.tree) for name in _called(node)}
    assert called & MAKERS - MADE_FOR_ALL.get(module.name, set()) == set()


@every_module
def test_nothing_that_can_change_is_kept_in_a_module(module: Module) -> None:
    """A constant written in capitals, or a table of types, is a rule; a list or a global is a memory."""
    kept = [
        ast.unparse(node)
        for node in module.tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        and isinstance(node.value, (ast.List, ast.ListComp, ast.Set))
        and "__all__" not in ast.unparse(node)
        and "Final" not in ast.unparse(node)
    ]
    assert kept == []
    assert [ast.unparse(n) for n in ast.walk(module.tree) if isinstance(n, ast.Global)] == []


def _top_level_values(tree: ast.Module) -> Iterator[ast.expr]:
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.Expr)) and node.value is not None:
            yield node.value


def _called(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


@pytest.mark.parametrize("module", [m for m in modules() if m.floor == "domain"], ids=lambda module: module.name)
def test_the_rules_read_no_clock_and_no_file(module: Module) -> None:
    calls = {ast.unparse(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
    clocks = {c for c in calls if re.search(r"\b(?:now|today|utcnow|time\.time|monotonic|perf_counter)$", c)}
    assert clocks == set()
    assert calls & {"open", "print", "input", "Path"} == set()


def test_the_package_holds_only_what_the_house_allows() -> None:
    there = {path.name for path in (ROOT / "loanstore").iterdir() if not path.name.startswith((".", "__pycache__"))}
    allowed = {
        *("domain", "storage", "paper", "spreadsheets", "spool", "operations", "cli", "ui", "wording"),
        *(
            "__init__.py",
            "__main__.py",
            "assets.py",
            "bootstrap.py",
            "demo_store.py",
            "i18n.py",
            "keys.py",
            "logs.py",
            "settings.py",
        ),
        *("ARCHITECTURE.md", "py.typed"),
    }
    assert there - allowed == set()
