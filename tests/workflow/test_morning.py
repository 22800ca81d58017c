"""One morning on the sample sites, and what may be done with its edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.console import Console

from config import load_settings
from crawler.job import LoopbackPermit
from demo.inbox import fill_inbox
from demo.scenario import MORNINGS
from demo.server import DemoServer
from demo.settings import write_settings
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from site_builder.given import Audience
from workflow.building import build_trees
from workflow.cli import run
from workflow.morning import MorningPlan, run_morning
from workflow.office import Office
from workflow.releasing import release_edition
from workflow.replaying import replay_day
from workflow.report_view import show_morning

DAY = MORNINGS[0].date()


@pytest.fixture
def sites():
    with DemoServer(as_of=MORNINGS[0]) as server:
        yield server


@pytest.fixture
def sample(tmp_path, sites) -> Office:
    """An office on the sample sites, with the first day's submissions laid in."""
    path = write_settings(tmp_path, sites.ports, output=tmp_path / "output")
    permit = LoopbackPermit(frozenset(sites.ports.values()))
    office = Office(load_settings(path), MORNINGS[0], permit)
    fill_inbox(office.inbox, morning=MORNINGS[0], before=None)
    return office


def at_six(office: Office):
    return lambda: office.now


def play(office: Office, **wishes):
    return run_morning(office, MorningPlan(**wishes), clock=at_six(office))


def story_count(office: Office) -> int:
    with office.store() as store:
        return len(store.stories())


def sign(office: Office, by: str = "江某"):
    with office.store() as store:
        return release_edition(office, store, DAY, edited_by="何某", signed_by=by)


def test_an_issued_day_is_made_again_only_with_redo(sample) -> None:
    """A day that stands is refused; --redo keeps its numbers and doubles nothing."""
    first = play(sample)
    before = story_count(sample)

    with pytest.raises(NewsroomError, match="--redo"):
        play(sample)
    again = play(sample, redo=True)

    assert first.edition.number == again.edition.number
    assert before == story_count(sample)
    assert {0} == {s.new for s in again.report.sources}


def test_a_released_day_is_never_made_again(sample) -> None:
    """After the release an edition is fixed, whatever is asked."""
    play(sample)
    sign(sample)

    with pytest.raises(NewsroomError, match="已经签发"):
        play(sample, redo=True)


def test_an_unreleased_morning_leaves_the_public_tree(sample) -> None:
    """The public tree is made by a release and stands until the next one."""
    play(sample)
    public = sample.output / "public"
    assert not public.exists()

    sign(sample)
    released = {p: p.read_bytes() for p in public.rglob("*") if p.is_file()}
    tomorrow = replace(sample, now=sample.now + timedelta(days=1))
    play(tomorrow)

    assert released == {p: p.read_bytes() for p in public.rglob("*") if p.is_file()}


@pytest.mark.parametrize("by", ["何某", "何 某", ""])
def test_a_release_needs_two_different_people(sample, by) -> None:
    """One person under two spellings is one person."""
    play(sample)

    with pytest.raises(NotAllowed):
        sign(sample, by=by)


def test_a_day_without_an_edition_cannot_be_released(sample) -> None:
    """The sentence says what to run first."""
    with pytest.raises(NotFound, match="gonghui morning"):
        sign(sample)


def test_placeholders_stop_the_release_not_the_internal_tree(sample) -> None:
    """An unfilled ICP number keeps the day inside."""
    path = sample.settings.file
    text = path.read_text("utf-8")
    line = next(x for x in text.splitlines() if x.startswith("icp"))
    path.write_text(text.replace(line, 'icp = "鄂ICP备########号-#"'), "utf-8")
    office = replace(sample, settings=load_settings(path))
    play(office)

    with pytest.raises(NotAllowed, match="icp"):
        sign(office)
    assert (office.output / "internal" / "index.html").is_file()
    assert not (office.output / "public").exists()


def test_a_second_build_writes_nothing(sample) -> None:
    """Nothing changed, nothing written, in both trees."""
    play(sample)
    sign(sample)
    with sample.store() as store:
        build_trees(sample, store)
        reports = build_trees(sample, store)

    assert {Audience.INTERNAL: 0, Audience.PUBLIC: 0} == {
        audience: report.written for audience, report in reports.items()
    }


def test_a_kept_day_is_read_again_without_the_network(sample, sites) -> None:
    """--replay reads the raw pages of a day and doubles nothing."""
    play(sample)
    before = story_count(sample)
    asked = len(sites.requests)

    replayed = replay_day(sample, DAY)

    assert asked == len(sites.requests)
    assert 0 == replayed.new
    assert replayed.unchanged > 0
    assert before == story_count(sample)


def test_a_day_that_was_not_kept_cannot_be_replayed(sample) -> None:
    """The sentence names the day and the folder."""
    with pytest.raises(NotFound, match="2026-01-01"):
        replay_day(sample, date(2026, 1, 1))


def test_the_report_names_sources_choices_and_reasons(sample) -> None:
    """The terminal shows counts, the chosen stories with their parts, the next step."""
    out = Console(record=True, width=200, file=None, force_terminal=False)
    show_morning(out, sample, play(sample))
    text = out.export_text()

    for word in (
        "采集情况",
        "湖北工会网（演示）",
        "基层亮点",
        "分：",
        "gonghui release",
    ):
        assert word in text


def test_only_named_sources_are_crawled(sample) -> None:
    """`gonghui crawl --source` asks one source and issues nothing."""
    result = play(sample, only=("zhijiang",), issue=False)
    asked = {s.source_id for s in result.report.sources if s.requests}

    assert {"zhijiang"} == asked
    assert result.edition is None


def test_a_release_from_the_command_line_says_what_comes_next(sample, capsys) -> None:
    """The command prints the public tree's place and the next step."""
    play(sample)
    config = str(sample.settings.file)
    names = ["--edited-by", "何某", "--signed-by", "江某"]

    code = run(["release", DAY.isoformat(), *names, "--config", config])

    assert 0 == code
    assert "gonghui pack" in capsys.readouterr().out
