"""Editors hear of new submissions: one message at each set time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from desk.office import open_desk, the_desk
from workflow.desk_notice import last_moment, tell_of_new
from workflow.desk_work import work_off

TIMES = (time(9, 0), time(16, 30))


@pytest.fixture
def told(house):
    """Tells of what is new at a time; gives the messages so far."""
    settings = house.office.settings
    alarm = settings.alarm.model_copy(update={"mail_to": ("office@example.org",)})
    desk = settings.desk.model_copy(update={"notice_at": TIMES})
    settings.__dict__.update(alarm=alarm, desk=desk)
    sent = []

    def tell(at):
        tell_of_new(
            house.office,
            house.store,
            now=at,
            send=lambda _office, _subject, words: sent.append(words) or (),
        )
        return list(sent)

    return tell


def test_what_came_is_told_once_at_its_time(house, told):
    """Counted by unit, without titles or names; the second look says nothing."""
    house.number()
    house.number(unit="ds", title="第二件事")
    early = told(house.clock() + timedelta(minutes=30))
    at_nine = told(house.clock() + timedelta(hours=1, minutes=2))
    again = told(house.clock() + timedelta(hours=3))
    (words,) = at_nine

    assert [] == early
    assert "收件箱有新稿：2 篇等着初审（" in words
    assert {"安福寺镇 1", "董市镇 1"} <= set(re.split("[（、）]", words))
    assert "清凉包" not in words
    assert at_nine == again


def test_what_was_judged_meanwhile_is_not_told(house, told):
    """Only what still waits."""
    number = house.number()
    house.act("editor", number, "sign")

    assert [] == told(house.clock() + timedelta(hours=2))


def at_nine(house):
    """The house at a quarter past nine, when the first message has gone."""
    house.clock.on(hours=1, minutes=15)


def mend(house, number):
    told = {"title": "补好了", "version": house.store.review(number).version}
    told["text"] = f"{house.text}\n受益职工1200人。"
    house.browser().post(f"/s/{house.links['afs']}/r/{number}/mend", told)


def test_what_was_checked_after_the_set_time_is_told_the_next_time(
    house, told, picture
):
    """It came before nine, but its photo kept the checks until after nine."""
    held = []
    acts = the_desk().acts
    open_desk(replace(the_desk(), acts=replace(acts, work=lambda: held.append(1))))
    house.number(photo=picture())
    at_nine(house)
    first = told(house.clock())
    work_off(house.office, house.store, now=house.clock)
    (words,) = told(house.clock() + timedelta(hours=8))

    assert [] == first
    assert "1 篇等着初审（安福寺镇 1）。" in words


def test_what_was_mended_is_told_again(house, told):
    """The editor sent it back in the morning; the town answered."""
    number = house.number()
    told(house.clock() + timedelta(hours=1, minutes=2))
    at_nine(house)
    house.act("editor", number, "return", reason="result", questions="多少人？")
    mend(house, number)
    _, words = told(house.clock() + timedelta(hours=8))

    assert "1 篇等着初审（安福寺镇 1），其中补充后重报 1。" in words


def test_an_appeal_is_told(house, told):
    """A town asks for another look at what was declined."""
    number = house.number()
    told(house.clock() + timedelta(hours=1, minutes=2))
    at_nine(house)
    house.act("editor", number, "decline", reason="late")
    asked = {"mark": house.store.review(number).mark, "words": "补了数字"}
    house.browser().post(f"/s/{house.links['afs']}/r/{number}/appeal", asked)
    _, words = told(house.clock() + timedelta(hours=8))

    assert "其中请再看一次 1" in words


def test_what_the_desk_opened_itself_is_not_told(house, told):
    """An editor's change opens the review again; nobody need hear of that."""
    number = house.number()
    told(house.clock() + timedelta(hours=1, minutes=2))
    at_nine(house)
    house.act("editor", number, "sign")
    house.act("reviewer", number, "edit", title="改题", text=house.text)
    said = told(house.clock() + timedelta(hours=8))

    assert "checked" == house.state(number)
    assert 1 == len(said)


def test_what_is_the_chairs_is_in_no_message(house, told):
    """Class C stands in no count of others."""
    house.number(text=house.text + "\n本文为内部参阅。")

    assert [] == told(house.clock() + timedelta(hours=2))


def test_nobody_to_tell_is_no_fault(house):
    """Without [alarm] nothing is sent."""
    assert () == tell_of_new(house.office, house.store, now=house.clock())


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-09-21T08:59+08:00", "2026-09-18T16:30+08:00"),
        ("2026-09-21T09:00+08:00", "2026-09-21T09:00+08:00"),
        ("2026-09-21T23:00+08:00", "2026-09-21T16:30+08:00"),
        ("2026-10-05T12:00+08:00", "2026-09-30T16:30+08:00"),
    ],
)
def test_the_last_set_time_of_a_working_day(house, now, moment):
    """Weekends and holidays are passed over."""
    calendar = house.office.settings.rules.calendar
    found = last_moment(TIMES, datetime.fromisoformat(now), calendar)

    assert datetime.fromisoformat(moment) == found
