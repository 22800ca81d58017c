"""Pages of our own writing, for the tests of this folder."""

from __future__ import annotations

from datetime import datetime

from newsroom.article import CHINA, Page

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
URL = "http://www.example.gov.cn/xwzx/202611/t20261120_100.html"
FIRST = (
    "11月19日，某市总工会在会展中心举行职工技能竞赛启动仪式，来自各镇的三百名职工参加。"
)
SECOND = "启动仪式上，有关负责人介绍了竞赛安排，鼓励广大职工学技术、练本领、当工匠。"
THIRD = "竞赛将持续到年底，优胜者可以直接晋升技术等级，并获得一次疗休养机会。"
TEXT = f"<p>　　{FIRST}</p><p>　　{SECOND}</p><p>　　{THIRD}</p>"


def page(html: str | bytes, *, url: str = URL, **others) -> Page:
    body = html if isinstance(html, bytes) else html.encode()
    return Page(url=url, body=body, fetched_at=NOW, **others)


def article(
    *,
    title: str = "某市职工技能竞赛启动",
    info: str = "发布时间：2026-11-20 08:15　来源：某市日报",
    text: str = TEXT,
    head: str = "",
    before: str = "",
    after: str = "",
) -> Page:
    return page(
        f"<html><head><meta charset=utf-8><title>{title}-某市总工会</title>{head}</head>"
        "<body><div class=top><a href=/>首页</a><a href=/xw/>新闻中心</a></div>"
        f"{before}<div class=main><h1>{title}</h1><div class=x1>{info}</div>"
        f"<div class=x2>{text}</div></div>{after}"
        "<div class=foot>主办单位：某市总工会 某ICP备00000000号 网站标识码0000000000</div>"
        "</body></html>"
    )
