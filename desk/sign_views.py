"""Signatures 初审, 复审, 终审, on paper too; what they need: ticks, class, chair."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from desk.asking import BadAsk, fields
from desk.decision_views import decide
from desk.findings import found_in, proposal, say_weights, weights_of
from desk.opened import Open, act
from desk.signing import SCAN, check_passable, save_signed, unseen_by_chair
from newsroom.article import CHINA
from newsroom.errors import NotAllowed
from newsroom.review import CHANGEABLE
from newsroom.roles import Act, Person
from newsroom.signing import (
    CLASS_WORDS,
    STATE_AFTER,
    Approval,
    ItemClass,
    Signing,
    Step,
    check_all_signed,
    check_signing,
    next_step,
)
from newsroom.story import Finding, FindingLevel
from newsroom.submission import Submission, SubmissionState
from newsroom.submission_checks import CHAIR_DECIDES, check_submission, finding_key
from newsroom.text import clean_text, join_name
from story_store.reviews import Review, TextChanged
from submissions.limits import MAX_PHOTO_BYTES, MEGABYTE
from submissions.pictures import clean_picture


@act(Act.FIRST, Act.SECOND, Act.FINAL)
def tick(request: HttpRequest, opened: Open) -> str:
    """Answer for a finding by name; a grave one needs the final reviewer's reason."""
    told = fields(request, "finding", "reason")
    finding = find_finding(opened.review.submission, told["finding"], opened)
    reason = clean_text(told["reason"])[:200]
    check_tick(opened.person, finding, reason)
    opened.desk.store.tick(
        opened.number,
        finding_key(finding),
        text_hash=opened.review.text_hash,
        by=opened.person.name,
        reason=reason,
        at=opened.desk.now(),
    )
    return f"“{finding.text}”已记下由您负责"


def find_finding(submission: Submission, key: str, opened: Open) -> Finding:
    """The finding of this key in a text.

    Raises:
        NotAllowed: there is none: the text is another by now.
    """
    found = found_in(opened.desk, submission)
    finding = next((f for f in found if finding_key(f) == key), None)
    if finding is None:
        raise NotAllowed("文字刚刚变过，请看过新的再勾")
    return finding


def check_tick(
    person: Person, finding: Finding, reason: str, *, may_chair: bool = False
) -> None:
    """Whether this person may answer for a finding.

    ``may_chair``: here a tick is where the chair lets out what only the chair may.

    Raises:
        NotAllowed: it is another's to answer for, or lacks its reason.
    """
    if finding.rule == CHAIR_DECIDES:
        if not (may_chair and person.may(Act.CHAIR_DECIDES)):
            raise NotAllowed("这一处须由主席定，别人不能勾")
    elif finding.level is FindingLevel.BLOCK and not person.may(Act.FINAL):
        raise NotAllowed("“必须改”的，只有终审人可以写明理由放行")
    if finding.level is FindingLevel.BLOCK and not reason:
        raise NotAllowed("请写明为什么可以这样写")


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
    _check(opened, step)
    note = clean_text(told["delegate"])[:200]
    with opened.desk.store.writing():  # a signed text without its story is lost
        after = opened.desk.store.decide(
            opened.number,
            STATE_AFTER[step],
            mark=told["mark"],
            by=person.name,
            at=now,
            reason=f"{step.value}通过" + (f"（{note}）" if note else ""),
            approval=Approval(
                step, person.name, now, review.text_hash, person.id, note
            ),
        )
        if step is Step.FINAL:
            save_signed(opened.desk, after)
    if step is Step.FINAL:
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
    check_all_signed(review.approvals)
    known = [a for a in review.approvals if join_name(a.name) == signer]
    if known or signer == join_name(opened.person.name):
        raise NotAllowed("签字人不能是初审、复审或登记的同一个人")
    leader = _leader(opened, signer)
    _check(opened, Step.FINAL)
    signed_on = _signed_on(told["signed_on"], review, now.date())
    note = f"纸面签字，{signed_on}，{opened.person.name}登记"
    scan = request.FILES.get("scan")
    if scan is not None:
        note += f"，{SCAN}{_keep_scan(scan, opened)}"
    approval = Approval(
        Step.FINAL,
        signer,
        now,
        review.text_hash,
        leader.id,
        note,
        paper=True,
    )
    with opened.desk.store.writing():
        after = opened.desk.store.decide(
            opened.number,
            SubmissionState.FINAL_OK,
            mark=told["mark"],
            by=signer,
            at=now,
            reason=note,
            approval=approval,
        )
        save_signed(opened.desk, after)
    return "已按纸面签字登记为终审签发"


def _check(opened: Open, step: Step) -> None:
    """Refuse what the checks stop; what is the chair's by the rules of now is kept so.

    Raises:
        NotAllowed: as ``check_passable``.
    """
    review = opened.review
    findings = check_submission(review.submission, opened.desk.settings.rules)
    if unseen_by_chair(review, findings):
        opened.desk.store.keep_findings(opened.number, findings)
    weights = proposal(opened.desk, review)
    if weights:
        raise NotAllowed(
            f"{say_weights(weights)}：建议按重要稿件办，"
            "请先点“按重要稿件办”或“按普通稿件办”"
        )
    check_passable(review, opened.desk, step)


