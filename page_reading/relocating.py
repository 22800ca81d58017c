"""Where a redesigned site puts its list and its articles: found by known news.

Old titles and texts are looked for in the new page, and the selectors are those of the
elements that hold them. A selector is taken only when it is as simple as a person would
write it and finds what is known again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsroom.dates import read_date
from newsroom.text import clean_text, fold
from page_reading.document import Document, open_document, words_of
from page_reading.layout import Layout, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from newsroom.article import Article, Page

_FEWEST = 3
_MOST_STEPS = 4
_COVERED = 0.9
_LOOSE = 1.25
_SHORT_INFO = 120
_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{1,30}")
# A name with a number is made by a program and changes with the next build.
_UNSTEADY = re.compile(r"\d|^(?:on|cur|active|first|last|odd|even|hover|clearfix)$")


@dataclass(frozen=True, slots=True)
class _Known:
    """Titles and addresses by which a row is known again, folded."""

    titles: frozenset[str]
    addresses: frozenset[str]


def locate_list(page: Page, known: Mapping[str, str]) -> Layout | None:
    """The selectors of the rows of a list page, None when too little is found again.

    ``known`` gives the titles of known articles by their addresses.

    Raises:
        PageUnreadable: the page cannot be parsed.
    """
    document = open_document(page)
    wanted = _Known(frozenset(map(fold, known.values())), frozenset(known))
    links = [
        link for link in document.body.iter("a") if _is_known(document, link, wanted)
    ]
    rows = _rows_around(document, links)
    if len(rows) < _FEWEST:
        return None
    for selector in _common_selectors(rows):
        found = select(document.root, selector)
        if set(rows) <= set(found):
            return _with_inner(document, Layout(list_rows=selector), found, links)
    return None


def locate_article(pages: Sequence[tuple[Page, Article]]) -> Layout | None:
    """The selectors of headline, date and text, from articles whose reading is known.

    Each page is a known article as it looks now. None when no selector serves them all.

    Raises:
        PageUnreadable: a page cannot be parsed.
    """
    documents = [(open_document(page), article) for page, article in pages]
    if not documents:
        return None
    body = _shared(_body_selectors(*one) for one in documents)
    title = _shared(_title_selectors(*one) for one in documents)
    if not body and not title:
        return None
    info = _shared(_info_selectors(*one) for one in documents)
    return Layout(title=title, info=info, body=body)


def merge(first: Layout | None, second: Layout | None) -> Layout | None:
    """The list's selectors of one layout and the article's of another."""
    if first is None or second is None:
        return first or second
    return replace(second, list_rows=first.list_rows, list_link=first.list_link)


def _is_known(document: Document, link: _Element, known: _Known) -> bool:
    if document.resolve(link.get("href") or "") in known.addresses:
        return True
    words = fold(link.get("title") or words_of(link))
    cut = words.rstrip("….")
    return words in known.titles or (
        len(cut) >= 10 and any(title.startswith(cut) for title in known.titles)  # noqa: PLR2004 - a shorter start proves nothing
    )


def _rows_around(document: Document, links: Sequence[_Element]) -> list[_Element]:
    """For each known link the largest element that holds no other known link."""
    holders: Counter[_Element] = Counter()
    addresses: dict[_Element, set[str]] = {}
    for link in links:
        for step in (link, *link.iterancestors()):
            addresses.setdefault(step, set()).add(link.get("href") or "")
            holders[step] += 1
    rows: dict[_Element, None] = {}
    for link in links:
        row = link
        for step in link.iterancestors():
            if len(addresses[step]) > 1 or step is document.body:
                break
            row = step
        rows.setdefault(row)
    return list(rows)


def _common_selectors(rows: Sequence[_Element]) -> Iterator[str]:
    """Selectors of the most frequent kind of row, from the shortest on."""
    chains = Counter(tuple(_step(e) for e in _upwards(row)) for row in rows)
    chain = chains.most_common(1)[0][0]
    if chains[chain] < len(rows):
        chain = _common_start(list(chains))
    named = next((n for n, step in enumerate(chain) if _is_named(step)), None)
    if named is not None:
        yield " > ".join(reversed(chain[: named + 1]))
    for length in range(2, len(chain) + 1):
        yield " > ".join(reversed(chain[:length]))


def _upwards(row: _Element) -> list[_Element]:
    steps = [row, *row.iterancestors()]
    return [step for step in steps if step.tag not in {"html", "body"}][
        : _MOST_STEPS + 1
    ]


def _common_start(chains: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The steps that all chains share; where names differ, the bare tag."""
    common = []
    for steps in zip(*chains, strict=False):
        tags = {step.split(".")[0].split("#")[0] for step in steps}
        if len(set(steps)) == 1:
            common.append(steps[0])
        elif len(tags) == 1:
            common.append(tags.pop())
        else:
            break
    return tuple(common)


