import dataclasses
import typing

import pytest
from jinja2 import meta

from site_builder import briefing_forms, frame_views, list_views, status_views, views
from site_builder.assets import TEMPLATES
from site_builder.render import make_environment
from site_builder.search.page import SearchView

PAGES = {
    "site/digest.html": views.DigestView,
    "site/empty_front.html": views.EmptyFrontView,
    "site/story.html": views.StoryView,
    "site/list.html": list_views.ListView,
    "site/year_book.html": list_views.YearBookView,
    "site/tiles.html": list_views.TilesView,
    "site/archive.html": list_views.ArchiveView,
    "site/status.html": status_views.StatusView,
    "site/report.html": status_views.ReportView,
    "site/not_found.html": frame_views.NotFoundView,
    "site/atom.xml": frame_views.FeedView,
    "site/rss.xml": frame_views.FeedView,
    "site/search.html": SearchView,
    "site/sitemap.xml": frame_views.SitemapView,
    "briefing/briefing.html": briefing_forms.BriefingView,
}


def emptiest(kind):
    """A view with nothing in it that may be absent."""
    hints = typing.get_type_hints(kind)
    names = getattr(kind, "_fields", None) or [f.name for f in dataclasses.fields(kind)]
    return kind(**{name: empty_value(name, hints[name]) for name in names})


def empty_value(name, hint):
    if name == "feeds":
        return (views.Link("Atom", "a"),) * 3
    arguments = typing.get_args(hint)
    if type(None) in arguments:
        return None
    origin = typing.get_origin(hint) or hint
    if dataclasses.is_dataclass(origin) or hasattr(origin, "_fields"):
        return emptiest(origin)
    return origin()


@pytest.mark.parametrize(("template", "kind"), PAGES.items())
def test_a_template_shows_the_emptiest_view(template, kind):
    """Every template stands with nothing to show: no missing value, no crash."""
    environment = make_environment()

    text = environment.get_template(template).render(
        page=emptiest(kind), frame=emptiest(frame_views.FrameView)
    )

    assert text.strip()


def test_every_page_template_is_in_the_table():
    """A new template is tried with the emptiest view too."""
    own = {p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.glob("site/*")}

    assert own <= PAGES.keys()


def test_no_template_trusts_markup():
    """No template marks a text as safe or switches escaping off."""
    environment = make_environment()
    folders = ("site", "briefing", "shared")
    for folder in folders:
        for file in (TEMPLATES / folder).glob("*.html"):
            source = file.read_text("utf-8")
            meta.find_undeclared_variables(environment.parse(source))
            assert "|safe" not in source.replace(" ", "")
            assert "autoescape" not in source
            assert " style=" not in source
