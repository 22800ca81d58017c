"""Where a person is named in the store, and taking the name out (domain: 8.3).

Every table is judged here: texts of ours are masked, records of who signed what and
what others have published are kept and told. A mask is as long as the name, so that
offsets of findings stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.apps import apps
from django.db.models import CharField, Model, Q, QuerySet, TextField

from newsroom.story import Story
from newsroom.text import mask_name, name_pattern
from story_store.corrections import CorrectionShelf
from story_store.desk_models import FormDraftRow, JobRow, LinkRow, SubmissionDeskRow
from story_store.models import StoryRow, SubmissionRow
from story_store.record import dump, in_utc, load
from story_store.stories import StoryShelf, story_digest
from story_store.values import story_from_row

AROUND = 12
# What is masked: the table and what it is to people.
ERASED = {
    "SubmissionRow": "投稿",
    "SubmissionVersionRow": "投稿的各稿",
    "SubmissionStepRow": "投稿的经过",
    "SubmissionDeskRow": "报送人的电话、退回时的问题、主席的话",
    "CommentRow": "编辑台留言",
    "MergeRow": "并稿",
    "CorrectionRow": "更正",
    "FormDraftRow": "表单里填的",
    "JobRow": "照片和文件",
    "LinkRow": "报送链接",
    "StoryRow": "本会稿件",
}
# What stays, and why; the person is told.
KEPT = {
    "ApprovalRow": "签发记录要能追责，不改",
    "TickRow": "核对记录要能追责，不改",
    "AccountRow": "编辑台账号：由账号管理员停用",
    "DeskEventRow": "操作记录要能追责，不改",
    "StoryChangeRow": "稿件经过，不改",
    "ArrangementRow": "编排记录，不改",
    "ArrangementStepRow": "编排记录，不改",
    "PictureEditRow": "照片改动记录，不改",
    "EditionRow": "已出的期次不改：用 gonghui withdraw 撤下那一篇",
    "ArticleRow": "别的网站公开登的原文：请对方改，或用 gonghui withdraw 撤下",
    "VersionRow": "别的网站公开登过的原文",
    "RunRow": "运行报告，到期自动清理",
    "SourceRunRow": "运行记录，到期自动清理",
}
# What the tables that stay are to people.
KEPT_WORDS = {
    "ApprovalRow": "签名",
    "TickRow": "核对记录",
    "AccountRow": "编辑台账号",
    "DeskEventRow": "操作记录",
    "StoryChangeRow": "稿件经过",
    "ArrangementRow": "编排",
    "ArrangementStepRow": "编排经过",
    "PictureEditRow": "照片改动",
    "EditionRow": "已出的期次",
    "ArticleRow": "别的网站的稿件",
    "VersionRow": "别的网站的稿件",
    "RunRow": "运行报告",
    "SourceRunRow": "运行记录",
}
# Numbers, addresses and hashes only.
NAMELESS = frozenset(
    {
        *("CounterRow", "SessionRow", "InviteRow", "AttemptRow", "AddressRow"),
        *("FingerprintRow", "LinkCheckRow", "StoryLogRow"),
    }
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a person.

    Attributes:
        table: of ``ERASED`` or ``KEPT``.
        row: its key.
        field: the column.
        number: the submission that it belongs to, else ``""``.
        words: a little of what stands around the name.
        kept: why it stays, empty where it is masked.
    """

    table: str
    row: str
    field: str
    number: str
    words: str
    kept: str = ""


