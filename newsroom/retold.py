"""What a reprint made of a text: the sentences that it cut, reworded, and added.

Compared are sentences without their blanks and punctuation, so that another comma is
no change; the order of sentences counts for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from newsroom.addresses import canonical_address
from newsroom.body import Body
from newsroom.sentences import is_byline, sentences, without_dateline
from newsroom.story import Appearance, Retold, RetoldSentence, Story
from newsroom.text import fold, squeeze

# Two sentences that share so much are one that was reworded.
ALIKE = 0.6
MOST_KEPT = 40  # changed sentences that are kept to be shown side by side


def retold(told: Body, again: Body) -> Retold:
    """What became of the text ``told`` where it was printed ``again``."""
    before, after = _sentences(told), _sentences(again)
    cut = _missing(before, after)
    new = _missing(after, before)
    rows: list[RetoldSentence] = []
    for sentence in cut:
        match = _nearest(sentence, new)
        if match is not None:
            new.remove(match)
        rows.append(RetoldSentence(sentence, match))
    rows += [RetoldSentence(None, sentence) for sentence in new]
    return Retold(
        length=len(squeeze(again.text)),
        length_before=len(squeeze(told.text)),
        cut=sum(row.after is None for row in rows),
        reworded=sum(None not in (row.before, row.after) for row in rows),
        added=sum(row.before is None for row in rows),
        sentences=tuple(rows[:MOST_KEPT]),
    )


def with_retold(story: Story, texts: Mapping[str, Body]) -> Story:
    """The story whose publications say what they changed of it.

    Args:
        story: its own text is what the others are held against; where it was handed
            in, the first publication too.
        texts: by address what each publication says; of others nothing is said.
    """
    if not squeeze(story.body.text):
        return story
    by_address = {canonical_address(url): body for url, body in texts.items()}

    def compared(place: int, one: Appearance) -> Appearance:
        body = by_address.get(canonical_address(one.url))
        if body is None or not squeeze(body.text):
            return one
        is_its_own = place == 0 and not story.is_submission
        return replace(one, retold=None if is_its_own else retold(story.body, body))

    appearances = tuple(compared(n, a) for n, a in enumerate(story.appearances))
    return replace(story, appearances=appearances)


def _sentences(body: Body) -> list[str]:
    """The sentences of a text, without bylines and where a paper puts its own name."""
    return [
        sentence.strip()
        for line in body.text.splitlines()
        if not is_byline(line.strip())
        for sentence in sentences(without_dateline(line.strip()))
        if fold(sentence)
    ]


def _missing(here: list[str], there: list[str]) -> list[str]:
    """The sentences that stand here and not there."""
    left = Counter(map(fold, there))
    missing = []
    for sentence in here:
        key = fold(sentence)
        if left[key]:
            left[key] -= 1
        else:
            missing.append(sentence)
    return missing


def _nearest(sentence: str, others: list[str]) -> str | None:
    """The sentence that this one most likely became; None where there is none."""
    best, nearest = ALIKE, None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(sentence)
    for other in others:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
            ratio = matcher.ratio()
            if ratio >= best:
                best, nearest = ratio, other
    return nearest
