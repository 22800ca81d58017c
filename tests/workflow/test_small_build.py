"""A build that changes little loads little, and leaves what a full one would."""

from __future__ import annotations

import os
import pathlib
import random
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from newsroom.story import StoryState
from newsroom.taxonomy import Tag
from site_builder.build import build_site
from site_builder.libraries import installed_versions
from story_store.wholeness import CHECKED, is_noted
from workflow.__main__ import quick_build
from workflow.building import TREES, site_given
from workflow.cli import run
from workflow.clock import read_as_of
from workflow.lasting import FILE, keep_lasting, read_lasting
from workflow.run_lock import run_lock
from workflow.unchanged import nothing_changed

MOMENT = "2026-09-25T08:00"
NUMBERS = count(1)


@pytest.fixture
def arguments(lively):
    """What was built just now, to be built again."""
    arguments = ["build", "--config", str(lively.office.settings.file)]
    arguments += ["--as-of", MOMENT]
    assert run(arguments) == 0
    return arguments


def edit(store, story, _dice):
    words = f"{story.headline}（{next(NUMBERS)}改）"
    store.save_story(replace(story, headline=words), ())


def move(store, story, dice):
    state = dice.choice(list(StoryState))
    store.set_story_state(story.id, state, reason="试", at=story.first_seen)


def add(store, story, _dice):
    words = f"{story.headline}（{next(NUMBERS)}）"
    store.save_story(replace(story, id=0, submission_number=None, headline=words), ())


def retag(store, story, dice):
    tags = (Tag(dice.choice(["afs", "by", "dongshi"]), 9, ()),)
    store.save_story(replace(story, units=tags), ())


def issue(store, story, _dice):
    (last, *_) = store.editions(limit=1)
    numbers = {"number": last.number + 1, "total": last.total + 1}
    day = last.day + timedelta(days=1)
    store.issue(replace(last, day=day, release=None, **numbers, lead=story.headline))


def report(store, story, _dice):
    run_id = store.start_run(story.first_seen.date(), story.first_seen)
    store.end_run(run_id, store.latest_report())


def files(tree):
    """The files of a tree but those of the search, which may be parted anyhow."""
    return {
        file.relative_to(tree).as_posix(): file.read_bytes()
        for file in tree.rglob("*")
        if file.is_file() and file.parent.name != "search"
    }


def built_anew(office, folder):
    """What a first build makes of the office, by the name of the tree."""
    now = replace(office, now=read_as_of(MOMENT))
    made = {}
    with now.store() as store:
        for audience, name in TREES.items():
            given_now = site_given(now, store)
            build_site(given_now, audience, folder / name, folder / "work" / name)
            made[name] = files(folder / name)
    return made


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],  # a seed does not shrink
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(
    st.lists(
        st.sampled_from([edit, move, add, retag, issue, report]),
        min_size=3,
        max_size=4,
    ),
    st.integers(0, 2**32),
)
def test_small_builds_leave_what_full_ones_would(
    lively, arguments, tmp_path_factory, changes, seed
):
    """After any changes both trees are, to the byte, what a first build would make."""
    office, dice = lively.office, random.Random(seed)
    for change in changes:
        with office.store() as store:
            stories = sorted(store.stories(), key=lambda story: story.id)
            change(store, dice.choice(stories), dice)
        assert quick_build(arguments)

        for name, full in built_anew(office, tmp_path_factory.mktemp("full")).items():
            assert full == files(office.output / name)


def test_a_store_that_the_desk_keeps_open_is_read_all_the_same(lively, arguments):
    """Noted after a write of the open store, it needs no check and no Django."""
    with lively.office.store() as store:
        stories = sorted(store.stories(), key=lambda story: story.id)
        edit(store, stories[0], None)
        assert not is_noted(lively.office.data)

        store.note_standing()

        assert is_noted(lively.office.data)
        assert quick_build(arguments)


