"""One submission on one screen, and every act on it; each act is a POST of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame, is_next, may_see, unit_name
from desk.office import Desk, the_desk
from desk.signing import check_passable, finding_places, save_signed
from desk.uploads import show_picture
from newsroom.editing import differences, from_lines, to_lines
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from newsroom.reasons import REASONS, find_reason
from newsroom.review import CHANGEABLE
from newsroom.roles import Act, Person
from newsroom.signing import (
    CLASS_WORDS,
    STATE_AFTER,
    Approval,
    ItemClass,
    Signing,
    Step,
    check_signing,
    next_step,
)
from newsroom.story import FindingLevel
from newsroom.submission import STATE_WORDS, SubmissionState
from newsroom.submission_checks import (
    check_submission,
    finding_key,
    mend_finding,
    right_word,
)
from newsroom.text import clean_text, join_name
from story_store.reviewing import Review, TextChanged, can_undo

_S = SubmissionState
View = Callable[..., HttpResponseBase]
_BACK = frozenset({_S.CHECKED, _S.FIRST_OK, _S.SECOND_OK})
_STEP_ACT = {Step.FIRST: Act.FIRST, Step.SECOND: Act.SECOND, Step.FINAL: Act.FINAL}


@dataclass(frozen=True, slots=True)
class Open:
    """A submission opened by someone at the desk."""

    desk: Desk
    person: Person
    review: Review

    @property
    def number(self) -> str:
        """The submission's number."""
        return self.review.submission.number


def _find(person: Person, number: str) -> Open:
    """The submission, if this person may know of it.

    Raises:
        NotFound: there is none, or it is the chair's: both look the same.
    """
    desk = the_desk()
    review = desk.store.review(number)
    if not may_see(person, review):
        raise NotFound("没有这件投稿")
    return Open(desk, person, review)


def act(*acts: Act) -> Callable[[Callable[..., object]], View]:
    """A change by POST; a refusal is told on the story's page, nothing is lost."""

    def wrap(view: Callable[..., object]) -> View:
        @require_POST
        @signed_in(*acts)
        @wraps(view)
        def acted(request: HttpRequest, person: Person, number: str) -> Any:  # noqa: ANN401 - as the view
            opened = _find(person, number)
            note: object
            try:
                note = view(request, opened)
            except (BadAsk, NotFound):
                raise
            except NewsroomError as error:
                note = str(error)
            if isinstance(note, HttpResponse):
                return note
            leave_note(request, str(note))
            return redirect("story", number)

        acted.guard = acts  # type: ignore[attr-defined]
        return acted

    return wrap


