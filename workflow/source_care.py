"""Looking after sources: a polite test visit, and one address for the maintainer.

Both go through the same guarded crawler as the morning run, into a spool of their own
that is thrown away; nothing reaches the store.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from config import ListApiSettings, SourceSettings
from crawler.guard import read_origin
from crawler.job import CrawlJob, KnownPage
from crawler.launch import crawl
from crawler.registry import layouts_of
from crawler.spool import SpoolEnd, SpoolPage, read_spool
from newsroom.article import Article, ListEntry, Page
from newsroom.errors import NewsroomError, NotFound, PageUnreadable
from newsroom.source import Loss
from workflow.reading import read_rows
from workflow.spool_reading import read_with_layouts

if TYPE_CHECKING:
    from config import CrawlSettings
    from workflow.office import Office

FEW_REQUESTS = 6
LISTS = frozenset({"list", "feed", "api"})
TEXTS = frozenset({"article", "entry"})


@dataclass(frozen=True, slots=True)
class Visited:
    """What a test visit brought; ``spool`` is gone when the visit is closed."""

    spool: Path
    pages: tuple[SpoolPage, ...]
    losses: tuple[Loss, ...]
    end: SpoolEnd | None


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """How a test visit to a source went.

    ``rows`` are those of its first list; ``article`` the first one read, None when
    none could be; ``unread`` why a fetched article could not be read.
    """

    source: SourceSettings
    listed: int
    rows: tuple[ListEntry, ...]
    article: Article | None
    losses: tuple[Loss, ...]
    unread: str = ""
    filtered: tuple[tuple[str, int], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether rows were found and nothing was lost."""
        return self.listed > 0 and not self.losses and not self.unread


def find_source(sources: tuple[SourceSettings, ...], name: str) -> SourceSettings:
    """The source of this id or name.

    Raises:
        NotFound: there is none.
    """
    for source in sources:
        if name in {source.id, source.name}:
            return source
    raise NotFound(f"没有叫「{name}」的来源；gonghui sources list 看全部编号和名称")


def check_source(office: Office, source: SourceSettings) -> SourceCheck:
    """Visit a source once: its robots rules, its lists, one article.

    Raises:
        NewsroomError: it has no address yet, or needs none.
    """
    if source.kind == "local":
        raise NewsroomError(f"{source.name} 是投稿文件夹，不上网，不用试读")
    if not source.urls:
        raise NewsroomError(
            f"{source.name} 还没有地址：先在 config.toml 里写 urls，再试一次"
        )
    with visit_source(office, source, articles=1) as visited:
        return _judge(source, visited)


def _judge(source: SourceSettings, visited: Visited) -> SourceCheck:
    lists = [page for page in visited.pages if page.role in LISTS]
    texts = [page for page in visited.pages if page.role in TEXTS]
    article, unread = _first_article(source, texts)
    end = visited.end
    return SourceCheck(
        source,
        end.listed if end else 0,
        _rows(lists),
        article,
        visited.losses,
        unread,
        tuple((end.filtered if end else {}).items()),
    )


def _rows(lists: list[SpoolPage]) -> tuple[ListEntry, ...]:
    for page in lists:
        try:
            return read_rows(page.page).entries
        except PageUnreadable:  # an API's rows are read by their own shape
            continue
    return ()


def _first_article(
    source: SourceSettings, texts: list[SpoolPage]
) -> tuple[Article | None, str]:
    unread = ""
    for page in texts:
        article, unread = article_of(source, page)
        if article is not None:
            return article, ""
    return None, unread


def article_of(source: SourceSettings, page: SpoolPage) -> tuple[Article | None, str]:
    """A fetched page or entry as an article; the reason where it cannot be read."""
    if page.role == "entry":
        return _from_entry(page), ""
    try:
        return read_with_layouts(page, layouts_of(source)), ""
    except PageUnreadable as error:
        return None, str(error)


def _from_entry(page: SpoolPage) -> Article | None:
    from page_reading import read_fragment

    entry = page.entry
    if entry is None:
        return None
    body = read_fragment(page.fragment, entry.url)
    return Article(entry.url, entry.title, entry.published, body, entry.has_time)


