"""Layouts that the settings give a source: used by the crawler, dated, in order."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from config import CrawlSettings, LayoutSettings, SourceSettings
from crawler.job import CrawlJob, job_to_json, plain_job_from_json
from crawler.registry import layouts_of
from newsroom.article import CHINA

NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)


def source(*layouts: LayoutSettings, spider: str = "") -> SourceSettings:
    return SourceSettings(
        id="lanmu",
        name="样板工会网",
        tier="zj",
        kind="site" if spider else "section",
        spider=spider,
        urls=("http://www.hbzgh.org.cn/",),
        layouts=layouts,
    )


def test_the_settings_go_before_the_site_file():
    """A source's own layouts stand before those of its spider."""
    own = layouts_of(source(LayoutSettings(body="div.text"), spider="hubei"))

    assert [layout.body for layout in own] == ["div.text", None]
    assert own[1].article_pattern


def test_layouts_travel_to_the_child():
    """A job read in the child gives the same layouts, dates included."""
    layouts = (
        LayoutSettings(list_rows="ul.new > li", body="div.text"),
        LayoutSettings(body="#Zoom", valid_until=date(2026, 9, 1)),
    )
    crawl = CrawlSettings(user_agent="GonghuiTest/1.0 (test@example.org)")
    job = CrawlJob(source(*layouts), crawl, Path("spool"), NOW)

    child = plain_job_from_json(job_to_json(job))

    assert layouts_of(child.source) == layouts_of(job.source)
    assert layouts_of(child.source)[1].valid_until == date(2026, 9, 1)
