"""Two reports of one event as one: merged with joint credit, and taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from newsroom.body import Body
from newsroom.errors import NotAllowed, NotFound
from newsroom.merging import joint_names
from newsroom.review import CHANGEABLE, REOPENED_BY_CHANGE
from newsroom.story import Finding
from newsroom.submission import Photo, Submission, SubmissionState
from story_store.desk_models import MergeRow, SubmissionVersionRow
from story_store.links import load_photos
from story_store.models import SubmissionRow
from story_store.record import dump, in_china, in_utc, load
from story_store.reviewing import ReviewShelf
from story_store.reviews import Review
from story_store.submission_rows import submission_from_row

_S = SubmissionState


@dataclass(frozen=True, slots=True)
class Merge:
    """A report that stands in another; ``is_last_text`` while nobody changed it since.

    Taken apart then, the text before comes back; later it stays as it is.
    """

    merged: Submission
    into: str
    by: str
    at: datetime
    is_last_text: bool


class MergeShelf(ReviewShelf):
    """Reading and writing down what was merged into what."""

    def merge(  # noqa: PLR0913 - both texts as seen, and the one that comes of them
        self,
        number: str,
        other: str,
        *,
        marks: tuple[str, str],
        title: str,
        body: Body,
        photos: tuple[Photo, ...],
        findings: tuple[Finding, ...],
        by: str,
        at: datetime,
    ) -> Review:
        """Put ``other`` into ``number``: one text, both units and both authors.

        Both originals stay; signatures under the former texts are void.

        Raises:
            TextChanged: somebody has acted on one of them since.
            NotAllowed: one is past the point where words may change, or holds or
                belongs to a merged report already.
        """
        with self.writing():
            row, gone = self._submission_row(number), self._submission_row(other)
            self._check_mark(row, marks[0])
            self._check_mark(gone, marks[1])
            before, merged = submission_from_row(row), submission_from_row(gone)
            self._check_mergeable(row, gone)
            self._keep_first(row, before)
            row.title, row.body = title, dump(body)
            row.photos, row.findings = dump(photos), dump(findings)
            row.author = joint_names([before.author, merged.author])
            units = dict.fromkeys([*before.joint_units, merged.unit_id])
            row.joint_units = dump(tuple(u for u in units if u != before.unit_id))
            version = self._next_version(row, by, at)
            self._reopen(row, by, at, f"并入 {merged.number}，重新三审")
            if merged.state is not _S.CHECKED:
                self._go(gone, _S.CHECKED, by, at, "并稿")
            words = f"并入 {before.number}"
            self.move_submission(merged.number, _S.MERGED, by=by, at=at, reason=words)
            MergeRow.objects.using(self.alias).create(
                merged=gone,
                into=row,
                version=version,
                author=before.author or "",
                by=by,
                at=in_utc(at),
            )
            self.pages_changed()
            return self._review(row)

    def take_apart(self, other: str, *, by: str, at: datetime) -> Merge:
        """Take a merged report out again; it waits for 初审 as before.

        The text before the merge comes back unless it was changed since.

        Raises:
            NotFound: it stands in no other.
            NotAllowed: the joint text is signed already.
        """
        with self.writing():
            gone = self._submission_row(other)
            kept = self._open_merges().filter(merged=gone).first()
            if kept is None:
                raise NotFound("这件投稿没有并入别的稿件")
            row = SubmissionRow.objects.using(self.alias).get(pk=kept.into_id)
            if _S(row.state) not in CHANGEABLE | {_S.RETURNED}:
                raise NotAllowed("合稿已经签发，要拆开请先撤下")
            merge = self._merge_of(kept)
            self._give_back(row, kept, submission_from_row(gone), merge)
            self._next_version(row, by, at)
            self._reopen(row, by, at, f"拆出 {gone.number}，重新三审")
            self._go(gone, _S.CHECKED, by, at, f"从 {row.number} 拆出")
            kept.undone_at = in_utc(at)
            kept.save(using=self.alias)
            self.pages_changed()
        return merge

    def merges_into(self, number: str) -> tuple[Merge, ...]:
        """The reports that stand in this one, oldest first."""
        row = self._submission_row(number)
        rows = self._open_merges().filter(into=row).select_related("merged", "into")
        return tuple(map(self._merge_of, list(rows.order_by("id"))))

    def merged_into(self, number: str) -> str | None:
        """The number of the report that this one was put into, None when in none."""
        row = self._submission_row(number)
        rows = self._open_merges().filter(merged=row)
        return rows.values_list("into__number", flat=True).first()

    def all_merged(self) -> dict[str, str]:
        """By number of each merged report, the number of the one that holds it."""
        rows = self._open_merges().values_list("merged__number", "into__number")
        return dict(rows.order_by("id"))

    def _open_merges(self) -> QuerySet[MergeRow]:
        return MergeRow.objects.using(self.alias).filter(undone_at__isnull=True)

    def _merge_of(self, kept: MergeRow) -> Merge:
        into = kept.into
        return Merge(
            submission_from_row(kept.merged),
            into.number,
            kept.by,
            in_china(kept.at),
            self._desk(into).version == kept.version,
        )

    def _check_mergeable(self, row: SubmissionRow, gone: SubmissionRow) -> None:
        if row.pk == gone.pk:
            raise NotAllowed("请选另一件投稿")
        if self._open_merges().filter(into=gone).exists():
            raise NotAllowed(f"{gone.number} 里已经并了别的稿件，请以它为主")
        for one in (row, gone):
            if _S(one.state) not in CHANGEABLE:
                raise NotAllowed(f"{one.number} 现在不能并稿：只有没签发的才可以")

    def _next_version(self, row: SubmissionRow, by: str, at: datetime) -> int:
        row.save(using=self.alias)
        desk = self._desk(row)
        desk.version += 1
        desk.save(using=self.alias)
        self._add_version(row, desk.version, by, at)
        return desk.version

    def _reopen(self, row: SubmissionRow, by: str, at: datetime, words: str) -> None:
        if _S(row.state) in REOPENED_BY_CHANGE:
            self._go(row, _S.CHECKED, by, at, words)

    def _give_back(
        self, row: SubmissionRow, kept: MergeRow, gone: Submission, merge: Merge
    ) -> None:
        """The joint report without the other: its unit, its author, its text."""
        units = load(tuple[str, ...], row.joint_units)
        row.joint_units = dump(tuple(u for u in units if u != gone.unit_id))
        if not merge.is_last_text:
            row.author = _without(row.author, gone.author)
            return
        row.author = kept.author or None
        rows = SubmissionVersionRow.objects.using(self.alias).filter(submission=row)
        text = rows.filter(number__lt=kept.version).order_by("-number").first()
        if text is not None:
            row.title, row.body = text.title, text.body
            row.photos = dump(load_photos(text.photos))


def _without(names: str | None, gone: str | None) -> str | None:
    left = [name for name in (names or "").split("、") if name != (gone or "")]
    return "、".join(left) or None
