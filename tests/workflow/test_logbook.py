"""The log of a run: a line an event, short, without secrets, kept for thirty days."""

from __future__ import annotations

import json
import logging
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.article import CHINA
from workflow.logbook import (
    FIELD_BYTES,
    HIDDEN,
    Logbook,
    cut,
    prune_logs,
    read_log,
    redact,
)
from workflow.named_secrets import office_secrets
from workflow.office import open_office

NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)


def clock() -> datetime:
    return NOW


def test_an_event_is_a_line_of_json(tmp_path):
    """Each event is one line with its time; what libraries warn of is among them."""
    with Logbook.open(tmp_path, "morning", clock) as log:
        log.note("step", step="采集", done=3, losses=[{"fault": "down"}], none=None)
        logging.getLogger("crawler.x").warning("slow %s", "host")

    first, second = read_log(log.file)
    assert log.file.name.startswith("20260921-060000-morning-")
    assert {
        "at": "2026-09-21T06:00:00+08:00",
        "event": "step",
        "step": "采集",
        "done": 3,
        "losses": [{"fault": "down"}],
        "none": None,
    } == first
    assert (second["logger"], second["text"]) == ("crawler.x", "slow host")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://q.example.cn/send?key=0a1b-2c3d&x=1", "0a1b-2c3d"),
        ("https://o.example.cn/robot/send?access_token=abcdef", "abcdef"),
        ("&timestamp=1&sign=YWJj%3D", "YWJj"),
        ("https://f.example.cn/open-apis/bot/v2/hook/11-22-33", "11-22-33"),
        ("ftp://office:hunter2@host.example.cn/x", "hunter2"),
        ("Authorization: Bearer abc.def-ghi", "abc.def"),
        ('{"password": "p@ss w"}', "p@ss"),
        ("mail_password='geheim99'", "geheim99"),
        ("联系电话13800138000。", "13800138000"),
        ("身份证11010519491231002X", "19491231"),
    ],
)
def test_what_looks_like_a_secret_is_not_written(text, secret):
    """Keys, tokens, passwords, robot addresses and persons' numbers are hidden."""
    assert secret not in redact(text)


def test_a_known_secret_is_hidden_wherever_it_stands(tmp_path):
    """The secrets of the settings are cleared from every field, nested ones too."""
    log = Logbook.open(tmp_path, "alarm", clock, ["xiangyang-2026"])
    log.note("failed", trace="at xiangyang-2026", more=[{"a": "xiangyang-2026!"}])

    text = log.file.read_text(encoding="utf-8")
    assert "xiangyang" not in text
    assert 2 == text.count(HIDDEN)


def test_plain_words_stay_as_they_are():
    """An ordinary sentence with an address and figures is left alone."""
    sentence = (
        "样板工会网：http://union.example.cn/xw/2026/1.html 打不开（2026-09-21，3 次）"
    )

    assert sentence == redact(sentence)


def test_a_field_is_two_kilobytes_at_most(tmp_path):
    """A long text is cut at a whole character, and the line stays JSON."""
    log = Logbook.open(tmp_path, "morning", clock)
    log.note("failed", trace="工" * 100_000)

    (event,) = read_log(log.file)
    assert len(event["trace"].encode()) <= FIELD_BYTES
    assert event["trace"].endswith("工…")
    assert "短" == cut("短")


def test_d40_logs_are_kept_thirty_days_and_within_their_size(tmp_path):
    """D40: old logs go first, then the oldest beyond the size."""
    for days in range(40):
        name = f"{NOW - timedelta(days=days):%Y%m%d}-060000-morning-1.jsonl"
        (tmp_path / name).write_bytes(b"x" * 100)

    removed = prune_logs(tmp_path, date(2026, 9, 21), most=2000)

    left = sorted(file.name[:8] for file in tmp_path.iterdir())
    assert 20 == removed
    assert ("20260902", "20260921") == (left[0], left[-1])


def test_d40_what_only_has_the_name_of_a_log_stops_no_run(tmp_path):
    """D40: folders, dangling links and strangers' files among the logs do no harm."""
    folder = tmp_path / "logs"
    (folder / "20200101-000000-morning-1.jsonl").mkdir(parents=True)
    (folder / "20200102-000000-morning-1.jsonl").symlink_to(tmp_path / "nowhere")
    (folder / "20200103-000000-morning-1.jsonl").write_bytes(b"x")

    Logbook.open(tmp_path, "morning", clock).note("step")

    left = sorted(file.name[:8] for file in folder.iterdir())
    assert ["20200101", "20200102", "20260921"] == left


