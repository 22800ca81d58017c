"""Which files of forms a build keeps an eye on; light: it is asked at every start."""

from __future__ import annotations

from pathlib import Path

CARDS = "cards"  # beside the days: the share cards, of which the public tree has some
RECENT = 30  # editions whose big files stand in the office's own tree


def watched_forms(forms: Path, audience: str = "*") -> list[Path]:
    """The folders of all days, and the files of the newest, which people mend too.

    A folder's time tells what comes and goes; a file that Word writes in its place
    tells by its own time only.
    """
    folders = sorted(forms.glob(f"????-??-??/{audience}"))
    recent = folders[-2 * RECENT :]
    cards = (
        [forms / CARDS] if audience != "internal" and (forms / CARDS).is_dir() else []
    )
    files = (file for folder in recent for file in sorted(folder.iterdir()))
    return [*folders, *cards, *files]
