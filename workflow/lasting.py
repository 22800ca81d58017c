"""What pages rest on that the settings say, kept from one build to the next.

To read and check the settings takes three times as long as all that a small build has
to do. So a build leaves what it took from them beside its trees, under a stamp of the
program and of all files of settings; with another stamp, or another byte, it is not
read. The file is ours alone and can be made again.
"""

from __future__ import annotations

import hashlib
import pickle
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from site_builder.given import SiteGiven

if TYPE_CHECKING:
    from pydantic import BaseModel

FILE = Path("build", "settings.pickle")
_SEAL = 32


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
    found = pickle.loads(told)  # noqa: S301 - sealed just so by keep_lasting
    return found if isinstance(found, Lasting) else None


def _seal(stamp: str, told: bytes) -> bytes:
    digest = hashlib.blake2b(told, digest_size=_SEAL, key=stamp.encode())
    return digest.digest()
