"""Backups: whole or not there, restored only when every hash is right."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest

from config import load_settings
from newsroom.errors import NewsroomError
from story_store.wholeness import DATABASE
from tests.workflow.lively import hand_in
from workflow.backing_up import (
    MANIFEST,
    backup_file,
    is_safe_name,
    make_backup,
    own_backups,
)
from workflow.cli import run
from workflow.inbox import take_inbox
from workflow.keeping import do_night, keep_backup, keep_rehearsal, last_backup
from workflow.office import Office
from workflow.office_state import read_state
from workflow.rehearsing import rehearse
from workflow.restoring import UNPACKING, restore_backup


def rewritten(made: Path, target: Path, change) -> Path:
    """A copy of a backup whose files went through ``change(name, bytes)``."""
    with ZipFile(made) as old, ZipFile(target, "w") as new:
        for info in old.infolist():
            for name, data in change(info.filename, old.read(info)):
                new.writestr(ZipInfo(name), data, ZIP_STORED)
    return target


def rows(office: Office) -> list[str]:
    with closing(sqlite3.connect(office.data / DATABASE)) as connection:
        return list(connection.iterdump())


def test_d34_a_restored_office_has_everything_and_builds_the_same(lively, tmp_path):
    """D34: submissions, photos, originals, settings, steps; the pages byte for byte."""
    office = lively.office
    made = make_backup(office)
    restored = restore_backup(made.file, tmp_path / "new")
    again = Office(load_settings(restored.settings), office.now)

    with office.store() as ours, again.store() as theirs:
        assert ours.submissions() == theirs.submissions()
        assert ours.submission_steps(lively.accepted) == theirs.submission_steps(
            lively.accepted
        )
    assert rows(office) == rows(again)  # accounts and all other tables too
    for kept in ("pictures", "originals", "inbox"):
        names = [p.relative_to(office.data) for p in (office.data / kept).rglob("*")]
        assert names
        for name in names:
            if (office.data / name).is_file():
                assert (office.data / name).read_bytes() == (
                    again.data / name
                ).read_bytes()
    assert (office.settings.folder / "config.toml").read_bytes() == (
        tmp_path / "new" / "config.toml"
    ).read_bytes()
    rehearsal = rehearse(office, made.file)
    assert rehearsal.ok, rehearsal.sentence
    assert rehearsal.files > 20
    assert not list(office.data.glob("rehearsal-*"))


def test_the_commands_back_up_restore_and_rehearse(lively, tmp_path, capsys):
    """The three commands in the words of the office, and the result in the state."""
    config = str(lively.office.settings.file)
    file = tmp_path / "优盘" / "工会备份.zip"

    assert run(["backup", str(file), "-c", config, "--as-of", "2026-09-21"]) == 0
    assert run(["backup", "--rehearse", "-c", config, "--as-of", "2026-09-21"]) == 0
    assert run(["restore", str(file), "--to", str(tmp_path / "new")]) == 0
    shown = capsys.readouterr().out
    assert "已备份" in shown
    assert "恢复演练通过" in shown
    assert "1 篇稿件，2 件投稿" in shown
    state = read_state(lively.office.data)
    assert state.rehearsal is not None
    assert state.rehearsal.ok
    assert run(["restore", str(file), "--to", str(tmp_path / "new")]) == 1
    assert "里已经有东西" in capsys.readouterr().err


def test_d33_a_backup_made_during_writes_is_whole(lively, tmp_path):
    """D33: while another thread hands in and takes in, each backup restores sound."""
    office, stop = lively.office, threading.Event()

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            hand_in(
                office, f"第{number}篇", f"第{number}次比武\n\n{'稿件的正文。' * 30}"
            )
            with office.store() as store:
                take_inbox(office, store)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        files = [make_backup(office, tmp_path / f"{n}.zip").file for n in range(3)]
    finally:
        stop.set()
        writer.join()

    for number, file in enumerate(files):
        folder = tmp_path / f"restored{number}"
        restore_backup(file, folder)
        with closing(sqlite3.connect(folder / "data" / DATABASE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            names = connection.execute("SELECT original FROM submission").fetchall()
        assert all((folder / "data" / name).is_dir() for (name,) in names)


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("内容", lambda n, d: [(n, d[:-1] + b"?" if n.endswith(".jpg") else d)]),
        ("大小", lambda n, d: [(n, d + b"?" if n == "config.toml" else d)]),
        ("对不上", lambda n, d: [] if n.endswith(".jpg") else [(n, d)]),
        ("对不上", lambda n, d: [(n, d), *([("x", b"")] if n == MANIFEST else [])]),
        ("不能用", lambda n, d: [(n, b"{" if n == MANIFEST else d)]),
        ("不能用", lambda n, d: [] if n == MANIFEST else [(n, d)]),
    ],
    ids=["changed", "longer", "lacking", "added", "torn list", "no list"],
)
def test_a_damaged_backup_restores_nothing(lively, tmp_path, why, change):
    """Every hash is checked before the first file is written."""
    made = make_backup(lively.office, tmp_path / "good.zip")
    bad = rewritten(made.file, tmp_path / "bad.zip", change)

    with pytest.raises(NewsroomError, match=why):
        restore_backup(bad, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_backup_cut_off_is_no_backup(lively, tmp_path):
    """A file that was copied half is refused with a sentence."""
    made = make_backup(lively.office, tmp_path / "good.zip")
    half = tmp_path / "half.zip"
    half.write_bytes(made.file.read_bytes()[: made.size // 2])

    with pytest.raises(NewsroomError, match="这份备份不能用"):
        restore_backup(half, tmp_path / "new")
    with pytest.raises(NewsroomError, match="没有这个备份文件"):
        restore_backup(tmp_path / "none.zip", tmp_path / "new")


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "/etc/passwd", "data/../../x", "C:/x", "a//b", "data/\x00", "."],
)
def test_no_name_leads_out_of_the_folder(lively, tmp_path, name):
    """A made-up archive cannot write beside the folder it is restored to."""

    def smuggle(inside, data):
        if inside != MANIFEST:
            return [(inside, data)]
        document = json.loads(data)
        document["files"].append({"file": name, "size": 1, "sha256": "0" * 64})
        return [(name, b"x"), (inside, json.dumps(document).encode())]

    made = make_backup(lively.office, tmp_path / "good.zip")
    bad = rewritten(made.file, tmp_path / "bad.zip", smuggle)

    assert not is_safe_name(name)
    with pytest.raises(NewsroomError, match="不能用"):
        restore_backup(bad, tmp_path / "deep" / "new")
    assert not (tmp_path / "deep").exists()
    assert not (tmp_path / "outside.txt").exists()


def test_windows_refuses_what_only_windows_would_follow():
    """A backslash is a letter on Linux and a way out on Windows."""
    assert is_safe_name("data/a\\b", windows=False)
    assert not is_safe_name("data/..\\..\\b", windows=True)
    assert is_safe_name("data/inbox/安福寺镇/9月24日 技能比武/稿件.txt", windows=True)


def test_a_folder_with_anything_in_it_is_left_alone(lively, tmp_path):
    """Restoring never overwrites; what an earlier restore left half goes."""
    made = make_backup(lively.office, tmp_path / "good.zip")
    new = tmp_path / "new"
    (new / UNPACKING / "half").mkdir(parents=True)
    restore_backup(made.file, new)

    before = (new / "config.toml").read_bytes()
    with pytest.raises(NewsroomError, match="不会覆盖"):
        restore_backup(made.file, new)
    assert before == (new / "config.toml").read_bytes()
    assert not (new / UNPACKING).exists()


def test_paths_that_lie_elsewhere_are_brought_into_the_folder(lively, tmp_path):
    """A store on another disk is restored into the folder, and config.toml says so."""
    office = lively.office
    elsewhere = tmp_path / "disk" / "store"
    elsewhere.parent.mkdir()
    shutil.move(office.data, elsewhere)
    file = office.settings.file
    text = file.read_text(encoding="utf-8")
    text += (
        f'\n[store]\nfolder = "{elsewhere}"\n[inbox]\nfolder = "{elsewhere}/inbox"\n'
    )
    file.write_text(text, encoding="utf-8")
    moved = Office(load_settings(file), office.now)

    restored = restore_backup(make_backup(moved).file, tmp_path / "new")
    again = load_settings(restored.settings)

    assert {"store.folder": "data", "inbox.folder": "data/inbox"} == restored.moved
    assert tmp_path / "new" / "data" == again.path(again.store.folder)
    with Office(again, office.now).store() as store:
        assert 2 == len(store.submissions())


def test_d34_an_office_whose_folders_lie_elsewhere_passes_its_drill(lively, tmp_path):
    """D34: the demo's pages and rules lie outside its folder: the same bytes still."""
    file = lively.office.settings.file
    text = file.read_text(encoding="utf-8")
    text += f'\n[site]\noutput = "{tmp_path / "elsewhere"}"\nserve_port = 8765\n'
    file.write_text(text, encoding="utf-8")
    moved = Office(load_settings(file), lively.office.now)

    done = rehearse(moved, make_backup(moved).file)

    assert done.ok, done.sentence


