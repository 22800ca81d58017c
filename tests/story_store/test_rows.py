"""Every object comes back from its row as it went in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import story_store.setup  # noqa: F401 - Django must be configured before its models
from newsroom.article import CHINA, Article
from newsroom.body import (
    Body,
    Cell,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Subhead,
    Table,
)
from newsroom.edition import Edition
from newsroom.errors import NewsroomError
from newsroom.report import RunReport
from newsroom.story import Story
from newsroom.submission import Submission
from story_store import rows, submission_rows, values
from story_store.kept import PageRef, SubmissionStep
from story_store.models import RunRow, SubmissionRow
from story_store.record import dump, in_utc, load

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MOMENTS = st.datetimes(
    datetime(1995, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2090, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    timezones=st.just(UTC),
).map(lambda moment: moment.astimezone(CHINA))
LINKS = st.sampled_from([None, "https://example.org/a", "mailto:a@example.org"])
RUNS = st.lists(st.builds(Run, WORDS, LINKS, st.booleans()), max_size=3).map(tuple)
CELLS = st.builds(Cell, RUNS, st.booleans(), st.integers(1, 3), st.integers(1, 3))
BLOCKS = st.one_of(
    st.builds(Paragraph, RUNS),
    st.builds(Subhead, WORDS, st.integers(2, 4)),
    st.builds(Picture, WORDS),
    st.builds(Quote, RUNS, st.sampled_from(["quote", "note"])),
    st.builds(ListBlock, st.lists(RUNS, max_size=2).map(tuple), st.booleans()),
    st.builds(
        Table,
        st.lists(st.lists(CELLS, max_size=2).map(tuple), max_size=2).map(tuple),
    ),
)
BODIES = st.lists(BLOCKS, max_size=4).map(tuple).map(Body)

for _kind, _strategy in (
    (str, WORDS),
    (datetime, MOMENTS),
    (Body, BODIES),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
):
    st.register_type_strategy(_kind, _strategy)

FEW = settings(max_examples=40, deadline=None)


@FEW
@given(st.from_type(Article))
def test_article_comes_back(article):
    """An article is the same after its row."""
    assert article == rows.article_from_row(rows.article_to_row(article))


@FEW
@given(st.from_type(PageRef))
def test_page_comes_back(page):
    """A page's place is the same after its row."""
    assert page == rows.page_from_row(rows.page_to_row(page))


@FEW
@given(st.from_type(Story))
def test_story_comes_back(story):
    """A story is the same after its row."""
    assert story == values.story_from_row(rows.story_to_row(story))


@FEW
@given(st.from_type(Submission))
def test_submission_comes_back(submission):
    """A submission is the same after its row."""
    row = submission_rows.submission_to_row(submission)

    assert submission == submission_rows.submission_from_row(row)


@FEW
@given(st.from_type(SubmissionStep))
def test_step_comes_back(step):
    """A step of a submission is the same after its row."""
    row = submission_rows.step_to_row(step, SubmissionRow())

    assert step == submission_rows.step_from_row(row)


@FEW
@given(st.from_type(Edition))
def test_edition_comes_back(edition):
    """An edition is the same after its row."""
    assert edition == rows.edition_from_row(rows.edition_to_row(edition))


@FEW
@given(st.from_type(RunReport))
def test_report_comes_back(report):
    """A run's report is the same after its row, and so are its sources' figures."""
    row = rows.report_to_row(
        report, RunRow(day=report.day, started_at=in_utc(report.started_at))
    )

    assert report == rows.report_from_row(row)
    for source in report.sources:
        kept = rows.source_run_from_row(rows.source_run_to_row(source, row))
        assert (source.listed, source.new, source.failed, source.last_good) == (
            kept.listed,
            kept.new,
            kept.failed,
            kept.last_good,
        )


def test_equal_values_have_equal_lines():
    """The same value is always the same line of JSON, so digests are stable."""
    body = Body((Paragraph((Run("一"),)),))

    assert dump(body) == dump(Body((Paragraph((Run("一"),)),)))


def test_f60_times_come_back_in_china():
    """A time is kept as UTC and comes back in Asia/Shanghai."""
    text = dump(datetime(2026, 11, 22, 7, tzinfo=CHINA))

    assert "2026-11-21T23:00:00+00:00" in text
    assert load(datetime, text).tzinfo is CHINA


def test_f60_a_naive_time_is_refused():
    """A time without a zone never gets into the store."""
    with pytest.raises(NewsroomError, match="时区"):
        dump(datetime(2026, 11, 22, 7))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    "line",
    [
        '{"schema":2,"value":{}}',
        '{"schema":1,"value":{"url":"","name":"","size":1}}',
    ],
)
def test_what_a_newer_version_wrote_is_an_error(line):
    """An unknown schema or field is an error, never a drop."""
    from newsroom.article import Attachment

    with pytest.raises(NewsroomError, match="不认识"):
        load(Attachment, line)


def test_a_field_that_an_older_record_lacks_has_its_default():
    """A record from before a field existed is still read."""
    line = '{"schema":1,"value":{"source_id":"a","fault":"down","sentence":"打不开"}}'
    from newsroom.source import FaultClass, Loss

    assert Loss("a", FaultClass.DOWN, "打不开") == load(Loss, line)
