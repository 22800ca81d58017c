"""Reading a day again from its raw pages, after the rules have improved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.spool import SpoolPage, page_from_note
from crawler.warc import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def replay_day(folder: Path) -> Iterator[SpoolPage]:
    """Every page of the WARC files in a folder, files in the order of their names.

    Pages that were unchanged on that day stand in the files of an earlier one.
    """
    for path in sorted(folder.rglob("*.warc.gz")):
        for note, body in read_records(path):
            yield page_from_note(note, body)
