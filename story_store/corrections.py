"""Corrections of published stories: proposed, agreed to or refused, kept for ever."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from newsroom.body import Body
from newsroom.correcting import check_agreeing
from newsroom.errors import NotAllowed, NotFound
from newsroom.review import REOPENED_BY_CHANGE
from newsroom.signing import Approval, Step
from newsroom.story import Finding
from newsroom.submission import SubmissionState
from story_store.desk_models import CorrectionRow
from story_store.merges import MergeShelf
from story_store.models import SubmissionRow
from story_store.record import digest_of, dump, in_china, in_utc, load
from story_store.remarks import Tick
from story_store.reviews import Review, TextChanged, submission_hash
from story_store.submission_rows import submission_from_row

_PUBLISHED = frozenset({SubmissionState.PUBLISHED, SubmissionState.CORRECTED})


class CorrectionState(Enum):
    """What became of a correction."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Correction:
    """The words that should stand, the note for readers, and why.

    ``mark`` names exactly these words, so that no others are agreed to.
    """

    id: int
    title: str
    body: Body
    note: str
    reason: str
    by: str
    at: datetime
    state: CorrectionState
    mark: str
    decided_by: str = ""
    decided_at: datetime | None = None
    words: str = ""


class CorrectionShelf(MergeShelf):
    """Reading and writing down corrections."""

    def propose_correction(  # noqa: PLR0913 - the words, the note, the reason, by whom
        self,
        number: str,
        *,
        mark: str,
        title: str,
        body: Body,
        note: str,
        reason: str,
        by: str,
        at: datetime,
    ) -> Correction:
        """Keep what should stand; nothing that readers see is changed yet.

        Raises:
            TextChanged: somebody has acted on the submission since.
            NotAllowed: it is not published, or a correction is open already.
        """
        with self.writing():
            row = self._submission_row(number)
            self._check_mark(row, mark)
            if SubmissionState(row.state) not in _PUBLISHED:
                raise NotAllowed("只有已发布的稿件才更正；没发布的直接改文字")
            if self._open_correction(row) is not None:
                raise NotAllowed("已经有一份更正等着签发，请先办那一份")
            kept = CorrectionRow.objects.using(self.alias).create(
                submission=row,
                title=title,
                body=dump(body),
                note=note,
                reason=reason,
                text_hash=submission_hash(submission_from_row(row)),
                by=by,
                at=in_utc(at),
                state=CorrectionState.PROPOSED.value,
            )
        return _correction(kept)

    def open_correction(self, number: str) -> Correction | None:
        """The correction that waits for a signature, None when none does."""
        row = self._open_correction(self._submission_row(number))
        return _correction(row) if row else None

    def corrections(self, number: str) -> tuple[Correction, ...]:
        """All corrections of a submission, oldest first."""
        rows = CorrectionRow.objects.using(self.alias).filter(
            submission=self._submission_row(number)
        )
        return tuple(map(_correction, list(rows.order_by("id"))))

    def close_correction(  # noqa: PLR0913 - what is closed how, by whom and why
        self,
        number: str,
        state: CorrectionState,
        *,
        mark: str,
        by: str,
        at: datetime,
        words: str = "",
    ) -> None:
        """Refuse or take back the open correction; the published words stay."""
        with self.writing():
            row = self._seen_correction(self._submission_row(number), mark)
            self._decide_correction(row, state, by=by, at=at, words=words)

    def agree_correction(  # noqa: PLR0913 - what is agreed to, as checked, by whom
        self,
        number: str,
        *,
        mark: str,
        body: Body,
        findings: tuple[Finding, ...],
        by: str,
        account_id: int | None,
        at: datetime,
        proposed: Review,
        ticks: Collection[Tick] = (),
    ) -> Review:
        """Put the corrected words in place; ``body`` has the note for readers.

        The chair's word of the ``proposed`` review is kept with them, and the ticks
        that were given under the proposal.

        Raises:
            TextChanged: the correction or the text is no longer the one that was seen.
            NotAllowed: the same person proposed it.
        """
        with self.writing():
            row = self._submission_row(number)
            kept = self._seen_correction(row, mark)
            check_agreeing(proposed_by=kept.by, by=by)
            before = submission_from_row(row)
            if submission_hash(before) != kept.text_hash:
                raise TextChanged(self._who_was_faster(row))
            self._keep_first(row, before)
            row.title, row.body, row.findings = kept.title, dump(body), dump(findings)
            row.save(using=self.alias)
            desk = self._desk(row)
            desk.version += 1
            desk.chair_said = proposed.chair_said
            saw = proposed.chair_saw
            desk.chair_saw = None if saw is None else dump(saw)
            desk.save(using=self.alias)
            self._add_version(row, desk.version, kept.by, at)
            self.move_submission(
                number, SubmissionState.CORRECTED, by=by, at=at, reason=kept.note
            )
            row.refresh_from_db(using=self.alias)
            text_hash = submission_hash(submission_from_row(row))
            note = f"更正，{kept.by}提出"
            self._sign(row, Approval(Step.FINAL, by, at, text_hash, account_id, note))
            self._keep_ticks(row, text_hash, ticks)
            state = CorrectionState.AGREED
            self._decide_correction(kept, state, by=by, at=at, words="")
            self.pages_changed()
            return self._review(row)

    def reopen_masked(self, number: str, before: str, *, by: str, at: datetime) -> None:
        """Review a text anew whose hash was ``before`` until a name was masked in it.

        What is signed already stays so, and the log says why its words differ.
        """
        row = self._submission_row(number)
        now = submission_from_row(row)
        text_hash = submission_hash(now)
        if text_hash == before:
            return
        desk = self._desk(row)
        desk.version += 1  # a page that stood open would bring the name back
        desk.save(using=self.alias)
        self._add_version(row, desk.version, by, at)
        waiting = self._open_correction(row)
        if waiting is not None and waiting.text_hash == before:
            waiting.text_hash = text_hash
            waiting.save(using=self.alias)
        if now.state in REOPENED_BY_CHANGE | {SubmissionState.CHECKED}:
            words = "盖住姓名，文字有改动，重新三审"
            self._go(row, SubmissionState.CHECKED, by, at, words)
        elif now.state is not SubmissionState.SUBMITTED:
            self.add_comment(number, "盖住了姓名，签名仍是原来文字的", by=by, at=at)

    def _keep_ticks(
        self, row: SubmissionRow, text_hash: str, ticks: Collection[Tick]
    ) -> None:
        for one in ticks:
            self.tick(
                row.number,
                one.finding,
                text_hash=text_hash,
                by=one.by,
                reason=one.reason,
                at=one.at,
            )

    def _open_correction(self, row: SubmissionRow) -> CorrectionRow | None:
        rows = CorrectionRow.objects.using(self.alias).filter(
            submission=row, state=CorrectionState.PROPOSED.value
        )
        return rows.first()

    def _seen_correction(self, row: SubmissionRow, mark: str) -> CorrectionRow:
        kept = self._open_correction(row)
        if kept is None:
            raise NotFound("这份更正已经办过了")
        if _mark_of(kept) != mark:
            raise TextChanged("这份更正刚刚换过，请看过新的再办")
        return kept

    def _decide_correction(
        self,
        row: CorrectionRow,
        state: CorrectionState,
        *,
        by: str,
        at: datetime,
        words: str,
    ) -> None:
        row.state, row.decided_by, row.words = state.value, by, words
        row.decided_at = in_utc(at)
        row.save(using=self.alias)


def _mark_of(row: CorrectionRow) -> str:
    return digest_of((row.pk, row.title, row.body, row.note, row.text_hash))


def _correction(row: CorrectionRow) -> Correction:
    return Correction(
        row.pk,
        row.title,
        load(Body, row.body),
        row.note,
        row.reason,
        row.by,
        in_china(row.at),
        CorrectionState(row.state),
        _mark_of(row),
        row.decided_by,
        in_china(row.decided_at) if row.decided_at else None,
        row.words,
    )
