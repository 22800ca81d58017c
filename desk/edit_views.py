"""Changing the words of a submission: by hand, or by one click where it is safe."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from django.shortcuts import render

from desk.asking import BadAsk, fields
from desk.opened import Open, act
from desk.story_views import story_page
from newsroom.editing import from_lines
from newsroom.errors import NotAllowed
from newsroom.roles import Act
from newsroom.submission_checks import (
    check_submission,
    finding_key,
    mend_finding,
    right_word,
)
from newsroom.text import clean_text
from story_store.reviews import TextChanged


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
        page = story_page(request, opened) | {
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
