"""Say of each candidate whether the edition carries it, in which column, and why.

Pure and orderly: the same candidates give the same choice in whatever order they come.
Rules: domain 7.1 (columns), 5.2 (``choosing_highlights``), 4.3 (``choosing_news``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from newsroom.article import CHINA
from newsroom.choice_context import ChoiceContext, Judged, Picked, passed_over
from newsroom.choosing_highlights import pick_highlights
from newsroom.choosing_news import pick_elsewhere, pick_news, pick_rights
from newsroom.edition import Column, Entry, Passed
from newsroom.entries import make_entry
from newsroom.events import is_old_news
from newsroom.freshness import NewsWindow, story_day
from newsroom.rules import Rules
from newsroom.scoring import ScoreContext
from newsroom.source import Source
from newsroom.story import Story, StoryKind, StoryState
from newsroom.wording import short_date

_NEVER = frozenset({StoryState.HELD, StoryState.SPIKED, StoryState.WITHDRAWN})
_STATE_REASONS = {
    StoryState.HELD: "已扣下",
    StoryState.SPIKED: "已弃用",
    StoryState.WITHDRAWN: "已撤下",
}
UNDATED = "没有发布日期，不当作当天的消息"
# Columns take their stories in this turn, whatever their order on the page.
_TURNS: tuple[
    tuple[Column, Callable[[ChoiceContext, Sequence[Story]], Picked]], ...
] = (
    (Column.HIGHLIGHTS, pick_highlights),
    (Column.RIGHTS, pick_rights),
    (Column.NEWS, pick_news),
    (Column.ELSEWHERE, pick_elsewhere),
)


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
    scores = replace(
        base,
        today=day,
        unit_last_shown=unit_last_shown,
        checks=base.checks or rules.checks,
    )
    window = NewsWindow.of(day, covers_from, last_issued, rules)
    whole = ChoiceContext(day, window, shown, updated or {}, sources, rules, scores)
    return _chosen(whole, sorted({s.id: s for s in candidates}.values(), key=_by_id))


def _chosen(context: ChoiceContext, candidates: Iterable[Story]) -> Choice:
    passed: dict[int, Passed] = {}
    free: list[Story] = []
    for story in candidates:
        reason = _shut_out(context, story)
        if reason:
            passed[story.id] = passed_over(story, None, reason)
        else:
            free.append(story)
    columns: list[tuple[Column, tuple[Judged, ...]]] = []
    for column, pick in _TURNS:
        picked = pick(context, free)
        columns.append((column, picked.taken))
        passed.update({p.story_id: p for p in picked.left})
        gone = {judged.story.id for judged in picked.taken}
        for number in gone:
            passed.pop(number, None)
        free = [s for s in free if s.id not in gone]
    for story in free:
        passed.setdefault(story.id, passed_over(story, None, "不属于任何栏目"))
    return Choice(
        _printed(context, columns),
        tuple(sorted(passed.values(), key=lambda p: p.story_id)),
    )


def _printed(
    context: ChoiceContext, columns: Iterable[tuple[Column, tuple[Judged, ...]]]
) -> tuple[tuple[Column, tuple[Entry, ...]], ...]:
    order = list(Column)
    filled = sorted(
        ((c, taken) for c, taken in columns if taken),
        key=lambda pair: order.index(pair[0]),
    )
    return tuple((c, tuple(_entry(context, j) for j in taken)) for c, taken in filled)


def _entry(context: ChoiceContext, judged: Judged) -> Entry:
    return make_entry(
        judged.story,
        context.rules,
        day=context.day,
        reasons=judged.reasons,
        score=judged.score,
        follow_up=judged.story.id in context.shown,
    )


def _shut_out(context: ChoiceContext, story: Story) -> str | None:
    """Why the story can stand in no column, None when it may."""
    if story.state in _NEVER:
        reason = _STATE_REASONS[story.state]
        return f"{reason}：{story.held_reason}" if story.held_reason else reason
    if story.kind is StoryKind.INTERNAL:
        return "内部情况，不进日报"
    last = context.shown.get(story.id)
    if last is not None and last < context.day and story.id not in context.updated:
        return f"{short_date(last)}已经登过，没有新内容"
    return None if story.is_submission else _misdated(context, story)


def _misdated(context: ChoiceContext, story: Story) -> str | None:
    """Undated, dated in the future, or old news under a fresh date."""
    if story.published is None:
        return UNDATED
    if story_day(story) > context.day:
        return f"所标日期{short_date(story_day(story))}还没有到，不当作当天的消息"
    seen = story.first_seen.astimezone(CHINA).date()
    earlier = seen if seen < story_day(story) else None
    reason = is_old_news(story.body.text, story.published, seen_earlier=earlier)
    return f"旧闻：{reason}" if reason else None


def _by_id(story: Story) -> int:
    return story.id
