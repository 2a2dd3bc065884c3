"""Reading the program's own source: its modules, what each imports, and where."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "loanstore"


@dataclass(frozen=True)
class Module:
    """One module of the program. ``floor`` is the folder, or the file itself beside the floors."""

    path: Path

    @property
    def name(self) -> str:
        """Give the dotted name."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def floor(self) -> str:
        """Give the floor the module belongs to."""
        return self.path.relative_to(PACKAGE).with_suffix("").parts[0]

    @cached_property
    def text(self) -> str:
        """Give the source."""
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Give the parsed source."""
        return ast.parse(self.text)

    def imports(self, *, at_import_time: bool = False) -> set[str]:
        """Give the dotted names that the module imports, those inside functions and for types too.

        With ``at_import_time``, only what is imported when the module is.
        """
        nodes = _run_at_import(self.tree.body) if at_import_time else list(ast.walk(self.tree))
        found: set[str] = set()
        for node in nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {_meant(node.module, alias.name) for alias in node.names}
        return found

    def imports_for_types(self) -> set[str]:
        """Give the dotted names that are imported only to be named in annotations."""
        blocks = [n for n in self.tree.body if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test)]
        found = (node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom))
        return {_meant(node.module, alias.name) for node in found if node.module for alias in node.names}

    def floors_imported(self, *, types_apart: bool = False) -> set[str]:
        """Give the floors of the program that the module imports from, those named in annotations too or not."""
        found = self.imports() - (self.imports_for_types() if types_apart else set())
        return {name.split(".")[1] for name in found if name.startswith("loanstore.")} & set(floors())

    def libraries(self) -> set[str]:
        """Give the top names of everything imported that is not the program itself."""
        return {name.split(".")[0] for name in self.imports()} - {"loanstore"}


def _meant(package: str, name: str) -> str:
    """Give the module that ``from package import name`` depends on: a module in a package, or the package."""
    place = ROOT.joinpath(*package.split("."), name)
    return f"{package}.{name}" if place.with_suffix(".py").exists() or place.is_dir() else package


def _run_at_import(body: list[ast.stmt]) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for node in body:
        found.append(node)
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            found += _run_at_import(node.body) + _run_at_import(node.orelse)
        elif isinstance(node, ast.Try):
            found += _run_at_import(node.body)
    return found


def modules() -> list[Module]:
    """Give every module of the program."""
    return [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]


def floors() -> list[str]:
    """Give the names of everything at the top of the package."""
    return sorted({module.floor for module in modules()})


def texts(*folders: str, endings: tuple[str, ...] = (".py",)) -> list[Path]:
    """Give the files with these endings in folders of the repository, build leftovers and test data apart."""
    passed_over = {"__pycache__", "data", "fonts", "build", "dist"}
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    return [p for p in found if p.suffix in endings and not passed_over & set(p.relative_to(ROOT).parts)]
