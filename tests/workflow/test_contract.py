"""The contract of a morning with faulty sources, C1 to C7; C8 is test_fault_ids.py."""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from crawler.job import LoopbackPermit
from newsroom.article import CHINA
from newsroom.source import FaultClass, SourceState
from tests.crawler import hostile
from tests.crawler.conftest import listing
from tests.workflow.many_sites import NOW, headline, make_office, site

DELAY = 0.05
POISON = "毒页"
GOOD = ("g1", "g2")
BAD = ("b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8")
AT_ONCE = {"recheck_days": 0}
CAPTCHA = "<title>访问验证</title><p>请完成安全验证后继续访问</p>"


def calendar(number: int) -> bytes:
    """A list that always leads on to one more page of rows."""
    rows = "".join(
        f'<li><a href="/b8/{number}-{n}.html">{POISON}第{number}页第{n}条日程安排</a>'
        "<span>2026-09-21</span></li>"
        for n in range(40)
    )
    return listing(
        rows, f'<a class="next" href="/b8/list_{number + 1}.html">下一页</a>'
    )


def faulty_pages() -> dict[str, object]:
    """Next morning: the good ones have one article more, the others a fault each."""
    torn = hostile.response(listing(f"<li>{POISON}</li>"))
    days = {f"/b8/list_{n}.html": calendar(n) for n in range(2, 9)}
    return (
        site("g1", range(1, 5), "2026-09-21")
        | site("g2", range(11, 15), "2026-09-21")
        | {
            "/b1/list.html": hostile.raw(reset=True),
            "/b2/list.html": hostile.raw(hang=4),
            "/b3/list.html": hostile.status(403),
            "/b4/list.html": f"<html>{CAPTCHA}{POISON}</html>".encode(),
            "/b5/list.html": hostile.raw(torn[:-30]),
            "/b6/list.html": hostile.endless(b"HTTP/1.1 200 X\r\n\r\n<html>"),
            "/b7/list.html": hostile.status(
                301, ("Location", "http://www.example.com/")
            ),
            "/b8/list.html": calendar(1),
        }
        | days
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory, nursery):
    """A good morning, then one with eight faulty sources; and one without them."""
    first = {}
    for number, id_ in enumerate((*GOOD, *BAD)):
        first |= site(id_, range(10 * number + 1, 10 * number + 4))
    with hostile.serving(first) as server:
        folder = tmp_path_factory.mktemp("contract")
        office = make_office(folder, server, (*GOOD, *BAD), nursery, AT_ONCE)
        permit = LoopbackPermit(frozenset({server.port}), DELAY)
        office.office = replace(office.office, loopback=permit)
        calm = make_office(
            tmp_path_factory.mktemp("calm"), server, GOOD, nursery, AT_ONCE
        )
        before = office.morning()
        calm.morning()
        stories = {s.id: s for s in office.stories()}
        server.pages |= faulty_pages()
        asked, began = len(server.requests), time.monotonic()
        after = office.morning(1)
        took = time.monotonic() - began
        asked_then = server.requests[asked:]
        calm.morning(1)
        yield SimpleNamespace(
            office=office,
            calm=calm,
            before=before,
            stories=stories,
            after=after,
            took=took,
            requests=asked_then,
        )


def reports(run, ids):
    return [s for s in run.after.report.sources if s.source_id in ids]


def of_sources(office, ids):
    return {
        (s.headline, s.body, s.published, s.excerpt, s.units, s.topics)
        for s in office.stories()
        if s.first.source_id in ids
    }


def test_c1_the_other_sources_items_are_as_without_the_faults(run):
    """C1: what the good sources gave is the same, item for item."""
    assert of_sources(run.calm, GOOD) == of_sources(run.office, GOOD)
    assert len(of_sources(run.office, GOOD)) == 8
    assert [SourceState.NORMAL] * 2 == [s.state for s in reports(run, GOOD)]


def test_c2_no_failed_fetch_empties_or_deletes_an_item(run):
    """C2: every story of the day before is as it was."""
    now = {s.id: s for s in run.office.stories()}

    assert len(run.stories) == 30
    assert run.stories == {id_: now[id_] for id_ in run.stories}


def test_c3_every_fault_is_in_the_report(run):
    """C3: class from the closed list, count, last good time, one Chinese sentence."""
    found = {s.source_id: s for s in reports(run, BAD)}

    assert {
        "b1": FaultClass.BROKEN,
        "b2": FaultClass.TIMEOUT,
        "b3": FaultClass.REFUSED,
        "b4": FaultClass.BLOCKED,
        "b5": FaultClass.BROKEN,
        "b6": FaultClass.TOO_LARGE,
        "b7": FaultClass.MOVED,
    } == {id_: s.losses[0].fault for id_, s in found.items() if id_ != "b8"}
    for id_ in BAD[:7]:
        assert found[id_].failed >= 1
        assert found[id_].last_good == NOW.astimezone(CHINA)
        assert re.search(r"[\u4e00-\u9fff]{4}", found[id_].sentence)
        assert "Traceback" not in found[id_].sentence


def test_c4_every_source_and_the_run_are_bounded(run):
    """C4: at most 120 requests and 50 new items a source, and the run ends."""
    for one in run.after.report.sources:
        assert one.requests <= 120
        assert one.new <= 50
    assert run.took < 60


def test_c5_the_crawl_is_polite(run):
    """C5: each request at its distance from the one before; no knocking at a captcha.

    That two sources of one host take turns is test_launch.py's: a permit for loopback
    parts the sources of one server.
    """
    times = {id_: [r.at for r in run.requests if f"/{id_}/" in r.path] for id_ in GOOD}
    gaps = [b - a for at in times.values() for a, b in itertools.pairwise(at)]
    paths = [request.path for request in run.requests]

    assert min(gaps) >= DELAY * 0.5
    assert [paths.count(f"/{id_}/list.html") for id_ in ("b3", "b4", "b7")] == [1, 1, 1]


def test_c6_nothing_of_a_fault_page_becomes_an_item(run):
    """C6: no poison in the store, nor on the page."""
    told = [s for s in run.office.stories() if POISON in s.headline + s.body.text]

    assert told == []
    assert POISON not in run.office.front


def test_c7_the_exit_code_tells(run, tmp_path, nursery, monkeypatch):
    """C7: 0 all good, 10 sources failed but the page is built, 30 the build failed."""

    def fail(*_given):
        raise OSError("disk")

    monkeypatch.setattr("workflow.morning.build_tree", fail)
    with hostile.serving(site("g1")) as server:
        unbuilt = make_office(tmp_path, server, ["g1"], nursery).morning()

    codes = [m.report.exit_code for m in (run.before, run.after, unbuilt)]
    assert codes == [0, 10, 30]
    assert headline("g1", 4) in run.office.front
