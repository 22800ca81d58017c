"""Django for the store: configured once a process, one connection a database file.

Importing this module makes Django's models importable. A process that has settings
of its own (the desk) sets DJANGO_SETTINGS_MODULE first; then those are used.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

# SQLite 3.40 has the WAL-reset corruption bug (mended in 3.51.3), so the journal is
# a rollback journal; IMMEDIATE because a deferred read that turns into a write fails
# at once whatever the timeout; EXTRA so that what we said was stored survives a
# power cut.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON"
    ),
}


def configure(database: Path) -> str:
    """Point a connection of Django at this SQLite file; the alias of it.

    Several files may be open in one process (tests, the demo beside the office's own
    store): the first open one is ``default``, each further one gets its own alias.
    The same file asked for again gives its alias again.
    """
    path = str(database.resolve())
    open_files = {alias: str(c["NAME"]) for alias, c in connections.databases.items()}
    for alias, name in open_files.items():
        if name == path:
            return alias
    alias = _free_alias(open_files)
    connection = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }
    filled = connections.configure_settings({DEFAULT_DB_ALIAS: connection})
    connections.databases[alias] = filled[DEFAULT_DB_ALIAS]
    with suppress(AttributeError):
        # The placeholder that Django may have asked while no store was open.
        del connections[alias]
    return alias


def release(alias: str) -> None:
    """Close this thread's connection of the alias and forget the alias."""
    if alias not in connections.databases:
        return
    connections[alias].close()
    del connections[alias]
    del connections.databases[alias]
    if alias == DEFAULT_DB_ALIAS:
        # Django asks the default connection for its features, open or not.
        connections.databases.update(connections.configure_settings({}))


_left: list[object] = []


def _leave_behind() -> None:
    """A forked child opens files of its own: SQLite's must not cross a fork.

    Nor may it close what its parent has open, so that these are kept as they are.
    """
    for alias in list(connections.databases):
        _left.append(connections[alias])
        del connections[alias]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_behind)


def _free_alias(taken: dict[str, str]) -> str:
    if not taken.get(DEFAULT_DB_ALIAS):
        return DEFAULT_DB_ALIAS
    number = 2
    while f"store{number}" in taken:
        number += 1
    return f"store{number}"


def _prepare() -> None:
    if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
        settings.configure(
            INSTALLED_APPS=["story_store"],
            DATABASES={},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
            TIME_ZONE="Asia/Shanghai",
            LANGUAGE_CODE="zh-hans",
            LOGGING_CONFIG=None,
        )
    if not apps.ready and not apps.loading:  # mypy's plugin is loading the tables
        django.setup()


_prepare()
