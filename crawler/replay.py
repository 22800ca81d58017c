"""Reading a day again from its raw pages, after the rules have improved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.spool import SpoolPage, page_from_note
from crawler.warc import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def replay_day(place: Path) -> Iterator[SpoolPage]:
    """Every page of a WARC file, or of all in a folder in the order of their names.

    Pages that were unchanged on that day stand in the files of an earlier one.
    """
    files = [place] if place.is_file() else sorted(place.rglob("*.warc.gz"))
    for path in files:
        for note, body in read_records(path):
            yield page_from_note(note, body)
