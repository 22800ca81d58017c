"""Backups with their notes: made, pruned, rehearsed, and what became of it kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from story_store.faults import StoreBroken
from workflow.backing_up import BackupMade, make_backup, own_backups, prune_backups
from workflow.disk_faults import in_words
from workflow.office_state import (
    BackupNote,
    FailureNote,
    OfficeState,
    RehearsalNote,
    Tidied,
    change_state,
    in_beijing,
    read_state,
)
from workflow.rehearsing import Rehearsal, rehearse
from workflow.retention import tidy
from workflow.run_lock import run_lock

if TYPE_CHECKING:
    from workflow.office import Office

REHEARSE_EVERY = timedelta(days=7)
AHEAD = timedelta(days=1)
MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Night:
    """What the night's work gave: the backup, how many old ones went, the rest."""

    backup: BackupMade
    pruned: int
    tidied: Tidied
    rehearsal: Rehearsal | None


def keep_backup(office: Office, file: Path | None = None) -> BackupMade:
    """Make a backup and note it, or note why there is none.

    Raises:
        NewsroomError: it could not be made.
    """
    try:
        made = make_backup(office, file)
    except NewsroomError as error:
        failure = FailureNote(at=in_beijing(office.now), sentence=str(error))
        noted: dict[str, object] = {"backup_failed": failure}
        if isinstance(error, StoreBroken):
            noted["store_damaged"] = failure
        _note(office, noted)
        raise
    note = BackupNote(
        at=in_beijing(office.now),
        file=str(made.file),
        size=made.size,
        files=made.files,
    )
    _note(office, {"backup": note, "backup_failed": None, "store_damaged": None})
    return made


def keep_rehearsal(office: Office, file: Path) -> Rehearsal:
    """Rehearse a restore of this backup and note how it went.

    Raises:
        NewsroomError: a run is going on.
    """
    with run_lock(office.data, office.now):
        try:
            with in_words():
                done = rehearse(office, file)
        except NewsroomError as error:
            done = Rehearsal(ok=False, sentence=f"恢复演练没有通过：{error}")
    note = RehearsalNote(at=in_beijing(office.now), ok=done.ok, sentence=done.sentence)
    _note(office, {"rehearsal": note})
    return done


def do_night(office: Office) -> Night:
    """The night's work: back up, let old backups go, tidy, rehearse once a week.

    Raises:
        NewsroomError: the backup could not be made, or the store is damaged; nothing
            old is removed then, so that the last good backups stay.
    """
    made = keep_backup(office)
    pruned = prune_backups(office, made.file)
    with office.store() as store:
        tidied = tidy(office, store)
    last = read_state(office.data).rehearsal
    is_due = not (last and last.ok and -AHEAD < office.now - last.at < REHEARSE_EVERY)
    rehearsal = keep_rehearsal(office, made.file) if is_due else None
    return Night(made, pruned, tidied, rehearsal)


def last_backup(office: Office) -> datetime | None:
    """When the last good backup was made: the newest file or the noted one.

    One of a later day was made under a wrong clock and hides no older age.
    """
    note = read_state(office.data).backup
    times = [at for at, _ in own_backups(office)]
    if note and Path(note.file).is_file():
        times.append(note.at)
    return max((at for at in times if at <= office.now + AHEAD), default=None)


def backup_words(office: Office) -> str:
    """How the backups fare, for the report."""
    last, state = last_backup(office), read_state(office.data)
    if last is None:
        return ""
    said = f"最近一次备份：{last:%m月%d日 %H:%M}"
    if state.backup:
        said += f"，{state.backup.size / MEGABYTE:.1f} MB"
    if state.rehearsal:
        said += f"；{state.rehearsal.at:%m月%d日}{state.rehearsal.sentence}"
    return said


def _note(office: Office, update: dict[str, object]) -> None:
    def change(state: OfficeState) -> OfficeState:
        return state.model_copy(update=update)

    change_state(office.data, change)
