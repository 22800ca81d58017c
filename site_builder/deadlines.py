"""A calendar to subscribe to: the office's 报送 dates and what each month is for.

Nothing here is made up: dates are those of 今日提示, months those of the topics.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from newsroom.reminder import Reminder
from site_builder.files import TextFile
from site_builder.links import Address, Kind
from site_builder.shown import Shown

_MONTHS = 12
_TERM = re.compile(r"截止|截稿|截至|报送|申报|上报|补报|报名|前[报交]")


def deadlines_file(shown: Shown) -> TextFile:
    """The calendar as iCalendar (RFC 5545)."""
    site, office = shown.given.site, shown.given.office
    calendar = Calendar()
    calendar.add("prodid", f"-//{office.name}//gonghui//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{site.title}：报送日历")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    for event in (*_last_days(shown), *_seasons(shown)):
        calendar.add_component(event)
    return TextFile(Address(Kind.DEADLINES), calendar.to_ical().decode())


def _last_days(shown: Shown) -> Iterator[Event]:
    for reminder in shown.given.reminders:
        name = f"{reminder.text}/{reminder.until.isoformat()}"
        yield _event(shown, name, _words(reminder), reminder.until, reminder.since)


def _words(reminder: Reminder) -> str:
    """A term is said to end; of a holiday that day is only the last to tell it."""
    before = "最后一天：" if _TERM.search(reminder.text) else ""
    return before + reminder.text


def _seasons(shown: Shown) -> Iterator[Event]:
    """On the first day of each month of the newest edition's year: its topics."""
    if not shown.days:
        return
    year = shown.by_now[0].day.year
    for month in range(1, _MONTHS + 1):
        names = [t.name for t in shown.given.topics if month in t.months]
        if names:
            day = date(year, month, 1)
            words = f"{month}月报送选题：{'、'.join(names)}"
            yield _event(shown, f"season/{day.isoformat()}", words, day, day)


def _event(shown: Shown, name: str, words: str, day: date, told: date) -> Event:
    event = Event()
    place = f"gonghui/{shown.given.office.name}/{name}"
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, place)))
    # When it was told, not when it was built: the same dates give the same bytes.
    event.add("dtstamp", datetime.combine(told, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", words)
    event.add("transp", "TRANSPARENT")
    return event
