"""Which units and topics a text speaks of, each tag with the words that prove it.

The rules stand in units.toml and topics.toml (domain: 4.1, 4.2, 4.4): longest name
first; a village only in context; names such as 市教育局 and 全市 mean the source's own
city; a topic's strong words give 3 points, weak ones 1, in the headline double.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from newsroom.rules import Rules
from newsroom.story import Story
from newsroom.taxonomy import Tag, Topic, Unit, UnitKind, UnitRules

STRONG = 3.0
WEAK = 1.0
PRIMARY = 3.0
SECONDARY_SHARE = 0.6
SECONDARY_MOST = 2

_NAME, _UNION, _ALIAS, _GENERIC, _VILLAGE = "name", "union", "alias", "generic", "村"
_POINTS = {_NAME: 3.0, _UNION: 3.0, _ALIAS: 2.0, _GENERIC: 1.5, _VILLAGE: 1.0}
_LISTED = 4  # a text that names so many towns lists them and speaks of none
_LEAD = 80
_SHORT = 2
# A bare short name inside another word is no place: 仙女座, 白洋淀, 董市长, 问安全.
_OTHER_WORDS = {"": ("座", "淀", "长", "星", "棒"), "问": ("全", "排", "置", "心")}
_NO_OTHER_WORD = ("长期", "全镇", "全市", "全域")
_BEFORE_WEN = frozenset("慰询访请疑提追咨责质讯")
_UNION_WORDS = ("工会", "职代会", "职工代表大会")
_WORKER_WORDS = (
    "职工",
    "劳模",
    "劳动模范",
    "工匠",
    "农民工",
    "劳动者",
    "工人",
    "集体协商",
    "货车司机",
    "快递员",
    "骑手",
    "网约车",
    "技能大赛",
    "劳动竞赛",
    "职业技能",
)
_POLICY_WORDS = (
    "意见",
    "办法",
    "条例",
    "规定",
    "通知",
    "印发",
    "方案",
    "施行",
    "修订",
    "出台",
    "全国总工会",
    "全总",
    "人社部",
    "劳动法",
    "工会法",
    "最低工资",
    "新规",
    "指引",
)


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a unit and of what sort it is."""

    words: str
    unit: Unit
    sort: str


@dataclass(slots=True)
class _Found:
    """What speaks for one unit so far."""

    unit: Unit
    score: float = 0.0
    in_headline: int | None = None
    place: int = 10**9
    words: list[str] = field(default_factory=list)
    sure: bool = False


def tag_units(
    headline: str,
    text: str,
    rules: UnitRules,
    *,
    source_city: str | None,
    near: bool,
) -> tuple[Tag, ...]:
    """The units that the text speaks of, the acting one first.

    Args:
        headline: as shown.
        text: the plain text of the body.
        rules: the office's units and context rules.
        source_city: the city or county whose paper or office speaks, if known; it
            resolves 全市 and 市教育局.
        near: whether the source is one of the county or the city above it.
    """
    whole = f"{headline}\n{text}"
    found: dict[str, _Found] = {}
    hits = _hits(whole, rules)
    own = {name.unit.id for _, name in hits if name.sort in {_NAME, _UNION, _ALIAS}}
    judge = _Context(rules, source_city, near, rules.place in whole, frozenset(own))
    for start, name in hits:
        sure = judge.allows(whole, start, name)
        if sure is not None:
            _note(found, name, start, len(headline), sure=sure)
    _note_office(found, whole, rules, source_city)
    return _unit_tags(found, headline)


@lru_cache(maxsize=8)
def _names(rules: UnitRules) -> tuple[_Name, ...]:
    """All names of all units, longest first."""
    names: list[_Name] = []
    for unit in rules.units:
        if not unit.enabled:
            continue
        names.append(_Name(unit.name, unit, _NAME))
        if unit.union != unit.name:
            names.append(_Name(unit.union, unit, _UNION))
        names.extend(_Name(a, unit, _alias_sort(a, unit)) for a in unit.aliases)
        names.extend(_Name(v, unit, _VILLAGE) for v in unit.villages)
    order = (_NAME, _UNION, _ALIAS, _GENERIC, _VILLAGE)
    return tuple(
        sorted(names, key=lambda n: (-len(n.words), n.words, order.index(n.sort)))
    )


