"""Pages that are still to say what was corrected or withdrawn: one job a story.

Asked for in the transaction that changes the story: whoever is killed after it, or
finds another run at the trees, is made up for by the worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from newsroom.article import CHINA
from story_store.desk_models import JobRow
from story_store.job_results import OPEN, JobKind, JobState
from story_store.record import in_utc
from story_store.shelf import Shelf

_KEY = "pages-"
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class PagesJob:
    """How far the pages of a changed story are.

    Attributes:
        asked: how often it was asked for; a later asking is not done with this one.
        tries: how often a worker took it.
        words: why it could not be done, empty while nothing went wrong.
        at: when that was so, in China's time.
    """

    key: str
    story_id: int
    asked: int
    state: JobState
    tries: int
    words: str
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it will still be tried by itself."""
        return self.state in OPEN


class PageJobShelf(Shelf):
    """Asking for the pages of a changed story, and how far they are."""

    def ask_pages(self, story_id: int, *, at: datetime) -> None:
        """Have both trees say what a story says now; whoever does it ends it."""
        key = f"{_KEY}{story_id}"
        with self.writing():
            row = self._pages_rows().filter(key=key).first()
            asked = 1 + (int(row.name) if row else 0)
            fresh = _anew(at) | {"name": str(asked)}
            made = {"owner": key, "kind": JobKind.PAGES.value, "file": ""}
            JobRow.objects.using(self.alias).update_or_create(
                key=key,
                defaults=fresh,
                create_defaults=fresh | made | {"made_at": in_utc(at)},
            )

    def pages_owed(self) -> tuple[PagesJob, ...]:
        """What is not done yet, also what was given up; the oldest first."""
        rows = self._pages_rows().exclude(state=JobState.DONE.value).order_by("pk")
        return tuple(map(_pages_job, list(rows)))

    def end_pages(self, job: PagesJob, *, at: datetime) -> None:
        """The pages say it now, unless it was asked for again since."""
        self._note_pages(job, JobState.DONE, "", at)

    def give_up_pages(self, job: PagesJob, *, at: datetime, words: str) -> None:
        """It is left to a person, who is told why."""
        self._note_pages(job, JobState.MANUAL, words, at)

    def put_off_pages(
        self, job: PagesJob, *, until: datetime, words: str, at: datetime
    ) -> None:
        """It is tried again then; without words nothing went wrong, no try counts."""
        with self.writing():
            self._this(job).update(
                state=JobState.WAITING.value,
                not_before=in_utc(until),
                words=words[:_LONGEST],
                changed_at=in_utc(at),
                tries=job.tries if words else max(0, job.tries - 1),
            )

    def retry_pages(self, story_id: int, *, at: datetime) -> bool:
        """Try now what failed; whether there was such."""
        with self.writing():
            failed = self._pages_rows().filter(key=f"{_KEY}{story_id}")
            failed = failed.exclude(words="").exclude(state=JobState.DONE.value)
            return bool(failed.update(**_anew(at)))

    def _note_pages(
        self, job: PagesJob, state: JobState, words: str, at: datetime
    ) -> None:
        with self.writing():
            self._this(job).update(
                state=state.value, words=words[:_LONGEST], changed_at=in_utc(at)
            )

    def _pages_rows(self) -> QuerySet[JobRow]:
        rows = JobRow.objects.using(self.alias)
        return rows.filter(kind=JobKind.PAGES.value)

    def _this(self, job: PagesJob) -> QuerySet[JobRow]:
        return self._pages_rows().filter(key=job.key, name=str(job.asked))


def _anew(at: datetime) -> dict[str, object]:
    return {
        "state": JobState.WAITING.value,
        "tries": 0,
        "not_before": None,
        "words": "",
        "changed_at": in_utc(at),
    }


def _pages_job(row: JobRow) -> PagesJob:
    return PagesJob(
        key=row.key,
        story_id=int(row.key.removeprefix(_KEY)),
        asked=int(row.name),
        state=JobState(row.state),
        tries=row.tries,
        words=row.words,
        at=row.changed_at.astimezone(CHINA),
    )
