"""Which stories belong to which town, topic and source, and their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from newsroom.outline import StoryOutline


@dataclass(frozen=True, slots=True)
class Index:
    """Ids of stories, newest first, by what they belong to.

    ``beside`` holds the older and the newer story of the same unit.
    """

    units: dict[str, tuple[int, ...]]
    topics: dict[str, tuple[int, ...]]
    sources: dict[str, tuple[int, ...]]
    source_names: dict[str, str]
    beside: dict[int, tuple[int | None, int | None]]


def index_stories(stories: Iterable[StoryOutline]) -> Index:
    """The index of these stories; the same for the same stories in any order."""
    ordered = sorted(stories, key=newest_first)
    units = _group(ordered, lambda s: (unit for unit, _ in s.units))
    return Index(
        units,
        _group(ordered, lambda s: (topic for topic, _ in s.topics)),
        _group(ordered, lambda s: (source for source, _ in s.sources)),
        {source: name for s in ordered for source, name in s.sources},
        _beside(ordered, units),
    )


def newest_first(story: StoryOutline) -> tuple[float, int]:
    """The order of lists: by shown date, else by when we first had it."""
    moment = story.seen if story.published is None else story.published
    return (-moment, -story.id)


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


def _beside(
    stories: list[StoryOutline], units: dict[str, tuple[int, ...]]
) -> dict[int, tuple[int | None, int | None]]:
    """What stands before and after each story on the list of its first unit."""
    mine = {s.id: s.units[0][0] for s in stories if s.units}
    found: dict[int, tuple[int | None, int | None]] = {}
    for unit, ids in units.items():
        around = (None, *ids, None)
        for place, story_id in enumerate(ids, 1):
            if mine[story_id] == unit:
                found[story_id] = (around[place + 1], around[place - 1])
    return found


def _group(
    stories: list[StoryOutline], keys: Callable[[StoryOutline], Iterator[str]]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, dict[int, None]] = {}
    for story in stories:
        for key in keys(story):
            found.setdefault(key, {})[story.id] = None
    return {key: tuple(ids) for key, ids in sorted(found.items())}
