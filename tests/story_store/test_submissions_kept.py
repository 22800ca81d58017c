"""Submissions: numbered once, moved by the table, every step on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from newsroom.errors import NotAllowed, NotFound
from newsroom.review import ALLOWED, PUBLIC, check_move, office_path
from newsroom.story import Finding, FindingLevel
from newsroom.submission import SubmissionState as State

DAY = date(2026, 7, 18)


def test_a_submission_is_numbered_by_day_and_unit(store, make):
    """The number says day and unit and counts on."""
    numbers = [
        store.add_submission(make.submission(f"k{n}"), day=DAY).number
        for n in range(1, 3)
    ]
    other = store.add_submission(make.submission("k9", unit_id="by"), day=DAY)

    assert numbers == ["报0718-AFS-01", "报0718-AFS-02"]
    assert other.number == "报0718-BY-01"


def test_a_key_makes_one_submission(store, make):
    """The same key again gives the submission as kept."""
    first = store.add_submission(make.submission(), day=DAY)
    again = store.add_submission(
        make.submission(title="别的标题"), day=date(2026, 7, 19)
    )

    assert first == again
    assert (first,) == store.submissions()
    assert store.has_submission("k1")


def test_next_years_day_counts_on(store, make):
    """A number without a year is still never given twice."""
    store.add_submission(make.submission("k1"), day=DAY)
    later = store.add_submission(make.submission("k2"), day=date(2027, 7, 18))

    assert later.number == "报0718-AFS-02"


def test_the_office_accepts_step_by_step(store, make):
    """Accepting walks every review step, each with its line in the log."""
    sub = store.add_submission(make.submission(), day=DAY)
    for state in office_path(sub.state):
        sub = store.move_submission(sub.number, state, by="张三", at=make.now)

    steps = store.submission_steps(sub.number)

    assert State.FINAL_OK is sub.state
    assert sub.state in PUBLIC
    assert [step.by for step in steps] == ["何某", "张三", "张三", "张三", "张三"]
    assert [s.after for s in steps[:-1]] == [s.before for s in steps[1:]]


def test_a_skipped_step_is_refused(store, make):
    """A step that is not in the table changes nothing."""
    sub = store.add_submission(make.submission(), day=DAY)

    with pytest.raises(NotAllowed, match="「已报送」不能直接变为「终审签发」"):
        store.move_submission(sub.number, State.FINAL_OK, by="张三", at=make.now)
    assert State.SUBMITTED is store.submission(sub.number).state
    assert len(store.submission_steps(sub.number)) == 1


def test_a_return_needs_its_reason(store, make):
    """Whoever sends a story back says why, and who they are."""
    with pytest.raises(NotAllowed, match="理由"):
        check_move(State.CHECKED, State.RETURNED, by="张三")
    with pytest.raises(NotAllowed, match="姓名"):
        check_move(State.CHECKED, State.FIRST_OK, by=" ")
    check_move(State.CHECKED, State.RETURNED, by="张三", reason="缺时间地点人物")


@pytest.mark.parametrize("state", [State.HOLD, State.FINAL_OK, State.REJECTED])
def test_the_short_path_starts_before_signing_only(state):
    """What is held, signed or refused is not accepted in one go."""
    with pytest.raises(NotAllowed, match="不能直接采用"):
        office_path(state)


def test_the_table_names_every_state():
    """Every state has its line, and every end leads to the archive."""
    assert set(State) == set(ALLOWED)
    ends = {state for state in State if ALLOWED[state] == {State.ARCHIVED}}
    assert {State.INTERNAL, State.MERGED, State.DUPLICATE, State.DROPPED} == ends


def test_submissions_are_listed_by_state(store, make):
    """A list of states keeps to these; newest first."""
    one = store.add_submission(make.submission("k1"), day=DAY)
    two = store.add_submission(make.submission("k2"), day=DAY)
    store.move_submission(one.number, State.CHECKED, by="机检", at=make.now)

    assert [two, one.number] == [
        store.submissions()[0],
        store.submissions([State.CHECKED])[0].number,
    ]


def test_findings_are_kept_with_the_submission(store, make):
    """What the checks found stands with the submission."""
    sub = store.add_submission(make.submission(), day=DAY)
    finding = Finding("pii", FindingLevel.BLOCK, "110", 0, 3, "像身份证号")

    assert replace(sub, findings=(finding,)) == store.keep_findings(
        sub.number, (finding,)
    )


def test_an_unknown_number_is_a_sentence(store):
    """A number that nobody gave is said so."""
    with pytest.raises(NotFound, match="没有编号为「报0101-X-01」"):
        store.submission("报0101-X-01")
