"""The top of a unit's page: what was handed in, taken, and printed above."""

from __future__ import annotations

import re
from dataclasses import replace

import samples

from site_builder.build import build_site
from site_builder.face import face_view
from site_builder.given import Audience
from site_builder.index import read_index
from site_builder.links import Address, Kind
from site_builder.shown import show
from site_builder.standpoint import tree_of


def face(pictures, audience, *editions):
    shown = show(samples.given(pictures, *editions), audience)
    tree = tree_of(shown, read_index(shown.connection))
    return face_view(tree.at(Address(Kind.TOWN, "afs")), "afs")


def told(view):
    return {figure.words: figure.number for figure in view.figures}


def test_the_office_sees_what_came_what_was_sent_and_what_was_taken(pictures):
    """A story that no edition carried counts as come, not as taken."""
    every = told(face(pictures, Audience.INTERNAL))
    none = told(face(pictures, Audience.INTERNAL, samples.EMPTY))

    assert every["2026年稿件"] == none["2026年稿件"]
    assert int(every["简报采用"]) > int(none["简报采用"]) == 0


def test_readers_outside_see_what_was_taken(pictures):
    """The public page counts what editions carried, and never what was not taken."""
    view = face(pictures, Audience.PUBLIC)

    assert "2026年采用" in told(view)
    assert "其中报送" not in told(view)
    assert None is view.chart.legend
    assert ("采用",) == view.chart.columns[:1]


def test_each_bar_has_its_row_in_the_table(pictures):
    """Twelve bars, twelve rows; the dark part is never higher than the whole."""
    chart = face(pictures, Audience.INTERNAL).chart

    assert [bar.name for bar in chart.bars] == [row.name for row in chart.rows]
    assert all(0 <= bar.width <= bar.whole <= 100 for bar in chart.bars)
    place = chart.columns.index("采用")
    assert [b.stories for b in chart.bars] == [r.counts[place] for r in chart.rows]


def test_an_edition_that_carries_an_older_story_renews_the_figures(pictures, tmp_path):
    """An incremental build shows the same figures as a full one."""
    given = samples.given(pictures, samples.YESTERDAY, revision="1")
    later = replace(given, editions=(samples.ORDINARY, samples.YESTERDAY), revision="2")
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    for one in (given, later):
        build_site(one, Audience.INTERNAL, out, tmp_path / "work")
    build_site(later, Audience.INTERNAL, fresh, tmp_path / "fresh-work")

    pages = [(root / "towns" / "afs.html").read_text("utf-8") for root in (out, fresh)]
    assert pages[0] == pages[1]
    assert re.search(
        r"<b>[1-9]\d*</b><span class=\"unit\">篇</span> <span>简报采用", pages[0]
    )
