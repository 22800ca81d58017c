from __future__ import annotations

import pytest
from reading_pages import FIRST, NOW, SECOND, TEXT, THIRD, URL, article, page

from newsroom.article import article_to_json
from newsroom.body import (
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Subhead,
    Table,
    runs_text,
)
from newsroom.errors import PageUnreadable
from page_reading import Layout, join_pages, read_article, read_fragment


def day(found):
    return found.day.isoformat() if found.day else None


def test_an_article_is_read_whole():
    """Headline, time, source line and text of a plain page."""
    found = read_article(article())

    assert "某市职工技能竞赛启动" == found.headline
    assert "2026-11-20T08:15:00+08:00" == found.published.isoformat()
    assert "某市日报" == found.source_line
    assert f"{FIRST}\n{SECOND}\n{THIRD}" == found.body.text
    assert found.has_time


def test_the_visible_line_wins_over_meta():
    """Meta PubDate disagrees: the shown day is taken, both are kept as witnesses."""
    found = read_article(
        article(head='<meta name="PubDate" content="2025-01-02 10:00">')
    )

    assert "2026-11-20" == day(found)
    assert {"2026-11-20", "2025-01-02"} == {
        w.value[:10] for w in found.witnesses["published"]
    }


def test_meta_serves_where_nothing_is_shown():
    """Government meta tags give title, time and source that the page leaves out."""
    head = (
        '<meta name="ArticleTitle" content="某市职工技能竞赛启动">'
        '<meta name="pubdate" content="2026-11-18 10:00">'
        '<meta name="contentSource" content="市总工会">'
    )
    found = read_article(article(info="来源： 字号：大 中 小", head=head))

    assert ("2026-11-18", "市总工会") == (day(found), found.source_line)


@pytest.mark.parametrize(
    "info",
    [
        "生成日期：2026-11-20",
        "有效期至：2026-11-20",
        "今天是2026年11月20日 星期五",
    ],
)
def test_a_date_with_another_meaning_is_none(info):
    """A label that names another date gives no publication date."""
    found = read_article(
        article(info=info).__class__(
            url="http://www.example.gov.cn/a.html",
            body=article(info=info).body,
            fetched_at=NOW,
        )
    )

    assert None is day(found)


def test_no_date_is_better_than_a_wrong_one():
    """Days that the text speaks of are not the day of publication."""
    text = (
        TEXT
        + "<p>据介绍，2019年5月1日起施行的办法将于2026年10月1日修订，请各单位遵照执行。</p>"
    )
    found = read_article(
        page(
            article(info="字号：大 中 小", text=text).body,
            url="http://www.example.gov.cn/a.html",
        )
    )

    assert None is day(found)


def test_relative_dates_are_read_against_the_fetch():
    """昨天 is the day before the page was fetched; the rule says that it leans on it."""
    found = read_article(
        article(info="昨天 08:20　来源：某市日报").__class__(
            url="http://www.example.gov.cn/a.html",
            body=article(info="昨天 08:20　来源：某市日报").body,
            fetched_at=NOW,
        )
    )

    assert "2026-11-21" == day(found)
    assert "推算" in found.witnesses["published"][0].rule


def test_the_line_after_the_text_serves_too():
    """Date and source may stand below the text."""
    found = read_article(
        article(info="", text=TEXT + "<div>来源：某市日报 时间：2026-11-19 14:34</div>")
    )

    assert ("2026-11-19", "某市日报") == (day(found), found.source_line)


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("（记者 王小明 通讯员 李红）", "王小明、李红"),
        ("（郭慧）", "郭慧"),
        ("（安福寺镇总工会 李红）", "李红"),
        ("（张三丰、李小龙）", "张三丰、李小龙"),
        ("（王小明 报道）", "王小明"),
        ("(作者：方敏北京大学经济学院教授)", "方敏"),
        ("（新华社记者 刘大伟 摄）", None),
        ("（吉林）", None),
        ("（完）", None),
        ("（摘编）", None),
    ],
)
def test_a_byline_at_the_end_of_the_text(extra, expected):
    """Names in brackets at the end are the byline; other brackets are not."""
    found = read_article(
        article(text=f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}{extra}</p>")
    )

    assert expected == found.byline


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("某市日报记者 张国圣 李宏", "张国圣、李宏"),
        ("见习记者 王一凡", "王一凡"),
        ("工人日报—中工网记者 刘旭 本报通讯员 张一凡", "刘旭、张一凡"),
        ("文/图 王莉", "王莉"),
        ("王勤/文 崔晓/图", "王勤"),
    ],
)
def test_a_byline_in_a_line_of_its_own(line, expected):
    """Newsroom habits: role and names at the head, 文/图 and names at the end."""
    at_head = line.endswith(("宏", "凡"))
    text = f"<p>{line}</p>{TEXT}" if at_head else f"{TEXT}<p>{line}</p>"

    assert expected == read_article(article(text=text)).byline


