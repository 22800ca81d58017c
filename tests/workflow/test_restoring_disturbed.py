"""A restore that is cut short leaves no half office, and says so the next time."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from newsroom.errors import NewsroomError
from workflow.backing_up import MANIFEST, make_backup
from workflow.cli import run
from workflow.restoring import UNPACKING, restore_backup


@pytest.fixture
def backup(office, tmp_path):
    with office.store():
        pass
    return make_backup(office, tmp_path / "good.zip").file


@pytest.fixture
def brought(monkeypatch, tmp_path):
    """The names that a restore gives its folder, in order; one may be refused."""
    names, refused = [], {}
    rename = Path.rename

    def note(source, target):
        if source.parent.name == UNPACKING:
            names.append(source.name)
            if source.name in refused:
                raise refused[source.name]
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", note)
    return names, refused


def test_d34_the_settings_come_last(backup, brought, tmp_path):
    """D34: without them a folder that was left half is not taken for an office."""
    names, _ = brought

    restore_backup(backup, tmp_path / "new")

    assert "config.toml" == names[-1]
    assert {*names} == {one.name for one in (tmp_path / "new").iterdir()}


def test_d34_a_restore_that_the_disk_refuses_leaves_nothing(backup, brought, tmp_path):
    """D34: what had its place already is taken back, and it is said in words."""
    _, refused = brought
    refused["config.toml"] = OSError(errno.ENOSPC, "No space left on device", "x")

    with pytest.raises(NewsroomError, match="恢复没有完成：磁盘满了"):
        restore_backup(backup, tmp_path / "new")

    assert not any((tmp_path / "new").iterdir())
    refused.clear()
    restore_backup(backup, tmp_path / "new")


def test_d34_a_restore_that_was_killed_is_told_and_left_alone(backup, tmp_path):
    """D34: power lost between two parts: the half folder is never mended over."""
    new = tmp_path / "new"
    (new / UNPACKING / "store").mkdir(parents=True)
    (new / "config").mkdir()

    with pytest.raises(NewsroomError, match="上一次恢复没有做完"):
        restore_backup(backup, new)

    assert (new / UNPACKING / "store").is_dir()
    assert [] == list((new / "config").iterdir())


def test_a_backup_into_a_folder_wants_a_name(office, tmp_path, capsys):
    """``gonghui backup E:/`` is told to write a file's name, with an example."""
    code = run(["backup", str(tmp_path), "-c", str(office.settings.file)])

    said = capsys.readouterr().err
    assert 1 == code
    assert f"{tmp_path} 是文件夹：请连文件名一起写，如 {tmp_path}/gonghui-" in said
    assert not list(tmp_path.parent.glob(f".{tmp_path.name}*"))


def test_d10_a_disk_with_little_room_is_told_in_full(
    backup, office, monkeypatch, tmp_path
):
    """D10: room for the files alone is not enough, and the sentence says so."""
    for module in ("workflow.backing_up", "workflow.restoring"):
        monkeypatch.setattr(f"{module}.free_bytes", lambda _folder: 150 * 1024**2)

    with pytest.raises(NewsroomError, match=r"至少要空着 200 MB.*只剩 150 MB"):
        make_backup(office, tmp_path / "other.zip")
    with pytest.raises(NewsroomError, match=r"只剩 150 MB.*至少要空着 200 MB"):
        restore_backup(backup, tmp_path / "new")

    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "other.zip").exists()


def test_a_path_that_has_no_room_is_not_called_a_missing_backup(
    backup, brought, tmp_path
):
    """Windows calls a path that is too long, or a drive that went away, not found."""
    _, refused = brought
    refused["config.toml"] = FileNotFoundError(errno.ENOENT, "No such file", "x")

    with pytest.raises(NewsroomError, match="恢复没有完成"):
        restore_backup(backup, tmp_path / "new")
    with pytest.raises(NewsroomError, match="没有这个备份文件"):
        restore_backup(tmp_path / "none.zip", tmp_path / "new")


def odd_backup(good: Path, to: Path, *, how: int = ZIP_DEFLATED, **changed) -> Path:
    """The same backup with other words in its manifest, or packed in another way."""
    with ZipFile(good) as old, ZipFile(to, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == MANIFEST:
                data = json.dumps(json.loads(data) | changed).encode()
            new.writestr(info.filename, data, how)
    return to


@pytest.mark.parametrize(
    "changed",
    [
        {"taken_at": "yesterday"},
        {"taken_at": None},
        {"moved": ["store.folder"]},
        {"moved": {"store.folder": 7}},
        {"files": {"config.toml": 1}},
    ],
    ids=str,
)
def test_d34_a_backup_that_was_changed_leaves_nothing(backup, tmp_path, changed):
    """D34: whatever its manifest says, it is refused before a file is there."""
    odd = odd_backup(backup, tmp_path / "odd.zip", **changed)

    with pytest.raises(NewsroomError, match="这份备份不能用"):
        restore_backup(odd, tmp_path / "new")

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("how", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_d34_damage_is_said_however_it_was_packed(backup, tmp_path, how):
    """D34: packed anew it restores; with a spoilt beginning it is called damaged."""
    odd = odd_backup(backup, tmp_path / "odd.zip", how=how)
    restore_backup(odd, tmp_path / "whole")
    with ZipFile(odd) as archive:
        begins = archive.infolist()[0].header_offset + 30
    spoilt = bytearray(odd.read_bytes())
    begins += len("config.toml")
    spoilt[begins : begins + 40] = b"\xff" * 40
    odd.write_bytes(spoilt)

    with pytest.raises(NewsroomError, match="这份备份不能用"):
        restore_backup(odd, tmp_path / "new")

    assert not (tmp_path / "new").exists()