def _step(element: _Element) -> str:
    """An element as a person would write it: its id, its first steady class, its tag."""
    name = element.get("id") or ""
    if _NAME.fullmatch(name) and not _UNSTEADY.search(name):
        return f"{element.tag}#{name}"
    for one in (element.get("class") or "").split():
        if _NAME.fullmatch(one) and not _UNSTEADY.search(one):
            return f"{element.tag}.{one}"
    return str(element.tag)


def _is_named(step: str) -> bool:
    return "#" in step or "." in step


def _with_inner(
    document: Document,
    layout: Layout,
    rows: Sequence[_Element],
    links: Sequence[_Element],
) -> Layout:
    """The link's selector, where a row has several links of different kinds."""
    del document
    if max(len(list(row.iter("a"))) for row in rows) == 1:
        return layout
    steps = Counter(_step(link) for link in links)
    step, count = steps.most_common(1)[0]
    return replace(layout, list_link=step) if count == len(links) and _is_named(step) else layout  # fmt: skip


def _shared(offers: Iterable[list[str]]) -> str | None:
    """The first selector that every page offers."""
    lists = list(offers)
    return next((one for one in lists[0] if all(one in more for more in lists)), None)


def _body_selectors(document: Document, article: Article) -> list[str]:
    """Of the smallest element that holds the known text, and of those around it."""
    text = fold(article.body.text)
    paragraphs = [fold(line) for line in article.body.text.splitlines() if line.strip()]
    if not paragraphs:
        return []
    fitting = []
    for element in document.body.iter("*"):
        words = fold(words_of(element))
        if len(words) < _COVERED * len(text):
            continue
        found = sum(len(p) for p in paragraphs if p in words)
        if found >= _COVERED * sum(map(len, paragraphs)):
            fitting.append((len(words), element))
    if not fitting:
        return []
    least = min(size for size, _ in fitting)
    near = [element for size, element in fitting if size <= _LOOSE * least]
    return _sole(document, reversed(near))


def _title_selectors(document: Document, article: Article) -> list[str]:
    headline = fold(article.headline)
    exact = [e for e in document.body.iter("*") if fold(words_of(e)) == headline]
    return _sole(document, exact)


def _info_selectors(document: Document, article: Article) -> list[str]:
    """Of short elements that show the known day."""
    if article.published is None:
        return []
    showing = []
    for element in document.body.iter("*"):
        words = clean_text(words_of(element))
        if not 0 < len(words) <= _SHORT_INFO:
            continue
        reading = read_date(words, now=article.published)
        if reading and reading.value.date() == article.published.date():
            showing.append(element)
    return _sole(document, showing)


def _sole(document: Document, elements: Iterable[_Element]) -> list[str]:
    """Selectors that find their element first of all, named ones before bare tags."""
    found: dict[str, None] = {}
    for element in elements:
        own = _step(element)
        parent = element.getparent()
        around = f"{_step(parent)} > {own}" if parent is not None else own
        for selector in (own, around):
            if not _is_named(selector) and own != "h1":
                continue
            hits = select(document.root, selector)
            if hits and hits[0] is element:
                found.setdefault(selector)
    return list(found)
