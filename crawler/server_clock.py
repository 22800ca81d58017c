"""What time it is by a server's clock, as its answers tell (RFC 9110 6.6.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# A cache that says more than this of its age is not believed.
_OLDEST = 10 * 366 * 24 * 3600


def time_told(headers: Mapping[str, bytes | None]) -> datetime | None:
    """The time of an answer by its server's clock, aware; None where it told none.

    A cache hands the Date of the first answer on and says how old it is (Age).
    """
    try:
        told = parsedate_to_datetime((headers.get("Date") or b"").decode("latin-1"))
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        return told + timedelta(seconds=_age(headers.get("Age")))
    except (ValueError, OverflowError):
        return None


def _age(text: bytes | None) -> int:
    told = (text or b"").strip()
    return min(int(told), _OLDEST) if told.isdigit() else 0
