"""A line of 今日提示 as the settings have it; pages need no other rule of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line of 今日提示, shown from ``since`` to ``until`` (both included)."""

    text: str
    since: date
    until: date
