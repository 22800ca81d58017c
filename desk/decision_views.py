"""What becomes of a submission beside a signature: back, aside, off; undo; a word."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from desk.asking import fields
from desk.inbox_views import may_see
from desk.opened import STEP_ACT, Open, act
from newsroom.errors import NotAllowed, NotFound
from newsroom.reasons import find_reason
from newsroom.roles import Act
from newsroom.signing import ItemClass, next_step
from newsroom.submission import STATE_WORDS, Submission, SubmissionState
from newsroom.text import clean_text


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def send_back(request: HttpRequest, opened: Open) -> str:
    """Return it to the unit with a reason of the list and exact questions."""
    told = fields(request, "mark", "reason", "words", texts=("questions",))
    questions = told["questions"].strip()[:1000]
    reason = _reason_words(told["reason"], told["words"])
    _check_step(opened)
    decide(opened, SubmissionState.RETURNED, told["mark"], reason, questions=questions)
    return "已退回，报送人点开自己的链接就能看到要补什么"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def decline(request: HttpRequest, opened: Open) -> str:
    """Not used, with a reason of the list; the hint is told too."""
    told = fields(request, "mark", "reason", "words")
    _check_step(opened)
    reason = _reason_words(told["reason"], told["words"])
    decide(opened, SubmissionState.REJECTED, told["mark"], reason)
    return "已定为未采用，理由和建议报送人看得到"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def duplicate(request: HttpRequest, opened: Open) -> str:
    """The same matter came before; which one is told."""
    told = fields(request, "mark", "earlier")
    earlier = _known(opened, clean_text(told["earlier"])[:40])
    same_unit = earlier.unit_id == opened.review.submission.unit_id
    if earlier.number == opened.number or not same_unit:
        raise NotAllowed("请写本单位先报的那一件的编号；两家报同一件事，请用并稿")
    _check_step(opened)
    reason = f"此事已报过：{earlier.number}"
    decide(opened, SubmissionState.DUPLICATE, told["mark"], reason)
    return f"已定为重复：{earlier.number}"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def internal(request: HttpRequest, opened: Open) -> str:
    """For the chair to read, not for the public."""
    told = fields(request, "mark", "words")
    _check_step(opened)
    reason = clean_text(told["words"])[:200] or "转内部参阅"
    decide(opened, SubmissionState.INTERNAL, told["mark"], reason)
    return "已转内部参阅，不公开"


@act(Act.FINAL)
def hold(request: HttpRequest, opened: Open) -> str:
    """Put it off to a day."""
    told = fields(request, "mark", "until", "words")
    try:
        until = date.fromisoformat(told["until"])
    except ValueError as error:
        raise NotAllowed("请选缓发到哪一天") from error
    if until <= opened.desk.now().date():
        raise NotAllowed("缓发的日子要在今天以后")
    _check_step(opened)
    reason = clean_text(told["words"])[:100] or f"缓发到{until.month}月{until.day}日"
    decide(opened, SubmissionState.HOLD, told["mark"], reason, hold_until=until)
    return f"已缓发到{until.month}月{until.day}日"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def undo(request: HttpRequest, opened: Open) -> str:
    """Take one's own last step back."""
    told = fields(request, "mark")
    after = opened.desk.store.undo_step(
        opened.number,
        mark=told["mark"],
        by=opened.person.name,
        at=opened.desk.now(),
    )
    return f"已撤销，回到“{STATE_WORDS[after.submission.state]}”"


@act(Act.READ)
def comment(request: HttpRequest, opened: Open) -> str:
    """A word to colleagues; the unit never sees it."""
    told = fields(request, texts=("text",))
    if not told["text"].strip():
        raise NotAllowed("还没有写字")
    opened.desk.store.add_comment(
        opened.number, told["text"].strip(), by=opened.person.name, at=opened.desk.now()
    )
    return "留言已记下"


def _known(opened: Open, number: str) -> Submission:
    """The submission of a typed number, if this person may know of it."""
    try:
        review = opened.desk.store.review(number)
    except NotFound as error:
        raise NotAllowed(f"没有编号为「{number}」的投稿") from error
    if not may_see(opened.person, review):
        raise NotAllowed(f"没有编号为「{number}」的投稿")
    return review.submission


def _check_step(opened: Open) -> None:
    """Only whoever has the next step sends back, declines or holds."""
    review = opened.review
    if review.item_class is ItemClass.CHAIRS:
        if opened.person.may(Act.CHAIR_DECIDES):
            return
        raise NotAllowed("这件稿子由主席定")
    step = next_step(review.submission.state)
    if step is None or not opened.person.may(STEP_ACT[step]):
        raise NotAllowed("这一步现在不由您办")


def decide(  # noqa: PLR0913 - one step, whole
    opened: Open,
    to: SubmissionState,
    mark: str,
    reason: str,
    *,
    questions: str = "",
    hold_until: date | None = None,
) -> None:
    """Take a step of 三审三校 on what was seen, in this person's name."""
    opened.desk.store.decide(
        opened.number,
        to,
        mark=mark,
        by=opened.person.name,
        at=opened.desk.now(),
        reason=reason,
        questions=questions,
        hold_until=hold_until,
    )


def _reason_words(reason_id: str, words: str) -> str:
    reason = find_reason(reason_id)
    if reason is None:
        raise NotAllowed("请选一个理由")
    words = clean_text(words)[:200]
    if reason.id == "other":
        if not words:
            raise NotAllowed("选了“其他”，请写明理由")
        return words
    return f"{reason.words}：{words}" if words else reason.words
