"""Pages that name medium and author in the newsrooms' less usual ways."""

from __future__ import annotations

from reading_shapes import NEWS, PARAGRAPHS, TEXT, TITLE, Shape, html

_HEADLINE = f"<h1>{TITLE}</h1>"
_TEXT = f"<div>{PARAGRAPHS}</div>"
_URL = "http://www.example.cn/a/2.html"


def _info(family: str, info: str, **expected) -> Shape:
    inner = f"{_HEADLINE}<div>{info}</div>{_TEXT}"
    return Shape(family, html(inner), url=_URL, **expected)


PEOPLE = (
    _info(
        "CmsTop：媒体、时间、作者三个 span，没有标签",
        "<span class='source'>港区网</span><span class='date'>2026-09-21 08:05:11</span><span class='author'>王海燕</span><a class='favor'>收藏</a>",
        source="港区网",
        author="王海燕",
    ),
    _info(
        "人民网：署名单独一行",
        "<div class='author'>王海燕</div><div>2026年09月21日08:05 | 来源：<a href='/'>港区网－工会频道</a></div>",
        source="港区网－工会频道",
        author="王海燕",
    ),
    _info(
        "客户端分享页：来源、时间、阅读数各一个 span",
        "<span class='from'>云上港区</span><span class='time'>2026-09-21 08:05</span><span class='read'>阅读 1.2万</span>",
        source="云上港区",
    ),
    _info(
        "作者栏里写着媒体、职务和两个人",
        "<span>来源：港区网</span><span>作者：港区日报-港区网记者 王海燕 通讯员 李志强</span><span>2026-09-21 08:05</span>",
        source="港区网",
        author="王海燕、李志强",
    ),
    _info(
        "作者是本报记者，职务和名字之间没有空格",
        "2026-09-21 08:05　作者：本报记者王海燕",
        author="王海燕",
    ),
    _info(
        "文、图、编辑用冒号和斜线",
        "2026.09.21 08:05 / 文：王海燕 / 图：李志强 / 编辑：陈静",
        author="王海燕",
        editors="陈静",
    ),
    _info(
        "名字里有月字的记者和实习生",
        "<p>2026-09-21 08:05</p><p>港区晚报全媒体记者 吴江月 实习生 谢安</p>",
        author="吴江月、谢安",
    ),
    _info(
        "来源的值在下一格，是一个科室",
        "<table><tr><td>录入时间：</td><td>2026-9-21 8:05:00</td><td>来源：</td><td>港区工会办公室</td><td>点击：</td><td>88</td></tr></table>",
        source="港区工会办公室",
    ),
    _info(
        "斜线之间的单位",
        "港区总工会 / 2026-09-21 / 1024 浏览",
        date="2026-09-21",
        source="港区总工会",
    ),
    _info(
        "日期、空格、媒体名，没有几点",
        "2026-09-21　港区日报",
        date="2026-09-21",
        source="港区日报",
    ),
    Shape(
        "见习记者和职工通讯员在导语末尾",
        html(
            f"{_HEADLINE}<p>2026-09-21 08:05</p><div><p>{TEXT[0]}（见习记者 陶然 职工通讯员 罗曼）</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p></div>"
        ),
        url=_URL,
        author="陶然、罗曼",
        text=(f"{TEXT[0]}（见习记者 陶然 职工通讯员 罗曼）", *TEXT[1:]),
    ),
    Shape(
        "都市报：方块、记者、文图在正文首行",
        html(
            f"{_HEADLINE}<p><time>2026-09-21 08:05</time><span>港区晚报</span></p><div><p>□港区晚报记者 王海燕 文/图</p>{PARAGRAPHS}</div>"
        ),
        url=_URL,
        source="港区晚报",
        author="王海燕",
        text=("□港区晚报记者 王海燕 文/图", *TEXT),
    ),
    Shape(
        "标题上方的图片新闻不是来源",
        html(
            f"<div>{NEWS.replace('09-1', '2026-09-1')}</div>{_HEADLINE}<p>浏览次数：12</p>{_TEXT}"
        ),
        url=_URL,
        date=None,
    ),
    Shape(
        "对话：第一句以记者开头",
        html(
            f"{_HEADLINE}<p>2026-09-21 08:05</p><div><p>记者：您从哪一年开始巡道？</p>{PARAGRAPHS}</div>"
        ),
        url=_URL,
        text=("记者：您从哪一年开始巡道？", *TEXT),
    ),
)
