"""What a correspondent is asked: the questions of a topic, and topics in season.

The office's file config/story_templates.toml fills these types (domain: 3.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.taxonomy import Topic

GENERAL = "tongyong"
# In the order of offering: behind what is due within two months.
_NO_SEASON = 2.5


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its key in the answers, its words, a hint, whether it must be."""

    key: str
    ask: str
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class StoryTemplate:
    """The questions of a topic, its titles and the skeleton of its draft.

    ``questions`` stand in the order in which they are asked. Titles and skeleton hold
    ``{{ key }}`` and ``{% if key %}…{% endif %}`` and nothing else. ``sample`` has
    an invented answer for each question, by key, to show how it is done.
    """

    id: str
    name: str
    questions: tuple[Question, ...]
    titles: tuple[str, ...]
    skeleton: str
    sample: tuple[tuple[str, str], ...] = ()

    def question(self, key: str) -> Question | None:
        """The question of this key, None when there is none."""
        return next((q for q in self.questions if q.key == key), None)


def in_season(
    templates: Iterable[StoryTemplate], topics: Iterable[Topic], month: int
) -> tuple[StoryTemplate, ...]:
    """The templates as they are offered: this month's first, then the coming ones.

    A topic without months of its own is of no season: it stands before those that are
    a quarter away or more. The general one is last.
    """
    waits = {topic.id: _months_until(topic.months, month) for topic in topics}
    return tuple(
        sorted(
            templates,
            key=lambda one: (one.id == GENERAL, waits.get(one.id, _NO_SEASON)),
        )
    )


def _months_until(months: tuple[int, ...], month: int) -> float:
    """How many months until the season of a topic; 0 while it lasts."""
    return min(((one - month) % 12 for one in months), default=_NO_SEASON)
