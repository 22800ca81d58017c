"""The tables of the desk and the web form: people, links, reviews, drafts."""

# ruff: noqa: D106, DJ001, DJ008, RUF012 - as in models.py
from __future__ import annotations

from django.db import models

import story_store.setup  # noqa: F401 - as in models.py


class AccountRow(models.Model):
    """Someone who works at the desk; ``stamp`` changes when sessions must die."""

    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    password = models.CharField(max_length=200)
    roles = models.CharField(max_length=120)
    active = models.BooleanField(default=True)
    stamp = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "desk_account"


class SessionRow(models.Model):
    """A signed-in browser; only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(AccountRow, models.PROTECT, related_name="sessions")
    stamp = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    note = models.TextField(default="")

    class Meta:
        db_table = "desk_session"


class InviteRow(models.Model):
    """A one-use token: the first setup, a new account, a new password."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=16)
    account = models.ForeignKey(AccountRow, models.PROTECT, null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_invite"


class AttemptRow(models.Model):
    """One attempt that is counted against a limit (a failed login, a sending)."""

    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_attempt"
        indexes = [models.Index(fields=["key", "at"], name="attempt_key_at")]


class LinkRow(models.Model):
    """A correspondent's personal link; lives until it is revoked."""

    token_hash = models.CharField(max_length=64, unique=True)
    unit_id = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=40)
    duty = models.CharField(max_length=40, default="")
    phone = models.CharField(max_length=40, default="")
    pin = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "correspondent_link"


class FormDraftRow(models.Model):
    """What a correspondent typed and has not sent yet."""

    key = models.CharField(max_length=64, primary_key=True)
    link = models.ForeignKey(LinkRow, models.PROTECT, related_name="drafts")
    answers = models.TextField()
    photos = models.TextField()
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_as = models.CharField(max_length=40, default="")

    class Meta:
        db_table = "form_draft"


class SubmissionVersionRow(models.Model):
    """The text of a submission at one time; number 0 is as it was received."""

    submission = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="texts"
    )
    number = models.PositiveIntegerField()
    title = models.TextField()
    body = models.TextField()
    photos = models.TextField()
    text_hash = models.CharField(max_length=64)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "submission_version"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "number"], name="version_once"
            ),
        ]


class SubmissionDeskRow(models.Model):
    """What the desk knows of a submission beside its text."""

    submission = models.OneToOneField(
        "story_store.SubmissionRow", models.PROTECT, related_name="desk"
    )
    version = models.PositiveIntegerField(default=0)
    item_class = models.CharField(max_length=1, default="")
    phone = models.CharField(max_length=40, default="")
    link = models.ForeignKey(LinkRow, models.PROTECT, null=True)
    questions = models.TextField(default="")
    hold_until = models.DateField(null=True)
    chair_said = models.TextField(default="")
    # Which findings the chair's word is for; null of words from before this was noted.
    chair_saw = models.TextField(null=True)
    # Which reasons for importance the editor saw who set the class.
    class_saw = models.TextField(default="")

    class Meta:
        db_table = "submission_desk"


class ApprovalRow(models.Model):
    """One signature under one text, by hash; void once the text changes."""

    submission = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="approvals"
    )
    step = models.CharField(max_length=8)
    account = models.ForeignKey(AccountRow, models.PROTECT, null=True)
    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    note = models.TextField(default="")
    paper = models.BooleanField(default=False)

    class Meta:
        db_table = "submission_approval"


class TickRow(models.Model):
    """A finding that someone answers for, on one text."""

    submission = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="ticks"
    )
    finding = models.CharField(max_length=64)
    text_hash = models.CharField(max_length=64)
    by = models.CharField(max_length=40)
    reason = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "submission_tick"


class CommentRow(models.Model):
    """A word between colleagues about a submission."""

    submission = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="comments"
    )
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        db_table = "submission_comment"


class ArrangementRow(models.Model):
    """What an editor decided by hand for a story in one day's edition."""

    day = models.DateField(db_index=True)
    story_id = models.BigIntegerField()
    act = models.CharField(max_length=8)
    column = models.CharField(max_length=16, default="")
    place = models.PositiveIntegerField(default=0)
    headline = models.TextField(default="")
    reason = models.TextField(default="")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "arrangement"
        constraints = [
            models.UniqueConstraint(fields=["day", "story_id"], name="arranged_once"),
        ]


class ArrangementStepRow(models.Model):
    """One change of a day's arrangement: what was decided before and after it."""

    day = models.DateField(db_index=True)
    what = models.TextField()
    before = models.TextField()
    after = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        db_table = "arrangement_step"


class MergeRow(models.Model):
    """A report that was put into another of the same event, until it is taken out.

    ``version`` is the text of ``into`` that holds both, ``author`` who had signed it
    before.
    """

    merged = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="merged_into"
    )
    into = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="merged_here"
    )
    version = models.PositiveIntegerField()
    author = models.TextField(default="")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "submission_merge"


class PictureEditRow(models.Model):
    """A picture of a submission that was cropped or blurred by hand, and from which."""

    submission = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="picture_edits"
    )
    file = models.CharField(max_length=80)
    source = models.CharField(max_length=80)
    marks = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "picture_edit"


class CorrectionRow(models.Model):
    """A correction of a published story: proposed by one, agreed to by another."""

    submission = models.ForeignKey(
        "story_store.SubmissionRow", models.PROTECT, related_name="corrections"
    )
    title = models.TextField()
    body = models.TextField()
    note = models.TextField()
    reason = models.TextField()
    text_hash = models.CharField(max_length=64)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    state = models.CharField(max_length=12)
    decided_by = models.CharField(max_length=40, default="")
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(default="")

    class Meta:
        db_table = "submission_correction"


class DeskEventRow(models.Model):
    """What happened to accounts, links and editions: who, when, what."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40)
    what = models.TextField()

    class Meta:
        db_table = "desk_event"


class JobRow(models.Model):
    """One photo, document or mail to be worked off; what came is sealed before.

    ``owner`` is the key of the submission (or of the draft that becomes it). ``tries``
    counts takings, so that a job that kills its worker is counted too.
    """

    key = models.CharField(max_length=80, unique=True)
    owner = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=16)
    file = models.TextField()
    name = models.TextField(default="")
    state = models.CharField(max_length=16, db_index=True)
    tries = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=40, default="")
    words = models.TextField(default="")
    result = models.TextField(default="")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "desk_job"
