"""Children without the wait: one process loads Scrapy once and forks for each source.

Loading Scrapy takes a second of processor time; a fork takes none. A forked child is
as much a process of its own as a spawned one: own memory and limit, killed alone. Only
for Linux; elsewhere each child is spawned (crawler/launch.py).

``python -m crawler.nursery`` reads lines of JSON (``{"start": JOB_FILE}``,
``{"kill": PID}``) and writes lines (``{"pid": PID}`` for a start, with ``"code"`` for
an end). It ends when its input closes, and its children end with it.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

_LOOK_EVERY = 0.02


class Nursery:
    """A running nursery, seen from the parent. Use it as a context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "crawler.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        self._ended: dict[int, int] = {}
        self._rest = b""
        self._is_ready = False

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
        """Fork a child for this job; waits until the nursery is ready."""
        self._tell({"start": str(job_file)})
        while True:
            self._read(None)
            started = self._take_messages()
            if started:
                self._is_ready = True
                return ForkedChild(self, started[0])

    def poll(self, pid: int) -> int | None:
        """The exit code of a child, None while it runs."""
        if pid not in self._ended and self._read(0):
            self._take_messages()
        if pid not in self._ended and self._process.poll() is not None:
            return signal.SIGKILL * -1
        return self._ended.get(pid)

    def kill(self, pid: int) -> None:
        """Kill a child."""
        self._tell({"kill": pid})

    def close(self) -> None:
        """End the nursery, and with it what still runs."""
        if self._process.stdin and self._process.stdout:
            with suppress(OSError):  # it was killed: there is nobody to tell
                self._process.stdin.close()
            if not self._is_ready:  # it may be loading still, and nobody waits for it
                self._process.kill()
            self._process.wait()
            self._process.stdout.close()

    def _tell(self, message: dict[str, object]) -> None:
        if self._process.stdin:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()

    def _read(self, timeout: float | None) -> bool:
        """Take in what the nursery wrote; whether there was anything."""
        out = self._process.stdout
        if out is None or not select.select([out], [], [], timeout)[0]:
            return False
        data = os.read(out.fileno(), 65536)
        if not data and timeout is None:
            raise ChildProcessError("crawler.nursery ended")
        self._rest += data
        return bool(data)

    def _take_messages(self) -> list[int]:
        """Note every end that was told; the children that were started meanwhile.

        All of what was read is taken: an end may stand in one batch with a start.
        """
        *lines, self._rest = self._rest.split(b"\n")
        started = []
        for message in map(json.loads, lines):
            pid = message["pid"]
            if "code" in message:
                self._ended[pid] = message["code"]
            else:  # the system may give a child the number of one that ended long ago
                self._ended.pop(pid, None)
                started.append(pid)
        return started


def nursery_for(sources: int) -> Nursery | None:
    """A nursery that begins to load, None where it does not pay or cannot fork."""
    return Nursery() if sys.platform == "linux" and sources > 1 else None


@contextmanager
def loading(sources: int = 2) -> Iterator[Nursery | None]:
    """A nursery for so many sources that loads while its user does something else.

    None where it would not pay or cannot fork. Its user may close it before the end,
    once the sources are read.
    """
    nursery = nursery_for(sources)
    try:
        yield nursery
    finally:
        if nursery:
            nursery.close()


def environment() -> dict[str, str]:
    """Ours, with the way to our packages, and few memory arenas: they count as used."""
    root = str(Path(__file__).resolve().parent.parent)
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "MALLOC_ARENA_MAX": "2",
        "PYTHONUTF8": "1",
    }


class ForkedChild:
    """A child of the nursery, with the ways of a subprocess that we use."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery = nursery
        self._pid = pid

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._nursery.poll(self._pid)

    def kill(self) -> None:
        """Kill it and wait for its end."""
        self._nursery.kill(self._pid)
        while self.poll() is None:
            select.select([], [], [], _LOOK_EVERY)

    def release(self) -> None:
        """Let go of it after its end; nothing is held."""


def main() -> None:
    """Serve the parent until it closes our input."""
    gc.disable()  # a tenth of loading would be the search for cycles
    _load()
    # what is loaded stays: no child's search for cycles need walk it, or copy its pages
    gc.collect()
    gc.freeze()
    gc.enable()
    # Ctrl-C goes to all of a terminal; ours is to wait for the parent's word
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    alive = os.pipe()
    children: set[int] = set()
    rest = b""
    while True:
        if select.select([0], [], [], _LOOK_EVERY if children else None)[0]:
            data = os.read(0, 65536)
            if not data:
                os._exit(0)
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                _obey(json.loads(line), children, alive)
        _reap(children)


def _load() -> None:
    """Import all that a child needs, without a reactor: that comes after the fork.

    What Scrapy's settings name is loaded by name, so that it stands here once more.
    """
    import asyncio
    import encodings.idna

    import scrapy.core.downloader.handlers.http11
    import scrapy.core.scheduler
    import scrapy.crawler
    import scrapy.downloadermiddlewares.defaultheaders
    import scrapy.downloadermiddlewares.downloadtimeout
    import scrapy.downloadermiddlewares.useragent
    import scrapy.dupefilters
    import scrapy.logformatter
    import scrapy.pqueues
    import scrapy.squeues
    import scrapy.statscollectors
    import scrapy.utils.reactor
    import twisted.internet.asyncioreactor

    import crawler.gate
    import crawler.handler
    import crawler.inflate
    import crawler.memory_watch
    import crawler.redirects
    import crawler.resolver
    import crawler.retries
    import crawler.robots
    import crawler.spiders.feed
    import crawler.spiders.list_api
    import crawler.spool_writer
    import crawler.visit

    del asyncio, encodings, scrapy, twisted, crawler


def _obey(
    message: dict[str, int | str], children: set[int], alive: tuple[int, int]
) -> None:
    if "kill" in message:
        pid = int(message["kill"])
        if pid in children:  # not reaped yet, so the number is still its own
            os.kill(pid, signal.SIGKILL)
        return
    pid = os.fork()
    if not pid:
        _be_child(str(message["start"]), alive)
    children.add(pid)
    _say({"pid": pid})


def _be_child(job_file: str, alive: tuple[int, int]) -> None:
    """Make the visit; our input is now a pipe that closes when the nursery dies."""
    code = 1
    try:
        os.close(alive[1])
        os.dup2(alive[0], 0)
        errors = os.open(Path(job_file).parent / "stderr.txt", os.O_WRONLY | os.O_CREAT)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(errors, 2)
        from crawler.run import main as run

        code = run([job_file, "--with-parent"])
    except BaseException:  # noqa: BLE001 - the child must never return into the nursery's loop
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _reap(children: set[int]) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        children.discard(pid)
        _say({"pid": pid, "code": os.waitstatus_to_exitcode(status)})


def _say(message: dict[str, int]) -> None:
    os.write(1, json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main()
