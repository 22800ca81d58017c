"""The same news on several pages: reprints are found by hashes, proved by facts.

``sentence_hashes`` gives an index what to look up; ``same_news`` decides. Two towns
that share the text of one campaign are two stories: place, actor, date and numbers
must agree, not only the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zlib import crc32

from newsroom.sentences import without_dateline
from newsroom.story import Story

GRAM = 5
SKETCH = 40
_NOT_WORD = re.compile(r"[\W_]+")
_LOW = (1 << 31) - 1
_BYTES = 2  # a character in UTF-16


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
    encoded = _plain(_news_words(text)).encode("utf-16-le", "surrogatepass")
    if not encoded:
        return frozenset()
    size = GRAM * _BYTES
    last = max(1, len(encoded) - size + 1)
    grams = [encoded[i : i + size] for i in range(0, last, _BYTES)]
    by_hash = dict(zip(map(crc32, grams), grams, strict=True))
    chosen = sorted(by_hash)[:SKETCH]
    return frozenset((h << 31) | (crc32(by_hash[h][::-1]) & _LOW) for h in chosen)


def _plain(text: str) -> str:
    """As ``text.fold``, three times as fast: what is left is mostly normal already."""
    words = _NOT_WORD.sub("", text)
    return unicodedata.normalize("NFKC", words).casefold()


def _news_words(text: str) -> str:
    """The text without dateline."""
    return without_dateline(text.strip())


_SAME = 0.30
_EQUAL = 0.92  # such texts may lie years apart: old news under a new date
_AGREE = 0.4
_SURE = 0.55
_CERTAIN = 0.65
_SLACK = 0.28
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
    unions: frozenset[str]

    @property
    def facts(self) -> frozenset[str]:
        """All of them together."""
        return self.days | self.numbers | self.actors


# A number of two digits stands for itself, a single one needs its measure.
_NUMBER_TOKEN = re.compile(r"\d\d+(?:\.\d+)?|\d\.\d+|\d[\u4e00-\u9fff%℃]")
_DAY_TOKEN = re.compile(r"\d{1,2}月\d{1,2}日")
_ACTOR = re.compile(
    r"[\u4e00-\u9fff]{0,2}?[\u4e00-\u9fff]{2}(?:镇|乡|县|区|市|村|园|局)|"
    r"[\u4e00-\u9fff]{3}(?:街道|社区|公司|学校|医院)"
)
_HEADLINE_TOWN = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:镇|街道|乡)(?![\u4e00-\u9fff]?长)"
)
_UNION = re.compile(r"([\u4e00-\u9fff]{2})(?:镇|街道|乡|县|区|市)(?:总工会|工会)")
_SPEAKER = re.compile(r"[\u4e00-\u9fff]{2,3}(?=说|表示|介绍|告诉)")


@lru_cache(maxsize=4096)
def _features(news: NewsText) -> _Features:
    words = _news_words(news.text)
    plain = _plain(words)
    return _Features(
        grams=frozenset(plain[i : i + 4] for i in range(max(1, len(plain) - 3))),
        numbers=frozenset(_NUMBER_TOKEN.findall(_DAY_TOKEN.sub("", words))),
        days=frozenset(_DAY_TOKEN.findall(words)),
        actors=frozenset(_actors(words)) | frozenset(_SPEAKER.findall(words)),
        unions=frozenset(_UNION.findall(words)),
    )


def _actors(words: str) -> Iterator[str]:
    """Names of places and bodies, by their last characters."""
    for match in _ACTOR.finditer(words):
        yield match[0] if len(match[0]) > 4 else match[0][-3:]  # noqa: PLR2004 - 公司 and the like keep five


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
    if _units_differ(first.unit_ids, second.unit_ids):
        return "说的是不同的单位"
    if _towns_differ(first.headline, second.headline):
        return "标题写的是不同的镇街"
    apart = _days_apart(first.published, second.published)
    if share < _EQUAL and apart > _APART_DAYS:
        return f"发布相隔{apart}天"
    return _facts_disagree(one, two, share)


def _facts_disagree(one: _Features, two: _Features, share: float) -> str | None:
    places = _nothing_agrees("地点、单位或人物", one.actors, two.actors, least=1)
    if min(len(one.facts), len(two.facts)) < _TOLD:
        return _events_differ(one, two, least=1) or places
    # An editor who keeps the words keeps the facts: the more words are the same, the
    # more facts must be.
    agreed = _overlap(one.facts, two.facts)
    events = _events_differ(one, two, least=2)
    if agreed < max(_AGREE, share - _SLACK):
        return events or places or f"地点、日期、数字只有{agreed:.0%}一致"
    if agreed < _CERTAIN and _unions_differ(one.unions, two.unions):
        return "说的是不同地方的工会"
    return events if agreed < _SURE else None


def _events_differ(one: _Features, two: _Features, *, least: int) -> str | None:
    """Whether the days or the numbers agree in nothing."""
    return _nothing_agrees("日期", one.days, two.days, least=least) or _nothing_agrees(
        "数字", one.numbers, two.numbers, least=least
    )


def _nothing_agrees(
    sort: str, ours: frozenset[str], theirs: frozenset[str], *, least: int
) -> str | None:
    """A sort of fact that both texts tell so often without one in common."""
    told = min(len(ours), len(theirs)) >= least
    return f"{sort}不同" if told and not ours & theirs else None


def _units_differ(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether each text acts through a unit that the other does not even name."""
    return bool(one and two) and one[0] not in two and two[0] not in one


def _unions_differ(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether the acting unions bear names without a character in common.

    One common character is left to the other facts: an editor's slip may have
    changed the rest.
    """
    return bool(one and two) and not set("".join(one)) & set("".join(two))


def _towns_differ(first: str, second: str) -> bool:
    """Whether the headlines begin with the names of two towns."""
    one, two = _HEADLINE_TOWN.match(first), _HEADLINE_TOWN.match(second)
    if one is None or two is None:
        return False
    return not (one[0].endswith(two[0]) or two[0].endswith(one[0]))


def _days_apart(first: datetime | None, second: datetime | None) -> int:
    if first is None or second is None:
        return 0
    return abs((first - second).days)


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
