"""Small fonts for one form: what is set with them is what the whole fonts set."""

from __future__ import annotations

from dataclasses import replace

import pytest
import samples

from site_builder.forms.content import content_of
from site_builder.forms.font_files import characters, cut_out
from site_builder.forms.fonts import Role
from site_builder.forms.long_picture import long_pictures
from site_builder.forms.pdf import briefing_pdf
from site_builder.forms.pictures import Photos
from site_builder.forms.press import Press
from site_builder.forms.preview import public_preview


@pytest.fixture
def content(pictures):
    return content_of(*public_preview(samples.given(pictures), samples.ORDINARY))


def test_a_page_set_with_small_fonts_looks_the_same(content, setter, monkeypatch):
    """The long picture is the same file, whether its fonts were cut or whole."""
    cut = long_pictures(content, setter, Photos())
    monkeypatch.setattr(Press, "cut", lambda *_: None)
    whole = replace(setter, _cuts={})

    assert long_pictures(content, whole, Photos()) == cut


def test_small_fonts_are_small(setter):
    """A tenth of the file at most, with every character of the text in it."""
    words = "枝江市总工会慰问一线职工"

    folder = setter.small_fonts([words])

    made = sorted(folder.iterdir())
    assert all(file.stat().st_size < 2_000_000 for file in made)
    assert all(ord(c) in characters(str(file), 0) for file in made for c in words)


def test_the_same_words_cut_the_same_font(setter):
    """A cut has no chance in it: the same edition stays the same file."""
    song = setter.shelf.chain(Role.SONG)[0]
    face = next(one for one in setter.shelf.faces if one.family == song)
    codes = {ord(c) for c in "工会之声 2026"}

    assert cut_out(face.path, face.index, codes) == cut_out(
        face.path, face.index, sorted(codes)
    )


def test_a_paper_does_not_tell_what_was_set_before(content, setter):
    """The PDF is the same file alone and after another form of the edition."""
    alone = briefing_pdf(content, replace(setter, _cuts={}))

    setter.small_fonts(["另一种形式里才有的字：龘靐"])

    assert briefing_pdf(content, setter) == alone


def test_fonts_that_cannot_be_cut_serve_whole(content, setter, monkeypatch, pdf_text):
    """The paper is set with the fonts as they are installed."""
    monkeypatch.setattr(Press, "cut", lambda *_: None)

    text = pdf_text(briefing_pdf(content, replace(setter, _cuts={})))

    assert content.paper.title in text


def test_a_file_that_is_no_font_draws_nothing(setter, tmp_path):
    """A broken font file is no font: neither characters nor a copy come from it."""
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font at all")

    assert 0x5DE5 not in characters(str(broken), 0)
    assert cut_out(str(tmp_path / "gone.ttf"), 0, {0x5DE5}) is None
    assert setter.press.cut([(str(broken), 0)], "工") is None


def test_fonts_in_a_folder_with_a_chinese_name_are_read(setter, tmp_path):
    """HarfBuzz finds no such name on every system: the bytes are read for it."""
    (cut, *_) = sorted(setter.small_fonts(["工会"]).iterdir())
    file = tmp_path / "字体.otf"
    file.write_bytes(cut.read_bytes())

    assert ord("工") in characters(str(file), 0)
    assert cut_out(str(file), 0, {ord("工")})
