"""A full, broken or read-only disk in words for whoever can mend it (D10-D12)."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from newsroom.errors import NewsroomError

FULL = "磁盘满了，没有写进去；原来的网页和数据都没有动。请腾出至少 1 GB 再运行一次"
BROKEN = "磁盘读写出错，硬件可能有问题；原来的网页没有动。请先备份，再检查或更换磁盘"
CLOSED = "磁盘或文件夹不能写（只读，或没有权限）。请检查挂载和权限后再运行一次"
TOO_LARGE = (
    "这个文件太大，磁盘或系统不让写（FAT32 格式的优盘一个文件最多 4 GB）。"
    "请换 exFAT、NTFS 格式的盘，或放宽系统的限额，再运行一次"
)
BLOCKED = (
    "要放文件的地方是个文件夹，或者要放文件夹的地方是个文件。"
    "请把挡在那里的改名挪开，再运行一次"
)
LOCKLESS = (
    "这个磁盘不支持文件锁（多见于网络共享盘和同步盘），两个程序可能同时写坏稿库，"
    "所以没有开始。请在 config.toml 里把 [store] folder 改到本机磁盘，网络盘只放备份"
)
GONE = "磁盘或网络盘断开了，没有做完；已经收下的稿件和网页都还在。请接好后再运行一次"
CROWDED = "同时打开的文件太多，系统不让再开。请关掉别的程序，或重启电脑后再运行一次"
NARROW = "内存不够，没有做完。请关掉别的程序后再运行一次"
LONG_NAME = "文件名或路径太长，这个磁盘放不下。请把文件夹或文件的名字改短后再运行一次"
_SENTENCES = {
    errno.ENOLCK: LOCKLESS,
    errno.ENOSYS: LOCKLESS,
    errno.EOPNOTSUPP: LOCKLESS,
    errno.ESTALE: GONE,
    errno.ENOTCONN: GONE,
    errno.ENODEV: GONE,
    errno.ENXIO: GONE,
    errno.EMFILE: CROWDED,
    errno.ENFILE: CROWDED,
    errno.ENOMEM: NARROW,
    errno.ENAMETOOLONG: LONG_NAME,
    errno.EISDIR: BLOCKED,
    errno.ENOTDIR: BLOCKED,
    errno.EEXIST: BLOCKED,
    errno.EFBIG: TOO_LARGE,
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EIO: BROKEN,
    errno.EROFS: CLOSED,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
}
# SQLite gives words instead of numbers, and Django wraps them.
_SQLITE = {
    "disk is full": FULL,
    "disk I/O error": BROKEN,
    "readonly database": CLOSED,
    "unable to open database": CLOSED,
}


class DiskFault(NewsroomError):  # noqa: N818 - reads as a claim
    """The disk would not take or give what was asked."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a disk's refusal inside into a sentence.

    Raises:
        DiskFault: in place of the system's own error.
    """
    try:
        yield
    except NewsroomError:
        raise
    except Exception as error:
        sentence = disk_sentence(error)
        if sentence is None:
            raise
        raise DiskFault(sentence) from error


def disk_sentence(error: BaseException) -> str | None:
    """What the disk refused and what to do, None when the disk is not to blame."""
    if isinstance(error, OSError):
        said = _SENTENCES.get(error.errno or 0)
        named = error.filename2 or error.filename  # of a renaming, what is in the way
        return f"{said}（{named}）" if said and named else said
    if type(error).__name__ not in {"OperationalError", "DatabaseError"}:
        return None
    words = str(error)
    return next((told for part, told in _SQLITE.items() if part in words), None)
