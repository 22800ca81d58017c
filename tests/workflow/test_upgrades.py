"""A store of each earlier schema step opens, migrates after a copy, and builds."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from site_builder.given import Audience
from story_store.opening import APP
from story_store.setup import configure, release
from story_store.wholeness import DATABASE
from workflow.building import build_tree

STEPS = sorted(
    file.stem
    for file in (Path(__file__).parents[2] / "story_store" / "migrations").glob("0*.py")
)


def step_back(folder: Path, step: str) -> None:
    """Bring a store back to how this step of the schema had it."""
    alias = configure(folder / DATABASE)
    try:
        executor = MigrationExecutor(connections[alias])
        executor.migrate([(APP, step)])
    finally:
        release(alias)


@pytest.mark.parametrize("step", STEPS)
def test_d22_a_store_of_each_step_opens_migrates_and_builds(lively, step):
    """D21, D22: what the older store held is shown, and its copy was kept before."""
    office = lively.office
    with office.store() as store:
        editions = store.editions()
        headlines = [story.headline for story in store.stories()]
    step_back(office.data, step)
    shutil.rmtree(office.output)

    with office.store() as store:
        report = build_tree(office, store, Audience.INTERNAL)
        assert editions == store.editions()

    assert headlines
    assert not report.faults
    front = (office.output / "internal" / "index.html").read_text(encoding="utf-8")
    assert headlines[0] in front
    copies = sorted((office.data / "backups").glob("*-before-upgrade.sqlite3"))
    assert (step != STEPS[-1]) == bool(copies)
    for copy in copies:
        with closing(sqlite3.connect(copy)) as old:
            assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
