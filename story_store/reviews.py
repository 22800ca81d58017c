"""What the desk sees of a submission: its text, signatures and marks, read only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max, Q

from newsroom.article import CHINA
from newsroom.body import Body
from newsroom.errors import NotAllowed
from newsroom.review import APPEAL
from newsroom.signing import Approval, ItemClass, Step, item_class
from newsroom.submission import Photo, Submission, SubmissionState
from story_store.desk_models import (
    ApprovalRow,
    SubmissionDeskRow,
    SubmissionVersionRow,
)
from story_store.kept import SubmissionStep
from story_store.links import load_photos
from story_store.models import SubmissionRow, SubmissionStepRow
from story_store.record import digest_of, in_china, load
from story_store.remarks import RemarkShelf, Tick
from story_store.shelf import batches
from story_store.submission_rows import submission_from_row

_UNCHECKED = frozenset({SubmissionState.SUBMITTED})


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
    chair_saw: tuple[str, ...] | None = None
    class_saw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a submission last came to wait for 初审: mended, by an appeal, or new."""

    at: datetime
    is_again: bool
    is_appeal: bool


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


class ReviewDesk(RemarkShelf):
    """Reading reviews, and refusing whoever saw an older state."""

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
        others (domain: 2.5); what is not checked yet may turn out to be the chair's.
        """
        wanted = frozenset(SubmissionState) if states is None else frozenset(states)
        reviews = self.reviews(wanted - _UNCHECKED, limit=None)
        return tuple(
            r.submission for r in reviews if r.item_class is not ItemClass.CHAIRS
        )

    def chairs_submissions(self) -> tuple[Submission, ...]:
        """What only the chair and the final reviewer may know of, newest first."""
        reviews = self.reviews(frozenset(SubmissionState), limit=None)
        return tuple(
            review.submission
            for review in reviews
            if review.item_class is ItemClass.CHAIRS
            or review.submission.state in _UNCHECKED
        )

    def arrivals(self, numbers: Collection[str]) -> dict[str, Arrival]:
        """When each of these came to wait for 初审 from outside the desk, and how.

        From the checks, be it for the first time or mended, or by an appeal; what the
        desk itself opened again is not among them.
        """
        steps = SubmissionStepRow.objects.using(self.alias).filter(
            submission__number__in=numbers, after=SubmissionState.CHECKED.value
        )
        handed_in = Q(before=SubmissionState.SUBMITTED.value)
        appealed = Q(before=SubmissionState.REJECTED.value, reason__startswith=APPEAL)
        found: dict[str, Arrival] = {}
        rows = steps.filter(handed_in | appealed).order_by("id")
        for number, before, at in list(
            rows.values_list("submission__number", "before", "at")
        ):
            appeal = before == SubmissionState.REJECTED.value
            found[number] = Arrival(
                in_china(at), is_again=number in found, is_appeal=appeal
            )
        return found

    def text_versions(self, number: str) -> tuple[TextVersion, ...]:
        """Every text that the submission has had, the received one first."""
        row = self._submission_row(number)
        rows = SubmissionVersionRow.objects.using(self.alias).filter(submission=row)
        kept = tuple(map(_version, list(rows.order_by("number"))))
        return kept or (first_version(submission_from_row(row)),)

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

    def _newest_step(self, row: SubmissionRow) -> SubmissionStep | None:
        steps = self.submission_steps(row.number)
        return steps[-1] if steps else None


def _review_of(
    row: SubmissionRow,
    kept: SubmissionDeskRow,
    mark: str,
    approvals: Iterable[ApprovalRow],
) -> Review:
    submission = submission_from_row(row)
    now_hash = submission_hash(submission)
    saw = load(tuple[str, ...], kept.chair_saw) if kept.chair_saw else None
    return Review(
        submission=submission,
        mark=mark,
        version=kept.version,
        text_hash=now_hash,
        item_class=item_class(submission, kept.item_class, kept.chair_said, saw),
        approvals=tuple(_approval(a) for a in approvals if a.text_hash == now_hash),
        phone=kept.phone,
        link_id=kept.link_id,
        questions=kept.questions,
        hold_until=kept.hold_until,
        chair_said=kept.chair_said,
        chair_saw=saw,
        class_saw=load(tuple[str, ...], kept.class_saw) if kept.class_saw else (),
    )


def first_version(received: Submission) -> TextVersion:
    """The text as it was received, number 0."""
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
