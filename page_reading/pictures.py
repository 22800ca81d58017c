"""Which pictures belong to an article, where they lie, and what is said under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from page_reading.flow import Line

# Lazy loaders of the families keep the real address beside a grey pixel in src.
_LAZY = (
    "data-src", "data-original", "data-original-src", "data-lazy-src", "data-lazyload", "data-lazy",
    "data-echo", "data-url", "data-actualsrc", "data-real-src", "_src", "orgsrc", "original", "oldsrc",
    "file", "zoomfile", "data-backsrc",
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"^data:|(?:blank|pixel|grey|gray|loading|lazy|placeholder|spacer|transparent|nopic|nophoto|1x1)[\w-]*\.(?:gif|png|jpg|svg)",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(
    r"(?:^|[_\-.])(?:icon|ico|logo|btn|button|arrow|jiantou(?:left|right|up|down)?|sprite|qr|qrcode|ewm|erweima|"
    r"wx_?code|share|print|avatar|(?:beian|gongan)(?:biao|tubiao|beian|hui)?|ghs|jiucuo|conac|biaozhi)\d*(?=[_\-.\d]|$)|"
    r"^(?:bg|line|dot|star|banner|top|close|head|red|blue|nav|search|weixin|wechat|wx|wb|sina|qq|zan|hot|new|ba)\d*\.\w+$|"
    r"icon_\w+\.\w+$|\.(?:ico|svg)$",
    re.IGNORECASE,
)
# Editors keep smileys and file-type signs in folders of their own; uploads lie beside.
_ORNAMENT_FOLDER = re.compile(
    r"/(?:touxiang|avatars?|headimg|dialogs|themes|sysimage|filetypeimages|emoticons?|emotions?|smiley|icons?|skins?)/",
    re.IGNORECASE,
)
_ORNAMENT_NAME = re.compile(
    r"qr|ewm|erweima|二维码|logo|icon|share|avatar|touxiang|头像|print|打印|分享|扫一扫|关闭",
    re.IGNORECASE,
)
_SMALL = 60
_LONGEST_ADDRESS = 400
_PIXELS = re.compile(r"\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*$")
_CSS_PIXELS = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d+)(?:\.\d+)?px")


def picture_source(element: _Element) -> str:
    """The address of an img as written, lazy attributes before a placeholder."""
    for name in _LAZY:
        value = (element.get(name) or "").strip()
        if value and not _is_placeholder(value) and ("/" in value or "." in value):
            return value
    source = (element.get("src") or "").strip()
    if source and not _is_placeholder(source):
        return source
    sizes = element.get("srcset") or element.get("data-srcset") or ""
    return sizes.strip().split(" ")[0].rstrip(",") or source


def _is_placeholder(source: str) -> bool:
    """A grey pixel, or a picture written out in the page (of which only the head counts)."""
    return bool(_PLACEHOLDER.search(source[:_LONGEST_ADDRESS]))


def is_article_picture(line: Line) -> bool:
    """Whether an img is a picture of the article, not a button, code or pixel."""
    element = line.image
    if element is None:
        return False
    source = picture_source(element)
    if not source or _is_placeholder(source) or source.startswith(("file:", "about:")):
        return False
    width, height = picture_size(element)
    if (width is not None and width < _SMALL) or (
        height is not None and height < _SMALL
    ):
        return False
    path = source.split("?", 1)[0]
    if _ORNAMENT_FOLDER.search(path) or _ORNAMENT.search(path.rpartition("/")[2]):
        return False
    return not (_leads_elsewhere(line) or _is_named_ornament(line))


_IMAGE_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp)(?:$|[?#])|^(?:javascript|#|$)|[_-]\d{1,2}\.s?html?$",
    re.IGNORECASE,
)


def _leads_elsewhere(line: Line) -> bool:
    """Whether a picture advertises another story by linking to its page.

    One that links to its own large file or the article's next page is the article's.
    """
    link = line.link
    if link is None:
        return False
    return not _IMAGE_FILE.search((link.get("href") or "").strip())


def picture_size(element: _Element) -> tuple[int | None, int | None]:
    """Width and height in pixels as the page states them, None where it does not."""
    style = dict(_CSS_PIXELS.findall((element.get("style") or "").lower()))
    sizes = []
    for name in ("width", "height"):
        stated = _PIXELS.match(element.get(name) or "") or _PIXELS.match(
            style.get(name, "")
        )
        sizes.append(int(stated[1][:6]) if stated else None)
    return sizes[0], sizes[1]


def _is_named_ornament(line: Line) -> bool:
    element: _Element | None = line.image
    for _ in range(3):
        if element is None or element.tag in {"body", "p"}:
            break
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _ORNAMENT_NAME.search(names):
            return True
        element = element.getparent()
    alt = line.image.get("alt") if line.image is not None else None
    return bool(alt and len(alt) <= 12 and _ORNAMENT_NAME.search(alt))  # noqa: PLR2004 - a label, not a caption
