"""What machines can tell of the quality of our pages: axe-core and the Nu checker."""

from __future__ import annotations

import pytest
import samples

from site_builder.build import build_site
from site_builder.given import Audience

pytestmark = [pytest.mark.slow]
# One page for each template, and for each kind of story.
PAGES = (
    "index.html",
    "days/2026-09-18.html",
    "stories/2026/1.html",
    "stories/2026/6.html",
    "towns/index.html",
    "towns/afs.html",
    "topics/index.html",
    "sources/index.html",
    "archive/index.html",
    "status.html",
    "search/index.html",
    "briefing/2026-09-21.html",
    "404.html",
)


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("audience", list(Audience))
def test_axe_finds_nothing(site, open_page, axe_faults, audience, path):
    """WCAG 2.2 A and AA and good practice: phone, desktop, dark and large type."""
    page = open_page(site / audience.value / path)

    assert [] == axe_faults(page)


@pytest.mark.browser
def test_axe_finds_nothing_in_the_report(site, open_page, axe_faults):
    """The report that only the office reads is as good as what everybody reads."""
    page = open_page(site / "internal/report.html")

    assert [] == axe_faults(page)


@pytest.mark.browser
@pytest.mark.parametrize("audience", list(Audience))
def test_axe_finds_nothing_before_the_first_day(
    pictures, tmp_path, open_page, axe_faults, audience
):
    """The site of an office that has just begun is whole."""
    given = samples.given(pictures, editions=(), stories=(), report=None)
    build_site(given, audience, tmp_path / "out", tmp_path / "work")

    page = open_page(tmp_path / "out/index.html")

    assert [] == axe_faults(page)


def test_every_file_is_valid(site, vnu_faults):
    """The Nu Html Checker finds no error on any page or style sheet of both trees."""
    files = [f for end in ("html", "css") for f in sorted(site.rglob(f"*.{end}"))]

    assert len(files) > len(PAGES)
    assert [] == vnu_faults(files)


@pytest.mark.browser
def test_axe_would_find_a_fault(open_page, axe_faults):
    """The door is not deaf: a picture without words is told in every view."""
    page = open_page("data:text/html,<html lang=zh><title>a</title><img src=a.png>")

    told = [line for line in axe_faults(page) if "image-alt" in line]

    assert ["phone", "desktop", "dark", "elder"] == [t.partition(":")[0] for t in told]


def test_the_nu_checker_would_find_a_fault(tmp_path, vnu_faults):
    """The door is not deaf: a heading inside a link's list is told."""
    file = tmp_path / "a.html"
    file.write_text("<!doctype html><title>a</title><ul><h2>a</h2></ul>", "utf-8")

    assert 1 == len(vnu_faults([file]))
