"""A host by SFTP: the key pinned, each file renamed into its place whole."""

from __future__ import annotations

import asyncio
import logging
import posixpath
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from stat import S_ISDIR
from typing import Any, TypeVar

import asyncssh

from publisher.faults import PublishFailed
from publisher.host import LOCK, NOW, Parcel, Remote, Told, is_control, part_name
from publisher.hosts.sftp_faults import (
    LEAST_FREE,
    no_room,
    no_server,
    shut,
    told_faults,
)
from publisher.names import from_disk

# A line that drops is told once, in our words, not by each socket in English.
logging.getLogger("asyncio").setLevel(logging.ERROR)

TIMEOUT = 20.0
_AT_ONCE = 8
_READABLE = 0o644
_SSH_PORT = 22
_NOTE = "note.json"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SftpPlace:
    """Where, as whom, and which key the host must show."""

    address: str
    port: int
    folder: str
    user: str
    host_key: str
    key_file: Path | None = None
    password: str = ""
    timeout: float = TIMEOUT

    @property
    def known_hosts(self) -> str:
        """The pinned key as a line of known_hosts."""
        plain = self.port == _SSH_PORT
        name = self.address if plain else f"[{self.address}]:{self.port}"
        return f"{name} {self.host_key}\n"


class SftpHost:
    """A folder on an SFTP server."""

    atomic = False

    def __init__(self, place: SftpPlace) -> None:
        self._place = place
        self._root = place.folder.rstrip("/") or "."
        self._runner = asyncio.Runner()
        self._runner.get_loop().set_exception_handler(leave_out_links)
        self._made: set[str] = set()
        self.risks: tuple[str, ...] = ()
        self._connection: asyncssh.SSHClientConnection | None = None
        try:
            self._sftp = self._do(self._connect())
        except PublishFailed:
            self.close()
            raise

    async def _connect(self) -> asyncssh.SFTPClient:
        place = self._place
        self._connection = await asyncssh.connect(
            place.address,
            place.port,
            username=place.user,
            password=place.password or None,
            client_keys=[str(place.key_file)] if place.key_file else None,
            known_hosts=asyncssh.import_known_hosts(place.known_hosts),
            agent_path=None,
            config=None,
            connect_timeout=place.timeout,
            login_timeout=place.timeout,
            keepalive_interval=10,
        )
        try:
            return await self._connection.start_sftp_client(
                path_errors="surrogateescape"
            )
        except asyncssh.SFTPBadMessage as error:
            raise await no_server(self._connection, place) from error

    def listing(self) -> dict[str, Remote]:
        """Every file, with its time of change as the mark."""
        return self._do(self._list())

    async def _list(self) -> dict[str, Remote]:
        found: dict[str, Remote] = {}
        folders = [""]
        while folders:
            batch, folders = folders[:_AT_ONCE], folders[_AT_ONCE:]
            for more, files in await asyncio.gather(*map(self._list_one, batch)):
                folders += more
                found.update(files)
        return found

    async def _list_one(self, folder: str) -> tuple[list[str], dict[str, Remote]]:
        try:
            names = await self._sftp.readdir(self._full(folder))
        except asyncssh.SFTPNoSuchFile:
            return [], {}
        except asyncssh.SFTPPermissionDenied as error:
            if not folder:
                raise shut(self._place, self._root) from error
            return [], {from_disk(f"{folder}/"): Remote(0)}  # of others, and shut
        folders: list[str] = []
        files: dict[str, Remote] = {}
        for one in names:
            name = str(one.filename)
            path = posixpath.join(folder, name)
            if name in {".", ".."} or is_control(path):
                continue
            if S_ISDIR(one.attrs.permissions or 0):
                folders.append(path)
            else:
                files[from_disk(path)] = Remote(
                    one.attrs.size or 0, str(one.attrs.mtime or "")
                )
        return folders, files

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        return self._do(self._read(path))

    async def _read(self, path: str) -> bytes | None:
        try:
            async with self._sftp.open(self._full(path), "rb") as file:
                content: bytes = await file.read()
                return content
        except asyncssh.SFTPNoSuchFile:
            return None
        except asyncssh.SFTPPermissionDenied as error:
            raise shut(self._place, self._full(path)) from error

    def begin(self) -> None:
        """Have the folder."""
        self._do(self._have(self._root))

    def send(self, batch: Sequence[Parcel], told: Told) -> None:
        """Put files in place, several at a time."""
        self._do(self._send(batch, told))

    async def _send(self, batch: Sequence[Parcel], told: Told) -> None:
        for folder in sorted({posixpath.dirname(parcel.path) for parcel in batch}):
            await self._have(self._full(folder))
        places = asyncio.Semaphore(_AT_ONCE)

        async def one(parcel: Parcel) -> str:
            async with places:
                await self._put(parcel.path, parcel.file.read_bytes())
                return parcel.path

        tasks = [asyncio.ensure_future(one(parcel)) for parcel in batch]
        try:
            for ready in asyncio.as_completed(tasks):
                told(await ready)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def write(self, path: str, content: bytes) -> None:
        """Put one small file in place."""
        self._do(self._put(path, content))

    async def _put(self, path: str, content: bytes) -> None:
        await self._have(self._full(posixpath.dirname(path)))
        part, target = self._full(part_name(path)), self._full(path)
        attrs = asyncssh.SFTPAttrs(permissions=_READABLE)
        try:
            async with self._sftp.open(part, "wb", attrs) as file:
                await file.write(content)
        except asyncssh.SFTPFailure as error:
            if await self._is_full(len(content)):
                raise no_room(self._place) from error
            raise
        try:
            await self._sftp.posix_rename(part, target)
        except asyncssh.SFTPOpUnsupported:
            await self._replace(part, target)

    async def _is_full(self, size: int) -> bool:
        """Whether there is no room; OpenSSH says no more than that it failed."""
        with suppress(asyncssh.SFTPError):
            room = await self._sftp.statvfs(self._root)
            return room.bavail * room.frsize < max(size, LEAST_FREE)
        return False

    async def _replace(self, part: str, target: str) -> None:
        """Delete, then rename: for servers that cannot put a file over another."""
        self.risks = (
            "这台主机不支持一步替换（posix-rename），先删后改名：更新的瞬间可能打不开",
        )
        with suppress(asyncssh.SFTPNoSuchFile):
            await self._sftp.remove(target)
        await self._sftp.rename(part, target)

    async def _have(self, folder: str) -> None:
        if folder not in self._made:
            await self._sftp.makedirs(folder, exist_ok=True)
            self._made.add(folder)

    def delete(self, path: str) -> None:
        """Take a file away."""
        self._do(self._delete(path))

    async def _delete(self, path: str) -> None:
        with suppress(asyncssh.SFTPNoSuchFile):
            await self._sftp.remove(self._full(path))

    def commit(self, name: str) -> None:
        """Nothing more: each file stands in its place."""

    def forget_former(self) -> None:
        """Nothing lies beside."""

    def take_lock(self, note: bytes) -> bytes | None:
        """Take the lock: a folder that can be made once only."""
        return self._do(self._take_lock(note))

    async def _take_lock(self, note: bytes) -> bytes | None:
        await self._have(self._root)
        try:
            await self._sftp.mkdir(self._full(LOCK))
        except asyncssh.SFTPError:
            held = await self._read(f"{LOCK}/{_NOTE}")
            if held is None and not await self._sftp.isdir(self._full(LOCK)):
                raise
            return held or b""
        try:
            await self._put(f"{LOCK}/{_NOTE}", note)
        except PublishFailed:
            await self._drop_lock()  # one that names nobody would keep everybody out
            raise
        return None

    def lock_note(self) -> bytes | None:
        """The note in the lock."""
        return self._do(self._lock_note())

    async def _lock_note(self) -> bytes | None:
        held = await self._read(f"{LOCK}/{_NOTE}")
        if held is None and await self._sftp.isdir(self._full(LOCK)):
            return b""
        return held

    def lock_age(self) -> timedelta | None:
        """By the host's clock: a file made now shows it."""
        return self._do(self._lock_age())

    async def _lock_age(self) -> timedelta | None:
        trial = self._full(NOW)
        with suppress(asyncssh.SFTPNoSuchFile):
            await self._sftp.remove(trial)  # one that lies there has its old time
        async with self._sftp.open(trial, "wb"):
            pass
        now = await self._time_of(NOW)
        await self._sftp.remove(trial)
        then = await self._time_of(f"{LOCK}/{_NOTE}") or await self._time_of(LOCK)
        return timedelta(seconds=now - then) if now and then else None

    async def _time_of(self, path: str) -> int | None:
        with suppress(asyncssh.SFTPNoSuchFile):
            return (await self._sftp.stat(self._full(path))).mtime
        return None

    def renew_lock(self, note: bytes) -> None:
        """Write our note anew."""
        self._do(self._put(f"{LOCK}/{_NOTE}", note))

    def drop_lock(self) -> None:
        """Give the lock back."""
        self._do(self._drop_lock())

    async def _drop_lock(self) -> None:
        folder = self._full(LOCK)
        if await self._sftp.isdir(folder):
            await self._sftp.rmtree(folder)
        self._made.discard(folder)

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.abort()
        self._runner.close()

    def _full(self, path: str) -> str:
        return posixpath.join(self._root, path) if path else self._root

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        with told_faults(self._place):
            return self._runner.run(work)


def leave_out_links(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What an event loop does with a fault that nobody waits for: a broken link goes.

    Several parts of a file travel at once. When the line is cut the first one tells
    it, in our words; each of the others would come to the terminal with its frames.
    """
    if not isinstance(context.get("exception"), (OSError, asyncssh.Error)):
        loop.default_exception_handler(context)
