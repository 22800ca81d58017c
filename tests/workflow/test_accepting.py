"""The towns' stories: taken in, checked, refused with the place, taken with names."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.errors import NotAllowed
from newsroom.story import StoryState
from newsroom.submission import SubmissionState
from workflow.accepting import HeldBack, accept_submission, return_submission
from workflow.cli import run
from workflow.inbox import InboxResult, take_inbox
from workflow.office import Office

GOOD = """百里洲镇总工会送清凉到梨园
日期：2026-09-18
作者：周某
审核：吴某

9月18日，百里洲镇总工会走进三家梨园合作社，为62名采收职工送去凉茶、毛巾和防暑药品。

活动登记职工诉求11件，当场解决8件，其余3件由镇总工会跟踪办理。
"""
# A child's whole name and a phone number, as a well-meaning town writes them.
PERSONAL = """仙女镇总工会开展金秋助学

8月20日，镇总工会为困难职工李某的女儿李小花（实验小学五年级学生，患病）送去助学金5000元，
联系电话13800138000。
"""
UNFINISHED = """董市镇总工会举办技能比武

9月×日，董市镇总工会举办技能比武，参赛职工（待补）人，决出一等奖3名。
"""
CHAIR = """顾家店镇总工会开展安全宣传

9月16日，顾家店镇总工会到企业开展安全宣传，结合一起死亡事故讲解防护要点，发放手册200份。
"""


def lay(office: Office, town: str, name: str, text: str) -> None:
    folder = office.inbox / town / name
    folder.mkdir(parents=True)
    (folder / "稿件.txt").write_text(text, encoding="utf-8")


def take(office: Office) -> InboxResult:
    with office.store() as store:
        return take_inbox(office, store)


def command(office: Office, *words: str) -> int:
    settings = ["-c", str(office.settings.file), "--as-of", "2026-09-21"]
    return run([*words, *settings])


@pytest.fixture
def good(office: Office) -> str:
    """The number of a good submission that has been taken in."""
    lay(office, "百里洲镇", "送清凉", GOOD)
    return take(office).received[0].number


def test_the_inbox_is_numbered_checked_and_put_away(office):
    """A folder becomes one numbered, checked submission, and only once."""
    lay(office, "百里洲镇", "送清凉", GOOD)
    first = take(office)
    second = take(office)

    assert [s.state for s in first.received] == [SubmissionState.CHECKED]
    assert first.received[0].number.startswith("报0921-")
    assert first.received[0].title == "百里洲镇总工会送清凉到梨园"
    assert second.received == ()
    assert list((office.inbox / "已收").rglob("回执.txt"))


def test_every_town_has_its_folder(office):
    """The folders of the units are made, so that nobody has to type a name."""
    take(office)

    assert (office.inbox / "安福寺镇").is_dir()


@pytest.mark.parametrize("text", [PERSONAL, UNFINISHED])
def test_grave_findings_return_it_at_once(office, text):
    """Personal data or a gap returns a submission, and the log repeats no number."""
    lay(office, "仙女镇", "稿子", text)
    received = take(office).received[0]
    with office.store() as store:
        steps = store.submission_steps(received.number)

    assert received.state is SubmissionState.RETURNED
    assert steps[-1].by == "机检"
    assert "13800138000" not in steps[-1].reason
    assert "李小花" not in steps[-1].reason


def test_what_the_chair_decides_waits_and_is_not_returned(office):
    """A matter of the chair's is neither returned nor taken until the chair agrees."""
    lay(office, "顾家店镇", "安全", CHAIR)
    number = take(office).received[0].number
    with office.store() as store:
        rules = office.settings.rules
        with pytest.raises(HeldBack, match="主席"):
            accept_submission(store, rules, number, by="何某", at=office.now)
        story = accept_submission(
            store, rules, number, by="何某", at=office.now, chair="江某"
        )
        steps = store.submission_steps(number)

    assert story.state is StoryState.INGESTED
    assert story.held_reason is None
    assert "江某" in steps[-1].reason


def test_a_run_cut_off_before_the_checks_is_made_good(office):
    """What was kept but not yet checked is checked the next time."""
    lay(office, "百里洲镇", "送清凉", GOOD)
    with office.store() as store:
        taken = take_inbox(office, store).received[0]
        store.move_submission(
            taken.number,
            SubmissionState.RETURNED,
            by="何某",
            at=office.now,
            reason="补",
        )
        store.move_submission(
            taken.number, SubmissionState.SUBMITTED, by="何某", at=office.now
        )
        take_inbox(office, store)

        assert store.submission(taken.number).state is SubmissionState.CHECKED


