from __future__ import annotations

import resource
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from reading_pages import FIRST, SECOND, TEXT, article, page

from newsroom.body import Body
from newsroom.errors import NewsroomError, PageUnreadable
from newsroom.text import squeeze
from page_reading import read_article, read_feed, read_fragment, read_list

LINKS = "<a href=/a/20261120.html>某镇工会开展慰问活动</a>"
BAD = {
    "empty": b"",
    "blank": b" \n\t ",
    "one byte": b"<",
    "a NUL": b"\x00",
    "binary": bytes(range(256)) * 400,
    "a PDF": b"%PDF-1.7\n" + b"\x00\xff" * 5000,
    "a zip": b"PK\x03\x04" + b"\x00" * 5000,
    "100 MB": b"<p>" + b"a" * 100_000_000,
    "10,000 deep": b"<html><body>"
    + b"<div>" * 10_000
    + "正文".encode()
    + b"</div>" * 10_000,
    "50,000 deep": b"<html><body>" + b"<div>" * 50_000 + "正文".encode(),
    "3,000 open b and p": b"<html><body>" + b"<b><p>" * 3_000 + "正文".encode(),
    "a million links": b"<html><body>" + LINKS.encode() * 180_000,
    "many links": b"<html><body>" + LINKS.encode() * 70_000,
    "endless attribute": b"<p class='" + b"x " * 1_000_000 + b"'>a</p>",
    "endless line": b"<p>" + "工会".encode() * 1_000_000 + b"</p>",
    "endless digits": b"<p>" + b"2026-11-" * 300_000 + b"</p>",
    "many brackets": b"<p>" + "（记者 ".encode() * 100_000 + b"</p>",
    "layout of 20,000 rows": b"<html><body><h1>a</h1><table>"
    + "<tr><td>职工服务，很好。</td></tr>".encode() * 20_000,
    "nested layout": b"<html><body>"
    + b"<table><tr><td>" * 60
    + "<p>职工服务很好，大家满意。</p>".encode() * 8_000,
    "empty spans": b"<html><body><p>"
    + "来源：".encode()
    + b"<span> </span>" * 50_000
    + b"</p>",
    "open scripts": b"<html><body>" + b"<script " * 7_000,
    "open states": b"<html><body><script>" + b'window.a = {"b": [{' * 100_000,
    "lines that end in dots": b"<html><body>"
    + "".join(f"<p>{'职工服务活动现场' * 3}{n}…</p>" for n in range(6_000)).encode(),
    "names of names": b"<html><body><script>" + b"window." * 400_000,
    "a title of brackets": b'<html><body><script>var a = {"title": "'
    + b"<" * 400_000
    + b'", "content": "x"}</script>',
    "rows of buttons": b"<html><body>"
    + "".join(f"<p>{'浏览： ' * 14}{n}字</p>" for n in range(300)).encode(),
    "codes in a clicked row": b"<html><body><ul>"
    + "<li onclick=\"location.href='/a\x01.html'\">工会\x01</li>".encode() * 9
    + "<li onclick=\"location.href='/a.html'\">工会\x01</li>".encode() * 9,
    "a soft 404": "<html><head><title>404 - 页面不存在</title></head><body>您访问的页面不存在</body></html>".encode(),
    "meta refresh": b'<html><head><meta http-equiv=refresh content="0; url=/b.html"></head><body>...</body></html>',
    "frameset": b"<html><frameset cols=20%,80%><frame src=a.html><frame src=b.html></frameset></html>",
    "entities": b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;&b;</p>",
    "only script": b"<html><body><script>document.write('x')</script></body></html>",
    "invalid dates": "<html><body><h1>标题就是这样的一行</h1><p>发布时间：2026-13-45</p></body></html>".encode(),
}


