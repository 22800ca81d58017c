"""A repair for a source whose site was redesigned: proposed, replayed, then offered.

Known titles and texts are looked for in the new pages; the rules found so are replayed
on the raw pages of the last thirty days, and offered only where nothing reads worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.choice import is_file
from crawler.registry import layouts_of
from crawler.spool import SpoolPage, page_from_note
from crawler.warc import read_records
from newsroom.article import Article, Page
from newsroom.errors import NewsroomError, PageUnreadable
from newsroom.text import fold
from page_reading import Layout, read_list
from page_reading.relocating import locate_article, locate_list, merge
from workflow.config_edit import with_layout
from workflow.source_adding import change_config
from workflow.source_care import visit_addresses
from workflow.spool_reading import read_with_layouts

if TYPE_CHECKING:
    from config import Settings, SourceSettings
    from story_store.store import Store
    from workflow.office import Office

REPLAY_DAYS = 30
_KNOWN = 400
_TRIED = 3
_MOST_LISTS = 5
_SAME = 0.9


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a repair would change.

    Attributes:
        layout: the selectors found, None when there is nothing to mend or to find.
        why: why there is none, empty when there is one.
        listed: known rows found on the list now, and with the layout.
        read: known articles read rightly now, and with the layout, of ``tried``.
        tried: how many articles of the new pages were tried.
        replayed: raw pages of the last thirty days that were read again.
        worse: those of them that would read worse.
        evidence: the files of raw pages that keep the pages that failed.
    """

    layout: Layout | None
    why: str = ""
    listed: tuple[int, int] = (0, 0)
    read: tuple[int, int] = (0, 0)
    tried: int = 0
    replayed: int = 0
    worse: int = 0
    evidence: tuple[str, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Whether it mends something and spoils nothing."""
        return self.layout is not None and not self.worse


def propose_repair(office: Office, source: SourceSettings) -> Proposal:
    """Look for the new rules of a source and try them.

    Raises:
        NewsroomError: the source has no web pages to mend, or none could be had.
    """
    if source.kind not in {"section", "site"} or not source.urls:
        raise NewsroomError(f"{source.name} 不是栏目页，没有版式可修")
    with office.store() as store:
        known = _known(store, source)
        if not known:
            raise NewsroomError(f"{source.name} 还没有收过稿件，没有旧稿可以对照")
        lists = _fetch(office, source.urls[:_MOST_LISTS])
        if not lists:
            raise NewsroomError(f"{source.name} 的栏目页现在打不开，修不了版式")
        titles = {url: article.headline for url, article in known.items()}
        found, listed, rows = _mend_list(source, lists, titles)
        wanted = [url for url in rows if url in known and not is_file(url)][:_TRIED]
        pages = _fetch(office, wanted) if wanted else {}
        pairs = [(page, known[url]) for url, page in pages.items()]
        layout, read = _mend_article(source, found, pairs)
        replayed, worse = _replay(office, store, source, layout, known)
        evidence = tuple(_evidence(office, store, source))
    why = "" if layout else _why_not(listed, read, len(pairs))
    return Proposal(layout, why, listed, read, len(pairs), replayed, worse, evidence)


def apply_repair(office: Office, source: SourceSettings, layout: Layout) -> Settings:
    """Write the layout into the source's block; the older ones get their last day."""
    yesterday = office.now.date() - timedelta(days=1)
    values = selectors_of(layout)
    return change_config(
        office,
        lambda text: with_layout(text, source.id, values, last_day=yesterday),
    )


def selectors_of(layout: Layout) -> dict[str, str]:
    """The selectors of a layout by their keys in config.toml."""
    values = {one.name: getattr(layout, one.name) for one in fields(layout)}
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _known(store: Store, source: SourceSettings) -> dict[str, Article]:
    kept = store.source_articles(source.id, limit=_KNOWN)
    return {one.article.url: one.article for one in kept}


def _fetch(office: Office, urls: Sequence[str]) -> dict[str, Page]:
    with visit_addresses(office, urls) as visited:
        kept = [one for one in visited.pages if one.requested_url in urls]
        return {one.requested_url: one.page for one in kept}


def _mend_list(
    source: SourceSettings, pages: Mapping[str, Page], titles: Mapping[str, str]
) -> tuple[Layout | None, tuple[int, int], tuple[str, ...]]:
    """The list's selectors if they find more known rows than the present rules."""
    layouts = [one for one in layouts_of(source) if one.valid_until is None]
    now = layouts[0] if layouts else None
    before = {url for page in pages.values() for url in _rows(page, now)}
    best: tuple[Layout | None, set[str]] = (None, before)
    for page in pages.values():
        layout = locate_list(page, titles)
        found = {url for one in pages.values() for url in _rows(one, layout)}
        if layout and _count(found, titles) > _count(best[1], titles):
            best = (layout, found)
    listed = (_count(before, titles), _count(best[1], titles))
    rows = tuple(url for url in titles if url in best[1])
    return best[0], listed, rows


def _rows(page: Page, layout: Layout | None) -> tuple[str, ...]:
    try:
        return tuple(row.url for row in read_list(page, layout).entries)
    except PageUnreadable:
        return ()


def _count(urls: set[str], known: Mapping[str, str]) -> int:
    return sum(url in known for url in urls)


def _mend_article(
    source: SourceSettings,
    found: Layout | None,
    pairs: Sequence[tuple[Page, Article]],
) -> tuple[Layout | None, tuple[int, int]]:
    """The article's selectors if they read more known articles rightly."""
    old = layouts_of(source)
    before = sum(_reads(page, article, old) for page, article in pairs)
    layout = locate_article(pairs) if before < len(pairs) else None
    after = (
        sum(_reads(page, article, (layout, *old)) for page, article in pairs)
        if layout
        else before
    )
    if after <= before:
        return found, (before, before)
    return merge(found, layout), (before, after)


def _reads(page: Page, known: Article, layouts: Sequence[Layout]) -> bool:
    """Whether a page reads as the known article does: headline, day, most of it."""
    spooled = SpoolPage("article", page, page.url)
    try:
        article = read_with_layouts(spooled, layouts)
    except PageUnreadable:
        return False
    day = known.published is None or article.day == known.day
    return (
        day
        and fold(article.headline) == fold(known.headline)
        and _likeness(article, known) >= _SAME
    )


def _likeness(one: Article, other: Article) -> float:
    """The share of paragraphs that both have, by length."""
    lines = [set(map(fold, a.body.text.splitlines())) - {""} for a in (one, other)]
    common = sum(map(len, lines[0] & lines[1]))
    longer = max(sum(map(len, own)) for own in lines)
    return common / longer if longer else 1.0


def _replay(
    office: Office,
    store: Store,
    source: SourceSettings,
    layout: Layout | None,
    known: Mapping[str, Article],
) -> tuple[int, int]:
    """How many raw pages were read again, and how many would read worse."""
    if layout is None:
        return 0, 0
    old = layouts_of(source)
    replayed = worse = 0
    for page in _raw_pages(office, store, source):
        article = known.get(page.requested_url) or known.get(page.page.url)
        if page.role != "article" or page.parent or article is None:
            continue
        replayed += 1
        was = _reads(page.page, article, old)
        worse += was and not _reads(page.page, article, (layout, *old))
    return replayed, worse


def _raw_pages(
    office: Office, store: Store, source: SourceSettings
) -> Iterator[SpoolPage]:
    for number in range(REPLAY_DAYS + 1):
        day = office.now.date() - timedelta(days=number)
        for kept in store.warcs_of(day):
            if kept.source_id == source.id:
                for note, body in read_records(kept.path):
                    yield page_from_note(note, body)


def _evidence(office: Office, store: Store, source: SourceSettings) -> Iterator[str]:
    """The kept files with pages that could not be used, each once."""
    samples = (
        page.warc for page in _raw_pages(office, store, source) if page.role == "sample"
    )
    yield from dict.fromkeys(samples)


def _why_not(listed: tuple[int, int], read: tuple[int, int], tried: int) -> str:
    if listed[0] and tried and read[0] == tried:
        return f"现在的读法就好：列表认出 {listed[0]} 条旧稿，试读 {tried} 篇都对"
    if not listed[1]:
        return "新网页上找不到以前收过的标题，没法对照；栏目可能搬走了，请核对网址"
    return "找不到比现在更好的规则；请用 gonghui sources try 打包发给维护人员"
