from dataclasses import replace

import pytest
import samples

from newsroom.edition import Column
from newsroom.errors import NewsroomError
from site_builder.forms.release import FORMS, bench_of, make_forms
from site_builder.given import Audience


@pytest.fixture(scope="module")
def bench(pictures, tmp_path_factory):
    edition = samples.ORDINARY
    given = samples.given(pictures, edition)
    cards = tmp_path_factory.mktemp("cards")
    return bench_of(given, edition, Audience.PUBLIC, fonts=None, cards=cards)


@pytest.fixture(scope="module")
def made(bench):
    return make_forms(bench)


def test_all_forms_are_made(made, bench):
    """A released edition has every form, each with its day in the file's name."""
    assert {} == made.faults
    assert [form.name for form in FORMS] == list(made.files)
    for files in made.files.values():
        assert all(name.startswith(f"{bench.edition.day}") for name in files)


def test_a_form_that_fails_costs_itself_only(pictures, tmp_path):
    """A character that no font has stops PDF and pictures, and leaves the rest."""
    entry = replace(samples.ORDINARY.all_entries[0], headline="奇字\U0002ffff入题")
    odd = replace(samples.ORDINARY, columns=((Column.HIGHLIGHTS, (entry,)),))
    bench = bench_of(
        samples.given(pictures, odd), odd, Audience.INTERNAL, fonts=None, cards=tmp_path
    )

    made = make_forms(bench)

    assert {"pdf", "long", "cards"} == set(made.faults)
    assert {"docx", "wechat", "text"} == set(made.files)


def test_share_cards_wait_for_the_release(pictures, tmp_path):
    """Before release there are no cards, and no form says so as a fault."""
    waiting = replace(samples.ORDINARY, release=None)
    given = samples.given(pictures, waiting)
    bench = bench_of(
        given, waiting, Audience.INTERNAL, fonts=None, cards=tmp_path / "cards"
    )

    made = make_forms(bench, ["cards", "text"])

    assert ({}, {"text"}) == (made.faults, set(made.files))


def test_an_unknown_form_is_refused_by_name(bench):
    """A form that does not exist is named with those that do."""
    with pytest.raises(NewsroomError, match=r"没有“epub”这种形式；有：pdf（PDF）"):
        make_forms(bench, ["epub"])


def test_an_empty_day_has_every_form(pictures, tmp_path):
    """A day without news has its forms too, and they say so."""
    bench = bench_of(
        samples.given(pictures, samples.EMPTY),
        samples.EMPTY,
        Audience.INTERNAL,
        fonts=None,
        cards=tmp_path,
    )

    assert {} == make_forms(bench).faults
