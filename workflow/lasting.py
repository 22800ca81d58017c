"""What pages rest on that the settings say, kept from one build to the next.

To read and check the settings takes three times as long as all that a small build has
to do. So a build leaves what it took from them beside its trees, under a stamp of the
program and of all files of settings; with another stamp, or another byte, it is not
read. The file is ours alone and can be made again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from contextlib import suppress
from dataclasses import dataclass
from enum import EnumMeta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from site_builder.given import SiteGiven

if TYPE_CHECKING:
    from pydantic import BaseModel

FILE = Path("build", "settings.pickle")
_SEAL = 32
_OURS = ("newsroom.", "site_builder.given", "workflow.lasting")
_UNREADABLE = (
    pickle.UnpicklingError,
    AttributeError,
    ImportError,
    LookupError,
    TypeError,
)
_PLAIN = {"datetime", "pathlib", "types.SimpleNamespace", "zoneinfo.ZoneInfo"}


@dataclass(frozen=True, slots=True)
class Lasting:
    """What a build takes from the settings.

    Attributes:
        config: the config.toml.
        data, output: the folders of what is kept and of the trees.
        given: what pages are built from; stories, editions, the last run and the time
            are the store's and the clock's to fill in.
    """

    config: Path
    data: Path
    output: Path
    given: SiteGiven


def bare_section(section: BaseModel) -> Any:  # noqa: ANN401 - stands for its section
    """A section of the settings as plain values, by the same names."""
    names = type(section).model_fields
    return SimpleNamespace(**{name: getattr(section, name) for name in names})


def keep_lasting(lasting: Lasting, stamp: str) -> None:
    """Leave this for the next build of the same program and settings."""
    told = pickle.dumps(lasting)
    file = lasting.data / FILE
    part = file.with_name(f"{file.name}.part")
    with suppress(OSError):  # not kept: the next build reads the settings
        part.write_bytes(_seal(stamp, told) + told)
        part.replace(file)


def read_lasting(data: Path, stamp: str) -> Lasting | None:
    """What was kept under this stamp; None where there is no such thing."""
    try:
        kept = (data / FILE).read_bytes()
    except OSError:
        return None
    seal, told = kept[:_SEAL], kept[_SEAL:]
    if seal != _seal(stamp, told):
        return None
    try:
        found = _Values(io.BytesIO(told)).load()
    except (
        pickle.UnpicklingError,
        AttributeError,
        ImportError,
        LookupError,
        TypeError,
    ):
        return None
    return found if isinstance(found, Lasting) else None


class _Values(pickle.Unpickler):
    """Reads records and plain values only: no byte of the file can call a function."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - any class
        """A class of records or plain values.

        Raises:
            pickle.UnpicklingError: it is anything else.
        """
        if (module, name) == ("builtins", "getattr"):
            return _part
        if module.startswith(_OURS) or not _PLAIN.isdisjoint(
            (module, f"{module}.{name}")
        ):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _part(owner: object, name: str) -> Any:  # noqa: ANN401 - as pickle asks for it
    """A member of an enum, or how a time zone is read again; nothing else."""
    if owner is ZoneInfo and name == "_unpickle":
        return lambda key, _from_cache: ZoneInfo(key)
    if isinstance(owner, EnumMeta):
        return owner[name]
    raise pickle.UnpicklingError(name)


def _seal(stamp: str, told: bytes) -> bytes:
    digest = hashlib.blake2b(told, digest_size=_SEAL, key=stamp.encode())
    return digest.digest()
