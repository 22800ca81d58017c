"""Opening the store's file: made, checked, migrated, or refused with advice."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from newsroom.article import CHINA
from story_store.faults import StoreBroken, StoreBusy, StoreTooNew
from story_store.setup import configure, release
from story_store.snapshot import vacuum_into
from story_store.wholeness import CHECKED, DATABASE, is_noted

APP = "story_store"
PATIENCE = 20  # seconds for another program to let go
_PRIMARY = 0xFF  # the part of SQLite's error number that names the kind
_NOT_ITS_CONTENTS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def open_database(folder: Path, *, now: datetime) -> str:
    """Make or migrate the store in the folder; Django's alias of its connection.

    A store of an older version is migrated after a copy was put into ``backups``.

    Raises:
        StoreBroken: the file is damaged, or gone while what it described is there.
        StoreTooNew: a newer version of the program wrote it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / DATABASE
    _check_there(database)
    _check_whole(database)
    alias = configure(database)
    with ExitStack() as undo:
        undo.callback(release, alias)
        _migrate(alias, folder, now)
        undo.pop_all()
    return alias


def _check_there(database: Path) -> None:
    """Refuse to start anew over what an older store left."""
    if database.exists() and database.stat().st_size:
        return
    folder = database.parent
    left = [n for n in ("backups", "pages", "pictures") if _has_files(folder / n)]
    if left and not Path(f"{database}-journal").exists():
        raise StoreBroken(
            f"{database} 不见了（或是空的），但 {'、'.join(left)} 里还有文件。"
            "请用最近一份备份恢复：gonghui restore 备份文件 --to 空文件夹；"
            f"如果确实要从头开始，请先把整个 {folder} 改名保存"
        )


def check_sound(folder: Path) -> None:
    """Read the whole file, its indexes against its tables, whatever was noted.

    A disk that decays changes bytes without a new size or time; only this finds it.

    Raises:
        StoreBroken: the file is damaged; the next opening will read it all.
    """
    database = folder / DATABASE
    if not database.exists() or not database.stat().st_size:
        return
    try:
        _read_through(database, "integrity_check")
    except StoreBroken:
        (folder / CHECKED).unlink(missing_ok=True)
        raise


def _check_whole(database: Path) -> None:
    if database.exists() and database.stat().st_size and not is_noted(database.parent):
        _read_through(database, "quick_check")


def _read_through(database: Path, check: str) -> None:
    try:
        with closing(sqlite3.connect(database, timeout=PATIENCE)) as connection:
            found = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & _PRIMARY in _NOT_ITS_CONTENTS:
            raise StoreBusy(
                f"数据库 {database} 现在打不开（{error}）。请看是不是有别的程序占用它、"
                "磁盘能不能读写，再试一次"
            ) from error
        raise StoreBroken(_broken(database, str(error))) from error
    if found != "ok":
        raise StoreBroken(_broken(database, found.splitlines()[-1]))


def _broken(database: Path, why: str) -> str:
    return (
        f"数据库 {database} 已损坏（{why}），没有改动它。"
        "请用最近一份备份恢复：gonghui restore 备份文件 --to 空文件夹，"
        "核对好再换下这一份；备份默认在数据文件夹的 backups 里"
    )


def is_newer(alias: str) -> bool:
    """Whether a newer program has migrated the open store meanwhile."""
    applied, known = _steps(MigrationExecutor(connections[alias]))
    return bool(applied - known)


def _steps(
    executor: MigrationExecutor,
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The steps that the store has, and those that this program knows."""
    loader = executor.loader
    applied = {key for key in loader.applied_migrations if key[0] == APP}
    return applied, {key for key in loader.disk_migrations if key[0] == APP}


def _migrate(alias: str, folder: Path, now: datetime) -> None:
    executor = MigrationExecutor(connections[alias])
    applied, known = _steps(executor)
    if applied - known:
        raise StoreTooNew(
            f"{folder / DATABASE} 是更新版本的程序写的，这个版本不能打开。"
            "请升级程序；如果要退回旧版本，请先恢复升级前的备份"
            f"（{folder / 'backups'}）"
        )
    leaves = [key for key in executor.loader.graph.leaf_nodes() if key[0] == APP]
    if not executor.migration_plan(leaves):
        return
    if applied:
        moment = f"{now.astimezone(CHINA):%Y%m%d-%H%M%S}"
        vacuum_into(
            alias, folder / "backups" / f"store-{moment}-before-upgrade.sqlite3"
        )
    _migrate_whole(alias, executor, leaves)


def _migrate_whole(
    alias: str, executor: MigrationExecutor, leaves: list[tuple[str, str]]
) -> None:
    """All steps and their records in one transaction: a kill leaves the old store.

    Django notes some steps after they are committed; a kill between the two would
    leave tables that it then tries to make again. The editor of schemas asks for
    foreign keys to be off, and they cannot be switched inside a transaction.
    """
    connection = connections[alias]
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=alias):
            executor.migrate(leaves)
    finally:
        connection.enable_constraint_checking()


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))
