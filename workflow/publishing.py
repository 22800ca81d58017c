"""Publishing as the office does it: the newest tree to its hosts, or back again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from config import HostSettings
from newsroom.errors import NewsroomError, NotFound
from publisher.host import Host
from publisher.hosts.opening import open_host
from publisher.logbook import Logbook, Receipt
from publisher.publish import Order, Progress, Watch, publish, silent
from publisher.records import read_record
from publisher.releases import KeptRelease, ReleaseStore
from publisher.tree import Release, read_release
from site_builder.build import settled
from site_builder.links import story_path
from workflow import clock
from workflow.office import Office
from workflow.run_lock import run_lock
from workflow.still_published import keep_tree_look

if TYPE_CHECKING:
    from story_store.store import Store

PUBLIC = "public"
_WAIT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person asked for, for every host alike."""

    by: str
    adopt: frozenset[str] = frozenset()
    confirmed: int | None = None
    break_lock: bool = False
    gone: tuple[str, ...] = ()
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one host: a receipt, or a sentence with the cure."""

    host: HostSettings
    receipt: Receipt | None
    fault: str = ""


Looks = Callable[[HostSettings], Progress]


def choose_hosts(office: Office, names: Sequence[str]) -> tuple[HostSettings, ...]:
    """The hosts of these names; without a name all that are enabled.

    Raises:
        NotFound: there is none, or none of a name.
    """
    hosts = {host.name: host for host in office.settings.hosts}
    unknown = [name for name in names if name not in hosts]
    if unknown:
        known = "、".join(hosts) or "一个也没有"
        raise NotFound(
            f"设置里没有叫 {'、'.join(unknown)} 的主机（[[hosts]] 里有：{known}）"
        )
    chosen = [hosts[n] for n in names] or [h for h in hosts.values() if h.enabled]
    if not chosen:
        raise NotFound(
            "设置里还没有写主机：照 config.toml 末尾的样子加一段 [[hosts]]；"
            "只想打包上传就用 gonghui pack"
        )
    return tuple(chosen)


def with_withdrawn(ask: Ask, store: Store) -> Ask:
    """What was asked, knowing the pages of stories that were taken back by name.

    A small site loses a fifth of its pages with one story: whoever signed its
    withdrawal has said so, and nobody is to say it a second time (D28).
    """
    pages = frozenset(story_path(story) for story in store.withdrawn_stories())
    return replace(ask, withdrawn=pages)


def publish_all(
    office: Office,
    hosts: Sequence[HostSettings],
    ask: Ask,
    looks: Looks = lambda _: silent,
) -> tuple[Outcome, ...]:
    """Send the public tree to each host; one that fails does not stop the others.

    Raises:
        NewsroomError: there is no public tree, or it holds what must not go out.
    """
    store = release_store(office)
    with settled():
        # after a withdrawal the desk's worker has it while it makes a day's forms
        with run_lock(office.data, office.now, wait=_WAIT):
            tree = read_release(office.output / PUBLIC, _memory(office))
            release = store.keep(tree, office.now)
        outcomes = [_one(office, h, release, ask, looks(h)) for h in hosts]
    if any(outcome.receipt for outcome in outcomes):
        store.note_published(release.digest)
        keep_tree_look(office.data, release.digest, release.look)
    return tuple(outcomes)


def roll_back(
    office: Office, host: HostSettings, steps: int, ask: Ask, look: Progress = silent
) -> tuple[KeptRelease, Receipt]:
    """Make a host hold a former release again, byte for byte.

    Raises:
        PublishFailed: there is no such release, or the host does not do as asked.
    """
    store = release_store(office)
    with _opened(office, host) as door:
        standing = read_record(door, {}, logbook(office, host).record()).release
        kept = store.back(standing, steps)
        release = store.load(kept)
        order = replace(_order(host, ask), undo=steps)
        book = logbook(office, host)
        return kept, publish(door, release, book, order, Watch(clock.now, look))


def logbook(office: Office, host: HostSettings) -> Logbook:
    """What this computer keeps of a host."""
    return Logbook(office.data / "publish" / host.name, host.where, host.place)


def release_store(office: Office) -> ReleaseStore:
    """The releases that this computer keeps."""
    return ReleaseStore(office.data / "publish" / ".releases")


def _one(
    office: Office, host: HostSettings, release: Release, ask: Ask, look: Progress
) -> Outcome:
    try:
        with _opened(office, host) as door:
            book, watch = logbook(office, host), Watch(clock.now, look)
            receipt = publish(door, release, book, _order(host, ask), watch)
    except NewsroomError as error:
        return Outcome(host, None, str(error))
    return Outcome(host, receipt)


def _order(host: HostSettings, ask: Ask) -> Order:
    return Order(
        name=host.name,
        folder=host.folder,
        by=ask.by,
        adopt=ask.adopt,
        confirmed=ask.confirmed,
        break_lock=ask.break_lock,
        gone=ask.gone,
        withdrawn=ask.withdrawn,
    )


@contextmanager
def _opened(office: Office, host: HostSettings) -> Iterator[Host]:
    work = office.data / "publish" / host.name
    work.mkdir(parents=True, exist_ok=True)
    door = open_host(host, office.settings.path, os.environ, work)
    try:
        yield door
    finally:
        door.close()


def _memory(office: Office) -> Path:
    return office.data / "publish" / "hashes.json"
