"""A store as each schema step left it opens, migrates after a copy, and builds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from story_store.wholeness import DATABASE
from tests.story_store.schema_steps.keep_step import FOLDER, load_step
from workflow.building import build_trees

STEPS = sorted(
    file.stem
    for file in (Path(__file__).parents[2] / "story_store" / "migrations").glob("0*.py")
)
CARRIED = {"样板市总工会为户外劳动者新建五处驿站", "安福寺镇：36名焊工同台比武"}
MOST_BYTES = 60_000
TABLES = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"


def schema(database: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(database)) as store:
        return store.execute(TABLES).fetchall()


def test_d22_each_step_of_the_schema_has_its_fixture():
    """Whoever adds a migration keeps a store of it: ``keep_step`` says how."""
    kept = {file.stem: file.stat().st_size for file in FOLDER.glob("*.sql")}

    assert sorted(kept) == STEPS
    assert max(kept.values()) <= MOST_BYTES


@pytest.mark.parametrize("step", STEPS)
def test_d22_a_store_of_each_step_opens_migrates_and_builds(office, step):
    """D21, D22: what the older store held is shown, and its copy was kept before."""
    load_step(step, office.data)
    before = schema(office.data / DATABASE)

    with office.store() as store:
        headlines = {story.headline for story in store.stories()}
        (edition,) = store.editions()
        reports = build_trees(office, store)

    assert headlines >= CARRIED
    assert edition.release is not None
    assert not [fault for report in reports.values() for fault in report.faults]
    for tree in ("internal", "public"):
        front = (office.output / tree / "index.html").read_text(encoding="utf-8")
        assert [line for line in CARRIED if line in front], tree
    copies = sorted((office.data / "backups").glob("*-before-upgrade.sqlite3"))
    assert (step != STEPS[-1]) == bool(copies)
    assert [before] * len(copies) == [schema(copy) for copy in copies]


@pytest.mark.parametrize("step", STEPS[:-1])
def test_d22_a_migrated_store_has_the_tables_of_a_new_one(office, tmp_path, step):
    """D22: no index, column or trigger is missing that a store made today has."""
    load_step(step, office.data)
    load_step(STEPS[-1], tmp_path / "new")

    with office.store():
        pass

    names = [name for name, _ in schema(office.data / DATABASE)]
    assert names == [name for name, _ in schema(tmp_path / "new" / DATABASE)]
