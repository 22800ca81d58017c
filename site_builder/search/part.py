"""A file of the search: what it is made from, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from site_builder.links import Kind
from site_builder.search.documents import Document
from site_builder.search.records import Searched, part_script, record_of


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the search: where it stands, what it is made from, and how.

    ``apart`` is whether another process can make it: all that it needs can be sent.
    """

    path: str
    key: str
    make: Callable[[], bytes]
    apart: bool = False


def search_part(
    name: str, key: str, content: Callable[[], object], *, apart: bool = False
) -> Part:
    """The file of this name, which hands this content to the search's script."""
    path = Kind.SEARCH_PART.template.format(name)
    return Part(path, key, partial(_script, name, content), apart)


def told_records(
    block: Sequence[Document | None], told: Mapping[int, Searched]
) -> list[object]:
    """The stories of one block as results show them; what is dead left its place."""
    return [record_of(told[d.id], d.day) if d else 0 for d in block]


def _script(name: str, content: Callable[[], object]) -> bytes:
    return part_script(name, content()).encode()
