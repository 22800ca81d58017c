"""Two webmasters never publish at once: a lock on the host that ends by itself.

Whether a lease is over is not asked of two clocks: the host's own clock tells how old
the note is, so that a computer whose date is wrong takes nobody's lock away. Only
where a host tells no times does the note's own end count.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from publisher.faults import HostBusy, PublishFailed
from publisher.host import Host
from publisher.logbook import Logbook

LEASE = timedelta(minutes=15)
RENEW = timedelta(minutes=5)
SETTLE = 2.0  # seconds between the two looks after a stranger's lock was taken over
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Note:
    """What lies in the lock: whose it is, and until when by the holder's clock."""

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
        until = datetime.fromisoformat(told["until"]).astimezone(UTC)
        return Note(str(told["token"]), str(told["by"]), until)
    except (ValueError, KeyError, TypeError, OverflowError):
        return None


class Lease:
    """A lock that we hold; :meth:`renew` it while the work goes on."""

    def __init__(self, host: Host, note: Note, clock: Clock) -> None:
        self._host, self.note, self._clock = host, note, clock

    def renew(self) -> None:
        """Put the end of the lease off, once a third of it is over.

        Raises:
            HostBusy: the lock is ours no more.
        """
        now = self._clock()
        if self.note.until - now < LEASE - RENEW:
            self.check()
            self.note = Note(self.note.token, self.note.by, now + LEASE)
            self._host.renew_lock(self.note.dump())

    def check(self) -> None:
        """See that the lock is still ours.

        Raises:
            HostBusy: somebody else took it over, or took it away.
        """
        held = self._host.lock_note()
        if not self._is_ours(held):
            raise HostBusy(_lost(held))

    def give_back(self) -> None:
        """Give the lock back; one that somebody else took over stays."""
        if self._is_ours(self._host.lock_note()):
            self._host.drop_lock()

    def _is_ours(self, held: bytes | None) -> bool:
        if held is None:
            return False
        note = read_note(held)  # one that cannot be read was torn as we renewed it
        return note is None or note.token == self.note.token


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
    ours = Lease(host, note, clock)
    cut_before = logbook.taking(begun=True)
    held = host.take_lock(note.dump())
    if held is not None:
        try:
            if not (break_lock or (not held and cut_before)):
                _may_take_over(host, held, logbook, clock())
            _take_over(ours, host, held)
        except HostBusy:
            logbook.taking(begun=False)
            raise
    logbook.forget_nameless()
    try:
        yield ours
    finally:
        # Where the line is cut the token tells the next run that the lock is ours.
        with suppress(PublishFailed):
            ours.give_back()
            logbook.taking(begun=False)


def _may_take_over(host: Host, held: bytes, logbook: Logbook, now: datetime) -> None:
    note = read_note(held)
    if note is not None and note.token == logbook.token():
        return
    age = _age(host, note, logbook, now)
    if age < LEASE:
        raise HostBusy(
            f"{_holder(note, now + LEASE - age)}。没有动任何文件。请等结束后再试；"
            "确认没有人在发布，就加上 --break-lock"
        )


def _age(host: Host, note: Note | None, logbook: Logbook, now: datetime) -> timedelta:
    """How long ago the lock was taken or renewed."""
    age = host.lock_age()
    if age is not None and age >= timedelta():  # else the host's clock was put back
        return age
    if note is not None:
        return now - (note.until - LEASE)
    return now - logbook.nameless_since(now)


def _take_over(ours: Lease, host: Host, held: bytes) -> None:
    """Take the lock out of another's hands; only one of two that try has it then."""
    if host.lock_note() == held:
        host.drop_lock()
    if host.take_lock(ours.note.dump()) is not None:
        raise HostBusy("另一个人刚刚开始往这个主机发布，请几分钟后再试")
    other = read_note(held)
    if other is None or other.token != ours.note.token:
        time.sleep(SETTLE)
        ours.check()


def _holder(note: Note | None, end: datetime) -> str:
    """Who holds the lock, and until when by our own clock."""
    minute = end + timedelta(seconds=59)
    if note is None:
        return f"主机上有一把没写名字的发布锁，{minute:%H:%M} 失效"
    who = f"{note.by}正在往这个主机发布，占用到 {minute:%H:%M}"
    if abs(note.until - end) > RENEW:
        who += "（锁上写的时间差得太远：两台电脑里有一台的时钟不对，请校准）"
    return who


def _lost(held: bytes | None) -> str:
    note = read_note(held) if held else None
    who = f"{note.by}接过了发布锁" if note else "发布锁被人拿掉了"
    return f"{who}，这一次先停下，已经发送的留着。请等别人发布完再运行一次，会接着做"
