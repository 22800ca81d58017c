"""Punctuation that a proof-reader would mark; the place is shown, nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.mends import tell_mend
from newsroom.rules import CheckRules
from newsroom.story import Finding, FindingLevel, StoryKind

# Verbs that Chinese doubles for a short act: 研究研究.
_REPEATABLE = frozenset(
    {"研究", "商量", "讨论", "休息", "锻炼", "学习", "交流", "了解", "考虑", "体验"}
    | {"尝试", "活动", "总结", "比划", "放松", "收拾", "介绍", "照顾", "鼓励", "感受"}
    | {"准备", "参观", "整理", "调整", "打扫", "教育", "检验", "打听"}
)
_WIDE = dict(zip(",;:!?().", "，；：！？（）。", strict=True))
_STRAIGHT = '"'
_NO_BRACKET = re.compile(r"\s*(?:\d{1,2}|[a-zA-Z一二三四五六七八九十①-⑩]{1,3})[）)]")
_FEW_STOPS = 2  # three and more were meant as dots
_EXCLAMATION = re.compile(r"！+(?![”’」』])")


def find_punctuation(
    text: str, rules: CheckRules, kind: StoryKind | None
) -> Iterator[Finding]:
    """Half-width marks, unpaired quotes, dots, stray commas, doubled words."""
    yield from _half_width(text, rules)
    yield from _dots(text, rules)
    if rules.doubled is not None:
        yield from _pattern(
            text, rules.doubled, "doubled", FindingLevel.WARN, "标点多打了"
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


def _half_width(text: str, rules: CheckRules) -> Iterator[Finding]:
    for match in rules.half_width.finditer(text):
        wide = _wide(text, match.start())
        yield Finding(
            "half_width",
            FindingLevel.WARN,
            match[0],
            match.start(),
            match.end(),
            "中文里用了半角标点",
            tell_mend(wide) if wide else None,
        )


def _wide(text: str, place: int) -> str:
    """The mark of full width; a straight quotation mark opens where none is open."""
    if text[place] != _STRAIGHT:
        return _WIDE.get(text[place], "")
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return "”" if line.count(_STRAIGHT) % 2 else "“"


def _dots(text: str, rules: CheckRules) -> Iterator[Finding]:
    for match in rules.dots.finditer(text):
        is_stop = match[0] == "。" * len(match[0])
        right = "。" if is_stop and len(match[0]) <= _FEW_STOPS else "……"
        yield Finding(
            "dots",
            FindingLevel.HINT,
            match[0],
            match.start(),
            match.end(),
            "省略号应为“……”，句号只用一个",
            tell_mend(right),
        )


def _pattern(
    text: str, pattern: re.Pattern[str], rule: str, level: FindingLevel, why: str
) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        yield Finding(rule, level, match[0], match.start(), match.end(), why)


def _unbalanced(text: str, rules: CheckRules) -> Iterator[Finding]:
    """The first unpaired mark of each kind in each paragraph."""
    start = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        for pair in rules.unbalanced:
            opener, closer = pair[0], pair[1]
            place = _unpaired(line, opener, closer)
            if place is not None and not _goes_on(line[place], opener, following):
                yield Finding(
                    "unbalanced",
                    FindingLevel.WARN,
                    line[place],
                    start + place,
                    start + place + 1,
                    f"{opener}{closer}没有成对",
                )
        start += len(line) + 1


def _goes_on(mark: str, opener: str, following: str) -> bool:
    """A quotation of several paragraphs: each opens it again, the last one closes."""
    return mark == opener and following.lstrip().startswith(opener)


def _unpaired(line: str, opener: str, closer: str) -> int | None:
    open_at: list[int] = []
    counted = _NO_BRACKET.match(line)
    for place, character in enumerate(line):
        if _is_apart(line, place, counted):
            continue
        if character == opener:
            open_at.append(place)
        elif character == closer:
            if not open_at:
                return place
            open_at.pop()
    return open_at[0] if open_at else None


def _is_apart(line: str, place: int, counted: re.Match[str] | None) -> bool:
    """An apostrophe of a Latin word, or the bracket of a counted line: （1、1）."""
    if line[place] == "’":
        around = line[max(0, place - 1) : place] + line[place + 1 : place + 2]
        return around.isascii() and around.isalpha()
    return counted is not None and place == counted.end() - 1


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
