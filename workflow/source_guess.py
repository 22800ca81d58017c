"""What a new source is probably called and where it stands: guesses to confirm."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.taxonomy import Level

if TYPE_CHECKING:
    from config import Settings

_PARTS = re.compile(r"\s*[-_|｜—–·:：>»]{1,3}\s*")
_SITE = re.compile(r"(?:网|工会|报|台|政府|门户|在线|局|在线|频道)(?:（[^）]*）)?$")
_PUBLIC = frozenset({"com", "net", "org", "gov", "edu", "cn"})
_WWW = frozenset({"www", "m", "wap", "news", "xw", "wx"})
_ID = re.compile(r"[a-z][a-z0-9_]{1,31}")
_LONGEST_ID = 24
_LONGEST_NAME = 20
_LONGEST_COLUMN = 10
_TRADE_UNION = "工会"
_PROVINCE = re.compile(r"湖北|全省|省总")
_NATION = re.compile(r"全国|中华|中国|中工网|人民日报|新华")


def guess_name(title: str, site: str, taken: Collection[str], column: str = "") -> str:
    """The site's own name, or that with the column where the name is taken.

    ``title`` is the page's title, ``site`` the name that its meta elements give.
    """
    parts = [part for part in _PARTS.split(title.strip()) if part]
    named = [part for part in parts if _SITE.search(part)]
    name = site or (named or parts or ["新来源"])[-1]
    name = name[:_LONGEST_NAME]
    others = [part for part in parts if part != name and len(part) <= _LONGEST_COLUMN]
    column = column or next(iter(others), "")
    if name in taken and column:
        name = f"{name}·{column}"
    return _untaken(name if len(name) > 1 else "新来源", taken)


def _untaken(name: str, taken: Collection[str]) -> str:
    """The name, with a number where another source has it: Enter must do."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name}{number}", number + 1
    return found


def guess_id(url: str, taken: Collection[str]) -> str:
    """An id from the host, unlike those that are taken."""
    host = (urlsplit(url).hostname or "").lower()
    labels = [label for label in host.split(".") if label not in _WWW | _PUBLIC]
    label = re.sub(r"[^a-z0-9]", "", labels[0] if labels else host)[:_LONGEST_ID]
    base = label if _ID.fullmatch(label) else f"s{label}"
    base = base if _ID.fullmatch(base) else "source"
    number, found = 2, base
    while found in taken:
        found, number = f"{base}{number}", number + 1
    return found


def guess_tier(name: str, settings: Settings) -> str:
    """The tier whose level the name speaks of; of several the first in the file."""
    level = _level(name, settings)
    tiers = settings.book.tiers
    at_level = [id_ for id_, tier in tiers.items() if tier.level is level]
    aside = settings.rules.news.elsewhere_tiers
    if level is None:
        at_level = [id_ for id_ in tiers if id_ in aside]
    elif any(id_ not in aside for id_ in at_level):
        at_level = [id_ for id_ in at_level if id_ not in aside]
    return (at_level or list(tiers))[0]


def _level(name: str, settings: Settings) -> Level | None:
    if settings.office.place in name:
        return Level.COUNTY
    if settings.office.city in name:
        return Level.CITY
    if _PROVINCE.search(name):
        return Level.PROVINCIAL
    return Level.NATIONAL if _NATION.search(name) else None


def guess_city(name: str, settings: Settings) -> str:
    """The office's place or city where the name says it, else nothing."""
    office = settings.office
    return next((word for word in (office.place, office.city) if word in name), "")


def is_union_site(name: str) -> bool:
    """Whether a site speaks of unions only; any other needs the union filter."""
    return _TRADE_UNION in name
