"""Say of each candidate whether the edition carries it, in which column, and why.

Pure and orderly: the same candidates give the same choice in whatever order they come.
Rules: domain 4.3 (要闻), 5.2 (基层亮点), 7.1 (columns and amounts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from newsroom.article import CHINA
from newsroom.edition import Column, Entry, Passed, Score
from newsroom.entries import make_entry
from newsroom.events import is_old_news
from newsroom.freshness import NewsWindow, story_day
from newsroom.rules import Rules
from newsroom.scoring import ScoreContext, score_highlight
from newsroom.source import Source
from newsroom.story import Story, StoryKind, StoryState
from newsroom.taxonomy import UnitKind
from newsroom.wording import short_date

_NEVER = frozenset({StoryState.HELD, StoryState.SPIKED, StoryState.WITHDRAWN})
_STATE_REASONS = {
    StoryState.HELD: "已扣下",
    StoryState.SPIKED: "已弃用",
    StoryState.WITHDRAWN: "已撤下",
}
UNDATED = "没有发布日期，不当作当天的消息"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the edition carries, by column in order, and what it does not, and why."""

    columns: tuple[tuple[Column, tuple[Entry, ...]], ...]
    passed: tuple[Passed, ...]

    def entries(self, column: Column) -> tuple[Entry, ...]:
        """The entries of one column, empty when it has none."""
        return dict(self.columns).get(column, ())

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the columns."""
        return tuple(entry for _, entries in self.columns for entry in entries)


def choose(  # noqa: PLR0913 - the door names everything that a choice rests on
    candidates: Sequence[Story],
    *,
    day: date,
    covers_from: date,
    last_issued: datetime | None,
    shown: Mapping[int, date],
    unit_last_shown: Mapping[str, date],
    sources: Mapping[str, Source],
    rules: Rules,
    context: ScoreContext | None = None,
    updated: Mapping[int, str] | None = None,
) -> Choice:
    """Choose the stories of one day.

    Args:
        candidates: stories that may stand in the edition, in any order.
        day: the day of the edition.
        covers_from: the first day whose news it carries.
        last_issued: when the last edition was issued; None on the first run.
        shown: by story id, the day on which it last stood in an edition.
        unit_last_shown: by unit id, the day on which it was last shown.
        sources: by id; the tier of a story's first publication weighs it.
        rules: the office's rules.
        context: what scores depend on besides the story (uniqueness, linked policy).
        updated: by story id, what is materially new since it was shown, in Chinese
            (``reprints.materially_new``): such a story may stand again, as 续.
    """
    base = context or ScoreContext(today=day, outlets=rules.outlets)
    desk = _Desk(
        day,
        NewsWindow.of(day, covers_from, last_issued, rules),
        shown,
        updated or {},
        sources,
        rules,
        replace(
            base,
            today=day,
            unit_last_shown=unit_last_shown,
            checks=base.checks or rules.checks,
        ),
    )
    return desk.choose(candidates)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A story that may stand in a column, its weight there and the reasons."""

    story: Story
    weight: float
    reasons: tuple[str, ...]
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class _Desk:
    """The table at which one edition is put together."""

    day: date
    window: NewsWindow
    shown: Mapping[int, date]
    updated: Mapping[int, str]
    sources: Mapping[str, Source]
    rules: Rules
    context: ScoreContext

    def choose(self, candidates: Sequence[Story]) -> Choice:
        passed: dict[int, Passed] = {}
        open_stories = []
        for story in sorted({s.id: s for s in candidates}.values(), key=_by_id):
            reason = self._shut_out(story)
            if reason:
                passed[story.id] = Passed(story.id, story.headline, None, reason)
            else:
                open_stories.append(story)
        columns: list[tuple[Column, list[_Judged]]] = []
        for column, pick in (
            (Column.HIGHLIGHTS, self._highlights),
            (Column.RIGHTS, self._rights),
            (Column.NEWS, self._news),
            (Column.ELSEWHERE, self._elsewhere),
        ):
            taken, left = pick(open_stories)
            columns.append((column, taken))
            passed.update({p.story_id: p for p in left})
            gone = {judged.story.id for judged in taken}
            for number in gone:
                passed.pop(number, None)
            open_stories = [s for s in open_stories if s.id not in gone]
        for story in open_stories:
            if story.id not in passed:
                passed[story.id] = Passed(
                    story.id, story.headline, None, "不属于任何栏目"
                )
        return Choice(self._printed(columns), _in_order(passed.values()))

    def _printed(
        self, columns: list[tuple[Column, list[_Judged]]]
    ) -> tuple[tuple[Column, tuple[Entry, ...]], ...]:
        order = list(Column)
        filled = sorted(
            ((c, taken) for c, taken in columns if taken),
            key=lambda pair: order.index(pair[0]),
        )
        return tuple((c, tuple(map(self._entry, taken))) for c, taken in filled)

    def _entry(self, judged: _Judged) -> Entry:
        return make_entry(
            judged.story,
            self.rules,
            day=self.day,
            reasons=judged.reasons,
            score=judged.score,
            follow_up=judged.story.id in self.shown,
        )

    # What may not stand at all

    def _shut_out(self, story: Story) -> str | None:
        """Why the story can stand in no column, None when it may."""
        if story.state in _NEVER:
            reason = _STATE_REASONS[story.state]
            return f"{reason}：{story.held_reason}" if story.held_reason else reason
        if story.kind is StoryKind.INTERNAL:
            return "内部情况，不进日报"
        last = self.shown.get(story.id)
        if last is not None and last < self.day and story.id not in self.updated:
            return f"{short_date(last)}已经登过，没有新内容"
        return None if story.is_submission else self._misdated(story)

    def _misdated(self, story: Story) -> str | None:
        """Undated, dated in the future, or old news under a fresh date."""
        if story.published is None:
            return UNDATED
        if story_day(story) > self.day:
            return f"所标日期{short_date(story_day(story))}还没有到，不当作当天的消息"
        seen = story.first_seen.astimezone(CHINA).date()
        earlier = seen if seen < story_day(story) else None
        reason = is_old_news(story.body.text, story.published, seen_earlier=earlier)
        return f"旧闻：{reason}" if reason else None

    # 基层亮点

    def _highlights(self, stories: list[Story]) -> tuple[list[_Judged], list[Passed]]:
        left: list[Passed] = []
        ranked: list[_Judged] = []
        for story in stories:
            if not self._is_grassroots(story):
                continue
            late = self._too_late(story)
            if late:
                left.append(_passed(story, Column.HIGHLIGHTS, late))
                continue
            score = score_highlight(
                story, self.context, self.rules.highlight, self.rules.topics
            )
            ranked.append(_Judged(story, score.total, (score.line,), score))
        ranked.sort(key=_highlight_order)
        taken, refused = self._fill_highlights(ranked)
        left.extend(
            _passed(judged.story, Column.HIGHLIGHTS, reason, judged.score)
            for judged, reason in refused
        )
        return taken, left

    def _is_grassroots(self, story: Story) -> bool:
        """Whether a ranked unit of ours acts in it; elsewhere's towns do not count."""
        if self._is_elsewhere(story) or not story.units:
            return False
        tag = story.units[0]
        unit = self.rules.units.unit(tag.id)
        if unit is None or tag.doubtful:
            return False
        return unit.ranked and unit.kind is not UnitKind.OFFICE

    def _too_late(self, story: Story) -> str | None:
        if not story.is_submission:
            return self.window.too_old(story)
        waited = (self.day - story.first_seen.astimezone(CHINA).date()).days
        if waited > self.rules.highlight.fair_days:
            return f"收到已有{waited}天，不再候选"
        return None

    def _fill_highlights(
        self, ranked: list[_Judged]
    ) -> tuple[list[_Judged], list[tuple[_Judged, str]]]:
        rules = self.rules.highlight
        able = [judged for judged in ranked if judged.weight >= rules.floor]
        refused = [
            (j, f"{j.weight:g}分，低于{rules.floor:g}分的底线")
            for j in ranked
            if j.weight < rules.floor
        ]
        taken, others = self._cap_highlights(able, rules.top)
        waiting = self._waiting(taken, able)
        if waiting is not None and len(taken) >= rules.top:
            # The last place belongs to the unit that has waited longest.
            without = [j for j in able if j.story.id != waiting.story.id]
            first, others = self._cap_highlights(without, rules.top - 1, beside=waiting)
            days = rules.fair_days
            why = f"照顾{days}天以上未展示的单位，占最后一个位置"
            waiting = replace(waiting, reasons=(*waiting.reasons, why))
            taken = [*first, waiting]
        return taken, [*others, *refused]

    def _cap_highlights(
        self, able: list[_Judged], top: int, *, beside: _Judged | None = None
    ) -> tuple[list[_Judged], list[tuple[_Judged, str]]]:
        """The best within the caps for unit and topic; ``beside`` counts as taken."""
        rules = self.rules.highlight
        taken: list[_Judged] = []
        refused: list[tuple[_Judged, str]] = []
        for judged in able:
            fixed = [*taken, *([beside] if beside else [])]
            units = sum(t.story.unit_id == judged.story.unit_id for t in fixed)
            topics = sum(t.story.topic_id == judged.story.topic_id for t in fixed)
            if len(taken) >= top:
                refused.append((judged, f"{judged.weight:g}分，今天的位置已满"))
            elif units >= rules.per_unit_per_day:
                refused.append((judged, f"同一单位一天最多{rules.per_unit_per_day}条"))
            elif topics >= rules.per_topic_per_day:
                refused.append((judged, f"同一主题一天最多{rules.per_topic_per_day}条"))
            else:
                taken.append(judged)
        return taken, refused

    def _waiting(self, taken: list[_Judged], able: list[_Judged]) -> _Judged | None:
        """The best story of the unit that has waited longest, if any waits too long."""
        present = {judged.story.unit_id for judged in taken}
        waiting = [j for j in able if j.story.unit_id not in present and self._waits(j)]
        return min(waiting, key=self._waiting_order, default=None)

    def _waits(self, judged: _Judged) -> bool:
        last = self.context.unit_last_shown.get(judged.story.unit_id or "")
        if last is None:
            return bool(self.context.unit_last_shown)
        return (self.day - last).days >= self.rules.highlight.fair_days

    def _waiting_order(self, judged: _Judged) -> tuple[date, tuple[object, ...]]:
        last = self.context.unit_last_shown.get(judged.story.unit_id or "")
        return (last or date.min, _highlight_order(judged))

    # 要闻, 维权服务, 他山之石

    def _news(self, stories: list[Story]) -> tuple[list[_Judged], list[Passed]]:
        news = self.rules.news
        able = [s for s in stories if not s.is_submission and not self._is_elsewhere(s)]
        return self._by_weight(
            able, Column.NEWS, news.top, news.per_source, news.per_topic
        )

    def _rights(self, stories: list[Story]) -> tuple[list[_Judged], list[Passed]]:
        """Rights stories; a second one only when it leaves enough for 要闻."""
        news = self.rules.news
        able = [s for s in stories if self._is_rights(s)]
        others, _ = self._news([s for s in stories if s not in able])
        top = news.rights_top if len(others) >= news.thin_day else 1
        top = min(top, news.rights_top)
        taken, _ = self._by_weight(
            able, Column.RIGHTS, top, news.per_source, news.rights_top
        )
        return taken, []

    def _elsewhere(self, stories: list[Story]) -> tuple[list[_Judged], list[Passed]]:
        news = self.rules.news
        able = [s for s in stories if self._is_elsewhere(s)]
        return self._by_weight(
            able, Column.ELSEWHERE, news.elsewhere_top, news.per_source, news.top
        )

    def _is_rights(self, story: Story) -> bool:
        if self._is_elsewhere(story) or (
            story.is_submission and story.kind is not StoryKind.CASE
        ):
            return False
        if story.kind is StoryKind.CASE:
            return True
        sure = bool(story.topics) and not story.topics[0].doubtful
        return sure and story.topic_id in self.rules.news.rights_topics

    def _is_elsewhere(self, story: Story) -> bool:
        source = self._source(story)
        tiers = self.rules.news.elsewhere_tiers or {"tashan"}
        return source is not None and source.tier.id in tiers

    def _source(self, story: Story) -> Source | None:
        return self.sources.get(story.first.source_id) if story.first else None

    def _by_weight(
        self,
        stories: Iterable[Story],
        column: Column,
        top: int,
        per_source: int,
        per_topic: int,
    ) -> tuple[list[_Judged], list[Passed]]:
        left: list[Passed] = []
        ranked: list[_Judged] = []
        for story in stories:
            late = self.window.too_old(story)
            if late:
                left.append(_passed(story, column, late))
            else:
                ranked.append(self._weighed(story))
        ranked.sort(key=self._news_order)
        taken: list[_Judged] = []
        for judged in ranked:
            reason = self._refused(judged, taken, top, per_source, per_topic)
            if reason:
                left.append(_passed(judged.story, column, reason))
            else:
                taken.append(judged)
        return taken, left

    def _weighed(self, story: Story) -> _Judged:
        """Tier x freshness x topic x place, each factor with its words."""
        source, topic = self._source(story), self.rules.topic(story.topic_id)
        factors = [
            (source.tier.weight, source.tier.name) if source else (1.0, "镇街报送"),
            self.window.factor(story),
            (topic.weight, topic.name) if topic else (_OTHER_TOPIC, "其他主题"),
            self._place_factor(story),
        ]
        if story.id in self.updated:
            factors.append((1.0, f"续报，{self.updated[story.id]}"))
        weight = 1.0
        for factor, _ in factors:
            weight *= factor
        words = " × ".join(f"{name}{factor:g}" for factor, name in factors if name)
        return _Judged(story, round(weight, 4), (f"权重{weight:.2f}：{words}",))

    def _place_factor(self, story: Story) -> tuple[float, str]:
        near = self._nearness(story)
        news, units = self.rules.news, self.rules.units
        if near == 0:
            return news.county_factor, f"写到{units.place}"
        if near == 1:
            return news.city_factor, f"写到{units.city}"
        return 1.0, ""

    def _nearness(self, story: Story) -> int:
        """0 when our county or a unit of ours is named, 1 the city, 2 neither."""
        whole = story.headline + story.body.text
        sure = any(not tag.doubtful for tag in story.units)
        if sure or self.rules.units.place in whole:
            return 0
        return 1 if self.rules.units.city in whole else 2

    def _news_order(self, judged: _Judged) -> tuple[float, int, float, int]:
        story = judged.story
        when = (story.published or story.first_seen).timestamp()
        return (-judged.weight, self._nearness(story), -when, story.id)

    def _refused(
        self,
        judged: _Judged,
        taken: list[_Judged],
        top: int,
        per_source: int,
        per_topic: int,
    ) -> str | None:
        if len(taken) >= top:
            return f"权重{judged.weight:.2f}，今天的位置已满"
        story = judged.story
        source = _source_id(story)
        if sum(_source_id(t.story) == source for t in taken) >= per_source:
            return f"同一来源最多{per_source}条"
        if sum(t.story.topic_id == story.topic_id for t in taken) >= per_topic:
            return f"同一主题最多{per_topic}条"
        return None


_OTHER_TOPIC = 0.4  # 「其他」 weighs as little as the least topic (domain: 4.2)


def _source_id(story: Story) -> str:
    return story.first.source_id if story.first else ""


def _by_id(story: Story) -> int:
    return story.id


def _highlight_order(judged: _Judged) -> tuple[object, ...]:
    """By score; on a tie the earlier report, then the lower id."""
    return (-judged.weight, judged.story.first_seen, judged.story.id)


def _passed(
    story: Story, column: Column, reason: str, score: Score | None = None
) -> Passed:
    return Passed(story.id, story.headline, column, reason, score)


def _in_order(passed: Iterable[Passed]) -> tuple[Passed, ...]:
    return tuple(sorted(passed, key=lambda p: p.story_id))
