from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_pages import FIRST, TEXT, article, page

from newsroom.errors import PageUnreadable
from page_reading import decode, read_article

WORDS = "工会职工朱镕基喆堃为职工服务，维护合法权益。" * 8


def html(charset: str, words: str = WORDS) -> str:
    return f"<html><head><meta charset={charset}><title>x</title></head><body><p>{words}</p>"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize(
    "declared", ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "klingon"]
)
def test_the_bytes_are_believed(encoding, declared):
    """Whatever header and meta say, the text is right."""
    words = WORDS.replace("喆堃", "") if encoding == "gbk" else WORDS
    decoded = decode(
        html(declared, words).encode(encoding, "replace"),
        f"text/html; charset={declared}",
    )

    assert words in decoded.text
    assert 0 == decoded.replaced


def test_traditional_big5_is_read():
    """Big5 is told from GB18030 by the commonness of its characters."""
    words = "香港工會聯合會舉行會員大會，討論職工權益的問題。" * 8

    assert words in decode(html("big5", words).encode("big5")).text


def test_f51_rare_characters_under_gb2312_are_exact():
    """gb2312 declared, gb18030 used: 镕 喆 堃 are exact."""
    assert "朱镕基喆堃" in decode(html("gb2312").encode("gb18030")).text


def test_f52_a_charset_declared_late_is_no_obstacle():
    """A meta tag after the first kilobyte, or none at all: the bytes decide."""
    late = "<!--" + "x" * 3000 + "-->" + html("gb2312")

    assert WORDS in decode(late.encode("gb18030")).text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_f54_a_cut_character_costs_itself_only(encoding):
    """A page cut in the middle of a character loses that character."""
    body = html(encoding).encode(encoding) + "末".encode(encoding)[:-1]
    decoded = decode(body)

    assert WORDS in decoded.text
    assert "\ufffd" not in decoded.text


def test_f53_two_charsets_in_one_page_are_refused():
    """Half UTF-8, half GBK: never half garbled, the page is named."""
    body = html("utf-8").encode() + (TEXT + WORDS * 3).encode("gb18030")

    with pytest.raises(PageUnreadable, match="编码混乱"):
        read_article(page(body))


def test_f50_a_gbk_article_labelled_utf8_is_read():
    """The header lies: the article is right."""
    body = (
        article().body.decode().replace("charset=utf-8", "charset=gb2312").encode("gbk")
    )
    found = read_article(page(body, content_type="text/html; charset=utf-8"))

    assert FIRST in found.body.text


def test_f55_invisible_characters_are_stripped():
    """NUL, zero-width, bidi and private-use characters never reach the text."""
    text = (
        TEXT.replace("职工", "职\u200b工\u202e\ue000")
        + "<p>附\x00注：以上内容以当日公布的为准。</p>"
    )

    body = read_article(article(text=text)).body.text

    assert FIRST in body
    assert not {"\x00", "\u200b", "\u202e", "\ue000"} & set(body)


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "text/html; charset=gbk", "text/html; charset=zip"]),
)
def test_any_bytes_decode(body, header):
    """Any bytes give text and a share of lost characters between 0 and 1."""
    assert 0 <= decode(body, header).replaced <= 1


@given(
    st.text(
        alphabet="工会职工服务维护权益劳动竞赛，。的是在了有和人",
        min_size=20,
        max_size=200,
    ),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_chinese_text_survives(words, encoding):
    """Encoding and decoding Chinese gives the same text."""
    assert words in decode(f"<p>{words}</p>".encode(encoding)).text
