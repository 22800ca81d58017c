"""Jobs: what came in whole and is still to be worked off, each taken by one worker.

What came is sealed before a job names it, and a job's outcome is written before it
is put into the draft or submission; whoever is killed in between is made up for by
the next one, and nothing is put in twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from newsroom.submission import WAITING, Photo, Submission, SubmissionState
from story_store.desk_models import FormDraftRow, JobRow, SubmissionVersionRow
from story_store.job_results import (
    OPEN,
    Job,
    JobKind,
    JobState,
    ReadText,
    settled,
    settled_photos,
)
from story_store.links import load_photos
from story_store.models import SubmissionRow
from story_store.record import dump, in_utc, load
from story_store.reviews import submission_hash
from story_store.shelf import Shelf
from story_store.submission_rows import submission_from_row

_WEB = "web-"


def job_key(owner: str, digest: str) -> str:
    """The key of a file of this owner: the same file again is the same job."""
    return f"{WAITING}{hashlib.sha256(f'{owner}/{digest}'.encode()).hexdigest()}"


class JobShelf(Shelf):
    """Adding, taking and ending jobs; putting what they gave where it belongs."""

    def add_job(  # noqa: PLR0913 - what a job is
        self,
        key: str,
        kind: JobKind,
        *,
        owner: str,
        file: str,
        name: str,
        at: datetime,
        not_before: datetime | None = None,
    ) -> Job:
        """A job to be worked off; one of the same key is given as it stands."""
        with self.writing():
            row, _ = JobRow.objects.using(self.alias).get_or_create(
                key=key,
                defaults={
                    "owner": owner,
                    "kind": kind.value,
                    "file": file,
                    "name": name,
                    "state": JobState.WAITING.value,
                    "not_before": in_utc(not_before) if not_before else None,
                    "made_at": in_utc(at),
                    "changed_at": in_utc(at),
                },
            )
        return _job(row)

    def job(self, key: str) -> Job | None:
        """The job of this key, None when there is none."""
        row = self._jobs().filter(key=key).first()
        return _job(row) if row else None

    def jobs_of(self, owner: str) -> tuple[Job, ...]:
        """The jobs of a draft or submission, in the order in which they came."""
        return tuple(map(_job, list(self._jobs().filter(owner=owner).order_by("pk"))))

    def has_open_jobs(self, owner: str) -> bool:
        """Whether something of this owner is still to be worked off."""
        return self._open(owner).exists()

    def open_owners(self, owners: Iterable[str]) -> frozenset[str]:
        """Those of the owners that still have open jobs."""
        rows = self._jobs().filter(owner__in=list(owners), state__in=_values(OPEN))
        return frozenset(rows.values_list("owner", flat=True))

    def bytes_sent(self, unit_id: str, *, since: datetime) -> int:
        """How many bytes of photos and files a unit's links have sent since."""
        kinds = _values((JobKind.PHOTO, JobKind.DOCUMENT))
        jobs = self._jobs().filter(made_at__gte=in_utc(since), kind__in=kinds)
        files = list(jobs.values_list("owner", "file"))
        owners = {owner for owner, _ in files}
        drafts = FormDraftRow.objects.using(self.alias).filter(
            key__in=[owner.removeprefix(_WEB) for owner in owners],
            link__unit_id=unit_id,
        )
        mine = {f"{_WEB}{key}" for key in drafts.values_list("key", flat=True)}
        return sum(self._size(file) for owner, file in files if owner in mine)

    def _size(self, file: str) -> int:
        path = self.folder / file
        return path.stat().st_size if path.is_file() else 0

    def jobs_waiting(self, at: datetime | None = None) -> int:
        """How many jobs are open; with a time, only those that are due by then."""
        jobs = self._jobs().filter(state__in=_values(OPEN))
        return (jobs if at is None else jobs.filter(_due(at))).count()

    def take_job(
        self, worker: str, *, at: datetime, only: Collection[JobKind] = ()
    ) -> Job | None:
        """The oldest job whose time has come, now this worker's; None when none has.

        ``only`` are the kinds that this worker does; without any it does all.
        """
        kinds = _values(only or JobKind)
        with self.writing():
            row = (
                self._jobs()
                .filter(_due(at), state=JobState.WAITING.value, kind__in=kinds)
                .order_by("pk")
                .first()
            )
            if row is None:
                return None
            row.state, row.taken_by = JobState.TAKEN.value, worker[:40]
            row.tries += 1
            row.changed_at = in_utc(at)
            row.save(using=self.alias)
        return _job(row)

    def release_jobs(self) -> int:
        """Let go what a worker that is no longer there had taken; how many.

        Only for whoever holds the lock of the workers.
        """
        taken = self._jobs().filter(state=JobState.TAKEN.value)
        if not taken.exists():
            return 0
        with self.writing():
            return taken.update(state=JobState.WAITING.value, taken_by="")

    def end_job(  # noqa: PLR0913 - all that is known of a job's end
        self,
        key: str,
        state: JobState,
        *,
        at: datetime,
        words: str = "",
        photo: Photo | None = None,
        text: ReadText | None = None,
    ) -> None:
        """Note what became of a job."""
        given: object = photo or text
        with self.writing():
            self._jobs().filter(key=key).update(
                state=state.value,
                words=words[:1000],
                result=dump(given) if given else "",
                changed_at=in_utc(at),
            )

    def put_off_job(self, key: str, *, until: datetime, words: str) -> None:
        """Try a job again later."""
        with self.writing():
            self._jobs().filter(key=key).update(
                state=JobState.WAITING.value,
                not_before=in_utc(until),
                words=words[:1000],
            )

    def drop_jobs(self, owner: str) -> int:
        """Forget the jobs of a draft that was thrown away; how many."""
        with self.writing():
            return self._jobs().filter(owner=owner).delete()[0]

    def settle_jobs(self, owner: str) -> Submission | None:
        """Put what the jobs gave into the owner's draft and submission.

        Safe to do again. The submission is touched only while it is handed in and not
        checked yet; afterwards its text is the editors'.

        Returns:
            The submission as it stands now, None when there is none yet.
        """
        if not any(not job.is_open for job in self.jobs_of(owner)):
            row = SubmissionRow.objects.using(self.alias).filter(key=owner).first()
            return submission_from_row(row) if row else None
        with self.writing():
            jobs = self.jobs_of(owner)
            self._settle_draft(owner, jobs)
            row = SubmissionRow.objects.using(self.alias).filter(key=owner).first()
            if row is None:
                return None
            before = submission_from_row(row)
            if before.state is not SubmissionState.SUBMITTED:
                return before
            after = settled(before, jobs)
            if after != before:
                self._write_settled(row, after)
                self.pages_changed()
        return after

    def _settle_draft(self, owner: str, jobs: Iterable[Job]) -> None:
        if not owner.startswith(_WEB):
            return
        rows = FormDraftRow.objects.using(self.alias)
        row = rows.filter(key=owner.removeprefix(_WEB)).first()
        if row is None:
            return
        before = load_photos(row.photos)
        after = settled_photos(before, jobs)
        if after != before:
            row.photos = dump(after)
            row.save(using=self.alias, update_fields=["photos"])

    def _write_settled(self, row: SubmissionRow, after: Submission) -> None:
        row.title, row.author = after.title, after.author
        row.body, row.photos = dump(after.body), dump(after.photos)
        row.could_not_read = dump(after.could_not_read)
        row.save(using=self.alias)
        versions = SubmissionVersionRow.objects.using(self.alias)
        newest = versions.filter(submission=row).order_by("-number").first()
        if newest is not None:
            newest.title, newest.body = row.title, row.body
            newest.photos, newest.text_hash = row.photos, submission_hash(after)
            newest.save(using=self.alias)

    def _jobs(self) -> QuerySet[JobRow]:
        return JobRow.objects.using(self.alias)

    def _open(self, owner: str) -> QuerySet[JobRow]:
        return self._jobs().filter(owner=owner, state__in=_values(OPEN))


def _due(at: datetime) -> Q:
    return Q(not_before=None) | Q(not_before__lte=in_utc(at))


def _values(states: Iterable[JobState | JobKind]) -> list[str]:
    return [state.value for state in states]


def _job(row: JobRow) -> Job:
    kind, state = JobKind(row.kind), JobState(row.state)
    done = state is JobState.DONE and row.result
    readers: dict[JobKind, Callable[[], Any]] = {
        JobKind.PHOTO: lambda: load(Photo, row.result),
        JobKind.DOCUMENT: lambda: load(ReadText, row.result),
    }
    given = readers[kind]() if done and kind in readers else None
    return Job(
        key=row.key,
        owner=row.owner,
        kind=kind,
        file=row.file,
        name=row.name,
        state=state,
        tries=row.tries,
        words=row.words,
        photo=given if kind is JobKind.PHOTO else None,
        text=given if kind is JobKind.DOCUMENT else None,
    )
