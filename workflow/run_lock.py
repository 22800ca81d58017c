"""Never two runs at once: a file lock that a killed run lets go by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from newsroom.errors import NewsroomError


@contextmanager
def run_lock(data: Path, now: datetime) -> Iterator[None]:
    """Hold the office's run lock.

    Raises:
        NewsroomError: another run holds it; the sentence says since when.
    """
    data.mkdir(parents=True, exist_ok=True)
    note = data / "run.txt"
    lock = FileLock(data / "run.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        since = note.read_text(encoding="utf-8") if note.is_file() else "刚才"
        raise NewsroomError(
            f"已有一次运行正在进行（开始于 {since}），这一次不再启动；"
            "请等它结束，或确认没有运行后再试"
        ) from error
    try:
        note.write_text(f"{now:%Y-%m-%d %H:%M}", encoding="utf-8")
        yield
    finally:
        lock.release()
