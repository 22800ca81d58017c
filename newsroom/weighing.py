"""What makes a submission important (class B), by the office's own list (domain: 2.5).

A proposal only: an editor says by one click what it is. Class C is not proposed, it
is found (``chair_decides``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsroom.rules import CheckRules
from newsroom.story import Finding
from newsroom.submission import Submission
from newsroom.submission_checks import checked_text

_CITY_LEADER = "L9"


@dataclass(frozen=True, slots=True)
class Weight:
    """One reason to take a submission as important, and the words that gave it."""

    rule: str
    why: str
    text: str

    @property
    def key(self) -> str:
        """What names it where somebody has judged it; other words are another."""
        return f"{self.rule}|{self.text}"


def reasons_for_important(
    submission: Submission, findings: Iterable[Finding], rules: CheckRules
) -> tuple[Weight, ...]:
    """Why it should be class B, one reason a rule; none for an ordinary one."""
    leaders = tuple(
        Weight("leader", "写到市级领导", finding.text)
        for finding in findings
        if finding.rule == _CITY_LEADER
    )
    return (*leaders, *_listed(checked_text(submission), rules))


def _listed(text: str, rules: CheckRules) -> Iterator[Weight]:
    for rule in rules.important:
        hits = (found for p in rule.patterns if (found := p.search(text)))
        first = min(hits, key=lambda found: found.start(), default=None)
        if first is not None:
            yield Weight(rule.id, rule.why, first[0])
