"""Articles whose own address says that they are gone: proposed, never removed (F49)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from newsroom.addresses import canonical_address
from newsroom.source import FaultClass
from newsroom.story import StoryState
from workflow.source_past import missing_addresses

if TYPE_CHECKING:
    from newsroom.story import Story
    from story_store.store import Store
    from workflow.take_in import TakenIn

STORY_DAYS = 60


def propose_withdrawals(
    store: Store, taken: Mapping[str, TakenIn], day: date
) -> tuple[str, ...]:
    """A sentence for each story whose address was gone on an earlier day and today.

    Leaving a list is normal life and proves nothing; one day's 404 may be an accident.
    """
    earlier = missing_addresses(store, day, twice=True)
    gone = {
        canonical_address(loss.url): source_id
        for source_id, part in taken.items()
        for loss in part.losses
        if loss.fault is FaultClass.NOT_FOUND
        and loss.url in earlier.get(source_id, frozenset())
    }
    if not gone:
        return ()
    stories = store.stories(since=day - timedelta(days=STORY_DAYS))
    return tuple(
        _sentence(story, url)
        for story in stories
        if story.state is not StoryState.WITHDRAWN and (url := _found(story, gone))
    )


def _found(story: Story, gone: Mapping[str, str]) -> str | None:
    for one in story.appearances:
        if gone.get(canonical_address(one.url)) == one.source_id:
            return one.url
    return None


def _sentence(story: Story, url: str) -> str:
    return (
        f"请编辑核对：《{story.headline}》（稿件 {story.id}）的原网址两天都打不开，"
        f"可能已经撤稿；程序没有动它，是否撤下由编辑决定：{url}"
    )
