"""Two towns' reports of one event: where their numbers differ, what each adds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from newsroom.body import Block, Body, Paragraph, Run, Subhead
from newsroom.facts import NumberPlace, find_number_places
from newsroom.text import join_name

# Words on each side of a number that say what it counts.
_AROUND = 10
_CLAUSE = re.compile(r"[，。；、！？：\n]")
_ALIKE = 0.5
_SHARED = 2
# One thing counted in two ways of speaking.
_SAME_MEASURE = {
    "名": "人",
    "位": "人",
    "多人": "人",
    "余人": "人",
    "%": "%",
    "％": "%",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing of which two texts give different numbers, each as it stands there."""

    first: NumberPlace
    second: NumberPlace


class Keep(Enum):
    """Which number of a conflict holds; both, when they count different things."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict with the editor's answer."""

    conflict: Conflict
    keep: Keep


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph of the second text; ``is_new`` when the first has none like it."""

    text: str
    is_new: bool


def find_conflicts(first: str, second: str) -> tuple[Conflict, ...]:
    """Where the two texts seem to count the same thing differently.

    Two numbers belong together when they have one measure and like words around
    them, or when each text has a single number of that measure. What both texts say
    alike is no conflict.
    """
    ours, theirs = _distinct(first), _distinct(second)
    agreed = {_key(p) for p in ours} & {_key(p) for p in theirs}
    ours = [p for p in ours if _key(p) not in agreed]
    theirs = [p for p in theirs if _key(p) not in agreed]
    pairs = sorted(
        (
            (_shared(a, first, b, second), -n, a, b)
            for n, a in enumerate(ours)
            for b in theirs
            if _measure(a) == _measure(b)
        ),
        key=lambda pair: (-pair[0], -pair[1], pair[3].start),
    )
    found: list[Conflict] = []
    taken: set[NumberPlace] = set()
    for shared, _, a, b in pairs:
        alone = _count(ours, a) == _count(theirs, b) == 1
        if a not in taken and b not in taken and (shared >= _SHARED or alone):
            found.append(Conflict(a, b))
            taken |= {a, b}
    return tuple(sorted(found, key=lambda one: one.first.start))


def settle(text: str, conflict: Conflict) -> str:
    """The text with the second number of a conflict wherever the first one stood."""
    wanted = _key(conflict.first)
    for place in reversed(find_number_places(text)):
        if _key(place) == wanted:
            text = text[: place.start] + conflict.second.written + text[place.end :]
    return text


def compare_paragraphs(first: Iterable[str], second: Iterable[str]) -> tuple[Told, ...]:
    """The paragraphs of the second text, each with whether the first tells it too."""
    known = [_pairs(text) for text in first]
    return tuple(
        Told(text, all(_likeness(_pairs(text), other) < _ALIKE for other in known))
        for text in second
        if text.strip()
    )


def likeness(first: str, second: str) -> float:
    """How much two texts share, 0 to 1: pairs of characters of the shorter one."""
    one, other = _pairs(first), _pairs(second)
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def merge_bodies(
    lead: Body, second: Body, take: Sequence[int], settled: Sequence[Settled]
) -> Body:
    """The lead's text, then the chosen blocks of the second, with one set of numbers.

    ``take`` are places in the second body, counted from 0.
    """
    ours = [one.conflict for one in settled if one.keep is Keep.SECOND]
    theirs = [
        Conflict(one.conflict.second, one.conflict.first)
        for one in settled
        if one.keep is Keep.FIRST
    ]
    taken = [second.blocks[n] for n in sorted(set(take)) if n < len(second.blocks)]
    return Body(
        (
            *(_settled(block, ours) for block in lead.blocks),
            *(_settled(block, theirs) for block in taken),
        )
    )


def joint_names(names: Sequence[str | None]) -> str | None:
    """The authors of both texts, each once, e.g. ``李某文、孙某``; None for nobody."""
    single = [
        one for name in names if name for one in name.replace(",", "、").split("、")
    ]
    kept = {join_name(one): one.strip() for one in reversed(single) if one.strip()}
    return "、".join(reversed(kept.values())) or None


def _settled(block: Block, conflicts: Sequence[Conflict]) -> Block:
    match block:
        case Paragraph(runs):
            return Paragraph(tuple(_settled_run(run, conflicts) for run in runs))
        case Subhead(text, level):
            return Subhead(_settled_text(text, conflicts), level)
    return block


def _settled_run(run: Run, conflicts: Sequence[Conflict]) -> Run:
    return replace(run, text=_settled_text(run.text, conflicts))


def _settled_text(text: str, conflicts: Sequence[Conflict]) -> str:
    for conflict in conflicts:
        text = settle(text, conflict)
    return text


def _distinct(text: str) -> list[NumberPlace]:
    """The numbers of a text, one place each: the last, where most words stand."""
    return sorted(
        {_key(place): place for place in find_number_places(text)}.values(),
        key=lambda place: place.start,
    )


def _key(place: NumberPlace) -> tuple[str, str]:
    return place.number, _measure(place)


def _measure(place: NumberPlace) -> str:
    return _SAME_MEASURE.get(place.measure, place.measure)


def _count(places: Iterable[NumberPlace], like: NumberPlace) -> int:
    return sum(_measure(place) == _measure(like) for place in places)


def _shared(a: NumberPlace, first: str, b: NumberPlace, second: str) -> int:
    """How many pairs of characters stand around both numbers."""
    return len(_pairs(_words(a, first)) & _pairs(_words(b, second)))


def _words(place: NumberPlace, text: str) -> str:
    before = _CLAUSE.split(text[max(0, place.start - _AROUND) : place.start])[-1]
    after = _CLAUSE.split(text[place.end : place.end + _AROUND])[0]
    return f"{before} {after}"


def _pairs(text: str) -> set[str]:
    letters = [c if c.isalpha() else " " for c in text]
    return {a + b for a, b in itertools.pairwise(letters) if " " not in {a, b}}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
