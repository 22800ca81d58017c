"""The photos of a submission at the desk."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from desk.asking import fields
from desk.opened import Open, act
from newsroom.roles import Act
from newsroom.submission_checks import check_submission
from newsroom.text import clean_text, join_name
from story_store.reviewing import TextChanged


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
