"""Years of news: the work of a build grows with the news, addresses stay."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from site_builder.build import build_site
from site_builder.given import Audience, SiteGiven
from tests.site_builder import samples

YEAR = 25


def news_of(days: int, pictures: Path) -> SiteGiven:
    """So many days with two stories each, the last one always the same day."""
    stories, editions = [], []
    for back in range(days):
        at = samples.NOW - timedelta(days=days - back)
        day = [
            replace(
                samples.own_story(
                    10 * back + n, f"第{back}天第{n}条：夜校开课", unit, "x"
                ),
                first_seen=at,
                published=at,
                submission_number=f"报{back}-{n}",
            )
            for n, unit in ((1, "afs"), (2, "by"))
        ]
        column = samples.Column.HIGHLIGHTS, tuple(map(samples.entry, day))
        edition = replace(
            samples.YESTERDAY,
            day=at.date(),
            number=back + 1,
            total=back + 1,
            issued_at=at,
            columns=(column,),
        )
        stories += day
        editions.append(edition)
    return samples.given(pictures, *reversed(editions), stories=tuple(stories))


def calls_of(work) -> int:
    """How many functions are called: work counted, not time."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.slow
def test_d38_three_years_cost_no_more_than_twice_three_times_one(tmp_path):
    """D38: work at most twice linear, and each older page has its address still."""
    pictures = samples.draw_pictures(tmp_path)
    work, names = {}, {}
    build_site(news_of(2, pictures), Audience.INTERNAL, tmp_path / "w", tmp_path / "v")
    for years in (1, 3):
        given = news_of(years * YEAR, pictures)
        out = tmp_path / f"out{years}"
        shelf = tmp_path / f"work{years}"
        work[years] = calls_of(
            lambda g=given, o=out, s=shelf: build_site(g, Audience.INTERNAL, o, s)
        )
        stories = (out / "stories").rglob("*.html")
        names[years] = {path.relative_to(out).as_posix() for path in stories}

    assert work[3] <= 2 * 3 * work[1]
    assert len(names[1]) == 2 * YEAR
    assert names[1] <= names[3]