def test_the_editor_is_no_author_and_not_in_the_text():
    """责任编辑 goes to the editors, never to byline or body."""
    found = read_article(article(text=TEXT + "<p>（责任编辑：熊 武）</p>"))

    assert ("熊武", None) == (found.editors, found.byline)
    assert "责任编辑" not in found.body.text


def test_the_editor_at_the_end_of_a_paragraph_is_cut():
    """（责任编辑：某某） inside the last paragraph is no text either."""
    found = read_article(
        article(
            text=f"<p>{FIRST}</p><p>{SECOND}<b>{THIRD}</b>（责任编辑：<i>李 红</i>）</p>"
        )
    )

    assert (f"{FIRST}\n{SECOND}{THIRD}", "李红") == (found.body.text, found.editors)


def test_meta_author_is_never_the_byline():
    """Meta author is the editor, a department or a login name."""
    found = read_article(article(head='<meta name="author" content="系统管理员">'))

    assert None is found.byline


def test_furniture_never_reaches_the_body():
    """Neighbours, share bars, codes and related stories stay outside."""
    after = (
        "<div>扫一扫在手机打开当前页</div><div>分享到：微信 微博</div>"
        "<p>上一篇：<a href=a.html>某镇工会慰问一线职工送清凉</a></p>"
        "<p>下一篇：<a href=b.html>某街道工会举办职工运动会</a></p>"
        "<h4>相关阅读</h4><ul><li><a href=c.html>某园区工会成立</a></li></ul>"
    )
    found = read_article(article(text=TEXT + after))

    assert f"{FIRST}\n{SECOND}\n{THIRD}" == found.body.text


def test_f39_hidden_text_is_dropped():
    """display:none spam of a hacked page is not read."""
    text = (
        TEXT
        + '<p style="display: none">在线棋牌注册就送，请点击进入官方网站领取大礼包。</p>'
    )
    found = read_article(article(text=text))

    assert "棋牌" not in found.body.text


def test_two_copies_of_the_text_are_read_once():
    """A PC block and a mobile block with the same text give it once."""
    found = read_article(article(after=f"<div class=wap><div>{TEXT}</div></div>"))

    assert 1 == found.body.text.count(FIRST)


def test_pictures_are_found_with_lazy_sources_and_captions():
    """The real address of a lazy picture, and the caption below it."""
    text = (
        f"<p>{FIRST}</p><p><img src=/images/loading.gif data-original=./W020.jpg alt=现场></p>"
        f"<p>图为启动仪式现场。王小明 摄</p><p>{SECOND}</p>"
    )
    pictures = read_article(article(text=text)).body.pictures

    assert ["http://www.example.gov.cn/xwzx/202611/W020.jpg"] == [
        p.src for p in pictures
    ]
    assert ("图为启动仪式现场。", "王小明") == (pictures[0].caption, pictures[0].credit)


def test_ornaments_are_no_pictures():
    """Icons, codes, pixels and pictures of other stories do not count."""
    text = TEXT + (
        "<p><img src=/images/icon_doc.gif><img src=/images/qrcode.png><img src=a.jpg width=1 height=1></p>"
        "<p><a href=/xw/other.html><img src=/upload/other.jpg></a></p>"
    )

    assert () == read_article(article(text=text)).body.pictures


