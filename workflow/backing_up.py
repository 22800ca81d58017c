"""A backup: everything that must be kept and the settings, in one zip with hashes.

The database is copied whole while it may be in use (VACUUM INTO); kept files never
change. The file gets its name when it is whole and on the disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from filelock import FileLock, Timeout

from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from story_store.disk import sync_file, sync_folder
from story_store.opening import check_sound
from story_store.snapshot import vacuum_into
from story_store.wholeness import DATABASE
from workflow.backup_target import MANIFEST, refuse_unfit
from workflow.disk_faults import DiskFault, disk_sentence, in_words
from workflow.machine import existing_part, free_bytes
from workflow.subscriber_list import LIST, subscribers_file

if TYPE_CHECKING:
    from config import Settings
    from workflow.office import Office

SCHEMA = 1
SETTINGS = "config.toml"
# What cannot be made again, and what the next morning must know: what was mailed,
# put into the group and published, which sources are doubted, when a site wants peace.
KEPT = (
    "pictures",
    "originals",
    "releases",
    "spool",
    "rule_versions",
    "old_settings",
    "mail",
    "group",
    "publish",
    "sites",
    "samples",
    "backfill",
    "quarantine.json",
)
# Of publishing: copies of what can be built again, and this computer's own locks.
_PASSING = frozenset(
    {
        ".releases",
        "hashes.json",
        "publish.lock",
        "token.json",
        "taking",
        "nameless.json",
    }
)
NAME = re.compile(r"gonghui-(\d{8}-\d{6})\.zip")
SPARE = 200 * 1024**2
_CHUNK = 1024**2
_SQUEEZED = frozenset({".sqlite3", ".toml", ".txt", ".json", ".jsonl", ".bmp"})
_OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that is whole: its file, its size in bytes, how many files it holds.

    ``skipped`` are files of the inbox that no archive can name, or that went away
    meanwhile.
    """

    file: Path
    size: int
    files: int
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of an office lie in a backup, as paths of the restored folder.

    ``moved`` are the settings whose path lies outside the office's folder, and what
    they must say in the restored config.toml; ``lists`` are the files of addresses
    that the settings name.
    """

    data: str
    inbox: str
    rules: tuple[tuple[str, Path, str], ...]
    moved: dict[str, str]
    lists: tuple[tuple[Path, str], ...] = ()


def make_backup(office: Office, file: Path | None = None) -> BackupMade:
    """Make a backup into ``file``, or into the backup folder under the time.

    Raises:
        StoreBroken: the store is damaged, seen by reading all of it.
        NewsroomError: another is being made, or it cannot be written; nothing half
            is left under the name.
    """
    target = (file or backup_file(office)).absolute()
    refuse_unfit(office, target, backup_file(office).name)
    check_sound(office.data)
    with _alone(office.data):
        _clear_left(backup_folder(office))
        return _make(office, target)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the lock of backups, so that what lies half made is nobody's work."""
    data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data / "backup.lock", fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise NewsroomError("已有一次备份正在进行：请等它做完再备份") from error
    try:
        yield
    finally:
        lock.release()


def _clear_left(folder: Path) -> None:
    """Remove what backups that were killed left half made; it holds names too."""
    for left in folder.glob(".*gonghui-*.zip.*"):
        with suppress(OSError):
            left.unlink()


