"""Words that are wrong, need proof, say nothing, or are the chair's to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.personal_data import is_covered
from newsroom.rules import CheckRules
from newsroom.story import Finding, FindingLevel

CLICHE_MANY = 5
CLICHE_DENSE = 12.0  # in 1,000 characters
_CLICHE_FEW = 3
_JI = re.compile(
    r"(?<![自知克律利舍异律体])己(?=[经签完有于成达建被将由发覆开投向吸应办解落])"
)


def find_wrong_words(text: str, rules: CheckRules) -> Iterator[Finding]:
    """Each wrong word that no longer, right word covers."""
    for pair in rules.wrong_words:
        for start in places(text, pair.wrong, pair.unless):
            mend = f"改为“{pair.right}”" if pair.right else "建议删去或改写"
            yield Finding(
                "wrong_word",
                pair.level,
                pair.wrong,
                start,
                start + len(pair.wrong),
                f"“{pair.wrong}”是常见错误或不宜用语",
                mend,
            )
    for match in _JI.finditer(text):
        yield Finding(
            "ji_yi",
            FindingLevel.HINT,
            match[0],
            match.start(),
            match.end(),
            "“己”“已”“巳”易混",
            "请看是不是“已”",
        )


def find_claims(text: str, rules: CheckRules) -> Iterator[Finding]:
    """首个, 唯一 and the like, which need proof; the longest claim at a place."""
    taken: set[int] = set()
    for word in sorted(rules.claims, key=len, reverse=True):
        for start in places(text, word, rules.claims_unless.get(word, ())):
            if taken.intersection(range(start, start + len(word))):
                continue
            taken.update(range(start, start + len(word)))
            yield Finding(
                "claim",
                FindingLevel.WARN,
                word,
                start,
                start + len(word),
                "这样的说法要有依据",
                "写明依据，或改为平实的说法",
            )


def count_cliches(text: str, rules: CheckRules) -> int:
    """How many stock phrases the text holds."""
    return sum(text.count(word) for word in rules.cliches)


def is_full_of_cliches(text: str, rules: CheckRules) -> bool:
    """5 or more, or 12 or more in 1,000 characters (domain: 5.2)."""
    count = count_cliches(text, rules)
    return count >= CLICHE_MANY or (
        count >= _CLICHE_FEW and count * 1000 / len(text) >= CLICHE_DENSE
    )


def find_cliches(text: str, rules: CheckRules) -> Iterator[Finding]:
    """One hint for the whole text, never more."""
    if not is_full_of_cliches(text, rules):
        return
    used = [word for word in rules.cliches if word in text]
    start = text.find(used[0])
    yield Finding(
        "cliche",
        FindingLevel.HINT,
        used[0],
        start,
        start + len(used[0]),
        f"{len(text)}字里有{count_cliches(text, rules)}处套话：{'、'.join(used[:6])}",
        "换成具体的人、事、数字",
    )


def find_chair_decides(text: str, rules: CheckRules) -> Iterator[Finding]:
    """What only the chair may let out (class C): held, never lost."""
    for word in rules.chair_decides:
        for start in places(text, word, ()):
            yield Finding(
                "chair_decides",
                FindingLevel.BLOCK,
                word,
                start,
                start + len(word),
                "须由主席决定能否公开",
                "转主席阅定，暂不公开",
            )


def find_placeholders(text: str, rules: CheckRules) -> Iterator[Finding]:
    """What somebody meant to fill in and did not."""
    for pattern in rules.placeholders:
        for match in pattern.finditer(text):
            yield Finding(
                "placeholder",
                FindingLevel.BLOCK,
                match[0],
                match.start(),
                match.end(),
                "有没填完的地方",
                "补上内容或删去",
            )


def places(text: str, word: str, unless: tuple[str, ...]) -> Iterator[int]:
    """Where the word stands and no longer, right word covers it."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not is_covered(text, start, end, unless):
            yield start
        start = text.find(word, end)
