"""Class C on the command line: in no list and no count but the chair's own."""

from __future__ import annotations

import pytest

from newsroom.submission import SubmissionState
from workflow.cli import run
from workflow.inbox import take_inbox
from workflow.issuing import month_board

TITLE = "顾家店镇总工会开展安全宣传"
TEXT = f"""{TITLE}

9月16日，顾家店镇总工会到企业开展安全宣传，结合一起死亡事故讲解防护要点，发放手册200份。
"""


@pytest.fixture
def secret(office):
    """The number of a submission of class C that lies in the store."""
    folder = office.inbox / "顾家店镇" / "安全宣传"
    folder.mkdir(parents=True)
    (folder / "稿件.txt").write_text(TEXT, encoding="utf-8")
    with office.store() as store:
        number = take_inbox(office, store).received[0].number
        assert store.submission(number).state is SubmissionState.CHECKED
    return number


def printed(office, capsys, *words):
    run([*words, "-c", str(office.settings.file), "--as-of", "2026-09-21"])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [("submissions",), ("submissions", "--all"), ("doctor",)]
)
def test_no_list_or_count_of_the_command_line_has_it(office, secret, capsys, words):
    """The list is empty, and nothing waits."""
    out = printed(office, capsys, *words)

    assert secret not in out
    assert TITLE not in out
    assert "件待审" not in out


def test_the_chair_may_look_and_it_is_noted(office, secret, capsys):
    """By name."""
    out = printed(office, capsys, "submissions", "--chair", "江某")
    with office.store() as store:
        event = store.events()[0]

    assert secret in out
    assert ("江某", "命令行看了须主席定的投稿") == (event.by, event.what)


def test_the_board_counts_it_only_when_it_was_let_go(office, secret):
    """Until the chair has decided, the town has sent nothing that others know of."""
    day = office.now.date()
    with office.store() as store:
        rules = office.settings.rules
        before = month_board(store, rules, day, (), ()).received
        mark = store.review(secret).mark
        store.chair_agrees(secret, mark=mark, words="江某同意公开")
        after = month_board(store, rules, day, (), ()).received

    assert [0, 1] == [before, after]
