import html
import io
import re
from dataclasses import replace

import docx
import pytest
import samples

from newsroom.edition import Column
from newsroom.errors import NewsroomError
from site_builder.forms.long_picture import _values
from site_builder.forms.mail_letter import letter_of
from site_builder.forms.release import FORMS, bench_of, make_forms
from site_builder.given import Audience

# What a story must bring along to stand on every form: the group text names a headline
# of at most forty characters.
SHORT = tuple(s for s in samples.STORIES if len(s.headline) <= 30)


def ordinary():
    """An ordinary day whose headlines fit a group text."""
    kept = {story.id for story in SHORT}
    columns = tuple(
        (column, tuple(e for e in entries if e.story_id in kept))
        for column, entries in samples.ORDINARY.columns
    )
    return replace(samples.ORDINARY, columns=tuple((c, e) for c, e in columns if e))


@pytest.fixture(scope="module")
def bench(pictures, tmp_path_factory):
    edition = ordinary()
    given = samples.given(pictures, edition)
    cards = tmp_path_factory.mktemp("cards")
    return bench_of(given, edition, Audience.PUBLIC, fonts=None, cards=cards)


@pytest.fixture(scope="module")
def made(bench):
    return make_forms(bench)


def squeeze(words: str) -> str:
    return re.sub(r"\s+", "", words)


def words_of(form: str, bench, made, pdf_text) -> str:
    """The words of a form as its reader has them."""
    day = bench.edition.day
    match form:
        case "pdf":
            return pdf_text(made.files["pdf"][f"{day}.pdf"])
        case "docx":
            document = docx.Document(io.BytesIO(made.files["docx"][f"{day}.docx"]))
            return squeeze("".join(p.text for p in document.paragraphs))
        case "wechat":
            page = made.files["wechat"][f"{day}-wechat.html"].decode()
            article = page.partition('id="article"')[2]
            return squeeze(html.unescape(re.sub(r"<[^>]+>", "", article)))
        case "group":
            return squeeze(made.files["text"][f"{day}-group.txt"].decode())
        case "mail":
            letter = letter_of(bench.content, reply_to="a@example.cn")
            return squeeze(letter.text)
        case "long":
            columns = _values(bench.content, 8000)["columns"]
            return squeeze(
                "".join(e["headline"] for c in columns for e in c["entries"])
            )
    raise AssertionError(form)


@pytest.mark.parametrize("form", ["pdf", "docx", "wechat", "group", "mail", "long"])
def test_each_form_holds_the_same_stories_in_order(form, bench, made, pdf_text):
    """Every form holds all stories of the edition, each column in its one order."""
    words = words_of(form, bench, made, pdf_text)

    for column in Column:
        headlines = [squeeze(e.headline) for e in bench.edition.entries(column)]
        # The last mention: 本期要目, the title of an article and 导读 come before.
        body = words if form != "wechat" else words.partition("来源1.")[0]
        places = [body.rfind(headline) for headline in headlines]
        assert -1 not in places
        assert sorted(places) == places


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