def test_a_page_of_one_picture_has_no_filler_text():
    """A body that is one long picture stays without text."""
    found = read_article(article(text='<p><img src="W020.jpg"></p>'))

    assert ("", 1) == (found.body.text, len(found.body.pictures))


def test_a_short_headline_is_found_where_the_title_begins_with_it():
    """Two characters are a headline when the title element begins with them."""
    found = read_article(article(title="早春", text='<p><img src="W020.jpg"></p>'))

    assert "早春" == found.headline


def test_tables_lists_quotes_and_notes_are_blocks():
    """Merged cells, list entries, quotes and the editor's note keep their kind."""
    text = (
        f"<p>编者按：本期介绍技能竞赛的做法。</p><p>{FIRST}</p><p>{SECOND}</p>"
        "<table><tr><th colspan=2>名单</th></tr><tr><td>安福寺镇</td><td>3人</td></tr></table>"
        "<ul><li>比赛项目有焊工、电工和养老护理。</li><li>报名截止到十二月。</li></ul>"
        f"<blockquote>{THIRD}</blockquote>"
    )
    blocks = read_article(article(text=text)).body.blocks

    assert [Quote, Paragraph, Paragraph, Table, ListBlock, Quote] == [
        type(b) for b in blocks
    ]
    assert ("note", "quote") == (blocks[0].kind, blocks[-1].kind)
    assert 2 == blocks[3].rows[0][0].colspan


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<p><strong>练兵在岗位</strong></p>", Subhead),
        ("<p align=center><b>一、</b><b>比武在现场</b></p>", Subhead),
        ("<p><strong>练兵在岗位，比武在现场。</strong></p>", Paragraph),
        ("<p><strong>练兵</strong>在岗位</p>", Paragraph),
        ("<p style='text-align:right'><b>某市总工会</b></p>", Paragraph),
        ("<p><b>2026年11月20日</b></p>", Paragraph),
        ("<h3>练兵在岗位</h3>", Subhead),
        ("<h3>练兵在岗位，比武在现场，职工都说这样的比赛好。</h3>", Paragraph),
    ],
)
def test_a_bold_line_alone_is_a_subhead(line, kind):
    """Short, all bold, no sentence, no signature: the subheads of pages without h tags."""
    text = f"<p>{FIRST}</p>{line}<p>{SECOND}</p>"
    blocks = read_article(article(text=text)).body.blocks

    assert [Paragraph, kind, Paragraph] == [type(block) for block in blocks]


def test_a_layout_table_is_no_table():
    """Old pages lay out with tables: the text inside is paragraphs."""
    html = (
        "<html><head><title>某市职工技能竞赛启动</title></head><body><table><tr><td>导航</td>"
        f"<td><table><tr><td><h1>某市职工技能竞赛启动</h1></td></tr><tr><td>2026-11-20 08:15</td></tr>"
        f"<tr><td>{TEXT}</td></tr></table></td></tr><tr><td>版权所有</td><td>某市总工会</td></tr></table></body></html>"
    )
    found = read_article(page(html))

    assert {Paragraph} == {type(b) for b in found.body.blocks}
    assert f"{FIRST}\n{SECOND}\n{THIRD}" == found.body.text


def test_links_are_kept_and_checked():
    """A link to follow is kept, a script is not."""
    text = f'<p>{FIRST}<a href="/b.html">详见</a><a href="javascript:alert(1)">点我</a></p><p>{SECOND}</p>'
    runs = read_article(article(text=text)).body.blocks[0].runs

    assert ["http://www.example.gov.cn/b.html"] == [r.href for r in runs if r.href]
    assert runs_text(runs).endswith("详见点我")


def test_attachments_are_listed_by_name():
    """Documents below the text are attachments with their names."""
    text = (
        TEXT
        + '<p>附件：</p><p><a href="./W020.docx">1.报名表.docx</a></p><p><a href="P02.pdf">2.方案</a></p>'
    )
    found = read_article(article(text=text))

    assert [("W020.docx", "1.报名表.docx"), ("P02.pdf", "2.方案")] == [
        (a.url.rsplit("/", 1)[-1], a.name) for a in found.attachments
    ]


