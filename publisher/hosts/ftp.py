"""A host by FTPS, the usual cheap one; plain FTP only by a named exception."""

from __future__ import annotations

import ftplib
import io
import posixpath
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from publisher.faults import HostKeyChanged, LinkBroken, LoginRefused, PublishFailed
from publisher.host import LOCK, Parcel, Remote, Told, is_control, part_name

TIMEOUT = 20.0
_NOTE = "note.json"
_NO_LOGIN = "530"
_NO_SUCH = "550"
_UNKNOWN = ("500", "501", "502", "504")
# drwxr-xr-x 2 owner group 4096 Nov 22 08:00 name
_UNIX = re.compile(
    r"(?P<kind>[-dl])\S{9}\S*\s+\d+\s+\S+\s+\S+\s+(?P<size>\d+)\s+"
    r"(?P<time>\w{3}\s+\d+\s+[\d:]+)\s(?P<name>.+)"
)
# 11-22-26  08:00AM       <DIR>          name
_DOS = re.compile(
    r"(?P<time>[\d-]{8,10}\s+[\d:]{5}(?:AM|PM)?)\s+"
    r"(?:(?P<dir><DIR>)|(?P<size>\d+))\s+(?P<name>.+)"
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FtpPlace:
    """Where and as whom; not encrypted only with a reason of the settings."""

    address: str
    port: int
    folder: str
    user: str
    password: str
    plain_reason: str = ""
    ca_file: Path | None = None
    timeout: float = TIMEOUT


class _SharedSession(ftplib.FTP_TLS):
    """FTP over TLS whose data connections belong to the session of the control one.

    Common servers (vsftpd) refuse others.
    """

    def ntransfercmd(
        self, cmd: str, rest: int | str | None = None
    ) -> tuple[socket.socket, int | None]:
        """A data connection, encrypted within the session of the control one."""
        connection, size = super(ftplib.FTP_TLS, self).ntransfercmd(cmd, rest)
        if getattr(self, "_prot_p", False) and isinstance(self.sock, ssl.SSLSocket):
            connection = self.context.wrap_socket(
                connection, server_hostname=self.host, session=self.sock.session
            )
        return connection, size


class FtpHost:
    """A folder on an FTP server; one connection, one file at a time."""

    atomic = False

    def __init__(self, place: FtpPlace) -> None:
        self._place = place
        self._root = place.folder.rstrip("/")
        self._made: set[str] = set()
        self._lists_well = True
        self.risks: tuple[str, ...] = ()
        if place.plain_reason:
            self.risks = (
                f"用不加密的 FTP，密码在路上可能被看到；理由：{place.plain_reason}",
            )
        with _faults(place):
            self._ftp = self._connect()

    def _connect(self) -> ftplib.FTP:
        place = self._place
        ftp: ftplib.FTP
        if place.plain_reason:
            ftp = ftplib.FTP(timeout=place.timeout, encoding="utf-8")  # noqa: S321 - the settings name the exception and its reason
        else:
            cafile = str(place.ca_file) if place.ca_file else None
            context = ssl.create_default_context(cafile=cafile)
            ftp = _SharedSession(
                context=context, timeout=place.timeout, encoding="utf-8"
            )
        with ExitStack() as undo:
            undo.callback(ftp.close)
            ftp.connect(place.address, place.port)
            ftp.login(place.user, place.password)
            if isinstance(ftp, ftplib.FTP_TLS):
                ftp.prot_p()
            ftp.voidcmd("TYPE I")
            undo.pop_all()
        return ftp

    def listing(self) -> dict[str, Remote]:
        """Every file, with its time of change as the mark."""
        found: dict[str, Remote] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            for name, remote in self._do(partial(self._list_one, folder)):
                path = posixpath.join(folder, name)
                if is_control(path):
                    continue
                if remote is None:
                    folders.append(path)
                else:
                    found[path] = remote
        return found

    def _list_one(self, folder: str) -> list[tuple[str, Remote | None]]:
        """The names in a folder; None stands for a folder."""
        full = self._full(folder)
        if self._lists_well:
            try:
                return list(_facts(self._ftp.mlsd(full, ["type", "size", "modify"])))
            except ftplib.error_perm as error:
                if str(error).startswith(_NO_SUCH):
                    return []
                if not str(error).startswith(_UNKNOWN):
                    raise
                self._lists_well = False
        lines: list[str] = []
        try:
            self._ftp.cwd(full or "/")
        except ftplib.error_perm:
            return []
        self._ftp.retrlines("LIST -a", lines.append)
        return [row for line in lines if (row := read_line(line)) is not None]

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        content = io.BytesIO()

        def work() -> bytes | None:
            try:
                self._ftp.retrbinary(f"RETR {self._full(path)}", content.write)
            except ftplib.error_perm as error:
                if str(error).startswith(_NO_SUCH):
                    return None
                raise
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
        self._do(lambda: self._put(path, content))

    def _put(self, path: str, content: bytes) -> None:
        self._have(posixpath.dirname(path))
        part, target = self._full(part_name(path)), self._full(path)
        self._ftp.storbinary(f"STOR {part}", io.BytesIO(content))
        try:
            self._ftp.rename(part, target)
        except ftplib.error_perm:
            self._replace(part, target)

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
        if not full or full in self._made:
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

        def work() -> bool:
            self._have("")
            try:
                self._ftp.mkd(self._full(LOCK))
            except ftplib.error_perm:
                return False
            return True

        if self._do(work):
            self.write(f"{LOCK}/{_NOTE}", note)
            return None
        held = self.read(f"{LOCK}/{_NOTE}")
        if held is None and not self._is_folder(LOCK):
            raise PublishFailed(
                f"主机 {self._place.address} 不让在 {self._root or '/'} 里建文件夹："
                "请检查 folder 是否写对，这个用户有没有写的权限"
            )
        return held or b""

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

    def renew_lock(self, note: bytes) -> None:
        """Write our note anew."""
        self.write(f"{LOCK}/{_NOTE}", note)

    def drop_lock(self) -> None:
        """Give the lock back."""
        for name in (part_name(_NOTE), _NOTE):
            self.delete(f"{LOCK}/{name}")
        self._made.discard(self._full(LOCK))

        def work() -> None:
            with suppress(ftplib.error_perm):
                self._ftp.rmd(self._full(LOCK))

        self._do(work)

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError, EOFError, ftplib.Error):
            self._ftp.quit()
        self._ftp.close()

    def _full(self, path: str) -> str:
        return posixpath.join(self._root, path) if path else self._root

    def _do(self, work: Callable[[], T]) -> T:
        with _faults(self._place):
            return work()


