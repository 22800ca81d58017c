"""Where each page of a tree stands: relative ASCII addresses, unique and reversible.

``index.html`` is always named, so that links work from a USB stick too.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from newsroom.outline import StoryOutline
from newsroom.story import Story

_DAY = r"\d{4}-\d\d-\d\d"
_ID = r"[a-z][a-z0-9_]*"
# Names that Windows cannot give a file, and the name of the list of all.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)")


class Kind(Enum):
    """The kinds of files of a tree: the pattern of the key, and the path."""

    FRONT = ("", "index.html")
    STORY = (r"\d{4}/[1-9]\d*", "stories/{}.html")
    DAY = (_DAY, "days/{}.html")
    TOWN = (_ID, "towns/{}.html")
    YEAR_BOOK = (r"[a-z][a-z0-9_]*-[12]\d{3}", "yearbooks/{}.html")
    TOWNS = ("", "towns/index.html")
    TOPIC = (_ID, "topics/{}.html")
    TOPICS = ("", "topics/index.html")
    SOURCE = (_ID, "sources/{}.html")
    SOURCES = ("", "sources/index.html")
    ARCHIVE = ("", "archive/index.html")
    BRIEFING = (_DAY, "briefing/{}.html")
    BRIEFING_TEXT = (_DAY, "briefing/{}.txt")
    BRIEFING_FILE = (
        rf"{_DAY}(?:\.pdf|\.docx|-long-\d\.png|-wechat(?:-cover|-\d\d?)?\.(?:html|js|jpg))",
        "briefing/{}",
    )
    SEARCH = ("", "search/index.html")
    SEARCH_HEAD = ("", "search/head.js")
    # Base and delta bear the name of their snapshot, blocks of text that of theirs.
    SEARCH_PART = (
        r"b[0-9a-f]{10}-(?:[ftx]\d{1,6}|f[uts])|d[0-9a-f]{10}-(?:t\d|f)|x[0-9a-f]{12}",
        "search/{}.js",
    )
    STATUS = ("", "status.html")
    REPORT = ("", "report.html")
    ATOM = ("", "feeds/atom.xml")
    RSS = ("", "feeds/rss.xml")
    JSON_FEED = ("", "feeds/feed.json")
    LIST_FEED = (
        r"(?:town|topic)-[a-z][a-z0-9_]*\.(?:atom\.xml|rss\.xml|json)",
        "feeds/{}",
    )
    DEADLINES = ("", "feeds/deadlines.ics")
    DATA = (_DAY, "data/{}.json")
    DATA_SCHEMA = ("", "data/edition.schema.json")
    SITEMAP = ("", "sitemap.xml")
    WORKER = ("", "sw.js")
    APP = ("", "app.webmanifest")
    ICON = ("", "icon.svg")
    APP_ICON = (r"180|192|512", "icon-{}.png")
    NOT_FOUND = ("", "404.html")
    EDITION = ("", "edition.json")
    ASSET = (r"[a-z]+\.[0-9a-f]{10}\.(?:css|js)", "assets/{}")
    CARD = (r"[1-9]\d*-[0-9a-f]{12}-(?:og|square|thumb)", "cards/{}.jpg")
    PICTURE = (r"[0-9a-f]{8,64}\.(?:jpg|jpeg|png|webp|gif)", "pictures/{}")

    @property
    def pattern(self) -> str:
        """The form that a key must have."""
        return self.value[0]

    @property
    def template(self) -> str:
        """The path, with a place for the key."""
        return self.value[1]


FEED_FORMS = ("atom.xml", "rss.xml", "json")
PAGED = frozenset({Kind.TOWN, Kind.TOPIC, Kind.SOURCE})


@dataclass(frozen=True, slots=True)
class Address:
    """One file of a tree; ``page`` counts the older pages of a long list.

    Raises:
        NewsroomError: the key cannot be part of a file's name.
    """

    kind: Kind
    key: str = ""
    page: int = 0

    def __post_init__(self) -> None:
        """Refuse a key that would not be a safe, reversible file name."""
        fits = re.fullmatch(self.kind.pattern, self.key, re.ASCII)
        reserved = self.kind in PAGED and _RESERVED.fullmatch(self.key)
        if not fits or reserved:
            raise NewsroomError(
                f"编号“{self.key}”不能用作网页文件名，请改用小写字母开头的英文编号"
            )
        if self.page < 0 or (self.page and self.kind not in PAGED):
            raise NewsroomError(f"网页 {self.kind.name} 没有第 {self.page} 页")

    @property
    def path(self) -> str:
        """The path from the root of the tree, e.g. ``towns/afs/2.html``."""
        path = self.kind.template.format(self.key)
        return f"{path.removesuffix('.html')}/{self.page}.html" if self.page else path


def _kinds_by_folder() -> dict[str, tuple[Kind, ...]]:
    """The kinds whose files stand in a folder; under nothing those of the root."""
    found: dict[str, tuple[Kind, ...]] = {"": ()}
    for kind in Kind:
        folder, slash, _ = kind.template.partition("/")
        name = folder if slash else ""
        found[name] = (*found.get(name, ()), kind)
    return found


_KINDS_OF = _kinds_by_folder()

# As our own pages link: up to the root, then down; the long way only for others.
_BELOW_ROOT = re.compile(r"(?:[\w-]+/)*[\w-]+\.\w+", re.ASCII)
_PAGE_SUFFIX = re.compile(r"/([1-9]\d*)\.html\Z", re.ASCII)


def kinds_beside(path: str) -> tuple[Kind, ...]:
    """The kinds of files that stand in the folder of this path."""
    return _KINDS_OF.get(path.partition("/")[0], _KINDS_OF[""])


def read_address(path: str) -> Address | None:
    """The address whose path this is, None when it is none of ours."""
    for kind in kinds_beside(path):
        address = _read_as(kind, path)
        if address is not None and address.path == path:
            return address
    return None


def story_address(story: Story | StoryOutline) -> Address:
    """The page of a story: by the year we first had it, and its number."""
    if isinstance(story, StoryOutline):
        return Address(Kind.STORY, f"{story.year}/{story.id}")
    year = story.first_seen.astimezone(CHINA).year
    return Address(Kind.STORY, f"{year}/{story.id}")


def story_path(story: Story | StoryOutline) -> str:
    """The path of a story's page, for the many that are only linked to or counted."""
    if isinstance(story, StoryOutline):
        return f"stories/{story.year}/{story.id}.html"
    return f"stories/{story.first_seen.astimezone(CHINA).year}/{story.id}.html"


