"""Lists as they stood when they were last read whole, for asking by condition.

A list that answers "not modified" (304) shows no rows, so it is believed with care,
and never for an edition: the run that makes one reads every list whole, for a server
whose ETag stays while its list changes would hide news from the chair. It costs no
request more. The light runs between send ETag and Last-Modified, only when the run
that read the list lost nothing of what it showed, when the source is set as it was
then, and when it was read whole a day ago at most. A server that says 304 whatever
comes, or names another version with it, hides nothing even then: the crawl sees
through both (crawler/conditions.py). A source one of whose lists was seen to change
under the same ETag or date is never asked so again.
Front pages are always read whole, for they lead to columns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.columns import is_front_page
from crawler.job import KnownPage
from crawler.spool import LIST_ROLES, result_lines

if TYPE_CHECKING:
    from config import SourceSettings

# A day, and what one morning starts later than the one before.
FULL_EVERY = timedelta(hours=26)
JOB = "job.json"


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list of a source when it was last read whole.

    Attributes:
        url: its address.
        etag: its ETag, if any.
        last_modified: its Last-Modified, if any.
        digest: hash of its bytes.
        rows: how many rows it showed.
        full_at: when that was, aware.
        mark: hash of the source's settings then: other settings may see other rows.
        is_whole: everything that it showed was taken in.
        is_false: it was seen to change while both headers stayed.
    """

    url: str
    etag: str | None
    last_modified: str | None
    digest: str
    rows: int
    full_at: datetime
    mark: str
    is_whole: bool
    is_false: bool = False


def lists_to_ask(
    source: SourceSettings, lists: Iterable[KnownList], now: datetime
) -> tuple[KnownPage, ...]:
    """The lists of a source to ask for by condition at this time."""
    lists = tuple(lists)
    if any(one.is_false for one in lists):
        return ()
    mark = mark_of(source.model_dump(mode="json"))
    return tuple(
        KnownPage(
            one.url, one.etag, one.last_modified, None, one.full_at, rows=one.rows
        )
        for one in lists
        if one.is_whole
        and (one.etag or one.last_modified)
        and one.mark == mark
        and timedelta() <= now - one.full_at <= FULL_EVERY
        and one.url in source.urls
        and not is_front_page(one.url)
    )


def learn_lists(
    known: Iterable[KnownList], spool: Path, *, is_whole: bool
) -> tuple[KnownList, ...]:
    """What is known of the lists after this spool.

    ``is_whole``: every row that the run wanted was asked for, and nothing was lost.
    """
    lists = {one.url: one for one in known}
    mark = _mark_in(spool)
    for note in result_lines(spool):
        if note.get("role") not in LIST_ROLES:
            continue
        if note["kind"] == "page":
            fresh = _read_whole(note, mark, is_whole=is_whole)
            lists[fresh.url] = _judged(fresh, lists.get(fresh.url))
        elif note["kind"] == "unchanged" and note["url"] in lists:
            lists[note["url"]] = _answered_304(lists[note["url"]], note)
    return tuple(lists.values())


def mark_of(source: Mapping[str, Any]) -> str:
    """The hash of a source's settings as JSON-ready values."""
    line = json.dumps(source, sort_keys=True)
    return hashlib.sha256(line.encode()).hexdigest()


def _read_whole(note: Mapping[str, Any], mark: str, *, is_whole: bool) -> KnownList:
    return KnownList(
        url=note["requested_url"],
        etag=note["etag"],
        last_modified=note["last_modified"],
        digest=note["digest"],
        rows=note.get("rows", 0),
        full_at=datetime.fromisoformat(note["fetched_at"]),
        mark=mark,
        is_whole=is_whole,
    )


def _judged(fresh: KnownList, before: KnownList | None) -> KnownList:
    """The list, known as false when its headers stayed while it changed."""
    if before is None:
        return fresh
    same = (fresh.etag, fresh.last_modified) == (before.etag, before.last_modified)
    told = bool(fresh.etag or fresh.last_modified)
    is_false = told and same and fresh.digest != before.digest
    return replace(fresh, is_false=before.is_false or is_false)


def _answered_304(known: KnownList, note: Mapping[str, Any]) -> KnownList:
    return replace(
        known,
        etag=note["etag"] or known.etag,
        last_modified=note["last_modified"] or known.last_modified,
    )


def _mark_in(spool: Path) -> str:
    """The mark of the source as the run had it; empty, so of none, without its job."""
    try:
        job = json.loads((spool / JOB).read_text(encoding="utf-8"))
        return mark_of(job["source"])
    except (OSError, ValueError, KeyError):
        return ""
