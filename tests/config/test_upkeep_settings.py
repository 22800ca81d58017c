"""The sections of upkeep: what an alarm needs, and that no secret stands in them."""

from __future__ import annotations

from datetime import time

import pytest
from pydantic import ValidationError

from config import AlarmSettings, BackupSettings, ScheduleSettings
from config_forms import MailSettings
from config_mail_door import MailDoorSettings


def told(**keys) -> str:
    with pytest.raises(ValidationError) as fault:
        AlarmSettings(**keys)
    return str(fault.value.errors()[0]["ctx"])


def test_an_office_that_sets_nothing_runs_at_six_and_backs_up_at_night():
    """The defaults are the times of the domain; the light run is off."""
    schedule = ScheduleSettings.model_validate({"light": ""})

    assert (time(6), None, time(22)) == (
        schedule.morning,
        schedule.light,
        schedule.backup,
    )
    assert BackupSettings().keep == 14


@pytest.mark.parametrize(
    ("keys", "mend"),
    [
        ({"mail_to": ("a@b.cn",)}, "mail_host"),
        ({"mail_to": ("a@b.cn",), "mail_host": "h"}, "mail_from"),
        ({"mail_to": ("张三",)}, "邮箱地址"),
        ({"mail_user": "u"}, "mail_password_env"),
        ({"mail_user": "u", "mail_security": "none"}, "加密"),
        ({"robot": "wecom"}, "robot_address_env"),
    ],
)
def test_a_half_set_alarm_names_the_key_that_lacks(keys, mend):
    """An alarm that could not be sent is a fault of the settings, with its key."""
    assert mend in told(**keys)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        (AlarmSettings, "mail_from", "工会之声 <a@b.cn>"),
        (AlarmSettings, "mail_host", "https://smtp.example.cn"),
        (AlarmSettings, "mail_host", "smtp.example.cn:465"),
        (AlarmSettings, "mail_host", "smtp example.cn"),
        (MailSettings, "sender", "工会之声"),
        (MailSettings, "host", "smtp.example.cn:465"),
        (MailDoorSettings, "host", "imaps://imap.example.cn"),
    ],
)
def test_an_address_or_server_that_is_none_names_its_key(section, key, value):
    """Not the section alone, and not only when the first message fails."""
    with pytest.raises(ValidationError) as fault:
        section(**{key: value})

    assert [(key,)] == [error["loc"] for error in fault.value.errors()]


@pytest.mark.parametrize("name", ["", "smtp.example.cn", "mail-1", "127.0.0.1", "::1"])
def test_a_mail_server_has_a_bare_name(name):
    """A name of the office's network and an address of any kind are taken."""
    assert name == AlarmSettings(mail_host=name).mail_host


def test_a_secret_in_place_of_its_variable_is_not_repeated():
    """Who writes the robot's address where its variable's name goes is told so."""
    fault = told(robot="wecom", robot_address_env="https://q.example.cn/send?key=abc")

    assert "环境变量" in fault
    assert "abc" not in fault
