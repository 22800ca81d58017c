"""The fixed vocabularies: levels, tiers, units, topics (domain: sections 4.1-4.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How high an outlet or a unit stands, from the nation to the township."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class UnitKind(Enum):
    """The families in which units are ranked."""

    TOWN = "镇街"
    PARK = "园区"
    BUREAU = "局"
    TRADE = "行业"
    OFFICE = "机关"


_KIND_OF_PLACE = re.compile("(?:镇|乡|街道)$")


def short_place(name: str) -> str:
    """The name of a town as people say it: 董市 for 董市镇."""
    return _KIND_OF_PLACE.sub("", name)


@dataclass(frozen=True, slots=True)
class Tier:
    """A rank of sources: its word for readers, its level, its weight for 要闻."""

    id: str
    name: str
    weight: float
    level: Level


@dataclass(frozen=True, slots=True)
class Unit:
    """A town, bureau, park or trade union that can speak and be spoken of.

    ``villages`` attribute a story to the unit under the context rule of ``UnitRules``.
    """

    id: str
    name: str
    union: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    code: str | None = None
    parent: str | None = None
    town: str | None = None
    ranked: bool = True
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class UnitRules:
    """All units of the office and the rules for recognising them in a text.

    Attributes:
        units: in the office's order.
        ambiguous: village names that two units share: they attribute nothing alone.
        relative: words such as 全市 that mean the source's own city.
        place: the county's own name, e.g. ``枝江``.
        city: the name of the city above, e.g. ``宜昌``.
    """

    units: tuple[Unit, ...]
    ambiguous: frozenset[str]
    relative: frozenset[str]
    place: str
    city: str

    def unit(self, unit_id: str) -> Unit | None:
        """The unit of this id, None when there is none."""
        return next((u for u in self.units if u.id == unit_id), None)


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme of union work and the words that speak for it."""

    id: str
    name: str
    weight: float
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    months: tuple[int, ...] = ()
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A unit or topic that a text carries, with the words that prove it.

    ``doubtful`` tags are shown with a question mark and counted in the report.
    """

    id: str
    score: float
    evidence: tuple[str, ...]
    doubtful: bool = False
