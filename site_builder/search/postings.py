"""Which document holds which term, as text that a small script can read.

A term is one character or two neighbours of the folded text. The documents of a term
are written as gaps, a gap as digits to the base of 44: one alphabet for a digit that
goes on, one for the last. Small gaps take one character, and neither double quotes nor
escapes occur. Of a long list whose documents lie close a sign says of each six numbers
which of them are meant: among 50,000 documents no list takes more than 8.4 KB.
"""

from __future__ import annotations

import os
import re
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add, sub
from tempfile import SpooledTemporaryFile
from weakref import finalize

BASE = 44
SYMBOLS = "".join(chr(c) for c in range(33, 127) if chr(c) not in "\"\\<>&'")
MORE, LAST = SYMBOLS[:BASE], SYMBOLS[BASE:]
A_SIGN = 6  # numbers that one sign tells of
DENSE = "'"  # begins documents that are told by signs
LONG = 8000  # characters of a list beyond which the shorter way is worth its time
_ENDS = LAST.encode()
_LONG = re.compile(f"[{re.escape(MORE)}]+[{re.escape(LAST)}]")
_SIGNS = SYMBOLS[: 1 << A_SIGN].encode().ljust(256)
CHUNK = 1000  # documents whose terms are held as lists at a time
HELD = 1 << 21  # bytes of packed terms that are held in memory
KNOWN = 10_000  # gaps that are remembered as text
_FIRST, _SECOND = 7919, 104729  # primes, so that neighbours fall apart
MOST_COMMON = 300
COMMON_SHARE = 0.05
LEAST_COMMON = 40  # in a small site every term is rare enough
_ENCODING = f"utf-32-{sys.byteorder[0]}e"  # four bytes a character, as numbers lie
_A_PAIR = 8


class _Codes(dict[int, str]):
    """Gaps as text, less one, remembered: they are few and small."""

    def __missing__(self, number: int) -> str:
        code = write_number(number - 1)
        if number < KNOWN:
            self[number] = code
        return code


def write_number(number: int) -> str:
    """A number from 0 up as text, the lowest digit first."""
    written = ""
    while number >= BASE:
        written += MORE[number % BASE]
        number //= BASE
    return written + LAST[number]


def write_numbers(numbers: Iterable[int]) -> str:
    """Numbers one after the other."""
    return "".join(map(write_number, numbers))


def read_numbers(text: str) -> list[int]:
    """The numbers that ``write_numbers`` wrote."""
    numbers, number, weight = [], 0, 1
    for symbol in text:
        digit = SYMBOLS.index(symbol)
        number += digit % BASE * weight
        weight *= BASE
        if digit >= BASE:
            numbers.append(number)
            number, weight = 0, 1
    return numbers


_CODES = _Codes()


# A byte for each number that a gap of one character reaches over, the last one set.
_RUNS = {ord(code): bytes(gap) + b"\1" for gap, code in enumerate(LAST)}


def _set_bytes(gaps: str) -> bytes:
    """A byte for each number as far as the last document, 1 for documents."""
    told = gaps.encode()
    if not told.translate(None, _ENDS):  # no gap takes more than a character
        return b"".join(map(_RUNS.__getitem__, told))
    short, long = _LONG.split(gaps), _LONG.findall(gaps)
    reached = [bytes(gap) + b"\1" for gap in map(_gap, long)]
    runs = [b"".join(map(_RUNS.__getitem__, part.encode())) for part in short]
    return b"".join(map(add, runs, [*reached, b""]))


def _gap(code: str) -> int:
    return read_numbers(code)[0]


def write_documents(documents: Sequence[int]) -> str:
    """Rising documents, the shorter of the two ways."""
    if not documents:
        return ""
    gaps = map(sub, documents, [-1, *documents[:-1]])
    return shorter("".join(map(_CODES.__getitem__, gaps)), documents[-1])


