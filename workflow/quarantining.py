"""Sources that look taken over by others: held whole until a person confirms (F37).

The list is a small file beside the store, so that a clerk can read it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from newsroom.quarantine import takeover_reason
from newsroom.source import FaultClass, Loss
from newsroom.story import Story, StoryState
from story_store.disk import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from story_store.store import Store, StoredArticle
    from workflow.office import Office

HELD = "来源待确认："


def quarantined(office: Office) -> Mapping[str, str]:
    """The sources that wait for a person, each with the reason."""
    try:
        value = json.loads(_file(office).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(reason) for key, reason in value.items()}


def quarantine(office: Office, found: Mapping[str, str]) -> tuple[Loss, ...]:
    """Add the sources to the list; a loss for each one on it, old ones too."""
    known = dict(quarantined(office))
    if not found.keys() <= known.keys():
        known = {**found, **known}
        _write(office, known)
    names = {source.id: source.name for source in office.settings.sources}
    return tuple(
        Loss(
            source_id,
            FaultClass.NOT_OUR_SITE,
            f"{names.get(source_id, source_id)}：{reason}。它的新稿全部扣下；"
            f"用浏览器核对无误后，运行 gonghui sources trust {source_id}。",
        )
        for source_id, reason in known.items()
    )


def trust(office: Office, store: Store, source_id: str) -> int:
    """Take a source off the list and free its stories; how many were freed.

    A story that looks like spam by itself stays held.
    """
    _write(office, {k: v for k, v in quarantined(office).items() if k != source_id})
    freed = 0
    for story in store.stories():
        first = story.first
        waits = (story.held_reason or "").startswith(HELD)
        if waits and first is not None and first.source_id == source_id:
            free = replace(story, state=StoryState.INGESTED, held_reason=None)
            store.save_story(free, [])
            freed += 1
    return freed


def taken_over(articles: Iterable[StoredArticle]) -> dict[str, str]:
    """The sources whose new articles look like another owner's, with the reason."""
    news: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in articles:
        news[one.source_id].append((one.article.headline, one.article.body.text))
    found = {source_id: takeover_reason(pairs) for source_id, pairs in news.items()}
    return {source_id: reason for source_id, reason in found.items() if reason}


def hold_story(story: Story, reason: str) -> Story:
    """The story held with its source; one that is held by itself stays as it is."""
    if story.state is StoryState.HELD:
        return story
    return replace(story, state=StoryState.HELD, held_reason=f"{HELD}{reason}")


def _file(office: Office) -> Path:
    return office.data / "quarantine.json"


def _write(office: Office, sources: Mapping[str, str]) -> None:
    text = json.dumps(sources, ensure_ascii=False, indent=1)
    write_whole(_file(office), text.encode())
