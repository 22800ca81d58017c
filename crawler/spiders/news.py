"""What all spiders share: asking, receiving, keeping; a page's failure is its own."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scrapy import Request, Spider

from crawler.columns import is_front_page
from crawler.conditions import (
    NEVER,
    NOT_MODIFIED,
    ask_whole,
    conditions_of,
    is_conditional,
    is_false_answer,
    may_be_believed,
)
from crawler.faults import GONE, Fault, of_error, of_status, sentence
from crawler.guard import OffSite, Refused, check_url
from crawler.registry import layouts_of
from crawler.settings import LARGEST_PICTURE
from crawler.spool import LIST_ROLES, SpoolPage
from newsroom.article import Article, ListEntry, Page
from newsroom.errors import NewsroomError, PageUnreadable
from newsroom.source import FaultClass
from page_reading.article import read_article
from page_reading.block_pages import is_block_page
from page_reading.layout_choice import article_layout

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.visit import Visit
    from page_reading.layout import Layout

MOST_PARTS = 10
MOST_PICTURES = 9
_LISTS, _PARTS, _ARTICLES, _BESIDE, _RECHECKS, _PICTURES = 30, 20, 10, 7, 5, 0
_ENDS = (b"</html>", b"</rss>", b"</feed>", b"</rdf:rdf>")
_PICTURES_START = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"RIFF")
_LEAST_PICTURE = 200
# what a browser draws where the source says so; feeds, answers and pictures it need not
_DRAWN = frozenset({"list", "article"})

Read = Callable[["Ask", "Response"], Iterable[Request]]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a request is for.

    ``turn`` counts the pages of a list or the parts of an article from 1;
    ``is_found`` marks a column that no setting names but a front page links to,
    ``is_beside`` one that only such a column links to.
    """

    role: str
    url: str
    entry: ListEntry | None = None
    parent: str | None = None
    turn: int = 1
    is_found: bool = False
    is_beside: bool = False