def test_word_markup_is_read_clean():
    """mso markup leaves words only."""
    text = (
        f'<p class=MsoNormal style="mso-pagination:none"><span lang=EN-US><o:p>&nbsp;</o:p></span>{FIRST}</p>'
        f"<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p class=MsoNormal>{SECOND}</p>"
    )

    assert f"{FIRST}\n{SECOND}" == read_article(article(text=text)).body.text


def test_further_pages_are_joined_without_doubles():
    """The next page is found; joined pages say everything once."""
    one = read_article(
        article(
            text=f"<p>{FIRST}</p><p>{SECOND}</p><a href=t20261120_100_1.html>下一页</a>"
        )
    )
    two = read_article(article(text=f"<p>{SECOND}</p><p>{THIRD}{THIRD}</p>"))
    whole = join_pages([one, two])

    assert "http://www.example.gov.cn/xwzx/202611/t20261120_100_1.html" == one.next_page
    assert f"{FIRST}\n{SECOND}\n{THIRD}{THIRD}" == whole.body.text


def test_a_ban_on_reprinting_is_noticed():
    """未经授权不得转载 marks the article."""
    found = read_article(
        article(text=TEXT + "<p>版权声明：未经本网授权，不得转载。</p>")
    )

    assert found.reprint_banned


def test_the_sites_own_layout_goes_first():
    """Selectors of a site file decide title, info line and body."""
    layout = Layout(title="div.t", info="//div[@class='d']", body="div.b")
    html = (
        "<html><body><h1>频道名称就是这么长的一行</h1><div class=t>真正的标题在这里</div>"
        f"<div class=d>2026-11-01</div><div class=b>{TEXT}</div><p>{THIRD}另有消息。</p></body></html>"
    )
    found = read_article(page(html), layout)

    assert ("真正的标题在这里", "2026-11-01") == (found.headline, day(found))
    assert f"{FIRST}\n{SECOND}\n{THIRD}" == found.body.text


def test_a_wechat_page_is_read():
    """Account, author and the time in the script of a WeChat article."""
    html = (
        "<html><head><meta property='og:title' content='三百名职工同台比武'></head><body><div id=img-content>"
        "<h2 id=activity-name>三百名职工同台比武</h2><span id=js_author_name>王小明</span>"
        "<a id=js_name>某市总工会</a><em id=publish_time>昨天</em>"
        f"<div id=js_content style='visibility: hidden'><section>{TEXT}</section>"
        "<p><img data-src='https://mmbiz.example.cn/a/640?wx_fmt=jpeg'></p></div></div>"
        '<script>var ct = "1581517074";</script></body></html>'
    )
    found = read_article(page(html, url="https://mp.weixin.qq.com/s/abc"))

    assert ("三百名职工同台比武", "某市总工会", "王小明") == (
        found.headline,
        found.source_line,
        found.byline,
    )
    assert "2020-02-12T22:17:54+08:00" == found.published.isoformat()
    assert 1 == len(found.body.pictures)


def test_a_page_without_text_is_named():
    """Navigation alone is no article."""
    with pytest.raises(PageUnreadable, match="没有找到"):
        read_article(
            page("<html><body><ul><li><a href=a>首页</a></li></ul></body></html>")
        )


def test_a_reading_has_the_scorers_form():
    """The JSON of a reading holds ISO time, plain text and picture addresses."""
    reading = article_to_json(read_article(article()))

    assert ("2026-11-20T08:15:00+08:00", URL) == (reading["date"], reading["url"])
    assert Picture not in map(type, reading["images"])


def test_words_beside_a_paragraph_in_a_list_keep_their_order():
    """A list without li: what stands before and after a paragraph is not joined."""
    body = read_fragment("<ul>甲文字<p>乙段落</p>丙文字</ul>", "http://a.example.cn/")

    assert body.text.split() == ["甲文字", "乙段落", "丙文字"]