def _alias_sort(alias: str, unit: Unit) -> str:
    """An alias that is part of the unit's own name is its own; 城区 is anybody's."""
    is_own = alias in unit.name or unit.name in alias or alias in unit.union
    return _ALIAS if is_own and unit.kind != UnitKind.BUREAU else _GENERIC


def _hits(whole: str, rules: UnitRules) -> list[tuple[int, _Name]]:
    """Where which name stands; a longer name covers the shorter ones inside it."""
    taken: list[tuple[int, int, str]] = []
    hits: list[tuple[int, _Name]] = []
    for name in _names(rules):
        start = whole.find(name.words)
        while start >= 0:
            end = start + len(name.words)
            covered = any(
                s < end and start < e and w != name.words for s, e, w in taken
            )
            if not covered and not _inside_word(whole, start, name):
                taken.append((start, end, name.words))
                hits.append((start, name))
            start = whole.find(name.words, end)
    return sorted(hits, key=lambda hit: hit[0])


def _inside_word(whole: str, start: int, name: _Name) -> bool:
    if len(name.words) > _SHORT:
        return False
    end = start + len(name.words)
    others = _OTHER_WORDS[""] + _OTHER_WORDS.get(name.words[0], ())
    if whole.startswith(others, end) and not whole.startswith(_NO_OTHER_WORD, end):
        return True
    return name.words[0] == "问" and whole[max(0, start - 1) : start] in _BEFORE_WEN


@dataclass(frozen=True, slots=True)
class _Context:
    """What surrounds a name and decides whether it is ours."""

    rules: UnitRules
    source_city: str | None
    near: bool
    place_named: bool
    own_named: frozenset[str]

    def allows(self, whole: str, start: int, name: _Name) -> bool | None:
        """True when sure, False when doubtful, None when the name is not ours."""
        at_home = self.source_city == self.rules.place
        if name.words.startswith("市"):
            return self._municipal(whole, start, at_home=at_home)
        if name.sort == _VILLAGE:
            return self._village(name, at_home=at_home)
        if name.sort == _GENERIC:
            return self._generic(name, at_home=at_home)
        return self._own(name, at_home=at_home)

    def _own(self, name: _Name, *, at_home: bool) -> bool | None:
        if at_home or self.place_named:
            return True
        if self.near:
            return len(name.words) > _SHORT
        return False if name.sort in {_NAME, _UNION} else None

    def _generic(self, name: _Name, *, at_home: bool) -> bool | None:
        if name.unit.id in self.own_named or at_home:
            return True
        return False if self.place_named and self.near else None

    def _municipal(self, whole: str, start: int, *, at_home: bool) -> bool | None:
        before = whole[max(0, start - len(self.rules.place)) : start]
        if before == self.rules.place:
            return True
        return True if at_home and before != self.rules.city else None

    def _village(self, name: _Name, *, at_home: bool) -> bool | None:
        if name.unit.id in self.own_named:
            return True
        if name.words in self.rules.ambiguous:
            return None
        if at_home or self.place_named:
            return True
        return False if self.near else None


def _note(
    found: dict[str, _Found], name: _Name, start: int, headline: int, *, sure: bool
) -> None:
    entry = found.setdefault(name.unit.id, _Found(name.unit))
    in_headline = start < headline
    if name.words not in entry.words:
        entry.words.append(name.words)
        entry.score += _POINTS[name.sort] * (2 if in_headline else 1)
    if in_headline and entry.in_headline is None:
        entry.in_headline = start
    entry.place = min(entry.place, start)
    entry.sure = entry.sure or sure