def shorter(gaps: str, last: int) -> str:
    """Documents that were written as gaps; many as signs of six, where that is shorter.

    ``last`` is the last of them.
    """
    if len(gaps) <= max(LONG, last // A_SIGN + 2):
        return gaps
    told = _set_bytes(gaps)
    # All first numbers of a sign at once, as one long number, then all second ones.
    signs = sum(int.from_bytes(told[n::A_SIGN], "little") << n for n in range(A_SIGN))
    whole = signs.to_bytes(last // A_SIGN + 1, "little")
    return DENSE + whole.translate(_SIGNS).decode()


def read_documents(text: str) -> list[int]:
    """The documents that ``write_documents`` wrote."""
    if text.startswith(DENSE):
        signs = enumerate(map(SYMBOLS.index, text[1:]))
        places = (
            (n * A_SIGN + place, sign >> place)
            for n, sign in signs
            for place in range(A_SIGN)
        )
        return [number for number, rest in places if rest & 1]
    documents, last = [], -1
    for gap in read_numbers(text):
        last += gap + 1
        documents.append(last)
    return documents


def terms_of(folded: str) -> set[str]:
    """Every character of a text and every two neighbours, but for blanks."""
    runs = folded.split()
    terms = set("".join(runs))
    for run in runs:
        terms.update(map(add, run, run[1:]))
    return terms


def pairs_of(text: str) -> set[int]:
    """Every two neighbours of a text as a number each, blanks too.

    Numbers are made and told apart in a third of the time of texts.
    """
    told = memoryview(text.encode(_ENCODING, "surrogatepass"))
    pairs: set[int] = set()
    for start in (told, told[_A_PAIR // 2 :]):
        pairs.update(start[: len(start) // _A_PAIR * _A_PAIR].cast("Q"))
    return pairs


def pair_texts(pairs: Iterable[int]) -> Iterator[str]:
    """The two characters of each number of ``pairs_of``, all decoded at once."""
    told = array("Q", pairs).tobytes().decode(_ENCODING, "surrogatepass")
    return map(add, told[::2], told[1::2])


def shard_of(term: str, shards: int) -> int:
    """Which of so many files holds the term."""
    second = ord(term[1]) if len(term) > 1 else 0
    return (ord(term[0]) * _FIRST + second * _SECOND) % shards


class Gathering:
    """The terms of documents that come in rising order, in little memory.

    A thousand documents are gathered as lists; then they are packed, by shard, into a
    file without a name as soon as they are many.
    """

    def __init__(self, shards: int) -> None:
        self.shards = shards
        self._found: Counter[str] = Counter()
        self._lists: defaultdict[int, list[int]] = defaultdict(list)
        self._packed = SpooledTemporaryFile(HELD)  # noqa: SIM115 - closed with this
        self._bounds: list[array[int]] = []
        self._waiting = 0
        finalize(self, self._packed.close)

    def add(self, document: int, folded: str) -> None:
        """Note the terms of one document."""
        pairs = pairs_of(f"{folded}\n")  # so that each character begins one
        for documents in map(self._lists.__getitem__, pairs):
            documents.append(document)
        self._waiting += 1
        if self._waiting == CHUNK:
            self._pack()

    def shard(self, number: int) -> str:
        """One file: a line a term, its documents behind a blank."""
        self._pack()
        last: dict[str, str] = {}
        written: dict[str, str] = {}
        for bounds in self._bounds:
            self._packed.seek(bounds[number])
            lines = self._packed.read(bounds[number + 1] - bounds[number])
            for line in lines.decode().split("\n")[:-1]:
                term, first, *more = line.split(" ")
                final, rest = more or (first, "")
                before = last.get(term)
                if before is None:
                    written[term] = f"{_CODES[int(first) + 1]}{rest}"
                else:
                    gap = _CODES[int(first) - int(before)]
                    written[term] = f"{written[term]}{gap}{rest}"
                last[term] = final
        told = (f"{t} {shorter(written[t], int(last[t]))}\n" for t in sorted(written))
        return "\n" + "".join(told)

    def common(self, documents: int) -> tuple[str, ...]:
        """The pairs that many documents hold, the most common first."""
        self._pack()
        least = max(LEAST_COMMON, documents * COMMON_SHARE)
        known = ((t, n) for t, n in self._found.items() if n >= least)
        ranked = sorted(known, key=lambda pair: (-pair[1], pair[0]))
        return tuple(term for term, _ in ranked[:MOST_COMMON])

    def _pack(self) -> None:
        """Write what waits as lines by shard; most terms have one document only."""
        if not self._waiting:
            return
        shards: list[list[str]] = [[] for _ in range(self.shards)]
        least = self._waiting * COMMON_SHARE / 2
        for term, documents in self._terms():
            first, count = documents[0], len(documents)
            if count == 1:
                line = f"{term} {first}\n"
            else:
                gaps = map(sub, documents[1:], documents)
                rest = "".join(map(_CODES.__getitem__, gaps))
                line = f"{term} {first} {documents[-1]} {rest}\n"
                if count >= least and len(term) > 1:
                    self._found[term] += count
            shards[shard_of(term, self.shards)].append(line)
        start = self._packed.seek(0, os.SEEK_END)
        packed = ["".join(lines).encode() for lines in shards]
        self._bounds.append(array("Q", accumulate(map(len, packed), initial=start)))
        self._packed.writelines(packed)
        self._lists.clear()
        self._waiting = 0

    def _terms(self) -> Iterator[tuple[str, list[int]]]:
        """What waits: every character, by the pairs that it begins, and every pair."""
        begun: defaultdict[str, list[tuple[str, list[int]]]] = defaultdict(list)
        for pair in zip(pair_texts(self._lists), self._lists.values(), strict=True):
            begun[pair[0][0]].append(pair)
        for character, pairs in begun.items():
            if not character.isspace():
                yield character, sorted(set().union(*(found for _, found in pairs)))
                yield from (pair for pair in pairs if not pair[0][1].isspace())


def documents_by(groups: Iterable[tuple[int, Iterable[str]]]) -> Iterator[str]:
    """Lines of documents by group (a town, a topic), for groups that are filters."""
    found: dict[str, list[int]] = {}
    for document, names in groups:
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(document)
    for name, documents in sorted(found.items()):
        yield f"{name} {write_documents(documents)}\n"
