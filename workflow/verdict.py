"""A line of the check-up: what is well, what to mind, what to mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """How grave a line of the check-up is."""

    GOOD = "正常"
    MIND = "注意"
    MEND = "要修"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the subject, the verdict, what was seen, and the mend if any."""

    subject: str
    verdict: Verdict
    seen: str
    mend: str = ""