def _keep_scan(file: UploadedFile[bytes], opened: Open) -> str:
    """The name of the kept photo of a signed form."""
    if (file.size or 0) > MAX_PHOTO_BYTES:
        raise NotAllowed(f"照片太大，请选小于 {MAX_PHOTO_BYTES // MEGABYTE} MB 的")
    clean = clean_picture(file.read())
    return opened.desk.store.keep_picture(clean.data, clean.extension)


def _signed_on(text: str, review: Review, today: date) -> date:
    """The day on the paper: not before the story came, not after today."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise NotAllowed("请选纸上写的签字日期") from error
    came = review.submission.received_at.astimezone(CHINA).date()
    if not came <= day <= today:
        raise NotAllowed(
            f"签字日期应在收到稿件（{came.month}月{came.day}日）到今天之间，请核对"
        )
    return day


def _leader(opened: Open, signer: str) -> Person:
    """The person of this name who may sign the text on paper."""
    people = opened.desk.store.people()
    leader = next((p for p in people if p.name == signer and p.may(Act.FINAL)), None)
    if leader is None:
        raise NotAllowed(f"{signer}不在有终审权限的名单里")
    important = opened.review.item_class is ItemClass.IMPORTANT
    if important and not leader.may(Act.SIGN_IMPORTANT):
        raise NotAllowed(
            "重要稿件由主席签字；受主席委托的，请本人在编辑台上写明委托签发"
        )
    return leader


@act(Act.CHAIR_DECIDES)
def chair(request: HttpRequest, opened: Open) -> str:
    """The chair's own decision of what only the chair may decide, or taking it back."""
    told = fields(request, "mark", "decision", "words")
    if told["decision"] == "again":
        return _take_back(opened, told["mark"])
    if opened.review.item_class is not ItemClass.CHAIRS:
        raise NotAllowed("这件稿子不用主席定")
    written = clean_text(told["words"])[:200]
    by, now, store = opened.person.name, opened.desk.now(), opened.desk.store
    if told["decision"] == "agree":
        said = f"{by}（主席）{now:%Y-%m-%d %H:%M} {written or '同意公开'}"
        store.chair_agrees(opened.number, mark=told["mark"], words=said)
        note = "主席定：同意公开，按重要稿件三审" + (
            f"（{written}）" if written else ""
        )
        store.add_comment(opened.number, note, by=by, at=now)
        return "已记下您的决定，按重要稿件三审"
    if told["decision"] == "internal":
        reason = "主席定：转内部参阅" + (f"（{written}）" if written else "")
        decide(opened, SubmissionState.INTERNAL, told["mark"], reason)
        return "已转内部参阅，不公开"
    raise BadAsk("请选一项")


def _take_back(opened: Open, mark: str) -> str:
    """The chair decides anew; until then nobody else knows of it again."""
    review = opened.review
    if not review.chair_said or review.submission.state not in CHANGEABLE:
        raise NotAllowed("没有可以收回的决定：已经签发的，用撤下")
    store = opened.desk.store
    store.chair_agrees(opened.number, mark=mark, words="")
    words = "主席收回同意公开的决定"
    store.add_comment(opened.number, words, by=opened.person.name, at=opened.desk.now())
    return "已收回，这件稿子重新等您定，别人看不到"


@act(Act.EDIT, Act.FINAL)
def weigh(request: HttpRequest, opened: Open) -> str:
    """Say whether it is ordinary or important."""
    told = fields(request, "item_class", "why")
    if told["item_class"] not in {"A", "B"}:
        raise BadAsk("请选 A 或 B")
    wanted, person = ItemClass(told["item_class"]), opened.person
    state = opened.review.submission.state
    if state not in CHANGEABLE:
        raise NotAllowed("已经签发或退回的稿件不改类别")
    is_lowered = opened.review.item_class is not wanted is ItemClass.ORDINARY
    if is_lowered and _was_signed(opened) and not person.may(Act.SIGN_IMPORTANT):
        raise NotAllowed("初审以后，重要稿件改回普通要由主席定")
    why = clean_text(told["why"])[:200]
    open_ = proposal(opened.desk, opened.review)
    if open_ and wanted is ItemClass.ORDINARY and not why:
        raise NotAllowed(f"{say_weights(open_)}：按普通稿件办，请写一句为什么")
    saw = [one.key for one in weights_of(opened.desk, opened.review.submission)]
    opened.desk.store.set_class(opened.number, wanted, saw=saw)
    opened.desk.store.add_comment(
        opened.number,
        f"类别改为 {CLASS_WORDS[wanted]}" + (f"：{why}" if why else ""),
        by=person.name,
        at=opened.desk.now(),
    )
    return "已改类别"


def _was_signed(opened: Open) -> bool:
    """Whether it ever passed 初审, be it open again by now."""
    steps = opened.desk.store.submission_steps(opened.number)
    return any(step.after is SubmissionState.FIRST_OK for step in steps)
