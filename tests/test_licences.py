"""What the product brings along may be brought along, and is accounted for."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def licences():
    """The script that lists the licences, as a module."""
    spec = importlib.util.spec_from_file_location(
        "licences", ROOT / "scripts" / "licences.py"
    )
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "licences", module)
        spec.loader.exec_module(module)
        yield module


def test_nothing_of_the_default_install_is_gpl(licences):
    """No package must be used under GPL or AGPL, and none is unknown.

    A package that lets us choose (``EPL-2.0 OR GPL-2.0-or-later``) is taken under the
    other licence.
    """
    gpl = re.compile(r"(?<!L)GPL|GNU General|Affero|\?")
    forbidden = [
        one
        for one in licences.default_install()
        if all(gpl.search(choice) for choice in one.name.split(" OR "))
    ]

    assert [] == forbidden


def test_every_package_stands_in_the_list(licences):
    """docs/licences.md names every package that is installed here, and its licence."""
    written = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    missing = [
        one
        for one in licences.default_install()
        if f"| {one.package} | {one.name} |" not in written
    ]

    assert [] == missing


def test_every_direct_dependency_has_its_reason():
    """docs/dependencies.md gives each dependency one line, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *groups["dev"], *groups["bench"]]
    names = sorted(re.match(r"[\w-]+", one)[0].lower() for one in wanted)
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    assert names == sorted(re.findall(r"^- \*\*([\w-]+)\*\*", text, re.MULTILINE))


def test_the_licence_is_apache_in_full():
    """LICENSE holds the whole text that pyproject.toml names."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
