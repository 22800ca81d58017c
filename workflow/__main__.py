"""The door of the program: ``gonghui``, or ``python -m workflow``."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType

from workflow.unchanged import look, words_unchanged


def main() -> None:
    """Run one command; what has nothing or little to do does it at once."""
    signal.signal(signal.SIGTERM, stop)
    try:
        asked = sys.argv[1:]
        said = quick_build(asked) or slim_build(asked) or quick_publish(asked)
    except KeyboardInterrupt:
        from workflow.cli import stopped

        sys.exit(stopped())
    if said:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
        print(*said, sep="\n")  # noqa: T201 - what the build itself would say
        return
    from workflow.cli import main as run

    run()


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Being asked to end is Ctrl-C: children are stopped, the lock is let go."""
    raise KeyboardInterrupt


def quick_build(arguments: Sequence[str]) -> list[str]:
    """What a build says that needs little of the program; else nothing."""
    seen = look(arguments)
    if seen is None:
        return []
    said = words_unchanged(seen)
    if said:
        return said
    from workflow.small_build import small_build

    return small_build(seen)


def slim_build(arguments: Sequence[str]) -> list[str]:
    """What a build of whole trees says, where little suffices for it; else nothing."""
    if arguments[:1] != ["build"]:
        return []
    from workflow.whole_build import whole_build

    return whole_build(arguments)


def quick_publish(arguments: Sequence[str]) -> list[str]:
    """What a publishing says whose hosts hold the tree already; else nothing."""
    if arguments[:1] != ["publish"]:
        return []
    from workflow.still_published import nothing_to_publish

    return nothing_to_publish(arguments)


if __name__ == "__main__":
    main()
