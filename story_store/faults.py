"""What can be wrong with the store itself, as sentences with the mend."""

from __future__ import annotations

from newsroom.errors import NewsroomError


class StoreBroken(NewsroomError):  # noqa: N818 - reads as a claim
    """The store's file is damaged or gone while its other files are there."""


class StoreTooNew(NewsroomError):  # noqa: N818 - reads as a claim
    """The store was written by a newer version of the program."""


class StoreBusy(NewsroomError):  # noqa: N818 - reads as a claim
    """The store could not be written: locked for long, disk full, read-only."""
