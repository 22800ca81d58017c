"""The tables of the store; rows never leave this package."""

# ruff: noqa: D106, DJ001, DJ008, RUF012 - Meta needs no words; None and '' differ in our objects; rows are never printed; Meta lists are Django's
from __future__ import annotations

from django.db import models

import story_store.setup  # noqa: F401 - Django before its first table, whoever asks


class CounterRow(models.Model):
    """A named number, e.g. the revision of all that pages can show."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        db_table = "counter"


class StoryRow(models.Model):
    """A Story; what is only shown, never asked for, stands as JSON."""

    headline = models.TextField()
    state = models.CharField(max_length=16, db_index=True)
    body = models.TextField()
    first_seen = models.DateTimeField(db_index=True)
    published = models.DateTimeField(null=True)
    has_time = models.BooleanField()
    event_day = models.DateField(null=True)
    abstract = models.TextField()
    excerpt = models.TextField()
    own = models.BooleanField()
    kind = models.CharField(max_length=16)
    source_line = models.TextField(null=True)
    byline = models.TextField(null=True)
    reviewer = models.TextField(null=True)
    units = models.TextField()
    topics = models.TextField()
    appearances = models.TextField()
    attachments = models.TextField()
    submission_number = models.CharField(max_length=40, null=True, unique=True)
    findings = models.TextField()
    held_reason = models.TextField(null=True)
    notes = models.TextField()
    dead_links = models.TextField(default='{"schema":1,"value":[]}')
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "story"
        # Every build asks for all digests; the rows themselves hold whole texts.
        indexes = [models.Index(fields=["digest"], name="story_digest")]


class StoryLogRow(models.Model):
    """That a story came, changed or went; triggers of the file write it (0009).

    ``mark`` is drawn by lot: with the number of the line it names a place of the log.
    """

    story = models.BigIntegerField()
    mark = models.BigIntegerField()

    class Meta:
        db_table = "story_log"


class StoryChangeRow(models.Model):
    """One step in the history of a story."""

    story = models.ForeignKey(StoryRow, models.PROTECT, related_name="changes")
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "story_change"


class ArticleRow(models.Model):
    """The newest reading of an article.

    ``waiting``: saved or changed since its story was last written, so a run that was
    cut short goes on where it stopped.
    """

    source_id = models.CharField(max_length=64)
    canonical = models.TextField()
    text_hash = models.CharField(max_length=64)
    url = models.TextField()
    headline = models.TextField()
    published = models.DateTimeField(null=True)
    has_time = models.BooleanField()
    source_line = models.TextField(null=True)
    byline = models.TextField(null=True)
    editors = models.TextField(null=True)
    body = models.TextField()
    attachments = models.TextField()
    named_canonical = models.TextField(null=True)
    next_page = models.TextField(null=True)
    reprint_banned = models.BooleanField()
    witnesses = models.TextField()
    first_seen = models.DateTimeField(db_index=True)
    last_seen = models.DateTimeField()
    story = models.ForeignKey(
        StoryRow, models.PROTECT, null=True, related_name="articles"
    )
    waiting = models.BooleanField(default=True)

    class Meta:
        db_table = "article"
        indexes = [
            models.Index(fields=["source_id", "canonical"], name="article_canonical"),
            models.Index(fields=["source_id", "text_hash"], name="article_text"),
            models.Index(
                fields=["id"],
                condition=models.Q(waiting=True),
                name="article_waiting",
            ),
        ]


class AddressRow(models.Model):
    """One address of an article: what it said last and what to send when asking."""

    article = models.ForeignKey(ArticleRow, models.PROTECT, related_name="addresses")
    source_id = models.CharField(max_length=64)
    url = models.TextField()
    content_hash = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()
    warc = models.TextField()
    offset = models.BigIntegerField()
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)

    class Meta:
        db_table = "address"
        constraints = [
            models.UniqueConstraint(fields=["source_id", "url"], name="address_once"),
        ]
        indexes = [
            models.Index(fields=["source_id", "fetched_at"], name="address_fetched"),
        ]


class VersionRow(models.Model):
    """An earlier reading of an article, whole."""

    article = models.ForeignKey(ArticleRow, models.PROTECT, related_name="versions")
    replaced_at = models.DateTimeField()
    record = models.TextField()

    class Meta:
        db_table = "article_version"


class FingerprintRow(models.Model):
    """One hash of an article's text (signed 64 bit), for finding reprints."""

    hash = models.BigIntegerField()
    article = models.ForeignKey(ArticleRow, models.PROTECT, related_name="prints")

    class Meta:
        db_table = "fingerprint"
        constraints = [
            models.UniqueConstraint(
                fields=["hash", "article"], name="fingerprint_once"
            ),
        ]


class EditionRow(models.Model):
    """An edition as JSON; the replaced ones of a day are kept with current False."""

    day = models.DateField(db_index=True)
    number = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    current = models.BooleanField()
    record = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "edition"
        indexes = [
            models.Index(
                fields=["day", "digest"],
                condition=models.Q(current=True),
                name="edition_digest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(current=True),
                name="edition_one_a_day",
            ),
            models.UniqueConstraint(
                fields=["total"],
                condition=models.Q(current=True),
                name="edition_total_once",
            ),
        ]


class RunRow(models.Model):
    """One run; ``report`` is empty until it ended."""

    day = models.DateField(db_index=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    report = models.TextField(default="")

    class Meta:
        db_table = "run"


class SourceRunRow(models.Model):
    """How one source fared in one run."""

    run = models.ForeignKey(RunRow, models.PROTECT, related_name="sources")
    source_id = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=16)
    listed = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    last_good = models.DateTimeField(null=True)

    class Meta:
        db_table = "source_run"
        constraints = [
            models.UniqueConstraint(fields=["run", "source_id"], name="source_once"),
        ]


class LinkCheckRow(models.Model):
    """How a link that leads out of our pages fared when it was last looked at."""

    url = models.TextField(unique=True)
    checked_on = models.DateField(db_index=True)
    record = models.TextField()

    class Meta:
        db_table = "link_check"


class SubmissionRow(models.Model):
    """A submission; ``key`` makes the doors idempotent, ``number`` is for people."""

    key = models.CharField(max_length=128, unique=True)
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=16, db_index=True)
    unit_id = models.CharField(max_length=64, db_index=True)
    title = models.TextField()
    body = models.TextField()
    door = models.CharField(max_length=16)
    received_at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=16)
    event_day = models.DateField(null=True)
    place = models.TextField(null=True)
    author = models.TextField(null=True)
    filled_by = models.TextField(null=True)
    reviewer = models.TextField(null=True)
    photos = models.TextField()
    public = models.BooleanField()
    original = models.TextField()
    could_not_read = models.TextField()
    findings = models.TextField()
    joint_units = models.TextField(default='{"schema":1,"value":[]}')
    story = models.ForeignKey(
        StoryRow, models.PROTECT, null=True, related_name="submissions"
    )

    class Meta:
        db_table = "submission"


class SubmissionStepRow(models.Model):
    """One step of a submission; written with the state, in one transaction."""

    submission = models.ForeignKey(SubmissionRow, models.PROTECT, related_name="steps")
    before = models.CharField(max_length=16, null=True)
    after = models.CharField(max_length=16)
    by = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        db_table = "submission_step"


# Django finds an app's tables in this module.
from story_store import desk_models  # noqa: E402, F401 - after SubmissionRow; Django asks
