"""A planned file: a page with its view, a text, or plain bytes."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.frame_views import FrameView
from site_builder.links import Address


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that a template shows; ``frame`` is None for feeds."""

    address: Address
    template: str
    view: object
    frame: FrameView | None


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file whose text is ready."""

    address: Address
    text: str


Planned = PageFile | TextFile
