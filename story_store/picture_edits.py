"""Pictures changed by hand: which picture each was made from, by whom and when."""

from __future__ import annotations

from datetime import datetime

from story_store.desk_models import PictureEditRow
from story_store.record import in_utc
from story_store.submissions import SubmissionBox


class PictureEditShelf(SubmissionBox):
    """The way back from a cropped or blurred picture to the one that was sent."""

    def note_picture_edit(  # noqa: PLR0913 - what was made of what, how, by whom
        self, number: str, *, file: str, source: str, marks: str, by: str, at: datetime
    ) -> None:
        """Keep that ``file`` was made from ``source`` by these marks."""
        with self.writing():
            PictureEditRow.objects.using(self.alias).update_or_create(
                submission=self._submission_row(number),
                file=file,
                defaults={
                    "source": source,
                    "marks": marks,
                    "by": by,
                    "at": in_utc(at),
                },
            )

    def picture_sources(self, number: str) -> dict[str, str]:
        """By name of a picture made by hand, the name of the one it was made from."""
        rows = PictureEditRow.objects.using(self.alias).filter(
            submission=self._submission_row(number)
        )
        return dict(rows.order_by("id").values_list("file", "source"))
