"""What a page may cost a reader, and what it must bear, measured in a real browser."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Bytes on the wire, texts as a host sends them (gzip), pictures beside; and requests.
KB = 1000
FRONT, PLAIN = (100 * KB, 10), (40 * KB, 5)
BUDGETS = {
    "index.html": FRONT,
    "days/2026-09-18.html": FRONT,
    "briefing/2026-09-21.html": (100 * KB, 6),
    "stories/2026/1.html": FRONT,
    "stories/2026/6.html": PLAIN,
    "towns/index.html": PLAIN,
    "towns/afs.html": PLAIN,
    "topics/index.html": PLAIN,
    "sources/index.html": PLAIN,
    "archive/index.html": PLAIN,
    "status.html": PLAIN,
    "search/index.html": (40 * KB, 8),
    "404.html": (5 * KB, 1),
}
MOST_OF_A_KIND = {"css": 15 * KB, "js": 15 * KB}
MOST_OF_A_PICTURE = 120 * KB
MOST_SHIFT = 0.02
SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""
WIDER = "() => document.documentElement.scrollWidth > window.innerWidth"
BODY_SIZE = "() => parseFloat(getComputedStyle(document.body).fontSize)"
PARAGRAPH_SIZE = """() => parseFloat(getComputedStyle(
  document.querySelector('main p')).fontSize)"""
# A text that its own box cuts off; lines that end in … by design go on in the story.
CUT_OFF = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.children.length === 0 && e.textContent.trim()
    && getComputedStyle(e).overflow !== 'visible' && e.offsetParent
    && getComputedStyle(e).webkitLineClamp === 'none'
    && !['auto', 'scroll'].includes(getComputedStyle(e).overflowY)
    && e.scrollHeight > e.clientHeight + 2)
  .map(e => e.outerHTML.slice(0, 80))"""
MOVING = """() => [...document.querySelectorAll('*')]
  .filter(e => [getComputedStyle(e).transitionDuration,
    getComputedStyle(e).animationDuration].some(d => parseFloat(d) > 0))
  .map(e => e.outerHTML.slice(0, 80))"""
TWICE = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""
SPACING = """*{line-height:1.5!important;letter-spacing:.12em!important;
  word-spacing:.16em!important}p{margin-bottom:2em!important}"""


def wire_size(path: str, content: bytes) -> int:
    texts = path.endswith((".html", ".css", ".js"))
    return len(gzip.compress(content, 6)) if texts else len(content)


@pytest.mark.parametrize("path", BUDGETS)
@pytest.mark.parametrize("tree", ["public", "internal"])
def test_a_first_view_stays_within_its_budget(served, site, open_page, tree, path):
    """Bytes, requests, scripts, styles, pictures of a page; nothing from elsewhere."""
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/{tree}/{path}", wait_until="load")

    places = [urlsplit(url).path.removeprefix("/") for url in asked]
    sizes = {place: wire_size(place, (site / place).read_bytes()) for place in places}
    most, requests = BUDGETS[path]
    assert all(url.startswith(served) for url in asked)
    assert requests >= len(asked)
    assert most >= sum(sizes.values())
    for ending, limit in MOST_OF_A_KIND.items():
        assert limit >= sum(s for place, s in sizes.items() if place.endswith(ending))
    pictures = {p: s for p, s in sizes.items() if p.startswith(f"{tree}/pictures/")}
    assert all(size <= MOST_OF_A_PICTURE for size in pictures.values())


@pytest.mark.parametrize("path", BUDGETS)
def test_nothing_jumps_while_a_page_loads(served, open_page, path):
    """The layout of a phone does not shift once it is there."""
    page = open_page(f"{served}/internal/{path}")

    assert MOST_SHIFT >= page.evaluate(SHIFT)


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_bears_large_type(site, open_page, path):
    """Twice the browser's type, WeChat's 150 %, and the spacing of WCAG 1.4.12."""
    page = open_page(site / "internal" / path, 768, bypass_csp=True)
    before, faults = page.evaluate(BODY_SIZE), []
    page.evaluate(TWICE)
    assert page.evaluate(BODY_SIZE) == 2 * before
    faults += ["200 %"] if page.evaluate(WIDER) else []
    faults += page.evaluate(CUT_OFF)

    phone = open_page(site / "internal" / path, 360, is_mobile=True, bypass_csp=True)
    before = phone.evaluate(PARAGRAPH_SIZE)
    phone.add_style_tag(
        content="html{-webkit-text-size-adjust:150%!important;"
        "text-size-adjust:150%!important}"
    )
    faults += ["WeChat 150 %"] if phone.evaluate(WIDER) else []
    faults += phone.evaluate(CUT_OFF)

    spaced = open_page(site / "internal" / path, 390, bypass_csp=True)
    spaced.add_style_tag(content=SPACING)
    faults += ["spacing"] if spaced.evaluate(WIDER) else []
    faults += spaced.evaluate(CUT_OFF)

    assert [] == faults


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_bears_zoom_and_stillness(site, open_page, path):
    """At 400 % (320 px) nothing scrolls sideways; nothing moves for who asks so."""
    page = open_page(site / "public" / path, 320, reduced_motion="reduce")

    assert not page.evaluate(WIDER)
    assert [] == page.evaluate(MOVING)
