"""What the choice of one day rests on, and a story judged for a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from newsroom.edition import Column, Passed, Score
from newsroom.freshness import NewsWindow
from newsroom.rules import Rules
from newsroom.scoring import ScoreContext
from newsroom.source import Source
from newsroom.story import Story


@dataclass(frozen=True, slots=True)
class ChoiceContext:
    """What every column of one edition is chosen by.

    Attributes:
        day: the day of the edition.
        window: what counts as news of that day.
        shown: by story id, the day on which it last stood in an edition.
        updated: by story id, what is materially new since then, in Chinese.
        sources: by id.
        rules: the office's rules.
        scores: what scores depend on besides the story.
    """

    day: date
    window: NewsWindow
    shown: Mapping[int, date]
    updated: Mapping[int, str]
    sources: Mapping[str, Source]
    rules: Rules
    scores: ScoreContext

    def source(self, story: Story) -> Source | None:
        """Where the story appeared first; None for a submission or a lost source."""
        return self.sources.get(story.first.source_id) if story.first else None

    def is_elsewhere(self, story: Story) -> bool:
        """Whether it is news of other places (他山之石), by the tier of its source."""
        source = self.source(story)
        tiers = self.rules.news.elsewhere_tiers or {"tashan"}
        return source is not None and source.tier.id in tiers


@dataclass(frozen=True, slots=True)
class Judged:
    """A story that may stand in a column, its weight there and the reasons."""

    story: Story
    weight: float
    reasons: tuple[str, ...]
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """The stories that a column takes, in its order, and those it leaves, and why."""

    taken: tuple[Judged, ...]
    left: tuple[Passed, ...] = ()


def passed_over(
    story: Story, column: Column | None, reason: str, score: Score | None = None
) -> Passed:
    """The note on a story that is not carried."""
    return Passed(story.id, story.headline, column, reason, score)
