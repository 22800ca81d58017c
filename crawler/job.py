"""What a crawl is asked to do: one source, its limits, and what is known of it.

The parent writes a job as JSON; the child reads it, and knows nothing else: no store,
no settings file, no clock.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from config import CrawlSettings, SourceSettings

FIRST_RUN_DAYS = 30
LEAST_DELAY = 2.0
# --since lifts the counts; these only stop a list that never ends.
SINCE_REQUESTS = 5000
SINCE_LIST_PAGES = 200


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that the store has, with what a conditional request needs.

    Give a list page's validators only when the last run read all of its rows
    (``SpoolEnd.is_complete`` and no loss): a list that answers "not modified" offers
    no rows.

    Attributes:
        url: its address, as it was asked for.
        etag: the ETag header of the last answer, if any.
        last_modified: the Last-Modified header of the last answer, if any.
        published: when the article was published; None for a list or when unknown.
        fetched_at: when it was last fetched, aware.
        digest: ``SpoolPage.digest`` of the last answer; a page with the same digest
            counts as unchanged though the server sent it again.
        rows: how many rows a list showed then; it shows them again by 304.
    """

    url: str
    etag: str | None
    last_modified: str | None
    published: datetime | None
    fetched_at: datetime
    digest: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class KnownRobots:
    """The rules that a site's robots.txt gave when it could last be had.

    They serve for a day when it cannot be had again (RFC 9309 2.3.1.4).
    """

    site: str
    text: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class LoopbackPermit:
    """Leave to reach this machine's own ports, for the demo, tests and benchmarks.

    It is the only way to loopback, to a delay under two seconds and to more than one
    request at once. A job that holds one reaches nothing else. Settings files cannot
    grant it.
    """

    ports: frozenset[int]
    delay: float = 0.0
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """One source to read in one run.

    Attributes:
        source: the source's settings.
        crawl: how politely and how much.
        spool: the folder for what comes in; new for each run.
        now: the time of the run, aware.
        since: read back to this day: counts and depth are lifted, never the pace.
        first_run: the store has nothing from this source yet.
        known: the source's pages in the store.
        loopback: set for the demo and the tests only.
        usual_listed: how many rows one of its lists usually gives; 0 when unknown.
        missing: known addresses that were gone (404, 410) when last asked for; they
            are asked for once more.
        robots: the rules of its sites as last had.
        not_before: the server asked not to be visited before this time.
    """

    source: SourceSettings
    crawl: CrawlSettings
    spool: Path
    now: datetime
    since: date | None = None
    first_run: bool = False
    known: tuple[KnownPage, ...] = ()
    loopback: LoopbackPermit | None = None
    usual_listed: int = 0
    missing: tuple[str, ...] = ()
    robots: tuple[KnownRobots, ...] = ()
    not_before: datetime | None = None

    @property
    def delay(self) -> float:
        """Seconds between two requests to one host."""
        if self.loopback:
            return self.loopback.delay
        return max(LEAST_DELAY, self.crawl.delay)

    @property
    def at_once(self) -> int:
        """How many requests may be under way: one, to whoever is not ourselves."""
        return self.loopback.at_once if self.loopback else 1

    @property
    def max_requests(self) -> int:
        """How many requests this run may make, robots.txt and retries included."""
        return SINCE_REQUESTS if self.since else self.crawl.max_requests

    @property
    def max_new(self) -> int:
        """How many new articles this run may fetch."""
        return SINCE_REQUESTS if self.since else self.crawl.max_new

    @property
    def max_pages(self) -> int:
        """How many pages of one list this run may turn."""
        return SINCE_LIST_PAGES if self.since else self.source.max_pages

    @property
    def oldest(self) -> date:
        """Articles of an earlier day are left alone."""
        return self.since or (self.now - timedelta(days=FIRST_RUN_DAYS)).date()

    @property
    def rechecks(self) -> tuple[KnownPage, ...]:
        """The known articles to ask for again: recent or missing, newest first."""
        start = self.now - timedelta(days=self.crawl.recheck_days)
        chosen = [
            k
            for k in self.known
            if k.url in self.missing or (k.published and k.published >= start)
        ]
        return tuple(sorted(chosen, key=lambda k: k.published or start, reverse=True))


