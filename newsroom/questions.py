"""What a correspondent is asked: the questions of a topic, and topics in season.

The office's file config/story_templates.toml fills these types (domain: 3.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.taxonomy import Topic

GENERAL = "tongyong"


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
    """The templates as they are offered: those of this month first, general last.

    A topic without months of its own is of no season and keeps its place behind.
    """
    seasonal = {topic.id for topic in topics if month in topic.months}
    return tuple(
        sorted(templates, key=lambda one: (one.id == GENERAL, one.id not in seasonal))
    )
