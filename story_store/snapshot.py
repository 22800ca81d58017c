"""A copy of the live database, whole and consistent."""

from __future__ import annotations

from pathlib import Path

from django.db import connections

from story_store.disk import move_whole


def vacuum_into(alias: str, target: Path) -> None:
    """Copy the database to the file while it may be in use; an older copy goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    with connections[alias].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(part)])
    move_whole(part, target)
