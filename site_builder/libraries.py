"""The versions of what pages come out of, besides our own source.

A new Python or a new library may show the same values in other words, so that a build
looks again after each. Versions are read from the names of what is installed: to ask
each library's own record takes longer than all else that a start compares.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

SHAPING = ("icalendar", "jinja2", "markupsafe")  # what the pages' bytes come from
_INSTALLED = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)\.dist-info")


def shaping_versions() -> Iterator[str]:
    """Python, its time zones, and what renders pages, each with its version."""
    yield sys.version
    found = installed_versions()
    yield from (f"{name} {found.get(name, '-')}" for name in (*SHAPING, "tzdata"))


@cache
def installed_versions() -> Mapping[str, str]:
    """By name (lower case, ``_`` for ``-``) the version of all that is installed.

    Of a library that lies in two places the one that is imported counts.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        for record in sorted(Path(folder).glob("*.dist-info")):
            if told := _INSTALLED.fullmatch(record.name):
                found.setdefault(told["name"].lower(), told["version"])
    return found
