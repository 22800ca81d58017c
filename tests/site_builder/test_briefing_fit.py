from dataclasses import replace

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from site_builder.briefing_fit import COLUMNS, LINES, count_lines, fit, text_lines
from site_builder.briefing_paper import (
    Paper,
    PaperColumn,
    PaperItem,
    lay_out,
    shorten,
)
from site_builder.given import Audience
from site_builder.shown import show

words = st.text("工会职工12，。“”（）a", max_size=160)
items = st.builds(PaperItem, st.just("1."), words, words, words.map(lambda w: w[:40]))
columns = st.builds(
    PaperColumn, st.just("一、要闻"), st.lists(items, min_size=1, max_size=8).map(tuple)
)
papers = st.builds(
    Paper,
    banner=st.none(),
    secrecy=st.just("内部资料　注意保存"),
    unedited=st.none(),
    title=st.just("枝江工会信息"),
    subtitle=st.just("每日简报"),
    number=st.just("第1期（总第1期）"),
    publisher=st.just("枝江市总工会办公室编"),
    day=st.just("2026年9月21日"),
    lead=st.one_of(st.none(), words),
    toc=st.lists(items, max_size=6).map(tuple),
    columns=st.lists(columns, max_size=3).map(tuple),
    notes=st.lists(
        st.tuples(st.just("五、数据看板"), st.tuples(words)), max_size=2
    ).map(tuple),
    total=st.just(40),
    distribution=st.just(("报：宜昌市总工会", "送：市委常委", "发：各镇总工会")),
    signatures=st.just("编辑：　　签发："),
    copies=st.none(),
)


@given(papers)
def test_a_fitted_briefing_has_at_most_two_pages(paper):
    """Whatever the day brings, the briefing is counted within two pages."""
    fitted = fit(paper)

    assert fitted.pages <= 2
    assert fitted.lines == count_lines(fitted.paper) < 2 * LINES


@given(papers)
def test_every_column_keeps_an_entry(paper):
    """Fitting never empties a column, and tells how many entries are left out."""
    fitted = fit(paper).paper

    assert len(fitted.columns) == len(paper.columns)
    assert all(column.items for column in fitted.columns)
    assert (fitted.total > fitted.count) == (fitted.more is not None)


def test_a_short_paper_is_left_alone(pictures):
    """A paper that fits is not trimmed."""
    edition = replace(samples.YESTERDAY, reminders=(), lead="")
    given_ = samples.given(pictures, edition)
    paper = lay_out(edition, show(given_, Audience.PUBLIC))

    assert count_lines(paper) <= LINES
    assert paper == fit(paper).paper


def test_a_second_page_is_not_begun_for_a_few_lines(pictures):
    """A paper a little over one page is set on one, its entries whole."""
    given_ = samples.given(pictures, samples.YESTERDAY)
    paper = lay_out(samples.YESTERDAY, show(given_, Audience.PUBLIC))

    fitted = fit(paper)

    assert count_lines(paper) > LINES
    assert (1, paper.count) == (fitted.pages, fitted.paper.count)


def test_a_lead_stays_where_its_lines_are_free(pictures):
    """Abstracts and 本期要目 make room for the lead, never the other way."""
    given_ = samples.given(pictures, samples.ORDINARY)
    paper = lay_out(samples.ORDINARY, show(given_, Audience.INTERNAL))

    fitted = fit(paper)

    assert count_lines(paper) > 2 * LINES
    assert (samples.ORDINARY.lead, 2) == (fitted.paper.lead, fitted.pages)


@given(papers)
def test_no_lead_goes_while_its_lines_are_free(paper):
    """A paper without its lead has no room for it."""
    fitted = fit(paper)

    if paper.lead and not fitted.paper.lead:
        room = fitted.pages * LINES - (fitted.pages - 1)
        assert count_lines(replace(fitted.paper, lead=paper.lead)) > room


def test_a_cut_abstract_says_more_than_a_date(pictures):
    """Where nothing but a date would be left of an abstract it goes whole."""
    given_ = samples.given(pictures, samples.ORDINARY)
    paper = lay_out(samples.ORDINARY, show(given_, Audience.INTERNAL))
    words = "11月23日上午9时30分，" + "工" * 60 + "。"
    column = PaperColumn(
        "一、要闻", tuple(PaperItem("★", "题" * 50, words, "") for _ in range(12))
    )

    items = fit(replace(paper, columns=(column,))).paper.columns[0].items

    assert not [one for one in items if one.words.startswith("11月23日上午9时30分……")]


def test_the_foot_takes_the_lines_of_its_imprint(pictures):
    """版记 is set closer than the text: what is kept free for it at the foot."""
    given_ = samples.given(pictures, samples.YESTERDAY)
    paper = lay_out(samples.YESTERDAY, show(given_, Audience.PUBLIC))
    fitted = fit(replace(paper, distribution=("报：一", "送：二", "发：三")))

    assert 3 == fitted.foot


def test_han_characters_fill_the_grid():
    """Twenty-eight characters are one line, one more begins the second."""
    assert (1, 2) == (text_lines("工" * COLUMNS), text_lines("工" * (COLUMNS + 1)))
    assert 2 == text_lines("工" * 27, indent=2)


def test_a_closing_mark_never_begins_a_line():
    """A mark that may not begin a line takes its character along."""
    assert 2 == text_lines("工" * 28 + "。")
    assert 3 == text_lines("工" * 28 + "。" + "工" * 27)


@given(st.text("工会，。；", max_size=200), st.integers(4, 150))
def test_a_shortened_text_is_short_and_begins_alike(text, most):
    """Shortening keeps the beginning and respects the limit."""
    short = shorten(text, most)

    assert len(short) <= most
    assert text.startswith(short.removesuffix("……").removesuffix("。"))


@pytest.mark.parametrize(
    ("text", "most", "wanted"),
    [
        (
            "慰问小组走进9家企业的蒸煮、烘烤车间，送去清凉包1200份并逐个查看设备。",
            30,
            "慰问小组走进9家企业的蒸煮、烘烤车间……",
        ),
        (
            "全市建会企业的职工已经达到三千六百人左右",
            18,
            "全市建会企业的职工已经达到……",
        ),
        ("全市建会企业的职工达到12360人左右", 16, "全市建会企业的职工达到……"),
        (
            "主任说：“十点半歇一次。三点再歇一次。”大家说好。后来又去了三家企业。",
            32,
            "主任说：“十点半歇一次。三点再歇一次。”大家说好。",
        ),
        (
            "他说：“十点歇一次。三点再歇，绿豆汤管够。”",
            16,
            "他说：“十点歇一次。三点再……”",
        ),
        (
            "他说：“他告诉我‘我们一定会来，真的会来’，我很高兴。”会后大家散去。",
            20,
            "他说：“他告诉我‘我们一定会来……’”",
        ),
        (
            "《关于进一步加强新时代产业工人队伍建设改革的实施意见》印发",
            16,
            "《关于进一步加强新时代产业……》",
        ),
        ("累计投入1,234.56万元，新增岗位3.5%", 12, "累计投入……"),
        ("气温37.5℃至40℃，面积1200平方米", 8, "气温……"),
        ("于2026年7月18日上午在会议室召开会议", 9, "于……"),
        ("👨‍👩‍👧一家人一起来参加活动", 7, "👨‍👩‍👧……"),
        ("枝江市总工会", 1, "…"),
        ("枝江市总工会", 0, ""),
    ],
)
def test_a_text_is_shortened_where_a_reader_would(text, most, wanted):
    """After a sentence or a clause; no number is torn, no quotation if it can be."""
    assert wanted == shorten(text, most)
