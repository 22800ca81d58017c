from dataclasses import dataclass

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup, escape

from site_builder.fragments import MOST
from site_builder.render import make_environment


@dataclass
class Card:
    words: str
    asked: int = 0

    @property
    def told(self) -> str:
        self.asked += 1
        return self.words


@pytest.fixture
def environment():
    made = make_environment()
    made.loader = DictLoader(
        {
            "list": "{% for card in cards %}{% once card %}<p>{{ card.told }}</p>"
            "{% endonce %}{% endfor %}",
            "other": "{% once card %}[{{ card.told }}]{% endonce %}",
        }
    )
    return made


def test_what_is_shown_once_is_repeated(environment):
    """A card that stands on two lists is rendered for the first and stands on both."""
    first, second = Card("甲"), Card("乙")
    page = environment.get_template("list")

    pages = [page.render(cards=[first]), page.render(cards=[second, first])]

    assert ["<p>甲</p>", "<p>乙</p><p>甲</p>"] == pages
    assert (1, 1) == (first.asked, second.asked)


def test_what_is_repeated_is_escaped_once(environment):
    """Markup in a text is text, the first time and every other time."""
    card = Card("<b>&")
    page = environment.get_template("list")

    assert ["<p>&lt;b&gt;&amp;</p>"] * 2 == [page.render(cards=[card]) for _ in "12"]


def test_equal_cards_and_other_places_are_told_apart(environment):
    """A fragment belongs to one thing at one place of one template."""
    one, twin = Card("甲"), Card("甲")

    lists = environment.get_template("list").render(cards=[one, twin])
    other = environment.get_template("other").render(card=one)

    assert ("<p>甲</p><p>甲</p>", "[甲]") == (lists, other)
    assert (2, 1) == (one.asked, twin.asked)


def test_no_more_is_kept_than_fits(environment):
    """Beyond its bound the oldest is forgotten; it is shown again all the same."""
    card = Card("甲")
    page = environment.get_template("list")
    shown = [page.render(cards=[card])]
    for number in range(MOST):
        environment.fragments["full", number] = (None, "")
    others = [page.render(cards=[Card("乙")])]
    shown.append(page.render(cards=[card]))

    assert (["<p>甲</p>"] * 2, ["<p>乙</p>"]) == (shown, others)
    assert (2, True) == (card.asked, len(environment.fragments) <= MOST + 1)


@pytest.mark.parametrize("value", ["<b>&\"'", Markup("<i>甲</i>"), 3, None, "甲"])
def test_what_is_printed_is_escaped_as_jinja_does(value):
    """Our quicker printing gives what ``escape`` gives: texts escaped, markup left."""
    page = make_environment().from_string("{{ value }}")

    assert str(escape(value)) == page.render(value=value)


def test_a_missing_value_is_an_error_wherever_it_is_printed():
    """Nothing is printed for what is not there."""
    page = make_environment().from_string("{{ value }}")

    with pytest.raises(UndefinedError):
        page.render()
