"""Words that are wrong, need proof, say nothing, or are the chair's to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.mends import tell_mend
from newsroom.personal_data import is_covered
from newsroom.rules import CheckRules
from newsroom.story import Finding, FindingLevel

_WRONG = "错"  # the group of a pattern that holds the wrong word alone
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
            yield _wrong(pair.level, pair.wrong, start, pair.right)
    for one in rules.wrong_patterns:
        group = _WRONG if _WRONG in one.pattern.groupindex else 0
        for match in one.pattern.finditer(text):
            yield _wrong(one.level, match[group], match.start(group), one.right)
    for match in _JI.finditer(text):
        yield Finding(
            "ji_yi",
            FindingLevel.HINT,
            match[0],
            match.start(),
            match.end(),
            "“己”“已”“巳”易混，请看是不是“已”",
            tell_mend("已"),
        )


def _wrong(level: FindingLevel, wrong: str, start: int, right: str) -> Finding:
    mend = tell_mend(right) if right else "建议删去或改写"
    why = f"“{wrong}”是常见错误或不宜用语"
    return Finding("wrong_word", level, wrong, start, start + len(wrong), why, mend)


def find_claims(text: str, rules: CheckRules) -> Iterator[Finding]:
    """首个, 唯一 and the like, which need proof; the longest claim at a place."""
    taken: set[int] = set()
    for start, end in sorted(_claims(text, rules), key=lambda s: s[0] - s[1]):
        if taken.intersection(range(start, end)):
            continue
        taken.update(range(start, end))
        yield Finding(
            "claim",
            FindingLevel.WARN,
            text[start:end],
            start,
            end,
            "这样的说法要有依据",
            "写明依据，或改为平实的说法",
        )


def _claims(text: str, rules: CheckRules) -> Iterator[tuple[int, int]]:
    for word in rules.claims:
        for start in places(text, word, rules.claims_unless.get(word, ())):
            yield start, start + len(word)
    for pattern in rules.claim_patterns:
        yield from (match.span() for match in pattern.finditer(text))


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
    found = {m.span() for p in rules.placeholders for m in p.finditer(text)}
    last = 0
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start < last:
            continue
        last = end
        yield Finding(
            "placeholder",
            FindingLevel.BLOCK,
            text[start:end],
            start,
            end,
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
