"""F71: an exception while one page is read."""

import pytest
from scrapy.http import HtmlResponse

from crawler.spiders.news import Ask
from crawler.spiders.section import SectionSpider
from crawler.spool import SpoolLoss, SpoolPage, read_spool
from crawler.spool_writer import SpoolWriter
from crawler.visit import Visit
from newsroom.errors import PageUnreadable

URL = "http://127.0.0.1:8001/news/1.html"


@pytest.fixture
def spider(make_job):
    job = make_job("http://127.0.0.1:8001/list.html", ports={8001})
    return SectionSpider(Visit(job, SpoolWriter(job.spool)))


def results_of(spider, error):
    def read(ask, response):
        raise error

    callback = spider._border(Ask("article", URL), read)
    assert callback(HtmlResponse(URL, body=b"<html>x</html>")) == []
    spider.visit.finish()
    return list(read_spool(spider.visit.job.spool))


def test_f71_an_exception_costs_its_page_and_is_a_bug(spider):
    """A mistake of ours on one page is counted and goes no further."""
    loss, _end = results_of(spider, ZeroDivisionError("x"))

    assert (loss.loss.fault.value, loss.loss.url) == ("bug", URL)
    assert "ZeroDivisionError" in loss.loss.sentence


def test_a_page_that_cannot_be_read_is_kept_as_a_sample(spider):
    """The maintainer finds the page that was unreadable."""
    sample, loss, _end = results_of(spider, PageUnreadable(URL, "编码混乱"))

    assert isinstance(sample, SpoolPage)
    assert sample.role == "sample"
    assert isinstance(loss, SpoolLoss)
    assert loss.loss.fault.value == "unreadable"


def test_f73_the_watch_on_memory_is_a_loss(spider):
    """When Scrapy's memory watch ends the visit, the report says so."""
    spider.closed("memusage_exceeded")
    spider.visit.finish()

    loss, end = read_spool(spider.visit.job.spool)
    assert "内存" in loss.loss.sentence
    assert end.finished == "stopped"
