"""The order of a story's publications: who had it first, who reprinted it.

Sites of union offices name where they took a text from (来源：…), and many show no
hour. So among publications of one day the one that the others name as their source is
the first; then the shown hour counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from newsroom.article import CHINA
from newsroom.story import Appearance
from newsroom.text import fold

_SITE = re.compile(r"(?:演示|官方)?(?:网站|官网|网|客户端|公众号|微信)+$")


def in_order(appearances: Iterable[Appearance]) -> tuple[Appearance, ...]:
    """The publications, first one first and flagged."""
    known = tuple(appearances)
    ordered = sorted(known, key=lambda a: _rank(a, known))
    return tuple(replace(a, is_first=n == 0) for n, a in enumerate(ordered))


def is_named_source(appearance: Appearance, others: Sequence[Appearance]) -> bool:
    """Whether another publication names this one's site as where it comes from.

    A publication that itself names somebody else is a link in the chain, not its
    beginning.
    """
    mine = _owner(appearance.source_name)
    told = _owner(appearance.source_line or "")
    if told and told != mine and any(_owner(a.source_name) == told for a in others):
        return False
    return any(
        _owner(other.source_line or "") == mine
        for other in others
        if other.source_id != appearance.source_id
    )


def _owner(name: str) -> str:
    """Whose site or office this is: 枝江市总工会网 and 枝江市总工会 are one."""
    plain = re.sub(r"[（(].*?[)）]", "", name)
    return _SITE.sub("", fold(plain))


def _rank(
    appearance: Appearance, others: Sequence[Appearance]
) -> tuple[date, bool, bool, datetime, datetime, str]:
    seen = appearance.first_seen
    if appearance.published is None:
        return (date.max, True, True, seen, seen, appearance.url)
    shown = appearance.published.astimezone(CHINA)
    has_hour = (shown.hour, shown.minute, shown.second) != (0, 0, 0)
    return (
        shown.date(),
        not is_named_source(appearance, others),
        not has_hour,
        shown,
        seen,
        appearance.url,
    )
