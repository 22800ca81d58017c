"""Raw pages in WARC files: written once, read by place or from end to end.

Each page is one gzip member. The note of a page (role, list entry, parent) stands in
a header of its own record, so that a WARC file alone can be read again on any day.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.spool import digest_of
from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from types import TracebackType

    from warcio.recordloader import ArcWarcRecord

NOTE = "X-Gonghui-Note"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_UNCODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_DATE = "%Y-%m-%dT%H:%M:%SZ"
_GZIP = 31
_LEVEL = 3
_CHUNK = 64 * 1024
_BLANK_LINE = b"\r\n\r\n"


class WarcFile:
    """A WARC file being written."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._file = path.open("xb")
        members = _Members(self._file)
        self._writer = WARCWriter(members, gzip=False, warc_version="1.1")

    @property
    def offset(self) -> int:
        """Where the next record begins."""
        return self._file.tell()

    @property
    def fileno(self) -> int:
        """The open file, for fsync."""
        return self._file.fileno()

    def write_response(
        self,
        url: str,
        headers: list[tuple[str, str]],
        body: bytes,
        note: dict[str, Any],
    ) -> None:
        """Keep an answer; the body is the decoded one, so coding headers go."""
        kept = [(k, v) for k, v in headers if k.lower() not in _UNCODED]
        kept.append(("Content-Length", str(len(body))))
        self._write("response", url, kept, body, note, {})

    def write_text(self, url: str, fragment: str, note: dict[str, Any]) -> None:
        """Keep the text that a feed entry or an API row carried."""
        record = self._writer.create_warc_record(
            url,
            "resource",
            payload=BytesIO(fragment.encode()),
            length=len(fragment.encode()),
            warc_content_type="text/html; charset=utf-8",
            warc_headers_dict=_record_headers(note),
        )
        self._writer.write_record(record)

    def write_revisit(
        self,
        url: str,
        headers: list[tuple[str, str]],
        seen: datetime,
        note: dict[str, Any],
    ) -> None:
        """Keep that a page was as it was when last seen."""
        extra = {
            "WARC-Profile": _NOT_MODIFIED,
            "WARC-Refers-To-Target-URI": url,
            "WARC-Refers-To-Date": _warc_date(seen),
        }
        self._write("revisit", url, headers, b"", note, extra)

    def flush(self) -> None:
        """Hand what was written to the system."""
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _write(  # noqa: PLR0913, PLR0917 - the parts of a record
        self,
        kind: str,
        url: str,
        headers: list[tuple[str, str]],
        body: bytes,
        note: dict[str, Any],
        extra: dict[str, str],
    ) -> None:
        status = f"{note['status']} -"
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict=_record_headers(note) | extra,
        )
        self._writer.write_record(record)


class _Members:
    """A file in which each record becomes one gzip member.

    warcio packs at the slowest level: on real pages of 100 KB that takes three times as
    long as this one, for a tenth less.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Take a part of the record."""
        self._parts.append(data)

    def flush(self) -> None:
        """Pack the record: warcio flushes once it is whole."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        record, self._parts = b"".join(self._parts), []
        self._file.write(packer.compress(record) + packer.flush())


class WarcReader:
    """Bodies by their place, from the WARC files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, IO[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()

    def body_at(self, name: str, offset: int) -> bytes | None:
        """The body of the record that begins at this byte; None where there is none.

        There is none either where the file breaks off within the record.

        Raises:
            NewsroomError: the file is not there.
        """
        file = self._open(name)
        file.seek(offset)
        record = _member(file)
        return _body(record) if record else None

    def _open(self, name: str) -> IO[bytes]:
        if name not in self._files:
            path = self._folder / Path(name).name
            try:
                self._files[name] = path.open("rb")
            except OSError as error:
                raise NewsroomError(f"打不开原始网页档案 {path}：{error}") from error
        return self._files[name]


def read_records(path: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The notes and bodies of all pages in a WARC file; revisits are left out.

    A record that a crash left torn at the end is left out too.
    """
    with path.open("rb") as file:
        archive = ArchiveIterator(file)
        while record := _next_record(archive):
            text = record.rec_headers.get_header(NOTE)
            if not text or record.rec_type == "revisit":
                continue
            note, body = json.loads(text), record.content_stream().read()
            if note["digest"] != digest_of(body):
                return
            # the offset is known once the body was read
            place = {"warc": path.name, "offset": archive.get_record_offset()}
            yield note | place, body


def _member(file: IO[bytes]) -> bytes | None:
    """The gzip member that begins here, unpacked; None where it is not whole.

    warcio reads any archive and builds every header; a page of ours is one member that
    begins where its note says.
    """
    decoder, parts = zlib.decompressobj(_GZIP), []
    while not decoder.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            return None
        try:
            parts.append(decoder.decompress(chunk))
        except zlib.error:
            return None
    return b"".join(parts)


def _body(record: bytes) -> bytes:
    """What a record carries: behind its own headers and those of an HTTP answer."""
    head, _, block = record.partition(_BLANK_LINE)
    fields = dict(
        line.lower().split(b": ", 1) for line in head.split(b"\r\n") if b": " in line
    )
    block = block[: int(fields.get(b"content-length", b"0"))]
    if fields.get(b"warc-type") == b"resource":
        return block
    return block.partition(_BLANK_LINE)[2]


def _next_record(archive: ArchiveIterator) -> ArcWarcRecord | None:
    """The next record, None at the end or where the file breaks off."""
    try:
        return next(archive, None)
    except (ArchiveLoadFailed, AttributeError, EOFError, zlib.error):
        # warcio meets a torn header with an AttributeError
        return None


def _record_headers(note: dict[str, Any]) -> dict[str, str]:
    fetched = datetime.fromisoformat(note["fetched_at"])
    return {"WARC-Date": _warc_date(fetched), NOTE: json.dumps(note)}


def _warc_date(when: datetime) -> str:
    return when.astimezone(UTC).strftime(_DATE)