def day_address(day: date) -> Address:
    """The page of one day's edition."""
    return Address(Kind.DAY, day.isoformat())


def list_feed(kind: Kind, name: str, form: str) -> Address:
    """Where the feed of a town or topic stands, in one of ``FEED_FORMS``."""
    return Address(Kind.LIST_FEED, f"{kind.name.lower()}-{name}.{form}")


def briefing_address(day: date) -> Address:
    """The A4 page of one day's briefing."""
    return Address(Kind.BRIEFING, day.isoformat())


def relative(target: Address, base: Address) -> str:
    """The link from one page to another, e.g. ``../../index.html``."""
    return "../" * base.path.count("/") + target.path


def resolve(href: str, base: str) -> str:
    """The path that a relative link on the page ``base`` leads to."""
    clean = href.partition("#")[0].partition("?")[0]
    if not clean:
        return base
    up = "../" * base.count("/")
    below = clean.removeprefix(up)
    if clean.startswith(up) and _BELOW_ROOT.fullmatch(below):
        return below
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), clean))


def _read_as(kind: Kind, path: str) -> Address | None:
    head, _, tail = kind.template.partition("{}")
    page = 0
    numbered = _PAGE_SUFFIX.search(path)
    if kind in PAGED and numbered:
        page = int(numbered[1])
        path = path[: numbered.start()] + ".html"
    if "{}" not in kind.template:
        return Address(kind) if path == kind.template else None
    key = path.removeprefix(head).removesuffix(tail)
    if path != f"{head}{key}{tail}":
        return None
    try:
        return Address(kind, key, page)
    except NewsroomError:
        return None
