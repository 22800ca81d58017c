"""Which stories belong to which town, topic and source, and their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from newsroom.story import Story


@dataclass(frozen=True, slots=True)
class Index:
    """Ids of stories, newest first, by what they belong to."""

    units: dict[str, tuple[int, ...]]
    topics: dict[str, tuple[int, ...]]
    sources: dict[str, tuple[int, ...]]
    source_names: dict[str, str]


def index_stories(stories: Iterable[Story]) -> Index:
    """The index of these stories; the same for the same stories in any order."""
    ordered = sorted(stories, key=newest_first)
    return Index(
        _group(ordered, lambda s: (tag.id for tag in s.units)),
        _group(ordered, lambda s: (tag.id for tag in s.topics)),
        _group(ordered, lambda s: (a.source_id for a in s.appearances)),
        {a.source_id: a.source_name for s in ordered for a in s.appearances},
    )


def newest_first(story: Story) -> tuple[float, int]:
    """The order of lists: by shown date, else by when we first had it."""
    return (-shown_moment(story).timestamp(), -story.id)


def shown_moment(story: Story) -> datetime:
    """The date that stands for a story: shown, else first seen."""
    return story.published or story.first_seen


def pages_of(ids: tuple[int, ...], size: int) -> tuple[tuple[int, ...], ...]:
    """A long list as pages: the newest first, then the older ones from the newest.

    Older pages are cut from the oldest end, so that a new story changes only the
    first page. The first page holds from half a page to one and a half.
    """
    oldest = tuple(reversed(ids))
    full = max(0, (len(oldest) - size // 2) // size)
    chunks = [oldest[n * size : (n + 1) * size] for n in range(full)]
    head = oldest[full * size :]
    return tuple(tuple(reversed(chunk)) for chunk in [head, *reversed(chunks)])


def _group(
    stories: list[Story], keys: Callable[[Story], Iterator[str]]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, dict[int, None]] = {}
    for story in stories:
        for key in keys(story):
            found.setdefault(key, {})[story.id] = None
    return {key: tuple(ids) for key, ids in sorted(found.items())}
