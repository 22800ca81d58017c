"""One visit to one source: its budget, what was seen, and the way to the spool."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from crawler.choice import Bounds
from crawler.faults import Fault
from crawler.guard import Refused, allowed_hosts
from crawler.server_clock import time_told
from crawler.spool import (
    SpoolEnd,
    SpoolLoss,
    SpoolPage,
    SpoolUnchanged,
    digest_of,
)
from newsroom.source import FaultClass, Loss

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.job import CrawlJob, KnownRobots
    from crawler.spool_writer import SpoolWriter
    from newsroom.article import Article, Page

# After so many network failures in a row a source is left in peace for this run.
STRIKES = 3
_STRIKING = frozenset(
    {
        FaultClass.DOWN,
        FaultClass.DNS,
        FaultClass.TIMEOUT,
        FaultClass.BROKEN,
        FaultClass.CERTIFICATE,
        FaultClass.REFUSED,
        FaultClass.PROTOCOL,
        FaultClass.BLOCKED,
        FaultClass.BLOCKED_ADDRESS,
    }
)


class Visit:
    """The state of one crawl; the only mutable thing that spider and gate share.

    Attributes:
        job: what is asked of us.
        hosts: the hosts that may be visited.
        known: the store's pages by address.
        seen: addresses asked for in this run.
        taken: new articles asked for.
        listed: rows seen on lists.
        requests: requests made.
        filtered: rows left out, by reason.
        refused_names: the resolver's refusals, name to reason.
    """

    def __init__(self, job: CrawlJob, spool: SpoolWriter) -> None:
        self.job = job
        self.hosts = allowed_hosts(job.source)
        self.known = {page.url: page for page in job.known}
        self.seen: set[str] = set()
        self.taken = 0
        self.listed = 0
        self.requests = 0
        self.filtered: Counter[str] = Counter()
        self.refused_names: dict[str, str] = {}
        self._spool = spool
        self._started = monotonic()
        self._stopped: Fault | None = None
        self._not_before: datetime | None = None
        self._ahead: timedelta | None = None
        self._strikes = 0
        self._dropped = 0
        self._late = 0

    @property
    def now(self) -> datetime:
        """The time of the job plus what has passed since."""
        return self.job.now + timedelta(seconds=self.seconds)

    @property
    def seconds(self) -> float:
        """How long the visit has lasted."""
        return monotonic() - self._started

    @property
    def seconds_left(self) -> float:
        """How long new requests may still be made; the parent kills a little later."""
        crawl = self.job.crawl
        if self.job.since:
            return float("inf")
        limit = max(crawl.max_seconds / 2, crawl.max_seconds - crawl.timeout - 5)
        return limit - self.seconds

    @property
    def bounds(self) -> Bounds:
        """What limits the choice of rows at this moment."""
        room = self.job.max_new - self.taken
        return Bounds(self.job, self.hosts, self.seen, self.known, room)

    def spend(self, *, is_recheck: bool = False) -> None:
        """Take one request from the budget; a recheck that finds none left is no cut.

        Raises:
            Refused: nothing is left, or the source was given up.
        """
        if self._stopped:
            self._dropped += 1
            raise Refused(self._stopped.kind, self._stopped.sentence, silent=True)
        if self.seconds_left <= 0:
            self._late += 1
            raise Refused(FaultClass.DEADLINE, "时间到了", silent=True)
        if self.requests >= self.job.max_requests:
            self.filtered["rechecks" if is_recheck else "max_requests"] += 1
            raise Refused(FaultClass.DEADLINE, "请求数到了上限", silent=True)
        self.requests += 1

    def check_not_stopped(self) -> None:
        """Give a request back whose source was given up while it waited.

        Raises:
            Refused: it was.
        """
        if self._stopped:
            self.requests -= 1
            self._dropped += 1
            raise Refused(self._stopped.kind, self._stopped.sentence, silent=True)

    def hear(self, response: Response) -> None:
        """Note what time it is by the server; the newest answer is no cache's."""
        told = time_told(response.headers)
        if told is not None:
            ahead = told - self.now
            self._ahead = ahead if self._ahead is None else max(ahead, self._ahead)

    def keep(self, page: SpoolPage, headers: list[tuple[str, str]]) -> bool:
        """Put a page in the spool; False when it is as it was when last seen."""
        self._strikes = 0
        body = page.fragment.encode() if page.role == "entry" else page.page.body
        page = replace(page, digest=digest_of(body))
        known = self.known.get(page.requested_url)
        if known and known.digest == page.digest:
            self.keep_unchanged(page, headers)
            return False
        self._spool.write_page(page, headers)
        return True

    def keep_reading(self, page: Page, article: Article) -> None:
        """Note what was read of a page that is in the spool."""
        self._spool.write_reading(digest_of(page.body), article)

    def keep_sample(self, page: SpoolPage, headers: list[tuple[str, str]]) -> None:
        """Keep a page that could not be used, for the maintainer."""
        digest = digest_of(page.page.body)
        self._spool.write_page(replace(page, digest=digest), headers)

    def keep_unchanged(self, page: SpoolPage, headers: list[tuple[str, str]]) -> None:
        """Note that a known page is as it was."""
        self._strikes = 0
        known = self.known[page.requested_url]
        unchanged = SpoolUnchanged(
            role=page.role,
            url=page.requested_url,
            fetched_at=page.page.fetched_at,
            etag=page.etag or known.etag,
            last_modified=page.last_modified or known.last_modified,
        )
        self._spool.write_unchanged(unchanged, headers, known.fetched_at)

    def lose(self, fault: Fault, url: str) -> None:
        """Note a loss; give the source up when it says so or keeps failing."""
        self._write_loss(fault.kind, fault.sentence, url)
        self._strikes = self._strikes + 1 if fault.kind in _STRIKING else 0
        if fault.retry_after is not None:
            self._not_before = self.now + timedelta(seconds=fault.retry_after)
        if fault.stops or self._strikes >= STRIKES:
            self._stopped = self._stopped or fault

    def keep_rules(self, rules: KnownRobots) -> None:
        """Keep a site's robots.txt: for a day it may stand in for itself."""
        self._spool.write_rules(rules)

    def run_out_of_memory(self) -> None:
        """Note that the watch on memory ended the visit."""
        sentence = "读取这个来源时占用内存过多，已停止；已读到的照常使用。"
        self._stopped = Fault(FaultClass.BUG, sentence, stops=True)
        self._write_loss(FaultClass.BUG, sentence)

    def finish(self) -> None:
        """Write what was dropped and the end line."""
        if self._dropped and self._stopped:
            self._write_loss(
                self._stopped.kind,
                f"来源已停止读取，另有 {self._dropped} 个网页没有读。",
                count=self._dropped,
            )
        if self._late:
            self._write_loss(
                FaultClass.DEADLINE,
                f"时间到了，还有 {self._late} 个网页没有读，下次再读。",
                count=self._late,
            )
        self._spool.write(self._end())
        self._spool.close()

    def _end(self) -> SpoolEnd:
        finished = "deadline" if self._late else "finished"
        return SpoolEnd(
            listed=self.listed,
            requests=self.requests,
            filtered=dict(self.filtered),
            seconds=self.seconds,
            finished="stopped" if self._stopped else finished,
            not_before=self._not_before,
            server_now=None if self._ahead is None else self.now + self._ahead,
        )

    def _write_loss(
        self, kind: FaultClass, sentence: str, url: str = "", count: int = 1
    ) -> None:
        loss = Loss(self.job.source.id, kind, sentence, url, count)
        self._spool.write(SpoolLoss(loss))
