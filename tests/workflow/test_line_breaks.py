"""Lines of Chinese on the terminal: full, and broken as the standard says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from workflow.line_breaks import break_as_chinese, pieces

LETTERS = st.text(alphabet="工会ab1 ，。（）“”、-/🔴\u3000", min_size=1, max_size=60)


def wrapped(text: str, width: int) -> list[str]:
    break_as_chinese()
    lines = Text(text).wrap(Console(width=width), width, overflow="fold")
    return [str(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("你好，世界。", ["你", "好，", "世", "界。"]),
        ("在 config.toml 里", ["在 ", "config.toml ", "里"]),
        ("（一）“甲”", ["（一）", "“甲”"]),
        ("退出码：0 正常", ["退", "出", "码：", "0 ", "正", "常"]),
        ("", []),
    ],
)
def test_a_line_breaks_between_characters_and_never_before_a_full_stop(text, parts):
    """A character is a part with its punctuation; a word or an address stays whole."""
    assert parts == [words for _, _, words in pieces(text)]


@given(LETTERS)
def test_nothing_is_lost_between_the_parts(text):
    """The parts, in their order, are the whole text, but for blanks at its end."""
    assert text.rstrip() == "".join(words for _, _, words in pieces(text)).rstrip()


@given(LETTERS, st.integers(20, 40))
def test_no_line_is_too_long(text, width):
    """A broken line fits the terminal."""
    assert all(cell_len(line.rstrip()) <= width for line in wrapped(text, width))


def test_a_sentence_fills_its_lines():
    """A long Chinese word after a blank begins on the same line; no line begins with
    a full stop."""
    lines = wrapped("（在 config.toml 里填好地址）：宜昌工会维权网。", 20)

    assert ["（在 config.toml 里", "填好地址）：宜昌工会", "维权网。"] == lines
