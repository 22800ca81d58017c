"""How each sample site is built: addresses, charset, columns and the form of dates.

The shapes are those of families of Chinese sites (a WCM with government meta tags, the
list-/content- platform, an old GBK site of tables, a news portal, a TRS site).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from demo.articles import DemoArticle


@dataclass(frozen=True, slots=True)
class Shape:
    """The family to which a sample site belongs.

    Attributes:
        columns: the columns by their id in addresses.
        article_path: the address of a page (from 1) of an article.
        list_path: the address of a page (from 1) of a column's list.
        pictures: the folder of pictures, as an absolute path.
        show_date: a publication time as the site prints it.
        page_size: rows a list page.
        charset: in which the bytes are.
        content_type: what the HTTP header says.
        relative: whether links are written relative to the page's folder.
    """

    columns: dict[str, str]
    article_path: Callable[[DemoArticle, int], str]
    list_path: Callable[[str, int], str]
    pictures: str
    show_date: Callable[[datetime], str]
    page_size: int = 12
    charset: str = "utf-8"
    content_type: str = "text/html; charset=utf-8"
    relative: bool = False


def list_pages(rows: int, page_size: int) -> int:
    """How many pages a list has; the last one takes what does not fill another."""
    return max(1, rows // page_size)


def long_id(key: str) -> str:
    """A number of 19 digits, always the same for the same key."""
    digest = hashlib.sha256(key.encode()).digest()
    return "17" + str(int.from_bytes(digest[:8], "big") % 10**17).zfill(17)


def _hubei_article(article: DemoArticle, _page: int) -> str:
    return f"/xw/{article.column}/{long_id(article.key)}.html"


def _hubei_list(column: str, page: int) -> str:
    return f"/xw/{column}/index{'' if page == 1 else f'_{page - 1}'}.html"


def _yichang_article(article: DemoArticle, page: int) -> str:
    return f"/content-{article.column}-{50200 + article.number}-{page}.html"


def _yichang_list(column: str, page: int) -> str:
    return f"/list-{column}-{page}.html"


def _zhijiang_article(article: DemoArticle, _page: int) -> str:
    return f"/shownews.asp?id={1180 + article.number}"


def _zhijiang_list(column: str, page: int) -> str:
    return f"/newslist.asp?lb={column}&page={page}"


def _portal_article(article: DemoArticle, _page: int) -> str:
    return f"/content/{article.at:%Y-%m/%d}/content_{81460 + article.number}.htm"


def _portal_list(column: str, page: int) -> str:
    return f"/{column}/index{'' if page == 1 else f'_{page}'}.htm"


def _jingzhou_article(article: DemoArticle, _page: int) -> str:
    number = 3310 + article.number
    return (
        f"/xwzx/{article.column}/{article.at:%Y%m}/t{article.at:%Y%m%d}_{number}.html"
    )


def _jingzhou_list(column: str, page: int) -> str:
    return f"/xwzx/{column}/index{'' if page == 1 else f'_{page - 1}'}.html"


SHAPES: dict[str, Shape] = {
    "hubei": Shape(
        columns={"ghyw": "工会要闻", "szxgh": "市州县工会", "wqbz": "维权保障"},
        article_path=_hubei_article,
        list_path=_hubei_list,
        pictures="/images/",
        show_date="{:%Y-%m-%d %H:%M}".format,
        page_size=6,
    ),
    "yichang": Shape(
        columns={"44": "维权动态"},
        article_path=_yichang_article,
        list_path=_yichang_list,
        pictures="/attachment/",
        show_date="{:%Y-%m-%d}".format,
    ),
    "zhijiang": Shape(
        columns={"1": "基层动态", "2": "通知政策"},
        article_path=_zhijiang_article,
        list_path=_zhijiang_list,
        pictures="/UploadFiles/",
        show_date="{:%Y-%m-%d}".format,
        charset="gb18030",
        content_type="text/html",
        relative=True,
    ),
    "portal": Shape(
        columns={"news": "枝江要闻", "shms": "社会民生"},
        article_path=_portal_article,
        list_path=_portal_list,
        pictures="/pic/",
        show_date="{:%Y-%m-%d %H:%M:%S}".format,
        page_size=20,
    ),
    "jingzhou": Shape(
        columns={"jcdt": "基层动态"},
        article_path=_jingzhou_article,
        list_path=_jingzhou_list,
        pictures="/images/",
        show_date=lambda at: f"{at.year}年{at.month}月{at.day}日",
        relative=True,
    ),
}
"""The shape of each sample site."""


def picture_path(site: str, motive: str) -> str:
    """The address of a picture of ``site``."""
    return f"{SHAPES[site].pictures}{motive}.jpg"
