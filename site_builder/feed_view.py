"""Feeds and the sitemap: the same entries in three forms."""

from __future__ import annotations

import json
import uuid
from email.utils import format_datetime

from newsroom.article import CHINA
from newsroom.story import Story
from newsroom.text import strip_invisible
from site_builder.cards import source_name
from site_builder.frame_views import FeedEntryView, FeedView
from site_builder.links import Kind, story_address
from site_builder.standpoint import Standpoint

MOST_ENTRIES = 40


def feed_view(at: Standpoint) -> FeedView:
    """The newest stories of the editions, as a feed at ``at.base``."""
    given, latest = at.shown.given, at.shown.latest
    # Before the first edition the day stands, not the minute: a build without news
    # writes nothing.
    today = given.built_at.astimezone(CHINA).replace(hour=0, minute=0, second=0)
    updated = latest.issued_at.astimezone(CHINA) if latest else today
    return FeedView(
        id=_urn(at, "feed"),
        title=given.site.title,
        author=given.office.name,
        home_href=_href(at, at.to(Kind.FRONT), "index.html"),
        self_href=_href(at, at.href(at.base), at.base.path),
        updated=updated.isoformat(timespec="seconds"),
        updated_rfc822=format_datetime(updated),
        entries=tuple(_entry(story, at) for story in _newest(at)),
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
        for edition in at.shown.days[:MOST_ENTRIES]
        for story_id in edition.carried
    )
    newest = list(ids)[:MOST_ENTRIES]
    at.shown.stories.fetch_cards(newest)
    return [at.shown.stories.card(story_id) for story_id in newest]


def _entry(story: Story, at: Standpoint) -> FeedEntryView:
    moment = (story.published or story.first_seen).astimezone(CHINA)
    return FeedEntryView(
        id=_urn(at, f"story/{story.id}"),
        title=strip_invisible(story.headline),
        href=_href(at, at.story(story), story_address(story).path),
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
