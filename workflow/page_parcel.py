"""A page and its reading in one zip for the maintainer, with nothing of the office."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from crawler.spool import WARC, SpoolPage
from newsroom.article import Page, article_to_json
from newsroom.errors import NewsroomError, PageUnreadable
from newsroom.source import Loss
from page_reading import decode, read_article
from workflow.packing import refuse_no_zip
from workflow.reading import explanation, read_rows, rows_to_json

# What a server tells its visitor about the visitor.
_OF_THE_VISITOR = frozenset(
    {
        "set-cookie",
        "x-client-ip",
        "x-real-ip",
        "x-forwarded-for",
        "x-remote-addr",
        "cdn-user-ip",
        "client-ip",
    }
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_both_ways(page: Page) -> dict[str, Any]:
    """A page read as an article and as a list, each with its reading or its error."""
    return {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(),
        "status": page.status,
        "content_type": page.content_type,
        "charset": decode(page.body, page.content_type).encoding,
        "article": _as_article(page),
        "list": _as_list(page),
    }


def _as_article(page: Page) -> dict[str, Any]:
    try:
        article = read_article(page)
    except PageUnreadable as error:
        return {"error": error.reason}
    return article_to_json(article) | {"witnesses": explanation(article)}


def _as_list(page: Page) -> dict[str, Any]:
    try:
        return rows_to_json(read_rows(page))
    except PageUnreadable as error:
        return {"error": error.reason}


def save_parcel(
    target: Path, spool: Path, pages: Sequence[SpoolPage], losses: Sequence[Loss]
) -> None:
    """Write the pages' bytes, their headers and the readings into a zip.

    Raises:
        NewsroomError: the zip cannot be written, or something else stands there.
    """
    refuse_no_zip(target)
    headers = dict(answer_headers(spool / WARC))
    readings = [read_both_ways(page.page) | {"role": page.role} for page in pages]
    told = [{"fault": loss.fault.value, "url": loss.url} for loss in losses]
    note = {"pages": readings, "losses": told}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w") as parcel:
            for number, page in enumerate(pages, start=1):
                name = f"page-{number}"
                _put(parcel, f"{name}.html", page.page.body)
                _put(parcel, f"{name}.headers.txt", headers.get(page.offset, b""))
            text = json.dumps(note, ensure_ascii=False, indent=1)
            _put(parcel, "reading.json", text.encode())
    except OSError as error:
        raise NewsroomError(f"写不出 {target}：{error.strerror}") from error


def answer_headers(warc: Path) -> Iterator[tuple[int, bytes]]:
    """The headers of each kept answer by its place, without those on the visitor."""
    if not warc.is_file():
        return
    with warc.open("rb") as file:
        archive = ArchiveIterator(file)
        for record in archive:
            if record.http_headers is None:
                continue
            kept = [
                f"{name}: {value}"
                for name, value in record.http_headers.headers
                if name.lower() not in _OF_THE_VISITOR
            ]
            lines = (record.http_headers.statusline, *kept)
            yield archive.get_record_offset(), "\n".join(lines).encode()


def _put(parcel: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    parcel.writestr(entry, content)
