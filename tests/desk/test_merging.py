"""Two towns' reports of one event become one, with joint credit, and come apart."""

from __future__ import annotations

import pytest

PARK = (
    "9月18日，董市镇总工会和安福寺镇一道走进食品工业园，为一线职工送去清凉包1100份。\n"
    "董市镇还为夜班职工设了纳凉点，当晚就有人来歇脚。"
)


@pytest.fixture
def pair(house):
    """Two reports of one event; the second counts otherwise."""
    return house.number(), house.number(
        "ds", title="清凉送进食品工业园", text=PARK, author="孙某"
    )


def merge(house, one, other, who="editor", **choices):
    told = {
        "other": other,
        "other_mark": house.store.review(other).mark,
        "title": house.store.submission(one).title,
        "number0": "second",
        "take": ["1"],
    }
    return house.act(who, one, "merge/do", **(told | choices))


def test_both_stand_side_by_side_with_the_numbers_that_differ(house, pair):
    """The screen asks which number holds and offers only what is new."""
    page = house.browser("editor").get(f"/desk/s/{pair[0]}/merge?with={pair[1]}")
    text = page.content.decode()

    assert "<mark>1200份</mark>" in text
    assert "<mark>1100份</mark>" in text
    assert 1 == text.count("安福寺镇的已有类似的话")


def test_merged_they_are_one_text_with_both_authors_and_units(house, pair):
    """The chosen number stands everywhere; the other is told that it was merged."""
    merge(house, *pair)
    joint = house.store.submission(pair[0])

    assert "1100份清凉包送到车间" == joint.title
    assert "清凉包1100份" in joint.body.text
    assert joint.body.text.endswith("当晚就有人来歇脚。")
    assert ("李某文、孙某", ("ds",)) == (joint.author, joint.joint_units)
    assert "merged" == house.state(pair[1])
    assert "1200份 / 1100份：以后一个为准" in house.store.comments(pair[0])[0].text


def test_the_other_number_is_put_right_in_the_paragraph_taken_over(house, pair):
    """Whichever holds, no two numbers of one thing stand in the joint text."""
    merge(house, *pair, number0="first", take=["0", "1"])

    text = house.store.submission(pair[0]).body.text
    assert (2, 0) == (text.count("1200份"), text.count("1100份"))


def test_a_conflict_without_an_answer_is_not_merged(house, pair):
    """Nobody guesses a number."""
    page = merge(house, *pair, number0="").content.decode()

    assert "逐个选一个" in page
    assert "checked" == house.state(pair[1])


def test_signatures_under_either_text_are_void(house, pair):
    """What was read before is not what would be printed now."""
    house.act("editor", pair[0], "sign")
    house.act("editor", pair[1], "sign")
    merge(house, *pair, who="reviewer")

    assert "checked" == house.state(pair[0])
    assert () == house.store.review(pair[0]).approvals
    assert "merged" == house.state(pair[1])


def test_taken_apart_both_are_as_they_were(house, pair):
    """Text, author, unit and state; the originals were never touched."""
    before = [house.store.submission(number) for number in pair]
    merge(house, *pair)
    house.act("editor", pair[0], "apart", other=pair[1])
    after = [house.store.submission(number) for number in pair]

    assert before == after
    assert {} == house.store.all_merged()


def test_taken_apart_later_the_editors_words_stay(house, pair):
    """What was written after the merge is nobody's to lose."""
    merge(house, *pair)
    joint = house.store.submission(pair[0])
    house.act("editor", pair[0], "edit", title="新标题", text=joint.body.text)
    page = house.act("editor", pair[0], "apart", other=pair[1]).content.decode()
    after = house.store.submission(pair[0])

    assert "没有动，请核对" in page
    assert ("新标题", "李某文", ()) == (after.title, after.author, after.joint_units)


def test_an_old_page_merges_nothing(house, pair):
    """Whoever changed one of them meanwhile is named."""
    mark = house.store.review(pair[1]).mark
    house.act("reviewer", pair[1], "edit", title="改过了", text=PARK)
    page = merge(house, *pair, other_mark=mark).content.decode()

    assert "江敏 在 08:00" in page
    assert "checked" == house.state(pair[1])


def test_what_is_the_chairs_is_not_offered_and_not_merged(house):
    """Class C: its number is refused as if it were not there."""
    one = house.number()
    other = house.number("ds", text=PARK + "\n这是内部资料。")
    page = house.browser("editor").get(f"/desk/s/{one}/merge").content.decode()
    refused = merge(house, one, other).content.decode()

    assert other not in page
    assert f"没有编号为「{other}」的投稿" in refused


def test_both_units_are_credited_in_story_and_board(house, pair):
    """The story names both; each unit's count of adopted stories grows."""
    merge(house, *pair)
    house.sign_all(pair[0])
    story = house.store.story(house.store.submission(pair[0]).story_id)
    house.browser("editor").post("/desk/edition/issue")
    rows = house.store.edition(house.clock().date()).board.rows
    adopted = {row.unit_id: row.adopted for row in rows if row.adopted}

    assert ["afs", "ds"] == [tag.id for tag in story.units][:2]
    assert "李某文、孙某" == story.byline
    assert {"afs": 1, "ds": 1} == adopted


def test_a_merged_report_counts_only_when_the_joint_one_is_taken(house, pair):
    """Declined together, neither is counted as adopted."""
    merge(house, *pair)
    house.act("editor", pair[0], "decline", reason="late")
    house.browser("editor").post("/desk/edition/issue")
    rows = house.store.edition(house.clock().date()).board.rows

    assert 0 == sum(row.adopted for row in rows)


def test_only_what_stands_here_is_taken_out_of_it(house, pair):
    """Another story's page takes nothing apart; a number never given is a note."""
    merge(house, *pair)
    other = house.number(title="夜班车间有了纳凉点", text=f"另一件事。{house.text}")
    page = house.act("editor", other, "apart", other=pair[1]).content.decode()
    absent = house.browser("editor").get(f"/desk/s/{other}/merge?with=0", follow=True)

    assert "没有并在这里" in page
    assert "merged" == house.state(pair[1])
    assert "没有编号为「0」的投稿" in absent.content.decode()
