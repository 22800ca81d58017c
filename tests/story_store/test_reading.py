"""The store read without Django says what the store says."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsroom.article import CHINA
from newsroom.body import Body
from newsroom.edition import Release
from newsroom.outline import edition_outline
from newsroom.report import RunReport
from newsroom.story import Appearance, Finding, FindingLevel, StoryState
from newsroom.taxonomy import Level, Tag
from story_store.reading import open_to_read
from story_store.store import Store
from story_store.wholeness import CHECKED, DATABASE


@pytest.fixture
def folder(tmp_path, make):
    """A store with all that pages can show, closed."""
    folder = tmp_path / "kept"
    with Store.open(folder, now=make.now) as store:
        place = Appearance(
            "hbzgh", "省总", Level.CITY, "http://a.example", "题", make.now
        )
        stories = [
            make.story(1),
            make.story(
                2,
                units=(Tag("afs", 9, ("安福寺",)), Tag("by", 3, (), doubtful=True)),
                topics=(Tag("xieshang", 5.5, ("协商",)),),
                published=make.now,
                has_time=True,
                appearances=(place,),
                findings=(Finding("rule", FindingLevel.WARN, "词", 0, 1, "请核对"),),
                notes=("一句话",),
                dead_links=("http://gone.example",),
            ),
            make.story(3, submission_number="报1122-AFS-01", own=True),
            make.story(4, event_day=date(2026, 11, 1), body=Body(())),
            make.story(5, first_seen=make.now.replace(microsecond=123456)),
        ]
        saved = [store.save_story(story, []) for story in stories]
        store.issue(make.edition(stories=saved[:2]))
        store.issue(make.edition(date(2026, 11, 21), number=2, total=2))
        store.issue(replace(make.edition(stories=saved[:3]), lead="换了导读"))
        run = store.start_run(make.now.date(), make.now)
        store.end_run(run, RunReport(make.now.date(), make.now, make.now, ()))
        store.start_run(make.now.date(), make.now)
    return folder


def told(store):
    """All that a build can ask of a store."""
    ids = [*store.story_digests(), 99]
    return {
        "revision": store.revision(),
        "report": store.latest_report(),
        "digests": store.story_digests(),
        "changes": store.story_changes(""),
        "outlines": list(store.story_outlines(ids)),
        "stories": store.stories(ids=ids),
        "some": store.stories(ids=[2, 99, 1, 2]),
        "released": store.has_released(),
        "days": store.edition_digests(),
        "editions": list(store.editions_of([*store.edition_digests()])),
        "in outline": list(store.edition_outlines([*store.edition_digests()])),
        "no day": list(store.editions_of([date(2001, 1, 1)])),
    }


def test_what_is_read_without_django_is_what_the_store_says(folder, make):
    """Every answer is the same, of every column."""
    with Store.open(folder, now=make.now) as store:
        expected = told(store)
    with open_to_read(folder) as reader:
        assert expected == told(reader)

    assert expected["stories"]
    assert expected["report"]
    assert expected["in outline"] == [
        edition_outline(edition, expected["days"][edition.day])
        for edition in expected["editions"]
    ]


def test_a_release_and_the_changes_since_are_told(folder, make):
    """A day let into the public tree, and the stories that were published by it."""
    with Store.open(folder, now=make.now) as store:
        place, _ = store.story_changes("")
        at = make.now.astimezone(CHINA) + timedelta(hours=1)
        store.release(date(2026, 11, 22), Release("何某", "周某", at, ""))
        changes, released = store.story_changes(place), store.has_released()

    with open_to_read(folder) as reader:
        assert changes == reader.story_changes(place)
        assert released
        assert reader.has_released()
        (story, *_) = reader.stories(ids=[1])
    assert {1, 2, 3} == changes.digests.keys()
    assert story.state is StoryState.PUBLISHED


def forget_note(folder):
    (folder / CHECKED).unlink()


def lengthen(folder):
    with (folder / DATABASE).open("ab") as file:
        file.write(b"\0")


def half_written(folder):
    (folder / f"{DATABASE}-journal").write_bytes(b"x")


def gone(folder):
    (folder / DATABASE).unlink()


@pytest.mark.parametrize("harm", [forget_note, lengthen, half_written, gone])
def test_a_doubtful_file_is_left_to_the_store(folder, harm):
    """It is not read before the store has looked at it."""
    harm(folder)

    assert open_to_read(folder) is None


@pytest.mark.parametrize("missing", ["0001_initial", "0099_of_a_newer_program"])
def test_a_store_of_another_step_is_left_to_the_store(
    folder, missing, tmp_path, monkeypatch
):
    """An older one is to be migrated, a newer one to be refused."""
    steps = tmp_path / "migrations"
    steps.mkdir()
    with open_to_read(folder):
        pass
    (steps / f"{missing}.py").touch()
    monkeypatch.setattr("story_store.reading._STEPS", steps)

    assert open_to_read(folder) is None


def test_reading_loads_no_django():
    """That is what it is for."""
    code = "import sys, story_store.reading; print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    assert done.stdout.split() == [b"False"]
