from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import load_settings
from newsroom.drafting import LONGEST_TITLE, make_draft, marks_in, missing_mark
from newsroom.facts import find_numbers
from newsroom.people import leader_names, worker_names
from newsroom.questions import GENERAL, in_season
from newsroom.rules import Rules
from newsroom.taxonomy import Unit, UnitKind

SETTINGS = load_settings(Path(__file__).parents[2] / "config.toml")
TEMPLATES = {one.id: one for one in SETTINGS.story_templates}
RULES: Rules = SETTINGS.rules
UNIT = Unit("afs", "安福寺镇", "安福寺镇总工会", UnitKind.TOWN)
ANSWERS = {
    "when": "7月18日",
    "place": "安福寺食品工业园",
    "org": "安福寺镇总工会",
    "result": "惠及职工1200人。",
    "temp": "38℃",
    "who": "一线职工",
    "goods": "清凉包1200份",
    "check": "检查降温设备14处，整改5处",
    "new": "今年把清凉包送到夜班",
    "quote": "“绿豆汤管够”",
    "quoter": "食品厂包装工李师傅",
    "next": "将继续走访高温岗位",
}
REQUIRED = ("when", "place", "org", "result")
LITERAL = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
MEANT = re.compile(r"[\W_]+")
# Facts as people type them; none of them stands in a skeleton.
TYPED = st.sampled_from(
    [
        "",
        "  ",
        "惠及职工4321人。",
        "送去87份，，",
        "赵钱孙师傅",
        "“大家都说好！”",
        "{{ 7*7 }}",
        "{% if x %}999元{% endif %}",
        "{0.__class__}%s%n",
        "为66名工人",
        "将开课",
        "在三号车间",
        "第一次办\n换了办法",
        "〔还没写：多少人？〕",
        "张三、李四……",
    ]
)


def letters(text):
    return MEANT.sub("", text)


@st.composite
def filled(draw):
    """A template, and answers to any part of its questions."""
    template = draw(st.sampled_from(list(TEMPLATES.values())))
    keys = [question.key for question in template.questions]
    answers = draw(st.dictionaries(st.sampled_from(keys), TYPED))
    return template, answers


def literals(template):
    """The words of the office in a template."""
    parts = (template.skeleton, *template.titles)
    bits = [bit for part in parts for bit in LITERAL.split(part)]
    return [letters(clause) for bit in bits for clause in re.split("[，。；\n]", bit)]


def test_full_answers_make_a_clean_story():
    """All answers given, the draft reads as a story and asks nothing."""
    draft = make_draft(TEMPLATES["xiasong"], ANSWERS, UNIT)

    assert () == draft.missing
    assert draft.plain == draft.text
    assert draft.text == (
        "7月18日，气温升至38℃。安福寺镇总工会走进安福寺食品工业园，"
        "为一线职工送去清凉包1200份。\n"
        "活动中，检查降温设备14处，整改5处。惠及职工1200人。\n"
        "与以往不同的是，今年把清凉包送到夜班。"
        "“绿豆汤管够。”食品厂包装工李师傅说。\n"
        "下一步，安福寺镇总工会将继续走访高温岗位。"
    )
    assert draft.titles[0] == "安福寺镇：清凉包1200份送到安福寺食品工业园"


def test_required_answers_alone_make_two_clean_sentences():
    """With only what must be answered, the plain draft still stands."""
    answers = {key: ANSWERS[key] for key in REQUIRED}

    draft = make_draft(TEMPLATES["xiasong"], answers, UNIT)

    assert draft.plain == (
        "7月18日，安福寺镇总工会走进安福寺食品工业园。\n惠及职工1200人。"
    )
    assert ["who", "goods"] == [question.key for question in draft.missing]


def test_a_missing_fact_is_a_mark_in_its_place():
    """Where the skeleton needs an answer, its question stands as a mark."""
    answers = ANSWERS | {"goods": ""}

    draft = make_draft(TEMPLATES["xiasong"], answers, UNIT)

    assert "为一线职工送去〔还没写：送了什么、多少份？〕。" in draft.text
    assert (missing_mark(draft.missing[0]),) == marks_in(draft.text)
    assert "一线职工" in draft.plain


def test_an_unanswered_sentence_claims_nothing():
    """What the skeleton says of a fact goes with the fact: no contract from nowhere."""
    answers = {key: ANSWERS[key] for key in REQUIRED}

    draft = make_draft(TEMPLATES["xieshang"], answers, UNIT)

    assert "签订集体合同" in draft.text
    assert "签订集体合同" not in draft.plain


