"""A changed pattern is shown with texts that it finds, and some that it does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from desk.pattern_examples import pattern_examples
from tests.desk.test_rules import (  # noqa: F401 - fixtures
    _page,
    _send,
    checks,
    patient,
)

_ROOT = Path(__file__).resolve().parents[2]
PLATE = "regex = '鄂[A-Z]·?[A-Z0-9]{5}'"
PHONE = r"regex = '(?<![\d.])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)'"


@pytest.mark.parametrize(
    "line",
    [PLATE, PHONE, r"dots = '\.{3,}|。{2,}'", 'regex = ["_{3,}", "(待补|待定)"]'],
)
def test_a_new_pattern_has_texts_that_it_finds_and_some_that_it_does_not(line):
    """Found by the pattern itself, wherever it looks around."""
    pattern = re.search(r"['\"]([^'\"]+)['\"]", line)[1]
    made = [one.key for one in pattern_examples("", line)]

    assert [text for text in made if re.search(pattern, f"写到{text}，")]
    assert [text for text in made if not re.search(pattern, f"写到{text}，")]


def test_the_same_change_gives_the_same_sentences():
    """Whoever tries it again sees what was seen before."""
    assert pattern_examples("", PHONE) == pattern_examples("", PHONE)


def test_the_same_change_gives_the_same_sentences_in_every_process():
    """Python hashes texts anew in each; what a pattern leaves out came by that."""
    asked = (
        "from desk.pattern_examples import pattern_examples\n"
        "print(ascii(pattern_examples('', \"regex = '[^0-9a-z]{2}\\\\W{2}号'\")))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-P", "-c", asked],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(_ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]

    assert 1 == len(set(told))
    assert b"TrialStory" in told[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PHONE, PHONE),
        ("", '["中署", "中暑", "warn"],'),
        ("", "# regex = '[0-9]{4}'"),
        ("", "regex = '([0-9]{4}'"),
        ("", "regex = '(?!x)x{2}'"),
        ("", "regex = '[0-9]{90000}'"),
    ],
)
def test_what_is_no_changed_pattern_has_none(before, after):
    """Words, remarks, faults, what can find nothing, what nobody could read."""
    assert () == pattern_examples(before, after)


def _told(client, text) -> str:
    answer = _send(client, "try", text, _page(client))
    return unescape(answer.content.decode())


def test_a_changed_pattern_is_shown_with_hits_and_misses(house, checks):  # noqa: F811 - the fixture
    """Where no story of late has such a thing, sentences are made for it."""
    house.number()
    text = checks.read_text(encoding="utf-8")
    old = re.search(r"dots = '[^'\n]+'", text)[0]
    page = _told(
        house.browser("final"), text.replace(old, r"dots = '\.{3,}|~{2,}|。{2,}'")
    )
    made = page.partition("照改动的规则造的例句")[2].partition("</section>")[0]

    assert "新报出 0 处" in page
    assert "<mark>~~</mark>" in made
    assert "不报的：" in made


def test_words_alone_make_no_sentences_by_patterns(house, checks):  # noqa: F811 - the fixture
    """A wrong word more is tried on the stories, as ever."""
    house.number()
    text = checks.read_text(encoding="utf-8")
    more = text.replace('["攻府"', '["暖心服务", "贴心服务", "warn"], ["攻府"', 1)
    page = _told(house.browser("final"), more)

    assert "照改动的规则造的例句" not in page
