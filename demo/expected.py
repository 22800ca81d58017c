"""What a sound product makes of the sample sites: expected.toml, with addresses.

Only tests read this; the demonstration itself does not know what is expected of it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from demo.articles import DemoArticle, articles
from demo.shapes import SHAPES


@dataclass(frozen=True, slots=True)
class Expected:
    """The expectations by key; ``note`` and the like stay in the file.

    Attributes:
        same: keys of one story each, first publication first (``s_`` keys are the
            towns' stories).
        different: keys that must stay separate stories.
        headline_only: key to the rule that holds its excerpt.
        not_news: key to why it is never the day's news.
        lost: key to why it cannot be had.
        late: key to why it cannot be had on its first morning; later it can.
        readable: key to a sentence that its text must contain.
        refused: key of a town's draft to why it is not taken.
        accept_refuses: those of ``refused`` that the door itself must stop.
    """

    same: tuple[tuple[str, ...], ...]
    different: tuple[tuple[str, ...], ...]
    headline_only: dict[str, str]
    not_news: dict[str, str]
    lost: dict[str, str]
    late: dict[str, str]
    readable: dict[str, str]
    refused: dict[str, str]
    accept_refuses: frozenset[str]


@cache
def expected() -> Expected:
    """What expected.toml says."""
    text = (Path(__file__).parent / "expected.toml").read_text(encoding="utf-8")
    data: dict[str, list[dict[str, Any]]] = tomllib.loads(text)

    def by_key(section: str, field: str) -> dict[str, str]:
        return {row["key"]: row[field] for row in data[section]}

    return Expected(
        same=tuple(tuple(row["keys"]) for row in data["same"]),
        different=tuple(tuple(row["keys"]) for row in data["different"]),
        headline_only=by_key("headline_only", "rule"),
        not_news=by_key("not_news", "reason"),
        lost=by_key("lost", "reason"),
        late=by_key("late", "reason"),
        readable=by_key("readable", "sentence"),
        refused=by_key("refused", "reason"),
        accept_refuses=frozenset(
            row["key"] for row in data["refused"] if row["accept_refuses"]
        ),
    )


def article(key: str) -> DemoArticle:
    """The sample article of this key."""
    return next(a for a in articles() if a.key == key)


def address(key: str, base: str) -> str:
    """The address of an article on a site that answers at ``base``."""
    one = article(key)
    return base + SHAPES[one.site].article_path(one, 1)