def _make(office: Office, target: Path) -> BackupMade:
    part = target.with_name(f".{target.name}.part")
    copy = target.with_name(f".{target.name}.store")
    copying = copy.with_name(f".{copy.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with in_words(), office.store() as store:
            vacuum_into(store.alias, copy)
        # a name once: a list of addresses may lie in a folder that is kept anyhow
        members = list(dict(_members(office, copy)).items())
        _refuse_when_full(target.parent, members)
        files, skipped = _write(part, members, office)
        sync_file(part)
        part.chmod(0o600)
        part.replace(target)
        sync_folder(target.parent)
    except DiskFault as error:
        raise NewsroomError(f"备份没有做成（{target}）：{error}") from error
    except OSError as error:
        raise NewsroomError(
            f"备份没有做成：{target} 写不进去。{disk_sentence(error) or error}。"
            "或在 [backup] folder 里换一个文件夹"
        ) from error
    finally:
        for left in (part, copy, copying):
            with suppress(OSError):
                left.unlink()
    return BackupMade(target, target.stat().st_size, files, skipped)


def backup_folder(office: Office) -> Path:
    """The folder of the office's own backups."""
    return office.settings.path(office.settings.backup.folder)


def backup_file(office: Office) -> Path:
    """The file of a backup made now."""
    moment = office.now.astimezone(CHINA)
    return backup_folder(office) / f"gonghui-{moment:%Y%m%d-%H%M%S}.zip"


def own_backups(office: Office) -> tuple[tuple[datetime, Path], ...]:
    """The backups in the backup folder with their times, newest first."""
    found = []
    for file in backup_folder(office).glob("gonghui-*.zip"):
        match = NAME.fullmatch(file.name)
        if match:
            at = datetime.strptime(match[1], "%Y%m%d-%H%M%S").replace(tzinfo=CHINA)
            found.append((at, file))
    return tuple(sorted(found, reverse=True))


def prune_backups(office: Office, made: Path | None = None) -> int:
    """Remove the oldest backups beyond [backup] keep; how many.

    ``made``, the one made just now, stays: where the clock was set back it seems to be
    the oldest of all.
    """
    others = [file for _, file in own_backups(office) if file != made]
    old = others[office.settings.backup.keep - (made is not None) :]
    removed = 0
    for file in old:
        with suppress(OSError):  # open in another program: it goes another night
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def places_of(settings: Settings) -> Places:
    """Where each part lies in a backup; what lies elsewhere is given a place."""
    moved: dict[str, str] = {}

    def place(key: str, path: Path, otherwise: str) -> str:
        whole = settings.path(path)
        if whole.is_relative_to(settings.folder) and whole != settings.folder:
            inside = whole.relative_to(settings.folder).as_posix()
            if not Path(path).is_absolute():
                return inside
        moved[key] = otherwise
        return otherwise

    data = place("store.folder", settings.store.folder, "data")
    inbox = place("inbox.folder", settings.inbox.folder, f"{data}/inbox")
    place("site.output", settings.site.output, "output")
    place("backup.folder", settings.backup.folder, f"{data}/backups")
    rules = tuple(
        (key, settings.path(path), place(f"rules.{key}", path, f"config/{key}.toml"))
        for key, path in settings.rule_files
    )
    lists = (
        ("mail.subscribers", settings.mail.subscribers),
        ("mail_door.senders", settings.mail_door.senders),
    )
    placed = tuple(
        (settings.path(path), place(key, path, f"{data}/lists/{key}{path.suffix}"))
        for key, path in lists
        if path and settings.path(path).is_file()
    )
    letters = subscribers_file(settings)
    if not settings.mail.subscribers and letters.is_file():
        placed += ((letters, f"{data}/{LIST}"),)
    return Places(data, inbox, rules, moved, placed)


def _members(office: Office, database: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the backup: its name in it, and where it is read."""
    settings, places = office.settings, places_of(office.settings)
    yield SETTINGS, settings.file
    for _, path, name in places.rules:
        yield name, path
    for path, name in places.lists:
        yield name, path
    yield f"{places.data}/{DATABASE}", database
    kept = (*KEPT, "pages") if settings.backup.pages else KEPT
    for folder in kept:
        below = _below(office.data / folder, f"{places.data}/{folder}")
        if folder == "publish":
            below = (one for one in below if _PASSING.isdisjoint(one[0].split("/")))
        yield from below
    yield from _below(office.inbox, places.inbox)


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    if folder.is_file():
        yield prefix, folder
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not _is_part(path):
            yield f"{prefix}/{path.relative_to(folder).as_posix()}", path


def _is_part(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(".part")


def _refuse_when_full(folder: Path, members: Sequence[tuple[str, Path]]) -> None:
    size = sum(path.stat().st_size for _, path in members if path.exists())
    free = free_bytes(existing_part(folder))
    if free < size + SPARE:
        raise NewsroomError(
            f"备份没有做成：要 {size / 1024**2:.0f} MB，另外至少要空着 "
            f"{SPARE / 1024**2:.0f} MB，{folder} 所在磁盘只剩 "
            f"{free / 1024**2:.0f} MB。请清理磁盘，把 [backup] folder 改到更大的盘，"
            "或写 [backup] pages = false 不带原始网页"
        )


def _write(
    part: Path, members: Sequence[tuple[str, Path]], office: Office
) -> tuple[int, tuple[str, ...]]:
    listed: list[dict[str, object]] = []
    skipped: list[str] = []
    with part.open("wb") as out, ZipFile(out, "w", allowZip64=True) as archive:
        for name, path in members:
            if not is_safe_name(name):
                skipped.append(name)
                continue
            try:
                source = path.open("rb")
            except FileNotFoundError:  # its time was over just now
                skipped.append(name)
                continue
            with source:
                listed.append(_add(archive, name, source))
        document = {
            "schema": SCHEMA,
            "taken_at": office.now.astimezone(CHINA).isoformat(),
            "moved": places_of(office.settings).moved,
            "files": listed,
        }
        text = json.dumps(document, ensure_ascii=False, indent=0)
        archive.writestr(ZipInfo(MANIFEST), text, ZIP_DEFLATED)
        out.flush()
    return len(listed), tuple(skipped)


def _add(archive: ZipFile, name: str, source: BinaryIO) -> dict[str, object]:
    written = datetime.fromtimestamp(os.fstat(source.fileno()).st_mtime, tz=CHINA)
    info = ZipInfo(name, max(written.timetuple()[:6], _OLDEST))
    squeezed = PurePosixPath(name).suffix in _SQUEEZED
    info.compress_type = ZIP_DEFLATED if squeezed else ZIP_STORED
    info.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return {"file": name, "size": size, "sha256": digest.hexdigest()}


def is_safe_name(name: str, *, windows: bool = os.name == "nt") -> bool:
    """Whether a name of an archive stays inside the folder it is unpacked to."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts) or len(name) > 1000:  # noqa: PLR2004 - longer than any path of ours
        return False
    if re.search(r"[\x00-\x1f]", name) or re.match(r"[A-Za-z]:", name):
        return False
    if windows and re.search(r'[\\:*?"<>|]', name):
        return False
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
