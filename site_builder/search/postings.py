"""Lists of documents, as text that a small script can read.

Documents are numbers from 0 up. Those of a term are written as gaps, a gap as digits to
the base of 44: one alphabet for a digit that goes on, one for the last. Small gaps take
one character, and neither double quotes nor escapes occur. Of a long list whose
documents lie close a sign says of each six numbers which of them are meant: among
50,000 documents no list takes more than 8.4 KB.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import add, sub

BASE = 44
SYMBOLS = "".join(chr(c) for c in range(33, 127) if chr(c) not in "\"\\<>&'")
MORE, LAST = SYMBOLS[:BASE], SYMBOLS[BASE:]
A_SIGN = 6  # numbers that one sign tells of
DENSE = "'"  # begins documents that are told by signs
LONG = 8000  # characters of a list beyond which the shorter way is worth its time
_ENDS = LAST.encode()
_LONG = re.compile(f"[{re.escape(MORE)}]+[{re.escape(LAST)}]")
_SIGNS = SYMBOLS[: 1 << A_SIGN].encode().ljust(256)
KNOWN = 10_000  # gaps that are remembered as text


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


CODES = _Codes()


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
    return shorter("".join(map(CODES.__getitem__, gaps)), documents[-1])


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


def documents_by(groups: Iterable[tuple[int, Iterable[str]]]) -> Iterator[str]:
    """Lines of documents by group (a town, a topic), for groups that are filters."""
    found: dict[str, list[int]] = {}
    for document, names in groups:
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(document)
    for name, documents in sorted(found.items()):
        yield f"{name} {write_documents(documents)}\n"
