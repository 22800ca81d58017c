"""Pages whose texts stand with what is no text, or stand in a picture's or file's words."""

from __future__ import annotations

from reading_shapes import FIRST, PARAGRAPHS, TEXT, TITLE, Shape, html

_URL = "http://www.example.cn/html/2026-09/21/content_2.html"
_HEAD = f"<h1>{TITLE}</h1><p>2026-09-21 08:05</p>"


def _page(family: str, inner: str, **expected) -> Shape:
    return Shape(family, html(_HEAD + inner), url=_URL, **expected)


RESTS = (
    _page(
        "织梦：正文前印着开头四十字和省略号",
        f"<div class='intro'>{FIRST[:30]}...</div><div class='content'>{PARAGRAPHS}</div>",
    ),
    _page(
        "新华网：责任编辑前的纠错",
        f"<div id='detail'>{PARAGRAPHS}<div><span><a href='javascript:;'>【纠错】</a></span><span>【责任编辑:李红】</span></div></div>",
        editors="李红",
    ),
    _page(
        "人民网：点击播报本文",
        f"<div><div><p>点击播报本文，约 <i>6</i> 分钟</p></div>{PARAGRAPHS}</div>",
    ),
    _page(
        "SiteServer：附件由下载页给出，名字里才有后缀",
        f"<div>{PARAGRAPHS}<p>附件：<a href='/sitefiles/cms/download.aspx?contentID=90'>报名表.xlsx</a></p></div>",
        text=(*TEXT, "附件：报名表.xlsx"),
        attachments=("报名表.xlsx",),
    ),
    _page(
        "数字报：图片和图注在正文上方的表格里",
        f"<table><tr><td><img src='../../../images/2026-09/21/05/res03_attpic_brief.jpg'></td></tr><tr><td>选手在焊接。李志强 摄</td></tr></table><div id='ozoom'>{PARAGRAPHS}</div>",
        captions=("选手在焊接。",),
        credits=("李志强",),
    ),
)
