"""A second process that makes pages beside the first, where there are many.

It opens what is given for itself, reads the catalogue that the first one shared, and
puts files beside the tree; only the first process writes the manifest. Pages come out
the same whoever makes them, so that a second process that fails costs its time only.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from newsroom.errors import NewsroomError
from site_builder.assets import read_assets
from site_builder.catalogue import OutlineMap
from site_builder.catalogue_tables import batches
from site_builder.course import Course
from site_builder.files import Job
from site_builder.given import Again, Audience
from site_builder.ground import read_ground
from site_builder.making import Made, Maker
from site_builder.planner import make_planner
from site_builder.render import make_environment
from site_builder.shown import show_catalogue
from site_builder.switch import Workshop

if TYPE_CHECKING:
    from site_builder.search.part import Part

T = TypeVar("T")
WAITING = 2  # batches that the second process has before it
A_FEW = 40  # pages of the rest that are sent at once
MOST_PARTS = 4  # batches of the search that wait for it: a megabyte of texts each


@dataclass(frozen=True, slots=True)
class Share:
    """What the second process is told; all of it can be sent.

    Attributes:
        again: opens what is given in another process.
        base: the hash of settings and source, which must be the same there.
    """

    again: Again
    audience: Audience
    out: Path
    folder: Path
    base: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch that the second process was sent; ``here`` makes it in this one."""

    made: Future[list[Made] | None]
    here: Callable[[], Iterator[Made]]


@dataclass(slots=True)
class Second:
    """The second process, and the batches that it was sent.

    Those of the search lie apart: each holds the texts of its files until it is
    received, which may be while stories are being received.
    """

    share: Share
    maker: Maker
    course: Course
    wanted: Callable[[Job], bool]
    _pool: ProcessPoolExecutor = field(init=False)
    _sent: deque[Sent] = field(default_factory=deque)
    _parts: list[Part] = field(default_factory=list)
    _sent_parts: deque[Sent] = field(default_factory=deque)

    def __enter__(self) -> Self:
        """Start the process.

        One that is forked must not find a lock of SQLite held: see ``Manifest.share``.
        """
        self._pool = ProcessPoolExecutor(1, _context(), _begin, (self.share,))
        self._pool.submit(_ready)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def stories(self) -> Iterator[Made]:
        """All stories and most of what shows them: the oldest there, the newest here.

        The rest is sent after them, so that it is made while this process does
        something else.
        """
        while True:
            yield from _done(self._sent)
            if len(self._sent) < WAITING and (batch := self.course.from_oldest()):
                self._send(list(filter(self.wanted, batch)))
            elif batch := self.course.from_newest():
                yield from self.maker.make(list(filter(self.wanted, batch)))
            else:
                break
        stories = len(self._sent)
        rest = list(filter(self.wanted, self.course.rest()))
        for batch in batches([job for job in rest if job.about], A_FEW):
            self._send(batch)
        yield from self.maker.make([job for job in rest if not job.about])
        for _ in range(stories):
            yield from _received(self._sent)

    def rest(self) -> Iterator[Made]:
        """What the second process made meanwhile."""
        self._send_parts()
        for sent in (self._sent, self._sent_parts):
            while sent:
                yield from _received(sent)

    def place(self, part: Part) -> Iterator[Made]:
        """Make a file of the search here where its terms are, else have it made.

        As long as there are stories to be made, the second process has those.
        """
        yield from _done(self._sent_parts)
        is_busy = self.course.has_stories or len(self._sent_parts) >= MOST_PARTS
        if not part.apart or is_busy:
            yield from self.maker.place((part,))
            return
        self._parts.append(part)
        if len(self._parts) >= A_FEW:
            self._send_parts()

    def _send_parts(self) -> None:
        parts, self._parts = self._parts, []
        if parts:
            here = partial(self.maker.place, parts)
            self._sent_parts.append(Sent(self._submitted(_place, parts), here))

    def _send(self, jobs: Sequence[Job]) -> None:
        here = partial(self.maker.make, jobs)
        self._sent.append(Sent(self._submitted(_make, jobs), here))

    def _submitted(
        self, make: Callable[[T], list[Made] | None], some: T
    ) -> Future[list[Made] | None]:
        try:
            return self._pool.submit(make, some)
        except BrokenProcessPool as error:
            broken: Future[list[Made] | None] = Future()
            broken.set_exception(error)
            return broken


def _done(sent: deque[Sent]) -> Iterator[Made]:
    """What the second process is ready with."""
    while sent and sent[0].made.done():
        yield from _received(sent)


def _received(sent: deque[Sent]) -> Iterator[Made]:
    """The oldest batch that was sent; made here where the second process cannot."""
    batch = sent.popleft()
    try:
        made = batch.made.result()
    except BrokenProcessPool:
        made = None
    yield from batch.here() if made is None else made


def _context() -> BaseContext:
    """How the second process starts.

    A fork has all modules at once and shares their memory, but may be made only where
    no other thread could hold a lock.
    """
    alone = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork" if alone else "spawn")


_open = ExitStack()
_makers: list[Maker] = []


def _begin(share: Share) -> None:
    """Open in the second process what the first one has open.

    Settings, a store or a program that changed since, or cannot be read just now:
    then the first process makes all, by what it began with, and nobody is told.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        given = _open.enter_context(share.again())
    except NewsroomError:
        return
    workshop = Workshop(share.folder)
    uri = f"{workshop.manifest.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    shown = show_catalogue(connection, OutlineMap(connection), given, share.audience)
    ground = read_ground(given, share.audience)
    if ground.base != share.base:
        return
    planner = make_planner(shown, read_assets(), ground)
    planner.index.learn()
    environment = make_environment(bytecode=workshop.bytecode)
    gc.freeze()  # as in the first process
    _makers.append(Maker(planner, environment, share.out, workshop))


def _ready() -> None:
    """The first task; a process that is forked starts with it."""


def _make(jobs: Sequence[Job]) -> list[Made] | None:
    return list(_makers[0].make(jobs)) if _makers else None


def _place(parts: Sequence[Part]) -> list[Made] | None:
    return list(_makers[0].place(parts)) if _makers else None


def _end_with_parent() -> None:
    """A first process that was killed must not leave a second one behind."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
