"""The house stands: imports point down, and what must never be is not there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = {
    "workflow": 5,
    "desk": 4,
    "crawler": 3,
    "submissions": 3,
    "site_builder": 3,
    "publisher": 3,
    "demo": 3,
    "story_store": 2,
    "page_reading": 2,
    "config": 1,
    "newsroom": 0,
}
# Below, and yet not to be imported: the crawler writes a spool, never the store;
# the builder is given objects and gives files.
NEVER = {("crawler", "story_store"), ("site_builder", "story_store")}
# Modules of the standard library that a pure package has no business with.
IMPURE = {
    *("asyncio", "ftplib", "glob", "html", "http", "io", "os", "pathlib", "shutil"),
    *("smtplib", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading"),
    *("time", "urllib.request", "webbrowser", "zipfile"),
}
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
TEXT_MODES = {"r", "w", "a", "x", "rt", "wt", "at", "xt", "r+", "w+", "a+"}


def house(path: Path) -> str:
    """The package that a file belongs to; the modules config_* are config."""
    name = path.relative_to(ROOT).parts[0].removesuffix(".py")
    return "config" if name.startswith("config") else name


def sources() -> list[Path]:
    """Every Python file that ships."""
    modules = ROOT.glob("config*.py")
    packages = (f for name in LAYERS for f in (ROOT / name).rglob("*.py"))
    return sorted([*modules, *packages])


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Every imported module, wherever the import stands in the file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = "." * node.level + (node.module or "")
            yield node.lineno, package
            yield from ((node.lineno, f"{package}.{n.name}") for n in node.names)


def place(file: Path, line: int) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


def is_down(importer: str, imported: str) -> bool:
    """Whether the table lets one package import another."""
    if importer == imported:
        return True
    return (importer, imported) not in NEVER and LAYERS[imported] < LAYERS[importer]


def test_imports_point_down():
    """No package imports one of its own layer or above."""
    upward = [
        f"{place(file, line)}: {house(file)} imports {module}"
        for file in sources()
        for line, module in imports(file)
        for imported in [re.sub(r"^config_\w+$", "config", module.split(".")[0])]
        if imported in LAYERS and not is_down(house(file), imported)
    ]

    assert [] == upward


def test_no_relative_imports_hide_a_package():
    """An import names its package in full."""
    relative = [
        place(file, line)
        for file in sources()
        for line, module in imports(file)
        if module.startswith(".")
    ]

    assert [] == relative


def test_the_newsroom_is_pure():
    """newsroom/ imports the standard library only, and nothing that acts."""
    foreign = [
        f"{place(file, line)}: {module}"
        for file in sources()
        if house(file) == "newsroom"
        for line, module in imports(file)
        for top in [module.split(".")[0]]
        if (top not in sys.stdlib_module_names and top != "newsroom")
        or module in IMPURE
        or (top in IMPURE)
    ]

    assert [] == foreign


@pytest.mark.parametrize(
    ("package", "banned"),
    [
        ("page_reading", {"scrapy", "twisted", "requests", "httpx", "django"}),
        ("crawler", {"django"}),
        ("site_builder", {"django", "scrapy", "twisted"}),
        ("submissions", {"django", "scrapy", "twisted"}),
    ],
)
def test_a_package_does_not_reach_for_anothers_tools(package, banned):
    """Reading knows no network, the crawler no store, the builder neither."""
    reached = [
        f"{place(file, line)}: {module}"
        for file in sources()
        if house(file) == package
        for line, module in imports(file)
        if module.split(".")[0] in banned
    ]

    assert [] == reached


def test_every_module_has_a_subject():
    """No utils, helpers, common or misc: a module is named for what it is about."""
    shapeless = [
        str(file.relative_to(ROOT))
        for file in (*sources(), *(ROOT / "tests").rglob("*.py"))
        if SHAPELESS & {part.removesuffix(".py") for part in file.parts[-2:]}
    ]

    assert [] == shapeless


def test_every_module_says_its_subject_first():
    """A module's docstring stands at its top."""
    silent = [
        str(file.relative_to(ROOT))
        for file in sources()
        if file.stat().st_size and not ast.get_docstring(tree(file))
    ]

    assert [] == silent


def test_nobody_lifts_djangos_guard():
    """The store is never opened inside the crawler's event loop."""
    files = [*sources(), ROOT / "Makefile", *(ROOT / ".ci").glob("*")]
    lifted = [
        str(file.relative_to(ROOT))
        for file in files
        if file.is_file()
        and "DJANGO_ALLOW_ASYNC_UNSAFE" in file.read_text(encoding="utf-8")
    ]

    assert [] == lifted


def test_nothing_is_marked_safe():
    """No HTML is let through the templates unescaped."""
    marked = re.compile(r"\|\s*safe\b|mark_safe|\bMarkup\(|autoescape\s+(off|false)")
    templates = [f for f in (ROOT / "templates").rglob("*") if f.is_file()]
    files = [
        f for f in (*sources(), *templates) if f.suffix in {".py", ".html", ".xml", ""}
    ]
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in files
        for match in marked.finditer(file.read_text(encoding="utf-8"))
    ]

    assert [] == found


def test_every_text_file_is_opened_with_its_encoding():
    """Windows would read and write GBK otherwise."""
    bare = [
        place(file, node.lineno)
        for file in (*sources(), *(ROOT / "scripts").rglob("*.py"))
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and opens_text(node)
        if not names_encoding(node)
    ]

    assert [] == bare


def opens_text(call: ast.Call) -> bool:
    """Whether a call opens a file as text: open(), read_text(), path.open("w")."""
    if isinstance(call.func, ast.Name) and call.func.id == "open":
        return mode_of(call, 1) in {None, *TEXT_MODES}
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in {"read_text", "write_text"}:
        return True
    return call.func.attr == "open" and mode_of(call, 0) in TEXT_MODES


def names_encoding(call: ast.Call) -> bool:
    """Whether the encoding is named, by keyword or at its place."""
    name = getattr(call.func, "attr", "open()")
    places = {"read_text": 1, "write_text": 2, "open": 3, "open()": 4}
    named = any(word.arg == "encoding" for word in call.keywords)
    return named or len(call.args) >= places[name]


def mode_of(call: ast.Call, position: int) -> str | None:
    """The mode that a call of open names, None when it names none."""
    named = [word.value for word in call.keywords if word.arg == "mode"]
    given = named or call.args[position : position + 1]
    if given and isinstance(given[0], ast.Constant):
        return str(given[0].value)
    return "?" if given else None


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("workflow", "crawler", True),
        ("crawler", "page_reading", True),
        ("crawler", "story_store", False),
        ("crawler", "site_builder", False),
        ("story_store", "page_reading", False),
        ("newsroom", "config", False),
        ("config", "newsroom", True),
        ("demo", "workflow", False),
    ],
)
def test_the_table_says_what_it_means(importer, imported, allowed):
    """The table in words: neighbours and upper floors are closed."""
    assert allowed == is_down(importer, imported)
