"""The proof-reader: every rule over one text, findings in reading order.

A help only: the final reviewer stays responsible.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from newsroom.leaders import find_leader_slips
from newsroom.personal_data import PREFIX, find_personal_data
from newsroom.punctuation import find_punctuation
from newsroom.rules import CheckRules
from newsroom.story import Finding, FindingLevel, StoryKind
from newsroom.wrong_words import (
    find_chair_decides,
    find_claims,
    find_cliches,
    find_placeholders,
    find_wrong_words,
)

_ALWAYS_PERSONAL = frozenset({"id18", "id15", "mobile", "bank", "wechat", "plate"})


def check_text(
    text: str,
    rules: CheckRules,
    *,
    on: date | None = None,
    kind: StoryKind | None = None,
) -> tuple[Finding, ...]:
    """Everything that a proof-reader would mark, by place.

    Args:
        text: headline and body, one paragraph a line; offsets point into it.
        rules: the office's lists.
        on: the day of the event, for titles that have ended.
        kind: the kind of writing; 消息 shuns exclamation marks.
    """
    found = [
        *find_personal_data(text, rules),
        *find_placeholders(text, rules),
        *find_chair_decides(text, rules),
        *find_wrong_words(text, rules),
        *find_leader_slips(text, rules.leaders, on=on),
        *find_claims(text, rules),
        *find_cliches(text, rules),
        *find_punctuation(text, rules, kind),
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


def check_foreign_text(text: str, rules: CheckRules) -> tuple[Finding, ...]:
    """What matters in a text of others: personal data and placeholders only."""
    found = [*find_personal_data(text, rules), *find_placeholders(text, rules)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


def holds_excerpt(findings: Iterable[Finding]) -> Finding | None:
    """The finding that forbids an excerpt: personal data or a placeholder.

    The headline stands, the characters go. None when the excerpt may be shown.
    """
    return next((finding for finding in findings if _holds(finding)), None)


def is_held_back(findings: Iterable[Finding]) -> Finding | None:
    """The first finding of level block, None when the text may pass 初审."""
    return next((f for f in findings if f.level is FindingLevel.BLOCK), None)


def _holds(finding: Finding) -> bool:
    if finding.rule == "placeholder":
        return True
    if not finding.rule.startswith(PREFIX):
        return False
    sort = finding.rule.removeprefix(PREFIX)
    return finding.level is FindingLevel.BLOCK or sort in _ALWAYS_PERSONAL
