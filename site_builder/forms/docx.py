"""The briefing as a Word document that Word and WPS open, to edit and to print."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from newsroom.edition import BoardRow
from site_builder.forms.content import Content, FormEntry
from site_builder.forms.docx_styles import border, set_font_names, set_page, set_styles
from site_builder.forms.pictures import WIDEST, FormPicture, Photos

_WIDTH = Mm(156)
_INNER = _WIDTH - Pt(14)
_PICTURE, _TALLEST = Mm(60), Mm(40)  # four lines of the grid
_RATIOS = (0.6, 3.0)
_RULE, _THIN, _RED_RULE = 8, 6, 18  # eighths of a point: 0.35 mm, 0.25 mm, 2 pt
_ROWS = 12
_COLUMNS = (Mm(72), Mm(24), Mm(24), Mm(24))
_DEFLATED = zipfile.ZIP_DEFLATED
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def briefing_docx(content: Content, photos: Photos) -> bytes:
    """The whole edition as a document: every entry with its abstract, pictures, table.

    It is not trimmed to two pages: the office cuts it as it likes. The same edition
    gives the same bytes.
    """
    document = docx.Document()
    set_page(document)
    set_styles(document)
    set_font_names(document)
    _properties(document, content)
    _masthead(document, content)
    for column in content.columns:
        _paragraph(document, "Heading 1", column.heading)
        for entry in column.entries:
            _entry(document, entry, photos)
    if content.paper.more:
        _paragraph(document, "简报正文", content.paper.more)
    _notes(document, content)
    _imprint(document, content)
    _page_numbers(document)
    return _same_bytes(document)


def _properties(document: Document, content: Content) -> None:
    facts, paper = document.core_properties, content.paper
    facts.title = f"{paper.title}{paper.subtitle} {paper.number}"
    facts.author = facts.last_modified_by = paper.publisher.removesuffix("编")
    facts.language, facts.comments = "zh-CN", ""
    moment = content.edition.issued_at.astimezone(UTC).replace(tzinfo=None)
    facts.created = facts.modified = moment
    facts.revision = 1


def _masthead(document: Document, content: Content) -> None:
    paper = content.paper
    if paper.banner:
        _paragraph(document, "报头居中", paper.banner)
    if paper.secrecy or paper.unedited:
        _two_ends(document, "密级", paper.secrecy or "", paper.unedited or "")
    _paragraph(document, "报头", paper.title)
    _paragraph(document, "报头副题", "　".join(paper.subtitle))
    _paragraph(document, "报头居中", paper.number)
    line = _two_ends(document, "报头两端", paper.publisher, paper.day)
    border(line, bottom=(_RED_RULE, "C8161D"))
    if paper.lead:
        lead = _paragraph(document, "简报正文")
        _run(lead, "来源", paper.lead)
    if paper.toc:
        _paragraph(document, "密级", "本期要目")
    for item in paper.toc:
        _paragraph(document, "要目", f"{item.mark} {item.headline}")


def _two_ends(
    document: Document, style: str, left: str, right: str, width: int = _WIDTH
) -> Any:  # noqa: ANN401 - untyped proxies
    paragraph = _paragraph(document, style, f"{left}\t{right}")
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def _paragraph(document: Document, style: str, words: str = "") -> Any:  # noqa: ANN401 - untyped proxies
    """A paragraph of a style.

    By the style's id: for a name python-docx looks through all styles, each time.
    """
    paragraph = document.add_paragraph(words)
    paragraph._p.style = style.replace(" ", "")  # noqa: SLF001 - see above
    return paragraph


def _run(paragraph: Any, style: str, words: str) -> None:  # noqa: ANN401 - untyped proxies
    paragraph.add_run(words)._r.style = style  # noqa: SLF001 - as for paragraphs


def _entry(document: Document, one: FormEntry, photos: Photos) -> None:
    paragraph = _paragraph(document, "简报正文")
    _run(paragraph, "条目标题", one.item.mark + one.item.headline)
    if one.item.words:
        paragraph.add_run("　" + one.item.words)
    _run(paragraph, "来源", one.item.source)
    if one.picture is not None:
        picture = photos.jpeg(
            one.picture, width=WIDEST, most_bytes=400_000, ratios=_RATIOS
        )
        _picture(document, one, picture)


def _picture(document: Document, one: FormEntry, picture: FormPicture) -> None:
    place = _paragraph(document, "图片")
    place.paragraph_format.keep_with_next = bool(one.caption)
    scale = min(_PICTURE / picture.width, _TALLEST / picture.height)
    shape = place.add_run().add_picture(
        io.BytesIO(picture.content), width=round(picture.width * scale)
    )
    words = shape._inline.docPr  # noqa: SLF001 - python-docx has no alternative text
    words.set("descr", one.caption or f"{one.item.headline}（配图）")
    if one.caption:
        _paragraph(document, "图注", one.caption)


def _notes(document: Document, content: Content) -> None:
    rows = _rows(content.edition.board.rows)
    for heading, paragraphs in content.paper.notes:
        _paragraph(document, "Heading 1", heading)
        for words in paragraphs:
            _paragraph(document, "简报正文", words)
        if heading.endswith("数据看板") and rows:
            _board(document, rows, is_internal=content.shown.is_internal)


def _rows(rows: tuple[BoardRow, ...]) -> list[BoardRow]:
    busy = [row for row in rows if row.received or row.adopted]
    return sorted(busy, key=lambda r: (-r.adopted, -r.received, r.unit_id))[:_ROWS]


def _board(document: Document, rows: list[BoardRow], *, is_internal: bool) -> None:
    heads = ["单位", "报送", "采用", "上简报"] if is_internal else ["单位", "采用"]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _COLUMNS, strict=False):
        column.width = width
    _fill(table.rows[0], heads, bold=True)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - no door for it
    for row in rows:
        cells = [row.name, str(row.received), str(row.adopted), str(row.shown)]
        _fill(table.add_row(), cells if is_internal else [cells[0], cells[2]])
    for row in table.rows[:-1]:  # a table so short stays on one page
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(row: Any, words: list[str], *, bold: bool = False) -> None:  # noqa: ANN401 - untyped proxies
    for cell, word, width in zip(row.cells, words, _COLUMNS, strict=False):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph._p.style = "表格"  # noqa: SLF001 - as for other paragraphs
        paragraph.add_run(word).bold = bold


def _imprint(document: Document, content: Content) -> None:
    """版记: between two thick rules, a thin one over the signatures.

    The words before it come along: it never stands alone on a last page.
    """
    paper = content.paper
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    lines = [_paragraph(document, "版记", t) for t in paper.distribution]
    last = _two_ends(document, "版记", paper.signatures, paper.copies or "", _INNER)
    for paragraph in (*lines, last):
        paragraph.paragraph_format.left_indent = Pt(14)
        paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.paragraph_format.keep_together = True
    for paragraph in lines:
        paragraph.paragraph_format.keep_with_next = True
    if lines:
        lines[0].paragraph_format.space_before = Pt(29)
        border(lines[0], top=(_RULE, "000000"))
        border(last, top=(_THIN, "000000"), bottom=(_RULE, "000000"))
    else:
        border(last, top=(_RULE, "000000"), bottom=(_RULE, "000000"))


def _page_numbers(document: Document) -> None:
    section = document.sections[0]
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for footer, side in ((section.footer, right), (section.even_page_footer, left)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "页码"
        paragraph.paragraph_format.alignment = side
        paragraph.paragraph_format.left_indent = Pt(14)
        paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" —")


def _field(paragraph: Any, code: str) -> None:  # noqa: ANN401 - untyped proxies
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()._r  # noqa: SLF001 - python-docx has no fields
        if kind is None:
            word = OxmlElement("w:instrText")
            word.set(qn("xml:space"), "preserve")
            word.text = f" {code} "
            run.append(word)
            continue
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run.append(mark)


def _same_bytes(document: Document) -> bytes:
    """The package with fixed times, so that the same words are the same file."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as package, zipfile.ZipFile(fixed, "w") as out:
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            is_packed = name.endswith(".jpg")  # a JPEG gets no smaller
            entry.compress_type = zipfile.ZIP_STORED if is_packed else _DEFLATED
            entry.create_system = 0
            out.writestr(entry, package.read(name))
    return fixed.getvalue()
