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
    _page(
        "分享条和再印一遍的标题在正文上方",
        f"<div>{TITLE}</div><div>分享到：<a href='#'>微信</a> <a href='#'>微博</a> <a href='#'>QQ空间</a></div><div class='t'>{PARAGRAPHS}</div>",
    ),
    _page(
        "打开 APP 的横条在正文上方",
        f"<div class='t'><div>打开APP阅读全文，享受更好体验</div>{PARAGRAPHS}</div>",
    ),
    _page(
        "顶一下、踩一下和浏览次数在正文框里",
        f"<div class='t'>{PARAGRAPHS}<div><a>顶一下(0)</a> <a>踩一下(0)</a> 0%</div><div>浏览次数：1234　　收藏　　纠错</div></div>",
    ),
    _page(
        "只有长图的文章下面是免责声明",
        "<div class='t'><p><img src='/u/1.jpg' width='900' height='4000'></p><p>声明：本文内容仅代表作者个人观点，与本站无关。本站对文中陈述、观点判断保持中立。</p></div>",
        text=("",),
        captions=(None,),
    ),
)
