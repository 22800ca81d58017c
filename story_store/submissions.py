"""Submissions: numbered once, moved step by step, never deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet

from newsroom.errors import NotFound
from newsroom.review import check_move
from newsroom.story import Finding
from newsroom.submission import Submission, SubmissionState
from story_store.kept import SubmissionStep
from story_store.models import SubmissionRow, SubmissionStepRow
from story_store.record import dump, in_china
from story_store.shelf import Shelf
from story_store.submission_rows import (
    step_from_row,
    step_to_row,
    submission_from_row,
    submission_to_row,
)


class SubmissionBox(Shelf):
    """Taking submissions in and moving them through 三审三校."""

    def add_submission(self, submission: Submission, *, day: date) -> Submission:
        """Keep a submission and number it, e.g. ``报0718-AFS-01``.

        The same key again gives the submission as kept. Numbers carry no year, so
        where last year's day took 01, this year's goes on: a number is never two
        submissions.
        """
        with self.writing():
            known = self._submissions().filter(key=submission.key).first()
            if known is not None:
                return submission_from_row(known)
            number = self._next_number(submission.unit_id, day)
            submission = replace(submission, number=number)
            row = submission_to_row(submission)
            row.save(using=self.alias, force_insert=True)
            by = submission.filled_by or submission.author or submission.unit_id
            step = SubmissionStep(None, submission.state, by, submission.received_at)
            step_to_row(step, row).save(using=self.alias)
            self.pages_changed()
        return submission

    def submissions(
        self, states: Collection[SubmissionState] | None = None
    ) -> tuple[Submission, ...]:
        """The submissions (in these states), newest first."""
        rows = self._submissions()
        if states is not None:
            rows = rows.filter(state__in=[state.value for state in states])
        ordered = list(rows.order_by("-received_at", "-pk"))
        return tuple(map(submission_from_row, ordered))

    def submissions_since(
        self, unit_id: str, since: datetime
    ) -> tuple[Submission, ...]:
        """What a unit has handed in since that time, newest first."""
        rows = self._submissions().filter(unit_id=unit_id, received_at__gte=since)
        ordered = list(rows.order_by("-received_at", "-pk"))
        return tuple(map(submission_from_row, ordered))

    def submission(self, number: str) -> Submission:
        """The submission of this number; case and blanks around do not count.

        Raises:
            NotFound: there is none.
        """
        return submission_from_row(self._submission_row(number))

    def has_submission(self, key: str) -> bool:
        """Whether a door has already handed in this key."""
        return self._submissions().filter(key=key).exists()

    def submission_of_key(self, key: str) -> Submission:
        """The submission that a door handed in under this key.

        Raises:
            NotFound: there is none.
        """
        row = self._submissions().filter(key=key).first()
        if row is None:
            raise NotFound("没有这件投稿")
        return submission_from_row(row)

    def move_submission(
        self,
        number: str,
        to: SubmissionState,
        *,
        by: str,
        at: datetime,
        reason: str = "",
    ) -> Submission:
        """Take a step of 三审三校, with who, when, from where to where, and why.

        Raises:
            NotFound: there is no such submission.
            NotAllowed: the step is not in the table of newsroom/review.py.
        """
        with self.writing():
            row = self._submission_row(number)
            before = SubmissionState(row.state)
            check_move(before, to, by=by, reason=reason)
            row.state = to.value
            row.save(using=self.alias, update_fields=["state"])
            step = SubmissionStep(before, to, by, at, reason)
            step_to_row(step, row).save(using=self.alias)
            self.pages_changed()
        return submission_from_row(row)

    def keep_findings(self, number: str, findings: tuple[Finding, ...]) -> Submission:
        """Note what the checks found in a submission, in place of earlier findings."""
        with self.writing():
            row = self._submission_row(number)
            row.findings = dump(findings)
            row.save(using=self.alias, update_fields=["findings"])
        return submission_from_row(row)

    def submission_steps(self, number: str) -> tuple[SubmissionStep, ...]:
        """The steps of a submission, oldest first."""
        row = self._submission_row(number)
        steps = SubmissionStepRow.objects.using(self.alias).filter(submission=row)
        return tuple(map(step_from_row, list(steps.order_by("id"))))

    def submissions_numbered(self, numbers: Collection[str]) -> tuple[Submission, ...]:
        """The submissions of these numbers, unknown ones left out."""
        rows = self._submissions().filter(number__in=set(numbers)) if numbers else ()
        return tuple(map(submission_from_row, list(rows)))

    def published_days(self, numbers: Collection[str]) -> dict[str, date]:
        """By number the day on which each was first published, in China."""
        steps = SubmissionStepRow.objects.using(self.alias).filter(
            submission__number__in=set(numbers), after=SubmissionState.PUBLISHED.value
        )
        first = steps.order_by("-id").values_list("submission__number", "at")
        return {number: in_china(at).date() for number, at in list(first)}

    def _submissions(self) -> QuerySet[SubmissionRow]:
        return SubmissionRow.objects.using(self.alias)

    def _submission_row(self, number: str) -> SubmissionRow:
        row = self._submissions().filter(number=number.strip().upper()).first()
        if row is None:
            raise NotFound(
                f"没有编号为「{number.strip()}」的投稿；"
                "gonghui submissions 列出全部编号"
            )
        return row

    def _next_number(self, unit_id: str, day: date) -> str:
        prefix = f"报{day:%m%d}-{unit_id.upper()}-"
        numbers = self._submissions().filter(number__startswith=prefix)
        taken = [
            int(n.removeprefix(prefix))
            for n in numbers.values_list("number", flat=True)
        ]
        return f"{prefix}{max(taken, default=0) + 1:02d}"
