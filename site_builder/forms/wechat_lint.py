"""What the WeChat editor keeps after saving: the rules, and who breaks them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAGS = frozenset(
    {"section", "p", "span", "strong", "img", "br"}
    | {"table", "tbody", "tr", "td", "th"}
)
ATTRIBUTES = frozenset({"style", "src", "alt", "colspan", "rowspan"})
PROPERTIES = frozenset(
    {
        *("color", "background-color", "font-size", "font-weight", "line-height"),
        *("letter-spacing", "text-align", "text-indent", "margin", "padding"),
        *("margin-top", "margin-bottom", "margin-left", "margin-right"),
        *("padding-top", "padding-bottom", "padding-left", "padding-right"),
        *("border", "border-left", "border-top", "border-bottom", "border-radius"),
        *("width", "max-width", "display", "vertical-align", "border-collapse"),
    }
)
# Functions, escapes and other units than px; a colour (#faf6ee) is no length.
_VALUE_BANS = re.compile(
    r"(?<!#)\b(?!rgb)[a-z-]+\(|expression|[@\\!]|/\*|(?<![#\w])-?[\d.]+(?!px\b)[a-z]+",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?<![\w#.-])-\.?\d")  # a negative margin is dropped on saving
_DISPLAYS = frozenset({"block", "inline-block", "inline"})
_VOID = frozenset({"img", "br"})
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|\.\.", re.IGNORECASE)


def faults_of(article: str) -> list[str]:
    """Every breach of the rules, in a sentence; empty for an article that stays whole.

    Rules: one root ``section``; only these tags, attributes and style properties; no
    ``class``, ``id``, script, style sheet, link or outside picture; lengths in px.
    """
    reader = _Reader()
    reader.feed(article)
    reader.close()
    if reader.roots != ["section"]:
        reader.faults.append("最外层要正好是一个 section")
    if reader.is_open:
        reader.faults.append("有标签没有关上")
    return reader.faults


class _Reader(HTMLParser):
    """Walks the article and notes what the editor would drop."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.roots: list[str] = []
        self._depth = 0

    @property
    def is_open(self) -> bool:
        """Whether a tag was not closed."""
        return self._depth > 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge a tag and its attributes."""
        if not self._depth:
            self.roots.append(tag)
        if tag not in _VOID:
            self._depth += 1
        if tag not in TAGS:
            self.faults.append(f"编辑器不留 <{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        """Count the way out."""
        if tag not in _VOID:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Words must stand inside the root."""
        if not self._depth and data.strip():
            self.roots.append("文字")

    def handle_comment(self, data: str) -> None:
        """Comments are dropped, so none may carry anything."""
        self.faults.append(f"有注释：{data.strip()[:20]}")

    def handle_decl(self, decl: str) -> None:
        """A piece of an article is no document."""
        self.faults.append(f"有声明：{decl[:20]}")

    def handle_pi(self, data: str) -> None:
        """Nor a program."""
        self.handle_decl(data)

    def unknown_decl(self, data: str) -> None:
        """Nor a piece of XML."""
        self.handle_decl(data)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES:
            self.faults.append(f"<{tag}> 带了 {name}")
        if name == "src" and _OUTSIDE.match(value.strip()):
            self.faults.append(f"图片不在本地：{value[:40]}")
        if name == "style":
            self.faults.extend(_style_faults(tag, value))


def _style_faults(tag: str, style: str) -> list[str]:
    faults = []
    for declaration in filter(str.strip, style.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name not in PROPERTIES:
            faults.append(f"<{tag}> 的样式 {name} 会被去掉")
        if name == "display" and value not in _DISPLAYS:
            faults.append(f"<{tag}> 的样式 display: {value[:30]} 会被去掉")
        if _VALUE_BANS.search(value):
            faults.append(f"<{tag}> 的样式 {name}: {value[:30]} 不能用，长度用 px")
        if name.startswith(("margin", "padding")) and _NEGATIVE.search(value):
            faults.append(f"<{tag}> 的样式 {name}: {value[:30]} 是负数，会被去掉")
    return faults
