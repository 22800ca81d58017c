"""How sources fare from run to run: states with names, silences with rhythms, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

import workflow.office
from config import load_settings
from crawler.job import LoopbackPermit
from newsroom.article import CHINA
from newsroom.editions import source_line
from newsroom.source import SourceReport, SourceState
from tests.workflow.paper_site import PaperSite, whole_site
from workflow.cli import run
from workflow.office import Office
from workflow.source_health import judge_source, report_sources
from workflow.source_rhythm import find_silence, health_notes, rests
from workflow.source_samples import sample_folder, save_sample
from workflow.take_in import TakenIn

NOW = datetime(2026, 9, 24, 6, tzinfo=CHINA)


def history(last: int) -> SimpleNamespace:
    """A store whose source gave two articles each day until so many days ago."""
    days = [NOW - timedelta(days=n) for n in range(last, 45) for _ in range(2)]
    return SimpleNamespace(source_days=lambda *_, **__: [(day, day) for day in days])


def judge(office, **known):
    return judge_source(
        office.settings.sources[0],
        "枝江",
        TakenIn("lanmu", end=SimpleNamespace(listed=8, requests=3)),
        filtered=0,
        last_good=None,
        last_new=NOW,
        now=NOW,
        **known,
    )


def test_a_silent_source_is_told_with_its_rhythm(office):
    """The morning line says how long a source is silent and what it usually gives."""
    calendar = office.settings.rules.calendar
    found = find_silence(history(4), "lanmu", NOW.date(), calendar)

    report = judge(office, silence=found)

    assert report.state is SourceState.SILENT
    good = SourceReport("a", "甲网", "省", SourceState.NORMAL)
    assert source_line([good, report]) == (
        "2个来源1个正常；样板工会网：3天无新稿（平日每天2.0篇）"
    )
    assert find_silence(history(1), "lanmu", NOW.date(), calendar) is None


def test_odd_values_are_a_changed_layout(office):
    """New articles that look unlike all earlier ones say 改版了."""
    report = judge(office, odd="正文明显变短")

    assert report.state is SourceState.CHANGED
    assert "正文明显变短" in report.sentence


def test_a_source_in_use_that_was_never_asked_has_no_state(office):
    """A run of one source says nothing of the others; what waits for us is named."""
    with office.store() as store:
        reports = report_sources(office, store, {}, {})
    told = {report.source_id: report.state for report in reports}

    assert "lanmu" not in told
    assert SourceState.UNCONFIRMED is told["queren"]


def test_changes_of_state_and_new_sources_are_notes(office):
    """A changed state is a note of the run; a new source is announced."""
    normal = SourceReport("lanmu", "样板工会网", "枝江", SourceState.NORMAL)
    down = replace(normal, state=SourceState.DOWN, sentence="网站打不开")
    folder = sample_folder(office, "lanmu")
    save_sample(folder, office.settings.sources[0], [], office.now)

    notes = health_notes(office, [normal], [down])

    assert notes == (
        "样板工会网：正常 → 打不开（网站打不开）",
        "样板工会网是新加的来源，头三天请留意它的稿件",
    )
    later = replace(office, now=office.now + timedelta(days=9))
    assert health_notes(later, [down], [down]) == ()


def test_a_source_that_fails_for_long_is_rested(office):
    """Five hard failures rest a source; every third run asks it all the same."""
    failed = SimpleNamespace(state=SourceState.BLOCKED)
    source = office.settings.sources[0]

    told = [
        rests(
            SimpleNamespace(source_history=lambda *_, n=n, **__: [failed] * n),
            source,
            NOW,
        )
        for n in (4, 5, 6, 7)
    ]

    assert told == [False, True, False, True]


@pytest.fixture
def site() -> Iterator[PaperSite]:
    with PaperSite(whole_site()) as running:
        yield running


def test_a_site_that_goes_is_told_in_the_run(make_config, site, monkeypatch, capsys):
    """The run after a site fell shows the change, and keeps what had been read."""
    file = make_config(address=f"{site.base}/jcdt/")
    permit = LoopbackPermit(frozenset({site.port}))
    opened = workflow.office.open_office
    monkeypatch.setattr(
        workflow.office,
        "open_office",
        lambda *given: replace(opened(*given), loopback=permit),
    )
    words = ("crawl", "--source", "lanmu", "-c", str(file), "--as-of")
    run([*words, "2026-09-21T06:00"])
    site.pages["/jcdt/"] = "<html><body><p>空</p></body></html>"
    capsys.readouterr()

    code = run([*words, "2026-09-22T06:00"])
    shown = capsys.readouterr().out

    assert code == 10
    assert "样板工会网：正常 → 改版了" in shown
    with Office(load_settings(file), NOW).store() as store:
        kept = store.latest_report()
        assert any("正常 → 改版了" in note for note in kept.notes)
        assert len(store.source_articles("lanmu")) == 12