class PrivacyShelf(StoryShelf, CorrectionShelf):
    """Finding and masking a name."""

    def find_person(self, name: str) -> tuple[Mention, ...]:
        """Every place that names this person, those that are masked first."""
        return tuple(
            mention
            for table in (*ERASED, *KEPT)
            for mention in self._mentions(table, name)
        )

    def mask_person(
        self,
        name: str,
        mask: str,
        *,
        by: str,
        at: datetime,
        only: Collection[str] | None = None,
    ) -> int:
        """Put the mask in place of the name; in how many columns.

        A text under review that is another by that is reviewed anew.

        Args:
            name: as it stands, without blanks; it is found with blanks too.
            mask: of the same length.
            by: in whose name that is noted.
            at: the time, from which the person's link is dead.
            only: numbers of submissions; None means everything that is masked.
        """
        count = 0
        with self.writing():
            mentions = [
                one
                for one in self.find_person(name)
                if not one.kept and (only is None or one.number in only)
            ]
            numbers = dict.fromkeys(one.number for one in mentions if one.number)
            before = {number: self.review(number).text_hash for number in numbers}
            for mention in mentions:
                count += self._mask(mention, name, mask, at)
            for number, text_hash in before.items():
                self.reopen_masked(number, text_hash, by=by, at=at)
            if count:
                self.pages_changed()
        return count

    def _mentions(self, table: str, name: str) -> Iterator[Mention]:
        model = apps.get_model("story_store", table)
        fields = text_columns(model)
        wanted = Q()
        looked_for = re.compile(name_pattern(name))
        for field in fields:
            wanted |= Q(**{f"{field}__regex": looked_for.pattern})
        rows = self._all(model).filter(wanted)
        for row in list(rows):
            number = self._number(row)
            for field in fields:
                text = getattr(row, field) or ""
                found = looked_for.search(text)
                if found is None:
                    continue
                words = text[max(found.start() - AROUND, 0) : found.end() + AROUND]
                kept = KEPT.get(table, "") or _why_kept(row)
                yield Mention(table, str(row.pk), field, number, words, kept)

    def _mask(self, mention: Mention, name: str, mask: str, at: datetime) -> int:
        model = apps.get_model("story_store", mention.table)
        row = self._all(model).get(pk=mention.row)
        if isinstance(row, StoryRow):
            story = load(Story, mask_name(dump(story_from_row(row)), name, mask))
            story = replace(story, digest=story_digest(story))
            self.save_story(story, ())
            return 1
        text = mask_name(getattr(row, mention.field), name, mask)
        setattr(row, mention.field, text)
        changed = [mention.field]
        if isinstance(row, LinkRow):
            row.phone, row.revoked_at = "", row.revoked_at or in_utc(at)
            changed += ["phone", "revoked_at"]
            self._forget_phones(row.pk)
        row.save(using=self.alias, update_fields=changed)
        return 1

    def _forget_phones(self, link_id: int) -> None:
        """The phone that a correspondent left with what was sent, and with drafts."""
        desks = SubmissionDeskRow.objects.using(self.alias)
        desks.filter(link_id=link_id).update(phone="")
        drafts = FormDraftRow.objects.using(self.alias).filter(link_id=link_id)
        for draft in list(drafts):
            answers = json.loads(draft.answers)
            if answers.pop("phone", ""):
                draft.answers = json.dumps(answers, ensure_ascii=False)
                draft.save(using=self.alias, update_fields=["answers"])

    def _all(self, model: type[Model]) -> QuerySet[Model]:
        return model._default_manager.using(self.alias)  # noqa: SLF001 - Django's own name

    def _number(self, row: Model) -> str:
        """The number of the submission that a row belongs to."""
        if isinstance(row, SubmissionRow):
            return row.number
        if isinstance(row, StoryRow):
            return row.submission_number or ""
        if isinstance(row, JobRow):
            rows = SubmissionRow.objects.using(self.alias).filter(key=row.owner)
            return rows.values_list("number", flat=True).first() or ""
        submission = getattr(row, "submission", None)
        return submission.number if isinstance(submission, SubmissionRow) else ""


def text_columns(model: type[Model]) -> tuple[str, ...]:
    """The columns of a table that can name somebody."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields  # noqa: SLF001 - Django's own name
        if isinstance(field, CharField | TextField) and not field.choices
    )


def _why_kept(row: Model) -> str:
    if isinstance(row, StoryRow) and not (row.own or row.submission_number):
        return KEPT["ArticleRow"]
    return ""
