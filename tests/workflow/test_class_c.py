"""Class C on the command line: in no list and no count but the chair's own."""

from __future__ import annotations

import pytest

from newsroom.body import Body, Paragraph, plain_runs
from newsroom.submission import Door, Submission, SubmissionState
from story_store.job_results import JobKind
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


@pytest.fixture
def unchecked(office):
    """The number of a submission whose photos are still being worked off."""
    sent = Submission(
        key="web-k",
        unit_id="gjd",
        title=TITLE,
        body=Body((Paragraph(plain_runs(TEXT)),)),
        door=Door.WEB_FORM,
        received_at=office.now,
    )
    with office.store() as store:
        kind = JobKind.PHOTO
        store.add_job("k", kind, owner="web-k", file="x.jpg", name="x", at=office.now)
        return store.add_submission(sent, day=office.now.date()).number


@pytest.mark.parametrize("words", [("submissions",), ("submissions", "--all")])
def test_what_is_not_checked_may_be_the_chairs(office, unchecked, capsys, words):
    """It is listed once the checks have said what it is; the chair may look before."""
    out = printed(office, capsys, *words)
    theirs = printed(office, capsys, "submissions", "--chair", "江某")

    assert unchecked not in out
    assert TITLE not in out
    assert unchecked in theirs


def test_what_was_just_taken_in_is_counted_without_it(office, capsys):
    """``--scan`` says how many came: of those that everybody may know of."""
    folder = office.inbox / "顾家店镇" / "安全宣传"
    folder.mkdir(parents=True)
    (folder / "稿件.txt").write_text(TEXT, encoding="utf-8")
    out = printed(office, capsys, "submissions", "--scan")

    assert "收到新稿 0 件" in out
    assert TITLE not in out


def test_accepting_it_by_number_tells_no_word_of_it(office, secret, capsys):
    """Only that the chair must decide, and nothing of what."""
    code = run(["accept", secret, "--by", "何某", "-c", str(office.settings.file)])
    told = "".join(capsys.readouterr())

    assert code != 0
    assert "主席" in told
    assert TITLE not in told
    assert "死亡事故" not in told


def test_accepted_by_the_chairs_word_it_is_known(office, secret, capsys):
    """``accept --chair`` is the chair's decision, for the lists too."""
    words = ["accept", secret, "--by", "何某", "--chair", "江某"]
    run([*words, "-c", str(office.settings.file), "--as-of", "2026-09-21"])
    out = printed(office, capsys, "submissions", "--all")

    assert secret in out


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
