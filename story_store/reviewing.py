"""The reviews of a submission: its texts, signatures, ticks and words about it.

Whoever writes says what they saw (``mark``); a mark that is no longer true is refused
with who was faster, so that nobody's work is lost.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from newsroom.body import Body
from newsroom.errors import NotAllowed
from newsroom.review import CHANGEABLE, REOPENED_BY_CHANGE
from newsroom.signing import Approval, ItemClass
from newsroom.story import Finding
from newsroom.submission import Photo, Submission, SubmissionState
from newsroom.submission_checks import chairs_words
from story_store.desk_models import (
    ApprovalRow,
    SubmissionVersionRow,
)
from story_store.kept import SubmissionStep
from story_store.models import SubmissionRow
from story_store.record import dump, in_utc
from story_store.reviews import (
    Review,
    ReviewDesk,
    TextChanged,
    TextVersion,
    first_version,
    submission_hash,
)
from story_store.submission_rows import step_to_row, submission_from_row

UNDO_WITHIN = timedelta(minutes=10)
_UNDONE = "撤销："
_NOT_UNDONE = frozenset(
    {
        # It opened again because its text changed: signatures do not come back.
        SubmissionState.CHECKED,
        SubmissionState.FINAL_OK,
        SubmissionState.PUBLISHED,
        SubmissionState.MERGED,
        SubmissionState.CORRECTED,
        SubmissionState.WITHDRAWN,
    }
)


class ReviewShelf(ReviewDesk):
    """Writing down reviews."""

    def keep_contact(self, number: str, *, phone: str, link_id: int | None) -> None:
        """Note whom to ask about a submission; the number is never printed."""
        with self.writing():
            desk = self._desk(self._submission_row(number))
            desk.phone, desk.link_id = phone[:40], link_id
            desk.save(using=self.alias)

    def change_text(  # noqa: PLR0913 - what is changed, by whom, and what they saw
        self,
        number: str,
        *,
        version: int,
        title: str,
        body: Body,
        photos: tuple[Photo, ...],
        findings: tuple[Finding, ...],
        by: str,
        at: datetime,
        may_be_returned: bool = False,
    ) -> Review:
        """A new text in place of ``version``; what was reviewed is open again.

        The same text again changes nothing.

        Raises:
            TextChanged: the present text is another version, by someone else.
            NotAllowed: the submission is past the point where words may change.
        """
        with self.writing():
            row = self._submission_row(number)
            desk = self._desk(row)
            before = submission_from_row(row)
            if (title, body, photos) == (before.title, before.body, before.photos):
                return self._review(row)
            if desk.version != version:
                raise TextChanged(self._who_was_faster(row))
            allowed = CHANGEABLE
            if may_be_returned:
                allowed = frozenset({SubmissionState.RETURNED})
            if before.state not in allowed:
                raise NotAllowed("这件稿子现在不能改文字：请先退回或撤下")
            self._keep_first(row, before)
            row.title, row.body = title, dump(body)
            row.photos, row.findings = dump(photos), dump(findings)
            row.save(using=self.alias)
            desk.version += 1
            if may_be_returned:  # the chair's word was given for the former text
                desk.chair_said, desk.chair_saw = "", None
            desk.save(using=self.alias)
            self._add_version(row, desk.version, by, at)
            if before.state in REOPENED_BY_CHANGE:
                self._go(row, SubmissionState.CHECKED, by, at, "文字有改动，重新三审")
            self.pages_changed()
            return self._review(row)

    def decide(  # noqa: PLR0913 - one step of review, whole
        self,
        number: str,
        to: SubmissionState,
        *,
        mark: str,
        by: str,
        at: datetime,
        reason: str = "",
        approval: Approval | None = None,
        questions: str = "",
        hold_until: date | None = None,
    ) -> Review:
        """Take a step of 三审三校 on what was seen, with the signature under it.

        Raises:
            TextChanged: somebody else has acted since.
            NotAllowed: the table does not allow the step, or it lacks its reason.
        """
        with self.writing():
            row = self._submission_row(number)
            self._check_mark(row, mark)
            if approval is not None:
                self._sign(row, approval)
            desk = self._desk(row)
            desk.questions = questions
            desk.hold_until = hold_until or desk.hold_until
            desk.save(using=self.alias)
            self.move_submission(number, to, by=by, at=at, reason=reason)
            row.refresh_from_db(using=self.alias)
            return self._review(row)

    def undo_step(self, number: str, *, mark: str, by: str, at: datetime) -> Review:
        """Take back one's own last step, within ten minutes, if nobody has acted since.

        Raises:
            NotAllowed: it was another's step, too long ago, or cannot be taken back.
        """
        with self.writing():
            row = self._submission_row(number)
            self._check_mark(row, mark)
            last = self._newest_step(row)
            undoable = can_undo(last, by=by, at=at)
            if last is None or last.before is None or not undoable:
                raise NotAllowed("撤销不了：只能撤销自己十分钟内的最后一步")
            self._forget_questions(row)
            words = f"{_UNDONE}{last.reason}"
            ApprovalRow.objects.using(self.alias).filter(
                submission=row, at=in_utc(last.at), name=by
            ).delete()
            self._go(row, last.before, by, at, words)
            self.pages_changed()
            return self._review(row)

    def rework(
        self, number: str, *, mark: str, by: str, at: datetime, reason: str
    ) -> Review:
        """Open a withdrawn submission for change; it needs all three reviews again.

        Raises:
            TextChanged: somebody else has acted since.
            NotAllowed: it is not withdrawn.
        """
        with self.writing():
            row = self._submission_row(number)
            self._check_mark(row, mark)
            if row.state != SubmissionState.WITHDRAWN.value:
                raise NotAllowed("这件没有撤下")
            ApprovalRow.objects.using(self.alias).filter(submission=row).delete()
            self._go(row, SubmissionState.CHECKED, by, at, reason)
            self.pages_changed()
            return self._review(row)

    def resubmit(self, number: str, *, by: str, at: datetime) -> Submission:
        """A returned submission is handed in again."""
        return self.move_submission(number, SubmissionState.SUBMITTED, by=by, at=at)

    def set_class(
        self, number: str, kept: ItemClass, *, saw: Collection[str] = ()
    ) -> None:
        """Say how weighty a submission is (A or B), having seen these reasons for B."""
        with self.writing():
            desk = self._desk(self._submission_row(number))
            desk.item_class, desk.class_saw = kept.value, dump(tuple(saw))
            desk.save(using=self.alias)

    def chair_agrees(self, number: str, *, mark: str, words: str) -> None:
        """Record the chair's own decision that a submission may go on.

        It is for what stands in the text now: what comes into it later stops again.
        No words take the decision back.
        """
        with self.writing():
            row = self._submission_row(number)
            self._check_mark(row, mark)
            desk = self._desk(row)
            submission = submission_from_row(row)
            saw = chairs_words(submission, submission.findings) if words else ()
            desk.chair_said, desk.chair_saw = words, dump(saw)
            desk.save(using=self.alias)

    def _forget_questions(self, row: SubmissionRow) -> None:
        desk = self._desk(row)
        desk.questions = ""
        desk.save(using=self.alias)

    def _sign(self, row: SubmissionRow, approval: Approval) -> None:
        if submission_hash(submission_from_row(row)) != approval.text_hash:
            raise TextChanged(self._who_was_faster(row))
        ApprovalRow.objects.using(self.alias).create(
            submission=row,
            step=approval.step.name,
            account_id=approval.account_id,
            name=approval.name,
            at=in_utc(approval.at),
            text_hash=approval.text_hash,
            note=approval.note,
            paper=approval.paper,
        )

    def _keep_first(self, row: SubmissionRow, received: Submission) -> None:
        rows = SubmissionVersionRow.objects.using(self.alias)
        if rows.filter(submission=row).exists():
            return
        first = first_version(received)
        self._write_version(row, first)

    def _add_version(
        self, row: SubmissionRow, number: int, by: str, at: datetime
    ) -> None:
        now = submission_from_row(row)
        version = TextVersion(
            number, now.title, now.body, now.photos, submission_hash(now), by, at
        )
        self._write_version(row, version)

    def _write_version(self, row: SubmissionRow, version: TextVersion) -> None:
        SubmissionVersionRow.objects.using(self.alias).create(
            submission=row,
            number=version.number,
            title=version.title,
            body=dump(version.body),
            photos=dump(version.photos),
            text_hash=version.text_hash,
            by=version.by,
            at=in_utc(version.at),
        )

    def _go(
        self, row: SubmissionRow, to: SubmissionState, by: str, at: datetime, why: str
    ) -> None:
        """A step back that the table of 三审三校 does not hold: it opens again."""
        step = SubmissionStep(SubmissionState(row.state), to, by, at, why)
        row.state = to.value
        row.save(using=self.alias, update_fields=["state"])
        step_to_row(step, row).save(using=self.alias)


def can_undo(last: SubmissionStep | None, *, by: str, at: datetime) -> bool:
    """Whether this person may take back this last step now."""
    if last is None or last.before is None or last.by != by:
        return False
    # What was merged is taken apart, which mends the other text too.
    signed = last.after in _NOT_UNDONE
    undone = last.reason.startswith(_UNDONE)
    # Which day stood before another one is not kept: it is set anew.
    is_moved = last.before == last.after
    kept = signed or undone or is_moved
    return not kept and at - last.at <= UNDO_WITHIN
