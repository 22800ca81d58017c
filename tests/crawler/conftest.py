"""Small loopback sites, jobs for them, and what a crawl made of them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from config import CrawlSettings, SourceSettings
from crawler.job import CrawlJob, LoopbackPermit
from crawler.launch import crawl
from crawler.nursery import Nursery
from crawler.spool import SpoolEnd, SpoolLoss, SpoolPage, SpoolUnchanged, read_spool
from newsroom.article import CHINA
from tests.crawler import hostile

NOW = datetime(2026, 9, 21, 7, 0, tzinfo=CHINA)
LIMITS = {
    "user_agent": "GonghuiTest/1.0 (+mailto:test@example.org)",
    "delay": 2.0,
    "timeout": 2.5,
    "max_requests": 120,
    "max_new": 50,
    "max_seconds": 30,
    "recheck_days": 3,
    "parallel": 3,
    "retry_delays": (0.05, 0.1),
}


@dataclass(frozen=True)
class Crawled:
    """What a crawl left."""

    results: list
    folder: Path

    def pages(self, role="article"):
        return [r for r in self.results if isinstance(r, SpoolPage) and r.role == role]

    @property
    def faults(self):
        return [r.loss.fault.value for r in self.results if isinstance(r, SpoolLoss)]

    @property
    def losses(self):
        return [r.loss for r in self.results if isinstance(r, SpoolLoss)]

    @property
    def unchanged(self):
        return [r for r in self.results if isinstance(r, SpoolUnchanged)]

    @property
    def end(self):
        return next(r for r in self.results if isinstance(r, SpoolEnd))


@pytest.fixture
def make_job(tmp_path):
    """A job for addresses on loopback ports, with scaled limits."""
    count = iter(range(1000))

    def make(*urls, ports, limits=None, source=None, **rest):
        settings = {"id": "test", "name": "测试", "tier": "zj", "urls": urls}
        return CrawlJob(
            source=SourceSettings(**(settings | (source or {}))),
            crawl=CrawlSettings.model_construct(**(LIMITS | (limits or {}))),
            spool=tmp_path / f"spool{next(count)}",
            now=rest.pop("now", NOW),
            loopback=LoopbackPermit(frozenset(ports), rest.pop("delay", 0.0)),
            **rest,
        )

    return make


@pytest.fixture(scope="session")
def nursery():
    """Loads Scrapy once for all tests; each crawl is still a process of its own."""
    with Nursery() as running:
        yield running


@pytest.fixture
def crawl_of(nursery):
    """Run one job through a real child process."""

    def run(job):
        crawl([job], parallel=1, nursery=nursery)
        return Crawled(list(read_spool(job.spool)), job.spool)

    return run


@pytest.fixture
def visit(make_job, crawl_of):
    """Crawl one list of a hostile server."""

    def run(server, path="/list.html", **rest):
        ports = rest.pop("ports", {server.port})
        return crawl_of(make_job(server.base + path, ports=ports, **rest))

    return run


@pytest.fixture
def site():
    """A small well-behaved site: one list of three dated articles."""
    with hostile.serving(small_site()) as server:
        yield server


def small_site(count=3, day="2026-09-20"):
    rows = "".join(
        f'<li><a href="/news/{n}.html">{title(n)}</a><span>{day}</span></li>'
        for n in range(1, count + 1)
    )
    pages = {f"/news/{n}.html": article(title(n), day) for n in range(1, count + 1)}
    return pages | {"/list.html": listing(rows)}


def title(number):
    towns = ["安福寺镇", "白洋镇", "董市镇", "百里洲镇", "顾家店镇", "问安镇", "仙女镇"]
    return f"{towns[number % 7]}总工会开展第{number}次送清凉慰问活动"


def listing(rows, tail=""):
    return (
        '<html><head><title>基层动态</title></head><body><div class="list">'
        f"<ul>{rows}</ul></div>{tail}</body></html>"
    ).encode()


def article(headline, day="2026-09-20", tail=""):
    text = "工会干部来到施工现场，为一线职工送去防暑药品和饮用水，听取意见。" * 4
    return (
        f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1>"
        f'<div class="info">发布时间：{day} 来源：枝江市总工会</div>'
        f'<div class="content"><p>{headline}。{text}</p><p>{text}</p></div>{tail}'
        "</body></html>"
    ).encode()
