"""In time: the crawl stops for the edition, a late start is said, a stop is clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from newsroom.article import CHINA
from newsroom.source import FaultClass, SourceState
from tests.workflow.slow_site import address, office_of, slow_site
from workflow.logbook import read_log
from workflow.morning import MorningPlan, run_morning
from workflow.run_lock import is_running
from workflow.timeliness import collect_until, late_note

NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)
DUE = NOW.replace(hour=8).time()
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("started", "stops"),
    [("06:00", "06:30"), ("07:35", "07:50"), ("07:50", "08:10"), ("09:02", "09:22")],
)
def test_a_run_collects_until_ten_minutes_before_it_is_due(started, stops):
    """Half an hour at most, T-10 if that is sooner, twenty minutes when it is late."""
    hour, minute = map(int, started.split(":"))
    until = collect_until(NOW.replace(hour=hour, minute=minute), DUE)

    assert stops == f"{until:%H:%M}"


def test_d17_a_late_start_is_said():
    """D17: the machine slept at six and came back at nine: the report says so."""
    note = late_note(NOW, NOW + timedelta(hours=3, minutes=2))

    assert "应在 06:00 开始，09:02 才开始，晚了 3 小时 2 分" in note
    assert not late_note(NOW, NOW + timedelta(minutes=5))
    assert not late_note(None, NOW)


def test_f74_the_edition_comes_out_in_time_with_what_is_there(make_config):
    """At the deadline a source that still reads is stopped, named; pages are built."""
    with slow_site() as site:
        office = office_of(make_config(address(site)), site)
        plan = MorningPlan(collect_until=office.now + timedelta(seconds=4))
        began = time.monotonic()
        result = run_morning(office, plan, clock=lambda: office.now)
        took = time.monotonic() - began

    (source,) = (s for s in result.report.sources if s.source_id == "lanmu")
    assert took < 45
    assert [FaultClass.DEADLINE] == [loss.fault for loss in source.losses]
    assert "到了编报的时间" in source.losses[0].sentence
    assert SourceState.PARTIAL is source.state  # cut short, not out of reach
    assert result.edition is not None
    assert result.build is not None
    assert result.report.exit_code == 10


def test_f74_a_source_that_waits_beyond_the_deadline_is_not_started(make_config):
    """When the time is over before a source's turn it is not asked, and is named."""
    with slow_site() as site:
        office = office_of(make_config(address(site)), site)
        result = run_morning(
            office, MorningPlan(collect_until=office.now), clock=lambda: office.now
        )
        asked = site.asked.is_set()

    (source,) = (s for s in result.report.sources if s.source_id == "lanmu")
    assert not asked
    assert "到了编报的时间" in source.losses[0].sentence
    assert SourceState.PARTIAL is source.state


def test_a_run_writes_its_log(make_config):
    """Each run leaves one log with its steps, its sources and its end."""
    with slow_site() as site:
        office = office_of(make_config(address(site)), site)
        plan = MorningPlan(collect_until=office.now, planned=NOW - timedelta(hours=1))
        run_morning(office, plan, clock=lambda: office.now)

    (file,) = (office.data / "logs").iterdir()
    events = read_log(file)
    assert ["start", "step"] == [event["event"] for event in events[:2]]
    assert {"lanmu", "queren"} == {
        e["source"] for e in events if e["event"] == "source"
    }
    assert "迟到" in events[-1]["notes"][0]


CHILD = """
import sys
from dataclasses import replace
import workflow.office
from crawler.job import LoopbackPermit
from workflow.cli import main
permit = LoopbackPermit(frozenset({int(sys.argv[2])}))
opened = workflow.office.open_office
workflow.office.open_office = lambda *given: replace(opened(*given), loopback=permit)
main(["morning", "-c", sys.argv[1], "--as-of", "2026-09-21"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_d08_a_run_that_is_asked_to_stop_stops_clean(make_config, sent):
    """D08: SIGTERM or Ctrl-C ends run and children in ten seconds, the lock is free."""
    with slow_site() as site:
        config_file = make_config(address(site))
        process = subprocess.Popen(
            [sys.executable, "-c", CHILD, config_file, str(site.server_address[1])],
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert site.asked.wait(120)
        began = time.monotonic()
        process.send_signal(sent)
        _, errors = process.communicate(timeout=60)
        took = time.monotonic() - began

    data = config_file.parent / "data"
    assert process.returncode == 130
    assert took < 45
    assert "已中止" in errors.decode()
    assert not is_running(data)
    (log,) = (data / "logs").iterdir()
    assert read_log(log)[-1]["error"] == "KeyboardInterrupt"
