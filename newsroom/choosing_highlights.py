"""Choose 基层亮点: what the grassroots did well, by score, within the caps.

Rules: domain 5.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from newsroom.article import CHINA
from newsroom.choice_context import ChoiceContext, Judged, Picked, passed_over
from newsroom.edition import Column, Passed
from newsroom.scoring import score_highlight
from newsroom.story import Story
from newsroom.taxonomy import UnitKind

_Refused = tuple[Judged, str]


def pick_highlights(context: ChoiceContext, stories: Sequence[Story]) -> Picked:
    """The best of the grassroots; stories that are not of it are not spoken of."""
    left: list[Passed] = []
    ranked: list[Judged] = []
    for story in stories:
        if not _is_grassroots(context, story):
            continue
        late = _too_late(context, story)
        if late:
            left.append(passed_over(story, Column.HIGHLIGHTS, late))
        else:
            ranked.append(_scored(context, story))
    ranked.sort(key=_order)
    taken, refused = _filled(context, ranked)
    left.extend(
        passed_over(judged.story, Column.HIGHLIGHTS, reason, judged.score)
        for judged, reason in refused
    )
    return Picked(tuple(taken), tuple(left))


def _is_grassroots(context: ChoiceContext, story: Story) -> bool:
    """Whether a ranked unit of ours acts in it; elsewhere's towns do not count."""
    if context.is_elsewhere(story) or not story.units:
        return False
    tag = story.units[0]
    unit = context.rules.units.unit(tag.id)
    if unit is None or tag.doubtful:
        return False
    return unit.ranked and unit.kind is not UnitKind.OFFICE


def _too_late(context: ChoiceContext, story: Story) -> str | None:
    if not story.is_submission:
        return context.window.too_old(story)
    waited = (context.day - story.first_seen.astimezone(CHINA).date()).days
    if waited > context.rules.highlight.fair_days:
        return f"收到已有{waited}天，不再候选"
    return None


def _scored(context: ChoiceContext, story: Story) -> Judged:
    rules = context.rules
    score = score_highlight(story, context.scores, rules.highlight, rules.topics)
    return Judged(story, score.total, (score.line,), score)


def _filled(
    context: ChoiceContext, ranked: Sequence[Judged]
) -> tuple[list[Judged], list[_Refused]]:
    rules = context.rules.highlight
    able = [judged for judged in ranked if judged.weight >= rules.floor]
    refused = [
        (j, f"{j.weight:g}分，低于{rules.floor:g}分的底线")
        for j in ranked
        if j.weight < rules.floor
    ]
    taken, others = _within_caps(context, able, rules.top)
    waiting = _longest_waiting(context, taken, able)
    if waiting is not None and len(taken) >= rules.top:
        # The last place belongs to the unit that has waited longest.
        without = [j for j in able if j.story.id != waiting.story.id]
        first, others = _within_caps(context, without, rules.top - 1, beside=waiting)
        why = f"照顾{rules.fair_days}天以上未展示的单位，占最后一个位置"
        taken = [*first, replace(waiting, reasons=(*waiting.reasons, why))]
    return taken, [*others, *refused]


def _within_caps(
    context: ChoiceContext,
    able: Sequence[Judged],
    top: int,
    *,
    beside: Judged | None = None,
) -> tuple[list[Judged], list[_Refused]]:
    """The best within the caps for unit and topic; ``beside`` counts as taken."""
    rules = context.rules.highlight
    taken: list[Judged] = []
    refused: list[_Refused] = []
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


def _longest_waiting(
    context: ChoiceContext, taken: Sequence[Judged], able: Sequence[Judged]
) -> Judged | None:
    """The best story of the unit that has waited longest, if any waits too long."""
    present = {judged.story.unit_id for judged in taken}
    waiting = [j for j in able if j.story.unit_id not in present and _waits(context, j)]
    return min(
        waiting, key=lambda j: (_last_shown(context, j), _order(j)), default=None
    )


def _waits(context: ChoiceContext, judged: Judged) -> bool:
    last = context.scores.unit_last_shown.get(judged.story.unit_id or "")
    if last is None:
        return bool(context.scores.unit_last_shown)
    return (context.day - last).days >= context.rules.highlight.fair_days


def _last_shown(context: ChoiceContext, judged: Judged) -> date:
    last = context.scores.unit_last_shown.get(judged.story.unit_id or "")
    return last or date.min


def _order(judged: Judged) -> tuple[object, ...]:
    """By score; on a tie the earlier report, then the lower id."""
    return (-judged.weight, judged.story.first_seen, judged.story.id)
