"""An office with yesterday's edition, copied for each disturbed morning."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from config import CrawlSettings, Settings, load_settings
from crawler.job import LoopbackPermit
from crawler.nursery import Nursery
from newsroom.errors import NewsroomError
from tests.workflow.many_sites import HEAD, LIMITS, NOW, ROOT, SOURCE
from workflow.morning import MorningPlan, run_morning
from workflow.office import Office

IDS = ("aa", "bb")
TODAY = NOW + timedelta(days=1)
# What tells of the run itself: an interrupted one says so, rightly.
ABOUT_THE_RUN = ("report.html", "status.html", "sources")


def write_office(folder: Path, port: int) -> None:
    """Settings for two sources on the server at this port."""
    shutil.copytree(ROOT / "config", folder / "config", dirs_exist_ok=True)
    base = f"http://127.0.0.1:{port}"
    sources = "".join(SOURCE.format(id=id_, base=base, more="") for id_ in IDS)
    (folder / "config.toml").write_text(HEAD + sources, encoding="utf-8")


def open_office(
    folder: Path, at: datetime, nursery: Nursery | None, port: int
) -> Office:
    """The office in the folder at this moment."""
    settings = _settings(port).model_copy()
    settings._file = folder / "config.toml"
    return Office(settings, at, LoopbackPermit(frozenset({port})), nursery)


@cache
def _settings(port: int) -> Settings:
    """Read once: every copy of the office has the same."""
    with tempfile.TemporaryDirectory() as folder:
        write_office(Path(folder), port)
        limits = CrawlSettings.model_construct(**(LIMITS | {"recheck_days": 0}))
        settings = load_settings(Path(folder) / "config.toml")
        return settings.model_copy(update={"crawl": limits})


def do_morning(office: Office) -> int:
    """Run the morning as the command does; a day that stands already is made again."""
    with office.store() as store:
        stands = store.edition(office.now.date()) is not None
    plan = MorningPlan(redo=stands)
    return run_morning(office, plan, clock=lambda: office.now).report.exit_code


def tree(folder: Path) -> dict[str, str]:
    """Every page of the internal tree with its hash, those about the run left out."""
    root = folder / "output" / "internal"
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and not (name := path.relative_to(root).as_posix()).startswith(ABOUT_THE_RUN)
    }


def kept(office: Office) -> dict[str, object]:
    """Stories, articles and editions, as far as a reader could tell them apart."""
    with office.store() as store:
        stories = store.stories()
        return {
            "stories": sorted(
                (s.id, s.headline, s.body.text, s.state.value, str(s.published))
                for s in stories
            ),
            "articles": sorted(
                (a.source_id, a.canonical)
                for s in stories
                for a in store.articles_of(s.id)
            ),
            "waiting": len(store.unstoried()),
            "editions": [
                (e.day, e.number, e.total, [x.headline for x in e.all_entries])
                for e in store.editions()
            ],
        }


def integrity(folder: Path) -> str:
    """What SQLite says of the store's file."""
    with closing(sqlite3.connect(folder / "data" / "store.sqlite3")) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


def left_over(folder: Path) -> list[str]:
    """Temporary files and spools that a finished run should not leave."""
    names = [p for p in folder.rglob("*") if p.is_file()]
    return sorted(
        path.relative_to(folder).as_posix()
        for path in names
        if path.name.endswith((".part", "-journal", ".tmp")) or "spool" in path.parts
    )


def outcome(office: Office) -> str:
    """``code N``, the sentence of our error, or the name of any other."""
    try:
        return f"code {do_morning(office)}"
    except NewsroomError as error:
        return f"sentence {error}"
    except Exception as error:  # noqa: BLE001 - what the sweep is looking for
        return f"unclear {type(error).__name__}: {error}"
