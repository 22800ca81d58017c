"""Feeds and the sitemap: the same entries in three forms."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from newsroom.article import CHINA
from newsroom.story import Story
from newsroom.text import strip_invisible
from site_builder.cards import source_name
from site_builder.files import PageFile, Planned, TextFile
from site_builder.frame_views import FeedEntryView, FeedView
from site_builder.index import Index, Part
from site_builder.links import Address, Kind, story_path
from site_builder.list_view import LISTS
from site_builder.standpoint import Standpoint

MOST_ENTRIES = 40


def feed_view(at: Standpoint) -> FeedView:
    """The newest stories of the editions, as a feed at ``at.base``."""
    given, latest = at.shown.given, at.shown.latest
    updated = latest.issued_at.astimezone(CHINA) if latest else _first_day(at)
    return _feed(at, "feed", given.site.title, updated, _newest(at))


def list_feed_view(at: Standpoint, title: str, ids: Sequence[int]) -> FeedView:
    """The newest stories of a town or topic, as a feed at ``at.base``."""
    at.shown.stories.fetch_cards(ids)
    stories = [at.shown.stories.card(story_id) for story_id in ids]
    moments = [story.published or story.first_seen for story in stories]
    updated = max(moments).astimezone(CHINA) if moments else _first_day(at)
    name = at.base.key.split(".", 1)[0]
    whole = f"{at.shown.given.site.title}：{title}"
    return _feed(at, f"feed/{name}", whole, updated, stories)


def newest_of(kind: Kind, name: str, index: Index) -> tuple[int, ...]:
    """The stories of such a feed, newest first."""
    of = LISTS[kind]
    count = index.counts(of)[name]
    least = min(count, MOST_ENTRIES)
    return index.part(of, name, Part(count - least, least))


def feed_file(feed: FeedView, address: Address) -> Planned:
    """The feed in the form that its address names."""
    if address.path.endswith(".json"):
        return TextFile(address, feed_json(feed))
    template = "site/atom.xml" if address.path.endswith("atom.xml") else "site/rss.xml"
    return PageFile(address, template, feed, None)


def _first_day(at: Standpoint) -> datetime:
    # Before the first edition the day stands, not the minute: a build without news
    # writes nothing.
    built = at.shown.given.built_at.astimezone(CHINA)
    return built.replace(hour=0, minute=0, second=0)


def _feed(
    at: Standpoint, name: str, title: str, updated: datetime, stories: Sequence[Story]
) -> FeedView:
    given = at.shown.given
    return FeedView(
        id=_urn(at, name),
        title=title,
        author=given.office.name,
        home_href=_href(at, at.to(Kind.FRONT), "index.html"),
        self_href=_href(at, at.href(at.base), at.base.path),
        updated=updated.isoformat(timespec="seconds"),
        updated_rfc822=format_datetime(updated),
        entries=tuple(_kept_entry(story, at) for story in stories),
    )


def feed_json(feed: FeedView) -> str:
    """The feed as JSON Feed 1.1."""
    return (
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": feed.title,
                "language": "zh-CN",
                "home_page_url": feed.home_href,
                "feed_url": feed.self_href,
                "authors": [{"name": feed.author}],
                "items": [_json_entry(entry) for entry in feed.entries],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _newest(at: Standpoint) -> list[Story]:
    """The stories in the order of the editions that carried them, each once."""
    ids = dict.fromkeys(
        story_id
        for edition in at.shown.by_now[:MOST_ENTRIES]
        for story_id in edition.carried
    )
    newest = list(ids)[:MOST_ENTRIES]
    at.shown.stories.fetch_cards(newest)
    return [at.shown.stories.card(story_id) for story_id in newest]


def _kept_entry(story: Story, at: Standpoint) -> FeedEntryView:
    """The entry of a story, made once for the feeds of all forms and lists."""
    entries = at.here.entries
    if story.id not in entries:
        entries[story.id] = _entry(story, at)
    return entries[story.id]


def _entry(story: Story, at: Standpoint) -> FeedEntryView:
    moment = (story.published or story.first_seen).astimezone(CHINA)
    return FeedEntryView(
        id=_urn(at, f"story/{story.id}"),
        title=strip_invisible(story.headline),
        href=_href(at, at.story(story), story_path(story)),
        summary=strip_invisible(story.abstract),
        source=strip_invisible(source_name(story, at)),
        published=moment.isoformat(timespec="seconds"),
        published_rfc822=format_datetime(moment),
    )


def _json_entry(entry: FeedEntryView) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.href,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": entry.published,
        "authors": [{"name": entry.source}],
    }


def _href(at: Standpoint, relative_href: str, path: str) -> str:
    """Absolute where the site's address is known, as readers of feeds expect."""
    base = at.shown.given.site.base_url.rstrip("/")
    return f"{base}/{path}" if base and not at.shown.is_internal else relative_href


def _urn(at: Standpoint, name: str) -> str:
    """An id that stays the same when the site moves to another address."""
    office = at.shown.given.office.name
    return uuid.uuid5(uuid.NAMESPACE_URL, f"gonghui/{office}/{name}").urn
