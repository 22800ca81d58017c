"""The page of the search: its form with the filters that this tree can answer."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.assets import Assets
from site_builder.links import Address, Kind
from site_builder.standpoint import Standpoint
from site_builder.views import Link


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its choices; ``field`` is its name in the address."""

    field: str
    label: str
    all: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page before anything was asked."""

    title: str
    filters: tuple[Filter, ...]
    ways: tuple[Link, ...]
    script: str
    head: str
    root: str


def search_view(at: Standpoint, assets: Assets) -> SearchView:
    """The form, and the ways to stories without it."""
    given, index = at.shown.given, at.index
    units = tuple(
        Choice(u.id, u.name) for u in given.units.units if u.id in index.units
    )
    topics = [Choice(t.id, t.name) for t in given.topics if t.id in index.topics]
    if "qita" in index.topics:
        topics.append(Choice("qita", "其他"))
    names = sorted(index.source_names.items())
    return SearchView(
        "搜索",
        (
            Filter("town", "单位", "全部单位", units),
            Filter("topic", "题材", "全部题材", tuple(topics)),
            Filter("source", "来源", "全部来源", tuple(Choice(*n) for n in names)),
        ),
        (
            Link("按单位找", at.to(Kind.TOWNS)),
            Link("按题材找", at.to(Kind.TOPICS)),
            Link("按来源找", at.to(Kind.SOURCES)),
            Link("按日期找", at.to(Kind.ARCHIVE)),
        ),
        at.href(assets.search),
        at.href(Address(Kind.SEARCH_HEAD)),
        at.here.up,
    )
