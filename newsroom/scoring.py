"""The score of a grassroots story: every part printed with its reason (domain: 5.2).

The rule file gives each part its most points; here stands which share of them a story
earns, so that changing a part's most changes nothing else.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from newsroom.article import CHINA
from newsroom.edition import Score, ScorePart
from newsroom.facts import Facts, read_facts
from newsroom.rules import CheckRules, HighlightRules, OutletRule
from newsroom.story import FindingLevel, Story, StoryKind
from newsroom.taxonomy import Level, Topic
from newsroom.text import fold
from newsroom.wrong_words import find_claims, is_full_of_cliches

UNIQUE_DAYS = 30
SIMILAR_DAYS = 180
SIMILAR = 0.35
STALE_DAYS = 15

_FRESH = ((1, 12 / 12), (3, 9 / 12), (7, 5 / 12))
_UNIQUE = ((1, 14 / 14), (3, 10 / 14), (6, 6 / 14))
_UNIQUE_LEAST = 2 / 14
_SIMILAR_LOSS = 6 / 14
_SILENT = ((60, 8 / 8), (30, 6 / 8), (14, 3 / 8))
_BENEFIT = ((3000, 6), (1000, 5), (500, 4), (100, 3), (50, 2), (10, 1))
_UPPER = {
    Level.NATIONAL: 10 / 10,
    Level.PROVINCIAL: 8 / 10,
    Level.CITY: 5 / 10,
    Level.COUNTY: 3 / 10,
}
_MANY_NUMBERS = 10
_ELEMENTS = 6
_NOT_STALE = frozenset({StoryKind.EXPERIENCE, StoryKind.PROFILE, StoryKind.RESEARCH})


@dataclass(frozen=True, slots=True)
class RecentStory:
    """A grassroots story of the last 180 days, against which others are unique.

    ``grams`` are those of its text, as ``grams_of`` gives them.
    """

    story_id: int
    topic_id: str
    day: date
    grams: Collection[int]


@dataclass(frozen=True, slots=True)
class ScoreContext:
    """What a score depends on besides the story.

    Attributes:
        today: the day of the edition.
        recent: the grassroots stories of the last 180 days (the scored story among
            them or not: it never counts against itself).
        unit_last_shown: the day on which a unit last stood in an edition.
        outlets: the media whose names prove 上级采用.
        linked_policy: by story id, the item of this year's plan an editor linked.
        checks: the proof-reader's rules, for claims and clichés.
    """

    today: date
    recent: tuple[RecentStory, ...] = ()
    unit_last_shown: Mapping[str, date] = field(
        default_factory=lambda: MappingProxyType({})
    )
    outlets: tuple[OutletRule, ...] = ()
    linked_policy: Mapping[int, str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    checks: CheckRules | None = None


def recent_story(story: Story) -> RecentStory:
    """What is remembered of a story for telling whether later ones are unique."""
    seen = story.published or story.first_seen
    day = story.event_day or seen.astimezone(CHINA).date()
    return RecentStory(story.id, story.topic_id, day, grams_of(story.body.text))


def grams_of(text: str) -> Collection[int]:
    """The 4-character pieces of a text, each once, punctuation and width aside.

    They are hashes that hold for this process only, in 8 bytes each: half a year of
    stories stands in memory at once, and as strings a piece takes more than 100.
    """
    plain = fold(text)
    pieces = (plain[i : i + 4] for i in range(len(plain) - 3))
    return array("q", set(map(hash, pieces)))


def score_highlight(
    story: Story,
    context: ScoreContext,
    rules: HighlightRules,
    topics: Sequence[Topic],
) -> Score:
    """The story's score: ten parts and the penalties, each with its reason."""
    facts = read_facts(story.headline, story.body.text)
    judge = _Judge(story, context, rules, facts)
    parts = (
        judge.fresh(),
        judge.numbers(),
        judge.people(),
        judge.photo(),
        judge.unique(),
        judge.policy(topics),
        judge.upper(),
        judge.silent(),
        judge.complete(),
        judge.benefit(),
    )
    return Score((*parts, *judge.penalties()))


