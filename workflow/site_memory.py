"""What a source's sites told the last crawl: robots.txt, lists, when to come back.

Kept beside the store, one file a source, because no page is built from it: losing it
costs one morning's courtesy, never a story.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.job import KnownRobots
from crawler.spool import RULES
from story_store.disk import write_whole
from workflow.list_memory import KnownList, learn_lists

if TYPE_CHECKING:
    from workflow.office import Office
    from workflow.take_in import TakenIn

# A server that wants to be left alone for longer is asked again after a week.
LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class SiteMemory:
    """The rules of a source's sites, the time before which it wants no visit, lists."""

    robots: tuple[KnownRobots, ...] = ()
    not_before: datetime | None = None
    lists: tuple[KnownList, ...] = ()


def load_memory(office: Office, source_id: str) -> SiteMemory:
    """What is remembered of a source; nothing when the file is absent or torn."""
    try:
        value = json.loads(_file(office, source_id).read_text(encoding="utf-8"))
        robots = tuple(map(_rules, value["robots"]))
        until = value["not_before"]
        lists = tuple(map(_list, value.get("lists", ())))
        return SiteMemory(
            robots, datetime.fromisoformat(until) if until else None, lists
        )
    except (OSError, ValueError, KeyError, TypeError):
        return SiteMemory()


def remember(office: Office, source_id: str, spool: Path, taken: TakenIn) -> None:
    """Keep what a crawl learned; what it did not learn anew stays."""
    known, end = load_memory(office, source_id), taken.end
    rules = {r.site: r for r in (*known.robots, *_learned(spool))}
    until = end.not_before if end else None
    if until is None and known.not_before and known.not_before > office.now:
        until = known.not_before
    if until is not None:
        until = min(until, office.now + LONGEST)
    is_whole = end is not None and end.is_complete and not taken.losses
    lists = learn_lists(known.lists, spool, is_whole=is_whole)
    fresh = SiteMemory(tuple(rules.values()), until, lists)
    if fresh != known:
        write_whole(_file(office, source_id), _text(fresh).encode())


def _file(office: Office, source_id: str) -> Path:
    return office.data / "sites" / f"{source_id}.json"


def _text(memory: SiteMemory) -> str:
    until = memory.not_before
    robots = [
        {"site": r.site, "text": r.text, "fetched_at": r.fetched_at.isoformat()}
        for r in memory.robots
    ]
    lists = [asdict(one) | {"full_at": one.full_at.isoformat()} for one in memory.lists]
    value = {
        "robots": robots,
        "not_before": until and until.isoformat(),
        "lists": lists,
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


def _learned(spool: Path) -> Iterator[KnownRobots]:
    """The rules that a spool holds; a line cut off by a kill is left out."""
    try:
        lines = (spool / RULES).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        try:
            yield _rules(json.loads(line))
        except (ValueError, KeyError, TypeError):
            continue


def _list(value: dict[str, Any]) -> KnownList:
    return KnownList(**value | {"full_at": datetime.fromisoformat(value["full_at"])})


def _rules(value: dict[str, Any]) -> KnownRobots:
    fetched = datetime.fromisoformat(value["fetched_at"])
    return KnownRobots(value["site"], value["text"], fetched)