@require_safe
@signed_in(Act.READ)
def story(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """Original beside edited text, checks, photos, history, comments, and the acts."""
    opened = _find(person, number)
    return render(request, "desk/story.html", _page(request, opened))


def _page(request: HttpRequest, opened: Open) -> dict[str, object]:
    desk, person, review = opened.desk, opened.person, opened.review
    submission = review.submission
    versions = desk.store.text_versions(submission.number)
    steps = desk.store.submission_steps(submission.number)
    step = next_step(submission.state)
    is_chairs = review.item_class is ItemClass.CHAIRS
    may_step = step is not None and not is_chairs and person.may(_STEP_ACT[step])
    return frame(request, person) | {
        "review": review,
        "submission": submission,
        "unit_name": unit_name(desk, submission.unit_id),
        "state": STATE_WORDS[submission.state],
        "class_words": CLASS_WORDS[review.item_class],
        "is_chairs": is_chairs,
        "step": step.value if step else "",
        "may_step": may_step,
        "is_mine": is_next(person, review),
        "may_edit": person.may(Act.EDIT) and submission.state in CHANGEABLE,
        "may_back": may_step and submission.state in _BACK,
        "may_hold": may_step and submission.state is _S.SECOND_OK,
        "may_undo": bool(steps) and can_undo(steps[-1], by=person.name, at=desk.now()),
        "lines": to_lines(submission.body),
        "places": finding_places(review, desk.settings.rules),
        "original": versions[0],
        "was_changed": len(versions) > 1,
        "changes": _changes(versions[0].title, versions[0].body.text, review),
        "versions": versions,
        "steps": tuple((one, STATE_WORDS[one.after]) for one in steps),
        "comments": desk.store.comments(submission.number),
        "reasons": REASONS,
        "important": review.item_class is ItemClass.IMPORTANT,
        "may_important": person.may(Act.SIGN_IMPORTANT),
        "chair_decides": is_chairs and person.may(Act.CHAIR_DECIDES),
        "may_weigh": submission.state in CHANGEABLE and not is_chairs,
        "classes": tuple((c.value, CLASS_WORDS[c]) for c in list(ItemClass)[:2]),
        "fault": "",
        "mine_title": submission.title,
        "mine_lines": "",
    }


def _changes(title: str, text: str, review: Review) -> tuple[object, ...]:
    now = f"{review.submission.title}\n{review.submission.body.text}"
    return differences(f"{title}\n{text}", now)


@act(Act.EDIT)
def edit(request: HttpRequest, opened: Open) -> object:
    """Change words; whoever was slower gets both texts and loses nothing."""
    told = fields(request, "title", "version", texts=("text",))
    if not told["version"].isdecimal():
        raise BadAsk("请从稿件页上改")
    review = opened.review
    title = clean_text(told["title"])[:60]
    if not title or not told["text"].strip():
        raise NotAllowed("标题和正文都不能空")
    body = from_lines(told["text"], review.submission.body)
    changed = replace(review.submission, title=title, body=body)
    findings = check_submission(changed, opened.desk.settings.rules)
    try:
        after = opened.desk.store.change_text(
            opened.number,
            version=int(told["version"]),
            title=title,
            body=body,
            photos=review.submission.photos,
            findings=findings,
            by=opened.person.name,
            at=opened.desk.now(),
        )
    except TextChanged as error:
        page = _page(request, opened) | {
            "fault": f"{error}。您写的在下面，对照着并进去再存",
            "mine_title": title,
            "mine_lines": told["text"],
        }
        return render(request, "desk/story.html", page, status=409)
    reopened = after.submission.state is not review.submission.state
    return "改好了，要重新初审" if reopened else "改好了"


@act(Act.EDIT)
def fix(request: HttpRequest, opened: Open) -> str:
    """Put the right word in place of a listed wrong one."""
    told = fields(request, "finding", "version")
    review, rules = opened.review, opened.desk.settings.rules
    found = check_submission(review.submission, rules)
    finding = next((f for f in found if finding_key(f) == told["finding"]), None)
    right = right_word(finding, rules.checks) if finding else None
    if finding is None or right is None or told["version"] != str(review.version):
        raise NotAllowed("文字刚刚变过，请看过新的再改")
    mended = mend_finding(review.submission, finding, right)
    if mended is None:
        raise NotAllowed("这一处请在文字里手工改")
    opened.desk.store.change_text(
        opened.number,
        version=review.version,
        title=mended.title,
        body=mended.body,
        photos=mended.photos,
        findings=check_submission(mended, rules),
        by=opened.person.name,
        at=opened.desk.now(),
    )
    return f"“{finding.text}”改成了“{right}”"


@act(Act.EDIT)
def captions(request: HttpRequest, opened: Open) -> str:
    """Change what stands under the photos, or leave one out."""
    photos = opened.review.submission.photos
    names = [f"{w}{n}" for n in range(len(photos)) for w in ("caption", "credit")]
    told = fields(request, "version", "away", *names)
    if told["version"] != str(opened.review.version):
        raise TextChanged("刚刚有人改过这件稿子，请看过新的再改")
    changed = tuple(
        replace(
            photo,
            caption=clean_text(told[f"caption{n}"])[:60] or None,
            credit=join_name(told[f"credit{n}"])[:20] or None,
        )
        for n, photo in enumerate(photos)
        if photo.file != told["away"]
    )
    submission = replace(opened.review.submission, photos=changed)
    opened.desk.store.change_text(
        opened.number,
        version=opened.review.version,
        title=submission.title,
        body=submission.body,
        photos=changed,
        findings=check_submission(submission, opened.desk.settings.rules),
        by=opened.person.name,
        at=opened.desk.now(),
    )
    return "照片改好了"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def tick(request: HttpRequest, opened: Open) -> str:
    """Answer for a finding by name; a grave one needs the final reviewer's reason."""
    told = fields(request, "finding", "reason")
    found = check_submission(opened.review.submission, opened.desk.settings.rules)
    finding = next((f for f in found if finding_key(f) == told["finding"]), None)
    if finding is None:
        raise NotAllowed("文字刚刚变过，请看过新的再勾")
    reason = clean_text(told["reason"])[:200]
    if finding.level is FindingLevel.BLOCK:
        if not opened.person.may(Act.FINAL):
            raise NotAllowed("“必须改”的，只有终审人可以写明理由放行")
        if not reason:
            raise NotAllowed("请写明为什么可以这样写")
    opened.desk.store.tick(
        opened.number,
        finding_key(finding),
        text_hash=opened.review.text_hash,
        by=opened.person.name,
        reason=reason,
        at=opened.desk.now(),
    )
    return f"“{finding.text}”已记下由您负责"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def sign(request: HttpRequest, opened: Open) -> str:
    """初审, 复审 or 终审 of the text that was seen."""
    told = fields(request, "mark", "hash", "delegate", "read_aloud")
    review, person, now = opened.review, opened.person, opened.desk.now()
    signing = Signing(
        state=review.submission.state,
        item_class=review.item_class,
        text_hash=review.text_hash,
        approvals=review.approvals,
        small_office=opened.desk.settings.desk.small_office,
        delegate=told["delegate"],
        read_aloud=told["read_aloud"] == "yes",
    )
    step = check_signing(person, signing, seen_hash=told["hash"])
    check_passable(review, opened.desk.settings.rules, step)
    note = clean_text(told["delegate"])[:200]
    after = opened.desk.store.decide(
        opened.number,
        STATE_AFTER[step],
        mark=told["mark"],
        by=person.name,
        at=now,
        reason=f"{step.value}通过" + (f"（{note}）" if note else ""),
        approval=Approval(step, person.name, now, review.text_hash, person.id, note),
    )
    if step is Step.FINAL:
        save_signed(opened.desk, after)
        return "已签发，下次编排就能选用"
    return f"{step.value}通过"


@act(Act.EDIT)
def paper(request: HttpRequest, opened: Open) -> str:
    """The leader signed on the printed form: who, when; the same step of review."""
    told = fields(request, "mark", "hash", "signer", "signed_on", "confirm")
    review, now = opened.review, opened.desk.now()
    signer = join_name(told["signer"])[:20]
    if not signer or told["confirm"] != "yes":
        raise NotAllowed("请写纸面签字人的姓名，并勾选“已核对纸面签字”")
    if next_step(review.submission.state) is not Step.FINAL:
        raise NotAllowed("纸面签字只用于终审：先办完初审、复审")
    if review.item_class is ItemClass.CHAIRS:
        raise NotAllowed("这件稿子须由主席先定能不能公开")
    if told["hash"] != review.text_hash:
        raise TextChanged("纸上的不是最新的文字，请重新打印审批表")
    known = [a for a in review.approvals if join_name(a.name) == signer]
    if known or signer == join_name(opened.person.name):
        raise NotAllowed("签字人不能是初审、复审或登记的同一个人")
    leaders = {p.name: p for p in opened.desk.store.people() if p.may(Act.FINAL)}
    if signer not in leaders:
        raise NotAllowed(f"{signer}不在有终审权限的名单里")
    check_passable(review, opened.desk.settings.rules, Step.FINAL)
    note = f"纸面签字，{clean_text(told['signed_on'])[:20]}，{opened.person.name}登记"
    approval = Approval(
        Step.FINAL,
        signer,
        now,
        review.text_hash,
        leaders[signer].id,
        note,
        paper=True,
    )
    after = opened.desk.store.decide(
        opened.number,
        _S.FINAL_OK,
        mark=told["mark"],
        by=signer,
        at=now,
        reason=note,
        approval=approval,
    )
    save_signed(opened.desk, after)
    return "已按纸面签字登记为终审签发"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def send_back(request: HttpRequest, opened: Open) -> str:
    """Return it to the unit with a reason of the list and exact questions."""
    told = fields(request, "mark", "reason", "words", texts=("questions",))
    questions = told["questions"].strip()[:1000]
    reason = _reason_words(told["reason"], told["words"])
    _check_step(opened)
    _decide(opened, _S.RETURNED, told["mark"], reason, questions=questions)
    return "已退回，报送人点开自己的链接就能看到要补什么"


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def decline(request: HttpRequest, opened: Open) -> str:
    """Not used, with a reason of the list; the hint is told too."""
    told = fields(request, "mark", "reason", "words")
    _check_step(opened)
    reason = _reason_words(told["reason"], told["words"])
    _decide(opened, _S.REJECTED, told["mark"], reason)
    return "已定为未采用，理由和建议报送人看得到"


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
    _decide(opened, _S.HOLD, told["mark"], reason, hold_until=until)
    return f"已缓发到{until.month}月{until.day}日"


@act(Act.CHAIR_DECIDES)
def chair(request: HttpRequest, opened: Open) -> str:
    """The chair's own decision of what only the chair may decide."""
    told = fields(request, "mark", "decision", "words")
    if opened.review.item_class is not ItemClass.CHAIRS:
        raise NotAllowed("这件稿子不用主席定")
    words = clean_text(told["words"])[:200] or "同意公开"
    by, now = opened.person.name, opened.desk.now()
    if told["decision"] == "agree":
        said = f"{by}（主席）{now:%Y-%m-%d %H:%M} {words}"
        opened.desk.store.chair_agrees(opened.number, mark=told["mark"], words=said)
        return "已记下您的决定，按重要稿件三审"
    if told["decision"] == "internal":
        _decide(opened, _S.INTERNAL, told["mark"], "主席定：转内部参阅")
        return "已转内部参阅，不公开"
    raise BadAsk("请选一项")


@act(Act.EDIT, Act.FINAL)
def weigh(request: HttpRequest, opened: Open) -> str:
    """Say whether it is ordinary or important."""
    told = fields(request, "item_class")
    if told["item_class"] not in {"A", "B"}:
        raise BadAsk("请选 A 或 B")
    wanted, person = ItemClass(told["item_class"]), opened.person
    state = opened.review.submission.state
    if state not in CHANGEABLE:
        raise NotAllowed("已经签发或退回的稿件不改类别")
    is_lowered = opened.review.item_class is not wanted is ItemClass.ORDINARY
    if is_lowered and state is not _S.CHECKED and not person.may(Act.SIGN_IMPORTANT):
        raise NotAllowed("初审以后，重要稿件改回普通要由主席定")
    opened.desk.store.set_class(opened.number, wanted)
    opened.desk.store.add_comment(
        opened.number,
        f"类别改为 {CLASS_WORDS[wanted]}",
        by=person.name,
        at=opened.desk.now(),
    )
    return "已改类别"


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


@require_safe
@signed_in(Act.READ)
def approval_form(
    request: HttpRequest, person: Person, number: str
) -> HttpResponseBase:
    """信息发布审批表, to print and sign."""
    opened = _find(person, number)
    page = frame(request, person) | {
        "review": opened.review,
        "submission": opened.review.submission,
        "unit_name": unit_name(opened.desk, opened.review.submission.unit_id),
        "class_words": CLASS_WORDS[opened.review.item_class],
        "places": finding_places(opened.review, opened.desk.settings.rules),
        "steps": tuple(Step),
    }
    return render(request, "desk/approval_form.html", page)


@require_safe
@signed_in(Act.READ)
def desk_photo(
    request: HttpRequest,  # noqa: ARG001 - a view
    person: Person,
    number: str,
    name: str,
) -> HttpResponseBase:
    """A photo of this submission."""
    opened = _find(person, number)
    versions = opened.desk.store.text_versions(number)
    photos = [
        *opened.review.submission.photos,
        *(p for v in versions for p in v.photos),
    ]
    pictures = opened.review.submission.body.pictures
    known = {p.file for p in photos} | {p.src for p in pictures}
    if name not in known:
        raise NotFound("没有这张照片")
    return show_picture(opened.desk, name)


def _check_step(opened: Open) -> None:
    """Only whoever has the next step sends back, declines or holds."""
    review = opened.review
    if review.item_class is ItemClass.CHAIRS:
        if opened.person.may(Act.CHAIR_DECIDES):
            return
        raise NotAllowed("这件稿子由主席定")
    step = next_step(review.submission.state)
    if step is None or not opened.person.may(_STEP_ACT[step]):
        raise NotAllowed("这一步现在不由您办")


def _decide(  # noqa: PLR0913 - one step, whole
    opened: Open,
    to: SubmissionState,
    mark: str,
    reason: str,
    *,
    questions: str = "",
    hold_until: date | None = None,
) -> None:
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
