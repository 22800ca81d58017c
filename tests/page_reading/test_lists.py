from __future__ import annotations

import json

import pytest
from reading_pages import NOW, page

from newsroom.errors import PageUnreadable
from page_reading import ApiShape, Layout, read_list, read_list_api

LIST = "http://www.example.gov.cn/xwzx/index.html"
TITLES = [
    "某镇总工会举办职工技能竞赛",
    "某街道工会开展送清凉慰问活动",
    "市总工会召开全委会部署重点工作",
    "某园区企业工会联合会正式成立",
]
MENU = "<ul class=nav><li><a href=/>网站首页</a></li><li><a href=/gk/>信息公开</a></li><li><a href=/hd/>互动交流</a></li></ul>"


def rows(shape: str) -> str:
    return "".join(
        shape.format(n=n, title=title, short=title[:6] + "...", day=f"{20 - n:02}")
        for n, title in enumerate(TITLES)
    )


def listing(shape: str, *, pager: str = "", before: str = "") -> str:
    return f"<html><body>{MENU}{before}<div class=lb><ul>{rows(shape)}</ul></div>{pager}</body></html>"


@pytest.mark.parametrize(
    "shape",
    [
        "<li><a href='202611/t202611{day}_{n}.html'>{title}</a><span>2026-11-{day}</span></li>",
        "<li><span>[2026-11-{day}]</span><a href='202611/t202611{day}_{n}.html'>{title}</a></li>",
        "<li><a href='202611/t202611{day}_{n}.html' title='{title}'>·{short}</a><i>2026/11/{day}</i></li>",
        "<li><a href='202611/t202611{day}_{n}.html'><h3>{title}</h3><p>摘要：自2019年5月1日起施行的办法，经过三年的实践检验，效果很好，值得各单位认真学习借鉴。</p><span>2026.11.{day}</span></a></li>",
        "<li><a href='/xw/'>[工会新闻]</a><a href='202611/t202611{day}_{n}.html'>{title}</a> 11-{day}</li>",
        "<li><a href='202611/t202611{day}_{n}.html'><img src=a.jpg></a><a href='202611/t202611{day}_{n}.html'>{title}</a><b>{day}</b><em>2026-11</em></li>",
        "<tr><td><a href='202611/t202611{day}_{n}.html' title='文章标题：{title}&#13;作者：王'>{short}</a></td><td>2026年11月{day}日</td></tr>",
        "<dl><dt><a href='202611/t202611{day}_{n}.html'>{title}</a></dt><dd>发布时间：2026-11-{day} 08:15 <a href='202611/t202611{day}_{n}.html'>[详情]</a></dd></dl>",
    ],
)
def test_rows_are_found_in_any_shape(shape):
    """Date before, after or in the card; full title in the attribute; column links."""
    found = read_list(page(listing(shape), url=LIST))

    assert TITLES == [entry.title for entry in found.entries]
    assert ["2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17"] == [
        entry.published.date().isoformat() for entry in found.entries
    ]


def test_a_pinned_row_in_a_box_of_its_own_belongs():
    """置顶 rows stand in their own box above the list and are rows of it."""
    shape = "<li><a href='202611/t202611{day}_{n}.html'>{title}</a><span>2026-11-{day}</span></li>"
    pinned = "<div class=zd><p><a href='202601/t20260105_9.html'>置顶：关于职工注册服务卡的通知</a><i>2026-01-05</i></p></div>"
    html = listing(shape).replace("<ul><li>", f"{pinned}<ul><li>", 1)

    assert 5 == len(read_list(page(html, url=LIST)).entries)


