"""Which lists behind an address to look at, and which of them is the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from config import ListApiSettings
from crawler.columns import find_columns, is_front_page, is_news_list
from crawler.guard import Refused, is_same_site, read_origin
from newsroom.article import Article, ListEntry, ListPage, Page
from newsroom.errors import PageUnreadable
from page_reading.offers import Offer, Offers, address_pattern

_MOST_TRIED = 5
_MOST_COLUMNS = 3
_MOST_FEEDS = 2
_TURNS = frozenset({"首页", "下一页", "上一页", "尾页", "末页", "更多", "返回"})
_KINDS = {"section": "栏目页", "feed": "订阅源", "list_api": "列表接口"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One list that could be the source: how it is read, and what it showed.

    ``page`` is the list as it came, None where only its rows are known.
    """

    kind: str
    url: str
    listing: ListPage
    name: str = ""
    api: ListApiSettings | None = None
    page: Page | None = None

    @property
    def rows(self) -> tuple[ListEntry, ...]:
        """The rows that it showed."""
        return self.listing.entries

    @property
    def newest(self) -> datetime | None:
        """The latest date among its rows."""
        return max((row.published for row in self.rows if row.published), default=None)

    @property
    def words(self) -> str:
        """What it is, for people."""
        named = f"“{self.name}”" if self.name else ""
        return f"{_KINDS[self.kind]}{named} {self.url}（{len(self.rows)} 条）"


@dataclass(frozen=True, slots=True)
class Start:
    """The given address as it answered."""

    page: Page
    offers: Offers
    article: Article | None = None


def find_leads(start: Start, candidates: Sequence[Candidate]) -> tuple[Offer, ...]:
    """What to look at next; nothing where the address is a list itself."""
    page, offers = start.page, start.offers
    is_list = bool(candidates) and is_news_list(candidates[0].rows)
    if is_list and not start.article and not is_front_page(page.url):
        return ()
    names = {offer.url: offer.name for offer in offers.names}
    columns = [Offer(url, names.get(url, "")) for url in _columns(page)]
    trail = [one for one in offers.trail if not is_front_page(one.url)]
    calls = [Offer(url) for url in offers.calls if is_askable(url)]
    if start.article:
        columns = sorted(columns, key=lambda one: -_shared(one.url, page.url))
        leads = [*trail, *columns]
    else:
        leads = [*calls, *offers.feeds[:_MOST_FEEDS], *trail, *columns]
    host = read_origin(page.url).key
    asked = frozenset(call.url for call in calls)
    unique = {
        one.url: one
        for one in reversed(leads)
        if one.url in asked or _is_ours(one, page.url, host)
    }
    return tuple(reversed(unique.values()))[:_MOST_TRIED]


def _columns(page: Page) -> tuple[str, ...]:
    try:
        return find_columns(page)
    except PageUnreadable:
        return ()


def _shared(column: str, article: str) -> int:
    """How many folders a column and an article have in common."""
    pairs = zip(
        urlsplit(column).path.split("/"),
        urlsplit(article).path.split("/"),
        strict=False,
    )
    return next((n for n, (one, two) in enumerate(pairs) if one != two), 0)


def _is_ours(offer: Offer, page_url: str, host: str) -> bool:
    turn = offer.name in _TURNS or offer.name.isdecimal()
    ours = is_of(offer.url, frozenset({host}))
    return not turn and offer.url != page_url and ours


def choose_lists(
    start: Start, candidates: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The list given; for an article its column; for a front page its columns."""
    news = [one for one in candidates if is_news_list(one.rows)]
    turns = {one.listing.next_page for one in news}
    news = [one for one in news if one.url not in turns]
    if start.article:
        return _column_of(start.page.url, news)
    given = [one for one in news if one.url == start.page.url]
    if given and not is_front_page(start.page.url):
        return tuple(given)
    made = [one for one in news if one.kind == "list_api"]
    feeds = [one for one in news if one.kind == "feed"]
    columns = [one for one in news if one.kind == "section" and one not in given]
    latest = max((one.newest for one in columns if one.newest), default=None)
    fresh = [
        one for one in feeds if not latest or (one.newest and one.newest >= latest)
    ]
    return tuple(made[:1] or fresh[:1] or columns[:_MOST_COLUMNS] or feeds[:1] or given)


def _column_of(url: str, news: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The list that shows the article, else one whose articles have such addresses."""
    showing = [one for one in news if url in {row.url for row in one.rows}]
    shape = address_pattern((url,))
    like = [one for one in news if address_pattern(r.url for r in one.rows) == shape]
    return tuple((showing or like or list(news))[:1])


def is_askable(url: str) -> bool:
    """Whether an address may be asked at all; a bare IPv6 number is no source."""
    try:
        return not read_origin(url).host.startswith("[")
    except Refused:
        return False


def is_of(url: str, hosts: frozenset[str]) -> bool:
    """Whether an address may be asked and is of one of these hosts."""
    try:
        return is_same_site(read_origin(url).key, hosts)
    except Refused:
        return False
