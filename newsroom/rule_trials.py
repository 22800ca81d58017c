"""What a change of the rules would do to stories that are known: hits new and gone.

The same stories are judged by the old rules and by the new; only the difference is
shown, because a rule file is changed one line at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from newsroom.checks import check_text
from newsroom.rules import Rules
from newsroom.story import FindingLevel, StoryKind
from newsroom.tagging import tag_topics, tag_units

_AROUND = 10
_LEVELS = {
    FindingLevel.BLOCK: "必须改",
    FindingLevel.WARN: "请核对",
    FindingLevel.HINT: "提示",
}


class Tried(Enum):
    """What of a story is judged: by the checks, or by the lists of topics or units."""

    CHECKS = "checks"
    TOPICS = "topics"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class TrialStory:
    """A story that the rules are tried on; ``key`` is what the desk calls it."""

    key: str
    headline: str
    text: str
    day: date | None = None
    kind: StoryKind | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a rule says of a story: the words around it, and what it says."""

    key: str
    headline: str
    before: str
    text: str
    after: str
    says: str


@dataclass(frozen=True, slots=True)
class Trial:
    """How many stories were tried, and what is said anew and no longer."""

    stories: int
    fires: tuple[Hit, ...]
    falls_silent: tuple[Hit, ...]


def hits(
    stories: tuple[TrialStory, ...], rules: Rules, tried: Tried
) -> tuple[Hit, ...]:
    """All that the rules say of these stories, story by story."""
    judge = {
        Tried.CHECKS: _findings,
        Tried.TOPICS: _topics,
        Tried.UNITS: _units,
    }[tried]
    return tuple(hit for story in stories for hit in judge(story, rules))


def compare(
    stories: tuple[TrialStory, ...], before: tuple[Hit, ...], after: tuple[Hit, ...]
) -> Trial:
    """What only the new rules say, and what only the old ones said."""
    old, new = set(before), set(after)
    return Trial(
        len(stories),
        tuple(hit for hit in dict.fromkeys(after) if hit not in old),
        tuple(hit for hit in dict.fromkeys(before) if hit not in new),
    )


def _findings(story: TrialStory, rules: Rules) -> list[Hit]:
    text = f"{story.headline}\n{story.text}"
    found = check_text(text, rules.checks, on=story.day, kind=story.kind)
    return [
        Hit(
            story.key,
            story.headline,
            text[max(0, f.start - _AROUND) : f.start].rpartition("\n")[2],
            f.text,
            text[f.end : f.end + _AROUND].partition("\n")[0],
            f"{_LEVELS[f.level]}：{f.why}",
        )
        for f in found
    ]


def _topics(story: TrialStory, rules: Rules) -> list[Hit]:
    names = {topic.id: topic.name for topic in rules.topics}
    tags = tag_topics(story.headline, story.text, rules.topics)
    return [_tagged(story, "主题", names.get(tag.id, tag.id)) for tag in tags]


def _units(story: TrialStory, rules: Rules) -> list[Hit]:
    tags = tag_units(
        story.headline,
        story.text,
        rules.units,
        source_city=rules.units.place,
        near=True,
    )
    units = ((tag, rules.units.unit(tag.id)) for tag in tags)
    return [_tagged(story, "单位", unit.name) for _, unit in units if unit]


def _tagged(story: TrialStory, sort: str, name: str) -> Hit:
    return Hit(story.key, story.headline, "", name, "", f"归入{sort}“{name}”")
