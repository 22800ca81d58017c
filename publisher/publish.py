"""A publishing: listing, plan, transfer, reading back, receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from publisher.faults import PublishFailed
from publisher.folders import look_of
from publisher.guards import check_plan
from publisher.host import Host, Parcel, Remote
from publisher.lease import Clock, Lease, lease
from publisher.letter_case import other_names, renamed, twins_of
from publisher.logbook import Logbook, Receipt
from publisher.plan import Owned, Plan, aged, make_plan, missed, sample, stage
from publisher.records import (
    Record,
    read_record,
    recognised,
    write_intent,
    write_record,
)
from publisher.tree import Leaf, Release

SAMPLE = 20
BATCH = 50  # files between two looks at the lease, and their bytes at most:
BATCH_BYTES = 4 * 1024 * 1024  # four minutes on a line of 128 kbit/s
Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked for.

    Attributes:
        name: the name of the host in the settings.
        folder: the folder on the host, as the settings name it.
        by: who publishes.
        adopt: files that are not ours and that may be replaced.
        confirmed: the typed number of vanishing pages.
        break_lock: whether a lock of somebody else may be broken.
        undo: how many releases it goes back; 0 for a publishing.
        gone: paths whose absence is to be proved.
        withdrawn: pages of stories that somebody took back by name: that they
            vanish was said already.
    """

    name: str
    folder: str
    by: str
    adopt: frozenset[str] = frozenset()
    confirmed: int | None = None
    break_lock: bool = False
    undo: int = 0
    gone: tuple[str, ...] = field(default=())
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Watch:
    """The clock, and who looks on: each step with how much of it is done."""

    clock: Clock
    progress: Progress = silent


def publish(
    host: Host,
    release: Release,
    logbook: Logbook,
    order: Order,
    watch: Watch,
) -> Receipt:
    """Make a host hold a release, and prove it.

    Only what differs travels; files that are not ours stay. A cut at any point is
    mended by the next run.

    Raises:
        PublishFailed: with the cure; the old site stands, or the next run goes on.
        PublishRefused: nothing was changed; a person must decide.
    """
    with (
        logbook.alone(),
        lease(
            host, logbook, by=order.by, clock=watch.clock, break_lock=order.break_lock
        ) as held,
    ):
        return _Run(host, release, logbook, order, held, watch).go()


