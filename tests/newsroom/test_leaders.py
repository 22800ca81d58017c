"""Leaders' names and titles, L1 to L9, with an invented list."""

from datetime import date

import pytest

from newsroom.leaders import find_leader_slips
from newsroom.rules import Leader
from newsroom.story import FindingLevel

BLOCK, WARN, HINT = FindingLevel.BLOCK, FindingLevel.WARN, FindingLevel.HINT
SUMMER = date(2026, 7, 18)


def _rules(text, leaders, on=SUMMER):
    return {(f.rule, f.level) for f in find_leader_slips(text, leaders, on=on)}


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("市总工会主席江守一出席", ("L1", BLOCK)),
        ("市总工会主席江守毅出席", ("L1", BLOCK)),
        ("职工江守一", ("L1", HINT)),
        ("市总工会主席何一鸣", ("L2", BLOCK)),
        ("何一鸣、江守义出席", ("L4", WARN)),
        ("一鸣同志指出", ("L5", WARN)),
        ("江同志指出", ("L5", WARN)),
        ("江守\n义", ("L6", HINT)),
        ("江 守义", ("L6", HINT)),
        ("江守义亲自检查", ("L7", WARN)),
        ("江守义作重要讲话", ("L7", WARN)),
        ("江守义、何一鸣出席", ("L8", HINT)),
        ("江守义出席", ("L9", WARN)),
    ],
)
def test_fires(leaders, text, fires):
    """Every slip of the list is named with its level."""
    assert fires in _rules(text, leaders)


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("职工江守一", ("L1", BLOCK)),
        ("常务副主席何一鸣出席", ("L2", BLOCK)),
        ("市总工会常务副主席何一鸣", ("L2", BLOCK)),
        ("市总工会党组书记、常务副主席何一鸣", ("L2", BLOCK)),
        ("市总工会主席江守义", ("L2", BLOCK)),
        ("江守义、何一鸣出席", ("L4", WARN)),
        ("江守义同志指出", ("L5", WARN)),
        ("江守义", ("L6", HINT)),
        ("江守义检查", ("L7", WARN)),
        ("何一鸣与职工何秀兰、田小芹、杨长贵交谈", ("L9", WARN)),
        ("镇总工会主席向书平介绍", ("L1", BLOCK)),
    ],
)
def test_stays_quiet(leaders, text, quiet):
    """What is right is not marked."""
    assert quiet not in _rules(text, leaders)


def test_a_title_that_has_ended(leaders):
    """L3: the title is judged on the day of the event."""
    text = "市总工会常务副主席何一鸣检查"

    after, before = date(2026, 9, 10), date(2026, 8, 30)

    assert ("L3", WARN) in _rules(text, leaders, after)
    assert ("L3", WARN) not in _rules(text, leaders, before)
    assert ("L3", WARN) not in _rules(text, leaders, None)


def test_a_deputy_is_no_chair(leaders):
    """L2: 主席 alone is not the title of a deputy."""
    assert ("L2", BLOCK) in _rules("主席何一鸣", leaders)


def test_two_rows_of_one_person():
    """A leader with a former title is right under each on its days."""
    rows = (
        Leader("周长河", "市总工会副主席", date(2024, 1, 1), date(2026, 6, 30), 3),
        Leader("周长河", "市总工会主席", date(2026, 7, 1), None, 1),
    )

    assert ("L3", WARN) in _rules("市总工会副主席周长河", rows)
    assert _rules("市总工会主席周长河", rows) & {("L2", BLOCK), ("L3", WARN)} == set()


def test_short_names_are_not_guessed():
    """With a name of two characters only listed wrong forms speak."""
    rows = (Leader("周涛", "市总工会副主席", date(2024, 1, 1), None, 3, (), ("周滔",)),)

    assert ("L1", BLOCK) not in _rules("市总工会副主席周明", rows)
    assert ("L1", BLOCK) in _rules("市总工会副主席周滔", rows)
    assert ("L5", WARN) not in _rules("涛同志", rows)


def test_without_a_list_nothing_speaks():
    """The shipped list is empty."""
    assert _rules("市总工会主席江守一亲自检查", ()) == set()