def test_d40_a_log_that_cannot_be_removed_stops_no_run(tmp_path, monkeypatch):
    """D40: one that another program holds stays, the others go."""
    for day in (1, 2):
        (tmp_path / f"2020010{day}-000000-morning-1.jsonl").write_bytes(b"x")
    remove = Path.unlink

    def unlink(file: Path) -> None:
        if file.name.startswith("20200102"):
            raise PermissionError(13, "used by another process")
        remove(file)

    monkeypatch.setattr(Path, "unlink", unlink)

    assert 1 == prune_logs(tmp_path, date(2026, 9, 21))
    assert ["20200102"] == [file.name[:8] for file in tmp_path.iterdir()]


def test_d40_logs_of_more_than_thirty_days_go_however_small_they_are(tmp_path):
    """D40: of forty days the last thirty stay, and today's."""
    for days in range(40):
        name = f"{NOW - timedelta(days=days):%Y%m%d}-060000-morning-1.jsonl"
        (tmp_path / name).write_bytes(b"x")

    removed = prune_logs(tmp_path, NOW.date())

    left = sorted(file.name[:8] for file in tmp_path.iterdir())
    assert 9 == removed
    assert ("20260822", "20260921") == (left[0], left[-1])


def test_d40_a_new_log_finds_room_within_the_size(tmp_path, monkeypatch):
    """D40: what a run may write is made free before it begins: 200 MB in all."""
    monkeypatch.setattr("workflow.logbook.RUN_BYTES", 1000)
    monkeypatch.setattr("workflow.logbook.KEPT_BYTES", 2000)
    folder = tmp_path / "logs"
    folder.mkdir()
    for day in range(1, 20):
        (folder / f"202609{day:02}-060000-morning-1.jsonl").write_bytes(b"x" * 100)

    Logbook.open(tmp_path, "morning", clock)

    assert 1000 == sum(file.stat().st_size for file in folder.iterdir())


SECTIONS = """
[alarm]
robot = "wecom"
robot_address_env = "T_ROBOT"

[mail]
host = "smtp.example.org"
sender = "gonghui@example.org"
user = "gonghui"
password_env = "T_MAIL"

[mail_door]
host = "imap.example.org"
user = "gonghui"
password_file = "secret.txt"

[[hosts]]
name = "wang"
kind = "s3"
bucket = "b"
address = "https://s3.example.org"
key_id_env = "T_KEY_ID"
secret_env = "T_SECRET"
"""


def test_no_secret_of_any_section_reaches_a_log(config_file, monkeypatch):
    """Mail, mail door, robot and hosts: what a key names is cleared from every log."""
    said = {"T_ROBOT": "https://r.example/?key=robotkey-1", "T_MAIL": "mail-pass-2"}
    said |= {"T_KEY_ID": "AKID-four", "T_SECRET": "s3-secret-5"}
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    config_file.with_name("secret.txt").write_text("imap-pass-3\n", encoding="utf-8")
    config_file.write_text(config_file.read_text("utf-8") + SECTIONS, encoding="utf-8")
    office = open_office(config_file, "2026-09-21T06:00")

    with Logbook.open(office.data, "morning", clock, office_secrets(office)) as log:
        log.note("loss", sentence=f"登录失败：{said}、imap-pass-3、robotkey-1")

    text = log.file.read_text("utf-8")
    assert [] == [v for v in (*said.values(), "imap-pass-3", "robotkey-1") if v in text]


def test_d40_one_run_cannot_fill_the_folder(tmp_path, monkeypatch):
    """D40: a run that never stops complaining is cut off."""
    monkeypatch.setattr("workflow.logbook.RUN_BYTES", 3000)
    log = Logbook.open(tmp_path, "morning", clock)
    for _ in range(500):
        log.note("loss", sentence="又错了")

    assert log.file.stat().st_size < 3200


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    """D10: on a full or read-only disk the run goes on without its log."""
    (tmp_path / "logs").write_text("in the way", encoding="utf-8")

    Logbook(tmp_path / "logs" / "x.jsonl", clock).note("step")

    assert (tmp_path / "logs").is_file()


def test_a_line_cut_off_by_a_crash_is_left_out(tmp_path):
    """Reading a log after a crash gives the whole lines."""
    log = Logbook.open(tmp_path, "morning", clock)
    log.note("start")
    with log.file.open("a", encoding="utf-8") as out:
        out.write('{"at": "20')

    assert ["start"] == [event["event"] for event in read_log(log.file)]
    assert json.loads(log.file.read_text(encoding="utf-8").splitlines()[0])
