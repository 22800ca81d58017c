"""May this person sign this text? Three steps, different people (domain: 2.4, 2.5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from newsroom.errors import NotAllowed
from newsroom.roles import Act, Person
from newsroom.story import StoryKind
from newsroom.submission import Submission, SubmissionState
from newsroom.submission_checks import chairs_words
from newsroom.text import join_name


class Step(Enum):
    """The three reviews."""

    FIRST = "初审"
    SECOND = "复审"
    FINAL = "终审"


class ItemClass(Enum):
    """How weighty a submission is (domain: 2.5)."""

    ORDINARY = "A"
    IMPORTANT = "B"
    CHAIRS = "C"


CLASS_WORDS = {
    ItemClass.ORDINARY: "A 普通",
    ItemClass.IMPORTANT: "B 重要",
    ItemClass.CHAIRS: "C 须主席定",
}
STEP_OF = {
    SubmissionState.CHECKED: Step.FIRST,
    SubmissionState.FIRST_OK: Step.SECOND,
    SubmissionState.SECOND_OK: Step.FINAL,
    SubmissionState.HOLD: Step.FINAL,
}
STATE_AFTER = {
    Step.FIRST: SubmissionState.FIRST_OK,
    Step.SECOND: SubmissionState.SECOND_OK,
    Step.FINAL: SubmissionState.FINAL_OK,
}
_ACT = {Step.FIRST: Act.FIRST, Step.SECOND: Act.SECOND, Step.FINAL: Act.FINAL}


@dataclass(frozen=True, slots=True)
class Approval:
    """One signature: which step, by whom, under which text."""

    step: Step
    name: str
    at: datetime
    text_hash: str
    account_id: int | None = None
    note: str = ""
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signature is asked for.

    ``approvals`` are those under the present text only. ``delegate`` is the chair's
    written leave, ``read_aloud`` that the text was read out whole; both matter for
    important submissions.
    """

    state: SubmissionState
    item_class: ItemClass
    text_hash: str
    approvals: Sequence[Approval]
    small_office: bool = False
    delegate: str = ""
    read_aloud: bool = False


def next_step(state: SubmissionState) -> Step | None:
    """The review that a submission in this state waits for, None when for none."""
    return STEP_OF.get(state)


def check_signing(person: Person, signing: Signing, *, seen_hash: str) -> Step:
    """The step that this person now signs.

    Raises:
        NotAllowed: the text has changed, the role does not allow it, the same person
            has signed before, or what an important text needs is missing.
    """
    step = next_step(signing.state)
    if step is None:
        raise NotAllowed("这件稿子现在不用审：可能别人刚刚办过，请刷新看看")
    if seen_hash != signing.text_hash:
        raise NotAllowed("您看的不是最新的文字：刚才有人改过，请看过新的再签")
    if not person.may(_ACT[step]):
        raise NotAllowed(f"{step.value}不由您办：您的账号没有{step.value}的权限")
    if signing.item_class is ItemClass.CHAIRS:
        raise NotAllowed("这件稿子须由主席先定能不能公开")
    _check_other_people(person, step, signing)
    if step is Step.FINAL:
        check_all_signed(signing.approvals)
        _check_important(person, signing)
    return step


def _check_other_people(person: Person, step: Step, signing: Signing) -> None:
    before = [a for a in signing.approvals if _is_same(person, a)]
    if not before:
        return
    others = {join_name(a.name) for a in signing.approvals}
    alone = len(others) == 1 and step is Step.FINAL
    if signing.small_office and not alone:
        return
    raise NotAllowed(
        f"您已经{before[0].step.value}过这件稿子，{step.value}要由另一位同志办"
    )


def check_all_signed(approvals: Sequence[Approval]) -> None:
    """Whether 初审 and 复审 stand under the present text, of which these are.

    Raises:
        NotAllowed: one is missing, so nobody may give the last signature.
    """
    done = {approval.step for approval in approvals}
    if not {Step.FIRST, Step.SECOND} <= done:
        raise NotAllowed("现在的文字还没有初审和复审签过，不能终审")


def check_after_publication(person: Person, weight: ItemClass) -> None:
    """Whether somebody may sign a correction or a text that stands again.

    Raises:
        NotAllowed: it is an important one, and they are not the chair.
    """
    if weight is not ItemClass.ORDINARY and not person.may(Act.SIGN_IMPORTANT):
        raise NotAllowed("这是重要稿件：更正和重新签发由主席办，急的可以先撤下")


def _check_important(person: Person, signing: Signing) -> None:
    if signing.item_class is not ItemClass.IMPORTANT:
        return
    if not person.may(Act.SIGN_IMPORTANT) and not signing.delegate.strip():
        raise NotAllowed("重要稿件由主席终审；受主席委托的，请写明书面委托（谁、哪天）")
    if not signing.read_aloud:
        raise NotAllowed("重要稿件终审前要通读一遍，请勾选“已通读全文”")


def _is_same(person: Person, approval: Approval) -> bool:
    same_account = approval.account_id is not None and approval.account_id == person.id
    return same_account or join_name(approval.name) == join_name(person.name)


def item_class(
    submission: Submission,
    kept: str,
    chair_said: str,
    chair_saw: Collection[str] | None = None,
) -> ItemClass:
    """How weighty a submission is: what the chair must decide comes before all.

    Args:
        submission: with its findings.
        kept: the class that the desk gave, ``""`` when none was.
        chair_said: the chair's own recorded decision, ``""`` until there is one.
        chair_saw: the places that it was given for (``chairs_words``); a place that
            came later stops again. None covers them all.
    """
    words = chairs_words(submission, submission.findings)
    if not chair_said and (words or _is_kept_in(submission)):
        return ItemClass.CHAIRS
    if chair_saw is not None and not set(words) <= set(chair_saw):
        return ItemClass.CHAIRS
    if chair_said:
        return ItemClass.IMPORTANT
    return ItemClass(kept) if kept else ItemClass.ORDINARY


def _is_kept_in(submission: Submission) -> bool:
    return submission.kind is StoryKind.INTERNAL or not submission.public