def _note_office(
    found: dict[str, _Found], whole: str, rules: UnitRules, source_city: str | None
) -> None:
    """市总工会 and 全市工会 mean the office itself when its own county speaks."""
    office = next((u for u in rules.units if u.kind is UnitKind.OFFICE), None)
    if source_city != rules.place or office is None or office.id in found:
        return
    for word in sorted(rules.relative):
        said = word if word.endswith("工会") else f"{word}工会"
        start = whole.find(said)
        if start >= 0 and not whole[:start].endswith(rules.city):
            found[office.id] = _Found(office, WEAK, None, start, [said], sure=True)
            return


def _unit_tags(found: dict[str, _Found], headline: str) -> tuple[Tag, ...]:
    towns = [f for f in found.values() if f.unit.kind is UnitKind.TOWN]
    listed = len(towns) >= _LISTED and not any(f.in_headline is not None for f in towns)
    ordered = sorted(found.values(), key=lambda f: _subject_order(f, len(headline)))
    return tuple(
        Tag(
            f.unit.id,
            f.score,
            tuple(f.words[:5]),
            doubtful=not f.sure or (listed and f.unit.kind is UnitKind.TOWN),
        )
        for f in ordered
    )


def _subject_order(found: _Found, headline: int) -> tuple[bool, int, float, float, str]:
    """Who acts: the unit that the headline names first, then the one of the lead.

    Of two units with one name the one whose own name it is; the office itself last.
    """
    office = found.unit.kind is UnitKind.OFFICE
    if found.in_headline is not None:
        rank, place = 0, found.in_headline
    elif found.place < headline + _LEAD:
        rank, place = 1, found.place
    else:
        rank, place = 2, 0
    return (office, rank, place, -found.score, found.unit.id)


def tag_topics(headline: str, text: str, topics: Sequence[Topic]) -> tuple[Tag, ...]:
    """The primary topic and at most two others; none when nothing is strong enough."""
    scored = [_topic_tag(headline, text, topic) for topic in topics]
    scored.sort(key=lambda tag: -tag.score)  # stable: the office's order on a tie
    if not scored or scored[0].score < PRIMARY:
        return ()
    best = scored[0]
    others = [t for t in scored[1:] if t.score >= SECONDARY_SHARE * best.score]
    tie = bool(others) and others[0].score == best.score
    kept = (best, *others[:SECONDARY_MOST])
    return tuple(
        Tag(t.id, t.score, t.evidence, doubtful=t.doubtful or (tie and n == 0))
        for n, t in enumerate(kept)
    )


def _topic_tag(headline: str, text: str, topic: Topic) -> Tag:
    score = 0.0
    words: list[str] = []
    strong_found = False
    for word, points in (
        *((w, STRONG) for w in topic.strong),
        *((w, WEAK) for w in topic.weak),
    ):
        if word in headline:
            score += 2 * points
        elif word in text:
            score += points
        else:
            continue
        words.append(word)
        strong_found = strong_found or points == STRONG
    doubtful = not strong_found or score <= PRIMARY
    return Tag(topic.id, score, tuple(words), doubtful=doubtful)


def is_union_news(headline: str, text: str, topics: Sequence[Topic]) -> bool:
    """Whether an item of a general news site is union news.

    The word 工会 in the headline or text, or workers in the headline together with a
    topic, or several workers' words and a sure topic in the text.
    """
    if any(word in headline or word in text for word in _UNION_WORDS):
        return True
    tags = tag_topics(headline, text, topics)
    if not tags:
        return False
    if any(word in headline for word in _WORKER_WORDS):
        return True
    named = sum(word in text for word in _WORKER_WORDS)
    return named >= 2 and not tags[0].doubtful  # noqa: PLR2004 - one word proves little


def is_local_or_policy(story: Story, rules: Rules, *, province: str = "湖北") -> bool:
    """Whether a national story concerns us: our places are named, or it sets policy."""
    whole = story.headline + story.body.text
    places = (province, rules.units.city, rules.units.place)
    if any(name and name in whole for name in places):
        return True
    sets_policy = any(word in story.headline for word in _POLICY_WORDS)
    return sets_policy and is_union_news(story.headline, story.body.text, rules.topics)
