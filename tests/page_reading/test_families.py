"""Pages of our own writing in the shapes of families that differ most."""

from __future__ import annotations

from reading_pages import FIRST, SECOND, TEXT, THIRD, page

from newsroom.article import article_to_json
from page_reading import read_article


def reading(html, **others):
    found = article_to_json(
        read_article(page(html, url="http://www.example.cn/a/1.html", **others))
    )
    return {key: found[key] for key in ("title", "date", "source", "author", "body")}


BODY = f"{FIRST}\n{SECOND}\n{THIRD}"
NAV = "".join(f"<li><a href=/c{n}/>栏目名称{n}</a></li>" for n in range(12))
NEWS = "".join(
    f"<li><a href=/x/{n}.html>某单位某日举行了一次重要会议{n}</a><span>2026-11-0{n}</span></li>"
    for n in range(1, 8)
)


def test_a_split_date_in_the_header():
    """Xinhua's shape: year, day and time in boxes of their own, a mobile copy."""
    html = f"""<html><head><title>三百名职工同台比武-某华网</title></head><body><ul>{NAV}</ul>
    <div class=header><div class=info><span class=year>2021</span> <span class=day><em>08</em>/<em>05</em></span>
    <span class=time>09:00:12</span> <span class=source>来源：某华网</span></div>
    <h1><span class=title>三百名职工同台比武</span></h1></div>
    <div class=mheader><h1>三百名职工同台比武</h1><div>2021-08-05 09:00:12 来源：某华网</div></div>
    <div id=x><span id=y>{TEXT}</span><div class=editor>【责任编辑:李某】</div></div>
    <div><h3>更多新闻</h3><ul>{NEWS}</ul></div></body></html>"""

    assert {
        "title": "三百名职工同台比武",
        "date": "2021-08-05T09:00:12+08:00",
        "source": "某华网",
        "author": None,
        "body": BODY,
    } == reading(html)


def test_text_parted_by_line_breaks():
    """A party paper of 2009 in GBK: eyebrow, headline in bold, breaks for paragraphs."""
    html = f"""<html><head><title>三百名职工同台比武--观点--某民网</title></head><body>
    <table><tr><td>{NAV}</td></tr></table><table><tr><td align=center>某某论坛</td></tr>
    <tr><td align=center><b>三百名职工同台比武</b></td></tr>
    <tr><td align=center>2009年10月08日08:22　　来源：<a href=/>《某民日报》</a>　　【字号 <a href=#>大</a>】</td></tr>
    <tr><td>　　{FIRST}<br><br>　　{SECOND}<br><br>　　{THIRD}<br>（责任编辑：王某）</td></tr></table>
    <table><tr><td>相关专题</td></tr><tr><td>{NEWS}</td></tr></table></body></html>"""

    assert {
        "title": "三百名职工同台比武",
        "date": "2009-10-08T08:22:00+08:00",
        "source": "《某民日报》",
        "author": None,
        "body": BODY,
    } == reading(html.encode("gbk"))


def test_a_school_cms_of_nested_tables():
    """PowerEasy's shape: author, source and a short date between bars."""
    html = f"""<html><head><title>某某中学</title></head><body><table><tr><td><table><tr><td>{NAV}</td></tr></table></td>
    <td><table><tr><td>您现在的位置： <a href=/>首页</a> >> <a href=/g/>工会活动</a> >> 正文</td></tr>
    <tr><td class=bt>三百名职工同台比武</td></tr>
    <tr><td>作者：王小明 | 来源：本站原创 | 19-07-01 | 点击数：12</td></tr>
    <tr><td>{TEXT}</td></tr><tr><td>上一篇：没有了</td></tr></table></td></tr>
    <tr><td>版权所有</td><td>某某中学</td></tr></table></body></html>"""

    assert {
        "title": "三百名职工同台比武",
        "date": "2019-07-01",
        "source": "本站原创",
        "author": "王小明",
        "body": BODY,
    } == reading(html)


def test_labels_in_cells_of_their_own():
    """A disclosure table above the text: its 生成日期 is not the publication."""
    html = f"""<html><head><title>三百名职工同台比武_某某局</title></head><body><ul>{NAV}</ul>
    <table><tr><th>索引号：</th><td>K1-2026</td><th>生成日期：</th><td>2026-01-05</td></tr>
    <tr><th>发布机构：</th><td>某某局</td><th>发布日期：</th><td>2026-01-08</td></tr></table>
    <h2>三百名职工同台比武</h2><div>{TEXT}</div><ul>{NEWS}</ul></body></html>"""
    found = reading(html)

    assert ("2026-01-08", BODY) == (found["date"], found["body"])


def test_the_header_tells_the_day_today():
    """Today's date in the header of the site is never the article's."""
    html = f"""<html><head><title>三百名职工同台比武</title></head><body>
    <div>今天是：2026年11月22日 星期日</div><ul>{NAV}</ul><h1>三百名职工同台比武</h1>
    <div>浏览次数：12</div><div>{TEXT}</div><ul>{NEWS}</ul><div>建站时间：2012-01-01</div></body></html>"""

    assert None is reading(html)["date"]


def test_a_headline_that_the_title_lacks():
    """The title element holds the site only: the line above the info line is it."""
    html = f"""<html><head><title>某某市总工会</title></head><body><ul>{NAV}</ul><div>当前位置：首页 > 工会新闻</div>
    <div class=q1><div>三百名职工同台比武</div><div>发布时间：2026-11-20　　作者：　　来源：</div>{TEXT}</div>
    <div>版权所有：某某市总工会</div></body></html>"""

    assert {
        "title": "三百名职工同台比武",
        "date": "2026-11-20",
        "source": None,
        "author": None,
        "body": BODY,
    } == reading(html)


def test_dialogs_before_the_text_are_not_read():
    """Browser notices and leave-site dialogs with whole sentences stay outside."""
    html = f"""<html><head><title>三百名职工同台比武</title></head><body>
    <div>您当前浏览器版本过低，可能存在安全风险，建议升级浏览器，以获得更好的浏览体验。</div><ul>{NAV}</ul>
    <div><h1>三百名职工同台比武</h1><p>时间：2026-11-20 来源：某某报</p><div>{TEXT}</div></div>
    <div><p>您访问的链接即将离开“某某市总工会”门户网站，是否继续？</p><a href=#>继续访问</a></div></body></html>"""

    assert BODY == reading(html)["body"]


def test_the_source_of_figures_is_no_source_line():
    """数据来源 under a table names where figures come from, not the article."""
    html = f"<html><head><title>三百名职工同台比武</title></head><body><h1>三百名职工同台比武</h1><p>2026-11-20 08:15</p><div>{TEXT}<p>数据来源：某某市统计局</p></div></body></html>"

    assert None is reading(html)["source"]


def test_pictures_and_short_lines_alternate():
    """A photo story keeps all pictures and the lines between them."""
    text = "".join(
        f"<p><img src=/u/{n}.jpg></p><p>职工在进行第{n}项比赛。</p>"
        for n in range(1, 11)
    )
    html = f"<html><head><title>三百名职工同台比武</title></head><body><ul>{NAV}</ul><h1>三百名职工同台比武</h1><p>2026-11-20 08:15</p><div><p>{FIRST}</p>{text}</div><ul>{NEWS}</ul></body></html>"
    found = read_article(page(html))

    assert 10 == len(found.body.pictures)
    assert 11 == len(found.body.text.splitlines())
