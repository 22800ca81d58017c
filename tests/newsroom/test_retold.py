"""What a reprint made of a text, sentence by sentence."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from newsroom.article import CHINA
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.retold import retold, with_retold
from newsroom.story import Appearance, RetoldSentence, Story, StoryState
from newsroom.taxonomy import Level

OURS = (
    "9月21日，安福寺镇总工会走进食品园，为一线职工送去清凉包。",
    "活动发放清凉包1200份。",
    "镇总工会还请来医生量血压。",
)


def body(*sentences: str) -> Body:
    return Body((Paragraph(plain_runs("".join(sentences))),))


def printed(url: str, level: Level = Level.CITY) -> Appearance:
    seen = datetime(2026, 9, 22, 8, tzinfo=CHINA)
    return Appearance("yc", "宜昌工会网", level, url, "标题", seen)


def story(*appearances: Appearance, number: str | None = None) -> Story:
    return Story(
        1,
        "标题",
        StoryState.PUBLISHED,
        body(*OURS),
        datetime(2026, 9, 21, 8, tzinfo=CHINA),
        appearances=appearances,
        submission_number=number,
    )


def test_sentences_that_were_cut_reworded_and_added_are_told_apart():
    """One is gone, one says the same in other words, one is new; both lengths count."""
    told = retold(
        body(*OURS),
        body(OURS[0], "活动共发放清凉包1200余份。", "全市各级工会都在行动！"),
    )

    assert (1, 1, 1) == (told.cut, told.reworded, told.added)
    assert (
        RetoldSentence(OURS[1], "活动共发放清凉包1200余份。"),
        RetoldSentence(OURS[2], None),
        RetoldSentence(None, "全市各级工会都在行动！"),
    ) == told.sentences
    assert told.length_before == len("".join(OURS))


def test_datelines_bylines_blanks_and_commas_are_no_change():
    """A paper's own name, who wrote it, and other punctuation change nothing."""
    again = Body(
        (
            Paragraph(plain_runs("本报讯（记者 何某）" + OURS[0].replace("，", ", "))),
            Paragraph(plain_runs(" " + OURS[1] + OURS[2])),
            Paragraph(plain_runs("（来源：枝江市总工会）")),
        )
    )

    told = retold(body(*OURS), again)

    assert () == told.sentences


@given(st.lists(st.sampled_from(OURS), max_size=6), st.lists(st.sampled_from(OURS)))
def test_every_sentence_is_kept_cut_or_reworded(before, after):
    """The counts add up: what was kept of one text is what was kept of the other."""
    told = retold(body(*before), body(*after))

    kept = len(before) - told.cut - told.reworded
    assert kept == len(after) - told.added - told.reworded


def test_a_text_held_against_itself_changed_nothing():
    """The same text is told as unchanged."""
    told = retold(body(*OURS), body(*OURS))

    assert (0, 0, 0, ()) == (told.cut, told.reworded, told.added, told.sentences)


def test_the_first_publication_is_held_against_a_submission_only():
    """Crawled news is its own first text; a submission's first print may differ."""
    first, second = printed("https://a.cn/1.html"), printed("https://b.cn/2.html")
    texts = {first.url: body(*OURS), second.url: body(OURS[0])}

    crawled = with_retold(story(first, second), texts).appearances
    handed_in = with_retold(story(first, number="报0921-AFS-01"), texts).appearances

    assert crawled[0].retold is None
    assert 2 == crawled[1].retold.cut
    assert handed_in[0].retold is not None


def test_of_a_text_that_is_not_known_nothing_is_said():
    """No article, or one without words: the publication stays as it was."""
    first, second = printed("https://a.cn/1.html"), printed("https://b.cn/2.html")

    told = with_retold(story(first, second), {second.url: Body()})

    assert (None, None) == tuple(a.retold for a in told.appearances)
