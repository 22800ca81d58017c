"""Outlines straight from the columns of their rows: no text, no objects between."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from newsroom.article import CHINA
from newsroom.outline import StoryOutline

OUTLINE = (
    *("pk", "digest", "headline", "state", "kind", "own", "submission_number"),
    *("first_seen", "published", "units", "topics", "appearances"),
)


def outline_from_values(values: tuple[Any, ...]) -> StoryOutline:
    """The outline of a story from the values of the columns ``OUTLINE``."""
    pk, digest, headline, state, kind, own, submission = values[:7]
    seen, published, units, topics, appearances = values[7:]
    printed = _items(appearances)
    return StoryOutline(
        pk,
        digest,
        headline,
        state,
        kind,
        own,
        submission is not None,
        _year(seen),
        seen.timestamp(),
        published.timestamp() if published else None,
        _tags(units),
        _tags(topics),
        tuple((a["source_id"], a["source_name"]) for a in printed),
        tuple(a["level"] for a in printed),
    )


def _year(moment: datetime) -> int:
    return moment.astimezone(CHINA).year


def _tags(record: str) -> tuple[tuple[str, bool], ...]:
    return tuple((tag["id"], tag.get("doubtful", False)) for tag in _items(record))


def _items(record: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(record)["value"]
    return items
