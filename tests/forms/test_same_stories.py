"""One edition in every form: the same stories, in a column the same order."""

import html
import io
import re
from collections import defaultdict
from dataclasses import replace

import docx
import pytest
import samples

from newsroom.edition import Column, Edition
from newsroom.editions import NO_NEWS
from site_builder.briefing_paper import MOST
from site_builder.forms.long_picture import _values
from site_builder.forms.mail_letter import letter_of
from site_builder.forms.release import bench_of, make_forms
from site_builder.given import Audience

FORMS = ("pdf", "docx", "wechat", "group", "mail", "long")
# Headlines that a form may trip over; the group text names forty characters of one.
ODD = (
    "𬍛𠮷化工职工㵘水边练绝活",
    "Schneider Electric枝江工厂工资涨6.5%",
    "“一张单”（“五小”创新）走进——董市镇",
    "短讯",
)
SHORT = tuple(s for s in samples.STORIES if len(s.headline) <= 30)
MANY = tuple(
    replace(story, headline=ODD[n] if n < len(ODD) else story.headline)
    for n, story in enumerate(samples.sixty_stories()[:40])
)


def ordinary() -> Edition:
    """An ordinary day whose headlines fit a group text."""
    kept = {story.id for story in SHORT}
    columns = tuple(
        (column, tuple(e for e in entries if e.story_id in kept))
        for column, entries in samples.ORDINARY.columns
    )
    return replace(samples.ORDINARY, columns=tuple((c, e) for c, e in columns if e))


def crowded() -> Edition:
    """A day of forty stories, more than any paper holds, with odd headlines."""
    entries = tuple(map(samples.entry, MANY))
    return replace(
        samples.ORDINARY,
        columns=(
            (Column.HIGHLIGHTS, entries[:8]),
            (Column.NEWS, entries[8:28]),
            (Column.RIGHTS, entries[28:36]),
            (Column.ELSEWHERE, entries[36:]),
        ),
    )


def workbench(pictures, folder, edition, stories):
    given = samples.given(pictures, edition, stories=stories)
    return bench_of(given, edition, Audience.PUBLIC, fonts=None, cards=folder)


@pytest.fixture(scope="module")
def days(pictures, tmp_path_factory):
    """The workbench and the forms of each day, by its name."""
    folder, every = tmp_path_factory.mktemp("cards"), samples.STORIES + MANY
    editions = {
        "ordinary": ordinary(),
        "crowded": crowded(),
        "empty": replace(samples.EMPTY, lead=NO_NEWS),
    }
    benches = {
        name: workbench(pictures, folder, edition, every)
        for name, edition in editions.items()
    }
    forms = ("pdf", "docx", "wechat", "text")
    return {name: (bench, make_forms(bench, forms)) for name, bench in benches.items()}


@pytest.fixture
def words_of(days, pdf_text):
    """The words of a form as its reader has them, without blanks."""

    def read(day: str, form: str) -> str:
        bench, made = days[day]
        name = f"{bench.edition.day}"
        match form:
            case "pdf":
                words = pdf_text(made.files["pdf"][f"{name}.pdf"])
            case "docx":
                document = docx.Document(io.BytesIO(made.files["docx"][f"{name}.docx"]))
                words = "".join(p.text for p in document.paragraphs)
            case "wechat":
                page = made.files["wechat"][f"{name}-wechat.html"].decode()
                article = page.partition('id="article"')[2]
                words = html.unescape(re.sub(r"<[^>]+>", "", article))
            case "group":
                words = made.files["text"][f"{name}-group.txt"].decode()
            case "mail":
                words = letter_of(bench.content, reply_to="a@example.cn").text
            case _:
                values = _values(bench.content, 8000, defaultdict(str))
                told = [e["headline"] for c in values["columns"] for e in c["entries"]]
                words = "".join([*told, values["more"]])
        return squeeze(words)

    return read


def squeeze(words: str) -> str:
    return re.sub(r"\s+", "", words)


def last_places(words: str, edition: Edition, column: Column) -> list[int]:
    """Where a column's headlines stand last: 本期要目 and the sources come beside."""
    body = words.partition("来源1.")[0]
    return [body.rfind(squeeze(e.headline)) for e in edition.entries(column)]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_holds_the_same_stories_in_order(form, days, words_of):
    """Every form holds all stories of the edition, each column in its one order."""
    edition, words = days["ordinary"][0].edition, words_of("ordinary", form)

    for column in Column:
        places = last_places(words, edition, column)
        assert -1 not in places
        assert sorted(places) == places


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("day", ["ordinary", "crowded"])
def test_no_form_holds_another_story(form, day, days, words_of):
    """A story that the edition did not choose stands on none of its forms."""
    edition, words = days[day][0].edition, words_of(day, form)
    chosen = {entry.headline for entry in edition.all_entries}
    others = {s.headline for s in samples.STORIES + MANY} - chosen

    assert [] == [h for h in others if squeeze(h) in words]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_is_full_says_how_many_it_leaves_out(form, days, words_of):
    """Of forty stories each form holds the first of a column, and counts the rest."""
    edition, words = days["crowded"][0].edition, words_of("crowded", form)
    held = 0
    for column in Column:
        places = last_places(words, edition, column)
        shown = [place for place in places if place >= 0]
        assert places == [*sorted(shown), *[-1] * (len(places) - len(shown))]
        assert len(shown) <= MOST[column][0]
        held += len(shown)

    assert 0 < held < len(edition.all_entries)
    assert f"另有{len(edition.all_entries) - held}条" in words


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_day_is_told_once(form, words_of):
    """A day without a story says so, once, and is no blank sheet."""
    assert 1 == words_of("empty", form).count("今日暂无新稿")


def test_the_list_of_contents_is_printed(words_of):
    """本期要目 names the first stories before they are told."""
    words = words_of("ordinary", "pdf")
    contents = words.partition("本期要目")[2].partition("一、要闻")[0]

    assert squeeze(ordinary().entries(Column.NEWS)[0].headline) in contents
