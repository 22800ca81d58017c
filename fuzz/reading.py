"""Coverage-guided fuzzing of page reading: nothing is raised but our own error.

    python fuzz/reading.py TARGET [--seconds 60] [--keep FOLDER]

TARGET is charset, dates, lists or bodies. The input is built of the pieces that Chinese
news pages are made of, mixed with raw text and bytes. What breaks a promise is printed,
and its input is kept in FOLDER (default: fuzz_finds). It needs
atheris: Linux, Python 3.11.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import atheris
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["page_reading", "newsroom"]):
    from newsroom.article import CHINA, Page
    from newsroom.dates import find_dates, is_plausible, read_date
    from newsroom.errors import NewsroomError
    from newsroom.text import squeeze
    from page_reading import decode, read_article, read_fragment, read_list

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=CHINA)
URL = "http://www.example.gov.cn/a/index.html"
MOST_PIECES = 60
LONGEST = 4096
PIECES = (
    *("<p>", "</p>", "<div class=a>", "</div>", "<span>", "</span>", "<br>", "<b>"),
    *("<table>", "<tr>", "<td>", "<td colspan=2>", "<th rowspan=3>", "</table>"),
    *("<ul>", "<li>", "</li>", "</ul>", "<h1>", "</h1>", "<h3>", "<blockquote>"),
    *('<a href="/a/2026-11/20/c_1.html">', "<a href=x.html>", "</a>", "<dl>", "<dd>"),
    *("<img src=a.jpg>", '<img data-src="b.png" alt=图>', "<figure>", "<figcaption>"),
    *("<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<textarea>"),
    *("<title>", "</title>", '<meta name="ArticleTitle" content="', '">'),
    *("<iframe>", "<noscript>", "<template>", "<svg>", "<math>", "<select><option>"),
    *("&nbsp;", "&#x4e00;", "&amp;lt;", "&#0;", "　　", "：", "|", "<", ">", '"'),
    *("发布时间：", "来源：", "作者：", "（记者 张三）", "责任编辑：李四", "编者按："),
    *("2026-11-20 08:00", "11-20", "2026年11月20日", "二〇二六年十一月二十日"),
    *("3小时前", "昨天 9:15", "2026-13-45", "19700101", "上一篇：", "下一页"),
    "枝江市总工会来到施工现场，为一线职工送去防暑药品和饮用水，听取大家的意见。",
    "近日，工会干部走进车间，逐项核对情况，当天登记职工提出的问题二十一件。",
    "环卫工人休息点装上热水器和充电桩",
)  # fmt: skip
UNSEEN = (
    *("style", "script", "title", "template", "noscript", "iframe", "svg", "math"),
    *("select", "option", "textarea"),
)
CHARSETS = ("utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-8-sig", "latin-1")


class BrokenPromise(AssertionError):  # noqa: N818 - it is what it says
    """Reading did what it promises not to do."""


def fuzz_charset(data: bytes) -> None:
    """Any bytes under any declaration are decoded, and no character is invented."""
    given = atheris.FuzzedDataProvider(data)
    declared = given.PickValueInList(["", "text/html", *_declarations()])
    body = _body(given)
    decoded = decode(body, declared)
    if "\x00" in decoded.text and b"\x00" not in body:
        raise BrokenPromise("decode made a NUL that is not in the page")


def fuzz_dates(data: bytes) -> None:
    """Any text gives plausible dates with a time zone, or none."""
    given = atheris.FuzzedDataProvider(data)
    text = _text(given)
    readings = [*find_dates(text, now=NOW), read_date(text, now=NOW)]
    for reading in filter(None, readings):
        if reading.value.tzinfo is None:
            raise BrokenPromise(f"a date without a zone: {reading}")
        if not is_plausible(reading.value, now=NOW):
            raise BrokenPromise(f"an implausible date: {reading}")


def fuzz_lists(data: bytes) -> None:
    """Any page gives rows with title and address, one an address, or our error."""
    given = atheris.FuzzedDataProvider(data)
    try:
        rows = read_list(_page(_body(given))).entries
    except NewsroomError:
        return
    if len({row.url for row in rows}) != len(rows):
        raise BrokenPromise("one address in two rows")
    if not all(row.title and row.url for row in rows):
        raise BrokenPromise("a row without title or address")


def fuzz_bodies(data: bytes) -> None:
    """Any page gives an article whose lines are lines of the page, or our error.

    Where a page has links, a box of them in the middle of a line may be left out:
    there the words need only keep their order.
    """
    given = atheris.FuzzedDataProvider(data)
    html = f"<html><body>{_text(given)}"
    read_fragment(html, URL)
    try:
        article = read_article(_page(html.encode("utf-8")))
    except NewsroomError:
        return
    shown, has_links = _shown(html), "<a " in html
    for line in article.body.text.split("\n"):
        for cell in map(squeeze, line.split("\t")):
            if cell not in shown and not (has_links and _in_order(cell, shown)):
                raise BrokenPromise(f"not in the page: {cell!r}")


def _in_order(words: str, page: str) -> bool:
    left = iter(page)
    return all(character in left for character in words)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "charset": fuzz_charset,
    "dates": fuzz_dates,
    "lists": fuzz_lists,
    "bodies": fuzz_bodies,
}


def main() -> None:
    """Fuzz one target for its time; exits with an error where a promise broke."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path("fuzz_finds"))
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={options.keep}/{options.target}-",
        "-len_control=0",
        "-timeout=10",
        "-rss_limit_mb=600",
        "-print_final_stats=1",
    ]
    atheris.Setup(arguments, TARGETS[options.target])
    atheris.Fuzz()


def _declarations() -> list[str]:
    return [f"text/html; charset={name}" for name in (*CHARSETS, "nonsense")]


def _text(given: atheris.FuzzedDataProvider) -> str:
    """Pieces of pages, now and then with letters of the fuzzer's own."""
    parts = []
    for _ in range(given.ConsumeIntInRange(1, MOST_PIECES)):
        if given.ConsumeIntInRange(0, 4):
            parts.append(given.PickValueInList(list(PIECES)))
        else:
            parts.append(given.ConsumeUnicodeNoSurrogates(8))
    return "".join(parts)


def _body(given: atheris.FuzzedDataProvider) -> bytes:
    """A page in some charset, cut or followed by raw bytes."""
    text, name = _text(given), given.PickValueInList(list(CHARSETS))
    body = text.encode(name, "replace")
    return body[: given.ConsumeIntInRange(0, len(body))] + given.ConsumeBytes(64)


def _page(body: bytes) -> Page:
    return Page(URL, body, NOW, "text/html")


def _shown(html: str) -> str:
    """Every character that a reader sees; NULs, which reading drops, left out.

    What a browser does not show as text is none of the page's: words around it stand
    together.
    """
    given = html.replace("\x00", "").encode()
    root = etree.fromstring(given, etree.HTMLParser(encoding="utf-8"))
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    return squeeze("".join(root.itertext()))


if __name__ == "__main__":
    main()
