"""The page and the styles of the Word document: GB/T 9704, by name, with fallbacks."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

RED = RGBColor(0xC8, 0x16, 0x1D)
SIZE = Pt(16)  # 3号; the grid brings it to 28 characters a line
SMALL = Pt(14)  # 4号
FANG, KAI, HEI, BIAO, SONG = (
    *("仿宋_GB2312", "楷体_GB2312", "黑体"),
    *("方正小标宋简体", "宋体"),
)
LATIN = "Times New Roman"
# Where the office's own font is not installed, Word and WPS take the other name.
_OTHER_NAMES = {
    FANG: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
    HEI: "SimHei,Noto Sans CJK SC",
    BIAO: "FZXiaoBiaoSong-B05S,小标宋,宋体,Noto Serif CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
}


def set_page(document: Document) -> None:
    """A4 with the margins of the standard and its grid of 22 lines.

    The 28 characters of a line come from the letter spacing of the style 正文, not
    from ``linesAndChars``: LibreOffice gives a character that is a hair wider than
    its cell two cells, Word and WPS press it in.
    """
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    section.header_distance = Mm(15)
    document.settings.odd_and_even_pages_header_footer = True
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no grid
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001 - see above
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")


def set_styles(document: Document) -> None:
    """Real styles under their Chinese names, so that Word's own tools work on them."""
    normal: Any = document.styles["Normal"]
    _font(normal, FANG, SIZE)
    _spacing(normal)
    tight = OxmlElement("w:spacing")
    tight.set(qn("w:val"), "-5")  # twentieths of a point: 28 characters in 156 mm
    properties = normal.element.get_or_add_rPr()
    properties.insert_element_before(tight, "w:w", "w:kern", "w:position", "w:sz")
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no gaps around figures
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        normal.element.get_or_add_pPr().insert_element_before(
            off, "w:spacing", "w:ind", "w:jc"
        )
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")
        lang.set(qn("w:val"), "en-US")  # in Chinese LibreOffice tears Latin words
    _add(document, "报头", BIAO, Pt(34), centre=True, red=True, bold=True)
    _add(document, "报头副题", BIAO, SIZE, centre=True, red=True, bold=True)
    _add(document, "报头居中", FANG, SIZE, centre=True)
    _add(document, "报头两端", FANG, SIZE)
    _add(document, "密级", HEI, SIZE)
    _add(document, "简报正文", FANG, SIZE, indent=True)
    _add(document, "要目", FANG, SIZE, indent=True)
    _add(document, "图片", FANG, SIZE, centre=True)
    _add(document, "图注", KAI, SMALL, centre=True)
    _add(document, "版记", FANG, SMALL)
    _add(document, "页码", SONG, SMALL)
    _add(document, "表格", FANG, SMALL, centre=True)
    _heading(document)
    for name, face, bold in (("条目标题", FANG, True), ("来源", KAI, False)):
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _font(style, face, SIZE)
        style.font.bold = bold


def set_font_names(document: Document) -> None:
    """Write the fonts' other names into the font table, for machines without them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/>'
        '<w:charset w:val="86"/>'
        f'<w:family w:val="{"swiss" if name == HEI else "roman"}"/></w:font>'
        for name, others in _OTHER_NAMES.items()
    )
    xml = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            part: Any = relation.target_part
            part._blob = (head + xml).encode()  # noqa: SLF001 - a plain part has no door


def border(paragraph: Any, **sides: tuple[int, str]) -> None:  # noqa: ANN401 - untyped proxies
    """Rules of a paragraph: side to (eighths of a point, colour)."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="1" w:color="{colour}"/>'
        for side, (size, colour) in sides.items()
    )
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders
    rules = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    properties.insert_element_before(
        rules, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def _add(  # noqa: PLR0913 - one line of the table of styles
    document: Document,
    name: str,
    face: str,
    size: Pt,
    *,
    centre: bool = False,
    red: bool = False,
    bold: bool = False,
    indent: bool = False,
) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _font(style, face, size)
    style.font.bold = bold
    if red:
        style.font.color.rgb = RED
    _spacing(style)
    if centre:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _indent(style, characters=2)


def _heading(document: Document) -> None:
    style: Any = document.styles["Heading 1"]
    _font(style, HEI, SIZE)
    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    _spacing(style)
    style.paragraph_format.keep_with_next = True
    _indent(style, characters=2)


def _font(style: Any, face: str, size: Pt) -> None:  # noqa: ANN401 - untyped proxies
    style.font.name = LATIN
    style.font.size = size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), face)
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:cs"), LATIN)


def _spacing(style: Any) -> None:  # noqa: ANN401 - untyped proxies
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.widow_control = False


def _indent(style: Any, *, characters: int) -> None:  # noqa: ANN401 - untyped proxies
    """First line set in by so many characters, as Chinese paragraphs are."""
    style.paragraph_format.first_line_indent = Pt(16 * characters)
    ind = style.element.get_or_add_pPr().find(qn("w:ind"))
    ind.set(qn("w:firstLineChars"), str(100 * characters))
