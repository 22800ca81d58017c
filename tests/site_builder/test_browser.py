import re
from dataclasses import replace

import pytest
import samples

from site_builder.build import build_site
from site_builder.given import Audience

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = (
    "index.html",
    "days/2026-09-18.html",
    "stories/2026/1.html",
    "stories/2026/6.html",
    "towns/index.html",
    "towns/afs.html",
    "archive/index.html",
    "search/index.html",
    "yearbooks/afs-2026.html",
    "topics/xiasong.html",
    "status.html",
    "briefing/2026-09-21.html",
    "404.html",
)
# Links inside a sentence are exempt from the size of targets (WCAG 2.5.8).
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary')]
  .filter(e => e.offsetParent && !e.closest('.skip, .text, .meta, .lines, .journey,'
    + ' .original, .sources, .foot p'))
  .filter(e => e.getBoundingClientRect().height < 43.9
    || e.getBoundingClientRect().width < 24)
  .map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(site, open_page, audience, width):
    """From 320 px on no page is wider than the screen, large type or not."""
    page = open_page(site / audience.value / "index.html", width)
    wide = []

    for path in PAGES:
        page.goto((site / audience.value / path).as_uri())
        for size in ("standard", "large"):
            page.evaluate("s => document.documentElement.dataset.size = s", size)
            if page.evaluate(
                "document.documentElement.scrollWidth > window.innerWidth"
            ):
                wide.append((path, size))

    assert [] == wide


def test_a_page_from_a_stick_finds_style_and_script(site, open_page):
    """Opened from disk, the content security policy lets our own files through."""
    page = open_page(site / "public/index.html")

    assert [] == page.complaints
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 253, 248)"
    )
    assert page.is_visible("[data-switch=size]")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_reads_without_script(site, open_page, path):
    """Without JavaScript every page shows its words, and no switch that is dead."""
    page = open_page(site / "internal" / path, java_script_enabled=False)

    assert page.inner_text("h1").strip()
    assert not page.locator(".switches").is_visible()
    assert not page.locator("button.copy").first.is_visible()


@pytest.mark.parametrize("path", PAGES)
def test_targets_are_large_enough_for_a_thumb(site, open_page, path):
    """What is tapped is at least 44 px high, in the ordinary and the large view."""
    page = open_page(site / "internal" / path)

    assert [] == page.evaluate(SMALL_TARGETS)


def test_large_type_is_large_and_survives_the_next_page(served, open_page):
    """The elder view has 24 px, and the next page keeps it."""
    page = open_page(f"{served}/public/index.html")

    page.click("[data-switch=size]")
    page.click("[data-switch=theme]")
    with page.expect_navigation():
        page.click(".highlight h3 a")

    size = page.evaluate("getComputedStyle(document.body).fontSize")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ("24px", "rgb(22, 21, 20)") == (size, ground)


def test_dark_follows_the_system(site, open_page):
    """Where the system is dark the page is dark, without a tap."""
    page = open_page(site / "public/index.html", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(22, 21, 20)"
    )


def test_the_group_text_is_copied_with_one_tap(served, site, open_page):
    """The copy button takes the text for the WeChat group as it stands."""
    page = open_page(
        f"{served}/internal/briefing/2026-09-21.html",
        permissions=["clipboard-read", "clipboard-write"],
    )

    page.click("button.copy")
    page.wait_for_selector("text=已复制")

    text = (site / "internal/briefing/2026-09-21.txt").read_text("utf-8")
    assert text.strip() == page.evaluate("navigator.clipboard.readText()").strip()


def test_an_old_front_page_tells_its_age(site, browser):
    """The day after, the front page says of which day it is; on the day it does not."""
    said = {}
    for when in ("2026-09-21T09:00:00", "2026-09-22T09:00:00"):
        context = browser.new_context()
        page = context.new_page()
        page.clock.set_fixed_time(when)
        page.goto((site / "public/index.html").as_uri())
        age = page.locator(".age")
        said[when[8:10]] = age.inner_text() if age.is_visible() else ""
        context.close()

    assert said == {"21": "", "22": "本页是9月21日的，今天尚未更新"}


def days():
    crowded = replace(
        samples.SIXTY, lead=samples.ORDINARY.lead, reminders=("请按时报送。" * 8,) * 5
    )
    return {
        "ordinary": samples.ORDINARY,
        "unedited": replace(samples.ORDINARY, edited=False, release=None),
        "thin": samples.THIN,
        "empty": samples.EMPTY,
        "sixty": crowded,
    }


@pytest.mark.parametrize("day", days())
@pytest.mark.parametrize("audience", list(Audience))
def test_the_briefing_prints_on_two_pages(pictures, tmp_path, open_page, day, audience):
    """On paper a briefing never has a third page, whatever the day."""
    edition = replace(days()[day], release=samples.ORDINARY.release)
    given = samples.given(
        pictures, edition, stories=samples.STORIES + samples.SIXTY_STORIES
    )
    build_site(given, audience, tmp_path / "out", tmp_path / "work")

    page = open_page(tmp_path / "out/briefing/2026-09-21.html")
    pdf = page.pdf(prefer_css_page_size=True)

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


CHARACTERS_OF_LINES = """() => {
  const walker = document.createTreeWalker(
    document.querySelector('.sheet'), NodeFilter.SHOW_TEXT);
  const tops = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let n = 0; n < node.length; n += 1) {
      if (node.data[n] !== '工') continue;
      const range = document.createRange();
      range.setStart(node, n);
      range.setEnd(node, n + 1);
      const top = Math.round(range.getBoundingClientRect().top);
      tops.set(top, (tops.get(top) || 0) + 1);
    }
  }
  return [...tops.values()];
}"""


def test_the_printed_page_has_the_grid_of_official_papers(
    pictures, tmp_path, open_page
):
    """A line of Chinese holds 28 characters and a page 22 lines (GB/T 9704)."""
    entries = tuple(samples.entry(s, abstract="工" * 150) for s in samples.STORIES[:3])
    long = replace(
        samples.YESTERDAY,
        day=samples.DAY,
        columns=((samples.Column.HIGHLIGHTS, entries),),
    )
    given = samples.given(pictures, long)
    build_site(given, Audience.INTERNAL, tmp_path / "out", tmp_path / "work")
    page = open_page(tmp_path / "out/briefing/2026-09-21.html", 1000)

    page.emulate_media(media="print")

    lines = page.evaluate(CHARACTERS_OF_LINES)
    pitch = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.sheet')).lineHeight)"
    )
    assert lines.count(28) >= 4
    assert max(lines) == 28
    assert pitch * 22 == pytest.approx(225 / 25.4 * 96, abs=1)


def test_the_front_page_prints_black_on_white(site, open_page):
    """On paper there is no dark ground, no navigation and no dead button."""
    page = open_page(site / "public/index.html", color_scheme="dark")

    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert not page.locator(".top nav").is_visible()
