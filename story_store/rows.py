"""Newsroom objects as rows and back: two functions a type.

Rows hold times as UTC, objects come back in Asia/Shanghai; enums by value; a Body as
JSON with its schema. Reading a story needs no row of Django: see ``values``.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from newsroom.article import Article, Attachment, Witness
from newsroom.body import Body
from newsroom.edition import Edition
from newsroom.report import RunReport
from newsroom.source import SourceReport, SourceState
from newsroom.story import Story
from story_store.kept import PageRef, SourceRun
from story_store.models import (
    AddressRow,
    ArticleRow,
    EditionRow,
    RunRow,
    SourceRunRow,
    StoryRow,
)
from story_store.record import dump, dumped, in_china, in_utc, load
from story_store.values import china_or_none, read_items


def article_to_row(article: Article, *, body: str | None = None) -> ArticleRow:
    """The row of an article; source, hashes and times are the shelf's to fill.

    ``body`` is the line of its body (``line_of``), where that is at hand.
    """
    return ArticleRow(
        url=article.url,
        headline=article.headline,
        published=_utc(article.published),
        has_time=article.has_time,
        source_line=article.source_line,
        byline=article.byline,
        editors=article.editors,
        body=dump(article.body) if body is None else dumped(body),
        attachments=dump(article.attachments),
        named_canonical=article.canonical,
        next_page=article.next_page,
        reprint_banned=article.reprint_banned,
        witnesses=dump(article.witnesses),
    )


def article_from_row(row: ArticleRow) -> Article:
    """The article of a row."""
    return Article(
        url=row.url,
        headline=row.headline,
        published=china_or_none(row.published),
        has_time=row.has_time,
        source_line=row.source_line,
        byline=row.byline,
        editors=row.editors,
        body=load(Body, row.body),
        attachments=read_items(tuple[Attachment, ...], row.attachments),
        canonical=row.named_canonical,
        next_page=row.next_page,
        reprint_banned=row.reprint_banned,
        witnesses=read_items(dict[str, tuple[Witness, ...]], row.witnesses),
    )


def page_to_row(page: PageRef) -> AddressRow:
    """The row of a fetched page; article, source and hash are the shelf's to fill."""
    return AddressRow(
        url=page.url,
        fetched_at=in_utc(page.fetched_at),
        warc=page.warc,
        offset=page.offset,
        etag=page.etag,
        last_modified=page.last_modified,
    )


def page_from_row(row: AddressRow) -> PageRef:
    """Where the page of an address lies."""
    return PageRef(
        url=row.url,
        fetched_at=in_china(row.fetched_at),
        warc=row.warc,
        offset=row.offset,
        etag=row.etag,
        last_modified=row.last_modified,
    )


def story_to_row(story: Story) -> StoryRow:
    """The row of a story; id 0 makes a new one when it is saved."""
    return StoryRow(
        id=story.id or None,
        headline=story.headline,
        state=story.state.value,
        body=dump(story.body),
        first_seen=in_utc(story.first_seen),
        published=_utc(story.published),
        has_time=story.has_time,
        event_day=story.event_day,
        abstract=story.abstract,
        excerpt=story.excerpt,
        own=story.own,
        kind=story.kind.value,
        source_line=story.source_line,
        byline=story.byline,
        reviewer=story.reviewer,
        units=dump(story.units),
        topics=dump(story.topics),
        appearances=dump(story.appearances),
        attachments=dump(story.attachments),
        submission_number=story.submission_number,
        findings=dump(story.findings),
        held_reason=story.held_reason,
        notes=dump(story.notes),
        dead_links=dump(story.dead_links),
        digest=story.digest,
    )


def edition_to_row(edition: Edition) -> EditionRow:
    """The row of an edition that is the day's current one."""
    release, record = edition.release, dump(edition)
    return EditionRow(
        day=edition.day,
        number=edition.number,
        total=edition.total,
        issued_at=in_utc(edition.issued_at),
        released_at=in_utc(release.released_at) if release else None,
        current=True,
        record=record,
        digest=hashlib.sha256(record.encode()).hexdigest(),
    )


def edition_from_row(row: EditionRow) -> Edition:
    """The edition of a row."""
    return load(Edition, row.record)


def edition_without_passed(record: str) -> Edition:
    """The edition of a record, as if it had passed over nothing."""
    return load(Edition, record, but=("passed",))


def report_to_row(report: RunReport, row: RunRow) -> RunRow:
    """The run's row, ended with this report."""
    row.ended_at = in_utc(report.ended_at)
    row.report = dump(report)
    return row


def report_from_row(row: RunRow) -> RunReport | None:
    """The report of a run, None while it goes on or when it was cut short."""
    return load(RunReport, row.report) if row.report else None


def source_run_to_row(report: SourceReport, run: RunRow) -> SourceRunRow:
    """One source's figures of a run as a row."""
    return SourceRunRow(
        run=run,
        source_id=report.source_id,
        state=report.state.value,
        listed=report.listed,
        new=report.new,
        failed=report.failed,
        last_good=_utc(report.last_good),
    )


def source_run_from_row(row: SourceRunRow) -> SourceRun:
    """One source's figures of a run."""
    return SourceRun(
        run_id=row.run.pk,
        day=row.run.day,
        started_at=in_china(row.run.started_at),
        state=SourceState(row.state),
        listed=row.listed,
        new=row.new,
        failed=row.failed,
        last_good=china_or_none(row.last_good),
    )


def _utc(moment: datetime | None) -> datetime | None:
    return in_utc(moment) if moment else None