def days_to_report(story: Story) -> int | None:
    """Days from the event to the report (submission) or first publication."""
    if story.event_day is None:
        return None
    told = story.first_seen if story.is_submission else story.published
    if told is None:
        return None
    return max(0, (told.astimezone(CHINA).date() - story.event_day).days)


def highest_adoption(
    story: Story, outlets: Sequence[OutletRule]
) -> tuple[Level, str] | None:
    """The highest level that carried the story and the medium's name.

    The first publication on a site of our own is no adoption.
    """
    is_ours = story.own and not story.is_submission
    elsewhere = story.reprints if is_ours else story.appearances
    carried = [(a.level, a.source_name) for a in elsewhere]
    lines = [a.source_line or "" for a in story.appearances]
    carried += [
        (outlet.level, medium)
        for outlet in outlets
        for medium in outlet.media
        if any(medium in line for line in lines)
    ]
    counted = [pair for pair in carried if pair[0] in _UPPER]
    return max(counted, key=lambda pair: (_UPPER[pair[0]], pair[1]), default=None)


@dataclass(frozen=True, slots=True)
class _Judge:
    """One story before its rules."""

    story: Story
    context: ScoreContext
    rules: HighlightRules
    facts: Facts

    def fresh(self) -> ScorePart:
        days = days_to_report(self.story)
        if days is None:
            return self._part("fresh", 0, note="时效：没有写明活动日期（0）")
        share = next((s for most, s in _FRESH if days <= most), 0.0)
        part = self._part("fresh", share, n=days)
        if self.story.is_submission:
            return part
        reason = part.reason.replace("报送", "刊发")
        return ScorePart(part.key, part.points, part.most, reason)

    def numbers(self) -> ScorePart:
        count = len(self.facts.numbers)
        return self._part("numbers", min(1.0, count / _MANY_NUMBERS), k=count)

    def people(self) -> ScorePart:
        if self._is_neutral():
            points = self.rules.neutral_people
            note = f"人物：案例隐去姓名，按固定分（+{points:g}）"
            return ScorePart("people", points, self._most("people"), note)
        facts = self.facts
        worker = bool(facts.workers)
        quote = facts.quotes > 0 and self._quotes_worker()
        fair = worker and len(facts.workers) >= len(facts.leaders)
        share = (5 * worker + 5 * quote + 2 * fair) / 12
        said = [w for w, is_so in (("有一线职工", worker), ("有原话", quote)) if is_so]
        part = self._part("people", share)
        words = f"人物：{'、'.join(said)}（+{part.points:g}）" if said else ""
        return ScorePart(part.key, part.points, part.most, words)

    def photo(self) -> ScorePart:
        pictures = self.story.body.pictures
        if self._is_neutral() and not pictures:
            points = self.rules.neutral_photo
            note = f"图片：案例不登照片，按固定分（+{points:g}）"
            return ScorePart("photo", points, self._most("photo"), note)
        share = (0, 4, 6)[min(2, len(pictures))]
        whole = bool(pictures) and all(p.caption and p.credit for p in pictures)
        return self._part("photo", (share + 2 * whole) / 8, k=len(pictures))

    def unique(self) -> ScorePart:
        others = [r for r in self.context.recent if r.story_id != self.story.id]
        age = [(self.context.today - r.day).days for r in others]
        same = sum(
            r.topic_id == self.story.topic_id and 0 <= days <= UNIQUE_DAYS
            for r, days in zip(others, age, strict=True)
        )
        share = next((s for most, s in _UNIQUE if same <= most), _UNIQUE_LEAST)
        grams = frozenset(grams_of(self.story.body.text))
        similar = any(
            0 <= days <= SIMILAR_DAYS and _jaccard(grams, r.grams) >= SIMILAR
            for r, days in zip(others, age, strict=True)
        )
        part = self._part("unique", max(0.0, share - _SIMILAR_LOSS * similar), k=same)
        if not similar:
            return part
        words = f"独特：近30天同题材{same}篇，与近期稿件相似（+{part.points:g}）"
        return ScorePart(part.key, part.points, part.most, words)

    def policy(self, topics: Sequence[Topic]) -> ScorePart:
        topic = next((t for t in topics if t.id == self.story.topic_id), None)
        linked = self.context.linked_policy.get(self.story.id)
        weight = topic.weight if topic else 0.0
        share = (10 * weight + 4 * bool(linked)) / 14
        name = linked or (f"“{topic.name}”" if topic else "")
        return self._part("policy", share, item=name)

    def upper(self) -> ScorePart:
        adopted = highest_adoption(self.story, self.context.outlets)
        if adopted is None:
            return self._part("upper", 0)
        level, medium = adopted
        return self._part("upper", _UPPER[level], media=medium)

    def silent(self) -> ScorePart:
        shown = self.context.unit_last_shown
        last = shown.get(self.story.unit_id or "")
        if last is None:
            if not shown or self.story.unit_id is None:
                return self._part("silent", 0)
            most = self._most("silent")
            return ScorePart("silent", most, most, f"久未发声：尚未展示（+{most:g}）")
        days = (self.context.today - last).days
        share = next((s for least, s in _SILENT if days > least), 0.0)
        return self._part("silent", share, d=days)

    def complete(self) -> ScorePart:
        count = len(self.facts.elements)
        return self._part("complete", count / _ELEMENTS, k=count)

    def benefit(self) -> ScorePart:
        helped = self.facts.helped
        points = next((p for least, p in _BENEFIT if helped >= least), 0)
        return self._part("benefit", points / 6, n=helped)

    def penalties(self) -> Iterator[ScorePart]:
        days = self._age()
        if days > STALE_DAYS and self.story.kind not in _NOT_STALE:
            yield from self._penalty("stale", f"活动已过{days}天")
        if self._leaders_first():
            yield from self._penalty("leaders", "领导多于职工且上了标题")
        checks = self.context.checks
        text = self.story.body.text
        if checks and text and is_full_of_cliches(text, checks):
            yield from self._penalty("cliche", "套话偏多")
        whole = f"{self.story.headline}\n{text}"
        if checks and any(find_claims(whole, checks)):
            yield from self._penalty("claim", "“首个”“第一”之类说法没有依据")
        if any(f.level is FindingLevel.BLOCK for f in self.story.findings):
            yield from self._penalty("blocked", "有未处理的禁止项")

    def _penalty(self, key: str, words: str) -> Iterator[ScorePart]:
        rule = self.rules.penalties.get(key)
        if rule is not None:
            yield ScorePart(key, rule.points, 0, f"{words}（{rule.points:g}）")

    def _age(self) -> int:
        if self.story.event_day is None:
            return 0
        return (self.context.today - self.story.event_day).days

    def _leaders_first(self) -> bool:
        leaders, workers = self.facts.leaders, self.facts.workers
        named = any(name in self.story.headline for name in leaders)
        return named and len(leaders) > len(workers)

    def _quotes_worker(self) -> bool:
        return bool(self.facts.workers)

    def _is_neutral(self) -> bool:
        return self.story.kind in self.rules.neutral_kinds

    def _most(self, key: str) -> float:
        rule = self.rules.parts.get(key)
        return rule.max if rule else 0.0

    def _part(
        self, key: str, share: float, *, note: str = "", **words: object
    ) -> ScorePart:
        """A part with its printed reason; nothing is said of a part without points."""
        rule = self.rules.parts.get(key)
        if rule is None:
            return ScorePart(key, 0, 0, "")
        points = round(rule.max * min(1.0, share), 1)
        reason = rule.reason.format(p=f"{points:g}", **words) if points else note
        return ScorePart(key, points, rule.max, reason)


def _jaccard(one: frozenset[int], two: Collection[int]) -> float:
    """The share of the pieces that both have; ``two`` has each piece once."""
    both = len(one.intersection(two))
    together = len(one) + len(two) - both
    return both / together if together else 0.0
