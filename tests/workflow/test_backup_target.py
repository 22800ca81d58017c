"""A backup is written where it does no harm, whatever name it is given by hand."""

from __future__ import annotations

import os
from zipfile import ZipFile

import pytest

from newsroom.errors import NewsroomError
from workflow.backing_up import make_backup
from workflow.cli import run
from workflow.packing import pack_tree
from workflow.page_parcel import save_parcel


@pytest.mark.parametrize(
    "name", ["data/store.sqlite3", "config.toml", "empty", "letter.docx"]
)
def test_a_backup_never_replaces_what_is_no_backup(office, name):
    """The store, the settings, a letter: a name mistyped costs nothing."""
    with office.store():
        pass
    (office.settings.folder / "empty").touch()
    with ZipFile(office.settings.folder / "letter.docx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    target = office.settings.folder / name
    before = target.read_bytes()

    with pytest.raises(NewsroomError, match="不是备份文件，没有动它"):
        make_backup(office, target)

    assert before == target.read_bytes()
    with office.store():
        pass


def test_a_backup_never_replaces_a_device(office, tmp_path):
    """Nor what is no file at all, as ``/dev/null``."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NewsroomError, match="没有动它"):
        make_backup(office, tmp_path / "pipe")

    assert (tmp_path / "pipe").is_fifo()


def test_a_backup_replaces_the_one_before_it(office, tmp_path):
    """A task of the night may write the same name each time."""
    first = make_backup(office, tmp_path / "工会备份.zip")
    again = make_backup(office, tmp_path / "工会备份.zip")

    assert first == again


def test_a_backup_is_not_put_among_pages_or_submissions(office):
    """There it would be published, or taken in."""
    for folder, harm in ((office.output, "发布"), (office.inbox, "投稿")):
        with pytest.raises(NewsroomError, match=harm):
            make_backup(office, folder / "public" / "b.zip")

        assert not (folder / "public").exists()


def test_a_folder_with_marks_is_shown_as_it_is(office, tmp_path, capsys):
    """Brackets of a path are no marks of the terminal, and blanks are quoted."""
    folder = tmp_path / "[old] 备份 [b]"
    code = run(["backup", str(folder / "b.zip"), "-c", str(office.settings.file)])
    restored = run(["restore", str(folder / "b.zip"), "--to", str(folder / "new")])

    said = capsys.readouterr().out
    assert (0, 0) == (code, restored)
    assert f"已备份 {folder / 'b.zip'}（" in said
    assert f"在 {folder / 'new'}\n" in said
    assert f'gonghui build --config "{folder / "new" / "config.toml"}"' in said


def test_no_zip_of_any_command_replaces_another_file(tmp_path):
    """The packed site and the parcel for the maintainer follow the same rule."""
    letter, older = tmp_path / "letter.txt", tmp_path / "older.zip"
    letter.write_text("x", encoding="utf-8")
    with ZipFile(older, "w"):
        pass

    for command in (
        lambda file: pack_tree(_tree(tmp_path), file),
        lambda file: save_parcel(file, tmp_path, (), ()),
    ):
        with pytest.raises(NewsroomError, match="没有动它"):
            command(letter)
        assert letter.read_text(encoding="utf-8") == "x"
    pack_tree(_tree(tmp_path), older)


def _tree(folder):
    tree = folder / "output" / "public"
    tree.mkdir(parents=True, exist_ok=True)
    said = '{"audience": "public", "day": "2026-09-21"}'
    (tree / "edition.json").write_text(said, encoding="utf-8")
    return tree
