"""Where the links of a text lead: each is looked at by name before it is published.

A link whose words name another address than it leads to is the trick of a forged
letter (reliability: A79).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newsroom.body import (
    Body,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)
from newsroom.story import Finding, FindingLevel

_TYPED = re.compile(
    r"(?:https?://|www\.)[\w.-]+(?::\d+)?(?:/[\w./?%&=#~+-]*)?",
    re.ASCII | re.IGNORECASE,
)


def body_links(body: Body) -> tuple[Run, ...]:
    """The linked stretches of a body, in reading order."""
    return tuple(
        run for block in body.blocks for run in _runs(block) if run.href is not None
    )


def find_links(text: str, links: tuple[Run, ...]) -> Iterator[Finding]:
    """A warning for every link of the body and every address typed into the text.

    ``text`` holds the words of the links in the order of ``links``.
    """
    taken: list[tuple[int, int]] = []
    begin = 0
    for run in links:
        start = text.find(run.text, begin)
        if start < 0 or not run.text:
            continue
        begin = start + len(run.text)
        taken.append((start, begin))
        yield _finding(run.text, start, run.href or "")
    for match in _TYPED.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield _finding(match[0], match.start(), match[0])


def _finding(words: str, start: int, href: str) -> Finding:
    host = _host(href)
    level, why = FindingLevel.WARN, f"链接通向 {host}"
    mend = "点开看过再登；不需要就去掉"
    typed = _TYPED.search(words)
    if typed is not None and _host(typed[0]) != host:
        level, why = FindingLevel.BLOCK, f"写的是 {_host(typed[0])}，链接却通向 {host}"
        mend = "多半是冒充的，请去掉链接"
    return Finding("link", level, words, start, start + len(words), why, mend)


def _host(href: str) -> str:
    """The host of an address, or the number and mailbox of tel: and mailto:."""
    told = href if "://" in href or not href.lower().startswith("www.") else f"//{href}"
    parts = urlsplit(told)
    return (parts.hostname or parts.path).lower().removeprefix("www.")


def _runs(block: object) -> tuple[Run, ...]:
    match block:
        case Paragraph(runs=runs) | Quote(runs=runs):
            return runs
        case ListBlock(entries=entries):
            return tuple(run for entry in entries for run in entry)
        case Table(rows=rows):
            return tuple(run for row in rows for cell in row for run in cell.runs)
    return ()
