"""What editors arranged by hand for the edition of a day."""

from __future__ import annotations

from datetime import date, datetime

from newsroom.arranging import Arranged, Hand
from newsroom.edition import Column
from story_store.desk_models import ArrangementRow
from story_store.record import in_utc
from story_store.shelf import Shelf


class ArrangementShelf(Shelf):
    """Pins and drops by day."""

    def arrange_story(self, day: date, arranged: Arranged, *, at: datetime) -> None:
        """Keep a decision for a story of that day, in place of an earlier one."""
        with self.writing():
            ArrangementRow.objects.using(self.alias).update_or_create(
                day=day,
                story_id=arranged.story_id,
                defaults={
                    "act": arranged.hand.value,
                    "column": arranged.column.name if arranged.column else "",
                    "place": arranged.place,
                    "reason": arranged.reason,
                    "by": arranged.by,
                    "at": in_utc(at),
                },
            )

    def leave_story(self, day: date, story_id: int) -> None:
        """Take a decision back: the machine's choice stands again."""
        with self.writing():
            rows = ArrangementRow.objects.using(self.alias)
            rows.filter(day=day, story_id=story_id).delete()

    def arranged(self, day: date) -> tuple[Arranged, ...]:
        """The decisions of that day, in the order they were made."""
        rows = ArrangementRow.objects.using(self.alias).filter(day=day)
        return tuple(map(_arranged, list(rows.order_by("id"))))


def _arranged(row: ArrangementRow) -> Arranged:
    return Arranged(
        row.story_id,
        Hand(row.act),
        row.reason,
        row.by,
        Column[row.column] if row.column else None,
        row.place,
    )