def test_a_quote_without_its_speaker_stays_a_quote():
    """Words of a worker never become words of the paper."""
    draft = make_draft(TEMPLATES["xiasong"], ANSWERS | {"quoter": " "}, UNIT)

    assert "“绿豆汤管够。”" in draft.plain
    assert "〔还没写：这话是谁说的？〕说。" in draft.text


def test_a19_answers_are_never_read_as_a_template():
    """A19: template signs in an answer are shown as they were typed."""
    typed = "{{ 7*7 }}{% if when %}x{% endif %}{0.__class__}%s%n"

    draft = make_draft(TEMPLATES["xiasong"], ANSWERS | {"goods": typed}, UNIT)

    assert f"送去{typed}。" in draft.text
    assert "49" not in draft.text


@given(filled())
def test_nothing_is_in_a_draft_that_was_not_typed(case):
    """No number, name or quote appears that stands in no answer and no skeleton."""
    template, answers = case

    draft = make_draft(template, answers, UNIT)
    made = "\n".join((draft.plain, *draft.titles))

    typed = "\n".join((UNIT.name, *answers.values()))
    own = LITERAL.sub("", "\n".join((template.skeleton, *template.titles)))
    assert set(re.findall(r"\d+", made)) <= set(re.findall(r"\d+", typed + own))
    assert set(find_numbers(made)) <= set(find_numbers(typed + own)) | {
        number for number in find_numbers(made) if number in letters(typed)
    }
    for name in (*worker_names(made), *leader_names(made)):
        assert name in typed or name in own
    for quote in re.findall(r"“([^“”]+)”", made):
        assert letters(quote) in letters(typed) + letters(own)


@given(filled())
def test_every_letter_of_a_draft_has_its_origin(case):
    """Taken apart, a draft is the skeleton's words, the answers and the questions."""
    template, answers = case

    draft = make_draft(template, answers, UNIT)

    asks = [letters(missing_mark(q)) for q in template.questions]
    typed = [letters(answer) for answer in answers.values()]
    typed += [one[1:] for one in typed]
    pieces = {*literals(template), *asks, *typed, letters(UNIT.name)} - {""}
    words = sorted(pieces, key=len, reverse=True)
    pattern = "|".join(map(re.escape, words))
    for text in (draft.text, draft.plain):
        assert re.fullmatch(f"(?:{pattern})*", letters(text))


@given(filled())
def test_no_answer_is_lost(case):
    """Whatever the skeleton uses is in the draft, marks or not."""
    template, answers = case
    skeleton = re.sub(
        r"\{% if (\w+) %\}(.*?)\{% endif %\}",
        lambda m: m[2] if letters(re.sub("〔.*?〕", "", answers.get(m[1], ""))) else "",
        template.skeleton,
        flags=re.DOTALL,
    )
    used = set(re.findall(r"\{\{ (\w+) \}\}", skeleton))

    draft = make_draft(template, answers, UNIT)

    for key in used & set(answers):
        typed = answers[key].strip("将在为 \n")
        if "还没写" not in typed:
            assert letters(typed) in letters(draft.plain)


@given(filled())
def test_drafts_are_well_formed(case):
    """No doubled stops, no empty lines, titles short and without a cry."""
    template, answers = case

    draft = make_draft(template, answers, UNIT)

    assert not re.search(r"，。|。。|，，|^[，。；]", draft.text, re.MULTILINE)
    assert "" not in draft.text.split("\n")[1:]
    assert () == marks_in(draft.plain)
    assert all(len(t) <= LONGEST_TITLE and "！" not in t for t in draft.titles)


def test_every_topic_asks_when_where_who_and_what_came_of_it():
    """The twelve topics share the common questions, in the order of telling."""
    orders = {
        tuple(q.key for q in one.questions if q.required) for one in TEMPLATES.values()
    }

    assert 12 == len(TEMPLATES)
    assert {REQUIRED} == orders


@pytest.mark.parametrize(("month", "first"), [(7, "xiasong"), (1, "wennuan")])
def test_the_season_comes_first(month, first):
    """The topics of the month are offered first, the general one last."""
    offered = in_season(SETTINGS.story_templates, RULES.topics, month)

    seasonal = {t.id for t in RULES.topics if month in t.months}
    assert first in seasonal
    assert offered[0].id in seasonal
    assert GENERAL == offered[-1].id


def test_what_comes_next_month_is_offered_before_what_is_past():
    """In November 送温暖 stands before 送清凉."""
    offered = [one.id for one in in_season(SETTINGS.story_templates, RULES.topics, 11)]

    assert offered.index("wennuan") < offered.index("xiasong")
