"""What rows hold as newsroom objects; no Django, for whoever only reads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsroom.article import Attachment
from newsroom.body import Body
from newsroom.story import Appearance, Finding, Story, StoryKind, StoryState
from newsroom.taxonomy import Tag
from story_store.record import dump, in_china, load

if TYPE_CHECKING:
    from story_store.models import StoryRow

_EMPTY = dump(())  # most stories have no findings, notes, attachments


def story_from_row(row: StoryRow) -> Story:
    """The story of a row."""
    return Story(
        id=row.pk or 0,
        headline=row.headline,
        state=StoryState(row.state),
        body=load(Body, row.body),
        first_seen=in_china(row.first_seen),
        published=china_or_none(row.published),
        has_time=row.has_time,
        event_day=row.event_day,
        abstract=row.abstract,
        excerpt=row.excerpt,
        own=row.own,
        kind=StoryKind(row.kind),
        source_line=row.source_line,
        byline=row.byline,
        reviewer=row.reviewer,
        units=read_items(tuple[Tag, ...], row.units),
        topics=read_items(tuple[Tag, ...], row.topics),
        appearances=read_items(tuple[Appearance, ...], row.appearances),
        attachments=read_items(tuple[Attachment, ...], row.attachments),
        submission_number=row.submission_number,
        findings=read_items(tuple[Finding, ...], row.findings),
        held_reason=row.held_reason,
        digest=row.digest,
        notes=read_items(tuple[str, ...], row.notes),
        dead_links=read_items(tuple[str, ...], row.dead_links),
    )


def read_items(kind: Any, text: str) -> Any:  # noqa: ANN401 - a generic alias is no class
    """The values of a record; none are told without reading."""
    return () if text == _EMPTY else load(kind, text)


def china_or_none(moment: datetime | None) -> datetime | None:
    """The moment in Asia/Shanghai, None as it is."""
    return in_china(moment) if moment else None
