"""From articles and submissions to stories."""

from dataclasses import replace
from datetime import date

import pytest

from newsroom.body import Body, Paragraph, Picture, Run
from newsroom.digests import story_digest
from newsroom.rules import CheckRules
from newsroom.story import StoryKind, StoryState
from newsroom.submission import Photo
from newsroom.understanding import (
    NO_TEXT,
    NOT_PUBLIC,
    THIN,
    UNDATED,
    add_reprint,
    adoption_evidence,
    understand_article,
    understand_submission,
)

TEXT = (
    "7月18日，安福寺镇总工会走进9家企业，送去“清凉包”1200份，服务职工1200人。"
    "活动由9家企业工会一起准备，毛巾、凉茶和防暑药品送到了车间、工地和路边的职工手中。"
)
SHORT = "安福寺镇送清凉"


@pytest.fixture
def read(article_of, source_of, rules, at):
    """The story of one article."""

    def build(headline=SHORT, text=TEXT, tier="zj", *, listed=None, source=None, **f):
        article = article_of(headline, text, **f)
        return understand_article(
            article,
            source or source_of(tier),
            rules,
            first_seen=at(2026, 7, 19, 6),
            listed=at(*listed) if listed else None,
        )

    return build


def test_an_article_becomes_a_story(read, at):
    """Headline letter for letter, tags, abstract, event day and first publication."""
    story = read(source_line="枝江市总工会网", byline="何某")

    assert (0, SHORT, StoryState.INGESTED) == (story.id, story.headline, story.state)
    assert ("afs", "xiasong") == (story.unit_id, story.topic_id)
    assert (TEXT, TEXT) == (story.abstract, story.excerpt)
    assert date(2026, 7, 18) == story.event_day
    assert at(2026, 7, 18) == story.published
    assert [("zj", True)] == [(a.source_id, a.is_first) for a in story.appearances]
    assert ((), False, 64) == (story.findings, story.own, len(story.digest))


def test_f43_a_very_short_text_keeps_its_excerpt_back(read):
    """Under 80 characters the reading may have gone wrong: flagged, title and link."""
    thin, whole = read(text="四" * 79), read(text="四" * 80)

    assert ("", THIN) == (thin.excerpt, thin.notes[0])
    assert THIN not in whole.notes
    assert whole.excerpt


def test_f70_a_page_of_pictures_is_flagged(article_of, source_of, rules, at):
    """Only pictures or a video: the title and the link stand, marked 没有文字."""
    pictures = Body((Picture("http://a.example/1.jpg"),))
    article = replace(article_of(SHORT), body=pictures)

    story = understand_article(
        article, source_of("zj"), rules, first_seen=at(2026, 7, 19)
    )

    assert ("", NO_TEXT) == (story.excerpt, story.notes[0])


def test_an_undated_article_stays_undated(read, at):
    """No date is invented; the list's date is taken with a note."""
    undated = read(published=None)
    listed = read(published=None, listed=(2026, 7, 18))

    assert (None, (UNDATED,)) == (undated.published, undated.notes)
    assert at(2026, 7, 18) == listed.published == listed.appearances[0].published
    assert not listed.has_time
    assert "列表" in listed.notes[0]


def test_an_excerpt_with_personal_data_is_dropped(read):
    """A phone number in the abstract: the headline stands, the characters go."""
    story = read(text=TEXT + "电话13800138000。")

    assert (SHORT, "", StoryState.INGESTED) == (
        story.headline,
        story.excerpt,
        story.state,
    )
    assert ["pii.mobile"] == [f.rule for f in story.findings]


def test_personal_data_beyond_the_excerpt(read, source_of):
    """Far down in the text it forbids the full text of a source of our own."""
    text = TEXT + "\n" + "很长的正文。" * 40 + "电话13800138000。"
    own = source_of("zj", own=True)

    assert not read(text=text, source=own).own
    assert read(source=own).own
    assert read(text=text).excerpt.startswith(TEXT)


