"""A folder of this computer or of the office's network drive.

:class:`ReleaseFolder` builds each release aside and lets visitors see it by one
switch of the link ``current``: the web server's root is ``<folder>/current``.
:class:`PlainFolder` replaces file by file; it serves where links cannot be made
(Windows without the right to) or where the web server's root is the folder itself.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from publisher.faults import PublishFailed
from publisher.folders import walk
from publisher.host import LOCK, NOW, PART, Parcel, Remote, Told, is_control, part_name
from publisher.names import from_disk

_CURRENT = "current"
_RELEASES = "releases"
_NEXT = ".next"
_OURS = re.compile(r"(?P<number>\d{6})-[0-9a-f]{12}", re.ASCII)
_NO_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP})
_KEPT = 3  # whole releases on the host; the office keeps more in its own store
_CURES = {
    errno.ENOSPC: "磁盘满了，请腾出空间",
    errno.EDQUOT: "空间配额用完了，请腾出空间或加大配额",
    errno.EACCES: "没有写的权限，请检查这个文件夹的权限",
    errno.EPERM: "没有写的权限，请检查这个文件夹的权限",
    errno.EROFS: "这个磁盘是只读的，请换一个文件夹",
    errno.EEXIST: "这里已有一个同名的文件，请换一个文件夹",
    errno.ENOTDIR: "路径里有一段是文件、不是文件夹，请换一个文件夹",
    errno.ENAMETOOLONG: "路径太长，请换一个名字短些的文件夹",
    errno.ENOENT: "文件夹不在，请检查网络盘是否连上、路径是否写对",
}


class PlainFolder:
    """A folder in which each file is put in place by one rename."""

    atomic = False

    def __init__(self, root: Path) -> None:
        self.root = root
        self.base = root
        self.risks: tuple[str, ...] = ()

    def listing(self) -> dict[str, Remote]:
        """Every file, with its time of change as the mark."""
        with _faults(self.root):
            return dict(_walk(self.root)) if self.root.is_dir() else {}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        with _faults(self.root):
            file = self.root / path
            return file.read_bytes() if file.is_file() else None

    def begin(self) -> None:
        """Have the folder."""
        with _faults(self.root):
            self.root.mkdir(parents=True, exist_ok=True)

    def send(self, batch: Sequence[Parcel], told: Told) -> None:
        """Put files in place, one after the other."""
        for parcel in batch:
            with _faults(self.root):
                self._put(parcel.path, parcel.file.read_bytes())
            told(parcel.path)

    def write(self, path: str, content: bytes) -> None:
        """Put one small file in place."""
        with _faults(self.root):
            self._put(path, content)

    def delete(self, path: str) -> None:
        """Take a file away, and the folders that it leaves empty."""
        with _faults(self.root):
            file = self.root / path
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                    return
                folder.rmdir()

    def commit(self, name: str) -> None:
        """Nothing more: each file stands in its place."""

    def forget_former(self) -> None:
        """Nothing lies beside."""

    def take_lock(self, note: bytes) -> bytes | None:
        """Take the lock: a file that can be made once only."""
        with _faults(self.base):
            self.base.mkdir(parents=True, exist_ok=True)
            try:
                with (self.base / LOCK).open("xb") as file:
                    file.write(note)
            except FileExistsError:
                return (self.base / LOCK).read_bytes()
        return None

    def lock_note(self) -> bytes | None:
        """The note in the lock."""
        with _faults(self.base):
            lock = self.base / LOCK
            return lock.read_bytes() if lock.is_file() else None

    def lock_age(self) -> timedelta | None:
        """By the clock of the computer that has the disk: a file made now shows it."""
        with _faults(self.base):
            trial = self.base / NOW
            trial.write_bytes(b"")
            now = trial.stat().st_mtime
            trial.unlink()
            lock = self.base / LOCK
            return (
                timedelta(seconds=now - lock.stat().st_mtime) if lock.exists() else None
            )

    def renew_lock(self, note: bytes) -> None:
        """Write our note anew, whole."""
        with _faults(self.base):
            part = self.base / f"{LOCK}{PART}"
            part.write_bytes(note)
            part.replace(self.base / LOCK)

    def drop_lock(self) -> None:
        """Give the lock back."""
        with _faults(self.base):
            (self.base / LOCK).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing to end."""

    def _put(self, path: str, content: bytes) -> None:
        target, part = self.root / path, self.root / part_name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(target)
        except OSError:
            part.unlink(missing_ok=True)
            raise


