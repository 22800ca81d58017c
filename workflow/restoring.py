"""Restoring a backup into an empty folder: every hash first, then the files.

Nothing of the archive is trusted: names stay inside the folder, sizes are those of
the manifest, and what is unpacked stands under its names only when all of it is there.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import shutil
import stat
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import tomlkit

from newsroom.errors import NewsroomError
from story_store.disk import sync_folder
from workflow.backing_up import SCHEMA, SETTINGS, SPARE, is_safe_name
from workflow.backup_target import MANIFEST
from workflow.disk_faults import disk_sentence
from workflow.machine import existing_part, free_bytes

UNPACKING = ".gonghui-restoring"
_LONGEST_MANIFEST = 512 * 1024**2
_CHUNK = 1024**2
_UNREADABLE = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    AttributeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: its config.toml, when it was taken, how many files.

    ``moved`` are the paths in config.toml that pointed elsewhere and now point into
    the restored folder.
    """

    settings: Path
    taken_at: datetime
    files: int
    moved: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A file as the manifest lists it."""

    info: ZipInfo
    size: int
    sha256: str


def restore_backup(file: Path, to: Path) -> Restored:
    """Unpack a backup into an empty (or new) folder.

    Raises:
        NewsroomError: the folder is not empty, or the file is damaged, cut off,
            changed, or no backup of ours; then nothing is left in the folder.
    """
    try:
        _refuse_used(to)
        if file.is_dir():
            raise NewsroomError(
                f"{file} 是文件夹：请写里面的备份文件，如 gonghui-….zip"
            )
        if not file.exists():
            raise NewsroomError(f"没有这个备份文件：{file}")
        with ZipFile(file) as archive:
            manifest = _manifest(archive)
            listed = _listed(archive, manifest, file)
            taken_at = datetime.fromisoformat(manifest["taken_at"])
            for one in listed:
                _copy(archive, one, None, file)
            _refuse_when_full(to, sum(one.size for one in listed))
            _unpack(archive, listed, manifest["moved"], to, file)
            moved = dict(manifest["moved"])
    except _UNREADABLE as error:
        raise NewsroomError(_damaged(file, _why(error))) from error
    except OSError as error:
        if error.errno is None:  # not the disk: what bz2 says of spoilt bytes
            raise NewsroomError(_damaged(file, _why(error))) from error
        raise NewsroomError(
            f"恢复没有完成：{disk_sentence(error) or error}。"
            f"请检查 {to} 的磁盘空间和写权限，再试一次"
        ) from error
    return Restored(to / SETTINGS, taken_at, len(listed), moved)


def _refuse_used(to: Path) -> None:
    if to.exists() and not to.is_dir():
        raise NewsroomError(f"{to} 不是文件夹：请用 --to 指一个空文件夹")
    left = to / UNPACKING
    beside = [one for one in to.iterdir() if one != left] if to.exists() else []
    if left.is_dir() and beside:
        raise NewsroomError(
            f"{to} 里上一次恢复没有做完（断电或被终止），里面的东西不全，不能用："
            "请用 --to 另指一个空文件夹，恢复好后再删掉它"
        )
    if left.is_dir():
        shutil.rmtree(left)  # a restore that was cut short
    if beside:
        raise NewsroomError(
            f"{to} 里已经有东西，恢复不会覆盖它：请用 --to 指一个空文件夹，"
            "恢复后核对好，再把原来的换下来"
        )


def _manifest(archive: ZipFile) -> dict[str, Any]:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _LONGEST_MANIFEST:
        raise BadZipFile("清单太大")
    document: dict[str, Any] = json.loads(archive.read(info))
    if document["schema"] != SCHEMA:
        raise NewsroomError(
            f"这份备份的格式（{document['schema']}）比程序新：请先升级程序再恢复"
        )
    for key, path in document["moved"].items():
        if not is_safe_name(path) or key.count(".") != 1:
            raise BadZipFile(f"清单里有不能用的路径 {path}")
    return document


def _listed(
    archive: ZipFile, manifest: Mapping[str, Any], file: Path
) -> tuple[_Listed, ...]:
    """The files of the archive, which must be exactly those of the manifest."""
    infos = [info for info in archive.infolist() if info.filename != MANIFEST]
    inside = {info.filename: info for info in infos}
    named = {row["file"]: row for row in manifest["files"]}
    if len(inside) != len(infos) or inside.keys() != named.keys():
        raise NewsroomError(_damaged(file, "里面的文件和清单对不上"))
    for name, info in inside.items():
        if not is_safe_name(name) or info.is_dir() or _is_link(info):
            raise NewsroomError(_damaged(file, f"里面有不该有的名字 {name[:80]!r}"))
        if info.file_size != named[name]["size"]:
            raise NewsroomError(_damaged(file, f"{name} 的大小和清单对不上"))
    return tuple(
        _Listed(inside[name], int(row["size"]), str(row["sha256"]))
        for name, row in named.items()
    )


def _is_link(info: ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _copy(archive: ZipFile, one: _Listed, target: Path | None, file: Path) -> None:
    """Read a file of the archive, write it where one is wanted, and check its hash."""
    digest, size = hashlib.sha256(), 0
    out = target.open("xb") if target else None
    try:
        with archive.open(one.info) as source:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > one.size:
                    break
                digest.update(chunk)
                if out:
                    out.write(chunk)
    finally:
        if out:
            out.close()
    if size != one.size or digest.hexdigest() != one.sha256:
        raise NewsroomError(_damaged(file, f"{one.info.filename} 的内容和清单对不上"))


def _refuse_when_full(to: Path, size: int) -> None:
    free = free_bytes(existing_part(to.absolute()))
    if free < size + SPARE:
        raise NewsroomError(
            f"{to} 所在磁盘只剩 {free / 1024**2:.0f} MB，恢复要 "
            f"{size / 1024**2:.0f} MB，另外至少要空着 {SPARE / 1024**2:.0f} MB："
            "请清理磁盘，或换一个磁盘"
        )


def _unpack(
    archive: ZipFile,
    listed: tuple[_Listed, ...],
    moved: Mapping[str, str],
    to: Path,
    file: Path,
) -> None:
    work = to / UNPACKING
    work.mkdir(parents=True)
    try:
        for one in listed:
            target = work / one.info.filename
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(archive, one, target, file)
        point_inside(work / SETTINGS, moved)
        if hasattr(os, "sync"):
            os.sync()
        _bring_out(work, to)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sync_folder(to)


def _bring_out(work: Path, to: Path) -> None:
    """Give all that is unpacked its place, or nothing.

    The settings come last: without them a folder that was left half is no office.
    """
    children = sorted(work.iterdir(), key=lambda one: (one.name == SETTINGS, one.name))
    with ExitStack() as undo:
        for child in children:
            child.rename(to / child.name)
            undo.callback((to / child.name).rename, child)
        undo.pop_all()


def point_inside(settings: Path, moved: Mapping[str, str]) -> None:
    """Have the restored config.toml name the restored folders, comments kept."""
    if not moved:
        return
    document = tomlkit.parse(settings.read_text(encoding="utf-8-sig"))
    for key, path in moved.items():
        section, name = key.split(".")
        table = document.setdefault(section, tomlkit.table())
        table[name] = path
    settings.write_text(tomlkit.dumps(document), encoding="utf-8")


def _why(error: Exception) -> str:
    """What is wrong with an archive, in place of the library's own words."""
    said = str(error)
    if MANIFEST in said:
        return "里面没有清单，不是本程序做的备份"
    if "not a zip file" in said:
        return "不是备份文件，或没有拷贝完整"
    if said.isascii():
        return "内容损坏或被改过"
    return f"内容损坏或被改过：{said[:120]}"


def _damaged(file: Path, why: str) -> str:
    return (
        f"这份备份不能用：{file}（{why}）。没有恢复任何东西；"
        "请换另一份备份，最近的几份都在备份文件夹里"
    )
