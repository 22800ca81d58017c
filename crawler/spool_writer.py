"""Writing the spool: the record first, then its line.

Each is whole in the system's hands before the next request, so that a kill leaves
whole lines. Both are synced at once where the pace is polite; where pages come faster
than ``SYNC_EVERY``, together: power that fails then costs what came in since, and that
is asked for again.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from crawler.readings import ReadingsWriter
from crawler.spool import (
    RESULTS,
    RULES,
    WARC,
    SpoolEnd,
    SpoolLoss,
    SpoolPage,
    SpoolUnchanged,
    page_note,
    result_note,
)
from crawler.warc import WarcFile
from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from crawler.job import KnownRobots
    from newsroom.article import Article

SYNC_EVERY = 0.5


class SpoolWriter:
    """A spool being written by one crawl.

    Raises:
        NewsroomError: the folder already holds a spool; it must be read first.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lines = (folder / RESULTS).open("xb")
            self._warc = WarcFile(folder / WARC)
            self._readings = ReadingsWriter(folder)
        except FileExistsError as error:
            raise NewsroomError(
                f"暂存目录 {folder} 里还有上次的结果，请先读完再用新目录"
            ) from error
        self._synced = -SYNC_EVERY

    def write_page(self, page: SpoolPage, headers: list[tuple[str, str]]) -> None:
        """Keep a page with the headers of its answer."""
        placed = replace(page, warc=self._warc.name, offset=self._warc.offset)
        note = page_note(placed)
        if page.role == "entry":
            self._warc.write_text(page.page.url, page.fragment, note)
        else:
            self._warc.write_response(page.page.url, headers, page.page.body, note)
        self._line(note)

    def write_reading(self, digest: str, article: Article) -> None:
        """Note what was read of a page that was written before."""
        self._readings.write(digest, article)

    def write_unchanged(
        self, page: SpoolUnchanged, headers: list[tuple[str, str]], seen: datetime
    ) -> None:
        """Note that a known page, last seen then, is as it was."""
        note = result_note(page)
        self._warc.write_revisit(page.url, headers, seen, note | {"status": 304})
        self._line(note)

    def write(self, result: SpoolLoss | SpoolEnd) -> None:
        """Note a loss or the end."""
        self._line(result_note(result))

    def write_rules(self, rules: KnownRobots) -> None:
        """Note a site's robots.txt; no news hangs on it, so it is not synced."""
        note = {
            "site": rules.site,
            "text": rules.text,
            "fetched_at": rules.fetched_at.isoformat(),
        }
        with (self._folder / RULES).open("a", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Sync and close the files."""
        self._sync()
        self._warc.close()
        self._lines.close()
        self._readings.close()

    def _line(self, note: dict[str, Any]) -> None:
        self._warc.flush()  # the record before the line that names it
        self._lines.write(json.dumps(note, ensure_ascii=False).encode() + b"\n")
        self._lines.flush()
        if monotonic() - self._synced >= SYNC_EVERY:
            self._sync()

    def _sync(self) -> None:
        os.fsync(self._warc.fileno)
        os.fsync(self._lines.fileno())
        self._synced = monotonic()
