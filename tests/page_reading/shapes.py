"""What the made-up pages of CMS families are built from: text, noise, and a Shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsroom.article import CHINA, Page

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
TITLE = "枝城港区职工技能竞赛火热开赛"
FIRST = "9月20日，枝城港区第八届职工技能竞赛在港区实训基地开赛，来自12家企业的186名选手同台竞技。"
SECOND = "本次竞赛设门机司机、叉车司机、电气焊三个工种，分理论考试和实际操作两个环节，历时三天。"
THIRD = "“比的是手上功夫，练的是安全意识。”港区工会负责人说，获奖选手将优先推荐参加全市比赛。"
TEXT = (FIRST, SECOND, THIRD)
PARAGRAPHS = "".join(f"<p>　　{one}</p>" for one in TEXT)
DAY = "2026-09-21"
MINUTE = "2026-09-21T08:05"

MENU = "".join(
    f"<li><a href='/{n}/'>{word}</a></li>"
    for n, word in enumerate(
        [
            "首页",
            "新闻中心",
            "政务公开",
            "政务服务",
            "互动交流",
            "专题专栏",
            "走进枝城",
            "图片新闻",
        ]
    )
)
OTHERS = (
    "全市工会系统召开三季度工作推进会",
    "夏送清凉活动走进物流园区",
    "职工书屋里的读书时光",
    "劳模工匠宣讲团走进职业院校",
    "市总工会开展法律援助进企业活动",
    "新就业形态劳动者服务站揭牌启用",
    "女职工权益保障专项行动启动",
)
NEWS = "".join(
    f"<li><a href='/xw/2026/{n}.html' title='{word}'>{word}</a><span>09-{10 + n}</span></li>"
    for n, word in enumerate(OTHERS)
)
FOOT = (
    "<div>主办单位：枝城港区管理委员会　承办：港区融媒体中心　联系电话：0717-0000000</div>"
    "<div>鄂ICP备00000000号-1　鄂公网安备 42050000000000号　网站标识码：4205000000</div>"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A made-up page and what a reader sees on it.

    ``date`` is compared as far as it is written: a day, or day and minute.
    """

    family: str
    html: str | bytes
    url: str = "http://www.example.gov.cn/xw/c10/content_23.html"
    title: str = TITLE
    date: str | None = MINUTE
    source: str | None = None
    author: str | None = None
    editors: str | None = None
    text: tuple[str, ...] = TEXT
    captions: tuple[str | None, ...] = ()
    credits: tuple[str | None, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        """The page as if fetched."""
        body = self.html if isinstance(self.html, bytes) else self.html.encode()
        return Page(url=self.url, body=body, fetched_at=NOW)


def html(inner: str, *, title: str = f"{TITLE}_枝城港区", head: str = "") -> str:
    """A page with menu, side box and footer around what a family draws."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<div class='w1'>今天是 2026年11月22日 星期日</div><ul class='w2'>{MENU}</ul>"
        f"{inner}<div class='w3'><h3>热点新闻</h3><ul>{NEWS}</ul></div>{FOOT}</body></html>"
    )
