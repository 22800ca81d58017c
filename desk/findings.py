"""All that is found in a submission at the desk: its words, and codes in its photos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desk.office import Desk
from newsroom.errors import NotFound
from newsroom.signing import ItemClass
from newsroom.story import Finding, FindingLevel
from newsroom.submission import Submission
from newsroom.submission_checks import check_submission, checked_text
from newsroom.weighing import Weight, reasons_for_important
from story_store.reviews import Review
from submissions.picture_codes import codes_in

PHOTO_CODE = "photo_code"


def found_in(desk: Desk, submission: Submission) -> tuple[Finding, ...]:
    """What the proof-reader marks, and a warning for every code in a photo.

    Warnings of photos stand after the text: their places lie behind its end.
    """
    words = check_submission(submission, desk.settings.rules)
    return (*words, *_codes(desk, submission))


def proposal(desk: Desk, review: Review) -> tuple[Weight, ...]:
    """Why a submission should be important, as far as nobody has judged that yet."""
    if review.item_class is not ItemClass.ORDINARY:
        return ()
    reasons = weights_of(desk, review.submission)
    return tuple(one for one in reasons if one.key not in review.class_saw)


def weights_of(desk: Desk, submission: Submission) -> tuple[Weight, ...]:
    """All that makes a submission important, judged or not."""
    rules = desk.settings.rules
    findings = check_submission(submission, rules)
    return reasons_for_important(submission, findings, rules.checks)


def say_weights(weights: Iterable[Weight]) -> str:
    """The reasons as words: 写到市级领导“市长”、荣誉名单“…”."""
    return "、".join(f"{one.why}“{one.text}”" for one in weights)


def _codes(desk: Desk, submission: Submission) -> Iterator[Finding]:
    behind = len(checked_text(submission)) + 1
    photos = [photo.file for photo in submission.photos if not photo.is_waiting]
    inside = [picture.src for picture in submission.body.pictures]
    for number, name in enumerate(dict.fromkeys((*photos, *inside)), start=1):
        for said in _said_by(desk, name):
            yield Finding(
                PHOTO_CODE,
                FindingLevel.WARN,
                said,
                behind,
                behind + number,
                f"第 {number} 张照片里有二维码，读者扫了会到这里",
                "请用手机扫一扫，看通向哪里；拿不准的，用“裁剪打码”盖住",
            )
            behind += 1


def _said_by(desk: Desk, name: str) -> tuple[str, ...]:
    try:
        known = desk.store.picture_codes(name)
        return codes_in(desk.store.picture_path(name)) if known is None else known
    except (NotFound, OSError):  # gone or unreadable: nobody can scan it either
        return ()
