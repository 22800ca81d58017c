"""Jobs that make an edition's forms anew: one a day, asked again as often as it takes.

A request asks before it takes the stale files down, so whoever is killed in between
is made up for. One that is asked for while it is done is done once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from newsroom.article import CHINA
from story_store.desk_models import JobRow
from story_store.job_results import OPEN, JobKind, JobState
from story_store.record import in_utc
from story_store.shelf import Shelf

_KEY = "forms-"
_OPEN = tuple(state.value for state in OPEN)
Asked = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class FormsJob:
    """How far the forms of a day are.

    Attributes:
        asked: by audience the names of the forms to be made, all when none is named.
        words: why they could not be made, empty while nothing went wrong.
        at: when that was so, in China's time.
    """

    day: date
    asked: Asked
    state: JobState
    tries: int
    words: str
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether they are still to be made."""
        return self.state in OPEN

    @property
    def is_done(self) -> bool:
        """Whether they have been made."""
        return self.state is JobState.DONE


class FormJobShelf(Shelf):
    """Asking for an edition's forms, and how far they are."""

    def ask_forms(self, day: date, asked: Asked, *, at: datetime) -> bool:
        """Have the forms of a day made anew, with those that were not made yet.

        Returns:
            Whether there is something to make: with nothing asked for and nothing
            left to make there is not.
        """
        with self.writing():
            row = self._forms().filter(key=_key(day)).first()
            if row is not None and row.state != JobState.DONE.value:
                asked = _both(json.loads(row.name), asked)
            if not asked:
                return False
            self._forms().update_or_create(
                key=_key(day),
                defaults=_anew(at) | {"name": json.dumps(asked)},
                create_defaults=_anew(at)
                | {
                    "name": json.dumps(asked),
                    "owner": _key(day),
                    "kind": JobKind.FORMS.value,
                    "file": "",
                    "made_at": in_utc(at),
                },
            )
        return True

    def retry_forms(self, day: date, *, at: datetime) -> bool:
        """Try now what failed or waits for its next time; whether there was such."""
        with self.writing():
            failed = self._forms().filter(key=_key(day)).exclude(words="")
            return bool(failed.exclude(state=JobState.DONE.value).update(**_anew(at)))

    def end_forms(self, key: str, state: JobState, *, at: datetime, words: str) -> None:
        """Note what became of the forms, unless they were asked for again meanwhile."""
        with self.writing():
            self._taken(key).update(
                state=state.value, words=words[:1000], changed_at=in_utc(at)
            )

    def put_off_forms(
        self, key: str, *, until: datetime, words: str, at: datetime
    ) -> None:
        """Try the forms again later; without words nothing went wrong, none counts."""
        with self.writing():
            self._taken(key).update(
                state=JobState.WAITING.value,
                not_before=in_utc(until),
                words=words[:1000],
                changed_at=in_utc(at),
                tries=F("tries") if words else F("tries") - 1,
            )

    def forms_jobs(self) -> dict[date, FormsJob]:
        """How far the forms are of each day that was ever asked for, newest first."""
        rows = self._forms().order_by("-key")
        return {job.day: job for job in map(_forms_job, list(rows))}

    def forms_job(self, key: str) -> FormsJob:
        """The job of this key.

        Raises:
            JobRow.DoesNotExist: there is none.
        """
        return _forms_job(self._forms().get(key=key))

    def _forms(self) -> QuerySet[JobRow]:
        rows = JobRow.objects.using(self.alias)
        return rows.filter(kind=JobKind.FORMS.value)

    def _taken(self, key: str) -> QuerySet[JobRow]:
        return self._forms().filter(key=key, state=JobState.TAKEN.value)


def _key(day: date) -> str:
    return f"{_KEY}{day.isoformat()}"


def _anew(at: datetime) -> dict[str, object]:
    return {
        "state": JobState.WAITING.value,
        "tries": 0,
        "not_before": None,
        "words": "",
        "changed_at": in_utc(at),
    }


def _both(first: Asked, second: Asked) -> dict[str, list[str]]:
    """What either asks for; an audience without names has all its forms made."""
    both: dict[str, list[str]] = {}
    for audience in (*first, *(a for a in second if a not in first)):
        lists = [asked[audience] for asked in (first, second) if audience in asked]
        names = dict.fromkeys(name for names in lists for name in names)
        both[audience] = list(names) if all(lists) else []
    return both


def _forms_job(row: JobRow) -> FormsJob:
    return FormsJob(
        day=date.fromisoformat(row.key.removeprefix(_KEY)),
        asked=json.loads(row.name),
        state=JobState(row.state),
        tries=row.tries,
        words=row.words,
        at=row.changed_at.astimezone(CHINA),
    )
