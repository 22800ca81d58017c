"""An edition as open data: JSON with a published schema (docs/open-data.md)."""

from __future__ import annotations

import json

from newsroom.article import CHINA
from newsroom.edition import Edition, Entry
from newsroom.story import Story
from newsroom.text import strip_invisible
from site_builder.assets import TEMPLATES
from site_builder.files import TextFile
from site_builder.links import Address, Kind, story_address
from site_builder.standpoint import Standpoint

SCHEMA = 1
_SCHEMA_FILE = TEMPLATES / "shared" / "edition.schema.json"


def edition_data(edition: Edition, at: Standpoint) -> TextFile:
    """One edition with all that its public page says."""
    given = at.shown.given
    told = {
        "$schema": "edition.schema.json",
        "schema": SCHEMA,
        "title": given.edition_settings.title,
        "office": given.office.name,
        "day": edition.day.isoformat(),
        "number": edition.number,
        "total": edition.total,
        "covers_from": edition.covers_from.isoformat(),
        "lead": strip_invisible(edition.lead),
        "columns": [
            {"name": column.value, "stories": [_entry(e, at) for e in entries]}
            for column, entries in edition.columns
        ],
        "board": {
            "since": edition.board.since.isoformat(),
            "until": edition.board.until.isoformat(),
            "stories": edition.board.stories,
            "adopted": edition.board.adopted,
            "units": [
                {"id": row.unit_id, "name": row.name, "adopted": row.adopted}
                for row in edition.board.rows
            ],
        },
    }
    return TextFile(at.base, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def schema_file() -> TextFile:
    """The schema, as it lies beside the data."""
    return TextFile(Address(Kind.DATA_SCHEMA), _SCHEMA_FILE.read_text("utf-8"))


def _entry(entry: Entry, at: Standpoint) -> dict[str, object]:
    story = at.shown.stories.card(entry.story_id)
    unit = at.tree.units.get(entry.unit_id or "")
    base = at.shown.given.site.base_url.rstrip("/")
    path = story_address(story).path
    return {
        "id": story.id,
        "url": f"{base}/{path}" if base else f"../{path}",
        "headline": strip_invisible(entry.headline),
        "abstract": strip_invisible(entry.abstract),
        "source": strip_invisible(entry.source_name),
        "level": entry.source_level.name.lower(),
        "published": _moment(story),
        "unit": {"id": unit.id, "name": unit.name} if unit else None,
        "topic": entry.topic_id,
        "label": entry.label,
        "reprints": entry.reprints,
        "own": entry.own,
        "original": story.first.url if story.first else None,
    }


def _moment(story: Story) -> str | None:
    """A time with its zone, a day where only that is known, else nothing."""
    if story.published is None:
        return None
    local = story.published.astimezone(CHINA)
    return local.isoformat(timespec="seconds") if story.has_time else str(local.date())