def job_to_json(job: CrawlJob) -> str:
    """The job as JSON text, for the child."""
    permit = job.loopback
    return json.dumps(
        {
            "source": job.source.model_dump(mode="json"),
            "crawl": job.crawl.model_dump(mode="json", warnings=False),
            "spool": str(job.spool),
            "now": job.now.isoformat(),
            "since": job.since and job.since.isoformat(),
            "first_run": job.first_run,
            "known": [_known_to_json(page) for page in job.known],
            "loopback": permit and asdict(permit) | {"ports": sorted(permit.ports)},
            "usual_listed": job.usual_listed,
            "missing": job.missing,
            "robots": [
                {"site": r.site, "text": r.text, "fetched_at": r.fetched_at.isoformat()}
                for r in job.robots
            ],
            "not_before": job.not_before and job.not_before.isoformat(),
        },
        ensure_ascii=False,
        indent=1,
    )


def job_from_json(text: str) -> CrawlJob:
    """The job that ``job_to_json`` wrote."""
    from config import CrawlSettings, SourceSettings

    value = json.loads(text)
    source = SourceSettings.model_validate(value["source"])
    # the parent has validated; a test may scale the limits below their floors
    limits = value["crawl"] | {"retry_delays": tuple(value["crawl"]["retry_delays"])}
    return _job(value, source, CrawlSettings.model_construct(**limits))


def plain_job_from_json(text: str) -> CrawlJob:
    """The same job with plain values for settings, for the child.

    Loading config.py and pydantic would be a quarter of the child's start.
    """
    value = json.loads(text)
    api = value["source"]["api"]
    source = value["source"] | {
        "api": SimpleNamespace(**api) if api else None,
        "layouts": [_plain_layout(one) for one in value["source"]["layouts"]],
    }
    return _job(
        value,
        cast("SourceSettings", SimpleNamespace(**source)),
        cast("CrawlSettings", SimpleNamespace(**value["crawl"])),
    )


def _plain_layout(value: dict[str, Any]) -> SimpleNamespace:
    until = value["valid_until"]
    return SimpleNamespace(
        **value | {"valid_until": date.fromisoformat(until) if until else None}
    )


def _job(
    value: dict[str, Any], source: SourceSettings, crawl: CrawlSettings
) -> CrawlJob:
    permit = value["loopback"]
    return CrawlJob(
        source=source,
        crawl=crawl,
        spool=Path(value["spool"]),
        now=datetime.fromisoformat(value["now"]),
        since=date.fromisoformat(value["since"]) if value["since"] else None,
        first_run=value["first_run"],
        known=tuple(_known_from_json(page) for page in value["known"]),
        loopback=permit
        and LoopbackPermit(**permit | {"ports": frozenset(permit["ports"])}),
        usual_listed=value["usual_listed"],
        missing=tuple(value.get("missing", ())),
        robots=tuple(
            KnownRobots(r["site"], r["text"], datetime.fromisoformat(r["fetched_at"]))
            for r in value.get("robots", ())
        ),
        not_before=_moment(value.get("not_before")),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _known_to_json(page: KnownPage) -> dict[str, Any]:
    return {
        "url": page.url,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "published": page.published and page.published.isoformat(),
        "fetched_at": page.fetched_at.isoformat(),
        "digest": page.digest,
        "rows": page.rows,
    }


def _known_from_json(value: dict[str, Any]) -> KnownPage:
    published = value["published"]
    return KnownPage(
        url=value["url"],
        etag=value["etag"],
        last_modified=value["last_modified"],
        published=datetime.fromisoformat(published) if published else None,
        fetched_at=datetime.fromisoformat(value["fetched_at"]),
        digest=value["digest"],
        rows=value.get("rows", 0),
    )
