"""The steps of a run as progress bars with counts."""

from __future__ import annotations

from rich.progress import Progress, TaskID


class Steps:
    """Shows each step once, with how much of it is done."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, total: int, detail: str) -> None:
        """Show that ``done`` of ``total`` are done; total 0 means unknown."""
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(
                step, total=total or None, detail=detail
            )
        self._bar.update(
            self._tasks[step], completed=done, total=total or None, detail=detail
        )
