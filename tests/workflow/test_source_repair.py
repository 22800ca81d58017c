"""``sources repair``: a redesigned site is read again, by rules found with old news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

import workflow.office
from config import load_settings
from crawler.job import LoopbackPermit
from newsroom.errors import NewsroomError
from tests.workflow.paper_site import PaperSite, whole_site
from tests.workflow.redesigned import new_article, new_list
from workflow.cli import run
from workflow.office import open_office
from workflow.source_repair import propose_repair

FIRST, THEN = "2026-09-21T06:00", "2026-09-22T06:00"


@pytest.fixture
def site() -> Iterator[PaperSite]:
    with PaperSite(whole_site()) as running:
        yield running


@pytest.fixture
def file(make_config, site):
    return make_config(address=f"{site.base}/jcdt/")


@pytest.fixture
def gonghui(file, site, monkeypatch):
    permit = LoopbackPermit(frozenset({site.port}))
    opened = workflow.office.open_office
    monkeypatch.setattr(
        workflow.office,
        "open_office",
        lambda *given: replace(opened(*given), loopback=permit),
    )
    return lambda day, *words: run([*words, "-c", str(file), "--as-of", day])


def redesign(site: PaperSite) -> None:
    """Put the new look over the site, with two more stories."""
    site.pages["/jcdt/"] = new_list(list(range(1, 9)))
    for n in range(1, 9):
        site.pages[f"/jcdt/2026/{n}.html"] = new_article(n)


def test_a_redesign_is_mended(gonghui, site, file, capsys):
    """Rules are proposed, replayed, written with --apply, and used by the next run."""
    gonghui(FIRST, "crawl", "--source", "lanmu")
    redesign(site)

    offered = gonghui(THEN, "sources", "repair", "lanmu")
    told = capsys.readouterr().out
    before = load_settings(file).sources[0].layouts
    applied = gonghui(THEN, "sources", "repair", "lanmu", "--apply")
    layout = load_settings(file).sources[0].layouts[0]
    code = gonghui(THEN, "sources", "check", "lanmu")
    shown = capsys.readouterr().out

    assert (offered, applied, code) == (0, 0, 0), told
    assert before == ()
    assert 'list_rows = "div.card"' in told
    assert "变差 0 个" in told
    assert layout.list_rows == "div.card"
    assert layout.body == "div.words"
    assert "列表 8 条" in shown


def test_a_second_repair_dates_the_first(gonghui, site, file):
    """The layout that was in use until now gets its last day."""
    gonghui(FIRST, "crawl", "--source", "lanmu")
    redesign(site)
    gonghui(THEN, "sources", "repair", "lanmu", "--apply")
    for path, html in list(site.pages.items()):
        site.pages[path] = html.replace('"card"', '"tile"').replace(
            '"words"', '"texts"'
        )

    gonghui("2026-09-25T06:00", "sources", "repair", "lanmu", "--apply")
    layouts = load_settings(file).sources[0].layouts

    assert [one.list_rows for one in layouts] == ["div.tile", "div.card"]
    assert [one.valid_until for one in layouts] == [None, date(2026, 9, 24)]


def test_a_good_source_is_left_alone(gonghui, site, file, capsys):
    """What reads well is not mended, and the sentence says how well."""
    gonghui(FIRST, "crawl", "--source", "lanmu")

    code = gonghui(THEN, "sources", "repair", "lanmu", "--apply")

    assert code == 0
    assert "现在的读法就好" in capsys.readouterr().out
    assert load_settings(file).sources[0].layouts == ()


def test_without_old_news_there_is_nothing_to_compare(file, site):
    """A source that never gave anything cannot be mended by itself."""
    office = open_office(file, FIRST)

    with pytest.raises(NewsroomError, match="没有旧稿"):
        propose_repair(office, office.settings.sources[0])
    with pytest.raises(NewsroomError, match="没有版式可修"):
        propose_repair(office, office.settings.sources[2])
