"""Made-up sentences for the patterns that a changed rule file writes: hits and misses.

A pattern has no words to show. Texts that it was written for, and the same with one
character less, let its writer see what it means; whether the rules really say
something of them is left to the rules. Made in the child that has a limit of time.
"""

from __future__ import annotations

import re
import string
import warnings
from collections.abc import Iterable, Iterator
from itertools import chain
from random import Random
from typing import Any

import rstr

from newsroom.rule_trials import TrialStory

HEADLINE = "照规则造的例句"
_QUOTED = re.compile(r"'([^'\n]+)'|\"((?:[^\"\\\n]|\\.)+)\"")
_PATTERN = re.compile(r"\\[dwsbDWSB.\d]|\[[^\]]+\]|\(\?|\|.*\)|\)[?*+{]|\{\d")
_MOST_PATTERNS = 12
_TRIES = 20
_LONGEST = 40
_KEPT = 3
# rstr takes what 「\W」 and 「[^…]」 leave in the order of a set: never twice the same
_NO_WORD = "".join(c for c in string.printable if not c.isalnum() and c != "_")


def pattern_examples(before: str, after: str) -> tuple[TrialStory, ...]:
    """Sentences for every pattern that came, went or was changed; mostly none did.

    The same files give the same sentences.
    """
    old, new = _patterns_of(before), _patterns_of(after)
    changed = [p for p in (*new, *old) if (p in old) != (p in new)]
    told = (text for one in changed[:_MOST_PATTERNS] for text in _texts(one))
    return tuple(
        TrialStory(text, HEADLINE, f"稿件里写到{text}，请看一看。")
        for text in dict.fromkeys(told)
    )


def _patterns_of(text: str) -> dict[str, None]:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    found = (a or b for line in lines for a, b in _QUOTED.findall(line))
    return dict.fromkeys(one for one in found if _PATTERN.search(one))


def _texts(pattern: str) -> Iterator[str]:
    """The shortest texts that a pattern finds, then each with a character less."""
    made = _Short(Random(0), nonword=_NO_WORD)  # noqa: S311 - the same for everybody, no secret
    try:
        with warnings.catch_warnings(action="ignore"):
            finds = re.compile(pattern)
            texts = [made.xeger(pattern) for _ in range(_TRIES)]
    except (re.error, KeyError, IndexError, RecursionError, OverflowError):
        return  # no pattern, or one that has no examples
    fit = sorted(_plain(texts, finds), key=lambda text: (len(text), text))
    chosen = tuple({text[0]: text for text in reversed(fit)}.values())[-_KEPT:]
    yield from chosen
    yield from filter(None, (_just_not(text, finds) for text in chosen))


class _Short(rstr.Rstr):
    """Repeats as seldom as the pattern allows: examples are to be read."""

    def _handle_in(self, value: Any) -> str:  # noqa: ANN401 - as rstr has it
        each = list(chain.from_iterable(self._handle_state(one) for one in value))
        if each[0] is False:
            each = [one for one in string.printable if one not in each[1:]]
        chosen: str = self._random.choice(each)
        return chosen

    def _handle_repeat(self, start_range: int, end_range: int, value: Any) -> str:  # noqa: ANN401 - as rstr has it
        least = min(start_range, _LONGEST)
        most = min(end_range, least + 1)
        return super()._handle_repeat(least, most, value)


def _just_not(text: str, finds: re.Pattern[str]) -> str:
    """The longest beginning of a text that is found no more."""
    while text and finds.search(text):
        text = text[:-1]
    return text


def _plain(texts: Iterable[str], finds: re.Pattern[str]) -> set[str]:
    """Those that are found and that a person can read: short, and of one line."""
    short = {text for text in texts if 0 < len(text) <= _LONGEST}
    return {text for text in short if text.isprintable() and finds.search(text)}
