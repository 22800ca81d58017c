"""Choose 要闻, 维权服务 and 他山之石: by weight, within the caps for source and topic.

Rules: domain 4.3 (要闻), 7.1 (amounts).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from newsroom.choice_context import ChoiceContext, Judged, Picked, passed_over
from newsroom.edition import Column, Passed
from newsroom.story import Story, StoryKind

_OTHER_TOPIC = 0.4  # 「其他」 weighs as little as the least topic (domain: 4.2)


@dataclass(frozen=True, slots=True)
class _Caps:
    """How many stories a column takes, of one source and of one topic at most."""

    top: int
    per_source: int
    per_topic: int


def pick_news(context: ChoiceContext, stories: Sequence[Story]) -> Picked:
    """要闻: what the sites report, but for news of other places."""
    news = context.rules.news
    able = [s for s in stories if not s.is_submission and not context.is_elsewhere(s)]
    caps = _Caps(news.top, news.per_source, news.per_topic)
    return _by_weight(context, able, Column.NEWS, caps)


def pick_rights(context: ChoiceContext, stories: Sequence[Story]) -> Picked:
    """维权服务; a second story only when it leaves enough for 要闻.

    What it leaves is not spoken of: 要闻 may take it.
    """
    news = context.rules.news
    able = [s for s in stories if _is_rights(context, s)]
    others = pick_news(context, [s for s in stories if s not in able])
    top = news.rights_top if len(others.taken) >= news.thin_day else 1
    caps = _Caps(min(top, news.rights_top), news.per_source, news.rights_top)
    return Picked(_by_weight(context, able, Column.RIGHTS, caps).taken)


def pick_elsewhere(context: ChoiceContext, stories: Sequence[Story]) -> Picked:
    """他山之石: what sources of other places report."""
    news = context.rules.news
    able = [s for s in stories if context.is_elsewhere(s)]
    caps = _Caps(news.elsewhere_top, news.per_source, news.top)
    return _by_weight(context, able, Column.ELSEWHERE, caps)


def _is_rights(context: ChoiceContext, story: Story) -> bool:
    if context.is_elsewhere(story) or (
        story.is_submission and story.kind is not StoryKind.CASE
    ):
        return False
    if story.kind is StoryKind.CASE:
        return True
    sure = bool(story.topics) and not story.topics[0].doubtful
    return sure and story.topic_id in context.rules.news.rights_topics


def _by_weight(
    context: ChoiceContext, stories: Iterable[Story], column: Column, caps: _Caps
) -> Picked:
    left: list[Passed] = []
    ranked: list[Judged] = []
    for story in stories:
        late = context.window.too_old(story)
        if late:
            left.append(passed_over(story, column, late))
        else:
            ranked.append(_weighed(context, story))
    ranked.sort(key=lambda judged: _order(context, judged))
    taken: list[Judged] = []
    for judged in ranked:
        reason = _refused(judged, taken, caps)
        if reason:
            left.append(passed_over(judged.story, column, reason))
        else:
            taken.append(judged)
    return Picked(tuple(taken), tuple(left))


def _weighed(context: ChoiceContext, story: Story) -> Judged:
    """Tier x freshness x topic x place, each factor with its words."""
    source, topic = context.source(story), context.rules.topic(story.topic_id)
    factors = [
        (source.tier.weight, source.tier.name) if source else (1.0, "镇街报送"),
        context.window.factor(story),
        (topic.weight, topic.name) if topic else (_OTHER_TOPIC, "其他主题"),
        _place_factor(context, story),
    ]
    if story.id in context.updated:
        factors.append((1.0, f"续报，{context.updated[story.id]}"))
    weight = prod(factor for factor, _ in factors)
    words = " × ".join(f"{name}{factor:g}" for factor, name in factors if name)
    return Judged(story, round(weight, 4), (f"权重{weight:.2f}：{words}",))


def _place_factor(context: ChoiceContext, story: Story) -> tuple[float, str]:
    near = _nearness(context, story)
    news, units = context.rules.news, context.rules.units
    if near == 0:
        return news.county_factor, f"写到{units.place}"
    if near == 1:
        return news.city_factor, f"写到{units.city}"
    return 1.0, ""


def _nearness(context: ChoiceContext, story: Story) -> int:
    """0 when our county or a unit of ours is named, 1 the city, 2 neither."""
    units = context.rules.units
    whole = story.headline + story.body.text
    sure = any(not tag.doubtful for tag in story.units)
    if sure or units.place in whole:
        return 0
    return 1 if units.city in whole else 2


def _order(context: ChoiceContext, judged: Judged) -> tuple[float, int, float, int]:
    story = judged.story
    when = (story.published or story.first_seen).timestamp()
    return (-judged.weight, _nearness(context, story), -when, story.id)


def _refused(judged: Judged, taken: Sequence[Judged], caps: _Caps) -> str | None:
    if len(taken) >= caps.top:
        return f"权重{judged.weight:.2f}，今天的位置已满"
    story = judged.story
    source = _source_id(story)
    if sum(_source_id(t.story) == source for t in taken) >= caps.per_source:
        return f"同一来源最多{caps.per_source}条"
    if sum(t.story.topic_id == story.topic_id for t in taken) >= caps.per_topic:
        return f"同一主题最多{caps.per_topic}条"
    return None


def _source_id(story: Story) -> str:
    return story.first.source_id if story.first else ""
