"""data/state.json: how the office fares, for the alarm, the report and other programs.

Schema 1; times are Beijing time. It can be lost without harm: what stands in it is
found again or asked again.

- ``checked_at``: when the alarm was last checked.
- ``alarms``: what is wrong now: ``cause`` (stable), ``sentence``, ``since``.
- ``told``: by cause, the last day on which a message was sent about it.
- ``tell_failed``: why the last message could not be sent, else empty.
- ``backup``: the last good backup: ``at``, ``file``, ``size``, ``files``.
- ``backup_failed``: the last failure since: ``at``, ``sentence``; null when mended.
- ``store_damaged``: damage of the store that the last backup found: ``at``,
  ``sentence``; null when a later one found it whole.
- ``clock_off``: what the last crawl heard against the computer's clock: ``at``,
  ``sentence``; null when its time agrees.
- ``rehearsal``: the last restore drill: ``at``, ``ok``, ``sentence``.
- ``tidied``: what was removed for age and not yet told in a report.
- ``attempts``: by job of the schedule: the last day, how often, when last, if done.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from newsroom.article import CHINA
from story_store.disk import write_whole

STATE = "state.json"
SCHEMA = 1
_PATIENCE = 20


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Alarm(_Part):
    """One thing that is wrong, since when."""

    cause: str
    sentence: str
    since: AwareDatetime


class BackupNote(_Part):
    """The last good backup; ``size`` in bytes."""

    at: AwareDatetime
    file: str
    size: int
    files: int


class FailureNote(_Part):
    """A failure and its sentence."""

    at: AwareDatetime
    sentence: str


class RehearsalNote(_Part):
    """The last restore drill."""

    at: AwareDatetime
    ok: bool
    sentence: str


class Tidied(_Part):
    """What was removed because its time was over."""

    page_days: int = 0
    page_files: int = 0
    rejected: int = 0
    phones: int = 0
    originals: int = 0
    drafts: int = 0
    forms: int = 0

    def __add__(self, other: Tidied) -> Tidied:
        mine, theirs = self.model_dump(), other.model_dump()
        return Tidied(**{name: mine[name] + theirs[name] for name in mine})


class Attempt(_Part):
    """How often a job was started on its last day, and whether it was done."""

    day: date
    count: int
    last: AwareDatetime
    done: bool = False


class OfficeState(_Part):
    """Everything in data/state.json."""

    schema_: int = SCHEMA
    checked_at: AwareDatetime | None = None
    alarms: tuple[Alarm, ...] = ()
    told: dict[str, date] = {}
    tell_failed: str = ""
    backup: BackupNote | None = None
    backup_failed: FailureNote | None = None
    store_damaged: FailureNote | None = None
    clock_off: FailureNote | None = None
    rehearsal: RehearsalNote | None = None
    tidied: Tidied = Tidied()
    attempts: dict[str, Attempt] = {}


def read_state(data: Path) -> OfficeState:
    """The state as it was last written; an empty one where there is none to read."""
    try:
        document = json.loads((data / STATE).read_text(encoding="utf-8"))
        document["schema_"] = document.pop("schema")
        state = OfficeState.model_validate(document)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError):
        return OfficeState()
    return state if state.schema_ == SCHEMA else OfficeState()


def change_state(
    data: Path, change: Callable[[OfficeState], OfficeState]
) -> OfficeState:
    """Read, change and write the state, while nobody else does; the new state."""
    data.mkdir(parents=True, exist_ok=True)
    with FileLock(data / "state.lock", timeout=_PATIENCE, fallback_to_soft=False):
        state = change(read_state(data))
        document = {"schema": SCHEMA} | state.model_dump(
            mode="json", exclude={"schema_"}
        )
        text = json.dumps(document, ensure_ascii=False, indent=1)
        write_whole(data / STATE, text.encode() + b"\n")
    return state


def in_beijing(moment: datetime) -> datetime:
    """The moment as the state writes it."""
    return moment.astimezone(CHINA)
