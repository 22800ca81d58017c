"""The child: one job in, one spool out. ``python -m crawler.run JOB.json``.

It imports neither Django nor the store. With ``--with-parent`` it ends when its
standard input closes, that is when its parent is gone.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from crawler.job import CrawlJob, plain_job_from_json

if TYPE_CHECKING:
    from crawler.spool_writer import SpoolWriter
    from crawler.visit import Visit

MEMORY_BYTES = 512 * 1024 * 1024
ORPHANED = 3
CRASHED = 4


def main(arguments: list[str]) -> int:
    """Make the visit that a job file describes; 0 when it came to its end."""
    if "--with-parent" in arguments:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform == "win32":
        trust_system_roots(Path(arguments[0]).parent)
    job = plain_job_from_json(Path(arguments[0]).read_text(encoding="utf-8"))
    if not job.source.render:  # a browser reserves more than it uses
        _limit_memory()
    return make_visit(job)


def trust_system_roots(folder: Path) -> None:
    """Give OpenSSL the certificates that the system trusts.

    Twisted looks where Linux keeps them; Windows keeps them in a store of its own.
    """
    import ssl

    found = ssl.create_default_context().get_ca_certs(binary_form=True)
    path = folder / "roots.pem"
    path.write_text("".join(map(ssl.DER_cert_to_PEM_cert, found)), encoding="ascii")
    os.environ["SSL_CERT_FILE"] = str(path)


def make_visit(job: CrawlJob) -> int:
    """Read one source into its spool; 0 when it came to its end."""
    from crawler.spool_writer import SpoolWriter

    spool = SpoolWriter(job.spool)
    logging.basicConfig(
        filename=job.spool / "crawl.log", encoding="utf-8", level="WARNING"
    )
    if job.not_before and job.not_before > job.now:
        _keep_away(job, spool)
        return 0
    if job.source.render and _lacks_browser(job, spool):
        return 0
    visit, error = _crawl(job, spool)
    if error is not None:
        logging.getLogger(__name__).error("crawl failed: %s", error)
        return CRASHED
    visit.finish()
    return 0


def _keep_away(job: CrawlJob, spool: SpoolWriter) -> None:
    """Ask nothing of a site that wanted to be left alone for longer."""
    from crawler.faults import Fault
    from crawler.visit import Visit
    from newsroom.source import FaultClass

    until = f"{job.not_before:%m-%d %H:%M}"
    reason = f"网站要求 {until} 之后再来，这次没有读。"
    visit = Visit(job, spool)
    visit.lose(Fault(FaultClass.RATE_LIMITED, reason, stops=True), "")
    visit.finish()


def _lacks_browser(job: CrawlJob, spool: SpoolWriter) -> bool:
    """Say what to install for a source that needs a browser; whether it is missing."""
    from crawler.chromium import what_is_missing
    from crawler.faults import Fault
    from crawler.visit import Visit
    from newsroom.source import FaultClass

    missing = what_is_missing()
    if missing:
        visit = Visit(job, spool)
        visit.lose(Fault(FaultClass.NEEDS_BROWSER, missing, stops=True), "")
        visit.finish()
    return missing is not None


def _crawl(job: CrawlJob, spool: SpoolWriter) -> tuple[Visit, Any]:
    from scrapy.crawler import Crawler
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as the_reactor

    from crawler.resolver import GuardedResolver
    from crawler.settings import DNS_SECONDS, settings_for
    from crawler.spiders import spider_for
    from crawler.visit import Visit

    # the type stubs know an interface only
    reactor = cast("Any", the_reactor)
    visit = Visit(job, spool)
    failures: list[Any] = []
    resolver = GuardedResolver(reactor, 1000, DNS_SECONDS)
    resolver.permit, visit.refused_names = job.loopback, resolver.refused
    resolver.install_on_reactor()
    crawler = Crawler(spider_for(job.source.kind), settings_for(job))
    done = crawler.crawl(visit=visit)
    done.addErrback(failures.append)
    done.addBoth(lambda _: reactor.stop())
    reactor.run(installSignalHandlers=False)
    return visit, failures[0] if failures else None


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; Scrapy watches the use instead
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(ORPHANED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
