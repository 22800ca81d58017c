from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import struct
import subprocess
import time
import zipfile
from datetime import datetime

import pytest
import word_files as word
from playwright.sync_api import sync_playwright
from pypdf import PdfWriter

from newsroom.article import CHINA
from newsroom.body import ListBlock, Paragraph, Picture, Subhead, Table, runs_text
from submissions import documents, file_kinds, reading_child
from submissions.documents import read_document
from submissions.file_kinds import NeedsPerson
from submissions.word_numbers import chinese_number, count_in
from submissions.zip_gate import MAX_INFLATED, DocumentRefused, open_parts
from tests.conftest import need

NOW = datetime(2026, 7, 20, 7, tzinfo=CHINA)
HEAD = (word.TITLE, [word.FIRST, word.SECOND])


real_child = documents._in_child


def child_inside(kind, copy, folder):
    """The child's work without a process of its own, which takes a second."""
    arguments = (kind, str(copy), str(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_child, "limit_this_process", lambda: None)
        assert 0 == reading_child.main(arguments)
    return json.loads((folder / reading_child.READING).read_text("utf-8"))


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads bytes as a document; pictures are remembered."""
    monkeypatch.setattr(documents, "_in_child", child_inside)
    kept = {}

    def keep(data, extension):
        name = f"{hashlib.sha256(data).hexdigest()}.{extension}"
        kept[name] = data
        return name

    def reading(data, name="稿件.docx"):
        file = tmp_path / name
        file.write_bytes(data)
        return read_document(file, now=NOW, keep_picture=keep)

    reading.kept = kept
    return reading


def words(reading):
    """The title and the paragraphs."""
    blocks = reading.draft.body.blocks
    return reading.draft.title, [
        runs_text(block.runs) for block in blocks if isinstance(block, Paragraph)
    ]


@pytest.mark.parametrize(
    ("make", "more"),
    [
        (word.plain, []),
        (word.headed, []),
        (word.framed, []),
        (word.bold_title, []),
        (word.labelled, []),
        (word.controlled, ["控件里的话。"]),
        (word.text_box, ["文本框里的话。"]),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_shapes_of_one_story(read, make, more):
    """However it is laid out, title and text are found, and nothing else."""
    title, paragraphs = words(read(word.saved(make())))

    assert word.TITLE == title
    assert sorted([word.FIRST, word.SECOND, *more]) == sorted(paragraphs)


def test_the_child_reads_as_well(read, monkeypatch):
    """The reading comes whole out of its own process, pictures too."""
    monkeypatch.setattr(documents, "_in_child", real_child)

    reading = read(word.saved(word.illustrated()))

    assert word.TITLE == reading.draft.title
    assert 2 == len(reading.photos)


def test_tracked_changes_are_read_as_accepted(read):
    """Deleted and moved words go, inserted ones stay, nobody's name comes along."""
    title, paragraphs = words(read(word.saved(word.tracked())))

    assert [f"{word.FIRST}补上的话。", word.SECOND] == paragraphs
    assert word.TITLE == title


def test_hidden_words_and_comments_are_not_read(read):
    """What no reader sees on paper is dropped; that there were comments is said."""
    reading = read(word.saved(word.hidden()))

    assert HEAD == words(reading)
    assert "批注没有读入" in reading.could_not_read


def test_automatic_numbering_is_written_out(read):
    """一、 and （一） stand in the text as the reader saw them."""
    reading = read(word.saved(word.numbered()))

    subheads = [b for b in reading.draft.body.blocks if isinstance(b, Subhead)]
    assert [
        Subhead("一、摸清底数", 2),
        Subhead("（一）走访企业", 3),
        Subhead("（二）建立台账", 3),
        Subhead("二、分类整改", 2),
    ] == subheads
    assert words(reading)[1][-1] == "1.逐家过"


def test_a_table_keeps_its_merged_cells(read):
    """A merged cell stands once, with its spans."""
    reading = read(word.saved(word.merged_table()))

    (table,) = [b for b in reading.draft.body.blocks if isinstance(b, Table)]
    shown = [
        [(runs_text(c.runs), c.colspan, c.rowspan) for c in row] for row in table.rows
    ]
    assert [
        [("企业和职工", 2, 1), ("金额", 1, 1)],
        [("甲厂", 1, 1), ("30", 1, 1), ("900", 1, 2)],
        [("乙厂", 1, 1), ("20", 1, 1)],
    ] == shown


def test_pictures_stand_in_their_place_with_captions(read):
    """Pictures of the text are cleaned, kept and named where they stood."""
    reading = read(word.saved(word.illustrated()))

    kinds = [type(block) for block in reading.draft.body.blocks]
    pictures = reading.draft.body.pictures
    assert [Paragraph, Paragraph, Picture, Paragraph, Picture] == kinds
    assert ["图为职工领到清凉包", None] == [one.caption for one in pictures]
    assert [one.src for one in pictures] == [one.file for one in reading.photos]
    assert set(read.kept) == {one.file for one in reading.photos}
    assert word.TITLE == reading.draft.title


def test_a05_only_safe_links_stay(read):
    """A05: a link that runs a script is only words."""
    reading = read(word.saved(word.linked()))

    last = reading.draft.body.blocks[-1]
    links = {run.text: run.href for run in last.runs if run.text in {"看网页", "点我"}}
    assert {"看网页": "https://a.example/", "点我": None} == links
    assert runs_text(last.runs).endswith("看网页点我")


@pytest.mark.parametrize(
    ("line", "unit", "author"),
    [
        ("安福寺镇总工会  何 某", "安福寺镇总工会", "何某"),
        ("（安福寺镇总工会 何某 李小明）", "安福寺镇总工会", "何某、李小明"),
        ("单位：安福寺镇总工会  作者：何某", "安福寺镇总工会", "何某"),
        ("供稿：安福寺镇总工会 何某", "安福寺镇总工会", "何某"),
        ("通讯员 何某", "", "何某"),
        ("文/图：何某", "", "何某"),
        ("（安福寺镇总工会 何某 供稿）", "安福寺镇总工会", "何某"),
        ("（安福寺镇总工会供稿）", "安福寺镇总工会", ""),
        ("（何某 李小明 文/图）", "", "何某、李小明"),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_the_signature_becomes_unit_and_author(read, line, unit, author, above):
    """The line under the title or at the end names unit and author."""
    reading = read(word.saved(word.signed(line, above=above)))

    assert HEAD == words(reading)
    assert (unit, author) == (reading.draft.unit_words, reading.draft.author or "")


def test_the_unit_and_day_under_an_official_letter_are_its_signature(read):
    """落款: unit and day below the text name the unit and are no text."""
    document = word.plain()
    document.add_paragraph("安福寺镇总工会")
    document.add_paragraph("二〇二六年七月十八日")
    reading = read(word.saved(document))

    assert HEAD == words(reading)
    assert "安福寺镇总工会" == reading.draft.unit_words


def test_words_crossed_out_by_hand_are_taken_back(read):
    """A struck word is not printed, and the editor is told."""
    document = word.plain()
    run = document.paragraphs[-1].add_run("划掉的话")
    run.font.strike = True
    reading = read(word.saved(document))

    assert "划掉" not in reading.draft.body.text
    assert ("划掉的字没有收，请看原件",) == reading.could_not_read


def test_what_word_makes_of_letters_is_read(read):
    """Fields, pinyin above a character, formulas and fixed hyphens give their words."""
    document = word.plain()
    last = document.paragraphs[-1]._p
    for line in word.ODD_RUNS:
        last.addnext(word.parse_xml(line))
    said = words(read(word.saved(document)))[1]

    assert {"全文见网页", "枝江市总工会。", "增长12%。", "0717-12351热线"} <= set(said)


def test_a_whole_text_in_one_cell_is_a_text(read):
    """Some programs set everything into a frame of one cell."""
    document = word.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = word.TITLE
    for line in HEAD[1]:
        cell.add_paragraph(line)

    assert HEAD == words(read(word.saved(document)))


@pytest.mark.parametrize(
    "line",
    ["会议由主席何某主持。", "何某说，单位：很满意。", "参加的有何某", "活动图文"],
)
def test_a_sentence_is_no_signature(read, line):
    """Words that only resemble a signature stay in the text."""
    reading = read(word.saved(word.signed(line, above=False)))

    assert line == words(reading)[1][-1]


def test_several_stories_are_said(read):
    """A file with several stories is taken whole; the editor hears of it."""
    reading = read(word.saved(word.several()))

    assert 3 == sum(word.FIRST in text for text in words(reading)[1])
    assert "像有 3 篇稿件" in reading.could_not_read[0]


def test_lines_broken_by_hand_are_paragraphs(read):
    """Shift and Enter make a paragraph; the first short line is the title."""
    reading = read(word.saved(word.broken_lines()))

    assert words(reading) == (
        word.TITLE,
        [f"{word.FIRST}接着说", "再说一句。", word.SECOND],
    )


def test_a_title_may_have_two_lines(read):
    """Two centred lines are one title; a subtitle stays in the text."""
    title, paragraphs = words(read(word.saved(word.two_line_title())))

    assert "安福寺镇总工会把清凉包送到1200名职工手里" == title
    assert "——夏送清凉活动侧记" == paragraphs[0]


def test_subheads_are_known_by_looks_and_by_number(read):
    """Styles, bold lines and （一） head a part; a sentence does not."""
    reading = read(word.saved(word.subheads()))

    heads = [b.text for b in reading.draft.body.blocks if isinstance(b, Subhead)]
    assert ["送到夜班", "送到工地", "（一）送到车间"] == heads
    assert words(reading)[1][-1].startswith("一、这是一句")


def test_bullets_are_a_list(read):
    """Bulleted lines are one list."""
    reading = read(word.saved(word.bulleted()))

    (made,) = [b for b in reading.draft.body.blocks if isinstance(b, ListBlock)]
    assert ["绿豆汤", "藿香水"] == [runs_text(entry) for entry in made.entries]


def test_labelled_lines_are_fields(read):
    """Labels in a Word file mean what they mean in a text file."""
    draft = read(word.saved(word.labelled())).draft

    assert ("食品工业园", "何某", "向书平") == (
        draft.place,
        draft.author,
        draft.reviewer,
    )
    assert 18 == draft.event_day.day


def test_a06_markup_is_text(read):
    """A06: rare characters and an emoji stay, markup is only letters."""
    paragraphs = words(read(word.saved(word.odd_letters())))[1]

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

    assert HEAD == words(reading)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"MZ\x90\0" + bytes(99), "这是程序"),
        (b"\x7fELF" + bytes(99), "这是程序"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "照片改了名字"),
        (b"<?php system('id');", "不认识"),
        (b"", "不认识"),
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
    started = time.perf_counter()

    with pytest.raises(DocumentRefused, match="太大"):
        open_parts(data)

    assert time.perf_counter() - started < 2


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

    assert HEAD == words(reading)
    assert {"链接到别处的图片没有取，请把照片单独发", "文件带宏，没有运行"} <= set(
        reading.could_not_read
    )


@pytest.mark.parametrize(
    "data",
    [file_kinds._OLE + bytes(600), b"{\\rtf1 }", b"<html><body>x</body></html>"],
    ids=["ole", "rtf", "html"],
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

    assert HEAD == words(reading)


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


@pytest.mark.browser
def test_a_pdf_gives_its_text_layer(read, chromium):
    """Lines of a PDF are joined to paragraphs; a scan goes to a person."""
    html = f"<h1>{word.TITLE}</h1><p>{word.FIRST * 3}</p><p>{word.SECOND}</p>"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox"]
        )
        page = browser.new_page()
        page.set_content(html)
        data = page.pdf()
        browser.close()

    reading = read(data, name="稿件.pdf")

    assert (word.TITLE, [word.FIRST * 3, word.SECOND]) == words(reading)
    assert "表格和照片请看原件" in reading.could_not_read[0]


def test_a_scanned_or_locked_pdf_goes_to_a_person(read):
    """A PDF without letters is kept; one with a password says so."""
    scan, locked = PdfWriter(), PdfWriter()
    for writer in (scan, locked):
        writer.add_blank_page(200, 200)
    locked.encrypt("x", algorithm="RC4-128")

    with pytest.raises(NeedsPerson, match="扫描件"):
        read(_written(scan))
    with pytest.raises(DocumentRefused, match="密码"):
        read(_written(locked))


def _written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


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

    assert HEAD == words(reading)
    assert "请看原件" in reading.could_not_read[0]


def test_a_file_of_pictures_only_goes_to_a_person(read):
    """Without a word there is no story yet."""
    document = word.Document()
    document.add_picture(word.picture())

    with pytest.raises(NeedsPerson, match="没有文字"):
        read(word.saved(document))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
    ],
)
def test_chinese_numbers(number, said):
    """Numbers are written as Word writes them."""
    assert said == chinese_number(number)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("decimalEnclosedCircle", "④"),
        ("lowerRoman", "iv"),
        ("upperLetter", "D"),
        ("ideographDigital", "四"),
        ("decimalZero", "04"),
        ("unheardOf", "4"),
    ],
)
def test_kinds_of_numbering(kind, said):
    """Each kind of numbering has its own signs; an unknown one is digits."""
    assert said == count_in(4, kind)
