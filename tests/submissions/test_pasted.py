from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from newsroom.submission import Door
from newsroom.text_block import ALTERED, TextBlock, write_blocks
from submissions.pasted import read_pasted, submission_of

BLOCK = TextBlock(
    unit="安福寺镇总工会",
    kind="动态",
    topic="夏送清凉",
    day="2026-07-18",
    place="安福寺食品工业园",
    title="长" * 70,
    body="地点：这一行是正文。\n7月18日，安福寺镇总工会送去清凉包1200份。",
    photos="2张，另发原图",
    reviewer="向书平",
    public="是",
    others=(("附言", "请多指教"),),
)
CHAT = """向主席 2026/7/18 10:31
1200份清凉包送到一线
7月18日，安福寺镇总工会走进食品工业园，送去清凉包1200份，职工都说好。
[图片]
何某 上午10:32
作者：何某
"""


@pytest.fixture
def paste(make):
    return lambda text: read_pasted(text, units=make.units, now=make.now)


def test_a_block_becomes_a_submission(paste, make):
    """Every field of a block reaches the submission; its text is taken as it is."""
    (story,) = paste("在吗\n" + write_blocks(BLOCK, heading="枝工报送")[0])

    made = submission_of(story, story.unit, door=Door.WECHAT, received_at=make.now)

    assert ("afs", BLOCK.title, BLOCK.body) == (
        made.unit_id,
        made.title,
        made.body.text,
    )
    assert (date(2026, 7, 18), BLOCK.place, "向书平", True) == (
        made.event_day,
        made.place,
        made.reviewer,
        made.public,
    )
    assert ("照片：2张，另发原图", "附言：请多指教") == made.could_not_read[:2]


def test_a_changed_block_is_marked_for_the_editor(paste, make):
    """A wrong 校验 is accepted with its mark."""
    text = write_blocks(BLOCK, heading="枝工报送")[0].replace("1200", "1300")

    (story,) = paste(text)

    assert ALTERED in story.problems


def test_free_text_is_split_into_title_and_text(paste, make):
    """Without a block, the first line is the title; senders and times are dropped."""
    (story,) = paste(CHAT)

    assert ("1200份清凉包送到一线", "何某") == (story.draft.title, story.draft.author)
    assert 1 == len(story.draft.body.blocks)
    assert "afs" == story.unit.id
    assert ("聊天里的图片、文件没有随文字过来，请另外传",) == story.problems


def test_missing_facts_are_asked_for(paste):
    """A weak text is taken, with the questions to ask."""
    (story,) = paste("昨天我们镇搞了送清凉，领导很重视，效果很好。")

    assert 4 == len(story.asks)
    assert story.unit is None


def test_two_units_in_a_text_name_none(paste):
    """Where the text names two unions, a person says whose it is."""
    (story,) = paste("安福寺镇总工会和百里洲镇总工会一起办了一场招聘会，来了很多人。")

    assert story.unit is None


def test_the_same_words_have_the_same_key(paste, make):
    """Pasted twice, with other marks between, a story has one key."""
    blocks = [BLOCK, replace(BLOCK, place="别处", body=BLOCK.body.replace("，", ","))]

    keys = {
        submission_of(story, story.unit, door=Door.WECHAT, received_at=make.now).key
        for block in blocks
        for story in paste(write_blocks(block, heading="枝工报送")[0])
    }

    assert 1 == len(keys)


@pytest.mark.parametrize("text", ["", "收到", "[图片]", "\n\n"])
def test_nothing_said_is_no_story(paste, text):
    """A greeting or a sticker is no story."""
    assert () == paste(text)


def test_a10_pasted_markup_is_text(paste):
    """A10: HTML pasted from a page stays letters; no tag is kept as such."""
    (story,) = paste(
        "题目\n<p onclick=alert(1)>安福寺镇总工会</p><script>x</script>送清凉。"
    )

    assert "<script>x</script>" in story.draft.body.text


def test_names_and_times_of_the_chat_between_its_lines_are_not_its_text(paste):
    """Sent in pieces or copied with the names: the 校验 says what belongs to it."""
    (block,) = write_blocks(BLOCK, heading="枝工报送")
    lines = block.splitlines()
    told = [f"向主席 2026/9/21 07:3{n % 10}\n{line}" for n, line in enumerate(lines)]
    (whole,), (pieces,) = paste(block), paste("\n".join(told))

    assert whole.draft == pieces.draft
    assert ALTERED not in pieces.problems


def test_a_line_of_its_own_that_looks_like_a_sender_stays(paste):
    """活动时间 9:30 belongs to the story, and the 校验 says so."""
    body = f"{BLOCK.body}\n活动时间 9:30"
    (block,) = write_blocks(replace(BLOCK, body=body), heading="枝工报送")
    (story,) = paste(block)

    assert "活动时间 9:30" in story.draft.body.text
    assert ALTERED not in story.problems
