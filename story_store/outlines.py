"""Outlines straight from what rows hold: no text, no objects between."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from newsroom.article import CHINA
from newsroom.outline import EditionOutline, StoryOutline

OUTLINE = (
    *("pk", "digest", "headline", "state", "kind", "own", "submission_number"),
    *("first_seen", "published", "units", "topics", "appearances"),
)


def outline_from_values(values: Sequence[Any]) -> StoryOutline:
    """The outline of a story from the values of the columns ``OUTLINE``."""
    pk, digest, headline, state, kind, own, submission = values[:7]
    seen, published, *records = values[7:]
    # Read at once: three short texts cost as much as one.
    units, topics, printed = (
        record["value"] for record in json.loads(f"[{','.join(records)}]")
    )
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


def edition_outline_from_record(record: str, digest: str) -> EditionOutline:
    """The outline of an edition from its record, of which no entry is made."""
    told = json.loads(record)["value"]
    return EditionOutline(
        told["day"],
        digest,
        told["number"],
        told["total"],
        told.get("release") is not None,
        tuple((column, _stories(entries)) for column, entries in told["columns"]),
        _stories(told.get("week", ())),
        _stories(told.get("passed", ())),
    )


def _year(moment: datetime) -> int:
    return moment.astimezone(CHINA).year


def _tags(tags: list[dict[str, Any]]) -> tuple[tuple[str, bool], ...]:
    return tuple([(tag["id"], tag.get("doubtful", False)) for tag in tags])


def _stories(entries: Iterable[dict[str, Any]]) -> tuple[int, ...]:
    return tuple([entry["story_id"] for entry in entries])
