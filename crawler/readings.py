"""What the child read of its article pages, for the parent to take over.

A child reads every article anyway, for its further pages and pictures. Its readings
save the parent the second reading; the bytes in the WARC stay the truth, and a page
that has no reading here is read from them.

A line is the digest of the page, a blank, and the article as JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newsroom.article import Article
from newsroom.errors import NewsroomError
from newsroom.record import from_record, to_record

if TYPE_CHECKING:
    from types import TracebackType

    from newsroom.article import Page

READINGS = "readings.jsonl"


class ReadingsWriter:
    """A file of readings; not synced, for nothing hangs on it."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / READINGS).open("wb")

    def write(self, digest: str, article: Article) -> None:
        """Note what was read of the page with this digest."""
        text = json.dumps(to_record(article), ensure_ascii=False)
        self._file.write(f"{digest} {text}\n".encode("utf-8", "surrogatepass"))
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Readings:
    """The readings of a spool. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        path = folder / READINGS
        self._file = path.open("rb") if path.exists() else None
        self._places: dict[bytes, int] = {}

    def __enter__(self) -> Self:
        at = 0
        for line in self._file or ():
            if line.endswith(b"\n"):  # a torn last line is none
                self._places[line.partition(b" ")[0]] = at
            at += len(line)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def article(self, digest: str, page: Page) -> Article | None:
        """What was read of this page; None when it is to be read again."""
        at = self._places.get(digest.encode())
        if at is None or self._file is None:
            return None
        self._file.seek(at)
        try:
            record = json.loads(self._file.readline().partition(b" ")[2])
            found: Article = from_record(Article, record)
        except (NewsroomError, KeyError, TypeError, ValueError):
            return None  # of another version of the program: the page itself is there
        return found if found.url == page.url else None
