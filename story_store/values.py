"""What rows hold as newsroom objects; no Django, for whoever only reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from newsroom.article import Attachment
from newsroom.body import Body
from newsroom.story import Appearance, Finding, Story, StoryKind, StoryState
from newsroom.taxonomy import Tag
from story_store.record import dump, in_china, load, loader

if TYPE_CHECKING:
    from story_store.models import StoryRow

_EMPTY = dump(())  # most stories have no findings, notes, attachments
STORY = (
    *("pk", "headline", "state", "body", "first_seen", "published", "has_time"),
    *("event_day", "abstract", "excerpt", "own", "kind", "source_line", "byline"),
    *("reviewer", "units", "topics", "appearances", "attachments"),
    *("submission_number", "findings", "held_reason", "digest", "notes", "dead_links"),
)
_values_of = attrgetter(*STORY)
_STATES = {state.value: state for state in StoryState}
_KINDS = {kind.value: kind for kind in StoryKind}


def story_from_row(row: StoryRow) -> Story:
    """The story of a row."""
    return story_from_values(_values_of(row))


def story_from_values(values: Sequence[Any]) -> Story:
    """The story from the values of the columns ``STORY``, as Django gives them."""
    pk, headline, state, body, first_seen, published, has_time, *others = values
    event_day, abstract, excerpt, own, kind, source, byline, reviewer, *others = others
    units, topics, appearances, attachments, submission, findings, *others = others
    held_reason, digest, notes, dead_links = others
    return Story(
        id=pk or 0,
        headline=headline,
        state=_STATES.get(state) or StoryState(state),
        body=_load_body(body),
        first_seen=in_china(first_seen),
        published=china_or_none(published),
        has_time=has_time,
        event_day=event_day,
        abstract=abstract,
        excerpt=excerpt,
        own=own,
        kind=_KINDS.get(kind) or StoryKind(kind),
        source_line=source,
        byline=byline,
        reviewer=reviewer,
        units=_load_tags(units),
        topics=_load_tags(topics),
        appearances=_load_appearances(appearances),
        attachments=_items(_load_attachments, attachments),
        submission_number=submission,
        findings=_items(_load_findings, findings),
        held_reason=held_reason,
        digest=digest,
        notes=_items(_load_texts, notes),
        dead_links=_items(_load_texts, dead_links),
    )


_load_body = loader(Body)
_load_tags = loader(tuple[Tag, ...])
_load_appearances = loader(tuple[Appearance, ...])
_load_attachments = loader(tuple[Attachment, ...])
_load_findings = loader(tuple[Finding, ...])
_load_texts = loader(tuple[str, ...])


def _items(load_some: Callable[[str], Any], text: str) -> Any:  # noqa: ANN401 - a tuple
    return () if text == _EMPTY else load_some(text)


def read_items(kind: Any, text: str) -> Any:  # noqa: ANN401 - a generic alias is no class
    """The values of a record; none are told without reading."""
    return () if text == _EMPTY else load(kind, text)


def china_or_none(moment: datetime | None) -> datetime | None:
    """The moment in Asia/Shanghai, None as it is."""
    return in_china(moment) if moment else None
