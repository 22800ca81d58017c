"""Every key of a settings file has its line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from config_faults import key_name
from config_key_lines import key_lines

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "config.toml", *sorted((ROOT / "config").glob("*.toml"))]
NAMES = st.text("abcdefgh_", min_size=1, max_size=5)
TEXTS = st.text("枝江ab\"'#[]{}=,\\\n .", max_size=6)
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner),
    max_leaves=6,
)


def paths_of(value, path=()):
    """Every path of nested data."""
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    else:
        return []
    return [p for k, v in pairs for p in ((*path, k), *paths_of(v, (*path, k)))]


@settings(deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_every_key_and_entry_has_a_line(data):
    """The walk finds all that tomllib finds, whatever the values hold."""
    text = tomlkit.dumps(data)

    assert set(paths_of(tomllib.loads(text))) <= set(key_lines(text))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_line_of_a_key_holds_the_key(file):
    """Each key of the shipped files stands on the line that is named for it."""
    text = file.read_text(encoding="utf-8")
    rows = text.split("\n")

    for path, line in key_lines(text).items():
        if isinstance(path[-1], str):
            assert path[-1] in rows[line - 1]


def test_lists_of_tables_are_counted():
    """The third [[sources]] is sources[3]."""
    text = '[[a]]\nx = 1\n[[a]]\nx = 2\n[a.b]\ny = [1,\n  { z = "]" },\n]\n'
    lines = {key_name(path): line for path, line in key_lines(text).items()}

    assert {
        "a": 1,
        "a[1]": 1,
        "a[1].x": 2,
        "a[2]": 3,
        "a[2].x": 4,
        "a[2].b": 5,
        "a[2].b.y": 6,
        "a[2].b.y[1]": 6,
        "a[2].b.y[2]": 7,
        "a[2].b.y[2].z": 7,
    } == lines
