"""What every kind of host can do: one small protocol of plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

RECORD = ".gonghui.json.gz"  # which files of the host are ours
INTENT = ".gonghui-next.json.gz"  # which files a publishing that runs will bring
LOCK = ".gonghui-lock"
PART = ".gonghui-part"  # how the name of a half-sent file ends
NOW = f".gonghui-now{PART}"  # an empty file that shows the host's own time
CONTROL = frozenset({RECORD, INTENT, LOCK})


@dataclass(frozen=True, slots=True)
class Remote:
    """A file as the host tells it.

    Attributes:
        size: bytes.
        mark: a hash or a time; it changes when somebody changes the file. Empty
            where the host tells nothing.
    """

    size: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to be sent: its path on the host, and where its bytes are."""

    path: str
    file: Path


Told = Callable[[str], None]


class Host(Protocol):
    """A place that a site can be published to.

    Paths are relative to the site's folder, with slashes. Every method raises
    :class:`publisher.faults.PublishFailed` when the host does not do as asked.
    """

    @property
    def atomic(self) -> bool:
        """Whether visitors see nothing before :meth:`commit`."""

    @property
    def risks(self) -> tuple[str, ...]:
        """What this host could not do safely in this run, in Chinese."""

    def listing(self) -> dict[str, Remote]:
        """Every file of the site's folder, ours or not, control files left out."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""

    def begin(self) -> None:
        """Start a change; atomic hosts prepare it aside."""

    def send(self, batch: Sequence[Parcel], told: Told) -> None:
        """Put files in place, each whole or not at all; ``told`` after each one."""

    def write(self, path: str, content: bytes) -> None:
        """Put one small file in place."""

    def delete(self, path: str) -> None:
        """Take a file away; no fault when it is not there."""

    def commit(self, name: str) -> None:
        """Let visitors see the change; ``name`` names the release."""

    def forget_former(self) -> None:
        """Take former releases away that the host keeps beside the present one.

        A story was withdrawn: what cannot be taken away is said in ``risks``.
        """

    def take_lock(self, note: bytes) -> bytes | None:
        """Take the lock with our note; the note of the holder when it is taken."""

    def lock_note(self) -> bytes | None:
        """The note in the lock; nothing where it has none, None without a lock."""

    def lock_age(self) -> timedelta | None:
        """How long ago the lock's note was written, by the host's own clock.

        None where the host tells no times.
        """

    def renew_lock(self, note: bytes) -> None:
        """Write our note anew into the lock that we hold."""

    def drop_lock(self) -> None:
        """Give the lock back; no fault when it is not there."""

    def close(self) -> None:
        """End the connection."""


def is_control(path: str) -> bool:
    """Whether a file belongs to the publishing itself, not to the site."""
    return path.split("/", 1)[0] in CONTROL or path.endswith(PART)


def part_name(path: str) -> str:
    """The name under which a file travels: beside its place, hidden, always the same.

    A run that was cut leaves at most this name, and the next run writes over it.
    """
    folder, _, name = path.rpartition("/")
    return f"{folder}/.{name}{PART}" if folder else f".{name}{PART}"
