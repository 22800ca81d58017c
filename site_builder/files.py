"""A planned file: a page with its view, a text, or plain bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from site_builder.frame_views import FrameView
from site_builder.links import Address

if TYPE_CHECKING:
    from site_builder.search.records import Searched


class PageFile(NamedTuple):
    """A file that a template shows.

    Attributes:
        frame: None for feeds.
        pictures: the picture files it would show if they are there.
        searched: of a story's page, what the search takes from it.
    """

    address: Address
    template: str
    view: object
    frame: FrameView | None
    pictures: tuple[str, ...] = ()
    searched: Searched | None = None


class TextFile(NamedTuple):
    """A file whose text is ready."""

    address: Address
    text: str


Planned = PageFile | TextFile


class Job(NamedTuple):
    """A file that a tree must have, before it is made.

    A tuple, for many are sent to another process: it is packed in a third of the time.

    Attributes:
        path: where it stands.
        key: the hash of all that it is made from; empty: make it at every build.
        needs: the stories that are read to make it.
        make: gives the file, from the planner and what ``about`` names.
        about: plain values, so that another process can be told of the job.
    """

    path: str
    key: str
    needs: tuple[int, ...]
    make: Callable[..., Planned]
    about: tuple[object, ...] = ()
