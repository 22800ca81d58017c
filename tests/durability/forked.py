"""One morning in a forked child, with strace killing or failing its n-th call."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crawler import nursery as nursery_module
from crawler.nursery import Nursery

PTRACER, ANYONE = 0x59616D61, -1
PATIENCE = 60.0


@dataclass(frozen=True)
class Point:
    """Where a run is disturbed: whose n-th call of which kind, and how.

    ``who`` is ``run`` (the morning itself) or ``crawl`` (the children that read the
    sites); ``harm`` is strace's word for what happens, e.g. ``signal=KILL``.
    """

    who: str
    call: str
    number: int
    harm: str

    @property
    def lasts(self) -> bool:
        """Whether the fault stays: a full disk does, a kill needs only once."""
        return self.harm.startswith("error=") and not self.harm.endswith("EIO")

    def options(self) -> list[str]:
        """What strace is told."""
        when = f"{self.number}{'+' * self.lasts}"
        inject = f"inject={self.call}:{self.harm}:when={when}"
        return ["-e", f"trace={self.call}", "-e", inject]

    def __str__(self) -> str:
        return f"{self.who} {self.call} {self.number} {self.harm}"


@dataclass(frozen=True)
class Ended:
    """How a run ended: its outcome, or the signal that ended it."""

    said: str
    killed: bool


class _Process:
    """As much of a subprocess as a nursery uses."""

    def __init__(self, pid: int, stdin: int, stdout: int) -> None:
        self.pid = pid
        self.stdin = os.fdopen(stdin, "wb")
        self.stdout = os.fdopen(stdout, "rb")
        self._code: int | None = None

    def poll(self) -> int | None:
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def wait(self) -> int:
        while self.poll() is None:
            time.sleep(0.005)
        return self.poll() or 0


class ForkedNursery(Nursery):
    """A nursery that is forked, Scrapy loaded: it costs no second a run."""

    def __init__(self) -> None:
        to_child, stdin = os.pipe()
        stdout, from_child = os.pipe()
        pid = os.fork()
        if pid == 0:
            allow_tracing()
            os.dup2(to_child, 0)
            os.dup2(from_child, 1)
            os.closerange(3, 256)
            nursery_module.main()
            os._exit(0)
        os.close(to_child)
        os.close(from_child)
        self._process = _Process(pid, stdin, stdout)
        self._ended = {}
        self._rest = b""
        self._is_ready = True


def allow_tracing() -> None:
    """Let strace, a sibling, attach where the system's Yama asks for leave."""
    ctypes.CDLL(None).prctl(PTRACER, ctypes.c_long(ANYONE), 0, 0, 0)


def run_disturbed(
    work: Callable[[Nursery], str], point: Point | None, log: Path | None = None
) -> Ended:
    """Do ``work`` in a forked child that is disturbed at the point.

    ``log`` takes strace's lines, to count calls.
    """
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        _child(work, theirs)
    theirs.close()
    nursery = int(ours.recv(64))
    tracer = _attach(child if not point or point.who == "run" else nursery, point, log)
    ours.send(b"go")
    said = _hear(ours, child)
    _, status = os.waitpid(child, 0)
    _end(tracer)
    ours.close()
    return Ended(said, os.WIFSIGNALED(status))


def _child(work: Callable[[Nursery], str], line: socket.socket) -> None:
    """Never returns. It speaks by a socket: a full disk does not stop that."""
    try:
        allow_tracing()
        os.setsid()
        with ForkedNursery() as nursery:
            line.send(str(nursery._process.pid).encode())
            line.recv(2)
            said = work(nursery)
        line.send(said.encode()[:4000])
    except BaseException as error:  # noqa: BLE001 - a fork must not go on as its parent
        line.send(f"unclear {type(error).__name__}: {error}".encode())
    finally:
        os._exit(0)


def _attach(
    pid: int, point: Point | None, log: Path | None
) -> subprocess.Popen[bytes] | None:
    if point is None:
        return None
    follow = ["-f"] if point.who == "crawl" else []
    target = str(log) if log else os.devnull
    options = point.options() if point.number else ["-e", f"trace={point.call}"]
    tracer = subprocess.Popen(
        ["strace", "-qq", *follow, "-o", target, *options, "-p", str(pid)],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    status = Path(f"/proc/{pid}/status")
    until = time.monotonic() + PATIENCE
    while "TracerPid:\t0" in status.read_text():
        if tracer.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"strace cannot attach: {point}")
        time.sleep(0.005)
    return tracer


def _hear(line: socket.socket, child: int) -> str:
    """What the child says, empty when it died; one that hangs is killed."""
    line.settimeout(PATIENCE)
    try:
        return line.recv(4000).decode("utf-8", "replace")
    except TimeoutError:
        os.kill(child, signal.SIGKILL)
        return "unclear hangs"


def _end(tracer: subprocess.Popen[bytes] | None) -> None:
    if tracer is not None:
        tracer.terminate()
        tracer.wait()
