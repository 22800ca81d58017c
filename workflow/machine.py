"""The machine under the office: folders, disk, clock, fonts."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from newsroom.article import CHINA
from workflow.verdict import Line, Verdict

GIGABYTE = 1024**3
LEAST_FREE = 100 * 1024**2
FIRST_YEAR, LAST_YEAR = 2026, 2100
AHEAD = timedelta(days=1)
_REMOTE_TYPES = frozenset({"nfs", "nfs4", "cifs", "smbfs", "smb3", "fuse.sshfs"})
_WINDOWS_FONTS = ("msyh.ttc", "msyh.ttf", "simsun.ttc", "simhei.ttf", "simfang.ttf")


def versions() -> str:
    """The versions that a maintainer asks for first."""
    return (
        f"工会之声 {metadata.version('gonghui-zhisheng')}，"
        f"Python {platform.python_version()}，SQLite {sqlite3.sqlite_version}，"
        f"{platform.system()} {platform.release()}"
    )


def judge_folder(word: str, folder: Path) -> Line:
    """Whether a folder can be written, or made where it is not there yet."""
    there = existing_part(folder)
    reason = _why_not_writable(there)
    if reason:
        mend = f"请给当前用户 {there} 的写入权限，或在 config.toml 里换个文件夹"
        return Line("文件夹", Verdict.MEND, f"{word}文件夹 {folder} {reason}", mend)
    state = "可以写入" if there == folder else "还没有，第一次用到时建立"
    return Line("文件夹", Verdict.GOOD, f"{word}文件夹 {folder} {state}")


def existing_part(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _why_not_writable(folder: Path) -> str:
    if not folder.is_dir():
        return "不是文件夹"
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"1")
    except OSError as error:
        return f"不能写入（{error.strerror}）"
    return ""


def free_bytes(folder: Path) -> int:
    """The free bytes of the disk on which a folder lies or will lie."""
    return shutil.disk_usage(existing_part(folder)).free


def judge_disk(folder: Path, free: int) -> Line:
    """Whether the disk has room: under 1 GB is to mind, under 100 MB to mend."""
    seen = f"{folder} 所在磁盘还有 {free / GIGABYTE:.1f} GB"
    mend = "清理磁盘，或把 [store] folder 和 [site] output 移到更大的盘"
    if free < LEAST_FREE:
        return Line("磁盘", Verdict.MEND, seen, mend)
    if free < GIGABYTE:
        return Line("磁盘", Verdict.MIND, seen, mend)
    return Line("磁盘", Verdict.GOOD, seen)


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on a network drive, as far as the system tells."""
    import psutil

    path = os.path.abspath(folder)  # noqa: PTH100 - resolve() would follow the drive
    if path.startswith("\\\\"):
        return True
    best = ("", "", "")
    for part in psutil.disk_partitions(all=True):
        inside = path.lower().startswith(part.mountpoint.lower())
        if inside and len(part.mountpoint) > len(best[0]):
            best = (part.mountpoint, part.fstype.lower(), part.opts)
    return best[1] in _REMOTE_TYPES or "remote" in best[2].split(",")


def newest_time(files: Sequence[Path]) -> datetime | None:
    """When the newest of these files was written, None when there is none."""
    times = [file.stat().st_mtime for file in files if file.exists()]
    return datetime.fromtimestamp(max(times), tz=CHINA) if times else None


def judge_clock(now: datetime, newest: datetime | None) -> Line:
    """Whether the clock can be right: a plausible year, not before our own files."""
    seen = f"现在是 {now.astimezone(CHINA):%Y-%m-%d %H:%M}（北京时间）"
    mend = "请校准电脑时间（打开自动对时）；日期错了，简报会编到别的日子上"
    if not FIRST_YEAR <= now.year <= LAST_YEAR:
        return Line("时钟", Verdict.MEND, seen, mend)
    if newest is not None and newest > now + AHEAD:
        seen += f"，却有 {newest:%Y-%m-%d} 写下的文件"
        return Line("时钟", Verdict.MEND, seen, mend)
    return Line("时钟", Verdict.GOOD, seen)


def has_chinese_font() -> bool:
    """Whether this machine has a font with Chinese characters."""
    if os.name == "nt":
        fonts = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return any((fonts / name).exists() for name in _WINDOWS_FONTS)
    if platform.system() == "Darwin":
        return True  # the system itself brings 苹方
    return _fontconfig_lists_chinese()


def _fontconfig_lists_chinese() -> bool:
    program = shutil.which("fc-list")
    if program is None:
        return False
    answer = subprocess.run(  # noqa: S603 - a fixed command, no outside words in it
        [program, ":lang=zh-cn", "family"],
        capture_output=True,
        timeout=20,
        check=False,
    )
    return bool(answer.stdout.strip())


def judge_fonts(found: bool) -> Line:
    """Whether pages and pictures made on this machine show Chinese."""
    if found:
        return Line("字体", Verdict.GOOD, "有中文字体")
    mend = "Debian/Ubuntu 请装 fonts-noto-cjk；读者看网页用的是自己的字体，不受影响"
    return Line("字体", Verdict.MIND, "没有找到中文字体，打印会缺字", mend)
