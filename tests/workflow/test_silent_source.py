"""A source on a real server that falls silent: page, alarm, code and state."""

from __future__ import annotations

from datetime import timedelta

from newsroom.source import SourceState
from tests.crawler.conftest import listing
from tests.workflow.many_sites import NOW, headline, news
from workflow.cli import run
from workflow.office_state import read_state


def daily(id_, count):
    """A site with an article on each of so many days up to today."""
    days = [NOW.date() - timedelta(days=back) for back in range(count)]
    rows = "".join(
        f'<li><a href="/{id_}/news/{n}.html">{headline(id_, n)}</a>'
        f"<span>{day}</span></li>"
        for n, day in enumerate(days, 1)
    )
    pages = {
        f"/{id_}/news/{n}.html": news(id_, n, f"{day}") for n, day in enumerate(days, 1)
    }
    return pages | {f"/{id_}/list.html": listing(rows)}


def test_a_source_silent_beyond_its_rhythm_is_told_everywhere(many, capsys):
    """One article a day, then none for ten: state, red line, code 20, state.json."""
    office = many(daily("aa", 30), "aa")
    first = office.morning()
    quiet = office.morning(10)
    at = (NOW + timedelta(days=10)).date()
    config = str(office.office.settings.file)
    code = run(["alarm", "--config", config, "--as-of", f"{at}T09:00"])

    assert first.report.sources[0].state is SourceState.NORMAL
    assert quiet.report.sources[0].state is SourceState.SILENT
    assert "天无新稿（平日每" in quiet.report.sources[0].sentence
    assert any("🔴 告警：样板aa工会网" in note for note in quiet.report.notes)
    assert "样板aa工会网" in office.front
    assert 20 == code
    assert "gonghui sources check aa" in capsys.readouterr().out
    causes = [alarm.cause for alarm in read_state(office.office.data).alarms]
    assert "silent:aa" in causes
