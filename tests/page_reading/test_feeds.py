from __future__ import annotations

import time

import pytest
from reading_pages import NOW, page

from newsroom.body import Paragraph, Picture
from newsroom.errors import PageUnreadable
from page_reading import is_block_page, read_feed, read_fragment

FEED = "http://www.example.gov.cn/rss.xml"


def rss(entries: str, *, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel><title>某市总工会</title>{entries}</channel></rss>'


ENTRY = (
    "<item><title><![CDATA[\n某镇工会慰问职工\n]]></title><link>/xw/1.html?a=1&amp;b=2</link>"
    "<pubDate>{date}</pubDate><description>&lt;p&gt;正文&lt;/p&gt;</description></item>"
)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 20 Nov 2026 08:00:00 +0800", "2026-11-20T08:00:00+08:00"),
        ("Fri, 20 Nov 2026 08:00:00+0800", "2026-11-20T08:00:00+08:00"),
        ("Fri, 20 Nov 2026 00:00:00 GMT", "2026-11-20T08:00:00+08:00"),
        ("2026-11-20 08:00:00", "2026-11-20T08:00:00+08:00"),
        ("2026-11-20T00:00:00Z", "2026-11-20T08:00:00+08:00"),
    ],
)
def test_an_entry_is_read(date, expected):
    """Title, absolute address, time in Beijing, and the fragment as text."""
    entry = read_feed(page(rss(ENTRY.format(date=date)), url=FEED)).entries[0]

    assert ("某镇工会慰问职工", "http://www.example.gov.cn/xw/1.html?a=1&b=2") == (
        entry.title,
        entry.url,
    )
    assert expected == entry.published.isoformat()
    assert "<p>正文</p>" == entry.fragment


def test_f57_a_future_or_absent_date_is_none():
    """An entry dated next year has no date."""
    feed = read_feed(
        page(rss(ENTRY.format(date="Fri, 20 Nov 2027 08:00:00 +0800")), url=FEED)
    )

    assert None is feed.entries[0].published


@pytest.mark.parametrize(
    "body",
    [
        "",
        "不是订阅源",
        "<html><body>404</body></html>",
        '{"items": []}',
        "/etc/hostname",
        "http://127.0.0.1/rss.xml",
        rss("", head='<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>')
        + "&x;",
        rss(
            "&i;",
            head="<!DOCTYPE lolz [<!ENTITY a 'ha'>"
            + "".join(
                f"<!ENTITY {b} '&{a};&{a};&{a};&{a};'>"
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "]>",
        ),
    ],
)
def test_f61_f62_f64_what_is_no_feed_is_named(body):
    """Empty, HTML, JSON, paths, addresses and entity tricks are refused at once."""
    started = time.process_time()

    with pytest.raises(PageUnreadable):
        read_feed(page(body, url=FEED))

    assert time.process_time() - started < 1


def test_f66_a_relative_link_is_made_whole():
    """A feed link without its host is one of the feed's host."""
    entry = "<item><title>甲</title><link>../xw/1.html</link></item>"

    found = read_feed(page(rss(entry), url="http://www.example.gov.cn/feed/rss.xml"))

    assert "http://www.example.gov.cn/xw/1.html" == found.entries[0].url


def test_f66_a_script_link_is_dropped():
    """A feed link that runs script is no address."""
    entry = "<item><title>甲</title><link>javascript:alert(1)</link></item>"

    assert "" == read_feed(page(rss(entry), url=FEED)).entries[0].url


def test_a_fragment_gives_blocks():
    """Feed content: paragraphs and pictures, scripts gone, links absolute."""
    html = '<p>一<script>alert(1)</script></p><p><img src="/a.jpg" onerror=x></p><p>二<a href="/b">三</a></p>'
    blocks = read_fragment(html, FEED).blocks

    assert [Paragraph, Picture, Paragraph] == [type(b) for b in blocks]
    assert "http://www.example.gov.cn/b" == blocks[2].runs[1].href


def test_plain_text_gives_paragraphs():
    """Pasted text without markup: a paragraph a line."""
    assert "第一段\n第二段" == read_fragment("第一段\n\n　　第二段", "").text


def test_f56_entities_are_decoded_once():
    """A double-escaped entity stays as the page shows it."""
    assert "a&lt;b" == read_fragment("<p>a&amp;lt;b</p>", "").text


@pytest.mark.parametrize(
    ("html", "status", "expected"),
    [
        ("<script>var __jsl_clearance=1</script>", 521, "需要浏览器验证（521）"),
        ("<script>$_ts=window['$_ts'];</script>", 412, "需要浏览器验证（412）"),
        ("<title>访问验证</title><p>请完成安全验证后继续访问</p>", 200, "要求验证码"),
        ("<p>您的请求被网站防火墙拦截，事件编号 123</p>", 200, "防火墙拦截页"),
        ("<title>用户登录</title><form>密码</form>", 200, "要求登录"),
    ],
)
def test_barriers_are_named(html, status, expected):
    """Firewalls, challenges, captchas and logins, whatever their status."""
    assert f"被拦截：{expected}" == is_block_page(page(html, status=status))


def test_an_article_about_firewalls_is_no_barrier():
    """A long text that speaks of captchas and firewalls is content."""
    text = (
        "本市举办网络安全宣传周，讲解防火墙、验证码和人机验证的原理，提醒职工保护个人信息。"
        * 12
    )

    assert None is is_block_page(page(f"<html><body><p>{text}</p></body></html>"))
    assert NOW is page("").fetched_at
