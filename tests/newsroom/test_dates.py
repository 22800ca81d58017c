from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.article import CHINA
from newsroom.dates import OLDEST_YEAR, find_dates, read_date

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
DAYS = st.dates(min_value=date(OLDEST_YEAR, 1, 1), max_value=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年3月1日", "2026-03-01T00:00:00"),
        ("2026-3-1 08:15:00", "2026-03-01T08:15:00"),
        ("2026/1/5", "2026-01-05T00:00:00"),
        ("2020.12.21", "2020-12-21T00:00:00"),
        ("2023-08-19 10∶08", "2023-08-19T10:08:00"),
        ("2019年06月15日08:18", "2019-06-15T08:18:00"),
        ("某网2016年10月14日07:17", "2016-10-14T07:17:00"),
        ("2021 08/05 09:00:12", "2021-08-05T09:00:12"),
        ("2024-09-2307:48", "2024-09-23T07:48:00"),
        ("二〇二六年三月十五日", "2026-03-15T00:00:00"),
        ("二○二六年十一月二十日", "2026-11-20T00:00:00"),
        ("２０２６年３月１日", "2026-03-01T00:00:00"),
        ("20240619", "2024-06-19T00:00:00"),
        ("20240619072700", "2024-06-19T07:27:00"),
        ("2024年6月19日 下午3:05", "2024-06-19T15:05:00"),
        ("2024-06-19 24:00", "2024-06-20T00:00:00"),
        ("2020-02-18T01:15:00Z", "2020-02-18T09:15:00"),
        ("2020-02-18T09:15:00+08:00", "2020-02-18T09:15:00"),
        ("[2019-05-20 16:35]", "2019-05-20T16:35:00"),
        ("| 19-07-01 |", "2019-07-01T00:00:00"),
        ("昨天", "2026-11-21T00:00:00"),
        ("前天 08:20", "2026-11-20T08:20:00"),
        ("2小时前", "2026-11-22T07:30:00"),
        ("半小时前", "2026-11-22T09:00:00"),
        ("3天前", "2026-11-19T00:00:00"),
        ("刚刚", "2026-11-22T09:30:00"),
        ("11-20", "2026-11-20T00:00:00"),
        ("12-31", "2025-12-31T00:00:00"),
        ("12月31日", "2025-12-31T00:00:00"),
        ("10-0812:00", "2026-10-08T12:00:00"),
        ("发布时间：10-08 12:00", "2026-10-08T12:00:00"),
        ("[日期：26-10-08]", "2026-10-08T00:00:00"),
        ("2026年10月8日（星期四）下午3:12", "2026-10-08T15:12:00"),
    ],
)
def test_f59_a_date_is_read_as_written(text, expected):
    """Each form that Chinese pages use is read, in Beijing time."""
    reading = read_date(text, now=NOW)

    assert expected == reading.value.astimezone(CHINA).replace(tzinfo=None).isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13-45",
        "2026年2月30日",
        "1970-01-01",
        "0000-00-00",
        "2027-01-01",
        "2026-11-25",
        "50124.2亿",
        "0351-3985088",
        "192.168.2024.1.1",
        "没有日期",
    ],
)
def test_f57_f58_a_date_is_never_invented(text):
    """No day of the calendar, too old, too far ahead or no date at all: nothing."""
    reading = read_date(text, now=NOW)

    assert reading is None


def test_f59_a_date_without_a_year_is_the_last_such_day():
    """A date without a year is the last such day before the time of fetching."""
    newyear = datetime(2026, 1, 2, tzinfo=CHINA)

    assert date(2025, 12, 31) == read_date("12月31日", now=newyear).value.date()


def test_what_leans_on_the_clock_says_so():
    """Relative and yearless dates are marked, full ones are not."""
    marks = {
        t: read_date(t, now=NOW).leans_on_clock for t in ("昨天", "11-20", "2026-11-20")
    }

    assert {"昨天": True, "11-20": True, "2026-11-20": False} == marks


def test_the_full_date_comes_first():
    """A full date is the surest, wherever it stands in the text."""
    forms = [reading.form for reading in find_dates("11-20 或 2026-11-19", now=NOW)]

    assert "full" == forms[0]


@given(
    DAYS,
    st.sampled_from(["{:%Y-%m-%d}", "{:%Y年%m月%d日}", "{:%Y/%m/%d}", "{:%Y.%m.%d}"]),
)
def test_any_day_survives_writing_and_reading(day, form):
    """What is written as a date is read as the same day."""
    reading = read_date("发布时间：" + form.format(day), now=NOW)

    assert day == reading.value.date()


@given(st.text(max_size=60))
def test_any_text_is_bounded(text):
    """Whatever the text, a reading is aware, plausible, and inside the text."""
    for reading in find_dates(text, now=NOW):
        assert reading.value.tzinfo is not None
        assert reading.value.year >= OLDEST_YEAR
        assert reading.value <= NOW + timedelta(hours=36)
        assert 0 <= reading.start < reading.end <= len(text)


@given(
    st.from_regex(
        r"[12][0-9]{3}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2} ?[0-9]{0,2}:?[0-9]{0,2}",
        fullmatch=True,
    )
)
def test_shapes_of_dates_never_raise(text):
    """A text shaped like a date is read or refused, never an error."""
    reading = read_date(text, now=NOW)

    assert reading is None or reading.value <= NOW + timedelta(hours=36)
