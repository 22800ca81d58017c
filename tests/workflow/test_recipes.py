"""The recipes of deploy/: systemd accepts its units, and each names a real command."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typer

from tests.conftest import need
from workflow.cli import make_app

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def is_command(words: list[str]) -> bool:
    """Whether our command line has this command with these options."""
    command = typer.main.get_command(make_app()).commands[words[0]]
    known = {name for option in command.params for name in option.opts}
    return set(words[1:]) <= known


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_the_unit(unit, tmp_path):
    """systemd-analyze verify finds no fault; the program stands where it is here."""
    analyze = shutil.which("systemd-analyze")
    need("systemd-analyze", analyze is not None)
    program = Path(sys.executable).with_name("gonghui")
    for one in UNITS:
        text = one.read_text(encoding="utf-8")
        text = text.replace("/opt/gonghui/.venv/bin/gonghui", str(program))
        text = text.replace("=/opt/gonghui", f"={ROOT}")
        (tmp_path / one.name).write_text(text, encoding="utf-8")
    answer = subprocess.run(
        [analyze, "verify", "--man=no", "--recursive-errors=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (answer.returncode, answer.stderr)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_hardened_and_starts_a_real_command(unit):
    """No service runs as root or writes outside data and output; codes are those
    of the program."""
    text = unit.read_text(encoding="utf-8")
    if unit.suffix == ".timer":
        assert "Persistent=true" in text
        return
    (command,) = re.findall(r"^ExecStart=\S+/gonghui (.+)$", text, re.MULTILINE)

    assert is_command(shlex.split(command))
    for line in (
        "User=gonghui",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=\n",
        "ReadWritePaths=/opt/gonghui/data /opt/gonghui/output",
    ):
        assert line in text
    codes = re.findall(r"^SuccessExitStatus=(.+)$", text, re.MULTILINE)
    assert codes == (["10"] if "once-due" in command else ["130"])


def test_the_line_for_cron_starts_a_real_command():
    """One line, a user, and the command that decides itself what is due."""
    text = (DEPLOY / "cron" / "gonghui").read_text(encoding="utf-8")
    (line,) = [x for x in text.splitlines() if x.startswith("*")]
    _, command = line.split("bin/gonghui ")

    assert ["*/10", "*", "*", "*", "*", "gonghui"] == line.split()[:6]
    assert is_command(shlex.split(command.split(">")[0]))


def test_the_task_for_windows_is_well_formed_and_never_doubles():
    """Every ten minutes, at once after a night off, one at a time, ASCII only."""
    data = (DEPLOY / "windows" / "gonghui-due.xml").read_bytes()
    task = ET.fromstring(data)

    def word(name: str) -> str:
        return task.findtext(f".//{TASK}{name}", default="")

    assert data.isascii()
    assert "PT10M" == word("Interval")
    assert "true" == word("StartWhenAvailable")
    assert "false" == word("WakeToRun")  # else the computer never sleeps
    assert "IgnoreNew" == word("MultipleInstancesPolicy")
    assert is_command(word("Arguments").split())


def test_the_second_task_for_windows_wakes_the_computer_once_a_day():
    """At six, by the same command, which decides itself whether anything is due."""
    task = ET.fromstring((DEPLOY / "windows" / "gonghui-wake.xml").read_bytes())
    due = ET.fromstring((DEPLOY / "windows" / "gonghui-due.xml").read_bytes())

    def word(name: str, of: ET.Element = task) -> str:
        return of.findtext(f".//{TASK}{name}", default="")

    assert ("true", "1") == (word("WakeToRun"), word("DaysInterval"))
    assert word("StartBoundary").endswith("T06:00:00")
    assert word("Arguments", due) == word("Arguments")


def test_the_desks_task_for_windows_stays_open_from_the_start_of_the_computer():
    """At each start, without an end, again when it failed, a real command."""
    task = ET.fromstring((DEPLOY / "windows" / "gonghui-desk.xml").read_bytes())

    def word(name: str) -> str:
        return task.findtext(f".//{TASK}{name}", default="")

    assert task.find(f".//{TASK}BootTrigger") is not None
    assert ("PT0S", "PT1M") == (word("ExecutionTimeLimit"), word("Interval"))
    assert is_command(word("Arguments").split())


def test_the_recipes_are_explained():
    """docs/schedule.md names every file of deploy/ that belongs to the schedule."""
    text = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
    files = [
        *UNITS,
        DEPLOY / "cron" / "gonghui",
        *sorted((DEPLOY / "windows").iterdir()),
    ]

    assert [] == [f for f in files if f.relative_to(ROOT).as_posix() not in text]
