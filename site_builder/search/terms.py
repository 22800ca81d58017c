"""Which document holds which term, gathered in little time and little memory.

A term is one character or two neighbours of the folded text. Documents are gathered as
a list for each pair. Only where the lists would take too much memory are they packed,
as lines by shard, into a file without a name, and put together again in the end.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add, sub
from tempfile import SpooledTemporaryFile
from weakref import finalize

from site_builder.search.postings import CODES, shorter

AT_LEAST = 500_000  # places in lists that are always held, eight bytes each
A_LIST = 8  # places that a term may have on average: as much as the list itself takes
MOST_LISTS = 800_000  # terms that are held as lists, 150 bytes each
LINES = 50_000  # lines that are held before they are packed
HELD = 1 << 21  # bytes of packed terms that are held in memory
MOST_COMMON = 300
COMMON_SHARE = 0.05
LEAST_COMMON = 40  # in a small site every term is rare enough
_FIRST, _SECOND = 7919, 104729  # primes, so that neighbours fall apart
_ENCODING = f"utf-32-{sys.byteorder[0]}e"  # four bytes a character, as numbers lie
_A_PAIR = 8
Found = tuple[str, str, Sequence[int]]  # the characters of a term, and its documents


def terms_of(folded: str) -> set[str]:
    """Every character of a text and every two neighbours, but for blanks."""
    runs = folded.split()
    terms = set("".join(runs))
    for run in runs:
        terms.update(map(add, run, run[1:]))
    return terms


def pairs_of(text: str) -> set[int]:
    """Every two neighbours of a text as a number each, blanks too.

    Numbers are made and told apart in a quarter of the time of texts.
    """
    told = text.encode(_ENCODING, "surrogatepass")
    count = len(text)
    pairs = set(struct.unpack_from(f"{count // 2}Q", told))
    if count > 1:
        pairs.update(struct.unpack_from(f"{(count - 1) // 2}Q", told, _A_PAIR // 2))
    return pairs


def shard_of(term: str, shards: int) -> int:
    """Which of so many files holds the term."""
    second = ord(term[1]) if len(term) > 1 else 0
    return (ord(term[0]) * _FIRST + second * _SECOND) % shards


class Gathering:
    """The terms of documents that come in rising order."""

    def __init__(self, shards: int) -> None:
        self.shards = shards
        self._found: Counter[str] = Counter()
        self._lists: defaultdict[int, list[int]] = defaultdict(list)
        self._packed = _Packed(shards)
        self._is_parted = False
        self._waiting = self._places = 0

    def add(self, document: int, folded: str) -> None:
        """Note the terms of one document."""
        pairs = pairs_of(f"{folded}\n")  # so that each character begins one
        for documents in map(self._lists.__getitem__, pairs):
            documents.append(document)
        self._waiting += 1
        self._places += len(pairs)
        held = len(self._lists)
        if held > MOST_LISTS or self._places > max(AT_LEAST, A_LIST * held):
            self._is_parted = True
            self._pack(_part)

    def shard(self, number: int) -> str:
        """One file: a line a term, its documents behind a blank."""
        self._finish()
        lines = self._packed.lines(number)
        if self._is_parted:
            lines = _joined(lines)
        return "".join(("\n", *sorted(lines)))

    def common(self, documents: int) -> tuple[str, ...]:
        """The pairs that many documents hold, the most common first."""
        self._finish()
        least = max(LEAST_COMMON, documents * COMMON_SHARE)
        known = ((t, n) for t, n in self._found.items() if n >= least)
        ranked = sorted(known, key=lambda pair: (-pair[1], pair[0]))
        return tuple(term for term, _ in ranked[:MOST_COMMON])

    def _finish(self) -> None:
        if self._waiting:
            self._pack(_part if self._is_parted else _whole)

    def _pack(self, line: Callable[[str, Sequence[int]], str]) -> None:
        """Write what waits as such lines; most terms have few documents only."""
        least = self._waiting * COMMON_SHARE / 2
        firsts, seconds = _Weights(_FIRST), _Weights(_SECOND)
        for first, second, documents in self._terms():
            if second and len(documents) >= least:
                self._found[first + second] += len(documents)
            shard = (firsts[first] + seconds[second]) % self.shards
            self._packed.put(shard, line(first + second, documents))
        self._packed.settle()
        self._lists.clear()
        self._waiting = self._places = 0

    def _terms(self) -> Iterator[Found]:
        """What waits: every pair, and every character by the pairs that it begins."""
        told = array("Q", self._lists).tobytes().decode(_ENCODING, "surrogatepass")
        begun: defaultdict[str, list[list[int]]] = defaultdict(list)
        pairs = zip(told[::2], told[1::2], self._lists.values(), strict=True)
        for first, second, documents in pairs:
            begun[first].append(documents)
            if not (second.isspace() or first.isspace()):
                yield first, second, documents
        for character, lists in begun.items():
            if not character.isspace():
                yield character, "", sorted(set().union(*lists))


class _Packed:
    """Lines by shard, in a file without a name as soon as they are many."""

    def __init__(self, shards: int) -> None:
        self._file = SpooledTemporaryFile(HELD)  # noqa: SIM115 - closed with this
        finalize(self, self._file.close)
        self._bounds: list[array[int]] = []
        self._waiting: list[list[str]] = [[] for _ in range(shards)]
        self._count = 0

    def put(self, shard: int, line: str) -> None:
        """Keep a line, which ends with a line's end."""
        self._waiting[shard].append(line)
        self._count += 1
        if self._count >= LINES:
            self.settle()

    def settle(self) -> None:
        """Write what waits."""
        start = self._file.seek(0, os.SEEK_END)
        packed = ["".join(lines).encode() for lines in self._waiting]
        self._bounds.append(array("Q", accumulate(map(len, packed), initial=start)))
        self._file.writelines(packed)
        self._count = 0
        for lines in self._waiting:
            lines.clear()

    def lines(self, shard: int) -> list[str]:
        """The lines of a shard, in the order in which they came."""
        pieces: list[bytes] = []
        for bounds in self._bounds:
            self._file.seek(bounds[shard])
            pieces.append(self._file.read(bounds[shard + 1] - bounds[shard]))
        # Not ``splitlines``, which parts at more than a line's end.
        return [f"{line}\n" for line in b"".join(pieces).decode().split("\n")[:-1]]