def test_dead_rows_are_counted_not_read():
    """A row that leads nowhere is no entry; it is counted."""
    shape = "<li><a href='javascript:;'>{title}</a><span>2026-11-{day}</span></li>"
    alive = "<li><a href='202611/t1_9.html'>某镇工会服务站点揭牌仪式举行</a><span>2026-11-10</span></li>"
    found = read_list(
        page(listing(shape).replace("</ul></div>", alive + "</ul></div>"), url=LIST)
    )

    assert (1, 4) == (len(found.entries), found.without_address)


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ("<a href='index_1.html'>下一页</a>", "index_1.html"),
        (
            "<a href='index_1.html'>下页</a><a href='index_9.html'>尾页</a>",
            "index_1.html",
        ),
        ("<script>createPageHTML(9, 0, 'index', 'html');</script>", "index_1.html"),
        (
            "<script>createPageHTML('page_div',9, 1,'list','shtml',170);</script>",
            "list_2.shtml",
        ),
        ("<a class=cur href=''>1</a><a href='?page=2'>2</a>", "index.html?page=2"),
        ("<script>createPageHTML(1, 0, 'index', 'html');</script>", None),
        ("<a href='javascript:;'>下一页</a>", None),
    ],
)
def test_the_next_list_page_is_found(pager, expected):
    """Links in words, TRS pager calls, page numbers; none on the last page."""
    shape = "<li><a href='a{n}_2026.html'>{title}</a><span>2026-11-{day}</span></li>"
    found = read_list(page(listing(shape, pager=pager), url=LIST))

    assert (
        expected and "http://www.example.gov.cn/xwzx/" + expected
    ) == found.next_page


def test_rows_in_a_script_are_read():
    """Rows that stand as JSON in a script (jpaas) are found."""
    data = [
        {
            "title": t,
            "pubDate": "2026-11-20 08:00",
            "urls": json.dumps({"pc": f"/art/{n}.html"}),
        }
        for n, t in enumerate(TITLES)
    ]
    html = f"<html><body>{MENU}<script>var listData = {{ articleList: {json.dumps(data)} }};</script></body></html>"
    found = read_list(page(html, url=LIST))

    assert ["http://www.example.gov.cn/art/0.html"] == [
        e.url for e in found.entries[:1]
    ]
    assert 4 == len(found.entries)


def test_rows_in_a_comment_are_read():
    """Rows that a script unwraps from a comment are found."""
    shape = "<li><a href='/c1/202611/17{n}.shtml'>{title}</a><b>2026-11-{day}</b></li>"
    html = f"<html><body>{MENU}<ul><!--{rows(shape)}--></ul></body></html>"

    assert TITLES == [entry.title for entry in read_list(page(html, url=LIST)).entries]


def test_rows_in_a_data_island_are_read():
    """Hanweb jcms keeps rows as CDATA records in a script; its pages are counted."""
    shape = "<record><![CDATA[<li><a href='/art/2026/11/{day}/art_1_{n}.html' title='{title}'>{short}</a><span>2026-11-{day}</span></li>]]></record>"
    html = f"<html><body>{MENU}<script type='text/xml'><datastore><totalpage>3</totalpage><recordset>{rows(shape)}</recordset></datastore></script></body></html>"
    column = "http://www.example.org/col/col35/index.html?uid=184&pageNum={}"
    found = read_list(page(html, url=column.format(1)))

    assert TITLES == [entry.title for entry in found.entries]
    assert column.format(2) == found.next_page
    assert None is read_list(page(html, url=column.format(3))).next_page


def test_navigation_is_no_list():
    """A page of column names holds no list."""
    with pytest.raises(PageUnreadable, match="没有找到文章列表"):
        read_list(page(f"<html><body>{MENU}</body></html>", url=LIST))


def test_the_sites_own_selectors_go_first():
    """Rows, link, date and next page from a site file; the pattern filters links."""
    layout = Layout(
        list_rows="div.r",
        list_link="a.t",
        list_date="i",
        list_next="a.n",
        article_pattern=r"/show-\d+",
    )
    html = (
        "<div class=r><a class=t href=/show-1.html>某镇工会</a><i>2026-11-02</i></div>"
        "<div class=r><a class=t href=/ad.html>广告</a></div><a class=n href=2.html>翻</a>"
    )
    found = read_list(page(html, url=LIST), layout)

    assert [("某镇工会", "2026-11-02")] == [
        (e.title, e.published.date().isoformat()) for e in found.entries
    ]
    assert "http://www.example.gov.cn/xwzx/2.html" == found.next_page


SHAPE = ApiShape(
    rows="lists",
    title="title",
    date="vc_inputtime",
    url_template="http://xxgk.example.gov.cn/show.html?aid=10&id={n_id}",
    total="allnums",
)
ROWS = [
    {
        "title": "关于开展\\u52b3动竞赛的通知",
        "vc_inputtime": "2026-11-19 10:00:00",
        "n_id": 223150,
    }
]


