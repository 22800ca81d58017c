"""From one address to a source: its feeds, columns or list API, tried before kept.

Three polite visits: to the address, to what it leads to, and to ten entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config import ListApiSettings, SourceSettings
from crawler.chromium import what_is_missing
from crawler.columns import is_front_page, is_news_list
from crawler.guard import is_same_site, read_origin
from newsroom.article import Article, Page
from newsroom.errors import NewsroomError, PageUnreadable
from page_reading import ApiShape, is_block_page, read_article, read_list_api
from page_reading.api_shape import guess_api_shape
from page_reading.offers import (
    Offer,
    Offers,
    address_pattern,
    find_offers,
    with_scripts,
)
from workflow.reading import is_feed, read_rows
from workflow.source_care import (
    visit_address,
    visit_addresses,
    visit_posted,
)
from workflow.source_doubts import doubts_about, has_scripts, nothing_found
from workflow.source_guess import (
    guess_city,
    guess_id,
    guess_name,
    guess_tier,
    is_union_site,
)
from workflow.source_leads import Candidate, Start, choose_lists, find_leads, is_of
from workflow.source_trial import ENTRIES, Sampled, Tried, pause, try_entries

if TYPE_CHECKING:
    from workflow.office import Office

_FEWEST_ROWS = 3
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """A source that was found, what it read, and what is unsure about it."""

    source: SourceSettings
    chosen: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    entries: tuple[Tried, ...]
    pages: tuple[Sampled, ...]
    article_pattern: str | None
    doubts: tuple[str, ...]

    @property
    def next_page(self) -> str | None:
        """The second page of its first list that has one."""
        turns = (one.listing.next_page for one in self.chosen)
        return next(filter(None, turns), None)


def find_source_at(office: Office, url: str, tell: Tell) -> Finding:
    """The source behind an address, tried with ten entries.

    Raises:
        NewsroomError: the address gives no page, or nothing behind it is a list.
    """
    tell(f"正在打开 {url}")
    start = _open(office, url)
    candidates = list(_of_page(start.page, start.offers))
    start = _with_scripts(office, start, candidates, tell)
    leads = find_leads(start, candidates)
    if leads:
        pause(office)
        tell(f"正在看 {len(leads)} 个栏目和接口")
        candidates += _look_at(office, leads, start.offers)
    chosen = choose_lists(start, candidates)
    chosen = chosen or choose_lists(start, _by_post(office, start, tell))
    drawn = () if chosen else _drawn(office, start, tell)
    chosen = chosen or drawn
    if not chosen:
        raise NewsroomError(nothing_found(start, url))
    source = _draft(office, start, chosen, in_browser=bool(drawn))
    pause(office)
    tell(f"正在试读 {ENTRIES} 篇")
    entries, pages = try_entries(office, source, chosen)
    others = tuple(one for one in candidates if one not in chosen)
    return Finding(
        source,
        chosen,
        others,
        entries,
        pages,
        _patterns(chosen),
        tuple(doubts_about(office, start, chosen, entries, in_browser=bool(drawn))),
    )


def _with_scripts(
    office: Office, start: Start, candidates: Sequence[Candidate], tell: Tell
) -> Start:
    """The start with what its script files call, where it shows no list itself."""
    host = frozenset({read_origin(start.page.url).key})
    scripts = [url for url in start.offers.scripts if is_of(url, host)]
    if start.article or start.offers.calls or not scripts:
        return start
    if any(is_news_list(one.rows) for one in candidates):
        return start
    pause(office)
    tell(f"正在看 {len(scripts)} 个脚本")
    with visit_addresses(office, scripts) as visited:
        read = [one.page for one in visited.pages if one.requested_url in scripts]
    return replace(start, offers=with_scripts(start.offers, start.page, read))


def _by_post(office: Office, start: Start, tell: Tell) -> list[Candidate]:
    """The lists that the page's scripts ask for by POST, of its own site only."""
    host = frozenset({read_origin(start.page.url).key})
    posts = tuple(url for url in start.offers.posts if is_of(url, host))
    if start.article or not posts:
        return []
    pause(office)
    tell(f"正在用 POST 问 {len(posts)} 个接口，和网页上的脚本一样")
    with visit_posted(office, posts) as visited:
        pages = [kept.page for kept in visited.pages if kept.requested_url in posts]
    return [one for page in pages for one in _of_page(page, start.offers)]


def _drawn(office: Office, start: Start, tell: Tell) -> tuple[Candidate, ...]:
    """The list as an installed browser draws it, where no list API was found."""
    if start.article or not has_scripts(start.page) or what_is_missing():
        return ()
    pause(office)
    tell("没有认出列表，也许是脚本画的，正在用本机浏览器打开")
    with visit_address(office, start.page.url, in_browser=True) as visited:
        pages = [kept.page for kept in visited.pages if kept.role == "article"]
    shown = [one for page in pages for one in _of_page(page, Offers(""))]
    return choose_lists(start, shown)


def _patterns(chosen: Sequence[Candidate]) -> str | None:
    """The shapes of article addresses, one a list where they differ."""
    shapes = (address_pattern(row.url for row in one.rows) for one in chosen)
    return "、".join(dict.fromkeys(filter(None, shapes))) or None


