"""The forms of a day whose worker is killed while it makes them, as real processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from story_store.job_results import JobState
from workflow.desk_office import make_acts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
PATIENCE = 500
ROOT = Path(__file__).resolve().parents[2]


def worker(office):
    """``python -m workflow.desk_worker``, as the desk starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "workflow.desk_worker", str(office.settings.file)],
        stdin=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )


def wait_for(store, state) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if {job.state for job in store.forms_jobs().values()} == {state}:
            return
        time.sleep(0.02)
    pytest.fail(f"waited in vain for {state}: {store.forms_jobs()}")


def test_a_killed_worker_makes_the_forms_at_its_next_start(lively):
    """kill -9 in the middle: the next one makes them, without what was withdrawn."""
    office = lively.office
    place = office.data / "releases" / office.now.date().isoformat()
    with office.store() as store:
        before = {f.relative_to(place) for f in place.rglob("*") if f.is_file()}
        number = store.submission(lively.accepted).story_id
        pages = make_acts(
            office, store, now=lambda: office.now, wake=lambda: None
        ).pages
        pages.withdraw(number, "何某", "当事人要求", office.now)
        between = [f for f in place.rglob("*") if f.is_file()]
        with worker(office) as first:
            wait_for(store, JobState.TAKEN)
            first.kill()
        with worker(office):
            wait_for(store, JobState.DONE)
        (job,) = store.forms_jobs().values()
    after = {f.relative_to(place) for f in place.rglob("*") if f.is_file()}

    assert [] == between
    assert 2 == job.tries
    # the story's cards and the pictures of its photo go with it
    assert {".jpg"} == {f.suffix for f in before - after}
    assert after < before
    assert not [f for f in after if f"card-{number}-" in f.name]
