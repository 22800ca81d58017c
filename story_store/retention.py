"""What is removed when its time is over: raw pages, originals, phones (domain: 8.3).

Texts, photos as published, numbers and steps stay; only what the office need not keep
goes, and every removal is counted.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from django.db.models import QuerySet

from newsroom.submission import SubmissionState
from story_store.desk_models import (
    CommentRow,
    FormDraftRow,
    JobRow,
    SubmissionDeskRow,
    SubmissionVersionRow,
)
from story_store.models import SubmissionRow, SubmissionStepRow
from story_store.record import in_utc
from story_store.shelf import Shelf

_TEXTS = (
    "title",
    "body",
    "place",
    "author",
    "filled_by",
    "reviewer",
    "photos",
    "could_not_read",
    "findings",
)
# Neither inside a longer number or a file's hash, nor part of an address; masked in
# place, so that the offsets of findings stay.
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z/._-])(1[3-9]\d)([- ]?)\d{4}([- ]?)(\d{4})(?![0-9A-Za-z])"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z/._-])(0\d{2,3}[- ]?\d{3,4})\d{4}(?![0-9A-Za-z])"
)


class RetentionShelf(Shelf):
    """Removing what is past its time."""

    def drop_pages(self, before: date) -> tuple[int, int]:
        """Remove the raw pages of all days before this one: days, files."""
        days = files = 0
        for folder in sorted((self.folder / "pages").glob("[0-9]*/[0-9]*/[0-9]*")):
            day = _day_of(folder)
            if day is None or day >= before:
                continue
            files += sum(1 for path in folder.rglob("*") if path.is_file())
            shutil.rmtree(folder, ignore_errors=True)
            days += 1
            _remove_empty(folder.parent)
            _remove_empty(folder.parent.parent)
        return days, files

    def past_submissions(
        self, states: Collection[SubmissionState], before: datetime
    ) -> tuple[str, ...]:
        """The numbers of submissions in these states since before that time."""
        rows = self._rows().filter(state__in=[state.value for state in states])
        numbers = list(rows.order_by("pk").values_list("pk", "number"))
        return tuple(
            number for pk, number in numbers if self._last_step(pk) < in_utc(before)
        )

    def remove_original(self, number: str) -> bool:
        """Remove a submission's original files; whether there were any."""
        row = self._rows().get(number=number)
        if not row.original:
            return False
        originals = (self.folder / "originals").resolve()
        folder = (self.folder / row.original).resolve()
        if folder.is_relative_to(originals) and folder != originals:
            shutil.rmtree(folder, ignore_errors=True)
        with self.writing():
            self._rows().filter(pk=row.pk).update(original="")
        return True

    def drop_old_drafts(self, before: datetime) -> int:
        """Remove what correspondents typed and never sent, untouched since; how many.

        With them go the photos and files that were sent for them.
        """
        rows = FormDraftRow.objects.using(self.alias).filter(sent_as="")
        old = list(rows.filter(changed_at__lt=in_utc(before)))
        originals = self.folder / "originals"
        for draft in old:
            owner = f"web-{draft.key}"
            with self.writing():
                JobRow.objects.using(self.alias).filter(owner=owner).delete()
                draft.delete(using=self.alias)
            shutil.rmtree(originals / owner, ignore_errors=True)
        return sum(1 for draft in old if draft.answers != "{}")

    def mask_phones(self, number: str) -> int:
        """Mask the phone numbers in a submission's texts; how many."""
        row = self._rows().get(number=number)
        masked, changes = 0, {}
        for field in _TEXTS:
            text = getattr(row, field)
            if text is None:
                continue
            text, mobiles = _MOBILE.subn(r"\1\2****\3\4", text)
            text, landlines = _LANDLINE.subn(r"\1****", text)
            if mobiles + landlines:
                # a finding repeats what stands in a text: masked, not counted again
                masked += mobiles + landlines if field != "findings" else 0
                changes[field] = text
        with self.writing():
            if changes:
                self._rows().filter(pk=row.pk).update(**changes)
            masked += self._forget_on_desk(row.pk)
        return masked

    def _forget_on_desk(self, pk: int) -> int:
        """The same for what the desk keeps: its note of a phone, earlier texts, words.

        Earlier texts repeat what was counted already.
        """
        desk = SubmissionDeskRow.objects.using(self.alias).filter(submission_id=pk)
        count = desk.exclude(phone="").update(phone="")
        texts = SubmissionVersionRow.objects.using(self.alias).filter(submission_id=pk)
        words = CommentRow.objects.using(self.alias).filter(submission_id=pk)
        for rows, fields in ((texts, ("title", "body", "photos")), (words, ("text",))):
            for one in list(rows):
                for field in fields:
                    setattr(one, field, _masked(getattr(one, field)))
                one.save(using=self.alias, update_fields=fields)
        self._forget_typed(self._rows().get(pk=pk))
        return count

    def _forget_typed(self, row: SubmissionRow) -> None:
        """The same for what was typed into the form, and read from its files."""
        drafts = FormDraftRow.objects.using(self.alias).filter(sent_as=row.number)
        for draft in list(drafts):
            answers = json.loads(draft.answers)
            answers.pop("phone", None)
            draft.answers = _masked(json.dumps(answers, ensure_ascii=False))
            draft.save(using=self.alias, update_fields=["answers"])
        for job in list(JobRow.objects.using(self.alias).filter(owner=row.key)):
            job.result = _masked(job.result)
            job.save(using=self.alias, update_fields=["result"])

    def _rows(self) -> QuerySet[SubmissionRow]:
        return SubmissionRow.objects.using(self.alias)

    def _last_step(self, pk: int) -> datetime:
        steps = SubmissionStepRow.objects.using(self.alias).filter(submission_id=pk)
        last = steps.order_by("-pk").values_list("at", flat=True).first()
        return last or in_utc(self._rows().get(pk=pk).received_at)


def _masked(text: str) -> str:
    return _LANDLINE.sub(r"\1****", _MOBILE.sub(r"\1\2****\3\4", text))


def _day_of(folder: Path) -> date | None:
    try:
        return date(*map(int, folder.parts[-3:]))
    except ValueError:
        return None


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
