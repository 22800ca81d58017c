"""Spool folders: taken in, their raw pages kept, then gone."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.job import job_from_json
from crawler.registry import layouts_of
from crawler.spool import RESULTS, WARC
from workflow.backfill import note_backfill
from workflow.collecting import source_settings, spool_folder
from workflow.site_memory import remember
from workflow.take_in import TakenIn, take_in_spool

if TYPE_CHECKING:
    from config import SourceSettings
    from story_store.store import Store
    from workflow.office import Office

PREFIX = "run-"
_RUN = re.compile(rf"{PREFIX}[0-9]+")
JOB = "job.json"


def take_in_source(
    office: Office, store: Store, source_id: str, spool: Path, run_id: int
) -> TakenIn:
    """Take one spool into the store, keep its raw pages, remove it.

    In this order a kill at any point leaves a spool that can be taken in again.
    """
    source = source_settings(office, source_id)
    begun = _begun(spool) or office.now
    day = begun.date()
    warc = store.warc_name(day=day, source_id=source.id, run_id=run_id)
    if not (spool / WARC).exists() and store.warc_path(warc).exists():
        # A kill after the move: the store had all of it before the pages moved.
        taken = TakenIn(source.id)
    else:
        taken = take_in_spool(
            store, source, spool, warc=warc, layouts=layouts_of(source), seen=begun
        )
    note_backfill(office, store, source, spool)
    if (spool / WARC).exists():
        store.keep_warc(spool / WARC, day=day, source_id=source.id, run_id=run_id)
    remember(office, source.id, spool, taken)
    (spool / RESULTS).unlink(missing_ok=True)  # first: without it nothing is left to do
    shutil.rmtree(spool, ignore_errors=True)
    return taken


def left_spools(office: Office) -> tuple[tuple[SourceSettings, Path, int], ...]:
    """The spools of a run that was cut short: source, folder, run number.

    A spool of a source that the settings no longer name is left where it is, and so is
    what others put there, as a copy that a synchronised folder made.
    """
    known = {source.id: source for source in office.settings.sources}
    return tuple(
        (known[spool.name], spool, int(run.name.removeprefix(PREFIX)))
        for run in sorted(spool_folder(office).glob(f"{PREFIX}*"))
        if _RUN.fullmatch(run.name) and run.is_dir()
        for spool in sorted(run.iterdir())
        if spool.name in known
    )


def _begun(spool: Path) -> datetime | None:
    """When the run of this spool began; None when its job file never got written."""
    try:
        return job_from_json((spool / JOB).read_text(encoding="utf-8")).now
    except (OSError, ValueError, KeyError):
        return None
