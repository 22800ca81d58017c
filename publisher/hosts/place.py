"""What is said of a place on a host when something is wrong with it."""

from __future__ import annotations

from typing import Protocol


class Place(Protocol):
    """A login on a host."""

    @property
    def address(self) -> str:
        """The host's name."""

    @property
    def port(self) -> int:
        """Its port."""

    @property
    def user(self) -> str:
        """As whom."""


class FolderPlace(Place, Protocol):
    """A login on a host, and where the site lies there."""

    @property
    def folder(self) -> str:
        """The folder of the site."""
