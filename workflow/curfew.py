"""A crawl that ends at a fixed time: what runs is stopped, what waits is not started.

It stands where the crawler looks for its nursery. Each source that it stops gets a
loss that says so; what was read stays.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.job import CrawlJob
from crawler.launch import SpawnedChild, close_spool
from crawler.nursery import ForkedChild, Nursery, nursery_for
from newsroom.source import FaultClass

SENTENCE = "到了编报的时间，没有读完；已读到的照常使用，其余下次再读。"
_STOPPED = -15


class Curfew(Nursery):
    """A nursery that closes at ``until`` of the steady clock, on another or its own."""

    def __init__(
        self,
        jobs: Sequence[CrawlJob],
        until: float,
        nursery: Nursery | None = None,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._jobs = {job.spool: job for job in jobs}
        self._until = until
        self._clock = tick
        self._own = nursery_for(len(jobs)) if nursery is None else None
        self._inner = nursery or self._own

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self, job_file: Path) -> ForkedChild:
        """Start a job's child, or none when it is too late."""
        job = self._jobs[job_file.parent]
        if self.is_over():
            return TimedChild(self, job, None)
        if self._inner is not None:
            return TimedChild(self, job, self._inner.start(job_file))
        command = [sys.executable, "-P", "-m", "crawler.run", str(job_file)]
        errors = job_file.parent / "stderr.txt"
        return TimedChild(self, job, SpawnedChild([*command, "--with-parent"], errors))

    def is_over(self) -> bool:
        """Whether the time has come."""
        return self._clock() >= self._until

    def close(self) -> None:
        """End what was started."""
        if self._own is not None:
            self._own.close()


class TimedChild(ForkedChild):
    """A child that is killed when the time has come."""

    def __init__(
        self, curfew: Curfew, job: CrawlJob, child: ForkedChild | SpawnedChild | None
    ) -> None:
        self._curfew = curfew
        self._job = job
        self._child = child
        self._stopped = child is None

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        code = _STOPPED if self._child is None else self._child.poll()
        if code is None and self._curfew.is_over():
            self.kill()
            self._stopped, code = True, _STOPPED
        if self._stopped:
            close_spool(self._job, FaultClass.DEADLINE, SENTENCE, "killed")
            return _STOPPED
        return code

    def kill(self) -> None:
        """Kill it and wait for its end."""
        if self._child is not None:
            self._child.kill()

    def release(self) -> None:
        """Let go of it after its end."""
        if self._child is not None:
            self._child.release()
