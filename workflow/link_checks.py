"""The check of outbound links: which are looked at tonight, and what pages drop.

Links of the last 30 days and of the front page every night, those of an older story
once in 30 nights; at the crawler's pace and behind its guard, one crawl job a host.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config import SourceSettings
from crawler.guard import read_origin
from crawler.job import CrawlJob, KnownPage
from crawler.launch import Progress, crawl
from crawler.spool import SpoolEnd, SpoolLoss, SpoolPage, read_spool
from newsroom.article import CHINA
from newsroom.body import is_safe_link, links_of
from newsroom.errors import NewsroomError, PageUnreadable
from newsroom.link_care import (
    RECENT,
    ROUND,
    LinkNote,
    LinkState,
    Look,
    OutLink,
    Seen,
    after_look,
    dead_by_story,
    is_due,
)
from newsroom.source import FaultClass
from newsroom.story import StoryState
from page_reading import read_title
from workflow.building import build_trees
from workflow.run_lock import run_lock

if TYPE_CHECKING:
    from newsroom.article import Page
    from newsroom.source import Loss
    from newsroom.story import Story
    from story_store.store import Store
    from workflow.office import Office

MOST_A_HOST = 120
_NOT_SHOWN = frozenset({StoryState.WITHDRAWN, StoryState.SPIKED})
_GONE = frozenset({FaultClass.NOT_FOUND, FaultClass.DNS, FaultClass.DOWN})
_HOST_GONE = frozenset({FaultClass.DNS, FaultClass.DOWN})


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that pages no longer bear, with the story that did."""

    note: LinkNote
    headline: str


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What a night's check gave.

    Attributes:
        looked: how many links were looked at.
        opened: how many of them are good.
        waiting: how many were due but not asked (pace, refusals); next night.
        dead: the dead links of the stories that were gone through.
        changed: the stories whose pages change by it.
    """

    looked: int
    opened: int
    waiting: int
    dead: tuple[DeadLink, ...]
    changed: tuple[int, ...]


def check_links(
    office: Office,
    *,
    whole: bool = False,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> LinkReport:
    """Look at the links that are due, remember what was found, mend the pages.

    ``whole`` goes through every story instead of tonight's share of the older ones.
    The office's lock is held only while pages are mended: a slow host must not keep
    the morning run waiting. What was found is kept even if that lock is not to be had.

    Raises:
        NewsroomError: the store cannot be opened, or another run goes on.
    """
    today = office.now.astimezone(CHINA).date()
    with office.store() as store:
        front = _front(store)
        stories = _stories(store, today, front, whole=whole)
        links = tuple(link for story in stories for link in out_links(story, office))
        notes = store.link_notes([link.url for link in links])
    due = _due(links, notes, today, front)
    looks = _look(office, due, on_progress)
    with office.store() as store:
        with store.writing():
            # Read anew: an editor may have trusted a link while hosts were asked.
            notes = store.link_notes([link.url for link in links])
            for link in due:
                look = looks.get(link.url)
                note = look and after_look(notes.get(link.url), look, link, today)
                if note:
                    notes[link.url] = note
            store.keep_link_notes(notes[url] for url in looks if url in notes)
        with run_lock(office.data, office.now):
            report = _settle(store, stories, links, notes, looks, len(due))
            if report.changed:
                build_trees(office, store)
    return report


def out_links(story: Story, office: Office) -> Iterator[OutLink]:
    """The outbound links that a story's page may bear, each once.

    Only those of publications have a headline that the page must resemble.
    """
    day = story.first_seen.astimezone(CHINA).date()
    named = {one.url: one.headline for one in story.appearances}
    files = [one.url for one in story.attachments]
    own = _key(office.settings.site.base_url)
    for url in dict.fromkeys((*named, *files, *links_of(story.body))):
        key = _key(url)
        if key and key != own and is_safe_link(url):
            yield OutLink(url, story.id, named.get(url, ""), day)


def trust_link(office: Office, url: str) -> None:
    """An editor says that a link is good: it comes back and is never dead again.

    Every story that bore it bears it again.

    Raises:
        NewsroomError: nothing is remembered of such a link.
    """
    with run_lock(office.data, office.now), office.store() as store:
        note = store.link_notes([url]).get(url)
        if note is None:
            raise NewsroomError(
                f"没有检查过这个链接：{url}。gonghui links --list 列出失效的链接"
            )
        good = replace(note, state=LinkState.GOOD, failed_on=(), found="", trusted=True)
        store.keep_link_notes([good])
        for story in store.stories(ids=store.stories_without(url)):
            kept = tuple(one for one in story.dead_links if one != url)
            store.set_dead_links(story.id, kept)
        build_trees(office, store)


def dead_links(store: Store) -> tuple[DeadLink, ...]:
    """Every dead link that is remembered, the newest finding first."""
    notes = [note for note in store.link_notes().values() if note.is_dead]
    stories = store.stories(ids=sorted({note.story_id for note in notes}))
    names = {story.id: story.headline for story in stories}
    ordered = sorted(notes, key=lambda n: (n.checked_on, n.url), reverse=True)
    return tuple(DeadLink(n, names.get(n.story_id, "")) for n in ordered)


def dead_words(store: Store) -> str:
    """How many links are dead, for the report; empty when none is."""
    dead = dead_links(store)
    if not dead:
        return ""
    return (
        f"对外链接有 {len(dead)} 个失效，网页上已只留文字："
        "gonghui links --list 看清单，看过是好的用 --trust 恢复"
    )


def _front(store: Store) -> frozenset[int]:
    latest = store.editions(limit=1)
    entries = (*latest[0].all_entries, *latest[0].week) if latest else ()
    return frozenset(entry.story_id for entry in entries)


def _stories(
    store: Store, today: date, front: frozenset[int], *, whole: bool
) -> tuple[Story, ...]:
    """Tonight's stories: the recent, the front page's, a thirtieth of the others."""
    if whole:
        found: Iterable[Story] = store.stories()
    else:
        doubted = {
            note.story_id
            for note in store.link_notes().values()
            if note.state is LinkState.DOUBTED
        }
        turn = today.toordinal() % ROUND.days
        older = {i for i in store.story_digests() if i % ROUND.days == turn}
        recent = store.stories(since=today - RECENT)
        others = (older | doubted | front) - {story.id for story in recent}
        found = (*recent, *store.stories(ids=sorted(others)))
    return tuple(story for story in found if story.state not in _NOT_SHOWN)


def _due(
    links: Sequence[OutLink],
    notes: Mapping[str, LinkNote],
    today: date,
    front: frozenset[int],
) -> tuple[OutLink, ...]:
    """The links to look at, each address once: those not seen for longest first."""
    wanted = {
        link.url: link
        for link in reversed(links)
        if is_due(link, notes.get(link.url), today, front=link.story_id in front)
    }

    def seen(link: OutLink) -> tuple[date, str]:
        note = notes.get(link.url)
        return (note.checked_on if note else date.min, link.url)

    return tuple(sorted(wanted.values(), key=seen))


def _look(
    office: Office, due: Sequence[OutLink], on_progress: Callable[[Progress], None]
) -> dict[str, Look]:
    """Ask for the links, a host after the other; what was met, by address."""
    by_host: dict[str, list[str]] = {}
    for link in due:
        urls = by_host.setdefault(_key(link.url), [])
        if len(urls) < MOST_A_HOST:
            urls.append(link.url)
    looks: dict[str, Look] = {}
    with tempfile.TemporaryDirectory(
        prefix="gonghui-links-", ignore_cleanup_errors=True
    ) as folder:
        jobs = [
            _job(office, host, urls, Path(folder) / str(number))
            for number, (host, urls) in enumerate(by_host.items())
        ]
        done = crawl(
            jobs,
            parallel=office.settings.crawl.parallel,
            on_progress=on_progress,
            nursery=office.nursery,
        )
        for outcome, urls in zip(done, by_host.values(), strict=True):
            looks |= _looks(outcome.spool, urls)
    return looks


def _job(office: Office, host: str, urls: Sequence[str], spool: Path) -> CrawlJob:
    source = SourceSettings(
        id="links", name=f"网站 {host}", tier="-", hosts=(host,), enabled=False
    )
    settings = office.settings.crawl.model_copy(update={"retry_delays": ()})
    return CrawlJob(
        source=source,
        crawl=settings,
        spool=spool,
        now=office.now,
        known=tuple(KnownPage(url, None, None, office.now, office.now) for url in urls),
        loopback=office.loopback,
    )


def _looks(spool: Path, urls: Sequence[str]) -> dict[str, Look]:
    """What a visit met, by address; a host that is gone speaks for all its links."""
    looks: dict[str, Look] = {}
    gone: Loss | None = None
    stopped = False
    for result in read_spool(spool):
        if isinstance(result, SpoolPage) and result.requested_url in urls:
            looks.setdefault(
                result.requested_url, _opened(result.requested_url, result.page)
            )
        elif isinstance(result, SpoolLoss):
            loss = result.loss
            gone = loss if loss.fault in _HOST_GONE else gone
            if loss.url in urls:
                looks[loss.url] = _lost(loss)
        elif isinstance(result, SpoolEnd):
            stopped = result.finished == "stopped"
    opened = any(look.seen is Seen.OPENED for look in looks.values())
    if stopped and gone and not opened:
        for url in urls:
            looks.setdefault(url, Look(url, Seen.FAILED, detail=gone.sentence[:80]))
    return looks


def _opened(url: str, page: Page) -> Look:
    try:
        return Look(url, Seen.OPENED, title=read_title(page))
    except PageUnreadable as error:
        if "不存在" in error.reason:
            return Look(url, Seen.FAILED, detail=error.reason)
        return Look(url, Seen.OPENED)


def _lost(loss: Loss) -> Look:
    detail = loss.sentence[:80]
    if loss.fault is FaultClass.MOVED:
        return Look(loss.url, Seen.LED_AWAY, detail=detail)
    if loss.fault is FaultClass.TOO_LARGE:  # a large file is a file that is there
        return Look(loss.url, Seen.OPENED)
    seen = Seen.FAILED if loss.fault in _GONE else Seen.REFUSED
    return Look(loss.url, seen, detail=detail)


def _settle(  # noqa: PLR0913, PLR0917 - what one night worked on
    store: Store,
    stories: Sequence[Story],
    links: Sequence[OutLink],
    notes: Mapping[str, LinkNote],
    looks: Mapping[str, Look],
    due: int,
) -> LinkReport:
    dead = dead_by_story(links, notes)
    changed = tuple(
        story.id
        for story in stories
        if store.set_dead_links(story.id, dead.get(story.id, ()))
    )
    proved = [url for url, look in looks.items() if look.seen is not Seen.REFUSED]
    return LinkReport(
        looked=len(proved),
        opened=sum(notes[url].state is LinkState.GOOD for url in proved),
        waiting=due - len(proved),
        dead=tuple(
            DeadLink(notes[url], story.headline)
            for story in stories
            for url in dead.get(story.id, ())
        ),
        changed=changed,
    )


def _key(url: str) -> str:
    """The host that is asked; empty for what is no address, or a bare IPv6 number."""
    try:
        origin = read_origin(url)
    except NewsroomError:
        return ""
    return "" if origin.host.startswith("[") else origin.key
