"""The check-up: what is well, what to mind, what to mend, and the exit code."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config import load_settings
from newsroom.article import CHINA
from newsroom.report import RunReport
from newsroom.source import SourceReport, SourceState
from workflow.cli import run
from workflow.doctoring import (
    examine,
    judge_aside,
    judge_calendar,
    judge_source,
    judge_sources,
)
from workflow.machine import (
    GIGABYTE,
    is_remote,
    judge_clock,
    judge_disk,
    judge_folder,
    judge_fonts,
    newest_time,
)
from workflow.office import Office
from workflow.verdict import Verdict

NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)


def doctor(config_file: Path, *more: str) -> int:
    return run(["doctor", "-c", str(config_file), "--as-of", "2026-09-21", *more])


def seen(office: Office, subject: str) -> list[tuple[Verdict, str]]:
    lines = examine(office, None)
    return [(line.verdict, line.seen) for line in lines if line.subject == subject]


def test_a_fresh_office_has_nothing_to_mend(config_file, capsys):
    """A new office is fit to run: code 0, and the check-up makes no store."""
    code = doctor(config_file)
    shown = capsys.readouterr().out

    assert code == 0
    assert "要修" not in shown
    assert "待定工会网" in shown
    assert not (config_file.parent / "data").exists()


def test_faulty_settings_are_all_named_with_their_mend(config_file, capsys):
    """Every fault of the settings is a line with its mend, and the code is 10."""
    text = config_file.read_text(encoding="utf-8")
    text = text.replace('city = "宜昌"\n', "").replace("retry_delays", "retry_delay")
    config_file.write_text(text, encoding="utf-8")
    code = doctor(config_file)
    shown = capsys.readouterr().out

    assert code == 10
    assert "office.city" in shown
    assert "retry_delay" in shown


def test_a_line_that_is_no_setting_is_named_by_its_number(config_file, capsys):
    """A quote typed in Chinese: the line, and no empty name of a setting."""
    text = config_file.read_text(encoding="utf-8")
    config_file.write_text(f"{text}\nfolder = “x”\n", encoding="utf-8")

    run(["doctor", "--config", str(config_file)])

    told = "".join(capsys.readouterr().out.split())
    assert "行：有中文（全角）符号“" in told


def test_no_settings_at_all_is_a_line_too(tmp_path, capsys):
    """Where there is no config.toml the check-up says how to find it."""
    assert doctor(tmp_path / "none.toml") == 10
    assert "没有找到设置文件" in capsys.readouterr().out


def test_a_damaged_store_is_to_mend(config_file, capsys):
    """A damaged store is told with what to do, and the code is 10."""
    data = config_file.parent / "data"
    data.mkdir()
    (data / "store.sqlite3").write_bytes(b"no database" * 1000)
    code = doctor(config_file)

    assert code == 10
    assert "损坏" in capsys.readouterr().out


def test_a_file_in_place_of_the_output_folder_is_to_mend(config_file, capsys):
    """An output that cannot be written is told with its path."""
    (config_file.parent / "output").write_text("x", encoding="utf-8")
    code = doctor(config_file)

    assert code == 10
    assert "不是文件夹" in capsys.readouterr().out


def test_placeholders_are_minded_not_mended(make_config, capsys):
    """What stops a release only is to mind: the internal edition comes out."""
    code = doctor(make_config(icp="鄂ICP备########号"))
    shown = capsys.readouterr().out

    assert code == 0
    assert "office.icp" in shown


def test_sources_tell_their_last_visit(office):
    """Each source tells its state and when it last gave something."""
    report = SourceReport(
        "lanmu",
        "样板工会网",
        "枝江",
        SourceState.DOWN,
        last_good=NOW - timedelta(days=2),
    )
    with office.store() as store:
        run_id = store.start_run(NOW.date(), NOW)
        store.end_run(run_id, RunReport(NOW.date(), NOW, NOW, (report,)))

    assert (Verdict.MIND, "样板工会网：打不开，最近一次成功是前天") in seen(
        office, "来源"
    )
    assert any("上次早晨任务 2026-09-21" in words for _, words in seen(office, "稿库"))


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        (None, Verdict.GOOD),
        ((SourceState.NORMAL, NOW), Verdict.GOOD),
        ((SourceState.CHANGED, NOW), Verdict.MIND),
        ((SourceState.DOWN, None), Verdict.MIND),
    ],
)
def test_a_source_that_fails_is_minded(last, verdict):
    """A failing source is to mind: it costs its own news only."""
    assert judge_source("样板工会网", last, NOW).verdict is verdict


def test_no_source_at_all_is_to_mend(config_file):
    """Without one enabled source there will be no news."""
    sources = load_settings(config_file).sources
    lines = list(judge_sources(sources[1:], lambda _: None, NOW))

    assert [line.verdict for line in lines] == [Verdict.MEND, Verdict.GOOD]
    assert "待确认地址：待定工会网" in lines[1].seen


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2026-11-30", {"2026": Verdict.GOOD}),
        ("2026-12-01", {"2026": Verdict.GOOD, "2027": Verdict.MIND}),
        ("2027-03-01", {"2027": Verdict.MIND}),
    ],
)
def test_next_years_holidays_are_asked_for_from_december(config_file, day, years):
    """The year's holiday table is asked for, next year's from 1 December."""
    today = datetime.fromisoformat(day).date()
    lines = judge_calendar(load_settings(config_file), today)

    assert {line.seen[:4]: line.verdict for line in lines} == years


@pytest.mark.parametrize(
    ("free", "verdict"),
    [
        (GIGABYTE, Verdict.GOOD),
        (GIGABYTE - 1, Verdict.MIND),
        (50 * 1024**2, Verdict.MEND),
    ],
)
def test_little_room_is_told_in_time(free, verdict):
    """Under 1 GB is to mind, under 100 MB to mend."""
    assert judge_disk(Path("/data"), free).verdict is verdict


@pytest.mark.parametrize(
    ("now", "newest", "verdict"),
    [
        (NOW, None, Verdict.GOOD),
        (NOW, NOW + timedelta(hours=20), Verdict.GOOD),
        (NOW, NOW + timedelta(days=3), Verdict.MEND),
        (NOW.replace(year=2009), None, Verdict.MEND),
        (NOW.replace(year=2150), None, Verdict.MEND),
    ],
)
def test_a_wrong_clock_is_seen(now, newest, verdict):
    """A year that cannot be, or files from the future, betray a wrong clock."""
    assert judge_clock(now, newest).verdict is verdict


def test_the_newest_file_counts(tmp_path):
    """The newest time among files that exist; none without files."""
    file = tmp_path / "a"
    file.write_text("x", encoding="utf-8")

    assert newest_time([file, tmp_path / "gone"]) is not None
    assert newest_time([tmp_path / "gone"]) is None


def test_a_folder_that_is_not_there_yet_is_well(tmp_path):
    """A folder that can be made counts as well, and is not made."""
    line = judge_folder("数据", tmp_path / "a" / "b")

    assert line.verdict is Verdict.GOOD
    assert not (tmp_path / "a").exists()


def test_what_lies_aside_for_a_person_is_minded(tmp_path):
    """Folders set aside are counted until somebody has seen to them."""
    (tmp_path / "需人工" / "2026-09-21" / "仙女镇" / "名单").mkdir(parents=True)
    lines = list(judge_aside(tmp_path / "需人工"))

    assert ["1 份" in line.seen for line in lines] == [True]
    assert list(judge_aside(tmp_path / "没有")) == []


def test_missing_fonts_are_minded():
    """Without a Chinese font printing suffers, nothing else."""
    assert judge_fonts(found=False).verdict is Verdict.MIND
    assert judge_fonts(found=True).verdict is Verdict.GOOD


def test_a_network_path_is_remote(tmp_path):
    """A Windows network path is remote; this machine's temporary folder is not."""
    assert not is_remote(tmp_path)
