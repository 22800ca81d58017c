"""What a tree must satisfy before it counts; each fault is a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from site_builder.files import PageFile, Planned
from site_builder.given import Audience
from site_builder.links import resolve
from site_builder.manifest import mark_of
from site_builder.shown import Shown, missing_stories
from site_builder.views import StoryView

if TYPE_CHECKING:
    from config import OfficeSettings

# Our own output: attributes stand after a blank in double quotes, texts are escaped.
# A pattern that begins with fixed words is found four times as fast as another one.
_LINK, _SOURCE = re.compile(rb' href="([^"]*)"'), b' src="'
MOST_LINKS = 1024  # whose marks are kept at hand for a folder
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
# As our own pages link: up to the root, then down.
_BELOW_ROOT = re.compile(rb"(?:[\w-]+/)*[\w-]+\.\w+", re.ASCII)
_TITLE = re.compile(rb"<title>\s*[^\s<]")
# The marks of an unfilled setting: a row of crosses, hashes or blanks, a promise.
_PLACEHOLDER = re.compile(
    r"[×*＊#＃]{2,}|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|[_＿]{3,}|[?？]{2,}"
    r"|待补|待定|待填|待确认|此处|TODO|示例"
)
# Words that only the office may read (architecture: Two trees).
_INTERNAL = re.compile(
    r"未经编辑|久未发声|\d分：\S*\+\d|class=\"[^\"]*\b(?:is-internal|score|holds)\b"
)


@dataclass(frozen=True, slots=True)
class SiteFault:
    """What is wrong with a file of a tree, in a sentence."""

    path: str
    rule: str
    sentence: str


def links_of(content: bytes, path: str) -> frozenset[str]:
    """The paths of the tree that a page links to."""
    folder = path.rpartition("/")[0]
    targets = {_target(raw, folder) for raw in _raws(content)}
    return frozenset(path if t == _ITSELF else t for t in targets if t is not None)


def marks_of(content: bytes, path: str) -> set[int]:
    """The marks of the other files of the tree that a page links to."""
    known = _marks_in(path.rpartition("/")[0])
    if len(known) > MOST_LINKS:
        known.clear()
    marks = set(map(known.__getitem__, _raws(content)))
    marks.discard(None)
    return cast("set[int]", marks)


def _raws(content: bytes) -> Iterator[bytes]:
    """The links as the page has them; a page shows few pictures and has many links."""
    _, *sources = content.split(_SOURCE)
    shown = (rest.partition(b'"')[0] for rest in sources)
    return chain(_LINK.findall(content), shown)


_ITSELF = ""


class _Marks(dict[bytes, int | None]):
    """Where the links of a folder's pages lead, as marks.

    None out of the tree, or to the page itself. A page's frame has the same links as
    that of its neighbours, so most were seen.
    """

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self._up = b"../" * (folder.count("/") + 1 if folder else 0)

    def __missing__(self, raw: bytes) -> int | None:
        below = raw.removeprefix(self._up)
        if raw.startswith(self._up) and _BELOW_ROOT.fullmatch(below):
            target: str | None = below.decode()
        else:
            target = _target(raw, self.folder)
        self[raw] = found = mark_of(target) if target else None
        return found


_marks_in = lru_cache(maxsize=64)(_Marks)


def _target(raw: bytes, folder: str) -> str | None:
    """Where a link in a folder leads, None when out of the tree."""
    href = unescape(raw.decode())
    if _OUTSIDE.match(href):
        return None
    target = unquote(href)
    if not target.partition("#")[0].partition("?")[0]:
        return _ITSELF
    return resolve(target, f"{folder}/" if folder else "")


def dead_links(
    links: Mapping[str, Collection[str]], paths: set[str]
) -> list[SiteFault]:
    """Links that lead to no file of the tree."""
    return [
        SiteFault(page, "dead-link", f"{page} 上的链接 {target} 打不开")
        for page, targets in links.items()
        for target in sorted(set(targets) - paths)
    ]


def check_file(
    planned: Planned, content: bytes, audience: Audience
) -> Iterator[SiteFault]:
    """The faults of one file by itself."""
    path = planned.address.path
    if isinstance(planned, PageFile) and path.endswith(".html"):
        if not _TITLE.search(content):
            yield SiteFault(path, "title", f"{path} 没有标题")
        if isinstance(planned.view, StoryView):
            yield from _check_story(planned.view, path)
    if audience is Audience.PUBLIC and (found := _INTERNAL.search(content.decode())):
        words = f"{path} 里有只能内部看的内容：“{found[0]}”"
        yield SiteFault(path, "internal", words)


def check_given(shown: Shown) -> Iterator[SiteFault]:
    """Faults of what was given: lost stories, settings that were never filled in."""
    internal = shown.audience is Audience.INTERNAL
    newest = {outline.day for outline in shown.by_now[:1]}
    for edition, entry in missing_stories(shown):
        if internal or edition.day in newest:
            words = f"{edition.day}的“{entry.headline}”不在稿库里，没有编进网页"
            yield SiteFault(f"days/{edition.day}.html", "lost-story", words)
    if shown.audience is Audience.PUBLIC:
        yield from _placeholders(shown.given.office)


def _check_story(view: StoryView, path: str) -> Iterator[SiteFault]:
    if not view.headline.strip():
        yield SiteFault(path, "title", f"{path} 没有标题")
    if not view.source.strip():
        yield SiteFault(path, "source", f"{path} 没有来源")
    if not view.stamp.iso:
        yield SiteFault(path, "date", f"{path} 没有日期")


def _placeholders(office: OfficeSettings) -> Iterator[SiteFault]:
    """The legal line must be real before anyone outside reads it (domain: 8.5)."""
    fields: Iterable[tuple[str, object]] = vars(office).items()
    for name, value in fields:
        texts = value if isinstance(value, tuple) else (value,)
        for text in texts:
            if isinstance(text, str) and _PLACEHOLDER.search(text):
                words = f"[office] {name} 还是占位内容“{text}”，请填好再签发"
                yield SiteFault("config.toml", "placeholder", words)
