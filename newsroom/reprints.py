"""The same news on several pages: reprints are found by hashes, proved by facts.

``sentence_hashes`` gives an index what to look up; ``same_news`` decides. Two towns
that share the text of one campaign are two stories: place, actor, date and numbers
must agree, not only the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from zlib import crc32

from newsroom.sentences import without_dateline
from newsroom.story import Story
from newsroom.text import fold

GRAM = 5
SKETCH = 40
_MASK = (1 << 63) - 1
_BYTES = 4  # a character in UTF-32


@dataclass(frozen=True, slots=True)
class NewsText:
    """What is compared: words, shown time and the units spoken of (best first)."""

    headline: str
    text: str
    published: datetime | None = None
    unit_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sameness:
    """Whether two texts are the same news, the share of words, and why."""

    is_same: bool
    share: float
    reason: str


def sentence_hashes(text: str) -> frozenset[int]:
    """At most 40 stable 63-bit numbers that a reprint shares with its original.

    They are the smallest hashes of the text's 5-character pieces, so that edits,
    a cut lead or an added source line change only some. A text shorter than a piece
    gives one number, an empty one none.
    """
    plain = fold(_news_words(text))
    if not plain:
        return frozenset()
    if len(plain) <= GRAM:
        return frozenset({_hash(plain.encode("utf-32-le"))})
    encoded = plain.encode("utf-32-le")
    size = GRAM * _BYTES
    grams = {encoded[i : i + size] for i in range(0, len(encoded) - size + 1, _BYTES)}
    return frozenset(map(_hash, nsmallest(SKETCH, grams, key=crc32)))


def _hash(words: bytes) -> int:
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big") & _MASK


def _news_words(text: str) -> str:
    """The text without dateline."""
    return without_dateline(text.strip())


_SAME = 0.30
_EQUAL = 0.92
_AGREE = 0.5
_AGREE_FEW = 0.34
_TOLD = 3
_APART_DAYS = 60


def same_news(first: NewsText, second: NewsText) -> Sameness:
    """Whether both tell the same news, how many words they share, and the reason."""
    one, two = _features(first), _features(second)
    share = _overlap(one.grams, two.grams)
    if share < _SAME:
        return Sameness(False, share, f"文字只有{share:.0%}相同")
    apart = _different_facts(first, second, one, two, share)
    if apart:
        return Sameness(False, share, f"文字{share:.0%}相同，但{apart}")
    return Sameness(True, share, f"文字{share:.0%}相同，地点、日期和数字一致")


@dataclass(frozen=True, slots=True)
class _Features:
    """What of a text is compared."""

    grams: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    actors: frozenset[str]


_NUMBER_TOKEN = re.compile(r"\d+(?:\.\d+)?[\u4e00-\u9fff%℃]")
_DAY_TOKEN = re.compile(r"\d{1,2}月\d{1,2}日")
_ACTOR = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:镇|街道|乡|县|区|市|村|社区|公司|园|学校|医院|局)"
)
_SPEAKER = re.compile(r"[\u4e00-\u9fff]{2,3}(?=说|表示|介绍|告诉)")


@lru_cache(maxsize=4096)
def _features(news: NewsText) -> _Features:
    words = _news_words(news.text)
    plain = fold(words)
    return _Features(
        grams=frozenset(plain[i : i + 4] for i in range(max(1, len(plain) - 3))),
        numbers=frozenset(_NUMBER_TOKEN.findall(_DAY_TOKEN.sub("", words))),
        days=frozenset(_DAY_TOKEN.findall(words)),
        actors=frozenset(actor[-4:] for actor in _ACTOR.findall(news.headline + words))
        | frozenset(_SPEAKER.findall(words)),
    )


def _overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """The common part as a share of the smaller set."""
    smaller = min(len(one), len(two))
    return len(one & two) / smaller if smaller else 0.0


def _different_facts(
    first: NewsText,
    second: NewsText,
    one: _Features,
    two: _Features,
    share: float,
) -> str | None:
    """Which facts speak against the same news, None when none does."""
    if first.unit_ids and second.unit_ids and first.unit_ids[0] != second.unit_ids[0]:
        return "说的是不同的单位"
    apart = _days_apart(first.published, second.published)
    if share < _EQUAL and apart > _APART_DAYS:
        return f"发布相隔{apart}天"
    for name, ours, theirs in (
        ("日期", one.days, two.days),
        ("数字", one.numbers, two.numbers),
        ("地点、单位或人物", one.actors, two.actors),
    ):
        if min(len(ours), len(theirs)) >= 1 and not ours & theirs and share < _EQUAL:
            return f"{name}不同"
    specifics = _overlap(
        one.days | one.numbers | one.actors, two.days | two.numbers | two.actors
    )
    told = min(
        len(one.days | one.numbers | one.actors),
        len(two.days | two.numbers | two.actors),
    )
    if told >= _TOLD and specifics < _AGREE:
        return f"地点、日期、数字只有{specifics:.0%}一致"
    return None


def _days_apart(first: datetime | None, second: datetime | None) -> int:
    if first is None or second is None:
        return 0
    return abs((first - second).days)


def best_match(
    news: NewsText, others: Iterable[tuple[int, NewsText]]
) -> tuple[int, Sameness] | None:
    """Of numbered texts the one that tells the same news with the largest share."""
    judged = ((number, same_news(news, other)) for number, other in others)
    same = [pair for pair in judged if pair[1].is_same]
    return min(same, key=lambda pair: (-pair[1].share, pair[0]), default=None)


def materially_new(before: str, after: str) -> str | None:
    """What the later text of the same story adds, None when it adds nothing.

    New numbers or days, in at least two whole new sentences, make news again.
    """
    old, new = _features(NewsText("", before)), _features(NewsText("", after))
    fresh = sorted((new.numbers | new.days) - (old.numbers | old.days))
    added = len(new.grams - old.grams)
    if len(fresh) >= 2 and added >= _NEW_GRAMS:  # noqa: PLR2004 - one number may be a correction
        return f"新增内容：{'、'.join(fresh[:3])}"
    return None


_NEW_GRAMS = 40


def news_text(story: Story) -> NewsText:
    """What of a story is compared."""
    units = tuple(tag.id for tag in story.units if not tag.doubtful)
    return NewsText(story.headline, story.body.text, story.published, units)
