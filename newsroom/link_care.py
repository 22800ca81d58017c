"""Links that lead out of our pages: when one is looked at, and what a look proves.

A link is dead only after two failed looks on two days (one day's 404 may be an
accident); it is hijacked when the page no longer bears the headline that it was linked
for, as with lapsed names that sell other things; it moved when it leads to another
host. What merely refuses us (a firewall, robots.txt, too many requests) proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from newsroom.text import fold

RECENT = timedelta(days=30)
ROUND = timedelta(days=30)
FAILED_DAYS = 2
LEAST_ALIKE = 0.25
LONGEST_PAGE_TITLE = 200


class LinkState(Enum):
    """How a link fares, in the words of the report."""

    GOOD = "正常"
    DOUBTED = "打不开一次，改天再看"
    DEAD = "打不开"
    MOVED = "已搬走"
    HIJACKED = "内容换了"


DEAD = frozenset({LinkState.DEAD, LinkState.MOVED, LinkState.HIJACKED})


class Seen(Enum):
    """What one look found."""

    OPENED = "opened"
    FAILED = "failed"
    LED_AWAY = "led away"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OutLink:
    """A link that our pages bear.

    Attributes:
        url: where it leads.
        story_id: the story that bears it.
        headline: what the page is expected to say; empty when nothing is known of it
            (a link in a text, an attachment).
        day: when the story was taken in.
    """

    url: str
    story_id: int
    headline: str
    day: date


@dataclass(frozen=True, slots=True)
class LinkNote:
    """What is remembered of a link.

    Attributes:
        url: where it leads.
        checked_on: the day of the last look that proved something.
        state: how it fares.
        failed_on: the days of the failed looks since the last good one, oldest first.
        found: the title or the reason that was met instead, for the editor.
        story_id: a story that bears it.
        trusted: an editor looked and found it good; it is never dead again.
    """

    url: str
    checked_on: date
    state: LinkState = LinkState.GOOD
    failed_on: tuple[date, ...] = ()
    found: str = ""
    story_id: int = 0
    trusted: bool = False

    @property
    def is_dead(self) -> bool:
        """Whether pages must not lead there."""
        return self.state in DEAD


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a link: what was seen, and the page's own title where it opened."""

    url: str
    seen: Seen
    title: str = ""
    detail: str = ""


def is_due(link: OutLink, note: LinkNote | None, today: date, *, front: bool) -> bool:
    """Whether a link is looked at today.

    Daily in its first 30 days and on the front page, else once in 30 days; one that
    failed once is looked at again on the next day.
    """
    if note is None:
        return True
    if note.checked_on >= today:
        return False
    young = today - link.day <= RECENT
    doubted = note.state is LinkState.DOUBTED
    return front or young or doubted or today - note.checked_on >= ROUND


def after_look(
    note: LinkNote | None, look: Look, link: OutLink, today: date
) -> LinkNote | None:
    """What is remembered after a look; unchanged by one that proves nothing."""
    if look.seen is Seen.REFUSED:
        return note
    before = note or LinkNote(link.url, today)
    before = replace(before, checked_on=today, story_id=link.story_id)
    opened = look.seen is Seen.OPENED
    if before.trusted or (opened and _is_same(look.title, link.headline)):
        return replace(before, state=LinkState.GOOD, failed_on=(), found="")
    if opened:
        return _failed(before, LinkState.HIJACKED, look.title[:80], today)
    away = look.seen is Seen.LED_AWAY
    state = LinkState.MOVED if away else LinkState.DEAD
    return _failed(before, state, look.detail, today)


def resembles(title: str, headline: str) -> bool:
    """Whether a page's title may belong to a headline: they share pairs of characters.

    A site's title bears its name too and lists cut headlines short, so what counts is
    the share of the shorter one's pairs that the longer one has.
    """
    pairs = sorted((_pairs(title), _pairs(headline)), key=len)
    if not pairs[0]:
        return fold(headline) in fold(title) or fold(title) in fold(headline)
    return len(pairs[0] & pairs[1]) >= LEAST_ALIKE * len(pairs[0])


def dead_by_story(
    links: Iterable[OutLink], notes: Mapping[str, LinkNote]
) -> dict[int, tuple[str, ...]]:
    """For each story that bears links the dead ones, in the order that they stand."""
    dead: dict[int, dict[str, None]] = {}
    for link in links:
        mine = dead.setdefault(link.story_id, {})
        note = notes.get(link.url)
        if note and note.is_dead:
            mine[link.url] = None
    return {story_id: tuple(urls) for story_id, urls in dead.items()}


def _is_same(title: str, headline: str) -> bool:
    return not title or not headline or resembles(title, headline)


def _failed(note: LinkNote, state: LinkState, found: str, today: date) -> LinkNote:
    days = (*note.failed_on, today) if today not in note.failed_on else note.failed_on
    proved = state if len(days) >= FAILED_DAYS else LinkState.DOUBTED
    return replace(note, state=proved, failed_on=days, found=found)


def _pairs(words: str) -> frozenset[str]:
    plain = "".join(c for c in fold(words[:LONGEST_PAGE_TITLE]) if c.isalnum())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
