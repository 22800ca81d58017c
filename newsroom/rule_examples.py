"""Sentences to try a changed rule file on where no story of late is at hand.

They are the file's own words: what a changed line lists, right and wrong and
exceptions, each in a plain sentence. A rule that is written as a pattern has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsroom.rule_trials import Trial, TrialStory

_QUOTED = re.compile(r'"([^"\\]{1,40})"|\'([^\'\\]{1,40})\'')
_HAN = re.compile(r"[\u3400-\u9fff]")
_PATTERN = re.compile(r"[\\()\[\]{}|*+?^$]")
_HEADLINE = "例句"
_MOST = 200


def examples_of(before: str, after: str) -> tuple[TrialStory, ...]:
    """A sentence for every word on a line that came, went or was changed."""
    old, new = before.splitlines(), after.splitlines()
    went = _words_of(line for line in old if line not in set(new))
    came = _words_of(line for line in new if line not in set(old))
    # A line may hold many: those that stand in it before and after did not change.
    fresh = [*(w for w in came if w not in went), *(w for w in went if w not in came)]
    return tuple(
        TrialStory(word, _HEADLINE, f"稿件里写到{word}。")
        for word in (fresh or [*came])[:_MOST]
    )


def quiet_of(examples: tuple[TrialStory, ...], trial: Trial) -> tuple[str, ...]:
    """The words of the examples that nothing newly fires on, nor did before."""
    said = {hit.key for hit in (*trial.fires, *trial.falls_silent)}
    return tuple(one.key for one in examples if one.key not in said)


def _words_of(lines: Iterable[str]) -> dict[str, None]:
    """The words of these lines, in their order, without patterns and remarks."""
    found = (
        a or b
        for line in lines
        if not line.lstrip().startswith("#")
        for a, b in _QUOTED.findall(line)
    )
    return dict.fromkeys(filter(_is_word, found))


def _is_word(word: str) -> bool:
    return bool(_HAN.search(word)) and not _PATTERN.search(word)
