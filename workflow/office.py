"""An office at work: its settings, its clock, and its store when it is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config import Settings, find_settings, load_settings
from workflow.clock import read_as_of
from workflow.disk_faults import in_words

if TYPE_CHECKING:
    from crawler.job import LoopbackPermit
    from crawler.nursery import Nursery
    from story_store.store import Store


@dataclass(frozen=True)
class Office:
    """The settings and the moment of one command.

    ``loopback`` is granted by the demonstration and the tests only; no settings file
    can name it. ``nursery`` is where crawl children are forked, when several runs
    share one.
    """

    settings: Settings
    now: datetime
    loopback: LoopbackPermit | None = field(default=None)
    nursery: Nursery | None = field(default=None)

    @property
    def data(self) -> Path:
        """The folder of everything that must be kept."""
        return self.settings.path(self.settings.store.folder)

    @property
    def inbox(self) -> Path:
        """The folder door of the towns."""
        return self.settings.path(self.settings.inbox.folder)

    @property
    def output(self) -> Path:
        """The folder of the two trees."""
        return self.settings.path(self.settings.site.output)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The open store; migrated first where it is of an older version.

        Raises:
            NewsroomError: it cannot be opened, or the disk would not let it migrate.
        """
        from story_store.store import Store

        with in_words():
            store = Store.open(self.data, now=self.now)
        with store:
            yield store


def open_office(config: Path | None, as_of: str | None = None) -> Office:
    """The office of ``--config``, ``GONGHUI_CONFIG`` or the working directory.

    Raises:
        NewsroomError: no settings are found, or they are faulty (all faults at once).
    """
    path = find_settings(config, os.environ, Path.cwd())
    return Office(load_settings(path), read_as_of(as_of))
