"""The door of the program: ``gonghui``, or ``python -m workflow``."""

from __future__ import annotations

import sys

from workflow.unchanged import nothing_changed


def main() -> None:
    """Run one command; a build that has nothing to do says so at once."""
    said = nothing_changed(sys.argv[1:])
    if said:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
        print(*said, sep="\n")  # noqa: T201 - what the build itself would say
        return
    from workflow.cli import main as run

    run()


if __name__ == "__main__":
    main()