def read_line(line: str) -> tuple[str, Remote | None] | None:
    """A line of LIST as Unix and Windows servers write it; None for other lines.

    The second value is None for a folder.
    """
    found = _UNIX.fullmatch(line) or _DOS.fullmatch(line)
    if found is None or found["name"] in {".", ".."}:
        return None
    row = found.groupdict()
    if row.get("dir") or row.get("kind") == "d":
        return found["name"], None
    if row.get("kind") == "l":
        return None
    # A time without seconds, or with a year in place of the hour later on, is no mark.
    return found["name"], Remote(int(found["size"]), "")


def _facts(
    rows: Iterator[tuple[str, dict[str, str]]],
) -> Iterator[tuple[str, Remote | None]]:
    for name, facts in rows:
        if facts.get("type") == "dir":
            yield name, None
        elif facts.get("type") == "file":
            yield name, Remote(int(facts.get("size", "0")), facts.get("modify", ""))


@contextmanager
def _faults(place: FtpPlace) -> Iterator[None]:
    where = f"{place.address}:{place.port}"
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise HostKeyChanged(
            f"主机 {where} 的证书核对不上（{error.verify_message}），没有登录。"
            "证书过期请主机商更新；自签证书请把它的文件写进 ca_file"
        ) from error
    except ftplib.error_perm as error:
        if str(error).startswith(_NO_LOGIN):
            raise LoginRefused(
                f"主机 {where} 不接受用户 {place.user} 登录：密码不对或已过期。"
                "请在主机商的管理面板里核对，更新后再发布"
            ) from error
        raise PublishFailed(
            f"主机 {where} 没有照办（{error}）：请检查主机空间和权限，再运行一次"
        ) from error
    except (ftplib.Error, EOFError, OSError) as error:
        raise LinkBroken(
            f"与主机 {where} 的连接断了或连不上。原来的网页还在。"
            "请检查网络和主机地址，再运行 gonghui publish，会接着做"
        ) from error
