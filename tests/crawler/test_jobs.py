"""Jobs as they travel to the child, and spiders by name."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from config import CrawlSettings, SourceSettings
from crawler.job import (
    CrawlJob,
    KnownPage,
    LoopbackPermit,
    job_from_json,
    job_to_json,
    plain_job_from_json,
)
from crawler.nursery import environment
from crawler.registry import SITES, layouts_for, site_for
from newsroom.errors import NewsroomError
from tests.crawler.conftest import NOW


@pytest.fixture
def job(tmp_path):
    source = SourceSettings(
        id="hbghw",
        name="湖北工会网",
        tier="sheng",
        kind="site",
        spider="hubei",
        urls=("http://www.hbzgh.org.cn/",),
    )
    return CrawlJob(
        source=source,
        crawl=CrawlSettings(user_agent="GonghuiTest/1.0 (+mailto:a@example.org)"),
        spool=tmp_path,
        now=NOW,
        known=(KnownPage("http://www.hbzgh.org.cn/1", '"x"', None, NOW, NOW, "d"),),
    )


def test_a_job_survives_the_journey(job):
    """What the child reads is what the parent wrote."""
    whole = replace(
        job,
        since=date(2026, 1, 1),
        first_run=True,
        usual_listed=20,
        loopback=LoopbackPermit(frozenset({8001}), 0.5),
    )

    assert job_from_json(job_to_json(job)) == job
    assert job_from_json(job_to_json(whole)) == whole


def test_the_plain_job_says_the_same(job):
    """The child's job without pydantic has the same values."""
    plain = plain_job_from_json(job_to_json(job))

    assert vars(plain.crawl) == job.crawl.model_dump(mode="json")
    assert vars(plain.source) == job.source.model_dump(mode="json")
    assert (plain.known, plain.delay, plain.oldest) == (
        job.known,
        job.delay,
        job.oldest,
    )


def test_the_limits_of_a_run(job):
    """Since lifts counts and depth, never the pace."""
    lifted = replace(job, since=date(2009, 1, 1))

    assert (job.max_requests, job.max_new, job.max_pages, job.delay) == (
        120,
        50,
        2,
        2.0,
    )
    assert lifted.max_requests > 120
    assert lifted.max_pages > 10
    assert lifted.delay == 2.0
    assert (job.oldest, lifted.oldest) == (
        (NOW - timedelta(days=30)).date(),
        date(2009, 1, 1),
    )


def test_recent_articles_are_asked_again_newest_first(job):
    """Articles of the last three days, not older ones, not lists."""
    pages = [
        KnownPage(str(days), None, None, published, NOW)
        for days, published in [
            (2, NOW - timedelta(2)),
            (1, NOW - timedelta(1)),
            (5, NOW - timedelta(5)),
            (0, None),
        ]
    ]

    assert [page.url for page in replace(job, known=tuple(pages)).rechecks] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("name", SITES)
def test_every_site_file_bears_its_name(name):
    """A spider's name leads to its own site file."""
    assert site_for(name).name == name


@pytest.mark.parametrize(
    ("spider", "address", "is_article"),
    [
        ("hubei", "http://www.hbzgh.org.cn/xw/szxgh/1234567890123456789.html", True),
        ("hubei", "http://www.hbzgh.org.cn/xw/szxgh/index.html", False),
        ("hubei", "http://www.hbzgh.org.cn/xw/szxgh/12345.html", False),
        ("workercn", "http://www.workercn.cn/34/202008/05/200805123456789.shtml", True),
        ("workercn", "https://www.workercn.cn/c/2024-05-01/8240123.shtml", True),
        ("workercn", "https://www.workercn.cn/c/2024-05-01/", False),
        ("workercn", "https://www.workercn.cn/zhuanti/index.shtml", False),
    ],
)
def test_article_addresses_are_those_seen_in_published_links(
    spider, address, is_article
):
    """A layout tells the site's articles from its other pages."""
    import re

    pattern = layouts_for(spider)[0].article_pattern

    assert bool(re.search(pattern, address)) == is_article


def test_a_generic_spider_has_no_layout_and_an_unknown_one_is_named():
    """No spider, no layouts; a wrong name is an error that lists the right ones."""
    assert layouts_for("") == ()
    with pytest.raises(NewsroomError, match="hubei"):
        layouts_for("nowhere")


def test_layouts_are_read_without_scrapy():
    """The parent reads articles with the same layouts and never loads Scrapy."""
    code = (
        "import sys; from crawler.registry import layouts_for, SITES\n"
        "[layouts_for(name) for name in SITES]\n"
        "import crawler.launch, crawler.spool, crawler.replay\n"
        "print({'scrapy', 'twisted', 'django', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )

    assert done.stdout.strip() == "set()"


def test_a_child_loads_neither_django_nor_pydantic():
    """The child's start-up stays small."""
    code = (
        "import sys; import crawler.nursery as n; n._load(); import crawler.run\n"
        "print({'django', 'pydantic', 'aiohttp', 'requests', 'config', 'story_store'}\n"
        " & set(sys.modules))\n"
        "print('twisted.internet.reactor' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )

    assert done.stdout.split() == ["set()", "False"]
