"""Taking a story back: out of both trees and off every host, with proof."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError, NotAllowed
from newsroom.review import ALLOWED
from newsroom.story import Story, StoryState
from newsroom.submission import SubmissionState
from site_builder.given import Audience
from site_builder.links import story_address
from workflow.building import TREES, build_trees
from workflow.forming import Renewed, renew_forms
from workflow.publishing import (
    Ask,
    Looks,
    Outcome,
    logbook,
    publish_all,
    release_store,
    with_withdrawn,
)

if TYPE_CHECKING:
    from config import HostSettings
    from story_store.store import Store
    from workflow.office import Office

_TEXT = frozenset({".html", ".xml", ".json", ".txt", ".js", ".ics"})


class NotCleared(NewsroomError):  # noqa: N818 - as NotFound
    """A withdrawn story still stands in a tree or in a form."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A story that was taken back from the trees.

    Attributes:
        story: as it stands now.
        gone: paths that left the public tree.
        left: public files in which the headline still stands.
        blocked: kept releases that nobody may go back to any more.
        cards: the share cards that were taken out of the office's own folder.
    """

    story: Story
    gone: tuple[str, ...]
    left: tuple[str, ...]
    blocked: int
    cards: tuple[str, ...] = ()


def read_number(text: str) -> int:
    """The story that somebody means: its number, or the address of its page.

    Raises:
        NewsroomError: there is no number in it.
    """
    found = re.search(r"(\d+)(?:\.html)?(?:[?#].*)?$", text.strip())
    if found is None:
        raise NewsroomError(
            f"看不懂「{text}」：请写稿件编号，或它的网页地址，如 stories/2026/128.html"
        )
    return int(found[1])


def withdraw_story(
    office: Office, store: Store, story_id: int, *, by: str, reason: str
) -> Withdrawn:
    """Take a story out of both trees; hosts come after that.

    Raises:
        NotFound: there is no such story.
        NotAllowed: the name or the reason is missing.
        NewsroomError: the public tree failed its check.
    """
    story = note_withdrawn(store, story_id, by=by, reason=reason, at=office.now)
    return take_out(office, store, story)


def take_out(office: Office, store: Store, story: Story) -> Withdrawn:
    """Take a story that was noted as withdrawn out of both trees, its forms made anew.

    Raises:
        NewsroomError: it still stands somewhere, and the cure.
    """
    # those asked for up to now: a change made meanwhile is not done with this one
    owed = [job for job in store.pages_owed() if job.story_id == story.id]
    try:
        taken = clear_pages(office, store, story)
    except NotCleared as error:
        raise NewsroomError(
            f"稿件已登记撤下，但{error}。再运行一次 gonghui withdraw"
        ) from error
    for job in owed:
        store.end_pages(job, at=office.now)
    return taken


def note_withdrawn(
    store: Store, story_id: int, *, by: str, reason: str, at: datetime
) -> Story:
    """A story and its submission are withdrawn from now on, and its pages owed.

    Raises:
        NotFound: there is no such story.
        NotAllowed: the name or the reason is missing.
    """
    by, reason = by.strip(), reason.strip()
    if not by or not reason:
        raise NotAllowed("撤稿要写明经办人和理由：--by 姓名 --reason 理由")
    with store.writing():
        story = store.set_story_state(
            story_id, StoryState.WITHDRAWN, reason=f"{by}：{reason}", at=at
        )
        _withdraw_submission(store, story, by=by, reason=reason, at=at)
        store.ask_pages(story_id, at=at)
    return story


def clear_pages(
    office: Office,
    store: Store,
    story: Story,
    renew: Callable[[Office, Store, int], Renewed] = renew_forms,
) -> Withdrawn:
    """Take a withdrawn story out of both trees; for whoever holds the run lock.

    ``renew`` is what is done to the forms that name it: made anew, or taken down only.

    Raises:
        NotCleared: it still stands somewhere.
    """
    public = office.output / TREES[Audience.PUBLIC]
    before = _files(public)
    renewed = renew(office, store, story.id)
    built = build_trees(office, store).get(Audience.PUBLIC)
    if built is not None and built.faults:
        first = "；".join(fault.sentence for fault in built.faults[:5])
        raise NotCleared(f"公开网页没有通过检查，还没有更新：{first}。请改好")
    if renewed.held:
        names = "、".join(map(str, renewed.held[:5]))
        raise NotCleared(f"这些文件里还有它，正被别的程序打开：{names}。请关掉那个程序")
    page = story_address(story).path
    gone = tuple(sorted({page} | (before - _files(public))))
    why = f"其中的《{story.headline}》已撤下"
    blocked = release_store(office).block(gone, why)
    left = _naming(public, story.headline)
    return Withdrawn(story, gone, left, blocked, renewed.cards)


def _withdraw_submission(
    store: Store, story: Story, *, by: str, reason: str, at: datetime
) -> None:
    """Whoever handed it in is told too: the submission goes the way of its story."""
    if story.submission_number is None:
        return
    submission = store.submission(story.submission_number)
    if SubmissionState.WITHDRAWN in ALLOWED[submission.state]:
        state = SubmissionState.WITHDRAWN
        store.move_submission(
            submission.number, state, by=by.strip(), at=at, reason=reason.strip()
        )


def publish_withdrawal(office: Office, ask: Ask, looks: Looks) -> tuple[Outcome, ...]:
    """Send the trees without the story to every host that ever held the site."""
    if not (office.output / TREES[Audience.PUBLIC] / "edition.json").is_file():
        return ()
    hosts = _ever_used(office)
    with office.store() as store:
        ask = with_withdrawn(ask, store)
    return publish_all(office, hosts, ask, looks) if hosts else ()


def _ever_used(office: Office) -> Sequence[HostSettings]:
    return tuple(
        host
        for host in office.settings.hosts
        if host.enabled or logbook(office, host).record() is not None
    )


def _files(root: Path) -> frozenset[str]:
    files = (file for file in root.rglob("*") if file.is_file())
    return frozenset(file.relative_to(root).as_posix() for file in files)


def _naming(root: Path, headline: str) -> tuple[str, ...]:
    """The files of a tree in which a headline stands."""
    forms = (headline.encode(), escape(headline).encode())
    return tuple(
        sorted(
            file.relative_to(root).as_posix()
            for file in root.rglob("*")
            if file.suffix in _TEXT and any(f in file.read_bytes() for f in forms)
        )
    )
