import io
import subprocess
import zipfile
from dataclasses import replace

import docx
import samples
from docx.oxml.ns import qn
from docx.shared import Mm

from site_builder.forms.content import content_of
from site_builder.forms.docx import briefing_docx
from site_builder.forms.pictures import Photos


def test_the_document_has_the_page_of_the_standard(internal):
    """A Word briefing is A4 with the standard's margins and its grid of 22 lines."""
    document = docx.Document(
        io.BytesIO(briefing_docx(content_of(samples.ORDINARY, internal), Photos()))
    )

    section = document.sections[0]
    margins = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    grid = section._sectPr.find(qn("w:docGrid"))
    assert [37, 35, 28, 26] == [round(m.mm) for m in margins]
    assert ("lines", "579") == (grid.get(qn("w:type")), grid.get(qn("w:linePitch")))


def test_styles_carry_the_words(internal):
    """Everything is set by named styles with the office's fonts by name."""
    document = docx.Document(
        io.BytesIO(briefing_docx(content_of(samples.ORDINARY, internal), Photos()))
    )

    used = {paragraph.style.name for paragraph in document.paragraphs}
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert {"报头", "Heading 1", "简报正文", "图片", "版记"} <= used
    assert "仿宋_GB2312" == fonts.get(qn("w:eastAsia"))
    assert 1 == len(document.tables)
    assert 3 == len(document.inline_shapes)


def test_the_imprint_never_stands_alone_on_a_page(internal):
    """What stands before 版记 keeps with it, and 版记 itself keeps together."""
    document = docx.Document(
        io.BytesIO(briefing_docx(content_of(samples.ORDINARY, internal), Photos()))
    )
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    *before, _ = document.paragraphs[styles.index("版记") - 1 :]

    assert all(paragraph.paragraph_format.keep_with_next for paragraph in before)


def test_a_picture_stays_with_its_caption_and_leaves_no_half_page(internal):
    """Text flows to the foot of a page; a picture is small and keeps its caption."""
    document = docx.Document(
        io.BytesIO(briefing_docx(content_of(samples.ORDINARY, internal), Photos()))
    )
    paragraphs = document.paragraphs
    places = [n for n, one in enumerate(paragraphs) if one.style.name == "图片"]
    captioned = [n for n in places if paragraphs[n + 1].style.name == "图注"]

    assert captioned
    assert all(paragraphs[n].paragraph_format.keep_with_next for n in captioned)
    assert not any(paragraphs[n - 1].paragraph_format.keep_with_next for n in places)
    assert all(shape.height <= Mm(40) for shape in document.inline_shapes)


def test_a_signed_paper_does_not_say_that_nobody_edited_it(internal):
    """自动编排，未经编辑 stands until an editor touched it or signed for it."""
    signed = replace(samples.ORDINARY, edited=False)
    raw = replace(signed, release=None)

    marks = [content_of(one, internal).paper.unedited for one in (raw, signed)]

    assert ["自动编排，未经编辑", None] == marks


def test_latin_words_are_not_torn(internal):
    """Latin text is no Chinese one: LibreOffice would break it at any letter."""
    document = docx.Document(
        io.BytesIO(briefing_docx(content_of(samples.ORDINARY, internal), Photos()))
    )
    lang = next(document.styles.element.iter(qn("w:lang")))

    assert ("en-US", "zh-CN") == (lang.get(qn("w:val")), lang.get(qn("w:eastAsia")))


def test_the_same_edition_gives_the_same_document(internal):
    """A document made twice is the same file, with no time of its making in it."""
    once = briefing_docx(content_of(samples.ORDINARY, internal), Photos())
    again = briefing_docx(content_of(samples.ORDINARY, internal), Photos())

    assert once == again
    with zipfile.ZipFile(io.BytesIO(once)) as package:
        assert {(1980, 1, 1, 0, 0, 0)} == {i.date_time for i in package.infolist()}


def test_the_public_document_holds_nothing_internal(public):
    """What only the office may read is in no public document."""
    edition = public.editions[0]

    content = briefing_docx(content_of(edition, public), Photos())

    document = docx.Document(io.BytesIO(content))
    words = "".join(p.text for p in document.paragraphs)
    assert "内部资料" not in words
    assert "久未发声" not in words


def test_an_office_program_opens_it(internal, libreoffice, tmp_path, pdf_text):
    """LibreOffice opens the document and prints every headline."""
    file = tmp_path / "briefing.docx"
    file.write_bytes(briefing_docx(content_of(samples.ORDINARY, internal), Photos()))

    subprocess.run(
        [
            *(libreoffice, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"),
            *("--headless", "--convert-to", "pdf", "--outdir", tmp_path, file),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    text = pdf_text((tmp_path / "briefing.pdf").read_bytes())
    for entry in samples.ORDINARY.all_entries:
        assert "".join(entry.headline.split()) in text
