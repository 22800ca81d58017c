"""The sentence that a front page begins with."""

from __future__ import annotations

from dataclasses import replace

import samples

from site_builder.build import build_site
from site_builder.given import Audience


def test_the_lead_of_a_front_page_has_no_emoji(pictures, tmp_path):
    """Little pictures of a source's headline stay out of it, as in every form."""
    edition = replace(samples.ORDINARY, lead="🔥高温未退，🚑清凉包送到车间。")

    build_site(
        samples.given(pictures, edition),
        Audience.PUBLIC,
        tmp_path / "out",
        tmp_path / "work",
    )

    front = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "清凉包送到车间" in front
    assert not any(mark in front for mark in "🔥🚑")
