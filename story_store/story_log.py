"""Which stories changed since a build last asked: a line a change, by the file itself.

A place in the log is named by the number of its line and by that line's mark, which
was drawn by lot. So a place of another store, or of one that was put back to an
earlier state and went another way since, is never taken for one of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

_LAST = "SELECT id, mark FROM story_log ORDER BY id DESC LIMIT 1"
_THERE = "SELECT 1 FROM story_log WHERE id = ? AND mark = ?"
_SINCE = (
    "SELECT DISTINCT log.story, story.digest FROM story_log AS log "
    "LEFT JOIN story ON story.id = log.story WHERE log.id > ?"
)
Ask = Callable[[str, Sequence[int]], list[tuple[Any, ...]]]


class StoryChanges(NamedTuple):
    """What changed since a place of the log.

    Attributes:
        place: where the log ends now; to be told the next time.
        digests: by id the digests of the stories that changed, None of one that is
            gone; None altogether where it cannot be told, so that all are to be
            compared.
    """

    place: str
    digests: Mapping[int, str | None] | None


def read_changes(ask: Ask, place: str) -> StoryChanges:
    """What changed since this place, as the file tells; ``ask`` puts a query to it."""
    last = ask(_LAST, ())
    now = " ".join(map(str, last[0])) if last else ""
    try:
        line, mark = map(int, place.split())
    except ValueError:
        return StoryChanges(now, None)
    if not ask(_THERE, (line, mark)):
        return StoryChanges(now, None)
    told = {story: digest for story, digest in ask(_SINCE, (line,)) if story}
    return StoryChanges(now, told)
