"""Scrapy's settings for us: its unsafe defaults set right, unused parts off.

Scrapy 2.19 out of the box verifies no certificate, takes 1 GiB a page, waits three
minutes, follows twenty redirects, ignores robots.txt, reads ``file:`` addresses and
opens two consoles (docs.scrapy.org: security). A test asserts each value here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.job import CrawlJob

LARGEST_PAGE = 8 * 1024 * 1024
LARGEST_PICTURE = 20 * 1024 * 1024
MEMORY_MB = 512
DNS_SECONDS = 10
MOST_REDIRECTS = 5

_HARDENED: dict[str, Any] = {
    "BOT_NAME": "gonghui",
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
    "DOWNLOAD_MAXSIZE": LARGEST_PAGE,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "DOWNLOAD_HANDLERS_BASE": {
        "http": "crawler.handler.LastLook",
        "https": "crawler.handler.LastLook",
    },
    "REDIRECT_MAX_TIMES": MOST_REDIRECTS,
    "ROBOTSTXT_OBEY": True,
    "COOKIES_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "RETRY_ENABLED": False,
    "DNS_TIMEOUT": DNS_SECONDS,
    "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
    # one after the other: what is stopped has nothing waiting that still goes out
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "CONCURRENT_ITEMS": 1,
    "DOWNLOAD_DELAY_JITTER": 0.0,
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    "MEMUSAGE_ENABLED": True,
    "MEMUSAGE_LIMIT_MB": MEMORY_MB,
    "MEMUSAGE_CHECK_INTERVAL_SECONDS": 2.0,
    "REACTOR_THREADPOOL_MAXSIZE": 2,
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # nobody reads them
    "LOG_VERSIONS": [],
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "zh-CN,zh;q=0.9",
    },
}

# Named as bases, not switched off one by one: Scrapy imports every part that a setting
# names, if only to leave it out (aiohttp, requests and others: 0.5 s a child).
_MIDDLEWARES = "scrapy.downloadermiddlewares"
_PARTS: dict[str, Any] = {
    "DOWNLOADER_MIDDLEWARES_BASE": {
        "crawler.robots.Robots": 100,
        "crawler.gate.Gate": 200,
        f"{_MIDDLEWARES}.downloadtimeout.DownloadTimeoutMiddleware": 350,
        f"{_MIDDLEWARES}.defaultheaders.DefaultHeadersMiddleware": 400,
        f"{_MIDDLEWARES}.useragent.UserAgentMiddleware": 500,
        "crawler.retries.Retries": 550,
        "crawler.redirects.Redirects": 580,
        "crawler.inflate.Inflate": 590,
    },
    "SPIDER_MIDDLEWARES_BASE": {},
    "EXTENSIONS_BASE": {"crawler.memory_watch.MemoryWatch": 0},
}
# Loaded for a source with render = "browser" only: it needs the optional extra.
_RENDERING: dict[str, Any] = {
    "DOWNLOAD_HANDLERS_BASE": {
        "http": "crawler.browser.BrowserHandler",
        "https": "crawler.browser.BrowserHandler",
    },
    "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
    "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
    "PLAYWRIGHT_RESTART_DISCONNECTED_BROWSER": False,
}


def settings_for(job: CrawlJob) -> dict[str, Any]:
    """Scrapy's settings for a job; certificates count unless a reason stands."""
    return (
        _HARDENED
        | _PARTS
        | {
            "USER_AGENT": job.crawl.user_agent,
            "DOWNLOAD_VERIFY_CERTIFICATES": not job.source.insecure_reason,
            "DOWNLOAD_TIMEOUT": job.crawl.timeout,
            "DOWNLOAD_DELAY": job.delay,
            "CONCURRENT_REQUESTS": job.at_once,
            "CONCURRENT_REQUESTS_PER_DOMAIN": job.at_once,
            "GONGHUI_PERMIT": job.loopback,
        }
        | (_RENDERING if job.source.render else {})
    )
