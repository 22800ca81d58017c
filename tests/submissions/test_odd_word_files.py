"""Word files as offices and WPS really make them: nothing lost, nothing wrong read."""

from __future__ import annotations

import io
import zipfile

import pytest
import word_files as word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from newsroom.body import Paragraph, Picture, Subhead, Table, runs_text

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_MAIN}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def with_body(document, *parts):
    """The document with paragraphs and tables of raw XML at its end."""
    for part in parts:
        made = parse_xml(f"<w:body {_SPACES}>{part}</w:body>")
        for one in made:
            document.element.body.insert(len(document.element.body) - 1, one)
    return document


def para(words, properties=""):
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def box(words):
    return f"<v:textbox><w:txbxContent>{para(words)}</w:txbxContent></v:textbox>"


def rezipped(data, renamed):
    """The same file, its members under other names."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name in {"_rels/.rels", "[Content_Types].xml"}:
                content = content.replace(b"word/document.xml", b"word/document2.xml")
            info = zipfile.ZipInfo("x")
            info.filename = renamed(name)
            new.writestr(info, content)
    return out.getvalue()


def told(read, document):
    """Title, paragraphs and notes."""
    reading = read(word.saved(document))
    return (*word.words(reading), reading.could_not_read)


def test_every_box_of_a_group_is_read(read):
    """Two text boxes in one drawing are both read, each once."""
    drawing = f"<w:p><w:r><w:pict>{box('左边。')}{box('右边。')}</w:pict></w:r></w:p>"
    _, paragraphs, _ = told(read, with_body(word.plain(), drawing))

    assert [word.FIRST, word.SECOND, "左边。", "右边。"] == paragraphs


def test_word_art_is_a_title(read):
    """艺术字 holds its words in an attribute."""
    art = f'<w:r><w:pict><v:textpath string="{word.TITLE}"/></w:pict></w:r>'
    document = word.plain(title=False)
    document.paragraphs[0]._p.addprevious(parse_xml(f"<w:p {_SPACES}>{art}</w:p>"))
    title, paragraphs, _ = told(read, document)

    assert word.HEAD == (title, paragraphs)


def test_changes_that_delete_more_than_letters(read):
    """A deleted end of a paragraph joins two; a deleted row is gone."""
    joined = para("前半句，", '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>')
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = row.format("", para("甲厂"), para("300")) + row.format(
        '<w:trPr><w:del w:id="2"/></w:trPr>', para("删掉的"), para("1")
    )
    table = f"<w:tbl>{rows}</w:tbl>"
    reading = read(word.saved(with_body(word.plain(), joined, para("后半句。"), table)))

    assert "前半句，后半句。" == word.words(reading)[1][-1]
    assert "删掉的" not in reading.draft.body.text


def test_letters_hidden_by_a_style_are_hidden(read):
    """What a style hides stands on no paper."""
    document = word.plain()
    for name, kind in (("暗", "CHARACTER"), ("暗段", "PARAGRAPH")):
        style = document.styles.add_style(name, WD_STYLE_TYPE[kind])
        style.font.hidden = True
    document.paragraphs[1].add_run("藏起来的话", style="暗")
    document.add_paragraph("整段藏起来", style="暗段")
    title, paragraphs, _ = told(read, document)

    assert word.HEAD == (title, paragraphs)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ('<w:altChunk r:id="rId99"/>', "并进来的另一份文件没有读入，请看原件"),
        (None, "页眉页脚里的字没有收（镇总工会 供稿），请看原件"),
    ],
    ids=["another file", "footer"],
)
def test_what_is_left_out_is_said(read, part, words):
    """A merged file and a footer with words are named; a page number is not."""
    document = word.plain()
    if part:
        with_body(document, part)
    else:
        section = document.sections[0]
        section.footer.paragraphs[0].text = "镇总工会 供稿"
        section.header.paragraphs[0].text = "第 1 页 共 2 页"

    assert (words,) == told(read, document)[2]


def test_signs_kept_by_number_are_letters(read):
    """① and a tick of Wingdings stand in the text; an unknown sign does not."""
    signs = "".join(
        f'<w:sym w:font="{font}" w:char="{code}"/>'
        for font, code in (("宋体", "2460"), ("Wingdings", "F0FC"), ("X", "F0EE"))
    )
    _, paragraphs, _ = told(
        read, with_body(word.plain(), f"<w:p><w:r>{signs}<w:t>参加。</w:t></w:r></w:p>")
    )

    assert "①✓参加。" == paragraphs[-1]


@pytest.mark.parametrize(
    "renamed",
    [
        lambda name: name.replace("document.xml", "document2.xml"),
        lambda name: name.replace("/", "\\").replace("document.xml", "document2.xml"),
    ],
    ids=["document2", "backslashes"],
)
def test_the_text_may_have_another_name_inside(read, renamed):
    """Where the file says that its text lies elsewhere, it is read there."""
    reading = read(rezipped(word.saved(word.plain()), renamed))

    assert word.HEAD == word.words(reading)


def test_photos_laid_out_in_a_table_keep_their_captions(read):
    """Two photos side by side, words below each: photos, not a table."""
    document = word.plain()
    table = document.add_table(2, 2)
    for column, (colour, words) in enumerate((("red", "发放现场"), ("blue", "检查"))):
        run = table.cell(0, column).paragraphs[0].add_run()
        run.add_picture(word.picture(colour))
        table.cell(1, column).text = words
    blocks = read(word.saved(document)).draft.body.blocks

    assert ["发放现场", "检查"] == [b.caption for b in blocks if isinstance(b, Picture)]
    assert not [b for b in blocks if isinstance(b, Table)]


def test_a_numbered_caption_may_stand_above(read):
    """图1 … above a photo is its caption; 图为 below belongs to the one before."""
    document = word.plain()
    document.add_paragraph("图1 职工领到清凉包")
    document.add_picture(word.picture())
    blocks = read(word.saved(document)).draft.body.blocks

    assert "图1 职工领到清凉包" == blocks[-1].caption
    assert [word.FIRST, word.SECOND] == [
        runs_text(b.runs) for b in blocks if isinstance(b, Paragraph)
    ]


def test_the_path_of_a_file_is_no_description(read):
    """C:\\Users\\… of a picture's description is nobody's business."""
    document = word.plain()
    document.add_picture(word.picture())
    (about,) = document.element.body.iter("{*}docPr")
    about.set("descr", "C:\\Users\\王秘书\\Desktop\\IMG_1.jpg")
    (photo,) = read(word.saved(document)).draft.body.pictures

    assert photo.alt is None


def test_a_form_is_read_as_the_story_on_it(read):
    """信息报送表: title, text, unit and names come out; telephones do not."""
    document = word.plain(title=False)
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    document.add_paragraph("工会信息报送表")
    rows = (
        ("报送单位", "安福寺镇总工会", "报送时间", "2026年7月18日"),
        ("标 题", word.TITLE, "作者", "何小平"),
        ("正文", word.FIRST, "审核人", "向书平"),
        ("联系电话", "13800138000", "领导意见", "同意"),
    )
    table = document.add_table(4, 4)
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            table.cell(y, x).text = words
    table.cell(2, 1).add_paragraph(word.SECOND)
    reading = read(word.saved(document))
    draft = reading.draft

    assert word.HEAD == word.words(reading)
    assert ("安福寺镇总工会", "何小平", "向书平") == (
        draft.unit_words,
        draft.author,
        draft.reviewer,
    )
    assert "13800138000" not in draft.body.text
    assert ("报送表里这几格没有收：报送时间、联系电话、领导意见",) == (
        reading.could_not_read
    )


def test_a_red_head_is_no_title(read):
    """红头, 文号 and 抄送 go and are said; the title stands under the number."""
    document = word.plain()
    first = document.paragraphs[0]
    for words in ("安福寺镇总工会文件", "安工发〔2026〕12号", "━━━━━━━━"):
        first.insert_paragraph_before(words).runs[0].font.size = 508000
    for words in ("安福寺镇总工会", "二〇二六年七月十八日", "抄送：镇党委。"):
        document.add_paragraph(words)
    reading = read(word.saved(document))

    assert word.HEAD == word.words(reading)
    assert "安福寺镇总工会" == reading.draft.unit_words
    assert (
        "红头、文号、期号没有放进正文：安福寺镇总工会文件 安工发〔2026〕12号",
        "文末这几行没有放进正文：抄送",
    ) == reading.could_not_read


def test_a_title_that_names_a_period_is_a_title(read):
    """第三期职工技能培训班 is a story, 第12期（总第135期） a bulletin's number."""
    document = word.plain(title=False)
    first = document.paragraphs[0]
    first.insert_paragraph_before("第三期职工技能培训班开班", "Title")
    title, _, notes = told(read, document)

    assert "第三期职工技能培训班开班" == title
    assert () == notes


