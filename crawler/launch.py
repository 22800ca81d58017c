"""Crawling many sources: one child process a source, a few at a time.

A child that fails, hangs or grows costs its own source only. What happened to it is
written into its spool as a loss, so that the spool tells the whole story by itself.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from crawler.guard import allowed_hosts
from crawler.job import CrawlJob, job_to_json
from crawler.nursery import ForkedChild, Nursery, environment, nursery_for
from crawler.run import ORPHANED
from crawler.spool import (
    RESULTS,
    SpoolEnd,
    SpoolLoss,
    result_from_note,
    result_lines,
    result_note,
)
from newsroom.source import FaultClass, Loss

logger = logging.getLogger(__name__)
_LOOK_EVERY = 0.02
_COUNTED = frozenset({"page", "unchanged"})


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a crawl stands, for whoever watches.

    ``state`` is ``started``, ``reading`` or ``done``; ``pages`` counts what this source
    gave so far; ``finished`` of ``total`` sources are done.
    """

    source_id: str
    state: str
    pages: int
    finished: int
    total: int


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """How one source's crawl came out.

    ``losses`` are all of them; they stand in the spool as well and are not to be
    counted twice.
    """

    source_id: str
    spool: Path
    losses: tuple[Loss, ...] = ()


@dataclass(slots=True)
class _Child:
    """A running crawl."""

    job: CrawlJob
    process: SpawnedChild | ForkedChild
    hosts: frozenset[str]
    started: float
    pages: int = 0
    read_to: int = 0
    progressed: float = field(default=0.0)

    def is_late(self, now: float) -> bool:
        """Whether its time is up; reading far back, only standing still counts."""
        since = self.progressed if self.job.since else self.started
        return now - since > self.job.crawl.max_seconds


def crawl(
    jobs: Sequence[CrawlJob],
    *,
    parallel: int = 3,
    on_progress: Callable[[Progress], None] | None = None,
    on_outcome: Callable[[CrawlOutcome], None] | None = None,
    nursery: Nursery | None = None,
) -> tuple[CrawlOutcome, ...]:
    """Run every job in its own process and wait for all.

    Two jobs for one host never run at once, and the second waits the polite delay.

    Args:
        jobs: one for each source, each with a spool folder of its own.
        parallel: how many at a time.
        on_progress: is told of each start, each new page and each end.
        on_outcome: is given each source's outcome when it is there, while others
            still run.
        nursery: where children are forked; without one a short-lived one serves
            where the platform has it and there is more than one job.

    Returns:
        The outcomes in the order of the jobs. Children are killed if this is
        interrupted.
    """
    own = nursery_for(len(jobs)) if nursery is None else None
    crew = _Crew(jobs, parallel, on_progress or (lambda _: None), nursery or own)
    outcomes: dict[Path, CrawlOutcome] = {}
    try:
        for job in crew.run():
            outcomes[job.spool] = _outcome(job)
            if on_outcome:
                on_outcome(outcomes[job.spool])
    finally:
        crew.stop()
        if own:
            own.close()
    return tuple(outcomes[job.spool] for job in jobs)


