"""What colleagues note beside a submission: findings answered for, and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from story_store.desk_models import CommentRow, TickRow
from story_store.models import SubmissionRow
from story_store.record import in_china, in_utc
from story_store.submissions import SubmissionBox


@dataclass(frozen=True, slots=True)
class Tick:
    """A finding that someone answered for."""

    finding: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """A word between colleagues."""

    by: str
    at: datetime
    text: str


class RemarkShelf(SubmissionBox):
    """Ticks under a text, and comments."""

    def tick(  # noqa: PLR0913 - who answers for what, and why
        self,
        number: str,
        finding: str,
        *,
        text_hash: str,
        by: str,
        reason: str,
        at: datetime,
    ) -> None:
        """Note that someone answers for a finding in this text."""
        with self.writing():
            row = self._submission_row(number)
            TickRow.objects.using(self.alias).get_or_create(
                submission=row,
                finding=finding,
                text_hash=text_hash,
                defaults={"by": by, "reason": reason, "at": in_utc(at)},
            )

    def ticks_under(self, number: str, text_hash: str) -> tuple[Tick, ...]:
        """What people answered for under this text, e.g. the mark of a correction."""
        return self._ticks(self._submission_row(number), text_hash)

    def add_comment(self, number: str, text: str, *, by: str, at: datetime) -> None:
        """Keep a word about a submission."""
        with self.writing():
            row = self._submission_row(number)
            CommentRow.objects.using(self.alias).create(
                submission=row, by=by, at=in_utc(at), text=text[:2000]
            )

    def comments(self, number: str) -> tuple[Comment, ...]:
        """The words about a submission, oldest first."""
        row = self._submission_row(number)
        rows = CommentRow.objects.using(self.alias).filter(submission=row)
        return tuple(
            Comment(r.by, in_china(r.at), r.text) for r in list(rows.order_by("id"))
        )

    def _ticks(self, row: SubmissionRow, text_hash: str) -> tuple[Tick, ...]:
        rows = TickRow.objects.using(self.alias).filter(
            submission=row, text_hash=text_hash
        )
        return tuple(
            Tick(r.finding, r.by, r.reason, in_china(r.at))
            for r in list(rows.order_by("id"))
        )
