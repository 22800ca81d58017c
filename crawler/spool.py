"""The spool: what a crawl leaves behind for the parent to read.

A folder with ``pages.warc.gz`` (the raw answers) and ``results.jsonl`` (one result a
line, the end line last). Each line is written after the record that it names, and both
are in the system's hands before the next request: a kill at any point leaves whole
lines, a power cut at most some whose record is not whole, and these are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsroom.article import ListEntry, Page
from newsroom.source import FaultClass, Loss

if TYPE_CHECKING:
    from crawler.warc import WarcReader

RESULTS = "results.jsonl"
WARC = "pages.warc.gz"
RULES = "robots.jsonl"
ROLES = frozenset({"list", "article", "feed", "api", "picture", "entry", "sample"})
LIST_ROLES = frozenset({"list", "feed", "api"})


@dataclass(frozen=True, slots=True)
class SpoolPage:
    """One page that came in.

    Attributes:
        role: ``list``, ``article``, ``feed``, ``api``, ``picture``; ``entry`` for a
            feed entry or API row that carries its own text; ``sample`` for a page
            that could not be used, kept for the maintainer and never read as news.
        page: the page; an ``entry`` has its text in ``fragment`` and no bytes.
        requested_url: the address as the list gave it, before redirects.
        entry: title and date as the list shows them.
        parent: for a further page or a picture, the ``requested_url`` of its article.
        etag: for the next conditional request.
        last_modified: for the next conditional request.
        warc: name of the WARC file that keeps it.
        offset: where its record begins in that file, in bytes.
        fragment: the HTML of an ``entry``, hostile until read.
        digest: hash of the bytes, for ``KnownPage.digest``.
        rows: how many rows a list showed.
    """

    role: str
    page: Page
    requested_url: str
    entry: ListEntry | None = None
    parent: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    warc: str = ""
    offset: int = 0
    fragment: str = ""
    digest: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class SpoolUnchanged:
    """A known page that is as it was (not modified, or the same bytes)."""

    role: str
    url: str
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class SpoolLoss:
    """Something that the source failed to give."""

    loss: Loss


@dataclass(frozen=True, slots=True)
class SpoolEnd:
    """How the visit ended.

    Attributes:
        listed: rows that the lists showed.
        requests: requests made, robots.txt, redirects and retries included.
        filtered: rows left out, by reason: ``known``, ``offsite``, ``file``,
            ``too_old``, ``max_new``, ``max_requests``, ``unsafe``; ``columns`` are
            columns of a front page that hold no news list, ``rechecks``
            known articles that the budget left no request for,
            ``robots_remembered`` sites read by the last day's robots.txt.
        seconds: how long it took.
        finished: ``finished``, ``stopped`` (the source was given up), ``deadline`` or
            ``killed``.
        not_before: when a server asked us to come back, None when none did.
        server_now: what time it was then by the clock of its server, by the newest
            of its answers; None when none of them told.
    """

    listed: int
    requests: int
    filtered: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    finished: str = "finished"
    not_before: datetime | None = None
    server_now: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every wanted row was asked for; losses are told apart."""
        cut = {"max_new", "max_requests"} & self.filtered.keys()
        return self.finished == "finished" and not cut


Result = SpoolPage | SpoolUnchanged | SpoolLoss | SpoolEnd


def read_spool(folder: Path) -> Iterator[Result]:
    """The results of a crawl in the order they came.

    A torn last line is left out, and so is a page that a power cut kept from the disk:
    it is not known then, and is asked for again. Bytes are read from the WARC one page
    at a time.

    Raises:
        NewsroomError: a line names a WARC that is not there.
    """
    from crawler.warc import WarcReader

    with WarcReader(folder) as warc:
        for value in result_lines(folder):
            result = _result(value, warc)
            if result is not None:
                yield result


