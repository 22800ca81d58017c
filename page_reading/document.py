"""Bytes to a tree: one page parsed once, within bounds.

lxml with ``huge_tree`` off: no network, no entities from outside. Its parser drops
everything below level 254 in silence, so depth is noticed and named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit

from lxml import etree

from newsroom.errors import PageUnreadable
from newsroom.text import clean_text
from page_reading.block_pages import barrier
from page_reading.charset import Decoded, decode
from page_reading.script_writing import write_out

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsroom.article import Page

MAX_BYTES = 8 * 1024 * 1024
MAX_ELEMENTS = 100_000
MAX_DEPTH = 240
_REPLACED_LIMIT = 0.001
_WRECK = 0.02
_BLEMISHES = 40
_SIGNPOST = 600
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!")  # fmt: skip
_REFRESH = re.compile(r"\d*\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page.

    Attributes:
        url: the address it came from, may be empty.
        base: the address that relative links start from.
        root: the html element.
        decoded: the text it was parsed from.
        metas: ``name``, ``property`` or ``itemprop`` in lower case to contents, in page
            order.
    """

    url: str
    base: str
    root: _Element
    decoded: Decoded
    metas: dict[str, list[str]] = field(default_factory=dict)

    @property
    def body(self) -> _Element:
        """The body element, or the root where there is none."""
        body = self.root.find("body")
        return self.root if body is None else body

    @property
    def title(self) -> str:
        """The words of the title element."""
        found = self.root.find(".//title")
        return "" if found is None else clean_text(words_of(found))

    def meta(self, *names: str) -> str | None:
        """The first non-empty content among these meta names."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return None

    def resolve(self, href: str) -> str | None:
        """An absolute http(s) address without fragment, or None if it leads nowhere."""
        return resolve_link(self.base, href)


def open_document(page: Page) -> Document:
    """Parse a page.

    Raises:
        PageUnreadable: it is a barrier, empty, too large, too deep, no HTML, a mere
            redirect or frameset, or in two charsets.
    """
    _refuse_bytes(page)
    decoded = decode(page.body, page.content_type)
    if _is_binary(decoded.text[:_HEAD]):
        raise PageUnreadable(page.url, "不是网页，是二进制文件")
    if decoded.mixed or _is_garbled(decoded):
        raise PageUnreadable(page.url, "编码混乱，部分文字无法还原")
    blocked = barrier(decoded.text, page)
    if blocked:
        raise PageUnreadable(page.url, blocked)
    root = parse_html(page.url, decoded.text)
    _refuse_tree(page.url, root)
    write_out(root)
    document = Document(page.url, _base(page.url, root), root, decoded, _metas(root))
    _refuse_signpost(document)
    return document


def words_of(element: _Element) -> str:
    """All text below an element, as it stands."""
    if not len(element):
        return str(element.text or "")
    return "".join(map(str, element.itertext()))


def resolve_link(base: str, href: str) -> str | None:
    """An absolute http(s) address without fragment, or None if it leads nowhere."""
    href = href.strip().replace("\t", "").replace("\n", "").replace("\r", "")
    if not href or href[0] == "#" or href == "//" or "\\" in href:
        return None
    if "://" in href and " " in href.split("?", 1)[0]:
        return None
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None if parts.scheme or not address else address.split("#")[0] or None
    return address.split("#")[0] if parts.netloc else None


def _refuse_bytes(page: Page) -> None:
    if len(page.body) > MAX_BYTES:
        raise PageUnreadable(
            page.url, f"网页太大（{len(page.body) // 1024 // 1024} MB）"
        )
    head = page.body[:1024].lstrip()
    if not head:
        raise PageUnreadable(page.url, "网页是空的")
    if head.startswith(_BINARY):
        raise PageUnreadable(page.url, "不是网页，是文件（PDF、压缩包或图片）")


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HEAD = 2_000


def _is_binary(head: str) -> bool:
    """A stray NUL is stripped; one control in fifty characters is no text."""
    return len(_CONTROLS.findall(head)) * 50 > len(head)


def _is_garbled(decoded: Decoded) -> bool:
    """A few replaced characters are a blemish; more than one in fifty is a wreck."""
    if decoded.replaced <= _REPLACED_LIMIT:
        return False
    return decoded.replaced > _WRECK or decoded.text.count("\ufffd") > _BLEMISHES


def parse_html(url: str, text: str) -> _Element:
    """The tree of a text.

    Raises:
        PageUnreadable: nothing can be made of it.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(
            text.replace("\x00", "").encode("utf-8", "replace"), parser
        )
    except (etree.LxmlError, ValueError) as error:
        raise PageUnreadable(url, "网页结构无法解析") from error
    if root is None:
        raise PageUnreadable(url, "网页是空的")
    return root


def _refuse_tree(url: str, root: _Element) -> None:
    count = int(cast("float", _COUNT(root)))
    if count > MAX_ELEMENTS:
        raise PageUnreadable(url, f"网页元素太多（{count} 个）")
    if _IS_TOO_DEEP(root):
        raise PageUnreadable(url, f"网页嵌套太深（超过 {MAX_DEPTH} 层）")


_COUNT = etree.XPath("count(//*)")
# a branch reaches the level from which the parser drops what follows
_IS_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 2)})")


def _base(url: str, root: _Element) -> str:
    for base in root.iter("base"):
        href = base.get("href")
        if href:
            resolved = resolve_link(url, href)
            if resolved:
                return resolved
    return url


def _metas(root: _Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = element.get("content")
        if name and content is not None:
            metas.setdefault(name.strip().lower(), []).append(clean_text(content))
    return metas


def _refuse_signpost(document: Document) -> None:
    """A meta refresh or a frameset says where to look, it is no page to read."""
    if _is_missing(document):
        raise PageUnreadable(document.url, "页面不存在（状态却是正常）")
    if document.root.find(".//frameset") is not None:
        raise PageUnreadable(document.url, "网页是框架集，正文在别的地址")
    target = refresh_target(document)
    if target and len(words_of(document.body)) < _SIGNPOST:
        raise PageUnreadable(document.url, f"网页自动跳转到 {target}")


_MISSING = re.compile(
    r"(?:^|\D)404(?:\D|$)|(?:页面|网页|文章|信息|内容)(?:不存在|找不到|已(?:被)?删除)|无法找到(?:该|此)?(?:页|资源)|找不到(?:该|此)?(?:页|网页)|[Nn]ot [Ff]ound"
)


def _is_missing(document: Document) -> bool:
    """A soft 404: the title says so and there is little else."""
    if not _MISSING.search(document.title):
        return False
    return len(words_of(document.body)) < _SIGNPOST


def refresh_target(document: Document) -> str | None:
    """Where a meta refresh leads, None when there is none or it reloads the page."""
    for element in document.root.iter("meta"):
        if (element.get("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH.match(element.get("content") or "")
            target = document.resolve(match[1]) if match else None
            if target and target != document.url:
                return target
    return None
