"""The reviews of a submission: its texts, signatures, ticks and words about it.

Whoever writes says what they saw (``mark``); a mark that is no longer true is refused
with who was faster, so that nobody's work is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Max

from newsroom.article import CHINA
from newsroom.body import Body
from newsroom.errors import NotAllowed
from newsroom.review import CHANGEABLE, REOPENED_BY_CHANGE
from newsroom.signing import Approval, ItemClass, Step, item_class
from newsroom.story import Finding
from newsroom.submission import Photo, Submission, SubmissionState
from story_store.desk_models import (
    ApprovalRow,
    SubmissionDeskRow,
    SubmissionVersionRow,
)
from story_store.kept import SubmissionStep
from story_store.links import load_photos
from story_store.models import SubmissionRow, SubmissionStepRow
from story_store.record import digest_of, dump, in_china, in_utc, load
from story_store.remarks import RemarkShelf, Tick
from story_store.shelf import batches
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


class TextChanged(NotAllowed):
    """Somebody else was faster; the sentence says who and when."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """The text of a submission at one time; number 0 is as received."""

    number: int
    title: str
    body: Body
    photos: tuple[Photo, ...]
    text_hash: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """A submission as the desk sees it.

    ``mark`` names this very state of text and steps; ``approvals`` and ``ticks`` are
    those under the present text. Of signatures only those count that were given since
    it last waited for 初审.
    """

    submission: Submission
    mark: str
    version: int
    text_hash: str
    item_class: ItemClass
    approvals: tuple[Approval, ...] = ()
    ticks: tuple[Tick, ...] = ()
    phone: str = ""
    link_id: int | None = None
    questions: str = ""
    hold_until: date | None = None
    chair_said: str = ""


def submission_hash(submission: Submission) -> str:
    """The hash of all that would be printed of a submission: what is signed."""
    printed: tuple[object, ...] = (
        submission.title,
        submission.body,
        submission.photos,
        submission.event_day,
        submission.place,
        submission.author,
        submission.kind,
        submission.reviewer,
    )
    # A text without joint credit keeps the hash under which it was signed before.
    return digest_of((*printed, *filter(None, [submission.joint_units])))


class ReviewShelf(RemarkShelf):
    """Reading and writing down reviews."""

    def review(self, number: str) -> Review:
        """The submission of this number with its review.

        Raises:
            NotFound: there is none.
        """
        return self._review(self._submission_row(number))

    def reviews(
        self,
        states: Collection[SubmissionState],
        *,
        unit_id: str | None = None,
        limit: int | None = 300,
    ) -> tuple[Review, ...]:
        """The newest submissions in these states (of a unit), with their reviews.

        Ticks are left out: a list does not show them.
        """
        rows = self._submissions().filter(state__in=[s.value for s in states])
        if unit_id is not None:
            rows = rows.filter(unit_id=unit_id)
        found = list(rows.order_by("-received_at", "-pk")[:limit])
        return tuple(
            review for batch in batches(found) for review in self._reviews(batch)
        )

    def known_submissions(
        self, states: Collection[SubmissionState] | None = None
    ) -> tuple[Submission, ...]:
        """The submissions (in these states) that everybody of the office may know of.

        What the chair must decide is left out: it is in no list and no count of
        others (domain: 2.5).
        """
        wanted = frozenset(SubmissionState) if states is None else states
        reviews = self.reviews(wanted, limit=None)
        return tuple(
            r.submission for r in reviews if r.item_class is not ItemClass.CHAIRS
        )

    def chairs_submissions(self) -> tuple[Submission, ...]:
        """The submissions that wait for the chair's own decision, newest first."""
        reviews = self.reviews(frozenset(SubmissionState), limit=None)
        return tuple(r.submission for r in reviews if r.item_class is ItemClass.CHAIRS)

    def keep_contact(self, number: str, *, phone: str, link_id: int | None) -> None:
        """Note whom to ask about a submission; the number is never printed."""
        with self.writing():
            desk = self._desk(self._submission_row(number))
            desk.phone, desk.link_id = phone[:40], link_id
            desk.save(using=self.alias)

    def text_versions(self, number: str) -> tuple[TextVersion, ...]:
        """Every text that the submission has had, the received one first."""
        row = self._submission_row(number)
        rows = SubmissionVersionRow.objects.using(self.alias).filter(submission=row)
        kept = tuple(map(_version, list(rows.order_by("number"))))
        return kept or (_first_version(submission_from_row(row)),)

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
                desk.chair_said = ""
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

    def set_class(self, number: str, kept: ItemClass) -> None:
        """Say how weighty a submission is (A or B)."""
        with self.writing():
            desk = self._desk(self._submission_row(number))
            desk.item_class = kept.value
            desk.save(using=self.alias)

    def chair_agrees(self, number: str, *, mark: str, words: str) -> None:
        """Record the chair's own decision that a submission may go on."""
        with self.writing():
            row = self._submission_row(number)
            self._check_mark(row, mark)
            desk = self._desk(row)
            desk.chair_said = words
            desk.save(using=self.alias)

    def _review(self, row: SubmissionRow) -> Review:
        (review,) = self._reviews([row])
        return replace(review, ticks=self._ticks(row, review.text_hash))

    def _reviews(self, rows: Sequence[SubmissionRow]) -> Iterator[Review]:
        """The reviews of these rows, by four questions however many they are."""
        keys = [row.pk for row in rows]
        desks = SubmissionDeskRow.objects.using(self.alias)
        steps = SubmissionStepRow.objects.using(self.alias)
        signed = ApprovalRow.objects.using(self.alias)
        desk_of = {d.submission_id: d for d in desks.filter(submission_id__in=keys)}
        last = steps.filter(submission_id__in=keys).values("submission_id")
        last_of = dict(
            last.annotate(last=Max("pk")).values_list("submission_id", "last")
        )
        opened = last.filter(after=SubmissionState.CHECKED.value)
        opened_of = dict(
            opened.annotate(opened=Max("at")).values_list("submission_id", "opened")
        )
        approvals: dict[int, list[ApprovalRow]] = {key: [] for key in keys}
        for one in list(signed.filter(submission_id__in=keys).order_by("id")):
            since = opened_of.get(one.submission_id)
            if since is None or one.at >= since:
                approvals[one.submission_id].append(one)
        for row in rows:
            kept = desk_of.get(row.pk) or SubmissionDeskRow(submission=row)
            mark = f"{kept.version}-{last_of.get(row.pk, 0)}"
            yield _review_of(row, kept, mark, approvals[row.pk])

    def _desk(self, row: SubmissionRow) -> SubmissionDeskRow:
        rows = SubmissionDeskRow.objects.using(self.alias)
        desk, _ = rows.get_or_create(submission=row)
        return desk

    def _mark(self, row: SubmissionRow) -> str:
        desk = SubmissionDeskRow.objects.using(self.alias).filter(submission=row)
        version = desk.values_list("version", flat=True).first() or 0
        steps = SubmissionStepRow.objects.using(self.alias).filter(submission=row)
        last = steps.order_by("-id").values_list("pk", flat=True).first() or 0
        return f"{version}-{last}"

    def _check_mark(self, row: SubmissionRow, mark: str) -> None:
        if self._mark(row) != mark:
            raise TextChanged(self._who_was_faster(row))

    def _who_was_faster(self, row: SubmissionRow) -> str:
        last = self._newest_step(row)
        versions = SubmissionVersionRow.objects.using(self.alias)
        text = versions.filter(submission=row).order_by("-number").first()
        if text is not None and (last is None or text.at >= last.at):
            return f"{text.by} 在 {_clock(text.at)} 改过这件稿子，请看过新的再办"
        if last is None:
            return "这件稿子刚刚有人办过，请看过新的再办"
        return f"{last.by} 在 {_clock(last.at)} 刚办过这件稿子，请看过新的再办"

    def _forget_questions(self, row: SubmissionRow) -> None:
        desk = self._desk(row)
        desk.questions = ""
        desk.save(using=self.alias)

    def _newest_step(self, row: SubmissionRow) -> SubmissionStep | None:
        steps = self.submission_steps(row.number)
        return steps[-1] if steps else None

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
        first = _first_version(received)
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
    return not signed and not undone and at - last.at <= UNDO_WITHIN


