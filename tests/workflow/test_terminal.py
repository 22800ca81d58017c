"""What the terminal shows of words that other people wrote."""

from __future__ import annotations

import pytest

from workflow.cli import run
from workflow.console import console

ODD = [
    "[图文]石桥街道总工会[/color]走访",
    "[url=http://a.example/]工会[/url]",
    "期限见 [store] 设置和 [[calendar]]",
    "见 [/] 页",
    "12:100:30 开赛",
    "第[1/2]页 [组图]",
]


@pytest.mark.parametrize("words", ODD)
def test_words_are_shown_as_they_are_written(words, capsys):
    """Old marks of other sites, sections of the settings, what looks like a smile."""
    console().print(words, soft_wrap=True)

    assert words in capsys.readouterr().out


def test_our_own_marks_are_read(capsys):
    """Colours and bold of the program itself do not show."""
    console().print("[bold red]要修[/] [dim]见 [store][/]", soft_wrap=True)

    assert "要修 见 [store]" == capsys.readouterr().out.strip()


def test_words_that_ask_for_no_marks_get_none(capsys):
    """Where a sentence is printed as it is, nothing is added to it."""
    console().print("请核对 [alarm] mail_to", markup=False, soft_wrap=True)

    assert "请核对 [alarm] mail_to" == capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    ("command", "section"), [("backup", "[backup]"), ("mail-in", "[mail_door]")]
)
def test_a_help_keeps_the_names_of_sections(command, section, capsys):
    """Rich takes square brackets for marks of its own."""
    assert 0 == run([command, "--help"])

    assert section in capsys.readouterr().out
