"""What editors arranged by hand for the edition of a day, step by step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from newsroom.arranging import Arranged, Hand
from newsroom.article import CHINA
from newsroom.edition import Column
from newsroom.errors import NotAllowed
from story_store.desk_models import ArrangementRow, ArrangementStepRow
from story_store.record import dump, in_china, in_utc, load
from story_store.reviewing import UNDO_WITHIN
from story_store.reviews import TextChanged
from story_store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ArrangementStep:
    """One change of a day's arrangement: who did what, and whether it was undone."""

    by: str
    at: datetime
    what: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class _Before:
    """The stories that a change touched, and what was decided of them until then."""

    ids: tuple[int, ...]
    decided: tuple[Arranged, ...]


class ArrangementShelf(Shelf):
    """Pins, drops, order and headlines by day."""

    def arrange_stories(  # noqa: PLR0913 - what is decided, as seen, by whom
        self,
        day: date,
        changes: Sequence[Arranged],
        *,
        left: Collection[int] = (),
        seen: str,
        is_order: bool = False,
        what: str,
        by: str,
        at: datetime,
    ) -> None:
        """Keep decisions in place of earlier ones; of ``left`` the machine's stand.

        ``seen`` is the mark of the page that was looked at. Where the order is
        changed nobody may have acted since; else nobody on these stories.

        Raises:
            TextChanged: somebody else was faster, and who.
        """
        ids = {one.story_id for one in changes} | set(left)
        with self.writing():
            self._check_seen(day, seen, None if is_order else ids)
            before = self._of(day, ids)
            self._write(day, ids, changes, at)
            ArrangementStepRow.objects.using(self.alias).create(
                day=day,
                what=what[:300],
                before=dump(_Before(tuple(sorted(ids)), before)),
                after=dump(tuple(changes)),
                by=by,
                at=in_utc(at),
            )

    def undo_arranging(self, day: date, *, by: str, at: datetime) -> str:
        """Take back one's own last change of the day; what it was.

        Raises:
            NotAllowed: the last change is another's, too long ago, or undone.
        """
        with self.writing():
            last = self._steps(day).order_by("-id").first()
            if last is None or not _can_undo(last, by=by, at=at):
                raise NotAllowed("撤销不了：只能撤销自己十分钟内的最后一步")
            kept = load(_Before, last.before)
            self._write(day, kept.ids, kept.decided, in_china(last.at))
            last.is_undone = True
            last.save(using=self.alias)
        return last.what

    def arranged(self, day: date) -> tuple[Arranged, ...]:
        """The decisions of that day, in the order they were made."""
        rows = ArrangementRow.objects.using(self.alias).filter(day=day)
        return tuple(map(_arranged, list(rows.order_by("id"))))

    def arrangement_mark(self, day: date) -> str:
        """What names the day's arrangement as it is now."""
        last = self._steps(day).order_by("-id").first()
        return f"{last.pk}{'-' if last.is_undone else ''}" if last else "0"

    def arrangement_steps(self, day: date) -> tuple[ArrangementStep, ...]:
        """What was changed by hand on that day, newest first."""
        rows = list(self._steps(day).order_by("-id")[:50])
        return tuple(
            ArrangementStep(r.by, in_china(r.at), r.what, r.is_undone) for r in rows
        )

    def can_undo_arranging(self, day: date, *, by: str, at: datetime) -> bool:
        """Whether this person may take back the day's last change now."""
        last = self._steps(day).order_by("-id").first()
        return last is not None and _can_undo(last, by=by, at=at)

    def _steps(self, day: date) -> QuerySet[ArrangementStepRow]:
        return ArrangementStepRow.objects.using(self.alias).filter(day=day)

    def _of(self, day: date, ids: Collection[int]) -> tuple[Arranged, ...]:
        return tuple(one for one in self.arranged(day) if one.story_id in ids)

    def _check_seen(self, day: date, seen: str, ids: Collection[int] | None) -> None:
        if self.arrangement_mark(day) == seen:
            return
        number = seen.removesuffix("-")
        since = int(number) if number.isdecimal() else 0
        for step in self._steps(day).filter(pk__gte=since).order_by("-id"):
            touched = set(load(_Before, step.before).ids)
            is_new = step.pk > since or step.is_undone
            if is_new and (ids is None or touched & set(ids)):
                when = f"{step.at.astimezone(CHINA):%H:%M}"
                raise TextChanged(f"{step.by} 在 {when} 刚调整过，请看过新的再排")

    def _write(
        self,
        day: date,
        ids: Collection[int],
        changes: Sequence[Arranged],
        at: datetime,
    ) -> None:
        rows = ArrangementRow.objects.using(self.alias)
        rows.filter(day=day, story_id__in=sorted(ids)).delete()
        for one in changes:
            rows.create(
                day=day,
                story_id=one.story_id,
                act=one.hand.value,
                column=one.column.name if one.column else "",
                place=one.place,
                headline=one.headline,
                reason=one.reason,
                by=one.by,
                at=in_utc(at),
            )


def _can_undo(step: ArrangementStepRow, *, by: str, at: datetime) -> bool:
    return step.by == by and not step.is_undone and at - step.at <= UNDO_WITHIN


def _arranged(row: ArrangementRow) -> Arranged:
    return Arranged(
        row.story_id,
        Hand(row.act),
        row.reason,
        row.by,
        Column[row.column] if row.column else None,
        row.place,
        row.headline,
    )
