"""What each sample site answers at a given time: every address and its response.

``answer`` is the site as a whole (weather, list API, pictures, 404); ``site_files``
lists the pages that it has. Nothing here knows a port or a socket.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import ceil
from urllib.parse import parse_qs, urlsplit

from demo.articles import NAMES, DemoArticle, articles_of
from demo.pages import article_page, feed_page, list_page, render
from demo.pictures import MOTIVES, draw
from demo.scenario import Weather, weather
from demo.shapes import SHAPES, list_pages, picture_path

API_PATH = "/show/lists"
"""The address of the Yichang site's JSONP list API."""

API_ROWS = 10
_UTF8_BOX = "@@UTF8@@"
_ROBOTS = "User-agent: *\nDisallow: /admin/\n"
_FEEDS = {
    "portal": ("/rss/news.xml", "application/rss+xml"),
    "jingzhou": ("/xwzx/atom.xml", "application/atom+xml"),
}


@dataclass(frozen=True, slots=True)
class Response:
    """What an address answers; ``cut`` means that the connection ends half-way."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    modified: datetime | None = None
    cut: bool = False


def answer(site: str, target: str, *, as_of: datetime, base: str) -> Response | None:
    """What ``site`` answers to ``GET target`` at that time, None when it hangs up.

    ``base`` is the site's own address without a slash at the end, for its feeds.
    """
    sky = weather(site, as_of)
    if sky is Weather.HANG_UP:
        return None
    if sky is Weather.UNAVAILABLE:
        return _message(503, "503 服务不可用", "网站维护中，请稍后访问。")
    if target == "/robots.txt":
        return Response(_ROBOTS.encode(), "text/plain; charset=utf-8")
    if sky is Weather.CHALLENGE:
        page = render("challenge.html.j2", ticket=f"{as_of:%Y%m%d}-4410")
        return Response(page.encode())
    return _page(site, target, as_of, base)


def site_files(site: str, *, as_of: datetime, base: str = "") -> dict[str, Response]:
    """Every page of ``site`` by its path with query, as it stands at that time."""
    there = articles_of(site, as_of=as_of)
    files: dict[str, Response] = {}
    for position, article in enumerate(there):
        older = there[position + 1 : position + 3]
        files.update(_article_files(article, older, as_of))
    for column in SHAPES[site].columns:
        files.update(_list_files(site, column, there))
    if site in _FEEDS:
        path, kind = _FEEDS[site]
        files[path] = Response(feed_page(site, there, base).encode(), kind)
    if site == "yichang":
        pages = range(1, ceil(len(there) / API_ROWS) + 1)
        files |= {
            f"{API_PATH}?page={n}": jsonp_list(there, page=n, callback="callback")
            for n in pages
        }
    files["/"] = files[SHAPES[site].list_path(next(iter(SHAPES[site].columns)), 1)]
    return files


def jsonp_list(there: tuple[DemoArticle, ...], *, page: int, callback: str) -> Response:
    """A page of the Yichang list API: JSONP, every character escaped."""
    rows = there[(page - 1) * API_ROWS : page * API_ROWS]
    answer = {
        "allnums": str(len(there)),
        "data": [
            {
                "n_id": str(50200 + row.number),
                "title": row.title,
                "vc_inputtime": f"{row.at:%Y-%m-%d %H:%M:%S}",
                "vc_department": row.source or NAMES[row.site],
                "vc_number": "",
            }
            for row in rows
        ],
    }
    text = f"{callback}({json.dumps(answer, ensure_ascii=True)})"
    return Response(text.encode("ascii"), "application/javascript")


def _page(site: str, target: str, as_of: datetime, base: str) -> Response:
    if site == "yichang" and target.startswith(API_PATH + "?"):
        return _api(target, as_of)
    motive = _motive(site, target)
    if motive:
        return Response(draw(motive), "image/jpeg")
    found = _kept_files(site, as_of, base).get(target)
    return found or _message(404, "404", "您访问的页面不存在或已被删除。")


@lru_cache(maxsize=16)
def _kept_files(site: str, as_of: datetime, base: str) -> dict[str, Response]:
    return site_files(site, as_of=as_of, base=base)


def _api(target: str, as_of: datetime) -> Response:
    query = parse_qs(urlsplit(target).query)
    page = query.get("page", ["1"])[0]
    callback = re.sub(r"\W", "", query.get("jsoncallback", ["callback"])[0])
    there = articles_of("yichang", as_of=as_of)
    return jsonp_list(
        there, page=int(page) if page.isdecimal() else 1, callback=callback
    )


def _motive(site: str, target: str) -> str:
    folder = SHAPES[site].pictures
    name = target.removeprefix(folder).removesuffix(".jpg")
    return name if name in MOTIVES and target == picture_path(site, name) else ""


def _message(status: int, title: str, text: str) -> Response:
    page = render("message.html.j2", title=title, text=text)
    return Response(page.encode(), status=status)


def _article_files(
    article: DemoArticle, older: tuple[DemoArticle, ...], as_of: datetime
) -> dict[str, Response]:
    path = SHAPES[article.site].article_path
    if "dead" in article.traps:
        return {path(article, 1): _message(404, "404", "您访问的页面已被删除。")}
    if "error" in article.traps and not article.is_mended(as_of):
        return {path(article, 1): _message(500, "500", "服务器内部错误。")}
    return {
        path(article, n): _article_response(article, n, older, as_of)
        for n in range(1, len(article.pages) + 1)
    }


def _article_response(
    article: DemoArticle, page: int, older: tuple[DemoArticle, ...], as_of: datetime
) -> Response:
    shape = SHAPES[article.site]
    mixed = "mixed_charset" in article.traps
    box = _UTF8_BOX if mixed else ""
    html = article_page(article, page=page, older=older, as_of=as_of, box=box)
    body = html.encode(shape.charset)
    body = body.replace(_UTF8_BOX.encode(), "职工服务热线：12351".encode())
    wrong = "text/html; charset=iso-8859-1"
    return Response(
        body,
        wrong if "wrong_header" in article.traps else shape.content_type,
        modified=article.at,
        cut="cut" in article.traps and not article.is_mended(as_of),
    )


def _list_files(
    site: str, column: str, there: tuple[DemoArticle, ...]
) -> dict[str, Response]:
    shape = SHAPES[site]
    rows = [a for a in there if a.column == column]
    rows.sort(key=lambda a: "pinned" not in a.traps)
    pages = list_pages(len(rows), shape.page_size)
    return {
        shape.list_path(column, n): Response(
            list_page(site, column, rows, page=n).encode(shape.charset),
            shape.content_type,
        )
        for n in range(1, pages + 1)
    }
