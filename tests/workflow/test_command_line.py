"""The command line speaks Chinese, teaches, and keeps its exit codes."""

from __future__ import annotations

import errno
import re
import subprocess
import sys

import pytest
import typer
from django.db import OperationalError

from workflow.cli import COMMANDS, make_app, run

NAMES = [name.replace("_", "-") for name, _ in COMMANDS]


def test_the_help_names_every_command(capsys) -> None:
    """`gonghui --help` lists all commands with a Chinese line each."""
    code = run(["--help"])
    text = capsys.readouterr().out

    assert 0 == code
    assert [] == [name for name in NAMES if name not in text]


@pytest.mark.parametrize("name", NAMES)
def test_each_command_teaches(name, capsys, monkeypatch) -> None:
    """Each command's help is Chinese, its options explained to the last word."""
    monkeypatch.setenv("COLUMNS", "80")

    code = run([name, "--help"])
    text = capsys.readouterr().out

    assert 0 == code
    assert f"用法：gonghui {name} [选项]" in text
    assert "显示这份说明" in text
    assert "Show this message" not in text
    assert "… │" not in text
    assert [] == re.findall(r"<[a-z].*?>", text)


def _options(command, path=()):
    """Every option with the command it stands at."""
    for parameter in command.params:
        yield path, parameter
    for name, below in getattr(command, "commands", {}).items():
        yield from _options(below, (*path, name))


def test_what_an_option_takes_is_said_in_chinese() -> None:
    """No type of the language's; a flag takes nothing and says nothing."""
    command = typer.main.get_command(make_app())
    taken = {
        (*path, parameter.name): parameter.display_type_rich(None)
        for path, parameter in _options(command)
    }

    english = re.compile("<.*|[a-z]+")
    assert [] == [at for at, words in taken.items() if english.fullmatch(words)]
    assert taken["publish", "rollback"] == ""
    assert taken["publish", "config"] == "文件"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mornin"], "没有「mornin」这个命令，是不是 morning。"),
        (["什么"], "没有「什么」这个命令。"),
        (["morning", "--as-off", "1"], "「--as-off」这个选项，是不是 --as-of。"),
        (["morning", "--nochnie"], "没有「--nochnie」这个选项"),
        (["release"], "缺少"),
        (["serve", "--port", "abc"], "「--port 或 -p」的值不对：要写一个整数"),
    ],
)
def test_a_mistyped_command_is_named_in_chinese(arguments, words, capsys) -> None:
    """Exit code 2, the mistake by name, and where the help is."""
    code = run(arguments)
    text = capsys.readouterr().err

    assert 2 == code
    assert words in text
    assert "--help" in text


@pytest.mark.parametrize("asked", ["--version", "-V"])
def test_the_version_is_told(asked, capsys) -> None:
    """What a maintainer asks for first, in one line, without settings."""
    code = run([asked])

    assert 0 == code
    assert re.fullmatch(r"工会之声 \d+\.\d+\.\d+，Python .+\n", capsys.readouterr().out)


def test_missing_settings_are_a_sentence(tmp_path, monkeypatch, capsys) -> None:
    """Without settings the command says where it looked; no traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGHUI_CONFIG", raising=False)

    code = run(["build"])
    text = capsys.readouterr().err

    assert 1 == code
    assert "config.toml" in text
    assert "Traceback" not in text


def test_another_clock_is_refused_when_it_is_no_day(config_file, capsys) -> None:
    """--as-of says what it understands."""
    code = run(["build", "--config", str(config_file), "--as-of", "明天"])

    assert 1 == code
    assert "2026-09-21" in capsys.readouterr().err


def test_the_help_needs_no_heavy_library() -> None:
    """Scrapy, Django and lxml are imported by the commands that need them."""
    program = (
        "import sys; from workflow.cli import make_app; make_app(); "
        "print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'scrapy', 'django', 'lxml', 'twisted', 'PIL', 'pydantic', 'feedparser'}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "[]" == ran.stdout.strip()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘满了"),
        (OSError(errno.EROFS, "Read-only file system"), "不能写"),
        (OperationalError("disk I/O error"), "磁盘读写出错"),
        (OperationalError("database or disk is full"), "磁盘满了"),
    ],
)
def test_d10_a_disk_that_refuses_any_command_is_a_sentence(
    config_file, monkeypatch, capsys, error, words
) -> None:
    """D10: whatever command meets a full or broken disk says so, without a trace."""

    def refuse(*_, **__):
        raise error

    monkeypatch.setattr("story_store.store.open_database", refuse)

    code = run(["build", "--config", str(config_file)])

    told = " ".join(capsys.readouterr().err.split())
    assert code == 1
    assert words in told
    assert "Traceback" not in told
