"""The edition of a day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.choosing import Choice
from newsroom.edition import Board, Column, Edition, Entry
from newsroom.editions import (
    LEAD_LIMIT,
    lead_sentence,
    make_board,
    make_edition,
    reminders_for,
    source_line,
    week_review,
)
from newsroom.group_text import (
    MOST_CHARACTERS,
    MOST_LINES,
    SMS_CHARACTERS,
    group_text,
    sms_text,
)
from newsroom.reminder import Reminder
from newsroom.source import SourceReport, SourceState
from newsroom.taxonomy import Level

DAY = date(2026, 7, 20)
EMPTY = Board(date(2026, 7, 1), DAY, 0, 0, 0, ())


def _entry(number, headline="安福寺镇送清凉", unit="afs"):
    return Entry(
        number,
        headline,
        "",
        "镇",
        "湖北工会网",
        Level.PROVINCIAL,
        None,
        unit,
        "xiasong",
    )


def _choice(highlights=(), news=(), rights=(), elsewhere=()):
    columns = zip(Column, (highlights, news, rights, elsewhere), strict=True)
    return Choice(tuple((c, tuple(e)) for c, e in columns if e), ())


@pytest.fixture(scope="session")
def edition_of(at):
    def build(choice, day=DAY, **fields):
        given = {"lead": "", "board": EMPTY, "columns": choice.columns} | fields
        return Edition(day, 187, 1024, day, at(2026, 7, 20, 6), **given)

    return build


def test_an_edition_is_put_together(rules, at):
    """Numbers, lead, columns, sources and passed stories stand in their places."""
    choice = _choice([_entry(1)], [_entry(2)])
    reports = [
        SourceReport("a", "湖北工会网", "省", SourceState.NORMAL),
        SourceReport(
            "b", "宜昌工会维权网", "宜昌", SourceState.SILENT, sentence="3天无新稿"
        ),
        SourceReport("c", "未确认", "枝江", SourceState.UNCONFIRMED),
    ]

    edition = make_edition(
        choice,
        day=DAY,
        number=187,
        total=1024,
        covers_from=date(2026, 7, 17),
        issued_at=at(2026, 7, 20, 6),
        board=EMPTY,
        reminders=["约稿"],
        reports=reports,
        rules=rules,
    )

    assert (187, 1024, ("约稿",), choice.columns) == (
        edition.number,
        edition.total,
        edition.reminders,
        edition.columns,
    )
    assert (2, 1) == (edition.sources_total, edition.sources_normal)
    assert "2个来源1个正常；宜昌工会维权网：3天无新稿" == edition.source_line


def test_the_line_of_sources():
    """All well in a few words, a source without a sentence by its state."""
    good = SourceReport("a", "甲网", "省", SourceState.NORMAL)
    down = replace(good, name="乙网", state=SourceState.DOWN)

    lines = (source_line([]), source_line([good]), source_line([good, down]))

    assert ("", "1个来源全部正常", "2个来源1个正常；乙网：打不开") == lines


def test_the_lead():
    """Counts and the first headline that fits."""
    long = _entry(1, "很长的标题" * 20)

    assert "今日暂无新稿。" == lead_sentence(_choice())
    assert "今日要闻1条：短标题。" == lead_sentence(_choice(news=[_entry(2, "短标题")]))
    assert "今日基层亮点1条、要闻1条：短标题。" == lead_sentence(
        _choice([long], [_entry(2, "短标题")])
    )
    assert "今日基层亮点1条。" == lead_sentence(_choice([long]))


def test_no_colon_follows_another_in_the_lead():
    """A headline with a colon of its own stands behind a semicolon."""
    choice = _choice([_entry(1, "市卫健局工会：护士有了“安静舱”")])

    assert "今日基层亮点1条；市卫健局工会：护士有了“安静舱”。" == lead_sentence(choice)


def test_a_headline_that_ends_itself_gets_no_second_stop(edition_of):
    """A headline with its own mark at the end closes the sentence as it stands."""
    choice = _choice([_entry(1, "开工！")])
    message = sms_text(edition_of(choice), office_short="甲", link="a.cn")

    assert "今日基层亮点1条：开工！" == lead_sentence(choice)
    assert "【甲】7月20日简报：开工！详见a.cn" == message.text


HEADLINES = st.lists(st.text(max_size=80), max_size=8)


@given(HEADLINES, HEADLINES, HEADLINES)
def test_the_lead_is_short(highlights, news, rights):
    """At most 60 characters, always."""
    entries = [
        [_entry(n, h) for n, h in enumerate(hs)] for hs in (highlights, news, rights)
    ]

    assert 0 < len(lead_sentence(_choice(*entries))) <= LEAD_LIMIT


def test_a_thin_day_shows_the_week(rules, edition_of):
    """The last seven days' highlights, newest first, none twice, none of today's."""
    past = [
        edition_of(_choice([_entry(1), _entry(2)], [_entry(3)]), date(2026, 7, 17)),
        edition_of(_choice([_entry(4), _entry(2)]), date(2026, 7, 16)),
        edition_of(_choice([_entry(9)]), date(2026, 7, 10)),
    ]

    week = week_review(past, _choice([_entry(1)]), day=DAY, rules=rules)
    full = week_review(past, _choice(map(_entry, (6, 7, 8))), day=DAY, rules=rules)

    assert [2, 4, 3] == [entry.story_id for entry in week]
    assert () == full


def test_reminders_by_their_days():
    """A reminder stands from its first to its last day."""
    lines = [
        Reminder("甲", DAY, DAY),
        Reminder("乙", date(2026, 7, 21), date(2026, 7, 22)),
        Reminder("丙", date(2026, 7, 1), date(2026, 7, 20)),
    ]

    assert ("甲", "丙") == reminders_for(DAY, lines)


def test_the_board(rules):
    """One row a ranked unit, the office itself left out, silence counted in days."""
    board = make_board(
        rules,
        until=DAY,
        stories=9,
        received={"afs": 2},
        adopted={"afs": 1},
        shown={"ds": 2},
        last_shown={"ds": date(2026, 7, 17)},
    )

    rows = {row.unit_id: row for row in board.rows}
    assert (2, 1, 0, None) == (
        rows["afs"].received,
        rows["afs"].adopted,
        rows["afs"].shown,
        rows["afs"].silent_days,
    )
    assert (3, 2) == (rows["ds"].silent_days, rows["ds"].shown)
    assert "szgh" not in rows
    assert (date(2026, 7, 1), 2, 1, len(rows) - 2) == (
        board.since,
        board.received,
        board.adopted,
        board.silent,
    )


# The WeChat group and the short message


def test_the_group_text(edition_of):
    """News with its source, highlights, the first reminder and the link."""
    choice = _choice([_entry(1), _entry(2, "董市：谈工资")], [_entry(3, "省总部署")])
    edition = edition_of(choice, reminders=("金秋助学稿8月20日前报", "第二条"))

    text = group_text(edition, office_short="枝江工会", link="https://a.cn/2026/0720/")
    plain = group_text(edition, office_short="枝江工会", link="", emoji=False)

    assert text == (
        "【枝江工会每日简报】7月20日 第187期\n"
        "🔴要闻\n1.省总部署（湖北工会网）\n"
        "⭐基层亮点\n1.安福寺镇送清凉\n2.董市：谈工资\n"
        "📌提示：金秋助学稿8月20日前报\n"
        "👉全文：https://a.cn/2026/0720/"
    )
    assert "◆要闻" in plain
    assert not any(ord(c) > 0xFFFF or c == "⭐" for c in plain)
    assert "全文" not in plain


def test_a_full_day_is_trimmed(edition_of):
    """Lower columns go first, the heads of news and highlights stay."""
    choice = _choice(
        map(_entry, range(5)),
        map(_entry, range(10, 16)),
        [_entry(20), _entry(21)],
        [_entry(30)],
    )

    lines = group_text(
        edition_of(choice, reminders=("提示",)), office_short="枝江工会", link="x"
    ).split("\n")

    assert MOST_LINES == len(lines)
    assert {"🔴要闻", "⭐基层亮点"} <= set(lines)
    assert "⚖️维权服务" not in lines


def test_an_empty_day(edition_of):
    """A day without news says so."""
    text = group_text(edition_of(_choice()), office_short="枝江工会", link="")

    assert text.endswith("今日暂无新稿")


@given(
    HEADLINES,
    HEADLINES,
    HEADLINES,
    st.text(max_size=300),
    st.text(max_size=600),
    st.booleans(),
)
def test_the_group_text_is_short(
    edition_of, highlights, news, rights, reminder, link, emoji
):
    """At most 500 characters and 12 lines, whatever comes."""
    entries = [
        [_entry(n, h) for n, h in enumerate(hs)] for hs in (highlights, news, rights)
    ]
    edition = edition_of(_choice(*entries), reminders=(reminder,))

    text = group_text(edition, office_short="枝江工会", link=link, emoji=emoji)

    assert len(text) <= MOST_CHARACTERS
    assert len(text.splitlines()) <= MOST_LINES


def test_a_very_long_link_leaves_little(edition_of):
    """When even short headlines are too many, entries go, and the end is cut."""
    choice = _choice([_entry(n, "长" * 200) for n in range(5)], [_entry(9, "长" * 200)])

    some = group_text(edition_of(choice), office_short="枝江工会", link="x" * 420)
    none = group_text(edition_of(choice), office_short="枝江工会", link="x" * 900)

    assert "1." in some
    assert some.endswith("x")
    assert MOST_CHARACTERS == len(none)


def test_very_long_headlines_make_room(edition_of):
    """Headlines are shortened before anything is dropped."""
    choice = _choice([_entry(n, "长" * 200) for n in range(5)], [_entry(9, "长" * 200)])

    text = group_text(edition_of(choice), office_short="枝江工会", link="x" * 280)

    assert len(text) <= MOST_CHARACTERS
    assert "…" in text


def test_a_shortened_headline_tells_no_other_number(edition_of):
    """It ends before a figure or a Latin word that has no room, never inside one."""
    number = f"{'市总工会送清凉到一线' * 3}劳动者共达123600名"
    latin = f"{'董市镇总工会' * 4}签订2026—2028年Collective Agreement"
    choice = _choice([_entry(1, number), _entry(2, latin)])

    text = group_text(edition_of(choice), office_short="枝江工会", link="")

    assert "劳动者共达…" in text
    assert "2028年…" in text


def test_the_short_message(edition_of):
    """As many headlines as 70 characters hold."""
    choice = _choice([_entry(1), _entry(2, "董市镇46家企业谈定工资 现场热烈")])

    message = sms_text(edition_of(choice), office_short="枝江工会", link="a.cn/1")

    assert (
        "【枝江工会】7月20日简报：安福寺镇送清凉；董市镇46家企业谈定工资。详见a.cn/1"
        == message.text
    )
    assert (len(message.text), 1) == (message.length, message.parts)


def test_a_long_link_leaves_room_for_whole_headlines(edition_of):
    """Where two messages are needed anyhow, both are used."""
    entries = [
        _entry(1, "董市镇46家企业谈定工资"),
        _entry(2, "仙女镇司机之家入会412人"),
    ]
    link = "https://www.zjgh.example.cn/days/2026-09-21.html"

    message = sms_text(edition_of(_choice(entries)), office_short="枝江工会", link=link)

    assert "董市镇46家企业谈定工资；仙女镇司机之家入会412人。" in message.text
    assert 2 == message.parts


def test_a_long_headline_fills_one_short_message(edition_of):
    """It is cut where the message ends, not sooner."""
    headline = "安福寺镇总工会走进食品工业园给职工送清凉" * 4

    message = sms_text(
        edition_of(_choice([_entry(1, headline)])), office_short="枝江工会"
    )

    assert message.text.startswith(f"【枝江工会】7月20日简报：{headline[:40]}")
    assert 1 == message.parts


def test_a_rare_character_counts_as_two_in_a_short_message(edition_of):
    """Networks count UTF-16: 70 of them are one message, then 67 each."""
    rare = sms_text(edition_of(_choice([_entry(1, "𠮷" * 12)])), office_short="甲")
    long = sms_text(edition_of(_choice()), office_short="𠮷" * 60, link="x")

    assert len(rare.text) + 12 == rare.length
    assert (len(long.text) + 60, 3) == (long.length, long.parts)


def test_short_messages_of_hard_days(edition_of):
    """No news, and a headline that is too long."""
    none = sms_text(edition_of(_choice()), office_short="枝江工会")
    long = sms_text(
        edition_of(_choice([_entry(1, "长" * 90)])), office_short="枝江工会"
    )
    link = sms_text(edition_of(_choice()), office_short="枝江工会", link="x" * 70)
    blank = sms_text(edition_of(_choice([_entry(1, "：")])), office_short="枝江工会")

    assert "【枝江工会】7月20日简报：今日暂无新稿。" == none.text
    assert len(long.text) <= SMS_CHARACTERS
    assert 2 == link.parts
    assert "：：。" in blank.text
    named = sms_text(
        edition_of(_choice([_entry(1, "安福寺：送清凉")])), office_short="甲"
    )
    assert "安福寺：送清凉。" in named.text
