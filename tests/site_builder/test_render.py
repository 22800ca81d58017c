from dataclasses import dataclass

import pytest
from jinja2 import DictLoader

from site_builder.render import make_environment


@dataclass(frozen=True)
class View:
    name: str


@pytest.fixture
def shown():
    """What a template shows of a page."""

    def show(text, page, **others):
        environment = make_environment()
        environment.loader = DictLoader({"page": text, **others})
        return environment.get_template("page").render(page=page)

    return show


def test_what_stands_after_a_dot_is_an_attribute(shown):
    """A view is asked for its fields; a text that is marked up stays a text."""
    assert "&lt;b&gt;" == shown("{{ page.name }}", View("<b>"))


def test_a_field_that_is_missing_is_an_error(shown):
    """No page is made with a hole in it."""
    with pytest.raises(AttributeError):
        shown("{{ page.nmae }}", View("名"))


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('{{ row("甲", 2) }}', "甲2"),
        ('{{ row("甲") }}', "甲1"),
        ('{{ row("甲", count=3) }}', "甲3"),
        ('{% call wrap("甲") %}乙{% endcall %}', "甲：乙"),
        ('{{ row("<") }}', "&lt;1"),
        ("{{ [row('甲'), '<'] | join }}", "甲1&lt;"),
    ],
)
def test_macros_take_what_they_are_given(shown, call, expected):
    """By position, by name, by default, with a block; nothing is escaped twice."""
    macros = (
        "{% macro row(name, count=1) %}{{ name }}{{ count }}{% endmacro %}"
        "{% macro wrap(name) %}{{ name }}：{{ caller() }}{% endmacro %}"
    )
    assert expected == shown(macros + call, View(""))


def test_blocks_stand_where_their_frame_has_them(shown):
    """In a loop, in each other, and around what the frame has there."""
    frame = (
        "a{% block head %}b{% endblock %}"
        "{% for n in [1, 2] %}{% block row scoped %}{{ n }}{% endblock %}{% endfor %}"
        "{% block main %}c{% block inner %}d{% endblock %}{% endblock %}"
    )
    page = (
        '{% extends "frame" %}{% set kept = page.name %}nothing'
        "{% block head %}({{ super() }}){% endblock %}"
        "{% block inner %}{{ kept }}{% endblock %}"
    )

    assert "a(b)12c&lt;" == shown(page, View("<"), frame=frame)


def test_macros_of_another_template_are_called(shown):
    """As the shared parts are."""
    text = '{% import "parts" as parts %}{{ parts.bold(page.name) }}'
    parts = "{% macro bold(words) %}<b>{{ words }}</b>{% endmacro %}"

    assert "<b>&amp;</b>" == shown(text, View("&"), parts=parts)


def test_a_macro_that_is_given_too_much_is_an_error(shown):
    """As in Jinja2 by itself."""
    with pytest.raises(TypeError):
        shown("{% macro one(a) %}{{ a }}{% endmacro %}{{ one(1, 2) }}", View(""))
