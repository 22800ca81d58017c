"""How headlines and pictures are set, seen in a real browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
import samples
from PIL import Image

from newsroom.body import Body, Picture
from site_builder.build import build_site
from site_builder.given import Audience

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Words of the large headline that stand on more than one line.
TORN = """() => [...document.querySelectorAll('h1 .word')]
  .filter(word => word.getClientRects().length > 1).map(word => word.textContent)"""
WORDS = "() => document.querySelectorAll('h1 .word').length"
TWICE = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""
LINES = """selector => {
  const one = document.querySelector(selector), look = getComputedStyle(one);
  const range = document.createRange();
  range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
}"""
# Days of the calendar whose figures touch the next day's.
TOUCHING = """() => {
  const boxes = [...document.querySelectorAll('.month td > *')].map(day => {
    const range = document.createRange();
    range.selectNodeContents(day);
    return range.getBoundingClientRect();
  });
  return boxes.slice(1).filter((box, n) => box.top < boxes[n].bottom
    && box.bottom > boxes[n].top && box.left < boxes[n].right + 3).length;
}"""
TINY, LONG = "e" * 64 + ".jpg", "f" * 64 + ".jpg"


@pytest.mark.parametrize("width", [320, 360, 390, 768])
def test_no_word_of_a_long_headline_is_torn(site, open_page, width):
    """A clause that no phone holds breaks beside its words, on every width."""
    page = open_page(site / "public/stories/2026/6.html", width)

    assert [] == page.evaluate(TORN)
    assert page.evaluate(WORDS) > 4


@pytest.mark.parametrize("width", [320, 360, 390])
def test_no_word_of_a_headline_on_a_list_is_torn(site, open_page, width):
    """A town's list keeps quotations, names and figures whole, too."""
    page = open_page(site / "public/towns/afs.html", width)

    assert [] == page.evaluate(TORN.replace("h1 .word", "h2 .keep, h2 .word"))
    assert page.evaluate(WORDS.replace("h1 .word", "h2 .keep")) > 1


def test_a_small_picture_is_not_blown_up(tmp_path, open_page):
    """One of 120 pixels keeps its size; a wide or a very long one fills the width."""
    folder = samples.draw_pictures(tmp_path / "pictures")
    Image.new("RGB", (120, 80), "#8a6d3b").save(folder / TINY)
    Image.new("RGB", (750, 3000), "#8a6d3b").save(folder / LONG)
    shown = (
        Picture(TINY, "工牌", None, None, 120, 80),
        Picture(samples.LANDSCAPE, "车间", None, None, 900, 600),
        Picture(LONG, "长图", None, None, 750, 3000),
    )
    first, *others = samples.STORIES
    story = replace(first, body=Body((*shown, *samples.text_body("一段。"))))
    given = samples.given(folder, stories=(story, *others))
    build_site(given, Audience.PUBLIC, tmp_path / "out", tmp_path / "work")

    page = open_page(tmp_path / "out/stories/2026/1.html", 1280)
    widths = page.evaluate(
        "() => [...document.querySelectorAll('.text img')].map(i => i.clientWidth)"
    )

    assert [120, 648, 648] == widths


def test_twice_the_type_tears_no_name_and_no_day(site, open_page):
    """With type of 200 % on a phone the site's name and each day stand in one line."""
    page = open_page(site / "public/archive/index.html", 360, bypass_csp=True)
    page.evaluate(TWICE)

    assert 1 == page.evaluate(LINES, ".top .name a")
    assert 1 == page.evaluate(LINES, ".month a")
    assert 0 == page.evaluate(TOUCHING)


def test_the_large_view_gives_words_the_whole_width(site, open_page):
    """Beside a picture large type has four characters a line; so it stands above."""
    page = open_page(site / "public/index.html", 390)
    page.get_by_role("button", name="大字").click()
    beside = ".highlight:not(.first):not(.plain)"
    width = page.evaluate(
        "of => ['.ratio', '.abstract'].map("
        "  part => document.querySelector(`${of} ${part}`).clientWidth)",
        beside,
    )

    assert width[0] == width[1]


def test_a_credit_is_not_torn_from_its_last_character(site, open_page):
    """「何某 摄」 stays on one line under a picture of the narrowest phone."""
    page = open_page(site / "public/stories/2026/1.html", 320)

    assert 1 == page.evaluate(
        "document.querySelector('.credit').getClientRects().length"
    )


def test_a_long_line_of_a_year_book_hangs_under_its_headline(site, open_page):
    """The second line of a headline stands beside the day, not under it."""
    page = open_page(site / "public/yearbooks/afs-2026.html", 320)

    hanging = page.evaluate(
        """() => [...document.querySelectorAll('.book .lines li')].every(line => {
            const day = line.querySelector('.book-day').getBoundingClientRect();
            return [...line.querySelector('a').getClientRects()]
                .every(box => box.left > day.right);
        })"""
    )

    assert hanging
