# ruff: noqa: E501 - markup stands in one line
"""A union's site of our own writing on loopback: pages by path, what was asked."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from newsroom.posted import posted_address

TOPICS = (
    "职工书屋添了三百册新书 夜班工人也能借",
    "环卫工人休息点装上热水器和充电桩",
    "三家企业签订工资集体协议 覆盖八百人",
    "焊工比武场上比手艺 三十六人同台",
    "爱心驿站延长到晚上十点 骑手歇脚方便",
    "劳模进校园讲手艺 学生排队看车床",
    "女职工维权周送法到车间 现场答疑",
    "困难职工子女领到助学金 共四十二名",
    "工会组织义诊进工地 查血压测骨密度",
    "百名职工健步走 江堤上看秋色",
    "技能培训送到船上 二十名船员拿证",
    "新业态工会成立 一百二十名骑手入会",
)
PARAGRAPHS = (
    "9月{day}日，工会干部来到现场，逐项核对情况，当天登记职工提出的问题二十一件，解决十九件。",
    "职工代表说，过去下班晚、路又远，办一件事要跑两趟，如今在家门口就能办好，心里踏实。",
    "工会介绍，全年安排同类活动十二场，覆盖车间、工地和村组，经费从工会经费里列支。",
    "下一步，工会将把这项做法写进年度计划，请各基层工会按月报送进展，年底一并检查。",
)


def article(number: int, site: str = "长江工会网", *, column: str = "基层动态") -> str:
    """The page of article ``number``, published on 21 - number September."""
    day = 21 - number
    text = "".join(f"<p>{p.format(day=day)}</p>" for p in PARAGRAPHS)
    return f"""<!doctype html><html><head><meta charset="utf-8">
<title>{TOPICS[number % 12]}-{column}-{site}</title></head><body>
<div class="menu"><a href="/">首页</a><a href="/jcdt/">基层动态</a><a href="/tzgg/">通知公告</a></div>
<div class="place">当前位置：<a href="/">首页</a> &gt; <a href="/jcdt/">{column}</a></div>
<h1>{TOPICS[number % 12]}</h1>
<div class="info">发布时间：2026-09-{day:02} 09:30　来源：{site}</div>
<div class="text">{text}</div><div class="foot">{site} 版权所有</div></body></html>"""


def listing(
    numbers: list[int], *, following: str = "", site: str = "长江工会网", folder="jcdt"
) -> str:
    """A page of a column."""
    rows = "".join(
        f'<li><a href="/{folder}/2026/{n}.html">{TOPICS[n % 12]}</a>'
        f"<span>2026-09-{21 - n:02}</span></li>"
        for n in numbers
    )
    turn = (
        f'<div class="page"><a href="{following}">下一页</a></div>' if following else ""
    )
    return f"""<!doctype html><html><head><meta charset="utf-8">
<title>基层动态-{site}</title></head><body>
<div class="menu"><a href="/">首页</a><a href="/jcdt/">基层动态</a><a href="/tzgg/">通知公告</a></div>
<ul class="news">{rows}</ul>{turn}<div class="foot">{site} 版权所有</div></body></html>"""


FRONT = """<!doctype html><html><head><meta charset="utf-8"><title>长江工会网</title></head>
<body><div class="menu"><a href="/">首页</a><a href="/jcdt/">基层动态</a>
<a href="/tzgg/">通知公告</a><a href="/about/">关于我们</a></div>
<h2>欢迎访问</h2></body></html>"""
DRAWN = """<!doctype html><html><head><meta charset="utf-8"><title>职工之家-大江网</title>
</head><body><div id="list"></div><script>
function load(page) {
  $.ajax({url: "/api/lists", dataType: "json", data: {page: page, size: 12},
    success: function (got) {
      $.each(got.data.rows, function (i, row) {
        $("#list").append('<a href="/show-' + row.nid + '.html">' + row.title + '</a>');
      });
    }});
}
load(1);
</script></body></html>"""


def api(numbers: list[int]) -> str:
    """An answer of the list API that ``DRAWN`` calls."""
    rows = [
        {
            "nid": 100 + n,
            "title": TOPICS[n % 12],
            "pubtime": f"2026-09-{21 - n:02} 09:30",
        }
        for n in numbers
    ]
    return json.dumps({"code": 0, "data": {"total": 24, "rows": rows}})


def whole_site() -> dict[str, str]:
    """A front page, two columns of which one has two pages, and their articles."""
    pages = {
        "/": FRONT,
        "/jcdt/": listing(list(range(1, 9)), following="index_1.html"),
        "/jcdt/index_1.html": listing([9, 10, 11, 12]),
        "/tzgg/": listing([13, 14, 15, 16], folder="tzgg"),
        "/about/": "<html><body><h1>关于我们</h1><p>本站由工会主办。</p></body></html>",
        "/drawn.html": DRAWN,
        "/api/lists?page=1&size=12": api(list(range(1, 13))),
    }
    pages |= {f"/jcdt/2026/{n}.html": article(n) for n in range(1, 13)}
    pages |= {f"/tzgg/2026/{n}.html": article(n) for n in range(13, 17)}
    pages |= {f"/show-{100 + n}.html": article(n) for n in range(1, 13)}
    return pages


class PaperSite:
    """The pages while the ``with`` block lasts; ``pages`` may be changed at any time.

    ``stop_after`` answers 503 to every page after that many, None never.
    """

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.stop_after: int | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.port: int = self._server.server_port
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._give(self.path)

    def do_POST(self) -> None:
        """What is posted is part of the page's name, where a page is so named."""
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        posted = posted_address(self.path, body)
        self._give(posted if posted in self.server.site.pages else self.path)

    def _give(self, path: str) -> None:
        site = self.server.site
        if path == "/robots.txt":
            self._answer(200, "User-agent: *\nDisallow:\n")
            return
        site.asked.append(path)
        if site.stop_after is not None and len(site.asked) > site.stop_after:
            self._answer(503, "维护中")
        elif path in site.pages:
            self._answer(200, site.pages[path])
        else:
            self._answer(404, "没有")

    def _answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        kind = "application/json" if text[:1] == "{" else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""
