"""Pages that tempt to a wrong day, or hide the right one where no reader looks."""

from __future__ import annotations

from reading_shapes import NEWS, OTHERS, PARAGRAPHS, TEXT, TITLE, Shape, html

_HEADLINE = f"<h1>{TITLE}</h1>"
_TEXT = f"<div>{PARAGRAPHS}</div>"
_URL = "http://www.example.cn/a/2.html"
_DAY = "2026-09-21"
_STORIES = "".join(
    f"<div><a href='/x/{n}.html'>{word}</a><span>2026-09-1{n}</span></div>"
    for n, word in enumerate(OTHERS)
)


def _page(family: str, inner: str, **expected) -> Shape:
    return Shape(family, html(inner), url=_URL, **expected)


def _hidden(family: str, head: str, **expected) -> Shape:
    return Shape(family, html(_HEADLINE + _TEXT, head=head), url=_URL, **expected)


DATES = (
    _page(
        "页眉有今天、农历和天气，文章没有日期",
        f"<div>2026年11月22日 农历十月十四 多云 5~12℃</div>{_HEADLINE}<p>来源：港区总工会</p>{_TEXT}",
        date=None,
        source="港区总工会",
    ),
    _page(
        "页眉的天气有更新时间",
        f"<div>枝城 今天 晴 5~18℃ 更新时间：2026-11-22 08:00</div>{_HEADLINE}<p>来源：港区总工会</p>{_TEXT}",
        date=None,
        source="港区总工会",
    ),
    _page(
        "页眉只有今天的日期，文章没有日期",
        f"<div>2026-11-22</div>{_HEADLINE}<p>浏览次数：12</p>{_TEXT}",
        date=None,
    ),
    _page(
        "标题上方是带日期的别的稿件",
        f"<div>{_STORIES}</div>{_HEADLINE}<p>浏览次数：12</p>{_TEXT}",
        date=None,
    ),
    _page(
        "标题上方的稿件，日期另起一行",
        f"<div><p><a href='/x/1.html'>{OTHERS[0]}</a></p><p>2026-09-11</p></div>{_HEADLINE}{_TEXT}",
        date=None,
    ),
    _page(
        "上一篇、下一篇后面有日期",
        f"{_HEADLINE}<p>浏览次数：12</p>{_TEXT}<div>上一篇：<a href='/1'>职工运动会报名通知</a> 2026-09-18</div>"
        "<div>下一篇：<a href='/3'>关于召开职代会的公告</a> 2026-09-23</div>",
        date=None,
    ),
    _page(
        "通知只有落款日期：落款属于正文，不是发布日期",
        f"<div class='c'>{_HEADLINE}{PARAGRAPHS}<p>枝城港区总工会</p><p>2026年9月18日</p></div>",
        date=None,
        text=(*TEXT, "枝城港区总工会", "2026年9月18日"),
    ),
    _page(
        "英文标签，边栏也是英文日期",
        f"<article><header>{_HEADLINE}<div>Posted on September 21, 2026 by <a href='/u'>Li</a> in <a href='/c'>工会</a></div></header>{PARAGRAPHS}</article>"
        f"<aside><h2>Recent Posts</h2><ul>{NEWS.replace('09-1', 'September 1')}</ul></aside>",
        date=_DAY,
    ),
    _page(
        "星期在括号里，下午几点",
        f"{_HEADLINE}<p>发布日期：2026年9月21日（星期一）下午3:12</p>{_TEXT}",
        date="2026-09-21T15:12",
    ),
    _page(
        "标签和没有年份的日期粘着媒体名",
        f"{_HEADLINE}<div><a href='/u/1'>港区日报</a><span>发布时间：09-21 08:05</span><span>发布于：湖北</span></div>{_TEXT}",
        source="港区日报",
    ),
    _page(
        "几小时前，和媒体名各在一个 span",
        f"{_HEADLINE}<div><span>港区日报</span><span>3小时前</span></div>{_TEXT}",
        date="2026-11-22T06:30",
        source="港区日报",
    ),
    _page("加入时间", f"{_HEADLINE}<p>点击数:88 | 加入时间:2026-09-21</p>{_TEXT}", date=_DAY),
    _hidden("日期只在注释里", "<!-- publishdate:2026-09-21 08:05:01 -->"),
    _hidden(
        "方正翔宇的注释，零点只是日子",
        "<!--enpproperty <articleid>33</articleid><date>2026-09-21 00:00:00:000</date><author></author>/enpproperty-->",
        date=_DAY,
    ),
    _hidden(
        "微数据 itemprop",
        "<meta itemprop='datePublished' content='2026-09-21T08:05:00+08:00'>",
    ),
    _hidden("PubDate 写成零点", "<meta name='PubDate' content='2026-09-21 00:00:00'>", date=_DAY),
)  # fmt: skip
