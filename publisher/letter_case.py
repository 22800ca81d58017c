"""Hosts that take ``Index.html`` and ``index.html`` for one file (Windows, macOS)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

T = TypeVar("T")


def other_names(
    listing: Collection[str],
    wanted: Collection[str],
    is_there: Callable[[str], bool],
) -> dict[str, str]:
    """Files that stand under another case than ours, each with our name for it.

    Our file would replace such a one, and to take it away would take ours.

    Args:
        listing: the paths that the host tells.
        wanted: the paths that it should hold.
        is_there: whether the host has a file of this name, asked of one at most.
    """
    odd = {path.casefold(): path for path in listing if path not in wanted}
    twins = {
        odd[fold]: path
        for path in (wanted if odd else ())
        if path not in listing and (fold := path.casefold()) in odd
    }
    return twins if twins and is_there(min(twins.values())) else {}


def renamed(files: Mapping[str, T], names: Mapping[str, str]) -> dict[str, T]:
    """The files, those with another name under it."""
    return {names.get(path, path): one for path, one in files.items()}


def twins_of(paths: Collection[str], wanted: Collection[str]) -> tuple[str, ...]:
    """Those of ``wanted`` that differ from another one of it by case alone.

    ``paths`` are looked at only; for a sentence on why a host did not keep them.
    """
    folds = {path.casefold() for path in paths}
    found: dict[str, list[str]] = {}
    for path in wanted:
        if (fold := path.casefold()) in folds:
            found.setdefault(fold, []).append(path)
    return tuple(p for same in found.values() if len(same) > 1 for p in sorted(same))
