"""Editions: issued, numbered, released; what was replaced is kept as a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Max

from newsroom.edition import Edition, Release
from newsroom.errors import NotAllowed, NotFound
from newsroom.outline import EditionOutline
from newsroom.story import StoryState
from newsroom.submission import SubmissionState
from newsroom.text import join_name
from story_store.models import EditionRow, StoryRow, SubmissionRow
from story_store.outlines import edition_outline_from_record
from story_store.record import digest_of, load
from story_store.rows import (
    edition_from_row,
    edition_to_row,
    edition_without_passed,
)
from story_store.stories import StoryShelf
from story_store.submissions import SubmissionBox

_FITTING = (StoryState.INGESTED.value, StoryState.SELECTED.value)


class EditionShelf(StoryShelf, SubmissionBox):
    """Issuing and releasing editions."""

    def issue(self, edition: Edition) -> Edition:
        """Fix the edition of a day; issued again, it keeps the day's numbers.

        The edition that it replaces is kept as a record. An equal one writes nothing.

        Raises:
            NotAllowed: the day's edition is released, or the numbers are taken.
        """
        with self.writing():
            known = self._current(edition.day)
            if known is not None:
                if known.released_at:
                    raise NotAllowed(
                        f"{edition.day} 的一期已经签发公开，不能重出；有错请做更正"
                    )
                edition = replace(edition, number=known.number, total=known.total)
                if edition_from_row(known) == edition:
                    return edition
                known.current = False
                known.save(using=self.alias, update_fields=["current"])
            self._check_total(edition)
            edition_to_row(edition).save(using=self.alias)
            self.pages_changed()
        return edition

    def edition(self, day: date) -> Edition | None:
        """The edition of the day as issued last, None when there is none."""
        rows = EditionRow.objects.using(self.alias).filter(day=day, current=True)
        records = list(rows.values_list("record", flat=True)[:1])
        return load(Edition, records[0]) if records else None

    def editions(
        self, *, released: bool | None = None, limit: int | None = None
    ) -> tuple[Edition, ...]:
        """The editions, newest first; ``released`` keeps to those (not) released."""
        rows = EditionRow.objects.using(self.alias).filter(current=True)
        if released is not None:
            rows = rows.filter(released_at__isnull=not released)
        return tuple(map(edition_from_row, list(rows.order_by("-day")[:limit])))

    def editions_before(self, day: date) -> tuple[Edition, ...]:
        """The editions of the days before, newest first, without what they passed over.

        That is most of a record and is asked for by its own page only; read one at a
        time, all of them are small.
        """
        rows = EditionRow.objects.using(self.alias).filter(current=True, day__lt=day)
        records = rows.order_by("-day").values_list("record", flat=True)
        return tuple(map(edition_without_passed, records.iterator(chunk_size=1)))

    def has_released(self) -> bool:
        """Whether any day was let into the public tree."""
        rows = EditionRow.objects.using(self.alias)
        return rows.filter(current=True, released_at__isnull=False).exists()

    def edition_digests(self) -> dict[date, str]:
        """By day the hash of its edition's record, release and all."""
        rows = EditionRow.objects.using(self.alias).filter(current=True)
        return dict(rows.order_by().values_list("day", "digest"))

    def editions_of(self, days: Sequence[date]) -> Iterator[Edition]:
        """The editions of these days, one at a time."""
        for day in days:
            edition = self.edition(day)
            if edition is not None:
                yield edition

    def edition_outlines(self, days: Sequence[date]) -> Iterator[EditionOutline]:
        """The outlines of these days' editions, one at a time."""
        rows = EditionRow.objects.using(self.alias).filter(current=True)
        for day in days:
            found = rows.filter(day=day).values_list("record", "digest")
            for record, digest in list(found):
                yield edition_outline_from_record(record, digest)

    def last_edition(self, before: date) -> Edition | None:
        """The newest edition of a day before this one, None when there is none."""
        rows = EditionRow.objects.using(self.alias).filter(current=True, day__lt=before)
        row = rows.order_by("-day").first()
        return edition_from_row(row) if row else None

    def put_away_after(self, day: date) -> tuple[date, ...]:
        """Put away the editions of later days that nobody released; their days.

        They are kept as replaced ones, and their numbers are not given again.
        """
        rows = EditionRow.objects.using(self.alias).filter(current=True, day__gt=day)
        with self.writing():
            away = rows.filter(released_at__isnull=True)
            days = tuple(away.order_by("day").values_list("day", flat=True))
            if days:
                away.update(current=False)
                self.pages_changed()
        return days

    def replaced_editions(self, day: date) -> tuple[Edition, ...]:
        """The editions of the day that were issued and replaced, oldest first."""
        rows = EditionRow.objects.using(self.alias).filter(current=False, day=day)
        return tuple(map(edition_from_row, list(rows.order_by("id"))))

    def release(self, day: date, release: Release) -> Edition:
        """Let a day into the public tree, by two people.

        Its stories become published, where nothing else was decided of them. An
        empty ``release.digest`` is filled with ``edition_digest``. The same release
        again changes nothing.

        Raises:
            NotFound: no edition was issued on the day.
            NotAllowed: a name is missing, both are one person, or the edition is
                already released.
        """
        _check_names(release)
        with self.writing():
            row = self._current(day)
            if row is None:
                raise NotFound(f"{day} 还没有出内部版，不能签发")
            edition = edition_from_row(row)
            if not release.digest:
                release = replace(release, digest=edition_digest(edition))
            if edition.release is not None:
                return _same_release(edition, release)
            edition = replace(edition, release=release)
            signed = edition_to_row(edition)
            signed.pk = row.pk
            signed.save(using=self.alias)
            self._publish_stories(edition, release)
            self._publish_submissions(edition, release)
            self.pages_changed()
        return edition

    def next_numbers(
        self, day: date, settings_next_number: int, settings_next_total: int
    ) -> tuple[int, int]:
        """The number within the year and the total number of the day's edition.

        A day that has an edition keeps its numbers. The first edition of the store
        takes the office's own from the settings; then each year starts at 1 and the
        total goes on for ever (never below the settings).
        """
        known = self._current(day)
        if known is not None:
            return known.number, known.total
        rows = EditionRow.objects.using(self.alias)
        total = rows.aggregate(most=Max("total"))["most"]
        if total is None:
            return settings_next_number, settings_next_total
        this_year = rows.filter(day__year=day.year)
        number = this_year.aggregate(most=Max("number"))["most"] or 0
        return number + 1, max(total + 1, settings_next_total)

    def _current(self, day: date) -> EditionRow | None:
        rows = EditionRow.objects.using(self.alias)
        return rows.filter(day=day, current=True).first()

    def _check_total(self, edition: Edition) -> None:
        rows = EditionRow.objects.using(self.alias).filter(
            current=True, total=edition.total
        )
        other = rows.exclude(day=edition.day).first()
        if other is not None:
            raise NotAllowed(f"总第 {edition.total} 期已经是 {other.day} 的一期")

    def _publish_stories(self, edition: Edition, release: Release) -> None:
        ids = {entry.story_id for entry in edition.all_entries}
        rows = StoryRow.objects.using(self.alias).filter(
            pk__in=sorted(ids), state__in=_FITTING
        )
        reason = f"随 {edition.day} 第 {edition.number} 期签发公开"
        for row in list(rows.order_by("id")):
            self._note_change(row, StoryState.PUBLISHED, reason, release.released_at)

    def _publish_submissions(self, edition: Edition, release: Release) -> None:
        ids = {entry.story_id for entry in edition.all_entries}
        signed = SubmissionRow.objects.using(self.alias).filter(
            story_id__in=sorted(ids), state=SubmissionState.FINAL_OK.value
        )
        reason = f"随 {edition.day} 第 {edition.number} 期签发公开"
        for number in list(signed.order_by("id").values_list("number", flat=True)):
            self.move_submission(
                number,
                SubmissionState.PUBLISHED,
                by=release.signed_by,
                at=release.released_at,
                reason=reason,
            )


def edition_digest(edition: Edition) -> str:
    """The hash of what is signed: the whole edition without its release."""
    return digest_of(replace(edition, release=None))


def _check_names(release: Release) -> None:
    edited, signed = join_name(release.edited_by), join_name(release.signed_by)
    if not edited or not signed:
        raise NotAllowed("签发要写明两个人：编辑（--edited-by）和签发人（--signed-by）")
    if edited == signed:
        raise NotAllowed(f"编辑和签发不能是同一个人（{edited}）：请由另一位同志签发")


def _same_release(edition: Edition, release: Release) -> Edition:
    done = edition.release
    if done is not None and (done.edited_by, done.signed_by) == (
        release.edited_by,
        release.signed_by,
    ):
        return edition
    raise NotAllowed(f"{edition.day} 的一期已经签发公开，不能再签发一次")
