"""What every part of the store shares: its file, its transactions, its revision."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.db import OperationalError, transaction
from django.db.models import F

from story_store.faults import StoreBusy
from story_store.models import CounterRow

BATCH = 500
_REVISION = "revision"
T = TypeVar("T")


class _Turn:
    """The threads of a process write in turn.

    SQLite lets a second writer ask again after ever longer rests, while nobody may be
    writing; between threads that is told at once.
    """

    lock = threading.RLock()

    @classmethod
    def begin_anew(cls) -> None:
        """A forked child has none of the threads that may hold the lock."""
        cls.lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Turn.begin_anew)


class Shelf:
    """One part of the store.

    Attributes:
        folder: the folder of everything that must be kept.
        alias: Django's name of the connection to this store's file.
    """

    folder: Path
    alias: str

    def revision(self) -> int:
        """A number that grows with every write that pages could show."""
        row = CounterRow.objects.using(self.alias).filter(name=_REVISION).first()
        return row.value if row else 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing of the writes inside; never fetch or render in it.

        Raises:
            StoreBusy: locked for long, disk full, or the file is read-only.
        """
        try:
            with _Turn.lock, transaction.atomic(using=self.alias):
                yield
        except OperationalError as error:
            raise StoreBusy(
                f"数据库写不进去（{error}）：请检查磁盘空间和 {self.folder} 的写权限，"
                "并确认没有别的程序占用它，然后重新运行"
            ) from error

    def pages_changed(self) -> None:
        """Note, inside ``writing``, that pages could show something new."""
        counters = CounterRow.objects.using(self.alias)
        if not counters.filter(name=_REVISION).update(value=F("value") + 1):
            counters.create(name=_REVISION, value=1)


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values, 500 at a time: an open cursor would block every commit."""
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
