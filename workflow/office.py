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
from newsroom.errors import NewsroomError
from story_store.wholeness import DATABASE
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

    @property
    def gone_store(self) -> str:
        """Why a store is not to be begun anew, though there is none; else empty.

        Where pages of editions stand, there was one: its folder was moved, or the disk
        that holds it is not mounted. A new one would begin at number one again and
        empty the pages.
        """
        briefings = self.output / "internal" / "briefing"
        if (self.data / DATABASE).exists() or not any(briefings.glob("*.html")):
            return ""
        return (
            f"{self.data} 里没有稿库，{self.output} 里却有编过的简报：数据文件夹像是"
            "挪走了，或者它所在的磁盘没有接上。请接上磁盘，或把 [store] folder "
            "改到它现在的地方，或用备份恢复：gonghui restore 备份文件 --to 空文件夹；"
            f"确实要从头开始，请先把 {self.output} 改名保存"
        )

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The open store; migrated first where it is of an older version.

        Raises:
            NewsroomError: it cannot be opened, it is gone though its pages stand, or
                the disk would not let it migrate.
        """
        from story_store.store import Store

        if self.gone_store:
            raise NewsroomError(self.gone_store)
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