@pytest.mark.parametrize(
    ("lines", "unit", "author"),
    [
        (("2026年7月18日", "安福寺镇总工会"), "安福寺镇总工会", None),
        (("安福寺镇总工会（盖章）", "2026.7.18"), "安福寺镇总工会", None),
        (("安福寺镇总工会供稿 2026年7月18日",), "安福寺镇总工会", None),
        (("——安福寺镇总工会 何小平",), "安福寺镇总工会", "何小平"),
        (
            ("供稿：安福寺镇总工会 何小平 联系电话：13800138000",),
            "安福寺镇总工会",
            "何小平",
        ),
        (("撰稿人：何小平", "审稿人：向书平", "联系电话：0717-42"), "", "何小平"),
        (("（作者系安福寺镇总工会副主席 何小平）",), "安福寺镇总工会", "何小平"),
        (("报送单位：镇总工会  报送人：何小平  审核人：向书平",), "镇总工会", "何小平"),
        (("【供稿】何小平 李莉",), "", "何小平、李莉"),
    ],
)
def test_signatures_as_offices_write_them(read, lines, unit, author):
    """The day first or last, a seal, a telephone: the text has none of it."""
    document = word.plain()
    for line in lines:
        document.add_paragraph(line)
    reading = read(word.saved(document))

    assert word.HEAD == word.words(reading)
    assert (unit, author) == (reading.draft.unit_words, reading.draft.author)


