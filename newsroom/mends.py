"""A mend that one click can do, as words: told by a rule, read by the desk.

A finding is kept with its suggestion; what stands in 改为“…” is put in place of the
text found, letter for letter. Any other suggestion asks a person to write.
"""

from __future__ import annotations

import re

_TOLD = re.compile(r"改为“(.+)”", re.DOTALL)


def tell_mend(right: str) -> str:
    """The suggestion that says what belongs in the place of the words found."""
    return f"改为“{right}”"


def told_mend(suggestion: str | None) -> str | None:
    """The words that a suggestion puts in place, None when it only advises."""
    match = _TOLD.fullmatch(suggestion or "")
    return match[1] if match else None
