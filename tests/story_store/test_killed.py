"""Kill the take-in anywhere and run it again: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import signal
from datetime import date

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from newsroom.review import office_path
from newsroom.submission import SubmissionState
from story_store import opening
from story_store.opening import APP
from story_store.setup import configure, release
from story_store.store import Store
from story_store.wholeness import DATABASE

DAY = date(2026, 11, 22)
ARTICLES = 4

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def take_in(folder, make, *, stop_at=None):
    """One run: pages, articles, stories, a submission, an edition.

    ``stop_at`` kills the process with SIGKILL before its n-th SQL statement.
    """
    with Store.open(folder, now=make.now) as store:
        if stop_at is not None:
            kill_before_statement(store.alias, stop_at)
        run_id = store.start_run(DAY, make.now)
        spool = folder / "spool-part.warc.gz"
        store.keep_warc(spool, day=DAY, source_id="hbzgh", run_id=1)
        for number in range(ARTICLES):
            article = make.article(number)
            saved = make.save(store, article)
            store.add_fingerprint(saved.id, frozenset({number, 99}))
        for kept in store.unstoried():
            headline = kept.article.headline
            store.save_story(make.story(headline=headline), [kept.id])
        sub = store.add_submission(make.submission(), day=DAY)
        if sub.state is not SubmissionState.FINAL_OK:
            for state in office_path(sub.state):
                store.move_submission(sub.number, state, by="张三", at=make.now)
        store.save_story(make.story(submission_number=sub.number), [])
        store.issue(make.edition(stories=store.stories()))
        return run_id


def kill_before_statement(alias, number):
    left = [number]

    def count(statement):
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    connections[alias].ensure_connection()
    connections[alias].connection.set_trace_callback(count)


def run_killed(folder, make, number):
    """Whether the child was killed; False when it came to its end before."""
    child = os.fork()
    if child == 0:
        take_in(folder, make, stop_at=number)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def what_is_kept(folder, make):
    with Store.open(folder, now=make.now) as store:
        ids = {kept.id for s in store.stories() for kept in store.articles_of(s.id)}
        (sub,) = store.submissions()
        return (
            sorted(story.headline for story in store.stories()),
            len(ids),
            store.unstoried(),
            len(store.known_pages("hbzgh", since=DAY)),
            sorted(store.sharing(frozenset({99}), since=make.now).values()),
            [step.after for step in store.submission_steps(sub.number)],
            [warc.path.read_bytes() for warc in store.warcs_of(DAY)],
            [(e.number, e.total) for e in store.editions()],
        )


def new_folder(base, name):
    folder = base / name
    folder.mkdir()
    (folder / "spool-part.warc.gz").write_bytes(b"pages")
    return folder


@pytest.mark.slow
def test_d02_a_run_killed_anywhere_and_done_again_is_whole(tmp_path, make):
    """Killed before any 7th statement, the next run leaves what one run leaves."""
    whole = new_folder(tmp_path, "whole")
    take_in(whole, make)
    expected = what_is_kept(whole, make)

    killed = 0
    for number in range(1, 400, 7):
        folder = new_folder(tmp_path, f"killed{number}")
        if not run_killed(folder, make, number):
            break
        killed += 1
        take_in(folder, make)

        assert expected == what_is_kept(folder, make), f"statement {number}"
    assert killed > 10


@pytest.mark.slow
def test_d02_a_run_killed_many_times_still_ends(tmp_path, make):
    """Killed ever later again and again in one folder, the work gets done once."""
    whole = new_folder(tmp_path, "whole")
    take_in(whole, make)
    folder = new_folder(tmp_path, "unlucky")
    for number in (3, 11, 19, 37, 60, 90):
        run_killed(folder, make, number)

    take_in(folder, make)

    assert what_is_kept(whole, make) == what_is_kept(folder, make)


def make_older(folder):
    """A store of the first version."""
    folder.mkdir()
    alias = configure(folder / DATABASE)
    MigrationExecutor(connections[alias]).migrate([(APP, "0001_initial")])
    release(alias)


def open_killed(folder, make, number):
    """Whether opening, and so migrating, was killed before its n-th statement."""
    child = os.fork()
    if child == 0:

        def armed(database):
            alias = configure(database)
            kill_before_statement(alias, number)
            return alias

        opening.configure = armed
        Store.open(folder, now=make.now).close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.slow
def test_d22_a_migration_killed_anywhere_is_completed_by_the_next_start(tmp_path, make):
    """D22: killed before any 8th statement, an older store opens and is whole."""
    killed = 0
    for number in range(2, 2000, 8):
        folder = tmp_path / f"older{number}"
        make_older(folder)
        if not open_killed(folder, make, number):
            break
        killed += 1
        with Store.open(folder, now=make.now) as store:
            assert store.submissions() == store.stories() == ()
        assert any((folder / "backups").glob("*-before-upgrade.sqlite3"))
    assert killed > 5