def test_names_of_columns_are_no_signature(read):
    """单位 人数 金额 heads a list; nobody is called so."""
    document = word.plain()
    document.add_paragraph("单位\t人数\t金额")
    reading = read(word.saved(document))

    assert "" == reading.draft.unit_words
    assert "单位 人数 金额" == word.words(reading)[1][-1]


def test_labels_in_brackets_need_no_colon(read):
    """【标题】 and 【时间】 are labels as they stand."""
    document = word.plain(title=False)
    first = document.paragraphs[0]
    for line in (f"【标题】{word.TITLE}", "【时间】2026年7月18日", "【地点】园区"):
        first.insert_paragraph_before(line)
    reading = read(word.saved(document))

    assert word.HEAD == word.words(reading)
    assert "2026-07-18" == str(reading.draft.event_day)
    assert "园区" == reading.draft.place


def test_a_day_under_the_text_is_not_the_day_of_the_event(read):
    """时间： below the text says when it was handed in."""
    document = word.plain()
    document.add_paragraph("时间：2026年7月19日")

    assert read(word.saved(document)).draft.event_day is None


def test_names_may_stand_below_a_subtitle(read):
    """Title, subtitle, unit and name, text: the name is found in the third line."""
    document = word.plain()
    for line in ("——送清凉活动侧记", "安福寺镇总工会 何小平"):
        document.paragraphs[1].insert_paragraph_before(line)
    reading = read(word.saved(document))

    assert "何小平" == reading.draft.author
    assert ["——送清凉活动侧记", word.FIRST, word.SECOND] == word.words(reading)[1]
    assert not [b for b in reading.draft.body.blocks if isinstance(b, Subhead)]