@pytest.mark.parametrize("read", [read_article, read_list, read_feed])
@pytest.mark.parametrize("name", BAD)
def test_f38_f67_bad_input_is_a_named_result(name, read):
    """Each gets a reason in Chinese, within two seconds and bounded memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()

    try:
        read(page(BAD[name]))
    except PageUnreadable as error:
        assert error.reason

    assert time.process_time() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_redirect_names_its_target():
    """A meta refresh says where the page went."""
    with pytest.raises(
        PageUnreadable, match=r"跳转到 http://www\.example\.gov\.cn/b\.html"
    ):
        read_article(page(BAD["meta refresh"]))


def test_a_base_address_is_obeyed():
    """Relative pictures start from base href."""
    head = '<base href="http://img.example.gov.cn/x/">'
    found = read_article(article(head=head, text=f"<p>{FIRST}</p><img src=a.jpg>"))

    assert ["http://img.example.gov.cn/x/a.jpg"] == [p.src for p in found.body.pictures]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "jav\tascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "http://127.0.0.1\\@a/",
        "http://[",
        "//",
        "ftp://a/b",
    ],
)
def test_a_link_that_must_not_be_followed_is_words(href):
    """Script, data and malformed addresses leave their words only."""
    body = read_fragment(f'<p>请看<a href="{href}">这里</a></p>', "http://a.cn/")

    assert "请看这里" == body.text
    assert [None] * len(body.blocks[0].runs) == [r.href for r in body.blocks[0].runs]


def _shown(html):
    """Every character of the page's text, to compare with what was read."""
    root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8"))
    return squeeze("".join(root.itertext()))


CHUNK = st.one_of(
    st.sampled_from(["<p>", "</p>", "<div class=a>", "</div>", "<table><tr><td>", "</table>", "<li>", "<br>", "<b>", "</a>", "<a href=x.html>", "<img src=a.jpg>", "<script>", "<!--", "-->", "&nbsp;", "&#x4e00;", "<h1>", "</h1>", "来源：", "2026-11-20 08:00", "（记者 张三）", "上一篇：", FIRST, SECOND]),
    st.text(alphabet="工会职工abc12 ，。<>&'\"=/", max_size=12),
)  # fmt: skip


@given(st.lists(CHUNK, max_size=40).map("".join))
@settings(max_examples=120, deadline=None)
def test_any_markup_gives_an_article_or_our_error(html):
    """Never anything raised but our own; the body's words come from the page."""
    try:
        found = read_article(page("<html><body>" + html + TEXT))
    except NewsroomError:
        return
    shown = _shown("<html><body>" + html + TEXT)

    for line in found.body.text.split("\n"):
        for cell in line.split("\t"):
            assert squeeze(cell) in shown


@given(st.lists(CHUNK, max_size=40).map("".join))
@settings(max_examples=80, deadline=None)
def test_any_markup_gives_a_list_or_our_error(html):
    """Entries have a title and an address, one an address."""
    try:
        entries = read_list(page("<html><body>" + html)).entries
    except NewsroomError:
        return

    assert len({e.url for e in entries}) == len(entries)
    assert all(e.title and e.url for e in entries)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_named(body):
    """Random bytes through each door: a value or PageUnreadable."""
    for read in (read_article, read_list, read_feed):
        try:
            read(page(body))
        except PageUnreadable as error:
            assert error.reason


@given(st.lists(CHUNK, max_size=40).map("".join))
@settings(max_examples=80, deadline=None)
def test_any_fragment_is_a_body(html):
    """A fragment always gives a Body."""
    assert isinstance(read_fragment(html, "http://a.cn/"), Body)


@pytest.mark.parametrize("opened", ["<", "<a ", "<!-- >"])
def test_a_megabyte_of_open_tags_is_read_like_any_other(opened):
    """What is opened and never closed costs a second, not a quarter of an hour."""
    hostile = opened * (1_000_000 // len(opened))

    body = read_fragment(f"<p>工会慰问职工</p>{hostile}", "http://a.cn/")

    assert body.text.startswith("工会慰问职工")


@pytest.mark.parametrize("words", ["气温 < 5℃ 停工", "送去<温暖", "甲<b 乙"])
def test_a_mark_that_opens_no_tag_is_a_word(words):
    """A sign for less, or a tag that was cut off, stays in the text."""
    body = read_fragment(f"<p>第一段</p>{words}", "http://a.cn/")

    assert squeeze(f"第一段{words}") == squeeze(body.text)
