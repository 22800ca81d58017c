"""The paper path: a form fit to be filed, the day on it, and what the log says."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def number(house):
    """A story that waits for the leader's signature."""
    number = house.number()
    for who in ("editor", "reviewer"):
        house.act(who, number, "sign")
    return number


def sign(house, number, day, **more):
    told = {"signer": "向书平", "signed_on": day, "confirm": "yes"}
    return house.act("editor", number, "paper", **(told | more)).content.decode()


def test_the_form_names_days_with_their_year(house, number):
    """A paper that is kept says which year; place and day of the matter too."""
    form = house.browser("editor").get(f"/desk/s/{number}/form").content.decode()

    assert "何文　2026年9月21日　同意" in form
    assert "2026年9月18日 安福寺食品工业园" in re.sub(r"\s+", " ", form)


@pytest.mark.parametrize("day", ["", "明天", "2026-09-22", "2026-09-01"])
def test_the_day_on_the_paper_must_be_one(house, number, day):
    """None, a day to come and one before the story came are refused."""
    page = sign(house, number, day)

    assert "second_ok" == house.state(number)
    assert "签字日期" in page


def test_the_log_says_that_there_is_a_photo_and_not_its_name(house, number, picture):
    """Sixty letters of a file name are nothing to read."""
    page = sign(house, number, "2026-09-21", scan=picture())
    history = page.partition('id="h-history"')[2]

    assert "纸面签字，2026-09-21，何文登记，有纸表照片）" in history
    assert "看签好的纸表" in history
