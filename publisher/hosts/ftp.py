"""A host by FTPS, the usual cheap one; plain FTP only by a named exception."""

from __future__ import annotations

import ftplib
import io
import posixpath
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from publisher.faults import PublishFailed
from publisher.host import LOCK, NOW, Parcel, Remote, Told, is_control, part_name
from publisher.hosts.ftp_faults import no_folder, shut, told_faults
from publisher.hosts.ftp_folders import REFUSED, Folders
from publisher.hosts.ftp_line import FtpPlace, dial, is_dropped
from publisher.hosts.ftp_lists import Row, unwire, wire

_NOTE = "note.json"
T = TypeVar("T")


class FtpHost:
    """A folder on an FTP server; one connection, one file at a time."""

    atomic = False

    def __init__(self, place: FtpPlace) -> None:
        self._place = place
        self._root = ""
        self._dots = True
        self._made: set[str] = set()
        self._folders = Folders()
        self._again = False
        self.risks: tuple[str, ...] = ()
        if place.plain_reason:
            self.risks = (
                f"用不加密的 FTP，密码在路上可能被看到；理由：{place.plain_reason}",
            )
        with told_faults(place):
            self._ftp = dial(place)
            self._root = self._whole(wire(place.folder))

    def _whole(self, folder: str) -> str:
        """The folder from the top on: listing by LIST walks, and must find back."""
        if not folder.startswith("/"):
            with suppress(ftplib.error_perm):
                folder = posixpath.join(self._ftp.pwd(), folder)
        return folder.rstrip("/") or "/"

    def listing(self) -> dict[str, Remote]:
        """Every file, with its time of change as the mark."""
        found: dict[str, Remote] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            rows = self._do(partial(self._rows, folder))
            if rows is None:
                found[f"{unwire(folder)}/"] = Remote(0)  # of others, and shut
            for name, remote in rows or ():
                path = posixpath.join(folder, name)
                if is_control(path) or is_control(_dotted(path)):
                    continue
                if remote is None:
                    folders.append(path)
                else:
                    found[unwire(path)] = remote
        return found

    def _rows(self, folder: str) -> list[Row] | None:
        """The names in a folder; None where it is shut.

        Raises:
            PublishFailed: the site's folder itself is shut.
        """
        full = posixpath.join(self._root, folder) if folder else self._root
        rows = self._folders.rows(self._ftp, full)
        if rows is None and not folder:
            if place := self._folders.shut_at(self._ftp, full):
                raise self._why_shut(place)
            return []
        return rows

    def _why_shut(self, place: str) -> PublishFailed:
        is_file = place == self._root and self._folders.is_file(self._ftp, place)
        return (no_folder if is_file else shut)(self._place, unwire(place))

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""

        def work() -> bytes | None:
            content = io.BytesIO()
            try:
                self._ftp.retrbinary(f"RETR {self._full(path)}", content.write)
            except ftplib.error_perm as error:
                if not str(error).startswith(REFUSED):
                    raise
                if place := self._folders.shut_at(self._ftp, self._full(path)):
                    raise self._why_shut(place) from error
                return None
            return content.getvalue()

        return self._do(work)

    def begin(self) -> None:
        """Have the folder."""
        self._do(lambda: self._have(""))

    def send(self, batch: Sequence[Parcel], told: Told) -> None:
        """Put files in place, one after the other."""
        for parcel in batch:
            self.write(parcel.path, parcel.file.read_bytes())
            told(parcel.path)

    def write(self, path: str, content: bytes) -> None:
        """Put one small file in place."""
        self._do(lambda: self._put(path, content), path)

    def _put(self, path: str, content: bytes) -> None:
        self._have(posixpath.dirname(path))
        part, target = self._full(part_name(path)), self._full(path)
        if not (self._again and self._has_arrived(part, len(content))):
            self._ftp.storbinary(f"STOR {part}", io.BytesIO(content))
        try:
            self._ftp.rename(part, target)
        except ftplib.error_perm:
            self._replace(part, target)

    def _has_arrived(self, part: str, size: int) -> bool:
        """Whether the line dropped only after the file was there."""
        with suppress(ftplib.error_perm, ValueError):
            return self._ftp.size(part) == size
        return False

    def _replace(self, part: str, target: str) -> None:
        """Delete, then rename: for servers that cannot put a file over another."""
        with suppress(ftplib.error_perm):
            self._ftp.delete(target)
        self._ftp.rename(part, target)
        risk = "这台主机不支持一步替换，先删后改名：更新的瞬间可能打不开"
        if risk not in self.risks:
            self.risks = (*self.risks, risk)

    def _have(self, folder: str) -> None:
        full = self._full(folder)
        if full in self._made:
            return
        parts = full.split("/")
        for count in range(1, len(parts) + 1):
            above = "/".join(parts[:count])
            if above and above not in self._made:
                with suppress(ftplib.error_perm):
                    self._ftp.mkd(above)
                self._made.add(above)

    def delete(self, path: str) -> None:
        """Take a file away."""

        def work() -> None:
            with suppress(ftplib.error_perm):
                self._ftp.delete(self._full(path))

        self._do(work)

    def commit(self, name: str) -> None:
        """Nothing more: each file stands in its place."""

    def forget_former(self) -> None:
        """Nothing lies beside."""

    def take_lock(self, note: bytes) -> bytes | None:
        """Take the lock: a folder that can be made once only."""
        with told_faults(self._place):  # once: a second try would find our own
            if self._lay_lock(note):
                return None
        held = self.lock_note()
        if held is not None:
            return held
        if self._dots:
            self._without_dots()
            return self.take_lock(note)
        raise PublishFailed(
            f"主机 {self._place.address} 不让在 {unwire(self._root)} 里写文件："
            "请检查 folder 是否写对，这个用户有没有写的权限，空间满了没有"
        )

    def _lay_lock(self, note: bytes) -> bool:
        """Whether the lock is ours now; nothing is left of one that tells nothing."""
        self._have("")
        folder = self._full(LOCK)
        try:
            self._ftp.mkd(folder)
        except ftplib.error_perm:
            return False
        try:
            self._put(f"{LOCK}/{_NOTE}", note)
        except ftplib.error_perm:
            if not self._dots:
                self._take_down(folder)
                raise
            self._take_down(folder)
            return False
        return True

    def _take_down(self, folder: str) -> None:
        self._made.discard(folder)
        with suppress(ftplib.error_perm):
            self._ftp.rmd(folder)

    def _without_dots(self) -> None:
        """Some servers take no names that begin with a dot."""
        self._dots = False
        self.risks = (
            *self.risks,
            "这台主机不收以点开头的文件：发布记录改用 _gonghui 开头的名称",
        )

    def _is_folder(self, path: str) -> bool:
        def work() -> bool:
            here = self._ftp.pwd()
            try:
                self._ftp.cwd(self._full(path))
            except ftplib.error_perm:
                return False
            self._ftp.cwd(here)
            return True

        return self._do(work)

    def lock_note(self) -> bytes | None:
        """The note in the lock."""
        held = self.read(f"{LOCK}/{_NOTE}")
        return b"" if held is None and self._is_folder(LOCK) else held

    def lock_age(self) -> timedelta | None:
        """By the host's clock, where it knows MDTM: a file made now shows it."""
        self.write(NOW, b"")
        now, then = self._time_of(NOW), self._time_of(f"{LOCK}/{_NOTE}")
        self.delete(NOW)
        return now - then if now and then else None

    def _time_of(self, path: str) -> datetime | None:
        """The host's time of a file; which zone it is in does not matter."""
        with suppress(ftplib.error_perm, ValueError):
            told = self._do(lambda: self._ftp.sendcmd(f"MDTM {self._full(path)}"))
            return datetime.strptime(told[4:18], "%Y%m%d%H%M%S")  # noqa: DTZ007 - only differences count
        return None

    def renew_lock(self, note: bytes) -> None:
        """Write our note anew."""
        self.write(f"{LOCK}/{_NOTE}", note)

    def drop_lock(self) -> None:
        """Give the lock back."""
        for name in (part_name(_NOTE), _NOTE):
            self.delete(f"{LOCK}/{name}")
        self._do(partial(self._take_down, self._full(LOCK)))

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError, EOFError, ftplib.Error):
            self._ftp.quit()
        self._ftp.close()

    def _full(self, path: str) -> str:
        if not self._dots:  # of our names only those of the publishing have one
            path = "/".join(_undotted(name) for name in path.split("/"))
        return posixpath.join(self._root, wire(path)) if path else self._root

    def _do(self, work: Callable[[], T], path: str = "") -> T:
        """Do it; once more over a new line when the old one dropped.

        ``path`` is the file that is being written.
        """
        with told_faults(self._place, path):
            try:
                return work()
            except (ftplib.error_temp, EOFError, OSError) as error:
                if not is_dropped(error):
                    raise
                gone, self._ftp = self._ftp, dial(self._place)
                gone.close()
            self._again = True
            try:
                return work()
            finally:
                self._again = False


def _undotted(name: str) -> str:
    """A name without a dot in front."""
    return f"_{name[1:]}" if name.startswith(".") else name


def _dotted(path: str) -> str:
    """A path with the dot that :func:`_undotted` took."""
    return f".{path[1:]}" if path.startswith("_") else path
