"""The computer's clock against the time that servers tell with their answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from newsroom.article import CHINA
from tests.crawler import hostile
from tests.workflow.many_sites import NOW, site
from workflow.alarming import CLOCK, check_office
from workflow.clock_check import (
    STANDS,
    Heard,
    agreed,
    judge_clock_by,
    note_clock,
    standing_doubt,
)
from workflow.doctoring import examine
from workflow.office_state import STATE
from workflow.verdict import Verdict

MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
LONG_AGO = "Sat, 01 Jan 2000 00:00:00 GMT"
MORNING = datetime(2026, 11, 22, 6, 0, tzinfo=CHINA)


def heard(*ahead):
    return [Heard(f"site{number}", value) for number, value in enumerate(ahead)]


@pytest.mark.parametrize(
    ("ahead", "wanted"),
    [
        ([], None),
        ([HOUR], None),
        ([HOUR, HOUR + 4 * MINUTE], HOUR + 4 * MINUTE),
        ([HOUR, HOUR + 6 * MINUTE], None),
        ([HOUR, HOUR, timedelta(), timedelta()], None),
        ([HOUR, HOUR, HOUR, timedelta()], HOUR),
        ([-DAY, HOUR, HOUR + MINUTE, HOUR + 2 * MINUTE], HOUR + MINUTE),
    ],
)
def test_what_most_servers_agree_on(ahead, wanted):
    """Two at least, within five minutes, and more than half of all."""
    assert wanted == agreed(ahead)


@pytest.mark.parametrize("ahead", [timedelta(), 9 * MINUTE, -10 * MINUTE])
def test_ten_minutes_are_no_matter(ahead):
    """A clock that is a few minutes off puts no news on another day."""
    assert "" == judge_clock_by(heard(ahead, ahead), MORNING)


def test_one_server_alone_accuses_nobody():
    """Nothing is said, and what was known before stays."""
    assert judge_clock_by(heard(DAY), MORNING) is None
    assert judge_clock_by([Heard("a", DAY), Heard("a", DAY)], MORNING) is None
    assert judge_clock_by(heard(), MORNING) is None


def test_servers_that_do_not_agree_accuse_nobody():
    """Each of them may be wrong; the clock is not known to be."""
    assert "" == judge_clock_by(heard(HOUR, DAY, -HOUR), MORNING)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (25 * MINUTE, ["慢了约 25 分钟", "是北京时间 2026-11-22 06:25"]),
        (8 * HOUR + MINUTE, ["慢了约 8 小时", "像是时区设错了"]),
        (-3 * HOUR - 20 * MINUTE, ["快了约 3 小时", "电脑上是 2026-11-22 06:00"]),
        (-1500 * DAY, ["快了约 1500 天", "2022-10-14"]),
    ],
)
def test_a_wrong_clock_is_told_with_its_mend(ahead, words):
    """How wrong, what time it is, and how to set it right."""
    told = judge_clock_by(heard(ahead, ahead + MINUTE, ahead), MORNING)

    assert [word for word in words if word not in told] == []
    assert "自动对时" in told
    assert ("时区" in told) == (8 * HOUR < ahead < 9 * HOUR)


def test_certificates_that_all_fail_are_the_clock():
    """A clock that is years wrong meets no valid certificate, and so no Date."""
    bad = [Heard(name, None, is_secure=True, is_distrusted=True) for name in "ab"]
    good = Heard("c", None, is_secure=True)

    assert "证书全都不可信" in judge_clock_by([*bad, Heard("d", None)], MORNING)
    assert judge_clock_by([*bad, good], MORNING) is None
    assert judge_clock_by(bad[:1], MORNING) is None


def dated(pages, date):
    """The same site, whose server tells this time."""
    return {
        path: hostile.page(body, headers=[("Date", date)])
        for path, body in pages.items()
    }


def test_a_wrong_clock_is_a_red_line_an_alarm_and_a_line_of_the_doctor(many):
    """Told in report, state and check-up; gone when the servers' time agrees."""
    office = many(dated(site("aa"), LONG_AGO) | dated(site("bb"), LONG_AGO), "aa", "bb")
    settings = office.office.settings
    other = settings.sources[1].urls[0].replace("127.0.0.1", "localhost")
    moved = settings.sources[1].model_copy(update={"urls": (other,)})
    settings = settings.model_copy(update={"sources": (settings.sources[0], moved)})
    office.office = replace(office.office, settings=settings)

    report = office.morning().report

    assert any(note.startswith("🔴 告警：电脑的时钟快了") for note in report.notes)
    pages = (office.office.output / "internal").rglob("*.html")
    assert any("🔴 告警：电脑的时钟快了" in p.read_text("utf-8") for p in pages)
    assert CLOCK in [found.cause for found in check_office(office.office)]
    assert "clock_off" in (office.office.data / STATE).read_text(encoding="utf-8")
    lines = [x for x in examine(office.office, NOW) if x.subject == "时钟"]
    assert [Verdict.MEND] == [line.verdict for line in lines]

    note_clock(office.office, heard(timedelta(), MINUTE))
    assert CLOCK not in [found.cause for found in check_office(office.office)]


def test_a_note_stands_until_the_clock_was_set_or_three_days_are_over(office):
    """Who set a fast clock back is not told of it again before the next crawl."""
    note_clock(office, heard(-DAY, -DAY))

    assert standing_doubt(office)
    assert "" == standing_doubt(replace(office, now=office.now - DAY))
    assert standing_doubt(replace(office, now=office.now + STANDS))
    assert "" == standing_doubt(replace(office, now=office.now + STANDS + MINUTE))


def test_when_nobody_tells_the_note_stays(office):
    """A morning without any answer mends no clock."""
    note_clock(office, heard(-DAY, -DAY))
    note_clock(office, heard())

    assert standing_doubt(office)
