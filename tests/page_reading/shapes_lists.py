"""List pages after the habits of CMS families: five rows, and what is no row around."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from reading_shapes import FOOT, MENU, OTHERS

from newsroom.article import CHINA, Page

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
TITLES = (
    "枝城港区总工会召开职工代表大会部署全年重点工作",
    "“工会进万家”新就业形态劳动者温暖行动启动",
    "港区职工技能竞赛决出三个工种前六名",
    "工会驿站增添夏季防暑药品和饮用水",
    "关于评选2026年度模范职工之家的通知",
)
DAYS = (21, 20, 18, 17, 15)
BASE = "http://gh.example.cn/gzdt/"
ADDRESSES = tuple(f"{BASE}202609/t202609{day}_10{n}.html" for n, day in enumerate(DAYS))


@dataclass(frozen=True, slots=True)
class ListShape:
    """A made-up list page, the pager's target, and how far its dates can be known."""

    family: str
    html: str
    url: str = f"{BASE}index.html"
    next_page: str | None = None
    addresses: tuple[str, ...] = ADDRESSES
    titles: tuple[str, ...] = TITLES
    dates: tuple[str, ...] | None = tuple(f"2026-09-{day}" for day in DAYS)

    @property
    def page(self) -> Page:
        """The page as if fetched."""
        return Page(url=self.url, body=self.html.encode(), fetched_at=NOW)


def rows(shape: str) -> str:
    """The five rows in one shape; ``{cut}`` is a title cut with dots."""
    return "".join(
        shape.format(
            n=n,
            title=title,
            cut=title[:12] + "…",
            day=day,
            url=f"./202609/t202609{day}_10{n}.html",
            absolute=ADDRESSES[n],
            title_and_day=f"{title}\n发布时间：2026-09-{day}",
        )
        for n, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )


SIDE = "".join(
    f"<li><a href='/zt/2026/{n}.html'>{w}</a></li>" for n, w in enumerate(OTHERS)
)


def page(inner: str, head: str = "") -> str:
    """A list page with menu, column menu, hot box and footer."""
    return (
        f"<html><head><meta charset=utf-8><title>工作动态_枝城港区总工会</title>{head}</head><body>"
        f"<div>今天是2026年11月22日</div><ul class=nav>{MENU}</ul><div class=pos>当前位置：<a href='/'>首页</a> &gt; <a href='/gzdt/'>工作动态</a></div>"
        "<div class=left><h3>栏目导航</h3><ul><li><a href='/gzdt/'>工作动态</a></li><li><a href='/tzgg/'>通知公告</a></li><li><a href='/zcfg/'>政策法规</a></li><li><a href='/ldjs/'>劳动竞赛</a></li></ul></div>"
        f"{inner}<div class=hot><h3>热点专题</h3><ul>{SIDE}</ul></div><div><select><option>友情链接</option></select><a href='http://www.acftu.example.org/'>全国总工会</a></div>{FOOT}</body></html>"
    )


_ISLAND = (
    "<script type='text/xml'><datastore><nextgroup><![CDATA[<a href='/module/x.jsp'></a>]]></nextgroup>"
    "<totalrecord>86</totalrecord><totalpage>6</totalpage><recordset>"
    + rows(
        "<record><![CDATA[<li><a title='{title}' target='_blank' href='{absolute}'>{cut}</a><span>2026-09-{day}</span></li>]]></record>"
    )
    + "</recordset></datastore></script>"
)
_JSON = (
    '<script>var listData = {"total": 86, "rows": ['
    + ",".join(
        rows(
            '{{"id":"10{n}","title":"{title}","url":"{absolute}","publishTime":"2026-09-{day} 08:05:00"}}|'
        )
        .rstrip("|")
        .split("|")
    )
    + "]};</script>"
)

_STATE = {
    "rows": [
        {
            "docTitle": title,
            "docPubUrl": address,
            "docRelTime": int(datetime(2026, 9, day, 8, 5, tzinfo=CHINA).timestamp())
            * 1000,
        }
        for title, address, day in zip(TITLES, ADDRESSES, DAYS, strict=True)
    ]
}