def _review_of(
    row: SubmissionRow,
    kept: SubmissionDeskRow,
    mark: str,
    approvals: Iterable[ApprovalRow],
) -> Review:
    submission = submission_from_row(row)
    now_hash = submission_hash(submission)
    return Review(
        submission=submission,
        mark=mark,
        version=kept.version,
        text_hash=now_hash,
        item_class=item_class(submission, kept.item_class, kept.chair_said),
        approvals=tuple(_approval(a) for a in approvals if a.text_hash == now_hash),
        phone=kept.phone,
        link_id=kept.link_id,
        questions=kept.questions,
        hold_until=kept.hold_until,
        chair_said=kept.chair_said,
    )


def _first_version(received: Submission) -> TextVersion:
    return TextVersion(
        0,
        received.title,
        received.body,
        received.photos,
        submission_hash(received),
        received.filled_by or received.author or "报送单位",
        received.received_at,
    )


def _version(row: SubmissionVersionRow) -> TextVersion:
    return TextVersion(
        row.number,
        row.title,
        load(Body, row.body),
        load_photos(row.photos),
        row.text_hash,
        row.by,
        in_china(row.at),
    )


def _approval(row: ApprovalRow) -> Approval:
    return Approval(
        Step[row.step],
        row.name,
        in_china(row.at),
        row.text_hash,
        row.account_id,
        row.note,
        row.paper,
    )


def _clock(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%H:%M}"
