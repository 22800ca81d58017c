"""Stories as the search counts them; fifty thousand are at hand in a moment."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self, overload

from newsroom.outline import StoryOutline
from site_builder.catalogue import moment
from site_builder.ground import digest
from site_builder.search.postings import write_numbers

_A_DAY, _IN_CHINA = 86_400, 8 * 3600
_MARK = 16
Packed = tuple[bytes, bytes, bytes]


class Document(NamedTuple):
    """A story as the index counts it; ``moment`` is what orders lists."""

    moment: float
    id: int
    mark: str

    @property
    def day(self) -> int:
        """Its day in China, counted from 1970."""
        return max(0, int((self.moment + _IN_CHINA) // _A_DAY))


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot(Sequence[Document]):
    """Documents in their order, kept as columns: each is made when it is asked for."""

    moments: array[float]
    ids: array[int]
    marks: str

    @classmethod
    def of(cls, documents: Collection[Document]) -> Self:
        """These documents, in the order in which they come."""
        moments = array("d", (document.moment for document in documents))
        ids = array("q", (document.id for document in documents))
        return cls(moments, ids, "".join(document.mark for document in documents))

    @classmethod
    def unpacked(cls, packed: Packed) -> Self:
        """What ``packed`` gave."""
        moments, ids = array("d"), array("q")
        moments.frombytes(packed[0])
        ids.frombytes(packed[1])
        return cls(moments, ids, packed[2].decode())

    def packed(self) -> Packed:
        """The columns as bytes, to be kept."""
        return self.moments.tobytes(), self.ids.tobytes(), self.marks.encode()

    def numbers(self, wanted: Collection[int]) -> dict[int, int]:
        """By id the places of those of these stories that are among them."""
        return {one: n for n, one in enumerate(self.ids) if one in wanted}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, place: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(place, slice):
            return tuple(map(self._at, range(len(self))[place]))
        return self._at(range(len(self))[place])

    def __iter__(self) -> Iterator[Document]:
        return map(self._at, range(len(self)))

    def _at(self, place: int) -> Document:
        start = place * _MARK
        mark = self.marks[start : start + _MARK]
        return Document(self.moments[place], self.ids[place], mark)


def document_of(outline: StoryOutline) -> Document:
    """A story as a document."""
    return document_told(outline.id, outline.digest, moment(outline))


def document_told(story_id: int, told: str, when: float) -> Document:
    """The document of the story that has this id, digest and moment."""
    return Document(when, story_id, digest(told, str(when))[:_MARK])


def days_of(documents: Iterable[Document]) -> str:
    """Days since the last one and how many stories each has, as numbers."""
    numbers: list[int] = []
    last = 0
    for document in documents:
        day = document.day
        if numbers and day == last:
            numbers[-1] += 1
        else:
            numbers += [day - last, 1]
            last = day
    return write_numbers(numbers)