def test_a_small_build_loads_little_and_says_what_a_build_says(lively, arguments):
    """Neither Django, pydantic, Typer nor icalendar; and nothing is left to do."""
    change_a_story(lively)
    heavy = "{'django', 'pydantic', 'typer', 'rich', 'icalendar', 'config'}"
    code = (
        "import sys; from workflow.__main__ import main; main();"
        f"print(sorted({heavy} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )

    *said, loaded = done.stdout.splitlines()
    assert loaded == "[]"
    assert len(said) == 2
    assert all("更新 0 个" not in line for line in said)
    assert nothing_changed(arguments)


def test_only_files_that_differ_are_written(lively, arguments):
    """The times of all others are as they were."""
    before = {file: file.stat().st_mtime_ns for file in tree_of(lively)}
    contents = {file: file.read_bytes() for file in before}
    change_a_story(lively)

    said = quick_build(arguments)

    touched = [f for f in before if f.exists() and f.stat().st_mtime_ns != before[f]]
    assert said
    assert touched
    assert all(file.read_bytes() != contents[file] for file in touched)
    assert len(touched) < len(before) / 2


@pytest.mark.parametrize("harm", ["lost", "same size", "cut"])
def test_a_file_touched_behind_our_back_is_mended_too(lively, arguments, harm):
    """One that the change has nothing to do with, while a story changes."""
    page = lively.office.output / "internal" / "404.html"
    right = page.read_bytes()
    if harm == "lost":
        page.unlink()
    else:
        page.write_bytes(b"" if harm == "cut" else b"x" * len(right))
    change_a_story(lively)

    assert quick_build(arguments)
    assert right == page.read_bytes()


def change_a_story(lively):
    with lively.office.store() as store:
        (story, *_) = store.stories()
        edit(store, story, None)


def tree_of(lively):
    return [file for file in lively.office.output.rglob("*") if file.is_file()]


def forget_settings(lively):
    (lively.office.data / FILE).unlink()


def harm_settings(lively):
    file = lively.office.data / FILE
    file.write_bytes(file.read_bytes()[:-1] + b"x")


def other_settings(lively):
    file = lively.office.settings.file
    file.write_text(file.read_text("utf-8") + "\n# 注\n", encoding="utf-8")


def unchecked_store(lively):
    (lively.office.data / CHECKED).unlink()


def left_note(lively):
    (lively.office.data / "run.json").write_text("{}", "utf-8")


@pytest.mark.parametrize(
    "change",
    [forget_settings, harm_settings, other_settings, unchecked_store, left_note],
)
def test_whatever_is_unusual_is_left_to_the_build(lively, arguments, change):
    """Settings and the store are looked at by those who know how."""
    change_a_story(lively)
    change(lively)

    assert quick_build(arguments) == []
    assert run(arguments) == 0


def test_an_upgraded_library_is_left_to_the_build(lively, arguments, monkeypatch):
    """It may show the same stories in other bytes."""
    change_a_story(lively)
    others = {**installed_versions(), "jinja2": "99.0"}
    monkeypatch.setattr("workflow.unchanged.installed_versions", lambda: others)

    assert quick_build(arguments) == []


@pytest.mark.parametrize(
    "call",
    [
        (os.system, ("exit 3",)),
        (getattr, (pathlib.PurePath, "joinpath")),
        (eval, ("1",)),
    ],
)
def test_kept_settings_call_nothing(tmp_path, call):
    """Whoever could write the file, seal and all, still runs nothing by it."""

    class Hostile:
        def __reduce__(self):
            return call

    (tmp_path / FILE).parent.mkdir()
    keep_lasting(SimpleNamespace(data=tmp_path, more=Hostile()), "stamp")

    assert (tmp_path / FILE).is_file()
    assert read_lasting(tmp_path, "stamp") is None


def test_never_beside_another_run(lively, arguments):
    """The build itself says who is at work."""
    change_a_story(lively)

    with run_lock(lively.office.data, lively.office.now):
        (lively.office.data / "run.json").unlink()
        assert quick_build(arguments) == []
        (lively.office.data / "run.json").touch()


def test_a_page_with_a_fault_is_left_to_the_build(lively, arguments, capfd):
    """It tells the fault and ends with 30."""
    with lively.office.store() as store:
        (story, *_) = store.stories(submissions=True)
        store.save_story(replace(story, headline=" "), ())

    assert quick_build(arguments) == []
    assert run(arguments) == 30
    assert "没有标题" in capfd.readouterr().err
