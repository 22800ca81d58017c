"""Archives: one town's, topic's or source's stories, and the tiles of all."""

from __future__ import annotations

from dataclasses import dataclass

from newsroom.taxonomy import Unit, UnitKind
from site_builder.cards import listed_card
from site_builder.catalogue import SOURCE, TOPIC, UNIT
from site_builder.face import face_view
from site_builder.ground import canonical
from site_builder.index import Part, parts_of
from site_builder.links import FEED_FORMS, Address, Kind, list_feed
from site_builder.list_views import FaceView, GroupView, ListView, TilesView
from site_builder.standpoint import Standpoint
from site_builder.views import Link, TileView
from site_builder.wording import SILENT_FROM, silence_words

BACK = {
    Kind.TOWN: ("全部单位", Kind.TOWNS),
    Kind.TOPIC: ("全部题材", Kind.TOPICS),
    Kind.SOURCE: ("全部来源", Kind.SOURCES),
}
UNIT_GROUPS = (
    (UnitKind.TOWN, "镇（街道）"),
    (UnitKind.PARK, "园区"),
    (UnitKind.BUREAU, "市直单位"),
    (UnitKind.TRADE, "行业工会"),
    (UnitKind.OFFICE, "机关"),
)


LISTS = {Kind.TOWN: UNIT, Kind.TOPIC: TOPIC, Kind.SOURCE: SOURCE}


@dataclass(frozen=True, slots=True)
class Pages:
    """A list cut into pages; the first has the plain address, older ones count."""

    kind: Kind
    key: str
    parts: tuple[Part, ...]

    def address(self, place: int) -> Address:
        """The address of the page at this place; numbers count from the oldest."""
        return Address(self.kind, self.key, len(self.parts) - place if place else 0)

    def turn(self, words: str, place: int, at: Standpoint) -> Link | None:
        """The link to another page of the list, None beyond its ends."""
        if not 0 <= place < len(self.parts):
            return None
        href = at.href(self.address(place))
        return Link(f"{words} {self.parts[place].held} 篇", href)


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, before its stories are read."""

    at: Standpoint
    title: str
    words: str
    ids: tuple[int, ...]
    older: Link | None
    newer: Link | None
    face: FaceView | None

    @property
    def told(self) -> tuple[str, ...]:
        """All that the page says beside its stories."""
        turns = (f"{t.text} {t.href}" if t else "" for t in (self.older, self.newer))
        return (self.title, self.words, canonical(self.face), *turns)

    def view(self) -> ListView:
        """The page with its stories."""
        back_name, back_kind = BACK[self.at.base.kind]
        known = self.at.here.cards
        self.at.shown.stories.fetch_cards([i for i in self.ids if i not in known])
        return ListView(
            title=self.title,
            words=self.words,
            back=Link(back_name, self.at.to(back_kind)),
            cards=tuple(listed_card(i, self.at) for i in self.ids),
            older=self.older,
            newer=self.newer,
            feeds=self._feeds(),
            face=self.face,
        )

    def _feeds(self) -> tuple[Link, ...]:
        base = self.at.base
        if base.page or base.kind is Kind.SOURCE:
            return ()
        return tuple(
            Link(name, self.at.href(list_feed(base.kind, base.key, form)))
            for name, form in zip(("Atom", "RSS", "JSON"), FEED_FORMS, strict=True)
        )


def pages_of(kind: Kind, key: str, count: int, size: int) -> Pages:
    """The pages of a list of so many stories, newest first."""
    return Pages(kind, key, parts_of(count, size))


def list_page(pages: Pages, place: int, title: str, at: Standpoint) -> ListPage:
    """The page at one place of a town's, topic's or source's list."""
    here = at.at(pages.address(place))
    part, whole = pages.parts[place], sum(p.held for p in pages.parts)
    return ListPage(
        here,
        title,
        f"更早的 {part.held} 篇" if place else f"共 {whole} 篇",
        at.index.part(LISTS[pages.kind], pages.key, part),
        older=pages.turn("更早的", place + 1, here),
        newer=pages.turn("较新的", place - 1, here),
        face=None if place or pages.kind is Kind.SOURCE else _face(here),
    )


def _face(at: Standpoint) -> FaceView | None:
    """The face of the list at ``at.base``, made once for its key and its page."""
    faces, wanted = at.here.faces, (at.base.kind, at.base.key)
    if wanted not in faces:
        faces[wanted] = face_view(at, at.base.key)
    return faces[wanted]


def towns_view(at: Standpoint) -> TilesView:
    """All units as tiles, by family."""
    units = at.shown.given.units.units
    groups = (
        GroupView(
            name,
            tuple(_unit_tile(u, at) for u in units if u.enabled and u.kind is kind),
        )
        for kind, name in UNIT_GROUPS
    )
    return TilesView(
        "基层单位",
        "点单位名称，看它的全部稿件。",
        tuple(group for group in groups if group.tiles),
    )


def topics_view(at: Standpoint) -> TilesView:
    """The topics that have stories."""
    tiles = tuple(
        TileView(t.name, at.topic(t.id), _count(at.index.topics.get(t.id, 0)), None)
        for t in at.shown.given.topics
        if t.id in at.index.topics
    )
    return TilesView("题材", "按工作内容找稿件。", (GroupView("", tiles),))


def sources_view(at: Standpoint) -> TilesView:
    """The sources that have stories."""
    names = at.index.source_names
    tiles = tuple(
        TileView(name, at.source(sid), _count(at.index.sources[sid]), None)
        for sid, name in sorted(names.items())
    )
    return TilesView("来源", "按来源找稿件。", (GroupView("", tiles),))


def _unit_tile(unit: Unit, at: Standpoint) -> TileView:
    count = at.index.units.get(unit.id, 0)
    note = _silence(unit.id, at) if at.shown.is_internal else None
    words = "" if note and not count else _count(count)
    return TileView(unit.name, at.unit(unit.id), words, note)


def _silence(unit_id: str, at: Standpoint) -> str | None:
    """How long the unit has been silent by the latest board, from 15 days on."""
    rows = at.shown.latest.board.rows if at.shown.latest else ()
    row = next((r for r in rows if r.unit_id == unit_id), None)
    if row is None or (row.silent_days is not None and row.silent_days < SILENT_FROM):
        return None
    if row.silent_days is None and (row.received or row.shown):
        return None
    return silence_words(row.silent_days)


def _count(stories: int) -> str:
    return f"{stories} 篇" if stories else "暂无"