def test_others_wording_is_theirs(read):
    """Wrong words in a text from elsewhere are no findings."""
    assert () == read(text="总公会的秸杆禁烧会议。").findings


@pytest.mark.parametrize("banned", [True, False])
def test_sources_that_allow_no_excerpt(read, source_of, banned):
    """A source without excerpt, or a page that forbids reprinting, gives none."""
    source = source_of("zj", excerpt=banned)

    assert "" == read(source=source, reprint_banned=banned).excerpt


def test_a_headline_with_personal_data_is_held(read):
    """What cannot even be named stands nowhere."""
    story = read(headline="联系电话13800138000")

    assert StoryState.HELD is story.state
    assert "标题里有手机号码" in story.held_reason


@pytest.mark.parametrize(
    ("tier", "city", "unit"),
    [
        ("zj", None, "jy"),
        ("yc", None, None),
        ("sheng", None, None),
        ("tashan", None, None),
        ("sheng", "枝江", "jy"),
        ("zj", "荆州", None),
    ],
)
def test_whose_city_is_meant(read, source_of, tier, city, unit):
    """市教育局 is that of the source's own city."""
    source = source_of(tier, city=city)

    story = read("市教育局工会办比赛", "比赛结束。", source=source)

    assert story.unit_id == unit


def test_a_submission_becomes_a_story(submission_of, rules):
    """The unit is the sender's; the text is our own."""
    sub = submission_of(
        "送清凉活动", "在董市镇，" + TEXT, "afs", number="报1", author="何某"
    )

    story = understand_submission(sub, rules)

    assert ("afs", ("报送单位",)) == (story.units[0].id, story.units[0].evidence)
    assert "ds" in [tag.id for tag in story.units]
    assert (True, True, "何某") == (story.own, story.is_submission, story.byline)
    assert (sub.event_day, None) == (story.event_day, story.published)
    assert story.excerpt == story.abstract != ""
    assert () == story.appearances


def test_pictures_of_a_submission(submission_of, rules):
    """Kept pictures stand where the text names them, the others at its end."""
    photos = (
        Photo("a" * 64 + ".jpg", 900, 600, "车间", "何某", "IMG_1.jpg"),
        Photo("b" * 64 + ".jpg", 900, 600),
    )
    body = Body((Picture("media/IMG_1.jpg"), Picture("other"), Paragraph((Run(TEXT),))))
    sub = replace(submission_of(SHORT, TEXT), body=body, photos=photos)

    story = understand_submission(sub, rules)

    sources = [p.src for p in story.body.pictures]
    assert [photos[0].file, "other", photos[1].file] == sources
    assert ("车间", "何某", 900) == (
        story.body.pictures[0].caption,
        story.body.pictures[0].credit,
        story.body.pictures[0].width,
    )


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"text": "内部参阅。"}, "文中有“内部参阅”，须由主席决定能否公开"),
        ({"public": False}, NOT_PUBLIC),
        ({"kind": StoryKind.INTERNAL}, "内部情况，不公开"),
        ({"text": "电话13800138000。"}, "“13800138000”：手机号码"),
        ({"text": "时间待定。"}, "“待定”：有没填完的地方"),
    ],
)
def test_submissions_that_are_held(submission_of, rules, changed, reason):
    """Held for the chair, by the sender's wish, or for what it holds; never lost."""
    story = understand_submission(submission_of(SHORT, **changed), rules)

    assert (StoryState.HELD, reason, "") == (
        story.state,
        story.held_reason,
        story.excerpt,
    )


@pytest.fixture
def reprint(article_of, source_of, at):
    """Puts one more publication to a story."""

    def build(story, tier="yc", published=(2026, 7, 19), *, rules=None, **fields):
        fields.setdefault("url", f"http://{tier}.example/9.html")
        headline = fields.pop("headline", "枝江送清凉")
        text = fields.pop("text", TEXT)
        article = article_of(headline, text, published, **fields)
        seen = at(2026, 7, 20, 6)
        return add_reprint(story, article, source_of(tier), seen, rules=rules)

    return build


