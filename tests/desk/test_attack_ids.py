"""A01 to A80: each has a test that bears its id, or a place, or a reason why not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from desk.templating import environment

ROOT = Path(__file__).resolve().parents[2]
# Pages that are one file by themselves; their CSP names the hash of script and style.
ALONE = {"baosong.html", "lesson_alone.html"}
TEMPLATES = [
    file
    for folder in ("desk", "submissions")
    for file in sorted((ROOT / "templates" / folder).glob("*.html"))
    if file.name not in ALONE
]
# Tested under another name.
PLACES = {
    "A04": "tests/newsroom/test_body.py",
    "A13": "tests/site_builder/test_feeds.py",
    "A14": "tests/site_builder/test_index.py",
    "A17": "tests/newsroom/test_text.py",
    "A66": "tests/submissions/test_documents.py",
    "A77": "tests/test_licences.py",
}
# The surface does not exist, or is left open; one line each.
REASONS = {
    "A15": "no HTML from outside is kept, so no id or name of others is in a page",
    "A16": "a Body has no style; spans are clamped when a page is read",
    "A18": "bodies show kept pictures only, and the CSP lets in img-src 'self' only",
    "A61": "no virus scanner is part of the product; docs/desk.md says so",
    "A70": "the desk exports no table yet",
    "A75": "there is no admin site; the static pages hold no link to the desk",
    "A78": "no model reads or writes anything",
}


@cache
def ids_in_tests() -> set[str]:
    text = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")
    )
    names = re.findall(r"^def test_(\w+)", text, re.MULTILINE)
    return {
        found.upper()
        for name in names
        for found in re.findall(r"(?:^|(?<=_))a\d\d(?=_)", name)
    }


@pytest.mark.parametrize("number", [f"A{n:02d}" for n in range(1, 81)])
def test_every_attack_has_its_answer(number):
    """A test bears the id, or the place or the reason stands here."""
    place = PLACES.get(number)

    assert number in ids_in_tests() | set(PLACES) | set(REASONS)
    assert place is None or (ROOT / place).is_file()


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_a03_a11_templates_hold_no_script_no_style_no_safe(template):
    """A03, A11: no inline script or style, every attribute quoted, nothing safe."""
    text = template.read_text(encoding="utf-8")
    inline = re.findall(
        r"<script(?![^>]* src=)|\sstyle=|<style|\son\w+=|\|\s*safe", text
    )
    bare = re.findall(r"<[^>{}%]*\s[\w-]+=\{\{", text)

    assert [] == inline
    assert [] == bare


def test_a12_everything_is_escaped_and_nothing_undefined():
    """A12: autoescape whatever a template is called; a missing value is an error."""
    made = environment()

    assert made.autoescape is True
    assert "StrictUndefined" == made.undefined.__name__


def test_a67_the_desk_fetches_nothing():
    """A67: no module of the desk can reach the network."""
    banned = re.compile(
        r"^\s*(?:import|from) (?:urllib\.request|http\.client|requests|httpx|socket)",
        re.MULTILINE,
    )
    reaching = [
        file.name
        for file in (ROOT / "desk").glob("*.py")
        if banned.search(file.read_text(encoding="utf-8"))
    ]

    assert [] == reaching