@dataclass(frozen=True, slots=True)
class _Run:
    host: Host
    release: Release
    logbook: Logbook
    order: Order
    held: Lease
    watch: Watch

    def go(self) -> Receipt:
        started = self.watch.clock()
        done = {} if self.host.atomic else self.logbook.journal()
        record = read_record(self.host, done, self.logbook.record())
        self.watch.progress("列出主机上的文件", 0, 0)
        held = self.host.listing()
        record = recognised(record, held)
        names = other_names(held, self.release.files, self._is_there)
        listing = renamed(held, names)
        record = replace(record, files=renamed(record.files, names))
        plan = self._plan(record, listing)
        receipt = Receipt(
            self.order.name,
            self.release.digest,
            self.order.by,
            started,
            unknown=tuple(p for p in plan.unknown if p not in plan.taken),
            adopted=plan.taken,
            restored=plan.restored,
            files=len(self.release.files),
            undo=self.order.undo,
        )
        stale = record.cut or record.release != self.release.digest
        if plan.is_empty and not stale and not self.order.gone:
            return self._close(receipt, listing, plan.keep)
        return self._carry_out(plan, record, receipt)

    def _listing(self) -> dict[str, Remote]:
        """What the host holds; under our names where it knows no upper case."""
        held = self.host.listing()
        names = other_names(held, self.release.files, self._is_there)
        return renamed(held, names) if names else held

    def _is_there(self, path: str) -> bool:
        return self.host.read(path) is not None

    def _plan(self, record: Record, listing: Mapping[str, Remote]) -> Plan:
        plan = make_plan(
            self.release.files,
            record.files,
            listing,
            self._marks(record),
            self.order.withdrawn,
        )
        check_plan(
            plan,
            first=not record.files,
            folder=self.order.folder,
            adopt=self.order.adopt,
            # Going back may take many pages away: that is what was asked for.
            confirmed=plan.pages_gone if self.order.undo else self.order.confirmed,
        )
        return plan

    def _marks(self, record: Record) -> dict[str, str]:
        """The marks that we may trust: not those of files that a cut left open."""
        marks = self.logbook.marks()
        return marks if not record.cut else {}

    def _carry_out(self, plan: Plan, record: Record, receipt: Receipt) -> Receipt:
        self.host.begin()
        if plan.put:
            write_intent(self.host, record, self.release.files, plan.put)
        self._send(plan.put, "发送")
        listing = self._verified(plan.put)
        hashed = self._read_back()
        for number, path in enumerate(plan.delete, 1):
            self.watch.progress("撤下", number, len(plan.delete))
            self.host.delete(path)
            self.held.renew()
        if plan.delete or self.order.gone:
            listing = self._listing()
        absent = self._absent(plan, listing)
        keep = plan.keep
        if record.release != self.release.digest:
            keep = aged(plan)
        files = {p: Owned(f.size, f.sha256) for p, f in self.release.files.items()}
        self.held.check()
        mine = write_record(self.host, self.release.digest, {**files, **keep})
        self.host.commit(self.release.short)
        if self.order.gone or self.order.withdrawn.intersection(plan.delete):
            self.host.forget_former()  # also of a host that was down on that day
        self.logbook.keep_record(mine)
        told = replace(
            receipt,
            sent=plan.put,
            deleted=plan.delete,
            kept=tuple(sorted(plan.keep)),
            bytes_sent=sum(self.release.files[path].size for path in plan.put),
            verified=len(files),
            hashed=hashed,
            absent=absent,
            risks=self.host.risks,
        )
        return self._close(told, listing, keep)

    def _send(self, paths: Collection[str], words: str) -> None:
        count = 0

        def told(path: str) -> None:
            nonlocal count
            count += 1
            self.watch.progress(words, count, len(paths))
            self.logbook.note_done(path, self.release.files[path].sha256)

        for batch in _batches(paths, self.release.files):
            self.host.send([Parcel(p, self.release.sources[p]) for p in batch], told)
            self.held.renew()

    def _verified(self, put: Collection[str]) -> dict[str, Remote]:
        """The listing once every file has its size; what has not is sent once more."""
        files = self.release.files
        self.watch.progress("核对大小", 0, len(files))
        listing = self._listing()
        wrong = missed(files, files, listing)
        if wrong:
            self._send(wrong, "重新发送")
            listing = self._listing()
            wrong = missed(files, files, listing)
        if twins := twins_of(wrong, files):
            raise PublishFailed(_one_for_two(twins))
        if hidden := sorted({f for p in wrong for f in _above(p) if f in listing}):
            raise PublishFailed(_hidden(hidden))
        if wrong:
            raise PublishFailed(_damaged(wrong, put))
        return listing

    def _read_back(self) -> tuple[str, ...]:
        """The files whose content was read back; damaged ones are sent once more."""
        files = self.release.files
        paths = sample(self.release.digest, files, SAMPLE)
        wrong = [path for path in paths if not self._is_whole(path)]
        if wrong:
            self._send(wrong, "重新发送")
            wrong = [path for path in wrong if not self._is_whole(path)]
        if wrong:
            raise PublishFailed(_damaged(wrong, files))
        return paths

    def _is_whole(self, path: str) -> bool:
        content = self.host.read(path)
        wanted = self.release.files[path].sha256
        return content is not None and hashlib.sha256(content).hexdigest() == wanted

    def _absent(self, plan: Plan, listing: Mapping[str, Remote]) -> tuple[str, ...]:
        """The paths that are to be gone, once the host does not list them."""
        still = sorted({p for p in (*plan.delete, *self.order.gone) if p in listing})
        if still:
            raise PublishFailed(
                f"主机没有删掉 {len(still)} 个该撤下的文件：{'、'.join(still[:5])}。"
                "请检查主机上的删除权限，再运行一次"
            )
        return tuple(sorted({*plan.delete, *self.order.gone}))

    def _close(
        self,
        receipt: Receipt,
        listing: Mapping[str, Remote],
        keep: Mapping[str, Owned],
    ) -> Receipt:
        ours = {*self.release.files, *keep}
        self.logbook.keep_marks({p: listing[p].mark for p in ours if p in listing})
        self.logbook.end_journal()
        stood = ((path, one.size, one.mark) for path, one in listing.items())
        self.logbook.keep_look(self.release.digest, look_of(stood))
        if receipt.changed or self.order.gone:
            self.logbook.keep_receipt(receipt)
        return receipt


def _batches(paths: Iterable[str], files: Mapping[str, Leaf]) -> Iterator[list[str]]:
    """The paths in their order, a stage never mixed with the next."""
    for _, group in groupby(paths, key=stage):
        some = list(group)
        # Two that a host may take for one never travel at the same time.
        most = 1 if twins_of(some, some) else BATCH
        batch: list[str] = []
        size = 0
        for path in some:
            more = files[path].size
            if batch and (len(batch) == most or size + more > BATCH_BYTES):
                yield batch
                batch, size = [], 0
            batch.append(path)
            size += more
        yield batch


def _one_for_two(twins: Collection[str]) -> str:
    return (
        f"这台主机不分文件名的大小写，把 {'、'.join(twins)} 当成了一个文件："
        "请换一台分大小写的主机，或请程序的维护者改文件名"
    )


def _above(path: str) -> Iterator[str]:
    """The folders above a path, as a shut one stands in a listing."""
    names = path.split("/")
    return ("/".join(names[:count]) + "/" for count in range(1, len(names)))


def _hidden(folders: Collection[str]) -> str:
    return (
        f"主机不让看文件夹 {'、'.join(folders)}，核对不了里面的文件。"
        "请在主机商的管理面板里把它的权限改成 755，再运行一次"
    )


def _damaged(wrong: Collection[str], of: Collection[str]) -> str:
    named = "、".join(sorted(wrong)[:5])
    return (
        f"主机收下的 {len(wrong)} 个文件与发出的不一样（共 {len(of)} 个）：{named}。"
        "重发一次仍不对。常见原因：FTP 用了文本模式、空间已满、主机改了文件名大小写。"
        "请检查主机空间和设置，再运行一次"
    )
