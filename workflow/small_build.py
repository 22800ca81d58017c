"""``gonghui build`` when little changed: done before most of the program is loaded.

The settings are those that the last build kept, the store is read without Django, and
children look at the files of the trees meanwhile. The pages themselves are made by the
same code as ever. Whatever is unusual (other settings or another program, a store that
is to be checked first, another run, a fault of a page) is left to the build itself,
which begins anew and finds done what was done.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from site_builder.sweep import Sweep, start_sweep
from workflow.unchanged import UNUSUAL, Seen, said_of

_PARTS = (
    "site_builder.filling",
    "story_store.reading",
    "workflow.clock",
    "workflow.lasting",
    "workflow.page_building",
    "workflow.run_lock",
)


def small_build(seen: Seen) -> list[str]:
    """Build what changed; what is said of it, nothing where it was left undone."""
    try:
        with _swept(seen) as sweeps:
            return _build(seen, sweeps)
    except UNUSUAL:
        return []  # the build itself says what is wrong


@contextmanager
def _swept(seen: Seen) -> Iterator[dict[Path, Sweep | None]]:
    """Those who look at the trees meanwhile, by the tree's folder."""
    trees = [(Path(tree.out), Path(tree.manifest)) for tree in seen.trees]
    sweeps = {out: start_sweep(manifest, out) for out, manifest in trees}
    try:
        yield sweeps
    finally:
        for sweep in filter(None, sweeps.values()):
            sweep.end()


def _load() -> None:
    """Load what a build needs; Python looks for cycles among none of it meanwhile."""
    gc.disable()
    try:
        for name in _PARTS:
            import_module(name)
    finally:
        gc.enable()


def _build(seen: Seen, sweeps: dict[Path, Sweep | None]) -> list[str]:
    _load()
    from story_store.reading import open_to_read
    from workflow.clock import read_as_of
    from workflow.lasting import read_lasting
    from workflow.page_building import TREES, audiences_of, build_one, note_trees
    from workflow.run_lock import run_lock

    now, data = read_as_of(seen.as_of), seen.standing.data
    lasting = read_lasting(data, seen.standing.ground)
    store = lasting and open_to_read(data)
    if not lasting or not store:
        return []
    with store, run_lock(data, now):
        reports = {
            audience: build_one(lasting, store, now, audience, sweeps)
            for audience in audiences_of(store)
        }
    if any(report.faults for report in reports.values()):
        return []
    note_trees(lasting, seen.standing, reports)
    return [
        said_of(
            lasting.output / TREES[audience],
            report.written,
            report.unchanged,
            report.removed,
        )
        for audience, report in reports.items()
    ]
