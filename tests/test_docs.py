"""What the documents name is there: commands, options, settings, files, links."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import typer.main

from workflow.cli import make_app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PACKAGES = (
    "newsroom page_reading story_store crawler submissions site_builder publisher "
    "desk workflow demo"
)
RECIPES = [file for file in sorted((ROOT / "deploy").rglob("*")) if file.is_file()]
ENDINGS = "py|html|js|typ|css|toml|xml|conf|txt|service|timer"
# Words after the program's name that are no command: a user of the system, a stamp.
NO_COMMANDS = {"gonghui", "cd", "manifest", "-"}
# Files that the office or the program makes; they are not the project's.
MADE = {
    *("data/subscribers.txt", "config/senders.toml"),
    *("search/index.html", "feeds/atom.xml"),
}


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


by_page = pytest.mark.parametrize("page", PAGES, ids=named)


@cache
def program():
    return typer.main.get_command(make_app())


@cache
def commands() -> dict[str, set[str]]:
    """Every command by its words, with its options."""
    found: dict[str, set[str]] = {}

    def walk(command, path: tuple[str, ...]) -> None:
        options = {
            name for p in command.params for name in (*p.opts, *p.secondary_opts)
        }
        found[" ".join(path)] = options | {"-h", "--help"}
        for name, below in getattr(command, "commands", {}).items():
            walk(below, (*path, name))

    walk(program(), ())
    return found


def wrong_calls(text: str) -> list[str]:
    """The calls of the program in a text that it would not understand."""
    calls = re.finditer(r"gonghui((?: [^\s`，。；、）)：|<>\"”」（(]+)+)", text)
    return [call[0] for call in calls if is_wrong(call[1].replace("[", "").split())]


def is_wrong(words: list[str]) -> bool:
    name = words[0].strip("'\",.")
    if name in NO_COMMANDS or not re.match(r"-|[a-z][a-z-]+$", name):
        return False
    if name not in commands():
        return name not in commands()[""]
    both = " ".join(words[:2]).strip("'\",.]")
    options = commands().get(both, commands()[name])
    given = [found[0] for w in words[1:] if (found := re.match(r"--?[a-z][a-z-]*", w))]
    return not options.issuperset(given)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`gonghui morning --redo`", False),
        ("`gonghui sources repair 来源 [--apply]`", False),
        ("gonghui --help", False),
        ("gonghui --config a.toml morning", True),
        ("gonghui mourning", True),
        ("gonghui publish --roll-back", True),
    ],
)
def test_a_wrong_call_is_found(text, wrong):
    """An unknown command, an unknown option, an option before the command."""
    assert wrong == bool(wrong_calls(text))


@by_page
def test_every_call_of_the_program_is_understood(page):
    """A command of the documents can be typed as it stands."""
    assert [] == wrong_calls(text_of(page))


def test_every_call_that_the_product_tells_is_understood():
    """So can those of the recipes, the settings, the pages and the messages."""
    code = [f for name in PACKAGES.split() for f in (ROOT / name).rglob("*.py")]
    pages = [f for f in (ROOT / "templates").rglob("*") if f.suffix in {".html", ".js"}]
    files = [*RECIPES, ROOT / "config.toml", *ROOT.glob("config*.py"), *code, *pages]
    wrong = {named(file): wrong_calls(text_of(file)) for file in files}

    assert {} == {file: calls for file, calls in wrong.items() if calls}


def test_the_guide_tells_every_command():
    """What there is to type stands in the guide, groups by their commands."""
    guide = text_of(ROOT / "docs" / "guide.zh.md")
    groups = {name.rsplit(" ", 1)[0] for name in commands() if " " in name} | {""}

    assert [] == [
        n for n in commands() if n not in groups and f"gonghui {n}" not in guide
    ]


@cache
def anchors(page: Path) -> set[str]:
    """The places of a page that a link can name, as GitHub calls them."""
    heads = re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE)
    bare = (re.sub(r"[^\w\- ]", "", head.lower().strip()) for head in heads)
    return {head.replace(" ", "-") for head in bare}


@by_page
def test_every_link_inside_the_house_leads_somewhere(page):
    """The file is there, and so is its heading."""
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]*))?\)", text_of(page))
    targets = [((page.parent / file) if file else page, part) for file, part in links]
    dead = [str(f) for f, part in targets if not f.exists()]
    lost = [part for f, part in targets if part and part not in anchors(f.resolve())]

    assert ([], []) == (dead, lost)


@cache
def files_of_the_house() -> list[str]:
    """Every file of the project, by its path."""
    beside = "templates tests docs scripts deploy config benchmarks fuzz .ci"
    folders = f"{PACKAGES} {beside}".split()
    below = [f for name in folders for f in (ROOT / name).rglob("*") if f.is_file()]
    return [f"/{f.relative_to(ROOT).as_posix()}" for f in (*below, *ROOT.glob("*.*"))]


@by_page
def test_every_file_that_is_named_is_there(page):
    """A module by its name; any other file by its path or the end of it."""
    quoted = re.findall(rf"`([\w./-]*\w\.(?:{ENDINGS}))(?::\w+)*`", text_of(page))
    missing = {
        file
        for file in quoted
        if file not in MADE and ("/" in file or file.endswith(".py"))
        if not any(path.endswith(f"/{file}") for path in files_of_the_house())
    }

    assert set() == missing


def test_every_setting_that_is_named_is_one():
    """`[section] key` of the documents and of the product's sentences is a setting."""
    keys: dict[str, set[str]] = {}
    reference = text_of(ROOT / "docs" / "config.md")
    for part in re.split(r"^### \[+", reference, flags=re.MULTILINE)[1:]:
        keys[part.split("]")[0]] = set(re.findall(r"^\| `(\w+)` ", part, re.MULTILINE))
    wrong = [
        f"{named(page)}: {whole}"
        for page in PAGES
        for whole, section, key in re.findall(
            r"(`\[\[?(\w+)\]?\] (\w+))", text_of(page)
        )
        if key not in keys.get(section, set())
    ]

    assert [] == wrong
    assert len(keys) > 30


@by_page
def test_every_goal_of_make_is_there(page):
    """`make morning` of the documents is a goal of the Makefile."""
    goals = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    told = set(re.findall(r"(?:`|^|ALL=1 )make ([a-z]+)", text_of(page), re.MULTILINE))

    assert set() == told - goals


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_the_table_of_folders_is_the_tree(page):
    """Each folder that ships stands there, and each that stands there is one."""
    shipped = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["hatch"]["build"]
    only = shipped["targets"]["wheel"]["only-include"]
    folders = {name for name in only if not name.endswith(".py")} - {"config"}
    folders |= {"deploy", "benchmarks", "fuzz"}
    told = set(re.findall(r"(?<![\w/])([a-z_]+)/(?=[`, ])", text_of(ROOT / page)))

    assert set() == folders - told
    assert set() == {name for name in told if not (ROOT / name).is_dir()} - {
        *("data", "output", "hosts"),  # made at run time; a part of publisher/
    }
