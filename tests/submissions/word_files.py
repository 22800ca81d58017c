"""Word files as units send them, each made anew: what it is, and how it is made."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from PIL import Image

from newsroom.body import Paragraph, runs_text

TITLE = "1200份清凉包送到一线"
FIRST = "7月18日，气温升至38℃，安福寺镇总工会把清凉包送到职工手里。"
SECOND = "活动惠及职工1200人，检查降温设备14处。"


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain(document=None, *, title=True):
    """A centred title in large letters, two paragraphs."""
    document = document or Document()
    if title:
        head = document.add_paragraph()
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(TITLE).font.size = Pt(22)
    document.add_paragraph(f"　　{FIRST}")
    document.add_paragraph(f"　　{SECOND}")
    return document


def picture(colour="red", size=(1300, 900)):
    out = io.BytesIO()
    noise = Image.effect_noise(size, 40).convert("RGB")
    noise.paste(colour, (0, 0, 99, 99))
    noise.save(out, "JPEG")
    out.seek(0)
    return out


def element(name, **values):
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def tracked():
    """A deletion, an insertion and a move in the first paragraph."""
    document = plain()
    paragraph = document.paragraphs[1]._p
    deleted = parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="王秘书"><w:r><w:delText>删掉的话'
        "</w:delText></w:r></w:del>"
    )
    inserted = parse_xml(
        f'<w:ins {nsdecls("w")} w:id="2" w:author="王秘书"><w:r><w:t>补上的话。'
        "</w:t></w:r></w:ins>"
    )
    moved = parse_xml(
        f'<w:moveFrom {nsdecls("w")} w:id="3" w:author="王秘书"><w:r><w:t>移走的话'
        "</w:t></w:r></w:moveFrom>"
    )
    for one in (deleted, inserted, moved):
        paragraph.append(one)
    return document


def hidden():
    """Hidden words, and a comment."""
    document = plain()
    run = document.paragraphs[1].add_run("藏起来的话")
    run.font.hidden = True
    document.add_comment(document.paragraphs[1].runs, "批注里的话", "王秘书")
    return document


def headed():
    """A header, a footer, an author's name in the metadata."""
    document = plain()
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉里的话"
    section.footer.paragraphs[0].text = "第1页"
    document.core_properties.author = "王秘书"
    document.core_properties.comments = "备注里的话"
    return document


