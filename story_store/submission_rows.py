"""Submissions as rows and back."""

from __future__ import annotations

from typing import Any

from newsroom.body import Body
from newsroom.story import Finding, StoryKind
from newsroom.submission import Door, Photo, Submission, SubmissionState
from story_store.kept import SubmissionStep
from story_store.models import SubmissionRow, SubmissionStepRow
from story_store.record import dump, in_china, in_utc, load


def submission_to_row(submission: Submission) -> SubmissionRow:
    """The row of a submission."""
    return SubmissionRow(
        key=submission.key,
        number=submission.number,
        state=submission.state.value,
        unit_id=submission.unit_id,
        title=submission.title,
        body=dump(submission.body),
        door=submission.door.value,
        received_at=in_utc(submission.received_at),
        kind=submission.kind.value,
        event_day=submission.event_day,
        place=submission.place,
        author=submission.author,
        filled_by=submission.filled_by,
        reviewer=submission.reviewer,
        photos=dump(submission.photos),
        public=submission.public,
        original=submission.original,
        could_not_read=dump(submission.could_not_read),
        findings=dump(submission.findings),
        joint_units=dump(submission.joint_units),
        story_id=submission.story_id,
    )


def submission_from_row(row: SubmissionRow) -> Submission:
    """The submission of a row."""
    return Submission(
        key=row.key,
        unit_id=row.unit_id,
        title=row.title,
        body=load(Body, row.body),
        door=Door(row.door),
        received_at=in_china(row.received_at),
        number=row.number,
        kind=StoryKind(row.kind),
        event_day=row.event_day,
        place=row.place,
        author=row.author,
        filled_by=row.filled_by,
        reviewer=row.reviewer,
        photos=_read(tuple[Photo, ...], row.photos),
        public=row.public,
        original=row.original,
        could_not_read=_read(tuple[str, ...], row.could_not_read),
        findings=_read(tuple[Finding, ...], row.findings),
        state=SubmissionState(row.state),
        joint_units=_read(tuple[str, ...], row.joint_units),
        story_id=row.story_id,
    )


def step_to_row(step: SubmissionStep, submission: SubmissionRow) -> SubmissionStepRow:
    """The row of a step of this submission."""
    return SubmissionStepRow(
        submission=submission,
        before=step.before.value if step.before else None,
        after=step.after.value,
        by=step.by,
        at=in_utc(step.at),
        reason=step.reason,
    )


def step_from_row(row: SubmissionStepRow) -> SubmissionStep:
    """The step of a row."""
    return SubmissionStep(
        before=SubmissionState(row.before) if row.before else None,
        after=SubmissionState(row.after),
        by=row.by,
        at=in_china(row.at),
        reason=row.reason,
    )


def _read(kind: Any, text: str) -> Any:  # noqa: ANN401 - a generic alias is no class
    return load(kind, text)
