# ruff: noqa: E501 - markup stands in one line
"""The paper site after a redesign that the general reading does not see through."""

from tests.workflow.paper_site import PARAGRAPHS, TOPICS

RANK = "".join(
    f'<li><a href="/rank/2026/{n}.html">排行第{n}位的往期专题报道和图集</a><span>2026-08-{n:02}</span></li>'
    for n in range(1, 21)
)
NOTICE = "".join(
    f"<p>本站声明第{n}条：凡转载本站稿件，请注明出处；图片和文字的权利归作者所有，如有异议，请来信说明，我们在七日内核实处理并答复，来信请写明稿件标题和网址。</p>"
    for n in range(1, 16)
)


def new_list(numbers: list[int]) -> str:
    """The column now: undated cards beside a dated ranking."""
    cards = "".join(
        f'<div class="card"><a href="/jcdt/2026/{n}.html"><b>{TOPICS[n % 12]}</b></a></div>'
        for n in numbers
    )
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>基层动态</title></head><body>
<div class="menu"><a href="/">首页</a></div><div class="cards">{cards}</div>
<ul class="rank">{RANK}</ul></body></html>"""


def new_article(number: int) -> str:
    """An article now: its text beside a longer notice."""
    day = 21 - number
    text = "".join(f"<p>{p.format(day=day)}</p>" for p in PARAGRAPHS)
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>长江工会网</title></head><body>
<div class="menu"><a href="/">首页</a></div>
<div class="story"><div class="big">{TOPICS[number % 12]}</div><div class="when">2026-09-{day:02} 09:30</div>
<div class="words">{text}</div></div>
<div class="notice"><h1>本站声明和版权说明全文</h1><div class="info">2024-01-02 08:00</div>{NOTICE}</div></body></html>"""
