"""Union sites of invented news on loopback, for the crawl's benchmark.

Who asks imports only what writes the files: what serves them is loaded by the server.
Static files of about 11 KB with ETag and Last-Modified, served by nginx where it is
installed, else by a small server of our own: one process that serves any number.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

COLUMNS = ("xwdt", "jcdt", "wqfw", "tzgg")
LAST_DAY = date(2026, 9, 20)
PAGE_BYTES = 11_000
_PHRASES = (
    "总工会组织志愿者走进企业车间",
    "为一线职工送去防暑降温用品1200份",
    "开展集体协商要约行动，覆盖企业36家",
    "劳动竞赛决出一二三等奖",
    "职工代表听取了工作报告并分组讨论",
    "为困难职工建立帮扶档案并逐户走访",
    "新就业形态劳动者加入工会83人",
    "邀请医生现场为职工测量血压",
    "劳模工匠走上讲台传授技艺",
    "把安全生产培训办到班组和工地",
)
_NGINX = """
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 256; }}
http {{
  access_log {log}; default_type "text/html; charset=utf-8";
  types {{ text/plain txt; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
  fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4;
  scgi_temp_path {folder}/t5;
  keepalive_requests 100000;
  server {{ listen 127.0.0.1:{port}; root {folder}/site; }}
}}
"""


def write_sites(folder: Path, sites: int, articles: int, days_apart: float) -> None:
    """Write so many sites of four columns with so many articles each.

    In a column an article came out every ``days_apart`` days.
    """
    dice = random.Random(20260921)
    for site in range(sites):
        for column in COLUMNS:
            place = folder / "site" / f"s{site:02}" / column
            place.mkdir(parents=True)
            rows = []
            for number in range(1, articles + 1):
                day = LAST_DAY - timedelta(days=int((number - 1) * days_apart))
                title = f"{dice.choice(_PHRASES)}（{site}{column}第{number}篇）"
                (place / f"{number}.html").write_text(_article(dice, title, day))
                rows.append(
                    f'<li><span>{day}</span><a href="{number}.html">{title}</a></li>'
                )
            (place / "list.html").write_text(_list("".join(rows)))


def list_paths(sites: int) -> list[str]:
    """The addresses of all list pages, without the server."""
    return [f"/s{n:02}/{column}/list.html" for n in range(sites) for column in COLUMNS]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, str]]:
    """Serve ``folder/site``: the port, and what serves it."""
    port = _free_port()
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx:
        # started by root it would give its worker to a user who cannot read the folder
        user = "user root;" if os.geteuid() == 0 else ""
        log = folder / "access.log"
        text = _NGINX.format(folder=folder, port=port, log=log, user=user)
        (folder / "nginx.conf").write_text(text)
        command = [nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    else:
        command = [sys.executable, __file__, str(folder / "site"), str(port)]
    server = subprocess.Popen(command)
    try:
        _wait_for(port)
        yield port, "nginx" if nginx else "a server of our own"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    from urllib.request import urlopen

    for _ in range(200):
        try:
            urlopen(f"http://127.0.0.1:{port}/s00/xwdt/list.html").close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the server did not start")


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _list(rows: str) -> str:
    return _PAGE.format(
        title="工作动态", body=f'<div class="list"><ul>{rows}</ul></div>'
    )


def _article(dice: random.Random, title: str, day: date) -> str:
    """A page of about 11 KB: site head, headline, source line, text, links, foot."""
    paragraphs: list[str] = []
    size = 4_000
    while size < PAGE_BYTES:
        text = "，".join(dice.choices(_PHRASES, k=dice.randrange(3, 9))) + "。"
        paragraphs.append(f"<p style='text-indent:2em'>{text}</p>")
        size += len(paragraphs[-1].encode())
    body = (
        f'<div class="article"><h1>{title}</h1><div class="info">'
        f"<span>发布时间：{day} 09:{dice.randrange(60):02}</span>"
        f"<span>来源：样板市总工会</span><span>作者：何某</span></div>"
        f'<div class="content">{"".join(paragraphs)}</div></div>'
    )
    return _PAGE.format(title=title, body=body)


_NAVIGATION = "".join(
    f'<li><a href="/s00/xwdt/list.html">{name}</a></li>'
    for name in (
        *("首页", "工会概况", "工会要闻", "基层动态", "权益保障", "劳模工匠", "女职工"),
        *("职工之家", "政策法规", "通知公告", "信息公开", "办事指南", "视频", "专题"),
    )
)
_LINKS = "".join(
    f'<li><a href="http://{name}.example/">{shown}</a></li>'
    for name, shown in (
        *(("acftu", "中华全国总工会"), ("workercn", "中工网"), ("gov", "中国政府网")),
        *(("hbzgh", "湖北省总工会"), ("yczgh", "宜昌市总工会"), ("hubei", "省政府")),
        *(("yichang", "市政府"), ("grrb", "工人日报"), ("rmw", "人民网")),
    )
)
_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-样板工会网'
    "</title></head><body>"
    f'<div class="nav"><ul>{_NAVIGATION}</ul></div>'
    '<div class="path">当前位置：首页 &gt; 新闻</div>{body}'
    f'<div class="foot"><ul>{_LINKS}</ul><p>主办：样板市总工会</p></div>'
    "</body></html>"
)


async def _serve(folder: Path, port: int) -> None:
    """Enough of HTTP/1.1 for a crawler: GET, keep-alive, ETag, 304, 404."""
    import asyncio

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                writer.write(_answer(folder, head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", port) as server:
        await server.serve_forever()


def _answer(folder: Path, head: str) -> bytes:
    path = folder / head.split(" ", 2)[1].lstrip("/")
    if not path.is_file():
        return b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n"
    told = path.stat()
    tag = f'"{int(told.st_mtime):x}-{told.st_size:x}"'
    lines = f"ETag: {tag}\r\nLast-Modified: {formatdate(told.st_mtime, usegmt=True)}"
    if tag in head:
        return f"HTTP/1.1 304 X\r\n{lines}\r\n\r\n".encode()
    body = path.read_bytes()
    kind = f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}"
    return f"HTTP/1.1 200 X\r\n{lines}\r\n{kind}\r\n\r\n".encode() + body


if __name__ == "__main__":
    import asyncio

    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
