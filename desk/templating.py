"""Jinja2 for the desk: everything escaped, every missing value an error."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from newsroom.article import CHINA
from site_builder.assets import TEMPLATES
from site_builder.render import block_name
from submissions.lesson_page import PICTURES, picture_file

ASSETS = {
    "site.css": ("shared/site.css", "text/css"),
    "form.css": ("submissions/form.css", "text/css"),
    "desk.css": ("desk/desk.css", "text/css"),
    "form.js": ("submissions/form.js", "text/javascript"),
    "pocket.js": ("submissions/pocket.js", "text/javascript"),
    "kept.js": ("submissions/kept.js", "text/javascript"),
    "sw.js": ("submissions/sw.js", "text/javascript"),
    "icon.svg": ("submissions/icon.svg", "image/svg+xml"),
    "desk.js": ("desk/desk.js", "text/javascript"),
    "photo.js": ("desk/photo.js", "text/javascript"),
    "lesson.css": ("submissions/lesson.css", "text/css"),
    **{f"lesson-{n}.jpg": (picture_file(n), "image/jpeg") for n in PICTURES},
}


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django's own options
    """The environment that Django's Jinja2 backend asks for."""
    options |= {"autoescape": True, "undefined": StrictUndefined}
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - autoescape is on, above
    made.globals |= {"url": url, "asset": asset}
    made.filters |= {"clock": clock, "day": day_words, "full_day": full_day}
    made.filters |= {"block_name": block_name}
    return made


def url(name: str, *values: object) -> str:
    """The path of a named route."""
    return reverse(name, args=[str(value) for value in values])


def asset(name: str) -> str:
    """The path of a style or script, which changes with what is in it."""
    return f"{url('asset', name)}?v={_version(name)}"


def asset_file(name: str) -> Path:
    """The file of a style or script."""
    return TEMPLATES / ASSETS[name][0]


@cache
def _version(name: str) -> str:
    return hashlib.sha256(asset_file(name).read_bytes()).hexdigest()[:10]


def clock(at: datetime | None) -> str:
    """E.g. ``9月21日 07:30``."""
    if at is None:
        return ""
    there = at.astimezone(CHINA)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def full_day(at: date | datetime) -> str:
    """With its year, for a paper that is kept: ``2026年9月21日``."""
    day = at.astimezone(CHINA).date() if isinstance(at, datetime) else at
    return f"{day.year}年{day.month}月{day.day}日"


def day_words(day: date | None) -> str:
    """E.g. ``9月21日``."""
    return f"{day.month}月{day.day}日" if day else ""
