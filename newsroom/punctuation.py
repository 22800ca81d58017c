"""Punctuation that a proof-reader would mark; the place is shown, nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.rules import CheckRules
from newsroom.story import Finding, FindingLevel, StoryKind

# Verbs that Chinese doubles for a short act: 研究研究.
_REPEATABLE = frozenset(
    {"研究", "商量", "讨论", "休息", "锻炼", "学习", "交流", "了解", "考虑", "体验"}
    | {"尝试", "活动", "总结", "比划", "放松", "收拾", "介绍", "照顾", "鼓励", "感受"}
    | {"准备", "参观", "整理", "调整", "打扫", "教育", "检验", "打听"}
)
_EXCLAMATION = re.compile(r"！+(?![”’」』])")


def find_punctuation(
    text: str, rules: CheckRules, kind: StoryKind | None
) -> Iterator[Finding]:
    """Half-width marks, unpaired quotes, dots, stray commas, doubled words."""
    yield from _pattern(
        text, rules.half_width, "half_width", FindingLevel.WARN, "中文里用了半角标点"
    )
    yield from _pattern(
        text, rules.dots, "dots", FindingLevel.HINT, "省略号应为“……”，句号只用一个"
    )
    yield from _pattern(
        text,
        rules.comma_before_predicate,
        "comma",
        FindingLevel.WARN,
        "主语和谓语之间多了标点",
    )
    yield from _pattern(
        text,
        rules.quote_in_title,
        "quote_in_title",
        FindingLevel.WARN,
        "书名号里的引号位置不对",
    )
    yield from _unbalanced(text, rules)
    yield from _repeated(text, rules)
    if kind in {None, StoryKind.NEWS, StoryKind.BRIEF}:
        yield from _pattern(
            text, _EXCLAMATION, "exclamation", FindingLevel.HINT, "消息里慎用感叹号"
        )


def _pattern(
    text: str, pattern: re.Pattern[str], rule: str, level: FindingLevel, why: str
) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        yield Finding(rule, level, match[0], match.start(), match.end(), why)


def _unbalanced(text: str, rules: CheckRules) -> Iterator[Finding]:
    """The first unpaired mark of each kind in each paragraph."""
    start = 0
    for line in text.split("\n"):
        for pair in rules.unbalanced:
            opener, closer = pair[0], pair[1]
            place = _unpaired(line, opener, closer)
            if place is not None:
                yield Finding(
                    "unbalanced",
                    FindingLevel.WARN,
                    line[place],
                    start + place,
                    start + place + 1,
                    f"{opener}{closer}没有成对",
                )
        start += len(line) + 1


def _unpaired(line: str, opener: str, closer: str) -> int | None:
    open_at: list[int] = []
    for place, character in enumerate(line):
        if character == opener:
            open_at.append(place)
        elif character == closer:
            if not open_at:
                return place
            open_at.pop()
    return open_at[0] if open_at else None


def _repeated(text: str, rules: CheckRules) -> Iterator[Finding]:
    if rules.repeat is None:
        return
    for match in rules.repeat.finditer(text):
        if match[1] not in _REPEATABLE and not match[1].startswith("一"):
            yield Finding(
                "repeat",
                FindingLevel.HINT,
                match[0],
                match.start(),
                match.end(),
                "词语重复",
                f"请看是不是多打了“{match[1]}”",
            )
