"""The pages for chairs that a tree carries: the offline form and 小课堂."""

from __future__ import annotations

from config import Settings
from submissions.lesson_page import lesson_files
from submissions.offline_page import NAME, render_offline_page


def phone_page(settings: Settings) -> dict[str, bytes]:
    """``baosong.html`` by its name, made of this office's units and questions."""
    text = render_offline_page(
        templates=settings.story_templates,
        topics=settings.rules.topics,
        units=settings.rules.units.units,
        office=settings.office.name,
        heading=block_heading(settings),
        banner=settings.site.banner,
    )
    return {NAME: text.encode()}


def chairs_pages(settings: Settings) -> dict[str, bytes]:
    """All that a tree carries for chairs, by path."""
    lesson = lesson_files(
        office=settings.office.name,
        phone=settings.office.phone,
        banner=settings.site.banner,
    )
    return phone_page(settings) | lesson


def block_heading(settings: Settings) -> str:
    """The first line of this office's text blocks, e.g. 枝工报送."""
    return f"{settings.office.place[0]}工报送"