class _Weights(dict[str, int]):
    """What a character adds to the number of its file; a missing one adds nothing."""

    def __init__(self, factor: int) -> None:
        super().__init__({"": 0})
        self._factor = factor

    def __missing__(self, character: str) -> int:
        weight = self[character] = ord(character) * self._factor
        return weight


def _whole(term: str, documents: Sequence[int]) -> str:
    """The line of a term that is in no other part."""
    if len(documents) == 1:
        return f"{term} {CODES[documents[0] + 1]}\n"
    return f"{term} {shorter(_gaps(-1, documents), documents[-1])}\n"


def _part(term: str, documents: Sequence[int]) -> str:
    """The line of one part: the first document, the last, the gaps between."""
    first = documents[0]
    if len(documents) == 1:
        return f"{term} {first}\n"
    return f"{term} {first} {documents[-1]} {_gaps(first, documents[1:])}\n"


def _gaps(before: int, documents: Sequence[int]) -> str:
    gaps = map(sub, documents, [before, *documents[:-1]])
    return "".join(map(CODES.__getitem__, gaps))


def _joined(lines: Iterable[str]) -> list[str]:
    """The lines of whole terms, put together from those of parts."""
    last: dict[str, str] = {}
    written: dict[str, str] = {}
    for line in lines:
        term, first, *more = line[:-1].split(" ")
        final, rest = more or (first, "")
        before = last.get(term)
        if before is None:
            written[term] = f"{CODES[int(first) + 1]}{rest}"
        else:
            gap = CODES[int(first) - int(before)]
            written[term] = f"{written[term]}{gap}{rest}"
        last[term] = final
    return [f"{t} {shorter(told, int(last[t]))}\n" for t, told in written.items()]