def test_a_jsonp_list_api_is_read():
    """Yichang's platform: JSONP, total as text, address by template."""
    answer = 'jQuery1_2({"allnums":"41","lists":[{"title":"\\u5173于劳动竞赛的通知","vc_inputtime":"2026-11-19 10:00:00","n_id":"223150"}]});'
    api = "https://api.example.cn/show/lists?jsoncallback=jQuery1_2&areaid=10&page=1&pagenums=20"
    found = read_list_api(page(answer, url=api), SHAPE)

    assert (
        "关于劳动竞赛的通知",
        "http://xxgk.example.gov.cn/show.html?aid=10&id=223150",
    ) == (
        found.entries[0].title,
        found.entries[0].url,
    )
    assert "2026-11-19" == found.entries[0].published.date().isoformat()
    assert "page=2" in found.next_page


def test_the_last_page_of_an_api_has_no_next():
    """Pages are counted from the total."""
    answer = json.dumps({"allnums": "41", "lists": ROWS})
    found = read_list_api(page(answer, url="https://api.example.cn/l?page=3"), SHAPE)

    assert None is found.next_page


@pytest.mark.parametrize(
    "answer", ["", "<html>", "{", "[1", '{"lists": 3}', "null", "cb()"]
)
def test_an_answer_out_of_shape_is_named(answer):
    """What is no list of rows is a named result."""
    with pytest.raises(PageUnreadable):
        read_list_api(page(answer, url="https://api.example.cn/l"), SHAPE)


def test_epoch_dates_are_read():
    """A number of seconds or milliseconds is Beijing time."""
    shape = ApiShape(rows="", date="t", url="u")
    answer = json.dumps([{"title": "甲", "t": 1763596800000, "u": "/a.html"}])
    found = read_list_api(page(answer, url="https://api.example.cn/l"), shape)

    assert "2025-11-20" == found.entries[0].published.date().isoformat()
    assert found.entries[0].published < NOW


def test_the_link_to_the_front_page_is_no_row():
    """A dated header link to the site's front page is not taken for an article."""
    header = "<div class=top><a href=/>某市总工会网</a> 今天是2026年9月21日</div>"
    row = (
        "<li><a href='a/1.html'>某镇总工会开展秋收送清凉活动</a><b>2026-09-20</b></li>"
    )

    read = read_list(
        page(f"<html><body>{header}<ul>{row}</ul></body></html>", url=LIST)
    )

    assert ["http://www.example.gov.cn/xwzx/a/1.html"] == [e.url for e in read.entries]


def test_an_answer_that_wraps_markup_in_json_is_read_as_a_list():
    """jpaas answers a list call with the rows' markup as a text of JSON."""
    rows = "".join(
        f'<li><a href="/art/2026/9/{n}/art_7_{n}.html" title="某市总工会召开第{n}次会议">某市总工会召开…</a><span>2026-09-{n}</span></li>'
        for n in range(10, 15)
    )
    answer = json.dumps({"success": True, "data": {"html": f"<ul>{rows}</ul>"}})
    url = "http://www.example.gov.cn/api-gateway/page/build/unit?webId=1&tplSetId=2"

    found = read_list(page(answer, url=url))

    assert [
        (
            f"http://www.example.gov.cn/art/2026/9/{n}/art_7_{n}.html",
            f"某市总工会召开第{n}次会议",
            n,
        )
        for n in range(10, 15)
    ] == [(e.url, e.title, e.published.day) for e in found.entries]


def test_an_address_that_a_script_puts_together_is_no_link():
    """What follows the plus is not known: a row without it would lead elsewhere."""
    rows = "".join(
        f"<li onclick=\"location.href='/show.asp?id=' + {n}\"><a href='/a/{n}.html'>某镇总工会开展第{n}次慰问</a>"
        f"<b onclick=\"window.open('/b.asp?id='+{n})\">细看这一次的慰问活动</b> 2026-09-{n}</li>"
        for n in range(10, 15)
    )
    read = read_list(page(f"<html><body><ul>{rows}</ul></body></html>", url=LIST))

    assert [f"http://www.example.gov.cn/a/{n}.html" for n in range(10, 15)] == [
        entry.url for entry in read.entries
    ]
