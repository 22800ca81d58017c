"""A correspondent's card: who, which unit, and the link as a QR code to scan."""

from __future__ import annotations

from dataclasses import dataclass

import segno

from story_store.links import Link

QUIET = 2


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One card; ``path`` draws the code in a square of ``size`` modules."""

    name: str
    duty: str
    unit: str
    address: str
    path: str
    size: int


def make_card(link: Link, unit: str, base: str, token: str) -> LinkCard:
    """The card of a link whose token was just made.

    ``base`` is where the desk is reached, e.g. ``http://192.168.1.23:8352``.
    """
    address = f"{base.rstrip('/')}/s/{token}/"
    rows = segno.make(address, error="m", micro=False).matrix
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    size = len(rows) + 2 * QUIET
    return LinkCard(link.name, link.duty, unit, address, path, size)