class ReleaseFolder(PlainFolder):
    """A folder with whole releases and one link to the current one."""

    atomic = True

    def __init__(self, base: Path) -> None:
        super().__init__(base)
        self._prepared = False

    def listing(self) -> dict[str, Remote]:
        """The files of the current release; of a folder not ours, what lies in it."""
        if self._prepared or self._link.exists():
            return super().listing()
        foreign = (_RELEASES, _CURRENT)
        with _faults(self.base):
            found = dict(_walk(self.base)) if self.base.is_dir() else {}
        return {p: r for p, r in found.items() if p.split("/", 1)[0] not in foreign}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the current release, or of the one in the making."""
        return super().read(path) if self._prepared or self._link.exists() else None

    def begin(self) -> None:
        """Prepare the next release: the current one once more, by hard links."""
        following = self.base / _RELEASES / _NEXT
        with _faults(self.base):
            self._clear_way()
            if following.exists():
                shutil.rmtree(following)
            following.parent.mkdir(parents=True, exist_ok=True)
            if self._link.exists():
                _link_tree(self._link.resolve(), following)
            else:
                following.mkdir()
        self.root, self._prepared = following, True

    def commit(self, name: str) -> None:
        """Name the release, and switch to it in one step."""
        releases = self.base / _RELEASES
        with _faults(self.base):
            target = _free_name(releases, name)
            self.root.rename(target)
            if hasattr(os, "sync"):
                os.sync()  # the files are on the disk before the link names them
            beside = self.base / f".{_CURRENT}{PART}"
            beside.unlink(missing_ok=True)
            beside.symlink_to(f"{_RELEASES}/{target.name}", target_is_directory=True)
            beside.replace(self._link)
            self._forget(releases, target)
        self.root, self._prepared = self.base / _CURRENT, False

    def forget_former(self) -> None:
        """Only the release that ``current`` names stays."""
        with _faults(self.base):
            self._forget(self.base / _RELEASES, self._link.resolve(), kept=1)

    def _clear_way(self) -> None:
        """A folder where the link is to be goes when it is empty, else a person goes.

        Raises:
            PublishFailed: it holds files, which are not ours.
        """
        link = self.base / _CURRENT
        if link.is_symlink() or not link.is_dir():
            return
        if any(link.iterdir()):
            raise PublishFailed(
                f"{link} 是一个真的文件夹，里面有文件；发布要在这个位置放一个链接，"
                "没有动它。请先把它改名（如 current-old）再发布，"
                "或在 [[hosts]] 里写 releases = false"
            )
        link.rmdir()

    @property
    def _link(self) -> Path:
        if not self._prepared:
            self.root = self.base / _CURRENT
        return self.base / _CURRENT

    @staticmethod
    def _forget(releases: Path, current: Path, kept: int = _KEPT) -> None:
        whole = sorted(
            (f for f in releases.iterdir() if _OURS.fullmatch(f.name) and f != current),
            key=lambda folder: folder.name,
        )
        for old in whole[: max(0, len(whole) - kept + 1)]:
            shutil.rmtree(old)


def open_folder(folder: Path, *, releases: bool) -> PlainFolder:
    """The host of a folder; a plain one where links cannot be made."""
    if not releases:
        return PlainFolder(folder)
    if _can_link(folder):
        return ReleaseFolder(folder)
    plain = PlainFolder(folder)
    plain.risks = (
        "这台电脑不能建立链接，逐个文件替换：更新的一两秒里，读者可能看到新旧页面并存",
    )
    return plain


def _can_link(folder: Path) -> bool:
    trial = folder / f".trial{PART}"
    with _faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            trial.symlink_to(_RELEASES, target_is_directory=True)
        except OSError as error:
            if sys.platform == "win32" or error.errno in _NO_LINKS:
                return False
            raise
        trial.unlink()
    return True


def _free_name(releases: Path, name: str) -> Path:
    """``000012-name``: the names of the releases sort in the order of their making."""
    ours = (_OURS.fullmatch(f.name) for f in releases.iterdir())
    last = max((int(found["number"]) for found in ours if found), default=0)
    return releases / f"{last + 1:06}-{name}"


def _link_tree(source: Path, target: Path) -> None:
    """The folder once more by hard links; copies where the disk knows none."""
    folders = [(str(source), str(target))]
    while folders:
        old, new = folders.pop()
        os.mkdir(new)  # noqa: PTH102 - plain strings: fifty thousand paths cost seconds
        with os.scandir(old) as entries:
            for entry in entries:
                place = f"{new}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, place))
                else:
                    _link_or_copy(entry.path, place)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _walk(root: Path) -> Iterator[tuple[str, Remote]]:
    for path, size, changed in walk(root):
        if not is_control(path):
            yield from_disk(path), Remote(size, str(changed))


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        cure = _CURES.get(
            error.errno or 0, f"系统说 {error.strerror}，请检查这个文件夹"
        )
        raise PublishFailed(
            f"往 {folder} 发布时出错：{cure}，再运行一次 gonghui publish"
        ) from error
