"""The demonstration: ten fixed mornings on the sample sites, in a store of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from config import load_settings
from crawler.job import LoopbackPermit
from crawler.nursery import Nursery
from demo.inbox import editor_returns, fill_inbox
from demo.scenario import MORNINGS
from demo.server import DemoServer
from demo.settings import write_settings
from newsroom.errors import NewsroomError
from newsroom.submission import SubmissionState
from site_builder.given import Audience
from workflow.accepting import accept_submission, return_submission
from workflow.building import build_trees
from workflow.forming import make_day_forms
from workflow.inbox import take_inbox
from workflow.morning import Morning, run_morning
from workflow.office import Office
from workflow.releasing import release_edition

MARK = "gonghui-demo.txt"
EDITOR, SIGNER = "何某（演示编辑）", "江某（演示签发）"
RECEIVED_BEFORE = timedelta(hours=13)
SIGNED_AFTER = timedelta(hours=2, minutes=20)


@dataclass(frozen=True)
class Demonstration:
    """What the ten mornings gave."""

    office: Office
    mornings: tuple[Morning, ...]
    accepted: int
    refused: int

    @property
    def stories(self) -> int:
        """How many articles came in over all mornings."""
        return sum(s.new for m in self.mornings for s in m.report.sources)


def run_demo(
    folder: Path,
    output: Path,
    *,
    on_morning: Callable[[int, int, datetime], None] = lambda _n, _of, _at: None,
) -> Demonstration:
    """Play the ten mornings afresh into ``folder`` (store) and ``output`` (pages).

    Every day but the last is released, so that both trees can be seen.

    Raises:
        NewsroomError: one of the folders holds something that is not a demonstration.
    """
    for place in (folder, output):
        _clear(place)
    mornings: list[Morning] = []
    accepted = refused = 0
    with DemoServer() as server, _nursery() as nursery:
        path = write_settings(folder, server.ports, output=output)
        permit = LoopbackPermit(frozenset(server.ports.values()))
        settings = load_settings(path)
        for number, morning in enumerate(MORNINGS):
            on_morning(number, len(MORNINGS), morning)
            server.set_clock(morning)
            before = MORNINGS[number - 1] if number else None
            office = Office(settings, morning, permit, nursery)
            taken = _day_before(office, morning, before)
            accepted, refused = accepted + taken[0], refused + taken[1]
            mornings.append(run_morning(office, clock=partial(_at, morning)))
            if number < len(MORNINGS) - 1:
                _sign(office, morning)
        _make_forms(office)
        on_morning(len(MORNINGS), len(MORNINGS), MORNINGS[-1])
    return Demonstration(office, tuple(mornings), accepted, refused)


def _make_forms(office: Office) -> None:
    """The forms of the last morning, and the paper of the last day that is public."""
    with office.store() as store:
        released = store.editions(released=True, limit=1)
        make_day_forms(office, store, office.now.date())
        for edition in released:
            for audience in Audience:
                make_day_forms(
                    office, store, edition.day, audience=audience, only=("pdf",)
                )
        build_trees(office, store)


def _at(moment: datetime) -> datetime:
    """A clock that stands still."""
    return moment


def _nursery() -> AbstractContextManager[Nursery | None]:
    """One nursery for all mornings where children can be forked."""
    return Nursery() if sys.platform == "linux" else nullcontext()


def _clear(place: Path) -> None:
    """Empty a folder that an earlier demonstration made; never anything else."""
    if place.exists() and any(place.iterdir()):
        if not (place / MARK).is_file():
            raise NewsroomError(f"{place} 里有别的内容，演示不会覆盖它；请换一个文件夹")
        shutil.rmtree(place)
    place.mkdir(parents=True, exist_ok=True)
    (place / MARK).write_text("演示数据，可以整个删除。\n", encoding="utf-8")


def _day_before(
    office: Office, morning: datetime, before: datetime | None
) -> tuple[int, int]:
    """The towns hand in their stories, and the office takes those that pass."""
    evening = replace(office, now=morning - RECEIVED_BEFORE)
    fill_inbox(office.inbox, morning=morning, before=before)
    accepted = refused = 0
    with evening.store() as store:
        take_inbox(evening, store)
        for sub in store.submissions([SubmissionState.CHECKED]):
            advice = editor_returns(sub.title)
            if advice:
                return_submission(
                    store, sub.number, by=EDITOR, at=evening.now, reason=advice
                )
                refused += 1
                continue
            try:
                accept_submission(
                    store, office.settings.rules, sub.number, by=EDITOR, at=evening.now
                )
                accepted += 1
            except NewsroomError:
                refused += 1
    return accepted, refused


def _sign(office: Office, morning: datetime) -> None:
    signing = replace(office, now=morning + SIGNED_AFTER)
    with signing.store() as store:
        release_edition(
            signing, store, morning.date(), edited_by=EDITOR, signed_by=SIGNER
        )
