from __future__ import annotations

import pytest

from newsroom.errors import NewsroomError
from newsroom.submission import Door, SubmissionState
from newsroom.text_block import TextBlock, write_blocks
from workflow.pasting import take_pasted

BODY = (
    "7月18日，安福寺镇总工会走进安福寺食品工业园，把1200份清凉包送到职工手里，"
    "检查降温设备14处。"
)
BLOCK = TextBlock(
    unit="安福寺镇总工会", day="2026-07-18", title="清凉包送到一线", body=BODY
)


@pytest.fixture
def chat():
    return write_blocks(BLOCK, heading="枝工报送")[0]


def test_a_pasted_block_gets_a_number_and_a_receipt(office, chat):
    """A block is kept with its original, checked, and answered in ready words."""
    with office.store() as store:
        (answer,) = take_pasted(office, store, f"在吗\n{chat}\n好的")
        kept = store.submission(answer.kept.number)

    assert answer.receipt.endswith(f"编号 {kept.number}，今天内答复。")
    assert (Door.WECHAT, SubmissionState.CHECKED) == (kept.door, kept.state)
    sealed = office.data / kept.original / "原文.txt"
    assert BODY in sealed.read_text(encoding="utf-8")


def test_pasted_again_it_keeps_its_number(office, chat):
    """The same story sent five times is one submission."""
    with office.store() as store:
        first, *rest = [take_pasted(office, store, chat)[0] for _ in range(5)]

        assert 1 == len(store.submissions())
    assert {first.kept.number} == {one.kept.number for one in rest}
    assert not any(one.is_new for one in rest)
    assert "已经收过" in rest[0].receipt


def test_without_a_unit_nothing_is_taken_and_it_is_said(office):
    """A text that names no unit waits for the editor to name one."""
    text = f"清凉包送到一线\n{BODY.replace('安福寺镇总工会', '我们')}"
    with office.store() as store:
        (answer,) = take_pasted(office, store, text)
        (named,) = take_pasted(office, store, text, unit="安福寺镇")

    assert answer.kept is None
    assert "没有认出单位" in answer.notes[0]
    assert "afs" == named.kept.unit_id


def test_typed_in_is_marked(office):
    """What an editor types for a caller is marked 代录, with who typed it."""
    with office.store() as store:
        (answer,) = take_pasted(
            office, store, f"题\n{BODY}", unit="afs", door=Door.TYPED, by="何某"
        )

    assert (Door.TYPED, "何某") == (answer.kept.door, answer.kept.filled_by)


@pytest.mark.parametrize(("text", "unit"), [("好", ""), ("题\n" + BODY, "没有这个镇")])
def test_what_cannot_be_taken_is_a_sentence(office, text, unit):
    """An empty paste or an unknown unit says what to do."""
    with office.store() as store, pytest.raises(NewsroomError, match=r"请|见"):
        take_pasted(office, store, text, unit=unit)
