"""Each of Scrapy's unsafe defaults, set right."""

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from crawler.settings import LARGEST_PICTURE, settings_for
from crawler.spiders.section import SectionSpider

HARDENED = {
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
    "DOWNLOAD_MAXSIZE": 8 * 1024 * 1024,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "REDIRECT_MAX_TIMES": 5,
    "ROBOTSTXT_OBEY": True,
    "COOKIES_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "RETRY_ENABLED": False,
    "DNS_TIMEOUT": 10,
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "CONCURRENT_ITEMS": 1,
    "DOWNLOAD_DELAY_JITTER": 0.0,
    "MEMUSAGE_ENABLED": True,
    "MEMUSAGE_LIMIT_MB": 512,
    "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
}


@pytest.fixture
def settings(make_job):
    return Settings(settings_for(make_job("http://127.0.0.1:1/", ports={1})))


@pytest.mark.parametrize("name", HARDENED)
def test_a_hardened_value_stands(settings, name):
    """Each value that Scrapy leaves unsafe is set."""
    assert settings[name] == HARDENED[name]


@pytest.mark.parametrize("scheme", ["file", "ftp", "s3", "data"])
def test_f21_only_web_handlers_are_on(settings, scheme):
    """Files, FTP, S3 and data addresses have no handler."""
    assert scheme not in settings.getwithbase("DOWNLOAD_HANDLERS")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_web_handlers_are_on(settings, scheme):
    """http and https go through our last look."""
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")

    assert handlers[scheme] == "crawler.handler.LastLook"


def test_no_console_nor_unused_part_is_loaded(settings):
    """Our own parts and the memory watch are all that runs."""
    crawler = Crawler(SectionSpider, settings)
    parts = crawler.settings.getwithbase("DOWNLOADER_MIDDLEWARES")

    assert [name.rsplit(".", 1)[1] for name in parts] == [
        "Robots",
        "Gate",
        "DownloadTimeoutMiddleware",
        "DefaultHeadersMiddleware",
        "UserAgentMiddleware",
        "Retries",
        "Redirects",
        "Inflate",
    ]
    assert list(crawler.settings.getwithbase("EXTENSIONS")) == [
        "crawler.memory_watch.MemoryWatch"
    ]
    assert dict(crawler.settings.getwithbase("SPIDER_MIDDLEWARES")) == {}


def test_the_delay_has_a_floor_that_settings_cannot_lower(make_job):
    """Without a permit the delay is two seconds at least."""
    job = make_job("http://www.example.com/", ports={1}, limits={"delay": 0.1})
    real = type(job)(source=job.source, crawl=job.crawl, spool=job.spool, now=job.now)

    assert settings_for(real)["DOWNLOAD_DELAY"] == 2.0
    assert settings_for(job)["DOWNLOAD_DELAY"] == 0.0


def test_an_insecure_source_needs_a_reason(make_job):
    """Certificates are not verified only where the settings give a reason."""
    job = make_job(
        "http://127.0.0.1:1/", ports={1}, source={"insecure_reason": "对方证书过期"}
    )

    assert settings_for(job)["DOWNLOAD_VERIFY_CERTIFICATES"] is False


def test_a_picture_may_be_larger_than_a_page():
    """Pictures have a limit of their own."""
    assert LARGEST_PICTURE == 20 * 1024 * 1024