class _Crew:
    """The children of one crawl."""

    def __init__(
        self,
        jobs: Sequence[CrawlJob],
        parallel: int,
        tell: Callable[[Progress], None],
        nursery: Nursery | None,
    ) -> None:
        self._waiting = list(jobs)
        self._running: list[_Child] = []
        self._free_at: dict[str, float] = {}
        self._parallel = max(1, parallel)
        self._tell = tell
        self._nursery = nursery
        self._total = len(jobs)
        self._finished = 0

    def run(self) -> Iterator[CrawlJob]:
        """Start, watch and reap until nothing is left; each job when it has ended.

        Whoever is given one may take its time: the next is running by then.
        """
        while self._waiting or self._running:
            self._start_next()
            ended = [child for child in list(self._running) if self._watch(child)]
            self._start_next()
            for child in ended:
                yield child.job
            if not ended:
                sleep(_LOOK_EVERY)

    def stop(self) -> None:
        """Kill what still runs."""
        for child in self._running:
            child.process.kill()
            close_spool(child.job, FaultClass.DEADLINE, "读取被中途停止。", "killed")

    def _start_next(self) -> None:
        now = monotonic()
        for job in list(self._waiting):
            if len(self._running) >= self._parallel:
                return
            hosts = frozenset() if job.loopback else allowed_hosts(job.source)
            busy = any(child.hosts & hosts for child in self._running)
            if busy or any(self._free_at.get(host, 0) > now for host in hosts):
                continue
            self._waiting.remove(job)
            process = _start(job, self._nursery)
            self._running.append(_Child(job, process, hosts, now, progressed=now))
            self._report(self._running[-1], "started")

    def _watch(self, child: _Child) -> bool:
        """Look after a child; whether it has ended."""
        now = monotonic()
        if self._count(child):
            child.progressed = now
            self._report(child, "reading")
        code = child.process.poll()
        if code is None and child.is_late(now):
            child.process.kill()
            minutes = round(child.job.crawl.max_seconds / 60) or 1
            sentence = f"读取超过 {minutes} 分钟，已停止；已读到的照常使用。"
            close_spool(child.job, FaultClass.DEADLINE, sentence, "killed")
        elif code is None:
            return False
        elif code != 0:
            close_spool(child.job, FaultClass.BUG, _why(child.job, code), "killed")
        self._end(child, now)
        return True

    def _end(self, child: _Child, now: float) -> None:
        child.process.release()
        self._running.remove(child)
        self._free_at |= dict.fromkeys(child.hosts, now + child.job.delay)
        self._finished += 1
        self._count(child)
        self._report(child, "done")

    def _count(self, child: _Child) -> bool:
        """Count the new whole lines of a child's results; whether there were any."""
        path = child.job.spool / RESULTS
        if not path.exists() or path.stat().st_size == child.read_to:
            return False
        with path.open("rb") as file:
            file.seek(child.read_to)
            whole = file.read().rpartition(b"\n")[0]
        lines = whole.splitlines()
        child.read_to += len(whole) + bool(whole)
        child.pages += sum(json.loads(line)["kind"] in _COUNTED for line in lines)
        return bool(lines)

    def _report(self, child: _Child, state: str) -> None:
        source = child.job.source.id
        self._tell(Progress(source, state, child.pages, self._finished, self._total))


def close_spool(job: CrawlJob, fault: FaultClass, sentence: str, finished: str) -> None:
    """Write the end that a dead child could not: its loss, then an end line.

    A spool that has its end already is left alone; a torn last line goes.
    """
    job.spool.mkdir(parents=True, exist_ok=True)
    path = job.spool / RESULTS
    written = path.read_bytes() if path.exists() else b""
    whole = written[: written.rfind(b"\n") + 1]
    if any(note["kind"] == "end" for note in result_lines(job.spool)):
        return
    loss = SpoolLoss(Loss(job.source.id, fault, sentence))
    end = SpoolEnd(listed=0, requests=0, finished=finished)
    with path.open("r+b" if written else "wb") as file:
        file.truncate(len(whole))
        file.seek(len(whole))
        for result in (loss, end):
            line = json.dumps(result_note(result), ensure_ascii=False)
            file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _outcome(job: CrawlJob) -> CrawlOutcome:
    return CrawlOutcome(job.source.id, job.spool, tuple(_losses(job.spool)))


def _losses(spool: Path) -> Iterator[Loss]:
    for note in result_lines(spool):
        if note["kind"] == "loss":
            result = result_from_note(note)
            if isinstance(result, SpoolLoss):
                yield result.loss


class SpawnedChild:
    """A child with a Python of its own."""

    def __init__(self, command: list[str], errors: Path) -> None:
        with errors.open("wb") as file:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, a path of ours
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=file,
                env=environment(),
            )

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """Kill it and wait for its end."""
        self._process.kill()
        self._process.wait()

    def release(self) -> None:
        """Let go of it after its end."""
        if self._process.stdin:
            self._process.stdin.close()


def _start(job: CrawlJob, nursery: Nursery | None) -> SpawnedChild | ForkedChild:
    job.spool.mkdir(parents=True, exist_ok=True)
    path = job.spool / "job.json"
    path.write_text(job_to_json(job), encoding="utf-8")
    if nursery:
        try:
            return nursery.start(path)
        except OSError:  # it was killed; the sources need not pay for it
            logger.warning("crawler.nursery is gone, spawning instead")
    return SpawnedChild(_command(path), job.spool / "stderr.txt")


def _command(job_file: Path) -> list[str]:
    return [sys.executable, "-P", "-m", "crawler.run", str(job_file), "--with-parent"]


def _why(job: CrawlJob, code: int) -> str:
    """A sentence on how a child died."""
    if code == ORPHANED:
        return "读取被中途停止。"
    errors = job.spool / "stderr.txt"
    text = errors.read_text("utf-8", "replace") if errors.exists() else ""
    if "MemoryError" in text or code == -9:  # noqa: PLR2004 - SIGKILL, by the system
        return "读取这个来源时占用内存过多，已停止；已读到的照常使用。"
    last = (text.strip().splitlines() or ["没有留下原因"])[-1]
    return f"读取程序意外退出（{code}：{last[:120]}），请把 {errors} 交给维护人员。"