def test_d10_a_backup_that_finds_no_room_leaves_nothing(lively, monkeypatch):
    """D10, D35: a full disk is a sentence, noted in the state; no half file stays."""
    office = lively.office
    monkeypatch.setattr("workflow.backing_up.free_bytes", lambda _: 1000)

    with pytest.raises(NewsroomError, match=r"\[backup\] folder"):
        keep_backup(office)
    assert not list(backup_file(office).parent.iterdir())
    failed = read_state(office.data).backup_failed
    assert failed is not None
    assert "只剩" in failed.sentence


def test_a_backup_over_a_folder_that_is_a_file_is_a_sentence(lively, tmp_path):
    """What the system refuses is told with the key to mend."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(NewsroomError, match="写不进去"):
        make_backup(lively.office, tmp_path / "file" / "backup.zip")


def test_the_nightly_backups_are_fourteen(lively):
    """Each night one more, the oldest go; the drill is done once a week."""
    office, drills = lively.office, []
    for night in range(16):
        tonight = replace(office, now=office.now + timedelta(days=night))
        drills.append(do_night(tonight).rehearsal is not None)

    kept = own_backups(office)
    assert 14 == len(kept)
    assert office.now + timedelta(days=15) == kept[0][0] == last_backup(tonight)
    assert [0, 7, 14] == [night for night, done in enumerate(drills) if done]


def test_raw_pages_may_be_left_out(lively, tmp_path):
    """[backup] pages = false makes a small backup that restores all the same."""
    office = lively.office
    raw = office.data / "pages" / "2026" / "09" / "21" / "lanmu-000001.warc.gz"
    raw.parent.mkdir(parents=True)
    raw.write_bytes(b"pages")
    file = office.settings.file
    with_pages = ZipFile(make_backup(office, tmp_path / "1.zip").file).namelist()
    file.write_text(
        file.read_text(encoding="utf-8") + "\n[backup]\npages = false\n",
        encoding="utf-8",
    )
    lean = Office(load_settings(file), office.now)
    without = ZipFile(make_backup(lean, tmp_path / "2.zip").file).namelist()

    assert [f"data/{raw.relative_to(office.data).as_posix()}"] == sorted(
        set(with_pages) - set(without)
    )


def test_a_drill_that_finds_a_difference_says_so(lively, tmp_path):
    """A backup of an older state does not pass for the present one."""
    office = lively.office
    made = make_backup(office, tmp_path / "old.zip")
    file = office.settings.file
    text = file.read_text(encoding="utf-8").replace("枝江市总工会", "枝江市新总工会")
    file.write_text(text, encoding="utf-8")
    renamed = Office(load_settings(file), office.now)

    done = keep_rehearsal(renamed, made.file)

    assert not done.ok
    assert "没有通过" in done.sentence
    note = read_state(office.data).rehearsal
    assert note is not None
    assert not note.ok
