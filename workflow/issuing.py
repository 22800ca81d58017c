"""Step four of the morning: choose, and fix the edition of the day."""

from __future__ import annotations
