"""What raises an alarm, who is told, how often; and that the page shows it in red."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from config import load_settings
from newsroom.article import CHINA
from newsroom.health import Silence, expected_per_day
from newsroom.rules import Calendar, CalendarYear
from tests.workflow.lively import NO_SITES
from workflow.alarming import (
    Found,
    check_office,
    judge_backup,
    judge_disks,
    judge_edition,
)
from workflow.cli import run
from workflow.doctoring import examine
from workflow.machine import GIGABYTE
from workflow.morning import MorningPlan, run_morning
from workflow.office import Office
from workflow.office_state import STATE, read_state
from workflow.run_lock import run_lock
from workflow.watching import untold, upkeep_notes, watch, with_red

NOW = datetime(2026, 9, 21, 8, 0, tzinfo=CHINA)
DUE = time(8, 0)
HOLIDAY = frozenset(date(2026, 10, day) for day in range(1, 8))
DAILY = [date(2026, 6, 1) + timedelta(days=n) for n in range(90)]
CALENDAR = Calendar((CalendarYear(2026, HOLIDAY, frozenset({date(2026, 9, 20)})),))


def causes(found) -> list[str]:
    return [one.cause for one in found]


@pytest.mark.parametrize(
    ("now", "issued", "built", "wanted"),
    [
        ("2026-09-21T08:00", False, True, ["no_edition"]),
        ("2026-09-21T07:59", False, True, []),
        ("2026-09-21T08:00", True, True, []),
        ("2026-09-21T08:00", True, False, ["not_built"]),
        ("2026-09-20T09:00", False, True, ["no_edition"]),
        ("2026-09-19T09:00", False, True, []),
        ("2026-10-01T09:00", False, True, []),
    ],
)
def test_no_edition_at_eight_of_a_working_day_is_an_alarm(now, issued, built, wanted):
    """调休 Sundays count, Saturdays and holidays do not, nor the minute before."""
    moment = datetime.fromisoformat(now).replace(tzinfo=CHINA)
    found = judge_edition(moment, DUE, CALENDAR, issued=issued, built=built)

    assert wanted == causes(found)


@pytest.mark.parametrize(
    ("last", "first", "wanted"),
    [(3, 9, []), (3.1, 9, ["backup"]), (None, 9, ["backup"]), (None, 2, [])],
)
def test_d35_a_backup_older_than_three_days_is_an_alarm(last, first, wanted):
    """D35: also where there never was one, once the office is three days old."""
    made = None if last is None else NOW - timedelta(days=last)
    found = list(judge_backup(made, NOW - timedelta(days=first), "磁盘满", NOW))

    assert wanted == causes(found)
    assert all("（磁盘满）" in one.sentence for one in found)


def test_less_than_a_gigabyte_is_an_alarm():
    """Each disk is judged by itself, with what to do."""
    found = list(judge_disks({Path("/a"): GIGABYTE, Path("/b"): GIGABYTE - 1}))

    assert ["disk:/b"] == causes(found)
    assert "[store] folder" in found[0].sentence


def test_a_cause_is_told_once_a_day():
    """What was told today is not told again; tomorrow it is, and a new one at once."""
    one, other = Found("backup", "一"), Found("store", "二")
    told = {"backup": NOW.date()}

    assert (other,) == untold([one, other], told, NOW.date())
    assert (one,) == untold([one], told, NOW.date() + timedelta(days=1))


def test_d35_the_morning_page_shows_a_stale_backup_in_red(lively):
    """D35: three days without a backup stand as a red line in the internal report."""
    office = replace(lively.office, now=lively.office.now + timedelta(days=4))
    result = run_morning(office, NO_SITES, clock=lambda: office.now)

    assert any(n.startswith("🔴 告警：") and "备份" in n for n in result.report.notes)
    pages = (office.output / "internal").rglob("*.html")
    shown = [p for p in pages if "🔴 告警：" in p.read_text(encoding="utf-8")]
    assert shown
    public = (office.output / "public").rglob("*.html")
    assert not [p for p in public if "告警" in p.read_text(encoding="utf-8")]


def test_the_check_at_eight_has_a_code_a_state_and_a_red_page(lively, capsys):
    """No edition next day: code 20, state.json, the page of yesterday in red; mended
    when it is there."""
    office = lively.office
    arguments = ["-c", str(office.settings.file), "--as-of", "2026-09-22T08:00"]
    code = run(["alarm", *arguments])
    report = next((office.output / "internal").rglob("report*.html"), None)
    page = report or (office.output / "internal" / "index.html")
    all_pages = "".join(
        p.read_text(encoding="utf-8")
        for p in (office.output / "internal").rglob("*.html")
    )

    assert 20 == code
    assert "到 08:00 还没有编出简报" in capsys.readouterr().out
    assert page.is_file()
    assert "🔴 告警：9月22日到 08:00" in all_pages
    state = read_state(office.data)
    assert ["no_edition"] == [alarm.cause for alarm in state.alarms]
    assert '"schema": 1' in (office.data / STATE).read_text(encoding="utf-8")

    morning = replace(office, now=NOW + timedelta(days=1))
    run_morning(morning, NO_SITES, clock=lambda: morning.now)
    assert 0 == run(["alarm", *arguments])
    assert () == read_state(office.data).alarms


def test_since_when_something_is_wrong_is_kept(lively):
    """An alarm that stands for days keeps the time at which it was first seen."""
    first = replace(lively.office, now=NOW + timedelta(days=1))
    second = replace(lively.office, now=NOW + timedelta(days=1, hours=3))
    watch(first)
    watch(second)

    (alarm,) = read_state(first.data).alarms
    assert first.now == alarm.since
    assert second.now == read_state(first.data).checked_at


def test_a_damaged_store_is_an_alarm(lively):
    """D21: what cannot be opened is told, and nothing is made in its place."""
    office = lively.office
    file = office.data / "store.sqlite3"
    file.write_bytes(b"no database" * 1000)

    assert "store" in causes(check_office(office))
    assert b"no database" == file.read_bytes()[:11]


def test_the_check_up_tells_what_the_alarm_tells(lively):
    """Whoever is sent to gonghui doctor by a message finds its lines there."""
    late = replace(lively.office, now=NOW + timedelta(days=9))
    lines = [line for line in examine(late, None) if line.subject == "告警"]

    assert [one.sentence for one in check_office(late)] == [x.seen for x in lines]
    assert any("备份" in line.seen for line in lines)


def test_an_office_that_never_ran_is_told_of_its_missing_edition(office):
    """A new machine where the morning was never started raises the alarm too."""
    late = replace(office, now=NOW)

    assert ["no_edition"] == causes(check_office(late))
    assert not (late.data / "store.sqlite3").exists()


def test_a_run_at_work_is_not_disturbed(lively):
    """While a run holds the lock the check leaves the page to it."""
    office = replace(lively.office, now=NOW + timedelta(days=1))
    with run_lock(office.data, office.now):
        seen = watch(office)

    assert ["no_edition"] == causes(seen.found)


def test_a_state_that_is_damaged_is_begun_anew(office):
    """A torn or foreign state.json stops nothing."""
    office.data.mkdir()
    for text in ("{", "[]", '{"schema": 9}', '{"schema": 1, "told": 5}'):
        (office.data / STATE).write_text(text, encoding="utf-8")

        assert () == read_state(office.data).alarms


def test_the_report_asks_for_next_years_holidays_from_december(office):
    """From 1 December the report asks for the next year's table."""

    def notes(at):
        then = replace(office, now=at)
        with then.store() as store:
            return "".join(upkeep_notes(then, store))

    assert "放假安排" not in notes(datetime(2026, 11, 30, 6, tzinfo=CHINA))
    assert "2027 年放假安排还没有填" in notes(datetime(2026, 12, 1, 6, tzinfo=CHINA))


