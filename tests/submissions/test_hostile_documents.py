"""Files that lie, burst, fetch or hang, and old ones: the attack list on documents."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import time
import zipfile

import pytest
import word_files as word

from submissions import documents, file_kinds
from submissions.file_kinds import NeedsPerson
from submissions.zip_gate import MAX_INFLATED, DocumentRefused, open_parts
from tests.conftest import need

real_child = documents._in_child


def test_a06_markup_is_text(read):
    """A06: rare characters and an emoji stay, markup is only letters."""
    paragraphs = word.words(read(word.saved(word.odd_letters())))[1]

    assert "𠮷野家的职工龘龘笑了😀，他写道<script>alert(1)</script>。" == paragraphs[-1]


def test_a09_a_drawing_inside_a_file_is_refused(read):
    """A09: a picture that is SVG by content is not taken; the text is."""
    data = word.saved(word.illustrated())
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        (first, *_) = [n for n in file.namelist() if n.startswith("word/media/")]
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"

    reading = read(word.with_member(data, first, svg))

    assert 1 == len(reading.photos)
    assert any("不是 JPG" in note for note in reading.could_not_read)


def test_a43_the_name_of_a_file_is_never_used(read):
    """A43: a hostile name reaches no program and no path."""
    reading = read(word.saved(word.plain()), name="--help;$(id) 稿\u202ex.docx")

    assert word.HEAD == word.words(reading)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"MZ\x90\0" + bytes(99), "这是程序"),
        (b"\x7fELF" + bytes(99), "这是程序"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "照片改了名字"),
        (b"<?php system('id');", "不认识"),
        (b"", "文件是空的"),
        (b"PK\x03\x04" + bytes(99), "打不开"),
    ],
    ids=["exe", "elf", "jpeg", "php", "empty", "half a zip"],
)
def test_a44_content_decides_not_the_name(read, data, why):
    """A44: what is called .docx and is none is not read, with the reason."""
    with pytest.raises(DocumentRefused, match=why):
        read(data)


def test_a44_a_table_or_archive_is_refused_with_the_reason(read):
    """A44: a workbook or any other zip is told what it is."""
    for inside, why in (("xl/workbook.xml", "表格"), ("a.txt", "不是 Word 文件")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr(inside, b"<a/>")

        with pytest.raises(DocumentRefused, match=why):
            read(out.getvalue())


def test_a46_a_zip_bomb_is_stopped_at_the_gate():
    """A46: what inflates beyond the bound is refused while it is counted."""
    data = word.with_member(
        word.saved(word.plain()), "word/media/big.bin", bytes(MAX_INFLATED)
    )
    started = time.process_time()

    with pytest.raises(DocumentRefused, match="太大"):
        open_parts(data)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("name", "changes", "content", "why"),
    [
        ("../evil.xml", {}, b"<a/>", "越出"),
        ("word/../../x", {}, b"", "越出"),
        ("/etc/x", {}, b"", "越出"),
        ("C:\\x", {}, b"", "越出"),
        ("link", {"external_attr": 0o120777 << 16}, b"/etc/passwd", "越出"),
        ("WORD/document.xml", {}, b"<a/>", "重名"),
        ("word/media/inner.zip", {}, b"PK\x03\x04inner", "套着压缩包"),
    ],
)
def test_a47_odd_zips_are_refused(name, changes, content, why):
    """A47: names that lead out, links, doubles and zips in zips are refused."""
    data = word.with_member(word.saved(word.plain()), name, content, **changes)

    with pytest.raises(DocumentRefused, match=why):
        open_parts(data)


def test_a47_too_many_members_and_passwords_are_refused():
    """A47: a hundred thousand members, or encrypted ones, are not opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(2001):
            made.writestr(f"{number}", b"")
    locked = bytearray(word.saved(word.plain()))
    at = locked.index(b"PK\x01\x02") + 8
    locked[at : at + 2] = struct.pack("<H", 1)

    with pytest.raises(DocumentRefused, match="2001 个部件"):
        open_parts(out.getvalue())
    with pytest.raises(DocumentRefused, match="密码"):
        open_parts(bytes(locked))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a48_external_entities_are_refused(read, encoding):
    """A48: a DOCTYPE in any part, in any encoding, ends the reading."""
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e SYSTEM '
        '"file:///etc/passwd">]><x>&e;</x>'
    )
    data = word.with_member(
        word.saved(word.plain()), "word/document.xml", xml.encode(encoding)
    )

    with pytest.raises(DocumentRefused, match="DOCTYPE"):
        read(data)


