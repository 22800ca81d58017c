"""Runs: every run is on record, cut short ones too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsroom.errors import NotFound
from newsroom.report import RunReport
from newsroom.source import SourceReport, SourceState

DAY = date(2026, 11, 22)


@pytest.fixture
def report(make):
    source = SourceReport(
        "hbzgh", "湖北工会网", "省级工会", SourceState.NORMAL, listed=20, new=3
    )
    return RunReport(DAY, make.now, make.now + timedelta(minutes=5), (source,))


def test_a_run_and_its_report_are_kept(store, make, report):
    """The report of a run comes back, and is the latest."""
    run_id = store.start_run(DAY, make.now)
    store.end_run(run_id, report)

    (run,) = store.runs(5)

    assert (run_id, make.now, report) == (run.id, run.started_at, run.report)
    assert report == store.latest_report()


def test_a_run_cut_short_has_no_report(store, make, report):
    """A run that never ended is on record; the latest report is the one before."""
    store.end_run(store.start_run(DAY, make.now), report)
    store.start_run(DAY, make.now)

    assert [None, report] == [run.report for run in store.runs(5)]
    assert report == store.latest_report()


def test_a_source_has_its_history(store, make, report):
    """A source's figures come back by run, newest first, within the days asked."""
    later = make.now + timedelta(days=1)
    for at, new in ((make.now, 3), (later, 5)):
        sources = (replace(report.sources[0], new=new, last_good=at),)
        store.end_run(store.start_run(DAY, at), replace(report, sources=sources))

    history = store.source_history("hbzgh", days=3, now=later)

    assert [(5, later), (3, make.now)] == [(h.new, h.last_good) for h in history]
    assert len(store.source_history("hbzgh", days=0, now=later)) == 1


def test_ending_a_run_twice_keeps_the_later_report(store, make, report):
    """A report told again replaces the earlier one."""
    run_id = store.start_run(DAY, make.now)
    for written in (1, 2):
        store.end_run(run_id, replace(report, files_written=written))

    assert store.latest_report().files_written == 2
    assert len(store.source_history("hbzgh", days=1, now=make.now)) == 1


def test_an_unknown_run_is_a_sentence(store, report):
    """A run that was not started cannot end."""
    with pytest.raises(NotFound, match="没有编号为 3 的运行"):
        store.end_run(3, report)


def test_no_run_no_report(store):
    """An empty store has no report."""
    assert store.latest_report() is None