def test_red_lines_come_first_and_go_when_mended():
    """The report keeps its other notes in their order."""
    notes = ("🔴 告警：旧", "补收了上次中断的采集")

    assert ("🔴 告警：新", "补收了上次中断的采集") == with_red(
        notes, [Found("a", "新")]
    )
    assert ("补收了上次中断的采集",) == with_red(notes, [])


def test_a_source_silent_beyond_its_rhythm_is_an_alarm(lively, monkeypatch):
    """By the same judgment as the sources' health, with the command that says why."""
    silence = Silence(9, expected_per_day(DAILY, until=DAILY[-1], calendar=CALENDAR))
    asked = []

    def find(_store, source_id, today, _calendar):
        asked.append((source_id, today))
        return silence

    monkeypatch.setattr("workflow.alarming.find_silence", find)
    found = check_office(lively.office)

    assert [("lanmu", NOW.date())] == asked
    assert ["silent:lanmu"] == causes(found)
    assert "样板工会网：9天无新稿" in found[0].sentence
    assert "gonghui sources check lanmu" in found[0].sentence


def test_the_test_message_needs_somebody_to_tell(config_file, capsys):
    """--test without [alarm] says which keys to set."""
    assert 1 == run(["alarm", "--test", "-c", str(config_file)])
    assert "[alarm] 里没有写发给谁：写上 mail_to 或 robot" in capsys.readouterr().err


def test_a_light_run_checks_as_well(lively):
    """A crawl without an edition carries the notes of upkeep in its report."""
    office = replace(lively.office, now=NOW + timedelta(days=5, hours=8))
    plan = MorningPlan(only=("jcbs",), issue=False)
    result = run_morning(office, plan, clock=lambda: office.now)

    assert any("备份" in note for note in result.report.notes)


def test_settings_may_be_renamed_between(lively):
    """A backup folder set anew has no backups; a noted one that is gone counts not."""
    office = lively.office
    text = office.settings.file.read_text(encoding="utf-8")
    file = office.settings.file
    file.write_text(text + '\n[backup]\nfolder = "elsewhere"\n', encoding="utf-8")
    moved = Office(load_settings(file), NOW + timedelta(days=9))
    shutil.rmtree(office.data / "backups", ignore_errors=True)

    assert "backup" in causes(check_office(moved))


def test_an_office_that_backs_up_in_its_own_way_is_not_nagged(lively):
    """With [schedule] backup = "" and none of our backups there is no such alarm."""
    file = lively.office.settings.file
    text = file.read_text(encoding="utf-8")
    later = NOW + timedelta(days=9)
    before = causes(check_office(Office(load_settings(file), later)))
    file.write_text(text + '\n[schedule]\nbackup = ""\n', encoding="utf-8")
    after = causes(check_office(Office(load_settings(file), later)))

    assert "backup" in before
    assert "backup" not in after
