"""Never two runs at once: a file lock that a killed run lets go by itself.

The holder leaves a note of who it is. A holder that hangs is ended by the next run,
after it was made sure that the process is the one of the note.
"""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from newsroom.errors import NewsroomError

HUNG_AFTER = timedelta(minutes=45)
LOCK = "run.lock"
NOTE = "run.json"
CLEAN_STOP = 10
_SAME_START = 2.0


class RunBusy(NewsroomError):  # noqa: N818 - as StoreBusy
    """Another run holds the lock; the sentence says since when."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds the lock, as it noted itself.

    ``tick`` is the machine's steady clock, which no change of the wall clock moves
    and which stands still while the machine sleeps; ``limit`` is in seconds, None for
    a run that may take long (``--since``). ``place`` is the system whose numbers and
    clock these are: a folder may be shared by several; ``host`` is its name.
    """

    pid: int
    created: float
    command: tuple[str, ...]
    started: str
    tick: float
    limit: float | None
    place: str = ""
    host: str = ""

    def is_hung(self, tick: float) -> bool:
        """Whether it has held the lock beyond its time, as far as we can tell."""
        if self.limit is None or self.is_elsewhere():
            return False
        return tick - self.tick > self.limit

    def is_elsewhere(self) -> bool:
        """Whether it runs on another computer, or in another container."""
        return self.place not in {"", _place()}


@contextmanager
def run_lock(
    data: Path,
    now: datetime,
    *,
    limit: timedelta | None = HUNG_AFTER,
    tick: Callable[[], float] = time.monotonic,
    wait: float = 0,
) -> Iterator[str]:
    """Hold the office's run lock; gives a note of a hung run that was ended, or ``""``.

    ``limit`` is how long this run may hold it before the next one ends it; ``wait`` is
    how many seconds it is waited for.

    Raises:
        RunBusy: another run holds it; the sentence says since when.
        NewsroomError: a hung run could not be ended.
    """
    data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data / LOCK, fallback_to_soft=False)
    note = _acquire(lock, data, tick, wait)
    try:
        _write_note(data / NOTE, now, limit, tick())
        yield note
    finally:
        with suppress(OSError):  # nobody reads it while the lock is free
            (data / NOTE).unlink(missing_ok=True)
        lock.release()


def is_running(data: Path) -> bool:
    """Whether a run holds the lock just now."""
    if not (data / LOCK).exists():
        return False
    lock = FileLock(data / LOCK, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def is_busy(data: Path, tick: Callable[[], float] = time.monotonic) -> bool:
    """Whether a run is at work that may still take its time."""
    if not is_running(data):
        return False
    holder = _read_note(data / NOTE)
    return holder is None or not holder.is_hung(tick())


def _acquire(lock: FileLock, data: Path, tick: Callable[[], float], wait: float) -> str:
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        holder = _read_note(data / NOTE)
        if holder is None or not holder.is_hung(tick()):
            raise RunBusy(_busy(holder)) from error
        note = _end_hung(holder, data / LOCK, tick())
        try:
            lock.acquire(timeout=CLEAN_STOP)
        except Timeout:
            raise RunBusy(_busy(holder)) from error
        return note
    return ""


def _busy(holder: Holder | None) -> str:
    since = holder.started if holder else "刚才"
    said = "已有一次运行正在进行（开始于"
    if holder and holder.is_elsewhere():
        return (
            f"{said} {since}，在另一台电脑“{holder.host}”上），这一次不再启动；"
            "请等它结束；它要是卡住了，请在那台电脑上结束它，或重启那台电脑"
        )
    return f"{said} {since}），这一次不再启动；请等它结束，或确认没有运行后再试"


def _place() -> str:
    """What tells apart systems that share a folder: the start and the container."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        return f"{boot.strip()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return platform.node()


def _write_note(
    file: Path, now: datetime, limit: timedelta | None, tick: float
) -> None:
    own = psutil.Process()
    holder = Holder(
        pid=own.pid,
        created=own.create_time(),
        command=tuple(own.cmdline()),
        started=f"{now:%Y-%m-%d %H:%M}",
        tick=tick,
        limit=None if limit is None else limit.total_seconds(),
        place=_place(),
        host=platform.node(),
    )
    file.write_text(json.dumps(asdict(holder), ensure_ascii=False), encoding="utf-8")


def _read_note(file: Path) -> Holder | None:
    """The holder's note; None when it is not there or cut off."""
    try:
        noted = json.loads(file.read_text(encoding="utf-8"))
        return Holder(**noted | {"command": tuple(noted["command"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _end_hung(holder: Holder, lock: Path, tick: float) -> str:
    """End a hung holder and its children; the note for the report.

    Raises:
        NewsroomError: the process of that number is not the holder, or not ours to end.
    """
    minutes = int((tick - holder.tick) // 60)
    try:
        process = psutil.Process(holder.pid)
        if not _is_holder(process, holder, lock):
            raise NewsroomError(
                f"{holder.started} 开始的运行 {minutes} 分钟还没有结束，但编号 "
                f"{holder.pid} 已经是别的程序，没有动它；请重启这台电脑再试"
            )
        end_tree(process)
    except psutil.NoSuchProcess:
        pass  # it ended by itself just now
    except psutil.AccessDenied as error:
        raise NewsroomError(
            f"{holder.started} 开始的运行 {minutes} 分钟还没有结束，它是别的用户启动的"
            f"（编号 {holder.pid}），没有权限结束它；"
            "请用管理员身份结束它，或重启这台电脑再试"
        ) from error
    return (
        f"{holder.started} 开始的运行卡住了（{minutes} 分钟），已经终止，由这一次接着做"
    )


def _is_holder(process: psutil.Process, holder: Holder, lock: Path) -> bool:
    """Whether a process is the one of the note: same command, same start or lock.

    Where the wall clock was moved the start differs, and the open lock tells.
    """
    if tuple(process.cmdline()) != holder.command:
        return False
    if abs(process.create_time() - holder.created) < _SAME_START:
        return True
    try:
        return str(lock.resolve()) in {file.path for file in process.open_files()}
    except psutil.AccessDenied:
        return False


def end_tree(process: psutil.Process) -> None:
    """Ask a process and its children to stop; after ten seconds end them."""
    family = [process, *process.children(recursive=True)]
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.terminate()
    _, alive = psutil.wait_procs(family, timeout=CLEAN_STOP)
    for one in alive:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(alive, timeout=CLEAN_STOP)
