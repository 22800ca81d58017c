"""Word and PDF files as towns send them: what is read, and what is left out."""

from __future__ import annotations

import io

import pytest
import word_files as word
from playwright.sync_api import sync_playwright
from pypdf import PdfWriter

from newsroom.body import ListBlock, Paragraph, Picture, Subhead, Table, runs_text
from submissions import documents
from submissions.file_kinds import NeedsPerson
from submissions.reading_child import _with_rare_letters
from submissions.word_numbers import chinese_number, count_in
from submissions.zip_gate import DocumentRefused

real_child = documents._in_child


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
    title, paragraphs = word.words(read(word.saved(make())))

    assert word.TITLE == title
    assert sorted([word.FIRST, word.SECOND, *more]) == sorted(paragraphs)


def test_a_headline_that_begins_with_its_unit_is_a_headline(read):
    """安福寺镇：…… is how half of all headlines begin; 标题： is a label."""
    made = word.plain()
    made.paragraphs[0].insert_paragraph_before("百里洲镇：沙洲上开起职工书屋", "Title")

    title, _ = word.words(read(word.saved(made)))

    assert "百里洲镇：沙洲上开起职工书屋" == title


def test_a_rare_letter_of_an_old_file_is_whole():
    """Catdoc writes 𬭎 as its two halves; nobody's name is torn."""
    torn = "龚\ud872\udf4e说㙓家湾".encode("utf-8", "surrogatepass")

    assert "龚𬭎说㙓家湾" == _with_rare_letters(torn)
    assert "龚\ufffd" == _with_rare_letters("龚".encode() + b"\xff")


def test_the_child_reads_as_well(read, monkeypatch):
    """The reading comes whole out of its own process, pictures too."""
    monkeypatch.setattr(documents, "_in_child", real_child)

    reading = read(word.saved(word.illustrated()))

    assert word.TITLE == reading.draft.title
    assert 2 == len(reading.photos)


def test_tracked_changes_are_read_as_accepted(read):
    """Deleted and moved words go, inserted ones stay, nobody's name comes along."""
    title, paragraphs = word.words(read(word.saved(word.tracked())))

    assert [f"{word.FIRST}补上的话。", word.SECOND] == paragraphs
    assert word.TITLE == title


def test_hidden_words_and_comments_are_not_read(read):
    """What no reader sees on paper is dropped; that there were comments is said."""
    reading = read(word.saved(word.hidden()))

    assert word.HEAD == word.words(reading)
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
    assert word.words(reading)[1][-1] == "1.逐家过"


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

    assert word.HEAD == word.words(reading)
    assert (unit, author) == (reading.draft.unit_words, reading.draft.author or "")


def test_the_unit_and_day_under_an_official_letter_are_its_signature(read):
    """落款: unit and day below the text name the unit and are no text."""
    document = word.plain()
    document.add_paragraph("安福寺镇总工会")
    document.add_paragraph("二〇二六年七月十八日")
    reading = read(word.saved(document))

    assert word.HEAD == word.words(reading)
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
    said = word.words(read(word.saved(document)))[1]

    assert {"全文见网页", "枝江市总工会。", "增长12%。", "0717-12351热线"} <= set(said)


def test_a_whole_text_in_one_cell_is_a_text(read):
    """Some programs set everything into a frame of one cell."""
    document = word.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = word.TITLE
    for line in word.HEAD[1]:
        cell.add_paragraph(line)

    assert word.HEAD == word.words(read(word.saved(document)))


@pytest.mark.parametrize(
    "line",
    ["会议由主席何某主持。", "何某说，单位：很满意。", "参加的有何某", "活动图文"],
)
def test_a_sentence_is_no_signature(read, line):
    """Words that only resemble a signature stay in the text."""
    reading = read(word.saved(word.signed(line, above=False)))

    assert line == word.words(reading)[1][-1]


def test_several_stories_are_said(read):
    """A file with several stories is taken whole; the editor hears of it."""
    reading = read(word.saved(word.several()))

    assert 3 == sum(word.FIRST in text for text in word.words(reading)[1])
    assert "像有 3 篇稿件" in reading.could_not_read[0]


def test_lines_broken_by_hand_are_paragraphs(read):
    """Shift and Enter make a paragraph; the first short line is the title."""
    reading = read(word.saved(word.broken_lines()))

    assert word.words(reading) == (
        word.TITLE,
        [f"{word.FIRST}接着说", "再说一句。", word.SECOND],
    )


def test_a_title_may_have_two_lines(read):
    """Two centred lines are one title; a subtitle stays in the text."""
    title, paragraphs = word.words(read(word.saved(word.two_line_title())))

    assert "安福寺镇总工会把清凉包送到1200名职工手里" == title
    assert "——夏送清凉活动侧记" == paragraphs[0]


def test_subheads_are_known_by_looks_and_by_number(read):
    """Styles, bold lines and （一） head a part; a sentence does not."""
    reading = read(word.saved(word.subheads()))

    heads = [b.text for b in reading.draft.body.blocks if isinstance(b, Subhead)]
    assert ["送到夜班", "送到工地", "（一）送到车间"] == heads
    assert word.words(reading)[1][-1].startswith("一、这是一句")


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

    assert (word.TITLE, [word.FIRST * 3, word.SECOND]) == word.words(reading)
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
