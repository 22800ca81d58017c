import shutil
import subprocess
from dataclasses import replace

import pytest
import samples

from newsroom.edition import Column
from newsroom.errors import NewsroomError
from site_builder.forms import typesetting
from site_builder.forms.content import content_of
from site_builder.forms.fonts import MissingGlyph
from site_builder.forms.pdf import briefing_pdf


def test_the_page_is_a4_with_title_language_and_bookmarks(internal, setter, pdf_facts):
    """A PDF briefing is tagged, titled A4 paper that opens with its bookmarks."""
    content = briefing_pdf(content_of(samples.ORDINARY, internal), setter)

    facts = pdf_facts(content)
    assert "595.276 x 841.89 pts (A4)" == facts["Page size"]
    assert "枝江工会信息每日简报 第187期（总第1024期）" == facts["Title"]
    assert "yes" == facts["Tagged"]
    assert b"/Outlines" in content
    assert b"/Lang(zh-CN)" in content


def test_the_same_edition_gives_the_same_bytes(internal, setter):
    """A PDF made twice is the same file."""
    once = briefing_pdf(content_of(samples.ORDINARY, internal), setter)
    again = briefing_pdf(content_of(samples.ORDINARY, internal), setter)

    assert once == again


def test_a_full_day_fits_two_pages(pictures, setter, pdf_facts, pdf_text):
    """However much there is, the paper has two pages, and says what it left out."""
    stories = samples.sixty_stories()
    full = replace(
        samples.ORDINARY,
        columns=((Column.NEWS, tuple(samples.entry(s) for s in stories[:40])),),
    )
    given = samples.given(pictures, full, stories=stories)
    shown = _internal(given)

    content = briefing_pdf(content_of(full, shown), setter)

    assert "2" >= pdf_facts(content)["Pages"]
    assert "条，见网页版。" in pdf_text(content)


def test_a_thin_day_is_one_page(internal, setter, pdf_facts):
    """A day without news still has a briefing, of one page."""
    content = briefing_pdf(content_of(samples.EMPTY, internal), setter)

    assert "1" == pdf_facts(content)["Pages"]


def test_a_date_is_not_broken_over_lines(internal, setter, poppler, tmp_path):
    """11月23日, 46.2万元 and 37.5℃ stand on one line wherever the line ends."""
    base = content_of(samples.EMPTY, internal)
    paper = base.paper
    lines = tuple("工" * n + "于11月23日把1234.56万元按37.5℃发下去" for n in range(28))
    file = tmp_path / "dates.pdf"

    for words in (lines[:10], lines[10:20], lines[20:]):
        notes = (("一、今日提示", words),)
        content = replace(base, paper=replace(paper, notes=notes, distribution=()))
        file.write_bytes(briefing_pdf(content, setter))
        command = [shutil.which("pdftotext"), "-layout", file, "-"]
        told = subprocess.run(command, capture_output=True, check=True)
        text = told.stdout.decode()
        for figure in ("11月23日", "1234.56万", "37.5℃"):
            assert len(words) == text.replace(" ", "").count(figure)


def test_a_template_that_would_lose_words_fails(setter, tmp_path, monkeypatch):
    """What typst would leave out with a mere warning stops the form."""
    (tmp_path / "briefing").mkdir()
    template = "#par(pad(left: 2em)[words]) #metadata(1) <pages>"
    (tmp_path / "briefing/lost.typ").write_text(template)
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)

    with pytest.raises(NewsroomError, match="模板会丢字"):
        typesetting.typeset(
            "lost.typ", {}, setter, form="pdf", made_at=samples.NOW, name="简报 PDF"
        )


def test_a_character_without_a_glyph_fails_by_name(internal, setter):
    """No empty box is ever printed: the character and its story are named."""
    entry = replace(samples.ORDINARY.all_entries[0], headline="奇字\U0002ffff入题")
    odd = replace(samples.ORDINARY, columns=((Column.HIGHLIGHTS, (entry,)),))

    with pytest.raises(MissingGlyph, match=r"U\+2FFFF，见《奇字.入题》"):
        briefing_pdf(content_of(odd, internal), setter)


def test_words_are_never_taken_for_markup(internal, setter, pdf_text):
    """Typst's own signs in a headline are printed as they stand."""
    entry = replace(samples.ORDINARY.all_entries[0], headline="#panic() *粗* $x$ [a]")
    odd = replace(samples.ORDINARY, columns=((Column.HIGHLIGHTS, (entry,)),))

    assert "#panic()*粗*$x$[a]" in pdf_text(
        briefing_pdf(content_of(odd, internal), setter)
    )


def _internal(given):
    from site_builder.given import Audience
    from site_builder.shown import show

    return show(given, Audience.INTERNAL)