def test_accept_walks_three_steps_and_makes_the_story(office, good, capsys):
    """Taking logs each step with its name and gives the edition a story."""
    code = command(office, "accept", good, "--by", "何某")
    with office.store() as store:
        kept = store.submission(good)
        steps = store.submission_steps(good)
        story = store.story(kept.story_id)

    assert code == 0
    assert good in capsys.readouterr().out
    assert kept.state is SubmissionState.FINAL_OK
    assert [step.after for step in steps[-3:]] == [
        SubmissionState.FIRST_OK,
        SubmissionState.SECOND_OK,
        SubmissionState.FINAL_OK,
    ]
    assert {step.by for step in steps[-3:]} == {"何某"}
    assert (story.submission_number, story.own) == (good, True)


def test_accept_again_changes_nothing(office, good, capsys):
    """A submission is taken once; the second time is a sentence."""
    command(office, "accept", good, "--by", "何某")
    code = command(office, "accept", good, "--by", "何某")
    with office.store() as store:
        stories = store.stories()

    assert code == 1
    assert "不能直接采用" in capsys.readouterr().err
    assert len(stories) == 1


def test_an_accept_cut_off_before_its_story_is_finished(office, good):
    """Signed but cut off before the story: the same command finishes the job."""
    with office.store() as store:
        for state in ("FIRST_OK", "SECOND_OK", "FINAL_OK"):
            store.move_submission(
                good, SubmissionState[state], by="何某", at=office.now
            )
        story = accept_submission(
            store, office.settings.rules, good, by="何某", at=office.now
        )

        assert store.submission(good).story_id == story.id


def test_personal_data_is_refused_with_the_place(office, capsys):
    """Refusing shows the words around, a mark below them, why, and the mend."""
    lay(office, "仙女镇", "助学", PERSONAL)
    number = take(office).received[0].number
    capsys.readouterr()
    code = command(office, "accept", number, "--by", "何某")
    told = capsys.readouterr().err

    assert code == 1
    assert "手机号码" in told
    assert "联系电话13800138000" in told
    assert "▲" in told
    assert "改法：" in told


def test_a_refused_submission_leaves_no_story(office):
    """What is refused makes no story and no step."""
    lay(office, "董市镇", "比武", UNFINISHED)
    number = take(office).received[0].number
    with office.store() as store:
        before = store.submission_steps(number)
        with pytest.raises(HeldBack):
            accept_submission(
                store, office.settings.rules, number, by="何某", at=office.now
            )

        assert store.submission_steps(number) == before
        assert store.stories() == ()


def test_what_the_sender_keeps_private_is_not_taken(office):
    """A submission that its sender does not want public is not taken."""
    lay(office, "百里洲镇", "内部", GOOD.replace("作者：", "公开：否\n作者："))
    number = take(office).received[0].number
    with office.store() as store, pytest.raises(NotAllowed, match="不公开"):
        accept_submission(
            store, office.settings.rules, number, by="何某", at=office.now
        )


def test_return_sends_it_back_with_the_reason(office, good, capsys):
    """``accept --return`` returns it and keeps who and why."""
    code = command(office, "accept", good, "--by", "何某", "--return", "缺照片说明")
    with office.store() as store:
        last = store.submission_steps(good)[-1]

    assert code == 0
    assert "已退回" in capsys.readouterr().out
    assert (last.after, last.by, last.reason) == (
        SubmissionState.RETURNED,
        "何某",
        "缺照片说明",
    )


def test_returning_needs_a_reason(office, good):
    """Nothing is returned without a reason."""
    with office.store() as store, pytest.raises(NotAllowed, match="理由"):
        return_submission(store, good, by="何某", at=office.now, reason=" ")


def test_accept_needs_a_name(office, good, capsys):
    """Without ``--by`` nobody would answer for it."""
    code = command(office, "accept", good)

    assert code == 2
    assert "--by" in capsys.readouterr().err


def test_an_unknown_number_says_where_the_numbers_are(office, capsys):
    """An unknown number is a sentence that names the list."""
    code = command(office, "accept", "报0000-XX-99", "--by", "何某")

    assert code == 1
    assert "gonghui submissions" in capsys.readouterr().err


def test_submissions_lists_what_waits(office, capsys):
    """``submissions --scan`` takes the inbox in and lists what waits, with problems."""
    lay(office, "百里洲镇", "送清凉", GOOD)
    lay(office, "仙女镇", "助学", PERSONAL)
    code = command(office, "submissions", "--scan")
    shown = capsys.readouterr().out

    assert code == 0
    assert "收到新稿 2 件" in shown
    assert "机检完成" in shown
    assert "退回补充" in shown


def test_nothing_waiting_is_a_sentence(office, good, capsys):
    """Taken ones are shown with ``--all`` only."""
    command(office, "accept", good, "--by", "何某")
    capsys.readouterr()
    command(office, "submissions")
    without = capsys.readouterr().out
    command(office, "submissions", "--all")
    everything = capsys.readouterr().out

    assert "没有待办的投稿" in without
    assert "终审签发" in everything
    assert Path(office.inbox).exists()
