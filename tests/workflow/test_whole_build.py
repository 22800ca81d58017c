"""A build of whole trees in a small process leaves what the command itself would."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from site_builder.ground import settle
from story_store.wholeness import CHECKED
from workflow.cli import run
from workflow.lasting import read_lasting
from workflow.unchanged import read_standing
from workflow.whole_build import whole_build

MOMENT = "2026-09-21T08:00"


@pytest.fixture
def arguments(lively):
    """A build of the office, of which nothing stands yet."""
    config = str(lively.office.settings.file)
    return ["build", "--config", config, "--as-of", MOMENT]


def alone(code, arguments):
    """What a process of its own prints that runs this code."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )


def forget_built(office):
    shutil.rmtree(office.output, ignore_errors=True)
    shutil.rmtree(office.data / "build", ignore_errors=True)


def files(office):
    return {
        file.relative_to(office.output).as_posix(): file.read_bytes()
        for file in office.output.rglob("*")
        if file.is_file()
    }


def test_the_same_trees_as_the_command_makes(lively, arguments):
    """Byte for byte, with neither Django nor pydantic in the process that builds."""
    forget_built(lively.office)
    assert run(arguments) == 0
    expected = files(lively.office)
    forget_built(lively.office)
    heavy = "{'django', 'pydantic', 'typer', 'rich', 'config'}"
    code = (
        "import sys; from workflow.__main__ import main; main();"
        f"print(sorted({heavy} & set(sys.modules)))"
    )

    done = alone(code, arguments)

    *said, loaded = done.stdout.splitlines()
    assert loaded == "[]"
    assert len(said) == 2
    assert expected == files(lively.office)


def unknown_key(office):
    file = office.settings.file
    file.write_text(file.read_text("utf-8") + "\n[unheard]\nof = 1\n", encoding="utf-8")


def unchecked_store(office):
    with office.store():
        pass
    (office.data / CHECKED).unlink()


@pytest.mark.parametrize("harm", [unknown_key, unchecked_store])
def test_whatever_is_unusual_is_left_to_the_command(office, harm):
    """It says itself what is wrong; nothing is said or built before."""
    with office.store():
        pass
    harm(office)
    code = "import sys; from workflow.whole_build import *; "
    code += "print(whole_build(sys.argv[1:]))"

    done = alone(code, ["build", "--config", str(office.settings.file)])

    assert (done.stdout, done.stderr) == ("[]\n", "")
    assert not office.output.exists()


@pytest.mark.parametrize("more", [["--unknown"], ["--as-of", "neulich"], []])
def test_other_commands_are_left_alone(office, more):
    """Only a plain build of an office with a store is done so."""
    config = str(office.settings.file)

    assert whole_build(["build", "--config", config, *more]) == []
    assert whole_build(["morning", "--config", config]) == []


def test_the_hashes_of_settings_are_kept_for_the_next_build(lively, arguments):
    """The next small build need not read all templates: what is kept is settled."""
    forget_built(lively.office)

    alone("from workflow.__main__ import main; main()", arguments)

    standing = read_standing(lively.office.settings.file, MOMENT)
    lasting = read_lasting(lively.office.data, standing.ground)
    assert lasting.given.settled == settle(lasting.given)
