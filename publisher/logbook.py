"""What this computer keeps of a host: journal, marks and receipts."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from publisher.faults import HostBusy
from publisher.folders import LOOK

WHERE = "where.json"
RECORD_COPY = "record.json.gz"
_KEPT_RECEIPTS = 400

SitePlace = tuple[str, str, str, str]
"""Kind, address, bucket and folder: where the site stands, whoever logs in."""
NOWHERE: SitePlace = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one publishing did.

    Attributes:
        host: the name of the host.
        release: the digest of the release that stands there now.
        by, at: who sent it, and when it was begun.
        sent, deleted, restored, unknown: paths; ``restored`` are of ``sent``.
        adopted: files of others that were replaced, their names typed by a person.
        kept: styles and scripts of former releases that stay for a while.
        files: the number of files of the release.
        bytes_sent: how much travelled.
        verified: files whose size was read back; all of them.
        hashed: files whose content was read back.
        absent: paths whose absence was seen on the host.
        risks: what this host could not do safely.
        undo: how many releases it went back; 0 for a publishing.
    """

    host: str
    release: str
    by: str
    at: datetime
    sent: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    files: int = 0
    bytes_sent: int = 0
    verified: int = 0
    hashed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    undo: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything on the host was changed."""
        return bool(self.sent or self.deleted)


class Logbook:
    """One host's folder, e.g. ``data/publish/main``.

    ``where`` names the place on the host: what was kept of another place is forgotten,
    so that nothing there is ever taken for ours. Only that the site once stood there is
    kept (``place``: kind, address, bucket, folder), for a story that is withdrawn later
    still stands in what was left behind.
    """

    def __init__(self, folder: Path, where: str, place: SitePlace = NOWHERE) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        told = _read(folder / WHERE)
        former = told.get("former", [])
        if told.get("where") != where:
            former = [list(one) for one in places_of(folder) if one != place]
            for name in ("marks.json", "journal.jsonl", RECORD_COPY):
                (folder / name).unlink(missing_ok=True)
        now = {"where": where, "place": list(place), "former": former}
        if now != told:
            _write(folder / WHERE, now)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one publishing of this computer to this host at a time.

        Raises:
            HostBusy: another one runs.
        """
        lock = FileLock(self.folder / "publish.lock", fallback_to_soft=False)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise HostBusy("这台电脑正在往同一个主机发布，请等它结束再运行") from error
        try:
            yield
        finally:
            lock.release()

    def token(self) -> str:
        """The token of every lock that this computer takes on this host."""
        file = self.folder / "token.json"
        if "token" not in _read(file):
            _write(file, {"token": secrets.token_hex(8)})
        return str(_read(file)["token"])

    def taking(self, *, begun: bool) -> bool:
        """Note that a lock is being taken, or was given back; whether one was before.

        A run that was cut in between left a lock on the host that names nobody yet.
        """
        file = self.folder / "taking"
        before = file.exists()
        if begun:
            file.touch()
        else:
            file.unlink(missing_ok=True)
        return before

    def nameless_since(self, now: datetime) -> datetime:
        """When a lock that names nobody was first seen on the host."""
        file = self.folder / "nameless.json"
        told = _read(file).get("since")
        if told is None:
            _write(file, {"since": now.isoformat()})
            return now
        return datetime.fromisoformat(told)

    def forget_nameless(self) -> None:
        """There is no such lock any more."""
        (self.folder / "nameless.json").unlink(missing_ok=True)

    def journal(self) -> dict[str, str]:
        """What was put in place before a cut: path and hash; empty after an end."""
        file = self.folder / "journal.jsonl"
        if not file.is_file():
            return {}
        done: dict[str, str] = {}
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                path, sha256 = json.loads(line)
            except ValueError:
                continue  # the line that the cut tore
            done[path] = sha256
        return done

    def note_done(self, path: str, sha256: str) -> None:
        """One more file is in place."""
        with (self.folder / "journal.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps([path, sha256]) + "\n")

    def end_journal(self) -> None:
        """Nothing is under way any more."""
        (self.folder / "journal.jsonl").unlink(missing_ok=True)

    def record(self) -> bytes | None:
        """Our copy of the record that lies on the host, None before the first."""
        file = self.folder / RECORD_COPY
        return file.read_bytes() if file.is_file() else None

    def keep_record(self, content: bytes) -> None:
        """Keep a copy of the record that lies on the host."""
        part = self.folder / f"{RECORD_COPY}.part"
        part.write_bytes(content)
        part.replace(self.folder / RECORD_COPY)

    def marks(self) -> dict[str, str]:
        """The host's mark of each of our files when we last looked."""
        return dict(_read(self.folder / "marks.json"))

    def keep_marks(self, marks: Mapping[str, str]) -> None:
        """Keep the marks of our files; equal ones write nothing."""
        if marks != self.marks():
            _write(self.folder / "marks.json", dict(marks))

    def keep_look(self, release: str, look: str) -> None:
        """Keep how all files on the host stand, and which release that is."""
        _write(self.folder / LOOK, {"release": release, "look": look})

    def keep_receipt(self, receipt: Receipt) -> Path:
        """Keep a receipt; the newest 400 are kept."""
        folder = self.folder / "receipts"
        # To the microsecond: of two within a second the later one is the newest.
        name = f"{receipt.at:%Y%m%dT%H%M%S%f}-{receipt.release[:12]}.json"
        told = {**asdict(receipt), "at": receipt.at.isoformat()}
        _write(folder / name, told)
        for old in sorted(folder.glob("*.json"))[:-_KEPT_RECEIPTS]:
            old.unlink()
        return folder / name


def places_of(folder: Path) -> tuple[SitePlace, ...]:
    """All places to which the site was sent by this name, the latest last."""
    told = _read(folder / WHERE)
    places = list(told.get("former", ()))
    if any(told.get("place", ())) and (folder / RECORD_COPY).is_file():
        places.append(told["place"])
    return tuple(dict.fromkeys((k, a, b, f) for k, a, b, f in places))


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _write(file: Path, told: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    part.replace(file)
