"""Two webmasters never publish at once: a lock on the host that ends by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from publisher.faults import HostBusy, PublishFailed
from publisher.host import Host
from publisher.logbook import Logbook

LEASE = timedelta(minutes=15)
RENEW = timedelta(minutes=5)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Note:
    """What lies in the lock: whose it is, and until when."""

    token: str
    by: str
    until: datetime

    def dump(self) -> bytes:
        """The note as it lies on the host."""
        told = {"token": self.token, "by": self.by, "until": self.until.isoformat()}
        return json.dumps(told, ensure_ascii=False).encode()


def read_note(content: bytes) -> Note | None:
    """The note in a lock; None when it cannot be read (torn by a cut)."""
    try:
        told = json.loads(content)
        until = datetime.fromisoformat(told["until"])
        return Note(str(told["token"]), str(told["by"]), until)
    except (ValueError, KeyError, TypeError):
        return None


class Lease:
    """A lock that we hold; :meth:`renew` it while the work goes on."""

    def __init__(self, host: Host, note: Note, clock: Clock) -> None:
        self._host, self._note, self._clock = host, note, clock

    def renew(self) -> None:
        """Put the end of the lease off, once a third of it is over."""
        now = self._clock()
        if self._note.until - now < LEASE - RENEW:
            self._note = Note(self._note.token, self._note.by, now + LEASE)
            self._host.renew_lock(self._note.dump())


@contextmanager
def lease(
    host: Host, logbook: Logbook, *, by: str, clock: Clock, break_lock: bool = False
) -> Iterator[Lease]:
    """Hold the host's lock.

    A lock whose lease is over, or that a killed run of this very computer left, is
    taken over.

    Raises:
        HostBusy: somebody else holds it; the sentence says who and until when.
    """
    note = Note(logbook.token(), by, clock() + LEASE)
    cut_before = logbook.taking(begun=True)
    held = host.take_lock(note.dump())
    if held is not None:
        if not (break_lock or (not held and cut_before)):
            _may_take_over(held, logbook, clock())
        host.drop_lock()
        held = host.take_lock(note.dump())
    if held is not None:
        logbook.taking(begun=False)
        raise HostBusy("另一个人刚刚开始往这个主机发布，请几分钟后再试")
    logbook.forget_nameless()
    try:
        yield Lease(host, note, clock)
    finally:
        # Where the line is cut the token tells the next run that the lock is ours.
        with suppress(PublishFailed):
            host.drop_lock()
            logbook.taking(begun=False)


def _may_take_over(held: bytes, logbook: Logbook, now: datetime) -> None:
    note = read_note(held)
    if note is None:
        over, who = (
            logbook.nameless_since(now) + LEASE <= now,
            "主机上有一把没写名字的发布锁",
        )
    else:
        over = note.until <= now or note.token == logbook.token()
        who = f"{note.by}正在往这个主机发布，占用到 {note.until:%H:%M}"
        if note.until > now + LEASE + RENEW:
            who += "（写的是以后的日子：两台电脑里有一台的时钟不对，请校准）"
    if not over:
        logbook.taking(begun=False)
        raise HostBusy(
            f"{who}。没有动任何文件。请等结束后再试；"
            "确认没有人在发布，就加上 --break-lock"
        )
