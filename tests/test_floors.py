"""The house stands: a floor imports only from the floors below it, and stays easy to read."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for package in ("scheduler", "bot", "adapters")
    for path in (ROOT / package).rglob("*.py")
    if "versions" not in path.parts
)
FLOORS = {
    # 0: time
    "scheduler": 0,
    # 1: the language everybody speaks
    "bot": 1,
    "bot.commands": 1,
    "bot.configuration": 1,
    "bot.effects": 1,
    "bot.events": 1,
    "bot.fallback": 1,
    "bot.i18n": 1,
    "bot.pacing": 1,
    "bot.ports": 1,
    "bot.queue": 1,
    "bot.refs": 1,
    "bot.secret": 1,
    "bot.text": 1,
    # 2: transaction, delivery, queries
    "bot.store": 2,
    "bot.core": 2,
    # 3: one folder or file per system
    "bot.features": 3,
    "bot.games": 3,
    "bot.insight": 3,
    # 4: platforms
    "adapters": 4,
    # 5: wiring
    "bot.app": 5,
    "bot.settings": 5,
    "bot.logs": 5,
    "bot.health": 5,
    "bot.pages": 5,
    "bot.running": 5,
    "bot.operations": 5,
    "bot.simulation": 5,
    "bot.cli": 5,
    "bot.cli_options": 5,
    "bot.__main__": 5,
}
"""The floor of a module is that of its longest prefix here; the rest of `bot` is floor 2."""
PLATFORM_WORDS = re.compile(r"discord|telegram", re.IGNORECASE)
WIRING = {"bot/app.py"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 50


def module_of(path: Path) -> str:
    """ "bot.store.database" for a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(module: str) -> int:
    """Which floor a module stands on."""
    if module == "bot":
        return 1
    prefix = module
    while prefix and prefix != "bot":
        if prefix in FLOORS:
            return FLOORS[prefix]
        prefix = prefix.rpartition(".")[0]
    return 2


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, also inside functions, but not only for types."""
    hints = {
        node
        for block in ast.walk(tree(path))
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree(path)):
        if node in hints:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names if is_module(node, a))


def is_module(node: ast.ImportFrom, alias: ast.alias) -> bool:
    place = ROOT.joinpath(*(node.module or "").split("."), alias.name)
    return place.is_dir() or place.with_suffix(".py").is_file()


def ours(module: str) -> bool:
    return module.split(".")[0] in ("bot", "adapters", "scheduler")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_floor_imports_only_from_below(path: Path) -> None:
    own = floor_of(module_of(path))
    above = [m for m in imports(path) if ours(m) and floor_of(m) > own]
    assert not above


def system_of(module: str) -> str | None:
    """ "prompts" for a module of that feature."""
    parts = module.split(".")
    inside = len(parts) > 2 and parts[1] in ("features", "games", "insight")
    return f"{parts[1]}.{parts[2]}" if inside else None


def test_no_feature_imports_another() -> None:
    found = [
        f"{relative(path)} imports {module}"
        for path in SOURCES
        if (own := system_of(module_of(path)))
        for module in imports(path)
        if (other := system_of(module)) and other != own
    ]
    assert not found


def test_no_adapter_imports_another() -> None:
    found = [
        f"{relative(path)} imports {module}"
        for path in SOURCES
        if path.parts[len(ROOT.parts)] == "adapters"
        for module in imports(path)
        if module.startswith("adapters.")
        and module.split(".")[1] != path.relative_to(ROOT).parts[1]
    ]
    assert not found


class Undocumented(ast.NodeTransformer):
    """Takes docstrings away: they may say where a figure comes from."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return ast.copy_location(ast.Pass(), node) if is_text else node


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if relative(p).startswith("bot/")], ids=relative
)
def test_the_core_does_not_know_platforms_by_name(path: Path) -> None:
    bare = Undocumented().visit(ast.parse(path.read_text("utf-8")))
    assert relative(path) in WIRING or not PLATFORM_WORDS.search(ast.unparse(bare))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_file_is_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_function_is_long(path: Path) -> None:
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not {name: n for name, n in lengths.items() if n >= LONGEST_FUNCTION}
