"""``crawl --since`` cut short goes on where it stopped; gaps are found and offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

import workflow.office
from config import load_settings
from crawler.job import LoopbackPermit
from newsroom.article import CHINA
from tests.workflow.paper_site import TOPICS, PaperSite, article, listing
from workflow.backfill import unfinished
from workflow.cli import run
from workflow.console import console
from workflow.office import Office
from workflow.source_rhythm import source_gaps
from workflow.sources_view import show_gaps

AS_OF = "2026-09-21T06:00"
COLUMN = "/jcdt/"


def deep_site() -> dict[str, str]:
    """A column of four pages of four articles each, the newest first."""
    pages = {}
    for turn in range(4):
        path = COLUMN if turn == 0 else f"{COLUMN}index_{turn}.html"
        following = f"index_{turn + 1}.html" if turn < 3 else ""
        numbers = list(range(turn * 4 + 1, turn * 4 + 5))
        pages[path] = listing(numbers, following=following)
        for n in numbers:
            words = f"{TOPICS[n % 12]} 之{n}"
            pages[f"{COLUMN}2026/{n}.html"] = article(n).replace(TOPICS[n % 12], words)
    return pages


@pytest.fixture
def site() -> Iterator[PaperSite]:
    with PaperSite(deep_site()) as running:
        yield running


@pytest.fixture
def file(make_config, site):
    return make_config(address=f"{site.base}{COLUMN}")


@pytest.fixture
def at_work(file) -> Office:
    return Office(load_settings(file), datetime(2026, 9, 21, 6, tzinfo=CHINA))


@pytest.fixture
def gonghui(file, site, monkeypatch):
    permit = LoopbackPermit(frozenset({site.port}))
    opened = workflow.office.open_office
    monkeypatch.setattr(
        workflow.office,
        "open_office",
        lambda *given: replace(opened(*given), loopback=permit),
    )
    return lambda *words: run([*words, "-c", str(file), "--as-of", AS_OF])


def crawl(gonghui) -> int:
    return gonghui("crawl", "--since", "2026-09-01", "--source", "lanmu")


def stories(office) -> int:
    with office.store() as store:
        return len(store.source_articles("lanmu"))


def test_a_back_fill_walks_all_pages(gonghui, site, at_work):
    """Every page of the list is turned back to the day, every article read once."""
    code = crawl(gonghui)

    assert code == 0
    assert stories(at_work) == 16
    assert len(site.asked) == len(set(site.asked)) == 20
    assert unfinished(at_work, "lanmu") is None


def test_a_cut_back_fill_goes_on(gonghui, site, at_work, capsys):
    """Cut after some articles, the next run asks no finished page again."""
    site.stop_after = 14
    crawl(gonghui)
    left = unfinished(at_work, "lanmu")
    first, had = set(site.asked[:14]), stories(at_work)
    gonghui("sources", "gaps", "lanmu")
    told = capsys.readouterr().out
    site.stop_after = None
    site.asked.clear()

    code = crawl(gonghui)

    assert left is not None
    assert (left.since, had) == (date(2026, 9, 1), 10)
    assert "接着做：gonghui crawl --since 2026-09-01 --source lanmu" in told
    assert code == 0
    assert stories(at_work) == 16
    again = first.intersection(site.asked)
    recent = {f"{COLUMN}2026/{n}.html" for n in (1, 2, 3)}  # looked at for corrections
    assert again <= recent | {f"{COLUMN}index_2.html", f"{COLUMN}index_3.html"}
    assert unfinished(at_work, "lanmu") is None


def test_a_deeper_back_fill_begins_anew(gonghui, site):
    """An unfinished back-fill does not shorten one that looks further back."""
    site.stop_after = 14
    crawl(gonghui)
    site.stop_after = None
    site.asked.clear()

    gonghui("crawl", "--since", "2026-08-01", "--source", "lanmu")

    assert COLUMN in site.asked


def test_a_usual_run_is_not_shortened(gonghui, site):
    """A run without --since asks the source's own lists."""
    site.stop_after = 14
    crawl(gonghui)
    site.stop_after = None
    site.asked.clear()

    gonghui("crawl", "--source", "lanmu")

    assert COLUMN in site.asked


def test_gaps_of_a_source_are_offered(office, capsys):
    """A source with a rhythm shows its gap with the command that fills it."""
    today = date(2026, 9, 21)
    days = [today - timedelta(days=n) for n in range(1, 40)]
    missed = {date(2026, 9, day) for day in (7, 8, 9)}
    came = [datetime(d.year, d.month, d.day, 9, tzinfo=CHINA) for d in days]
    kept = [(at, at) for at in came if at.date() not in missed for _ in range(2)]
    store = SimpleNamespace(source_days=lambda *_, **__: kept)

    rhythm, found = source_gaps(
        store,
        "lanmu",
        since=date(2026, 8, 1),
        today=today,
        calendar=office.settings.rules.calendar,
    )
    show_gaps(office.settings.sources[0], rhythm, found, None, console())

    assert "9月7—9日 无稿　补采：gonghui crawl --since 2026-09-07 --source lanmu" in (
        capsys.readouterr().out
    )