def test_a_later_reprint(read, reprint):
    """Headline and text stay those of the first publication; the level is evidence."""
    story = reprint(read())

    assert SHORT == story.headline
    assert [("zj", True), ("yc", False)] == [
        (a.source_id, a.is_first) for a in story.appearances
    ]
    assert ["yc"] == [a.source_id for a in story.reprints]
    assert (
        "上级采用：宜昌工会维权网，2026-07-19，http://yc.example/9.html"
        == story.notes[-1]
    )


def test_an_earlier_publication_found_later(read, reprint, rules):
    """The earliest becomes the first; with the rules its words become the story's."""
    story = replace(read(), id=7, state=StoryState.PUBLISHED)

    ordered = reprint(story, "sheng", (2026, 7, 17))
    told = reprint(story, "sheng", (2026, 7, 17), rules=rules)

    assert ("sheng", SHORT) == (ordered.first.source_id, ordered.headline)
    assert ("枝江送清凉", 7, StoryState.PUBLISHED) == (
        told.headline,
        told.id,
        told.state,
    )
    assert story.first_seen == told.first_seen


def test_the_same_address_again_is_no_reprint(read, reprint):
    """An article asked again is one publication."""
    story = reprint(read(), "zj", url="https://www.a.example/1.html?from=timeline")

    assert 1 == len(story.appearances)


def test_hours_order_one_day(read, reprint):
    """On one day a shown hour comes before a day without one; undated ones last."""
    story = reprint(read(published=(2026, 7, 18)), "yc", (2026, 7, 18, 9))
    story = reprint(story, "sheng", None)

    assert ["yc", "zj", "sheng"] == [a.source_id for a in story.appearances]


def test_reprints_of_a_submission(submission_of, rules, reprint):
    """A submission keeps its own words, and every outlet is evidence once."""
    story = understand_submission(submission_of(SHORT, TEXT, number="报1"), rules)

    once = reprint(story, "zj", (2026, 7, 10), rules=rules)
    twice = reprint(once, "zj", (2026, 7, 10), rules=rules)

    assert SHORT == once.headline
    assert 1 == len(once.notes)
    assert once == twice


def test_what_is_no_adoption(read, reprint):
    """A story of the province that others carry is no evidence for us."""
    story = read(tier="sheng")
    carried = reprint(story, "guo")

    assert () == carried.notes
    assert adoption_evidence(story, story.appearances[0]) is None
    assert adoption_evidence(replace(story, appearances=()), story.first) is None
    local = read()
    assert adoption_evidence(local, local.appearances[0]) is None


def test_the_digest_tells_what_changed(read):
    """The same story has the same digest, another word another one; the id is none."""
    story = read()

    assert story_digest(story) == story.digest == story_digest(replace(story, id=5))
    assert story_digest(replace(story, abstract="别的")) != story.digest


def test_without_rules_for_personal_data(submission_of, rules):
    """An office may empty every list and still gets its stories."""
    empty = CheckRules(
        (),
        (),
        {},
        (),
        (),
        (),
        rules.checks.half_width,
        (),
        rules.checks.dots,
        rules.checks.comma_before_predicate,
        rules.checks.quote_in_title,
        (),
        frozenset(),
    )

    story = understand_submission(
        submission_of(SHORT, "电话13800138000。"), replace(rules, checks=empty)
    )

    assert StoryState.INGESTED is story.state


def test_what_the_office_publishes_in_full_is_proof_read_whole(read, source_of):
    """A crawled text of our own: a grave slip keeps the full text from the public."""
    own = source_of("zj", own=True)
    text = "9月18日，市总公会为一线职工送去清凉包1200份，并核对了高温津贴。" * 2

    slip = read(text=text, source=own)
    others = read(text=text)

    assert not slip.own
    assert "总公会" in slip.notes[-1]
    assert "wrong_word" in {finding.rule for finding in slip.findings}
    assert () == others.findings