class NewsSpider(Spider):
    """A visit to one source; subclasses say how its list is read."""

    name = "news"
    list_role = "list"

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self.layouts: tuple[Layout, ...] = layouts_of(visit.job.source)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the lists, and for the recent articles once more."""
        for request in self.list_requests():
            yield request
        for known in self.visit.job.rechecks:
            if known.url not in self.visit.seen:
                self.visit.seen.add(known.url)
                ask = Ask("article", known.url)
                yield self.request(ask, self.read_article, _RECHECKS, recheck=True)

    def closed(self, reason: str) -> None:
        """Scrapy's call at the end: note when the watch on memory brought it."""
        if reason == "memusage_exceeded":
            self.visit.run_out_of_memory()

    def list_requests(self) -> Iterator[Request]:
        """The requests for the source's lists."""
        for url in self.visit.job.source.urls:
            yield self.list_request(Ask(self.list_role, url))

    def list_request(self, ask: Ask) -> Request:
        """The request for one page of a list; articles go before further columns."""
        self.visit.seen.add(ask.url)
        return self.request(
            ask, self.read_list_page, _BESIDE if ask.is_beside else _LISTS
        )

    def read_list_page(self, ask: Ask, response: Response) -> Iterable[Request]:
        """Read a list; each subclass has its kind of list."""
        raise NotImplementedError

    def article_requests(self, entries: Iterable[ListEntry]) -> Iterator[Request]:
        """The requests for chosen rows."""
        for entry in entries:
            self.visit.seen.add(entry.url)
            self.visit.taken += 1
            ask = Ask("article", entry.url, entry)
            yield self.request(ask, self.read_article, _ARTICLES)

    def request(self, ask: Ask, read: Read, priority: int, **meta: object) -> Request:
        """A request whose answer is read by ``read``, conditional where we can."""
        known = self.visit.known.get(ask.url)
        headers = conditions_of(known) if known else {}
        if self.visit.job.source.render and ask.role in _DRAWN:
            headers, meta["rendered"] = {}, True
        elif not headers and self._is_set_list(ask):
            headers = NEVER
        return Request(
            ask.url,
            callback=self._border(ask, read),
            errback=self._failed(ask),
            headers=headers,
            priority=priority,
            meta=meta,
            dont_filter=True,
        )

    def _is_set_list(self, ask: Ask) -> bool:
        """Whether another morning may ask for this list by condition."""
        is_set = ask.role in LIST_ROLES and ask.url in self.visit.job.source.urls
        return is_set and not is_front_page(ask.url)

    def read_article(self, ask: Ask, response: Response) -> Iterator[Request]:
        """Keep an article, then ask for its further pages and its own pictures."""
        page = self.receive(ask, response)
        if page is None or not self.keep(ask, page, response):
            return
        article = self._article(page)
        if article is None:
            return
        self.visit.keep_reading(page, article)
        if article.next_page and ask.turn < MOST_PARTS:
            yield from self._next_part(ask, article.next_page)
        if self.visit.job.source.own:
            yield from self._picture_requests(ask, article)

    def receive(self, ask: Ask, response: Response) -> Page | None:
        """The page of a good answer; a loss is noted for any other."""
        page = self.page(response)
        is_unmodified = response.status == NOT_MODIFIED
        if (
            is_unmodified
            and ask.url in self.visit.known
            and is_conditional(response.request)
        ):
            self.visit.listed += self.visit.known[ask.url].rows
            self.visit.keep_unchanged(
                self.spool_page(ask, page, response), _headers(response)
            )
            return None
        fault = self._blocked(ask, page) or of_status(response, self.visit.now)
        if fault is None and is_unmodified:
            fault = Fault(FaultClass.PROTOCOL, sentence(FaultClass.PROTOCOL, ask.url))
        if (
            fault is None
            and "partial" in response.flags
            and not _is_whole(response.body)
        ):
            fault = Fault(FaultClass.BROKEN, sentence(FaultClass.BROKEN, ask.url))
        if fault:
            self.lose(ask, page, response, fault)
            return None
        return page

    def keep(self, ask: Ask, page: Page, response: Response, *, rows: int = 0) -> bool:
        """Put a page in the spool; False when it is unchanged."""
        kept = replace(self.spool_page(ask, page, response), rows=rows)
        return self.visit.keep(kept, _headers(response))

    def lose(self, ask: Ask, page: Page, response: Response, fault: Fault) -> None:
        """Note a loss, and keep the page that shows it."""
        if page.body and ask.role != "picture":
            sample = self.spool_page(
                Ask("sample", ask.url, ask.entry, ask.parent), page, response
            )
            self.visit.keep_sample(sample, _headers(response))
        self.visit.lose(fault, ask.url)

    def page(self, response: Response) -> Page:
        """The answer as a page."""
        kind = response.headers.get(b"Content-Type") or b""
        return Page(
            url=response.url,
            body=response.body,
            fetched_at=self.visit.now,
            content_type=kind.decode("latin-1"),
            status=response.status,
        )

    def spool_page(self, ask: Ask, page: Page, response: Response) -> SpoolPage:
        """The page with what the spool wants to know of it."""
        believed = may_be_believed(response)
        return SpoolPage(
            role=ask.role,
            page=page,
            requested_url=ask.url,
            entry=ask.entry,
            parent=ask.parent,
            etag=_header(response, b"ETag") if believed else None,
            last_modified=_header(response, b"Last-Modified") if believed else None,
        )

    def _article(self, page: Page) -> Article | None:
        """The article, or None: the parent meets and counts the same trouble."""
        try:
            return read_article(page, article_layout(page, self.layouts))
        except PageUnreadable:
            return None

    def _next_part(self, ask: Ask, url: str) -> Iterator[Request]:
        if url in self.visit.seen or not self.may_ask(url):
            return
        self.visit.seen.add(url)
        part = Ask("article", url, None, ask.parent or ask.url, ask.turn + 1)
        yield self.request(part, self.read_article, _PARTS)

    def _picture_requests(self, ask: Ask, article: Article) -> Iterator[Request]:
        for picture in article.body.pictures[:MOST_PICTURES]:
            url = picture.src
            if (
                url in self.visit.seen
                or url in self.visit.known
                or not self.may_ask(url)
            ):
                continue
            self.visit.seen.add(url)
            parent = ask.parent or ask.url
            yield self.request(
                Ask("picture", url, None, parent),
                self._read_picture,
                _PICTURES,
                download_maxsize=LARGEST_PICTURE,
                worth_retrying=False,
            )

    def _read_picture(self, ask: Ask, response: Response) -> Iterable[Request]:
        page = self.receive(ask, response)
        if page is None:
            return ()
        if len(page.body) < _LEAST_PICTURE or not page.body.startswith(_PICTURES_START):
            reason = f"图片打不开或不是图片，已略去：{ask.url[:150]}"
            self.visit.lose(Fault(FaultClass.UNREADABLE, reason), ask.url)
            return ()
        self.keep(ask, page, response)
        return ()

    def may_ask(self, url: str) -> bool:
        """Whether an address is ours to visit; what is not is counted."""
        try:
            check_url(url, self.visit.hosts, self.visit.job.loopback)
        except OffSite:
            self.visit.filtered["offsite"] += 1
            return False
        except Refused:
            self.visit.filtered["unsafe"] += 1
            return False
        return True

    def _blocked(self, ask: Ask, page: Page) -> Fault | None:
        """A firewall, captcha or login page in place of what we asked for."""
        if ask.role == "picture" or page.status in GONE or not page.body:
            return None
        is_data = ask.role == "api" and not page.body.lstrip().startswith(b"<")
        reason = None if is_data else is_block_page(page)
        if reason is None:
            return None
        browser = "浏览器" in reason
        kind = FaultClass.NEEDS_BROWSER if browser else FaultClass.BLOCKED
        advice = "程序不绕过验证。请用浏览器打开网页，另存或粘贴后手工添加。"
        return Fault(
            kind, f"{reason}：{ask.url[:150]}。{advice}", stops=ask.role != "article"
        )

    def _border(self, ask: Ask, read: Read) -> Callable[[Response], list[Request]]:
        """One page's failure, even ours, costs that page only."""

        def callback(response: Response) -> list[Request]:
            if is_false_answer(response) and response.request is not None:
                return [ask_whole(response.request)]
            try:
                return list(read(ask, response))
            except NewsroomError as error:
                fault = of_error(error, ask.url, {})
                self.lose(ask, self.page(response), response, fault)
            except Exception as error:
                logger.exception("reading %s", ask.url)
                self.visit.lose(of_error(error, ask.url, {}), ask.url)
            return []

        return callback

    def _failed(self, ask: Ask) -> Callable[[Failure], None]:
        def errback(failure: Failure) -> None:
            error = failure.value or RuntimeError("no reason")
            if isinstance(error, OffSite):
                self.visit.filtered["offsite"] += 1
            elif not (isinstance(error, Refused) and error.silent):
                fault = of_error(error, ask.url, self.visit.refused_names)
                if fault.kind is FaultClass.BUG:
                    logger.error("asking %s", ask.url, exc_info=error)
                self.visit.lose(fault, ask.url)

        return errback


def _is_whole(body: bytes) -> bool:
    tail = body[-4096:].lower()
    return any(end in tail for end in _ENDS)


def _header(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else None


def _headers(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
