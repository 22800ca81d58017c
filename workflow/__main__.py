"""The door of the program: ``gonghui``, or ``python -m workflow``."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from workflow.unchanged import look, words_unchanged

_UTF8 = "PYTHONUTF8"
_NO_PLUGINS = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}  # it would look into all packages


def main() -> None:
    """Run one command; what has nothing or little to do does it at once."""
    begin_in_utf8()
    signal.signal(signal.SIGTERM, stop)
    os.environ |= _NO_PLUGINS
    try:
        asked = sys.argv[1:]
        with loading():
            said = quick_build(asked) or slim_build(asked) or quick_publish(asked)
    except KeyboardInterrupt:
        from workflow.cli import stopped

        sys.exit(stopped())
    if said:
        _say(said)
        return
    with loading():
        from workflow.cli import main as run

    run()


@contextmanager
def loading() -> Iterator[None]:
    """While modules are loaded nothing becomes garbage: it is not looked for.

    That takes a tenth of the time of a start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def begin_in_utf8() -> None:
    """Begin once more in UTF-8 where names of files would be read in another encoding.

    The folders of the inbox have Chinese names; a locale such as GBK or Latin-1 would
    have them garbled, or refused.
    """
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get(_UTF8) != "1":
        environment = os.environ | {_UTF8: "1"}
        os.execve(sys.executable, sys.orig_argv, environment)  # noqa: S606 - ourselves


def _say(lines: Sequence[str]) -> None:
    """Print what was done; it is done although nobody may be there to read it."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
    try:
        print(*lines, sep="\n", flush=True)  # noqa: T201 - what the build itself would say
    except OSError:
        # Python would flush once more at its end, and complain in a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


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