def _open(office: Office, url: str) -> Start:
    with visit_address(office, url) as visited:
        pages = [kept.page for kept in visited.pages if kept.role == "article"]
        reasons = [loss.sentence for loss in visited.losses]
    if not pages:
        raise NewsroomError(
            reasons[0]
            if reasons
            else f"没有打开 {url}：可能转到了别的网站，请用浏览器打开后抄最终的网址"
        )
    page = pages[0]
    if is_feed(page):
        return Start(page, Offers(""))
    try:
        offers = find_offers(page)
    except PageUnreadable:
        return Start(page, Offers(""))
    return Start(page, offers, _as_article(page))


def _as_article(page: Page) -> Article | None:
    """The article that a page is; a list may read like one, a front page is none."""
    if is_front_page(page.url) or _is_list(page):
        return None
    try:
        article = read_article(page)
    except PageUnreadable:
        return None
    return article if article.published else None


def _is_list(page: Page) -> bool:
    """Whether it lists news at addresses unlike its own; related articles are alike."""
    try:
        rows = read_rows(page).entries
    except PageUnreadable:
        return False
    alike = address_pattern(row.url for row in rows) == address_pattern((page.url,))
    return len(rows) >= _FEWEST_ROWS and is_news_list(rows) and not alike


def _of_page(page: Page, offers: Offers, name: str = "") -> Iterator[Candidate]:
    """What kind of list a page is; nothing where it is none."""
    if is_block_page(page):
        return
    api = None if is_feed(page) else guess_api_shape(page, offers.templates)
    try:
        if api:
            yield Candidate(
                "list_api",
                page.url,
                read_list_api(page, api),
                name,
                _settings_of(api),
                page,
            )
            return
        listing = read_rows(page)
    except PageUnreadable:
        return
    if len(listing.entries) >= _FEWEST_ROWS:
        kind = "feed" if is_feed(page) else "section"
        yield Candidate(kind, page.url, listing, name, page=page)


def _settings_of(api: ApiShape) -> ListApiSettings:
    return ListApiSettings(
        rows=api.rows or ".",
        title=api.title,
        date=api.date,
        url="" if api.url_template else api.url,
        url_template=api.url_template,
        page_param=api.page_parameter,
        first_page=api.first_page,
        total=api.total,
        page_size=api.page_size,
    )


def _look_at(office: Office, leads: Sequence[Offer], offers: Offers) -> list[Candidate]:
    names = {offer.url: offer.name for offer in leads}
    with visit_addresses(office, tuple(names)) as visited:
        kept = {one.requested_url: one.page for one in visited.pages}
        return [
            candidate
            for url, name in names.items()
            if url in kept
            for candidate in _of_page(kept[url], offers, name)
        ]


def _draft(
    office: Office,
    start: Start,
    chosen: Sequence[Candidate],
    *,
    in_browser: bool = False,
) -> SourceSettings:
    """The settings of the source, every guess in them."""
    settings = office.settings
    first = chosen[0]
    names = {source.name for source in settings.sources}
    title = start.offers.title or _feed_title(start.page)
    name = guess_name(title, start.offers.site, names, first.name)
    return SourceSettings.model_validate(
        {
            "id": guess_id(first.url, {source.id for source in settings.sources}),
            "name": name,
            "tier": guess_tier(name, settings),
            "kind": first.kind,
            "urls": tuple(one.url for one in chosen),
            "hosts": _hosts(chosen),
            "union_filter": not is_union_site(name),
            "city": guess_city(name, settings),
            "api": first.api,
            "render": "browser" if in_browser else "",
        }
    )


def _feed_title(page: Page) -> str:
    from page_reading import read_feed

    return read_feed(page).title if is_feed(page) else ""


def _hosts(chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """Empty while the addresses of the lists say it; else those of the articles too."""
    lists = tuple(dict.fromkeys(read_origin(one.url).key for one in chosen))
    known = frozenset(lists)
    rows = [urlsplit(row.url).netloc.lower() for one in chosen for row in one.rows]
    foreign = [host for host in dict.fromkeys(rows) if not is_same_site(host, known)]
    often = tuple(host for host in foreign if rows.count(host) * 2 > len(rows))
    return (*lists, *often) if often else ()


def confirm(finding: Finding, **chosen: object) -> Finding:
    """The finding with what was confirmed or changed: name, tier, id, union_filter.

    Raises:
        NewsroomError: a value is not one that the settings accept.
    """
    from pydantic import ValidationError

    given = {key: value for key, value in chosen.items() if value is not None}
    values = finding.source.model_dump() | given
    try:
        source = SourceSettings.model_validate(values)
    except ValidationError as error:
        wrong = {str(one["loc"][-1]) for one in error.errors() if one["loc"]}
        told = [words for key, words in _WRONG.items() if key in wrong]
        raise NewsroomError("；".join(told) or "来源写得不对") from error
    return replace(finding, source=source)


_WRONG = {
    "name": "名称写得不对：至少两个字",
    "id": "编号写得不对：用小写英文字母开头，后面是字母、数字、下划线",
    "tier": "层级写得不对：写层级的编号，如 zj",
}