def result_lines(folder: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a spool's results, parsed."""
    path = folder / RESULTS
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield json.loads(line)


def digest_of(body: bytes) -> str:
    """The hash by which a page is known again."""
    return hashlib.sha256(body).hexdigest()


def page_note(page: SpoolPage) -> dict[str, Any]:
    """A page without its bytes, as JSON-ready values."""
    return {
        "kind": "page",
        "role": page.role,
        "url": page.page.url,
        "fetched_at": page.page.fetched_at.isoformat(),
        "content_type": page.page.content_type,
        "status": page.page.status,
        "requested_url": page.requested_url,
        "entry": page.entry and _entry_note(page.entry),
        "parent": page.parent,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "warc": page.warc,
        "offset": page.offset,
        "digest": page.digest,
        "rows": page.rows,
    }


def page_from_note(note: dict[str, Any], body: bytes) -> SpoolPage:
    """The page that ``page_note`` noted, with its bytes put back."""
    is_entry = note["role"] == "entry"
    page = Page(
        url=note["url"],
        body=b"" if is_entry else body,
        fetched_at=datetime.fromisoformat(note["fetched_at"]),
        content_type=note["content_type"],
        status=note["status"],
    )
    return SpoolPage(
        role=note["role"],
        page=page,
        requested_url=note["requested_url"],
        entry=_entry(note["entry"]) if note["entry"] else None,
        parent=note["parent"],
        etag=note["etag"],
        last_modified=note["last_modified"],
        warc=note["warc"],
        offset=note["offset"],
        fragment=body.decode("utf-8") if is_entry else "",
        digest=note["digest"],
        rows=note.get("rows", 0),
    )


def result_note(result: SpoolUnchanged | SpoolLoss | SpoolEnd) -> dict[str, Any]:
    """A result that has no bytes, as JSON-ready values."""
    match result:
        case SpoolLoss(loss):
            return {
                "kind": "loss",
                "source_id": loss.source_id,
                "fault": loss.fault.value,
                "sentence": loss.sentence,
                "url": loss.url,
                "count": loss.count,
            }
        case SpoolUnchanged():
            return {
                "kind": "unchanged",
                "role": result.role,
                "url": result.url,
                "fetched_at": result.fetched_at.isoformat(),
                "etag": result.etag,
                "last_modified": result.last_modified,
            }
        case SpoolEnd():
            return {
                "kind": "end",
                "listed": result.listed,
                "requests": result.requests,
                "filtered": dict(result.filtered),
                "seconds": round(result.seconds, 3),
                "finished": result.finished,
                "not_before": result.not_before and result.not_before.isoformat(),
                "server_now": result.server_now and result.server_now.isoformat(),
            }


def result_from_note(note: dict[str, Any]) -> SpoolUnchanged | SpoolLoss | SpoolEnd:
    """The result that ``result_note`` noted."""
    kind, rest = note["kind"], {k: v for k, v in note.items() if k != "kind"}
    if kind == "loss":
        return SpoolLoss(Loss(**(rest | {"fault": FaultClass(rest["fault"])})))
    if kind == "unchanged":
        when = datetime.fromisoformat(rest["fetched_at"])
        return SpoolUnchanged(**(rest | {"fetched_at": when}))
    moments = {
        name: datetime.fromisoformat(rest[name]) if rest.get(name) else None
        for name in ("not_before", "server_now")
    }
    return SpoolEnd(**(rest | moments))


def _result(note: dict[str, Any], warc: WarcReader) -> Result | None:
    """The result of a line, None where the record that it names is not whole."""
    if note["kind"] != "page":
        return result_from_note(note)
    body = warc.body_at(note["warc"], note["offset"])
    if body is None or digest_of(body) != note["digest"]:
        return None
    return page_from_note(note, body)


def _entry_note(entry: ListEntry) -> dict[str, Any]:
    return {
        "url": entry.url,
        "title": entry.title,
        "published": entry.published and entry.published.isoformat(),
        "has_time": entry.has_time,
    }


def _entry(note: dict[str, Any]) -> ListEntry:
    published = note["published"]
    when = datetime.fromisoformat(published) if published else None
    return ListEntry(note["url"], note["title"], when, note["has_time"])
