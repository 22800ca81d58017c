"""A build that has nothing to do is told at once, and only then."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from newsroom.story import StoryState
from workflow.cli import run
from workflow.unchanged import nothing_changed

MOMENT = "2026-09-21T08:00"


@pytest.fixture
def arguments(lively):
    """What was built just now, to be built again."""
    arguments = ["build", "--config", str(lively.office.settings.file)]
    arguments += ["--as-of", MOMENT]
    assert run(arguments) == 0
    return arguments


def test_nothing_changed_is_said_as_a_build_would(arguments, capsys):
    """The same words as those of the build, for both trees."""
    capsys.readouterr()
    said = nothing_changed(arguments)
    run(arguments)

    told = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert told == said


def test_an_office_whose_rules_lie_elsewhere_is_seen_as_well(lively, arguments):
    """As the demonstration's, which uses those of the program."""
    file = lively.office.settings.file
    rules = (file.parent / "config").rename(file.parent / "rules")
    keys = {one.stem.removeprefix("story_"): one.name for one in rules.glob("*.toml")}
    named = (f'{key} = "rules/{name}"' for key, name in keys.items())
    file.write_text("\n".join([file.read_text("utf-8"), "[rules]", *named]), "utf-8")
    assert run(arguments) == 0

    assert 2 == len(nothing_changed(arguments))


def test_the_door_loads_neither_settings_nor_the_store(arguments):
    """``python -m workflow build`` needs neither Django, pydantic nor Typer for it."""
    code = (
        "import sys; sys.argv[1:] = sys.argv[1:];"
        "from workflow.__main__ import main; main();"
        "print(sorted({'django', 'pydantic', 'typer', 'jinja2'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )

    *said, loaded = done.stdout.splitlines()
    assert loaded == "[]"
    assert nothing_changed(arguments) == said


def touch_settings(lively):
    file = lively.office.settings.file
    file.write_text(file.read_text("utf-8") + "\n# 注\n", encoding="utf-8")


def touch_rules(lively):
    file = lively.office.settings.folder / "config" / "units.toml"
    os.utime(file, ns=(1, 1))


def change_story(lively):
    with lively.office.store() as store:
        (story, *_) = store.stories()
        store.set_story_state(
            story.id, StoryState.WITHDRAWN, reason="试", at=lively.office.now
        )


def lose_page(lively):
    (lively.office.output / "public" / "index.html").unlink()


def touch_page(lively):
    file = lively.office.output / "internal" / "status.html"
    file.write_bytes(b"x" * file.stat().st_size)


def harm_manifest(lively):
    work = lively.office.data / "build"
    (manifest,) = (work / "public").rglob("manifest.sqlite3")
    manifest.write_bytes(manifest.read_bytes()[:-1])


def harm_note(lively):
    (lively.office.data / "build" / "unchanged.json").write_text("[", "utf-8")


def new_picture(lively):
    (lively.office.data / "pictures" / "new.jpg").write_bytes(b"x")


def new_form(lively):
    day = lively.office.now.date().isoformat()
    folder = lively.office.data / "releases" / day / "public"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{day}.pdf").write_bytes(b"%PDF")
    os.utime(folder, ns=(1, 1))


def other_run(lively):
    (lively.office.data / "run.json").write_text("{}", "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        touch_settings,
        touch_rules,
        change_story,
        lose_page,
        touch_page,
        harm_manifest,
        harm_note,
        new_picture,
        new_form,
        other_run,
    ],
)
def test_whatever_changed_is_left_to_the_build(lively, arguments, change):
    """Settings, rules, stories, files, pictures: the build looks for itself."""
    assert nothing_changed(arguments)

    change(lively)

    assert nothing_changed(arguments) == []


@pytest.mark.parametrize(
    "more",
    [
        ["--as-of", "2026-09-22T08:00"],
        ["--as-of", "明天"],
        ["--config", "nowhere.toml"],
        ["--help"],
        ["--config"],
        ["--colour", "red"],
    ],
)
def test_another_day_or_a_wrong_command_is_left_to_the_build(arguments, more):
    """The age in days stands on a page; and what is wrong is said by the command."""
    assert nothing_changed([*arguments, *more]) == []


def test_another_command_is_none_of_its_business(arguments):
    """Only a build is answered."""
    assert nothing_changed(["morning", *arguments[1:]]) == []
    assert nothing_changed([]) == []
