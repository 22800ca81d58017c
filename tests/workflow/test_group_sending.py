"""The edition's text into a group, to a real robot on loopback."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.lively import NO_SITES
from tests.workflow.test_telling import KEY, robot
from workflow.cli import run
from workflow.morning import run_morning
from workflow.robots import split_text

AS_OF = "2026-09-21T09:00"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


@pytest.fixture
def group(lively, config_file, monkeypatch):
    """Runs ``gonghui group`` on a released day with these keys of [group]."""

    def command(address: str, *words: str, kind: str = "wecom") -> int:
        monkeypatch.setenv("GROUP", address)
        text = config_file.read_text(encoding="utf-8")
        if "[group]" not in text:
            section = f'[group]\nrobot = "{kind}"\nrobot_address_env = "GROUP"\n'
            config_file.write_text(f"{text}\n{section}", encoding="utf-8")
        return run(["group", *words, "-c", str(config_file), "--as-of", AS_OF])

    return command


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_the_released_text_goes_to_the_group_once(group, capsys, kind):
    """The text of 群发文字; a second run sends nothing, --again sends it again."""
    with robot(b'{"errcode":0,"code":0}') as server:
        assert group(server.address, kind=kind) == 0
        assert group(server.address) == 0
        once = len(server.got)
        assert group(server.address, "--again") == 0

    payload = server.got[0][1]
    text = payload["content"] if kind == "feishu" else payload["text"]
    words = text["text"] if kind == "feishu" else text["content"]
    assert words.startswith("【枝江工会每日简报】9月21日")
    assert "焊工" in words
    assert (once, len(server.got)) == (1, 2)
    assert "已经发过" in capsys.readouterr().out


def test_a_robot_that_refuses_is_told_without_its_key(group, capsys):
    """The sentence names the section; nothing counts as sent."""
    with robot(b'{"errcode":93000,"errmsg":"invalid webhook url"}') as server:
        assert group(server.address) != 0
    with robot() as good:
        assert group(good.address) == 0

    said = capsys.readouterr().err
    assert "93000" in said
    assert "[group]" in said
    assert KEY not in said
    assert len(good.got) == 1


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b'{"errcode":45009,"errmsg":"api freq out of limit"}', 200),
        (b'{"errcode":130101,"errmsg":"send too fast"}', 200),
        (b'{"code":11232,"msg":"frequency limited"}', 200),
        (b"", 429),
    ],
)
def test_a_robot_that_is_asked_too_often_asks_for_patience(
    group, capsys, answer, status
):
    """Nobody looks for a fault in settings that are right; the next run sends it."""
    with robot(answer, status) as server:
        assert group(server.address) != 0
    with robot() as good:
        assert group(good.address) == 0

    said = capsys.readouterr().err
    assert "过十分钟再试" in said
    assert "核对" not in said


def test_an_edition_that_is_not_released_stays_in_the_house(group, lively, capsys):
    """The next day is issued only: nothing is sent; --show shows its text."""
    next_day = replace(lively.office, now=lively.office.now + timedelta(days=1))
    run_morning(next_day, NO_SITES, clock=lambda: next_day.now)
    with robot() as server:
        code = group(server.address, "2026-09-22")
        shown = group(server.address, "2026-09-22", "--show")

    told = capsys.readouterr()
    assert code != 0
    assert "还没有签发" in told.err
    assert shown == 0
    assert "字节" in told.out
    assert not server.got


@given(st.text(max_size=400), st.integers(8, 60))
def test_a_text_is_split_by_bytes_and_loses_nothing(text, most):
    """Each part fits, and together they are the text, line ends at cuts aside."""
    parts = split_text(text, most)

    assert all(len(part.encode()) <= most for part in parts)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")


def test_lines_stay_whole_where_they_fit():
    """The cut falls between lines."""
    lines = "\n".join(f"{n}.百里洲镇总工会送清凉" for n in range(9))

    parts = split_text(lines, 120)

    assert "\n".join(parts) == lines
    assert len(parts) > 1
