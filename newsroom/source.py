"""Where news comes from, and how each source fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from newsroom.taxonomy import Level, Tier


class SourceKind(Enum):
    """How a source is read."""

    SECTION = "section"
    FEED = "feed"
    LIST_API = "list_api"
    SITE = "site"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Source:
    """A website column, feed or list API that we read.

    ``own`` sources are the union's own: their stories may stand in full in the
    public tree. ``excerpt`` False drops even the 120 characters. ``fulltext_basis``
    is the written ground for full text of others.
    """

    id: str
    name: str
    tier: Tier
    own: bool = False
    excerpt: bool = True
    union_filter: bool = False
    local_filter: bool = False
    enabled: bool = True
    city: str | None = None

    @property
    def level(self) -> Level:
        """The level of the source's tier."""
        return self.tier.level


class FaultClass(Enum):
    """The closed list of what can go wrong with a source (reliability: section 2)."""

    DOWN = "down"
    DNS = "dns"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    BAD_BODY = "bad_body"
    PROTOCOL = "protocol"
    CERTIFICATE = "certificate"
    MOVED = "moved"
    REDIRECT_LOOP = "redirect_loop"
    BLOCKED_ADDRESS = "blocked_address"
    ROBOTS = "robots"
    RATE_LIMITED = "rate_limited"
    MAINTENANCE = "maintenance"
    REFUSED = "refused"
    NEEDS_BROWSER = "needs_browser"
    BLOCKED = "blocked"
    NOT_OUR_SITE = "not_our_site"
    NOT_FOUND = "not_found"
    EMPTY_LIST = "empty_list"
    LAYOUT_CHANGED = "layout_changed"
    UNREADABLE = "unreadable"
    DEADLINE = "deadline"
    BUG = "bug"


class SourceState(Enum):
    """A source's health in a clerk's words."""

    NORMAL = "正常"
    PARTIAL = "部分失败"
    SILENT = "久未更新"
    DOWN = "打不开"
    CHANGED = "改版了"
    BLOCKED = "被拦截"
    CERTIFICATE = "证书问题"
    MOVED = "地址变了"
    UNCONFIRMED = "待确认地址"
    PAUSED = "已停用"


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that a source failed to give, and why, in one Chinese sentence."""

    source_id: str
    fault: FaultClass
    sentence: str
    url: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one source gave in one run.

    ``listed`` counts rows on its lists, ``new``/``changed``/``unchanged`` articles,
    ``filtered`` rows that the union or place filter left out.
    """

    source_id: str
    name: str
    tier_name: str
    state: SourceState
    listed: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    filtered: int = 0
    requests: int = 0
    losses: tuple[Loss, ...] = ()
    last_good: datetime | None = None
    sentence: str = ""

    @property
    def failed(self) -> int:
        """How many things were lost."""
        return sum(loss.count for loss in self.losses)
