"""Times of day and the yearly table: a clerk's mistakes, told with the mend."""

from __future__ import annotations

import shutil
from datetime import time
from pathlib import Path

import pytest

from config import SettingsFault, advice, load_settings

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
[office]
name = "临河县总工会"
short_name = "临河工会"
place = "临河"
city = "东原"

[edition]
due = "08:00"

[schedule]
morning = "06:00"

[crawl]
user_agent = "GonghuiTest/1.0 (+mailto:test@example.org)"

[[calendar]]
year = 2026
holidays = ["2026-10-01 至 2026-10-07"]
workdays = ["2026-10-10"]

[[sources]]
id = "jcbs"
name = "镇街基层报送"
tier = "zhen"
kind = "local"
"""


@pytest.fixture
def load(tmp_path):
    """Loads the settings with one place changed."""
    shutil.copytree(ROOT / "config", tmp_path / "config")

    def read(before: str, after: str):
        assert before in SETTINGS
        file = tmp_path / "config.toml"
        file.write_text(SETTINGS.replace(before, after), encoding="utf-8")
        return load_settings(file)

    return read


@pytest.mark.parametrize("hour", ["6", "6.5", '"24:00"', '"六点"', '"06.00"'])
def test_what_is_no_time_of_day_is_told(load, hour):
    """A bare 6 is not six seconds after midnight."""
    with pytest.raises(SettingsFault) as told:
        load('"06:00"', hour)

    (fault,) = told.value.faults
    assert ("schedule.morning", 12) == (fault.key, fault.line)
    assert '"08:00"' in fault.mend


def test_a_time_may_lack_its_zero(load):
    """ "6:00" is what people write."""
    assert time(6) == load('"06:00"', '"6:00"').schedule.morning


def test_a_morning_after_its_time_is_advised_against(load):
    """It stops nothing; the check-up says which of the two to move."""
    late = advice(load('"06:00"', '"09:00"'))

    assert any("09:00 才开始" in one.found for one in late)
    assert not any("才开始" in one.found for one in advice(load('"06:00"', '"07:59"')))


@pytest.mark.parametrize(
    ("before", "after", "mend"),
    [
        ("[[calendar]]", "[calendar]", "改成 [[calendar]]"),
        ("2026-10-01 至", "2026-02-30 至", "2026-10-01 至 2026-10-07"),
        ("2026-10-01 至 2026-10-07", "10月1日", "写成 2026-10-01"),
        ("2026-10-01 至 2026-10-07", "2026-10-07 至 2026-10-01", "起止"),
        ("2026-10-01 至", "2025-10-01 至", "改对"),
        ('"2026-10-10"', '"2026-10-03"', "删掉"),
        ('"2026-10-10"', '"2026-10-12"', "改对日期"),
        ("year = 2026", 'year = "2026年"', "写数字"),
    ],
)
def test_a_mistake_in_the_calendar_has_its_mend(load, before, after, mend):
    """One bracket too few, days that are none, the wrong way round, both at once."""
    with pytest.raises(SettingsFault) as told:
        load(before, after)

    (fault,) = told.value.faults
    assert fault.key.startswith("calendar")
    assert mend in fault.mend


def test_choices_are_told_in_one_way(load):
    """「、」 between all of them."""
    robot = '"08:00"\n[alarm]\nrobot = "wechat"\nrobot_address_env = "A"'
    with pytest.raises(SettingsFault, match='"wecom"、"dingtalk"、"feishu"'):
        load('"08:00"', robot)