_CLICKED = (
    "<div class=c onclick=\"location.href='{url}'\"><h4>{title}</h4>"
    "<span>2026-09-{day}</span></div>"
)
_OPENED = (
    "<tr onclick=\"window.open('{url}')\"><td>{title}</td><td>2026-09-{day}</td></tr>"
)
_BY_SCRIPT = (
    "<li><a href='javascript:;' onclick=\"window.open('{url}')\">{title}</a>"
    "<span>2026-09-{day}</span></li>"
)

LISTS = (
    ListShape(
        "TRS WCM：createPageHTML 画的翻页",
        page(
            f"<ul class=list>{rows('<li><span>2026-09-{day}</span><a href={url!r} title={title!r}>{cut}</a></li>')}</ul>"
            "<script>createPageHTML(20, 0, 'index', 'html');</script>"
        ),
        next_page=f"{BASE}index_1.html",
    ),
    ListShape(
        "TRS WCM 第三页",
        page(
            f"<ul class=list>{rows('<li><span>2026-09-{day}</span><a href={url!r}>{title}</a></li>')}</ul>"
            "<script>createPageHTML(20, 2, 'index', 'html');</script>"
        ),
        url=f"{BASE}index_2.html",
        next_page=f"{BASE}index_3.html",
    ),
    ListShape(
        "大汉 jcms：数据岛 record 与 CDATA",
        page(f"<div id='18462'>{_ISLAND}</div>"),
        url=f"{BASE}col/col3577/index.html?uid=18462&pageNum=1",
        next_page=f"{BASE}col/col3577/index.html?uid=18462&pageNum=2",
    ),
    ListShape("脚本里的 JSON", page(f"<div id=app></div>{_JSON}")),
    ListShape(
        "表格行：圆点图片、日期在右格",
        page(
            f"<table>{rows('<tr><td><img src=/i/dot.gif></td><td><a href={url!r} target=_blank>{title}</a></td><td align=right>[2026-09-{day}]</td></tr>')}</table>"
            "<table><tr><td>共86条 第1/18页 首页 上一页 <a href='index_2.html'>下一页</a> <a href='index_18.html'>尾页</a></td></tr></table>"
        ),
        next_page=f"{BASE}index_2.html",
    ),
    ListShape(
        "dl：dt 标题 dd 摘要与时间",
        page(
            rows(
                "<dl><dt><a href='{url}'>{title}</a></dt><dd>为贯彻2025年12月全会精神，工会组织开展系列活动，取得了良好效果。</dd><dd>发布时间：2026-09-{day} 10:20　浏览：12</dd></dl>"
            )
        ),
    ),
    ListShape(
        "日历卡片：日在上，年月在下",
        page(
            f"<ul>{rows('<li><div class=d><b>{day}</b><i>2026-09</i></div><div><h4><a href={url!r}>{title}</a></h4><p>工会组织开展系列活动……</p></div></li>')}</ul>"
        ),
    ),
    ListShape(
        "日历卡片：09/21 与 2026 分两行",
        page(
            f"<ul>{rows('<li><a href={url!r}><div class=d><p>09/{day}</p><p>2026</p></div><div class=t>{title}</div></a></li>')}</ul>"
        ),
    ),
    ListShape(
        "只有月日，没有年份",
        page(
            f"<ul>{rows('<li><a href={url!r}>{title}</a><em>09-{day}</em></li>')}</ul>"
        ),
    ),
    ListShape(
        "图片格子：图和标题两个链接",
        page(
            f"<div class=grid>{rows('<div class=g><a href={url!r}><img src=/u/{n}.jpg></a><p><a href={url!r}>{title}</a></p><span>2026.09.{day}</span></div>')}</div>"
        ),
    ),
    ListShape(
        "置顶行与 new 图标",
        page(
            "<ul>"
            + rows(
                "<li><a href='{url}'><font color=red>[置顶]</font>{title}</a><img src=/i/new.gif><span>2026年09月{day}日</span></li>"
            )
            + "</ul>"
        ),
        titles=tuple(f"[置顶]{title}" for title in TITLES),
    ),
    ListShape(
        "序号在链接前",
        page(
            f"<ul>{rows('<li><i>{n}.</i><a href={url!r}>{title}</a><span>(2026/9/{day})</span></li>')}</ul>"
        ),
    ),
    ListShape(
        "栏目名在方括号链接里",
        page(
            f"<ul>{rows('<li>[<a href=/gzdt/>工作动态</a>] <a href={url!r}>{title}</a> <span>2026-09-{day}</span></li>')}</ul>"
        ),
    ),
    ListShape(
        "整张卡片是一个链接，摘要里有别的日期",
        page(
            rows(
                "<a class=card href='{url}'><div class=pic><img src=/u/{n}.jpg></div><div class=tit>{title}</div><div class=ds>自2025年1月1日起，工会组织开展系列活动，服务职工群众，成效明显，广受好评。</div><div class=tm>2026-09-{day}</div></a>"
            )
        ),
    ),
    ListShape(
        "帝国 CMS：index_2 与 [详细]",
        page(
            f"<ul>{rows('<li><h3><a href={url!r}>{title}</a></h3><p>摘要……<a href={url!r}>[详细]</a></p><small>2026-09-{day}</small></li>')}</ul>"
            "<div class=page><b>1</b><a href='index_2.html'>2</a><a href='index_3.html'>3</a><a href='index_2.html'>下一页</a></div>"
        ),
        next_page=f"{BASE}index_2.html",
    ),
    ListShape(
        "织梦：list_1_2.html，数字翻页，当前页无链接",
        page(
            f"<ul>{rows('<li>·<a href={url!r}>{title}</a> (2026-09-{day})</li>')}</ul>"
            "<ul class=pagelist><li class=thisclass>1</li><li><a href='list_1_2.html'>2</a></li><li><a href='list_1_3.html'>3</a></li><li>共<strong>9</strong>页</li></ul>"
        ),
        next_page=f"{BASE}list_1_2.html",
    ),
    ListShape(
        "博达 VSB：页码倒数，tzgg/17.htm",
        page(
            f"<ul>{rows('<li id=line_u8_{n}><a href={url!r} title={title!r}>{cut}</a><span>2026-09-{day}</span></li>')}</ul>"
            "<span class=p_pages><span class=p_first_d>首页</span><span class=p_prev_d>上页</span><span class=p_no_d>1</span><span class=p_no><a href='gzdt/17.htm'>2</a></span><span class=p_next><a href='gzdt/17.htm'>下页</a></span><span class=p_last><a href='gzdt/1.htm'>尾页</a></span></span>"
        ),
        url="http://gh.example.cn/gzdt/gzdt.htm",
        next_page=f"{BASE}gzdt/17.htm",
    ),
    ListShape(
        "?page= 翻页，箭头字符",
        page(
            f"<ul>{rows('<li><a href={url!r}>{title}</a><time>2026-09-{day}</time></li>')}</ul>"
            "<nav><a class=active href='?page=1'>1</a><a href='?page=2'>2</a><a href='?page=2' aria-label='Next'>›</a></nav>"
        ),
        next_page=f"{BASE}index.html?page=2",
    ),
    ListShape(
        "翻页藏在 onclick 里",
        page(
            f"<ul>{rows('<li><a href={url!r}>{title}</a><time>2026-09-{day}</time></li>')}</ul>"
            "<div><a href='javascript:void(0)' onclick=\"location.href='index_2.html'\">下一页</a></div>"
        ),
        next_page=f"{BASE}index_2.html",
    ),
    ListShape(
        "WordPress：nextpostslink 与 time",
        page(
            rows(
                "<article><h2 class=entry-title><a href='{url}' rel=bookmark>{title}</a></h2><div class=meta><time datetime='2026-09-{day}T08:00:00+08:00'>2个月前</time> <a href='/author/a/'>admin</a></div><p>活动现场气氛热烈……<a href='{url}'>阅读全文</a></p></article>"
            )
            + "<a class='nextpostslink' rel='next' href='/gzdt/page/2/'>较旧文章</a>"
        ),
        next_page=f"{BASE}page/2/",
    ),
    ListShape(
        "没有日期的列表",
        page(f"<ul class=n>{rows('<li><a href={url!r}>{title}</a></li>')}</ul>"),
        dates=None,
    ),
    ListShape(
        "英文式日期的卡片",
        page(
            rows(
                "<div class=it><a href='{url}'><h3>{title}</h3><span>Sep {day}, 2026</span></a></div>"
            )
        ),
    ),
    ListShape(
        "标题与日期各占一个浮动盒，日期在前一行",
        page(
            rows(
                "<div class=r><div class=dt>2026-09-{day}</div><div class=tt><a href='{url}' title='{title}'>{cut}</a></div><div style='clear:both'></div></div>"
            )
        ),
    ),
    ListShape(
        "onclick 打开的行",
        page(
            f"<ul>{rows('<li onclick=x({n})><a href={url!r} onclick=count()>{title}</a><span class=r>09月{day}日</span></li>')}</ul>"
        ),
    ),
    ListShape(
        "title= 里还有第二行发布时间",
        page(
            rows(
                "<li><a href='{url}' title='{title_and_day}'>{cut}</a><span>2026-09-{day}</span></li>"
            )
        ),
    ),
    ListShape(
        "日期在右边的格子里，全部行写在一个 tr",
        page(
            f"<table><tr>{rows('<td><a href={url!r}>{title}</a></td><td>2026-09-{day}</td>')}</tr></table>"
        ),
    ),
    ListShape(
        "日期在左边的格子里，全部行写在一个 tr",
        page(
            f"<table><tr>{rows('<td>2026-09-{day}</td><td><a href={url!r}>{title}</a></td>')}</tr></table>"
        ),
    ),
    ListShape(
        "一个 div 里用 br 分行，日期在链接后",
        page(f"<div>{rows('·<a href={url!r}>{title}</a>　(2026-09-{day})<br>')}</div>"),
    ),
    ListShape(
        "末页：下一页指向自己",
        page(
            f"<ul>{rows('<li><a href={url!r}>{title}</a><span>2026-09-{day}</span></li>')}</ul><a href='index_1.html'>上一页</a><a href='index_2.html'>下一页</a>"
        ),
        url=f"{BASE}index_2.html",
    ),
    ListShape(
        "下一页只有图标和 title=",
        page(
            f"<ul>{rows('<li><a href={url!r}>{title}</a><span>2026-09-{day}</span></li>')}</ul><a href='index_2.html' title='下一页'><i></i></a>"
        ),
        next_page=f"{BASE}index_2.html",
    ),
    ListShape(
        "卡片：短摘要里有别的日期，时间和阅读数同行",
        page(
            rows(
                "<div class=c><h3><a href='{url}'>{title}</a></h3><p>2025年3月1日起，市总工会部署开展有关工作，各级工会积极响应……</p><span>2026-09-{day} 08:00</span><span>阅读 88</span></div>"
            )
        ),
    ),
    ListShape(
        "日历卡片：日在上，月在下，没有年份",
        page(
            f"<ul>{rows('<li><div><i>{day}</i><i>9月</i></div><a href={url!r}>{title}</a></li>')}</ul>"
        ),
    ),
    ListShape(
        "window.__INITIAL_STATE__：地址在 docPubUrl，时间是毫秒",
        "<html><head><meta charset=utf-8><title>工作动态</title></head><body><div id=app></div><script>window.__INITIAL_STATE__="
        + json.dumps(_STATE)
        + ";</script></body></html>",
    ),
    ListShape(
        "TRS WCM 末页：从零数起",
        page(
            f"<ul class=list>{rows('<li><span>2026-09-{day}</span><a href={url!r}>{title}</a></li>')}</ul>"
            "<script>createPageHTML(3, 2, 'index', 'html');</script>"
        ),
        url=f"{BASE}index_2.html",
    ),
    ListShape(
        "新版 TRS 末页：先写容器编号，从一数起",
        page(
            f"<ul class=list>{rows('<li><span>2026-09-{day}</span><a href={url!r}>{title}</a></li>')}</ul>"
            "<script>createPageHTML('page_div', 3, 2, 'index', 'html', 57);</script>"
        ),
        url=f"{BASE}index_2.html",
        next_page=f"{BASE}index_3.html",
    ),
    ListShape(
        "卡片没有链接，点击由 location.href 打开",
        page(f"<div>{rows(_CLICKED)}</div>"),
    ),
    ListShape(
        "表格的行由 window.open 打开",
        page(f"<table>{rows(_OPENED)}</table>"),
    ),
    ListShape(
        "链接是 javascript:;，地址在 onclick 里",
        page(f"<ul>{rows(_BY_SCRIPT)}</ul>"),
    ),
)
