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
    held = host.take_lock(note.dump())
    if held is not None:
        _may_take_over(held, note.token, clock(), break_lock=break_lock)
        host.drop_lock()
        held = host.take_lock(note.dump())
    if held is not None:
        raise HostBusy("另一个人刚刚开始往这个主机发布，请几分钟后再试")
    try:
        yield Lease(host, note, clock)
    finally:
        # Where the line is cut the token tells the next run that the lock is ours.
        with suppress(PublishFailed):
            host.drop_lock()


def _may_take_over(held: bytes, token: str, now: datetime, *, break_lock: bool) -> None:
    note = read_note(held)
    ours = note is not None and note.token == token
    over = note is not None and note.until <= now
    if ours or over or break_lock:
        return
    who = (
        f"{note.by}正在往这个主机发布，占用到 {note.until:%H:%M}"
        if note
        else ("主机上有一把没写明是谁的发布锁")
    )
    raise HostBusy(
        f"{who}。没有动任何文件。请等结束后再试；确认没有人在发布，就加上 --break-lock"
    )
