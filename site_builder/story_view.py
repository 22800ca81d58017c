"""A story's page: what may be shown of it, and the journey it made."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsroom.body import is_safe_link, without_links
from newsroom.edition import Entry
from newsroom.story import Finding, Story, StoryState
from newsroom.taxonomy import Tag
from site_builder.cards import (
    long_stamp,
    other_reasons,
    score_view,
    source_name,
    story_level,
)
from site_builder.journey_view import journey_view
from site_builder.share_card_view import share_card_view
from site_builder.standpoint import Standpoint
from site_builder.views import (
    Link,
    OriginalView,
    PictureView,
    Stamp,
    StoryInternalView,
    StoryView,
)

# The host of nearly all addresses; the others are taken apart.
_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:/|\Z)", re.ASCII)


def story_view(story: Story, at: Standpoint) -> StoryView:
    """A story in full (own, or internal), else its excerpt and the way to it."""
    older, newer = _neighbours(story, at)
    own_or_internal = story.own or at.shown.is_internal
    pictures, stamp = _pictures(story, at), long_stamp(story)
    return StoryView(
        headline=story.headline,
        pieces=at.pieces(story.headline),
        kicker=at.unit_link(story.unit_id),
        topics=tuple(filter(None, (at.topic_link(t.id) for t in story.topics[:3]))),
        stamp=stamp,
        undated=story.published is None,
        source=source_name(story, at),
        level=story_level(story, at),
        author=story.byline,
        reviewer=story.reviewer,
        abstract=_abstract(story),
        is_excerpt=not own_or_internal or not story.body.blocks,
        blocks=without_links(story.body, story.dead_links).blocks,
        pictures=pictures,
        original=_original(story),
        why_here=_why_here(story, at),
        corrected=story.state is StoryState.CORRECTED,
        journey=journey_view(story, at),
        attachments=_attachments(story),
        previous=older,
        following=newer,
        share=_share_text(story, stamp, at),
        card=share_card_view(story, pictures.values(), at) if story.own else None,
        internal=_internal(story, at) if at.shown.is_internal else None,
    )


def _abstract(story: Story) -> str | None:
    """The abstract, unless the text below begins with the very same words."""
    if story.body.begins_with(story.abstract.rstrip("…")):
        return None
    return story.abstract


def _pictures(story: Story, at: Standpoint) -> dict[str, PictureView]:
    views = {
        picture.src: at.picture(
            picture.src,
            alt=picture.alt or picture.caption or "",
            caption=picture.caption,
            width=picture.width,
            height=picture.height,
        )
        for picture in story.body.pictures
    }
    return {src: view for src, view in views.items() if view}


def _original(story: Story) -> OriginalView | None:
    """The way to the full text: the first publication, else one that still stands."""
    printed = [one for one in story.appearances if is_safe_link(one.url)]
    if not printed:
        return None
    standing = (one for one in printed if one.url not in story.dead_links)
    shown = next(standing, printed[0])
    usual = _HOST.match(shown.url)
    host = usual[1] if usual else urlsplit(shown.url).hostname or ""
    href = None if shown.url in story.dead_links else shown.url
    return OriginalView(href, host, f"到{shown.source_name}看全文")


def _why_here(story: Story, at: Standpoint) -> str | None:
    """Why a story of others stands here, in one sentence for readers."""
    if story.own or story.first is None:
        return None
    unit = at.known_unit(story.unit_id)
    if unit:
        return f"这条消息说到了{unit.name}，所以收在这里。"
    topic = at.topic_link(story.topic_id)
    if topic:
        return f"这条消息讲的是“{topic.text}”，所以收在这里。"
    return None


def _attachments(story: Story) -> tuple[Link, ...]:
    return tuple(
        Link(a.name or a.url, a.url)
        for a in story.attachments
        if is_safe_link(a.url) and a.url not in story.dead_links
    )


def _neighbours(story: Story, at: Standpoint) -> tuple[Link | None, Link | None]:
    """The story before and after it of the same town."""
    older, newer = at.index.beside(at.shown.stories.outlines.get(story.id))
    return _story_link(older, at), _story_link(newer, at)


def _story_link(story_id: int | None, at: Standpoint) -> Link | None:
    if story_id is None:
        return None
    outline = at.shown.stories.outlines[story_id]
    return Link(outline.headline, at.story(outline))


def _share_text(story: Story, stamp: Stamp, at: Standpoint) -> str:
    """What the copy button takes: headline, who and when, the abstract, the link."""
    who = f"（{source_name(story, at)}，{stamp.words}）"
    base = at.shown.given.site.base_url.rstrip("/")
    if base and not at.shown.is_internal:
        link = f"{base}/{at.base.path}"
    else:
        link = story.first.url if story.first else ""
    return "\n".join(filter(None, (story.headline + who, story.abstract, link)))


def _internal(story: Story, at: Standpoint) -> StoryInternalView:
    entry = _newest_entry(story, at)
    return StoryInternalView(
        number=story.submission_number,
        held=story.held_reason,
        tags=tuple(_tag_line(t, at) for t in (*story.units, *story.topics)),
        findings=tuple(_finding_line(f) for f in story.findings),
        notes=story.notes,
        score=score_view(entry.score) if entry else None,
        reasons=other_reasons(entry) if entry else (),
    )


def _newest_entry(story: Story, at: Standpoint) -> Entry | None:
    carried = at.shown.carried.get(story.id)
    edition = at.shown.edition(carried[0][0].day) if carried else None
    for _, entries in edition.columns if edition else ():
        for entry in entries:
            if entry.story_id == story.id:
                return entry
    return None


def _tag_line(tag: Tag, at: Standpoint) -> str:
    unit = at.known_unit(tag.id)
    name = unit.name if unit else at.tree.topics.get(tag.id, tag.id)
    evidence = "、".join(tag.evidence)
    return f"{name}{'？' if tag.doubtful else ''}" + (
        f"（依据：{evidence}）" if evidence else ""
    )


def _finding_line(finding: Finding) -> str:
    mend = f"，可改为“{finding.suggestion}”" if finding.suggestion else ""
    return f"“{finding.text}”：{finding.why}{mend}"