def fetch_pages(office: Office, url: str) -> tuple[Page, ...]:
    """The page at an address, and its further pages if it is an article in parts.

    Raises:
        NewsroomError: it may not be asked, or gave no usable page; the reason.
    """
    with visit_address(office, url) as visited:
        pages = tuple(p.page for p in visited.pages if p.role == "article")
        reasons = [loss.sentence for loss in visited.losses]
    if pages:
        return pages
    raise NewsroomError(reasons[0] if reasons else f"没有打开 {url}，也没有说明原因")


@contextmanager
def visit_address(
    office: Office, url: str, *, in_browser: bool = False
) -> Iterator[Visited]:
    """One address, asked for as an article that is known and recent.

    Raises:
        NewsroomError: it is no address that may be asked.
    """
    with visit_addresses(office, (url,), in_browser=in_browser) as visited:
        yield visited


@contextmanager
def visit_addresses(
    office: Office, urls: Sequence[str], *, in_browser: bool = False
) -> Iterator[Visited]:
    """A few addresses in one visit, each asked for as one article, in their order.

    Raises:
        NewsroomError: one is no address that may be asked.
    """
    hosts = tuple(dict.fromkeys(read_origin(url).key for url in urls))
    source = SourceSettings(
        id="address",
        name=hosts[0],
        tier="-",
        hosts=hosts,
        enabled=False,
        render="browser" if in_browser else "",
    )
    known = tuple(KnownPage(url, None, None, office.now, office.now) for url in urls)
    requests = FEW_REQUESTS + 2 * (len(urls) - 1)
    job = _job(office, source, max_new=1, max_requests=requests)
    job = replace(job, known=known, first_run=False)
    with _visit(office, job) as visited:
        yield visited


@contextmanager
def visit_posted(office: Office, urls: Sequence[str]) -> Iterator[Visited]:
    """List APIs asked by POST, to look at their answers.

    How they answer is not known yet, so each answer comes as the sample of a list that
    could not be read.
    """
    source = SourceSettings(
        id="address",
        name=read_origin(urls[0]).key,
        tier="-",
        kind="list_api",
        urls=tuple(urls),
        enabled=False,
        api=ListApiSettings(rows=_UNKNOWN, url=_UNKNOWN),
    )
    with visit_source(office, source, articles=1) as visited:
        yield visited


_UNKNOWN = "?"


@contextmanager
def visit_source(
    office: Office, source: SourceSettings, *, articles: int
) -> Iterator[Visited]:
    """A source read as a run would: its lists, and this many new articles."""
    requests = FEW_REQUESTS + len(source.urls) + articles
    once = source.model_copy(update={"max_pages": 1})
    job = _job(office, once, max_new=articles, max_requests=requests)
    with _visit(office, job) as visited:
        yield visited


def _job(
    office: Office, source: SourceSettings, *, max_new: int, max_requests: int
) -> CrawlJob:
    crawl_settings: CrawlSettings = office.settings.crawl.model_copy(
        update={
            "max_new": max_new,
            "max_requests": max_requests,
            "retry_delays": (),
        }
    )
    return CrawlJob(
        source=source,
        crawl=crawl_settings,
        spool=Path("spool"),
        now=office.now,
        first_run=True,
        loopback=office.loopback,
    )


@contextmanager
def _visit(office: Office, job: CrawlJob) -> Iterator[Visited]:
    """Crawl into a folder that goes when the caller is done with it."""
    with tempfile.TemporaryDirectory(
        prefix="gonghui-visit-", ignore_cleanup_errors=True
    ) as folder:
        here = replace(job, spool=Path(folder) / job.spool)
        outcome = crawl([here], nursery=office.nursery)[0]
        results = tuple(read_spool(outcome.spool))
        yield Visited(
            outcome.spool,
            tuple(r for r in results if isinstance(r, SpoolPage)),
            outcome.losses,
            next((r for r in results if isinstance(r, SpoolEnd)), None),
        )