def test_a49_nothing_is_fetched_and_nothing_run(read):
    """A49: a picture from elsewhere and macros are named, never touched."""
    data = word.with_member(
        word.saved(word.remote()), "word/vbaProject.bin", b"\xd0\xcf macro"
    )

    reading = read(data)

    assert word.HEAD == word.words(reading)
    assert {"链接到别处的图片没有取，请把照片单独发", "文件带宏，没有运行"} <= set(
        reading.could_not_read
    )


@pytest.mark.parametrize(
    "data",
    [file_kinds._OLE + bytes(600), b"{\\rtf1 }"],
    ids=["ole", "rtf"],
)
def test_a50_what_nothing_can_read_goes_to_a_person(read, monkeypatch, data):
    """A50: an old file is kept with a kind answer, whatever is installed."""
    monkeypatch.setattr(documents.shutil, "which", lambda _: None)

    with pytest.raises(NeedsPerson, match="老格式文件，我们已收到"):
        read(data, name="稿件.doc")


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the program")
def test_a50_an_old_file_is_converted_where_it_can_be(read, monkeypatch, tmp_path):
    """A50: LibreOffice gets our own file name and makes a .docx of it."""
    (tmp_path / "made.docx").write_bytes(word.saved(word.plain()))
    office = tmp_path / "soffice"
    office.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --outdir ]; do shift; done\n'
        'mkdir -p "$2" && base=$(basename "$3" .old)\n'
        f'cp "{tmp_path}/made.docx" "$2/$base.docx"\n',
        encoding="utf-8",
    )
    office.chmod(0o755)
    monkeypatch.setattr(
        documents.shutil,
        "which",
        {"soffice": str(office)}.get,
    )

    reading = read(file_kinds._OLE + bytes(600), name="$(id).wps")

    assert word.HEAD == word.words(reading)


def test_a55_a_parser_that_dies_costs_its_document_only(read, monkeypatch):
    """A55: when the child crashes or hangs, the file goes to a person."""
    data = word.saved(word.plain())
    monkeypatch.setattr(documents, "_in_child", real_child)
    monkeypatch.setattr(documents.sys, "executable", shutil.which("false"))

    with pytest.raises(NeedsPerson, match="编辑会手工处理"):
        read(data)


def test_a55_a_child_that_hangs_is_ended(read, monkeypatch):
    """A55: a reading that takes too long is ended, and the file is kept."""
    monkeypatch.setattr(documents, "_in_child", real_child)
    monkeypatch.setattr(documents, "SECONDS", 0.01)

    with pytest.raises(NeedsPerson, match="编辑会手工处理"):
        read(word.saved(word.plain()))


def test_a50_a_real_old_file_is_read_by_catdoc(read, tmp_path):
    """A50: a .doc of Word 97 gives its words where catdoc is installed."""
    office, catdoc = shutil.which("soffice"), shutil.which("catdoc")
    need("LibreOffice", office is not None)
    need("catdoc", catdoc is not None)
    (tmp_path / "a.docx").write_bytes(word.saved(word.plain()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "doc", "--outdir"]
    subprocess.run(
        [*convert, tmp_path, tmp_path / "a.docx"], check=True, capture_output=True
    )

    reading = read((tmp_path / "a.doc").read_bytes(), name="稿件.wps")

    assert word.HEAD == word.words(reading)
    assert "请看原件" in reading.could_not_read[0]