def numbered():
    """一、 and （一） and 1. by Word's own numbering."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    levels += (("decimal", "%3."),)
    abstract = element("w:abstractNum", abstractNumId="77")
    for depth, (kind, text) in enumerate(levels):
        level = element("w:lvl", ilvl=str(depth))
        level.append(element("w:start", val="1"))
        level.append(element("w:numFmt", val=kind))
        level.append(element("w:lvlText", val=text))
        abstract.append(level)
    numbering.insert(0, abstract)
    number = element("w:num", numId="77")
    number.append(element("w:abstractNumId", val="77"))
    numbering.append(number)
    plain(document)
    lines = (
        (0, "摸清底数"),
        (1, "走访企业"),
        (1, "建立台账"),
        (0, "分类整改"),
        (2, "逐家过"),
    )
    for depth, words in lines:
        paragraph = document.add_paragraph(words)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth
        properties.get_or_add_numId().val = 77
    return document


def merged_table():
    """A table with a cell over two columns and one over two rows."""
    document = plain()
    table = document.add_table(3, 3)
    for row, words in enumerate(("企业 职工 金额", "甲厂 30 500", "乙厂 20 400")):
        for column, word in enumerate(words.split()):
            table.cell(row, column).text = word
    table.cell(0, 0).merge(table.cell(0, 1)).text = "企业和职工"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "900"
    return document


def framed():
    """The whole story inside a table of one cell."""
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = TITLE
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.add_paragraph(FIRST)
    cell.add_paragraph(SECOND)
    return document


def illustrated():
    """A picture between the paragraphs with its caption, and one without."""
    document = plain(title=False)
    document.paragraphs[0].insert_paragraph_before(TITLE).style = "Title"
    document.add_picture(picture())
    document.add_paragraph("图为职工领到清凉包").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("最后一段说完了这件事。")
    document.add_picture(picture("blue"))
    return document


def linked():
    """A link to a page, and one that would run a script (A05)."""
    document = plain()
    for words, href in (
        ("看网页", "https://a.example/"),
        ("点我", "javascript:alert(1)"),
    ):
        relation = document.part.relate_to(
            href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        link = parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>{words}'
            "</w:t></w:r></w:hyperlink>"
        )
        document.paragraphs[-1]._p.append(link)
    return document


def signed(line, *, above=True):
    """A signature under the title, or at the end."""
    document = plain()
    if above:
        document.paragraphs[1].insert_paragraph_before(line)
    else:
        document.add_paragraph(line)
    return document


def several():
    """Three stories in one file."""
    document = Document()
    for number in "一二三":
        document.add_paragraph(f"第{number}篇：镇里的一件事")
        document.add_paragraph(FIRST)
    return document


def broken_lines():
    """Lines broken by hand inside one paragraph."""
    document = plain(title=False)
    document.paragraphs[0].insert_paragraph_before(TITLE)
    run = document.paragraphs[1].add_run("接着说")
    run.add_break(WD_BREAK.LINE)
    run.add_text("再说一句。")
    return document


def two_line_title():
    """A title over two centred lines, and a subtitle."""
    document = plain(title=False)
    first = document.paragraphs[0]
    lines = ("安福寺镇总工会把清凉包", "送到1200名职工手里", "——夏送清凉活动侧记")
    for line in lines:
        made = first.insert_paragraph_before()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.add_run(line).font.size = Pt(22)
    return document


def bold_title():
    """A title that is only bold."""
    document = plain(title=False)
    document.paragraphs[0].insert_paragraph_before().add_run(TITLE).bold = True
    return document


def subheads():
    """Subheads by style, by weight and by number, and a numbered sentence."""
    document = plain()
    document.add_heading("送到夜班", 2)
    document.add_paragraph("一句。")
    document.add_paragraph().add_run("送到工地").bold = True
    document.add_paragraph("两句。")
    document.add_paragraph("（一）送到车间")
    document.add_paragraph("一、这是一句完整的话，所以不是小标题。")
    return document


def bulleted():
    """A list with bullets."""
    document = plain()
    for words in ("绿豆汤", "藿香水"):
        document.add_paragraph(words, style="List Bullet")
    return document


def labelled():
    """Labelled lines as the office asks for them."""
    document = Document()
    lines = (f"标题：{TITLE}", "日期：2026-07-18", "地点：食品工业园", "作者：何 某")
    for line in (*lines, "审核：向书平", "正文：", FIRST, SECOND):
        document.add_paragraph(line)
    return document


def text_box():
    """Words in a text box, which Word keeps twice."""
    document = plain()
    box = (
        "<w:txbxContent><w:p><w:r><w:t>文本框里的话。</w:t></w:r></w:p></w:txbxContent>"
    )
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    run = parse_xml(
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.paragraphs[1]._p.append(run)
    return document


def controlled():
    """A paragraph inside a content control, a field with its code."""
    document = plain()
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>控件里的话。"
        "</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(2, control)
    field = parse_xml(
        f"<w:r {nsdecls('w')}><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>"
    )
    document.paragraphs[1]._p.append(field)
    return document


def odd_letters():
    """Rare characters, an emoji, zero-width characters and markup as text (A06)."""
    document = plain()
    document.add_paragraph(
        "𠮷野家的职工龘龘\u200b笑了😀，他写道<script>alert(1)</script>。"
    )
    return document


def remote():
    """A picture that lies on another computer (A49)."""
    document = plain()
    relation = document.part.relate_to(
        "http://127.0.0.1:9/canary.jpg", RELATIONSHIP_TYPE.IMAGE, is_external=True
    )
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "a", "r")}><a:blip r:link="{relation}"/></w:drawing>'
    )
    document.paragraphs[1].add_run()._r.append(drawing)
    return document


def with_member(data, name, content, **changes):
    """The file with one more member (or one in place of another)."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in changes.items():
            setattr(info, key, value)
        new.writestr(info, content)
    return out.getvalue()


_W = nsdecls("w")
_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
ODD_RUNS = (
    (
        f'<w:p {_W}><w:r><w:t>全文见</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/>'
        '</w:r><w:r><w:instrText>HYPERLINK "http://x.cn"</w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>网页</w:t></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    (
        f"<w:p {_W}><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zhī</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>枝</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r>"
        "<w:t>江市总工会。</w:t></w:r></w:p>"
    ),
    (
        f"<w:p {_W} {_MATH}><w:r><w:t>增长</w:t></w:r><m:oMath><m:r>"
        "<m:t>12%</m:t></m:r></m:oMath><w:r><w:t>。</w:t></w:r></w:p>"
    ),
    (
        f"<w:p {_W}><w:r><w:t>0717</w:t><w:noBreakHyphen/><w:t>12351</w:t>"
        "<w:softHyphen/><w:t>热线</w:t></w:r></w:p>"
    ),
)


HEAD = (TITLE, [FIRST, SECOND])


def words(reading):
    """The title and the paragraphs."""
    blocks = reading.draft.body.blocks
    return reading.draft.title, [
        runs_text(block.runs) for block in blocks if isinstance(block, Paragraph)
    ]
