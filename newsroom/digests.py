"""The digest of a story: a hash of all that pages can show of it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from enum import Enum
from hashlib import sha256

from newsroom.body import body_to_json
from newsroom.story import Story

_NOT_SHOWN = frozenset({"id", "body", "digest"})


def story_digest(story: Story) -> str:
    """64 hexadecimal characters that change exactly when something shown changes."""
    shown = {
        name: value for name, value in asdict(story).items() if name not in _NOT_SHOWN
    }
    shown["body"] = body_to_json(story.body)
    words = json.dumps(shown, ensure_ascii=False, sort_keys=True, default=_plain)
    return sha256(words.encode()).hexdigest()


def with_digest(story: Story) -> Story:
    """The story with its digest filled in."""
    return replace(story, digest=story_digest(story))


def _plain(value: Enum | date) -> object:
    """What JSON has no form for: enums and days (with or without an hour)."""
    return value.value if isinstance(value, Enum) else value.isoformat()
