"""The glossary's places exist: a word that moved is moved there too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
PLACES = re.findall(r"`([\w/]+\.py)(?::(\w+))?` \|$", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("file", "name"), PLACES)
def test_a_word_lives_where_the_glossary_says(file, name):
    """The file is there, and defines the name."""
    source = (ROOT / file).read_text(encoding="utf-8")

    assert re.search(rf"^(class|def) {name}\b", source, re.MULTILINE) if name else True


def test_every_word_has_one_name():
    """No English name stands for two Chinese words."""
    names = re.findall(r"^\| [^|]+ \| ([A-Za-z ]+) \|", TEXT, re.MULTILINE)
    words = [name for name in names if name != "English"]
    twice = {word for word in words if words.count(word) > 1}

    assert set() == twice
    assert len(PLACES) > 40
