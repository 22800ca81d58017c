"""复议: a declined story is looked at once more when its unit asks (domain: 2.5)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk.asking import fields
from desk.links import Sender, own_review, personal
from newsroom.errors import NotAllowed
from newsroom.review import APPEAL, may_appeal
from newsroom.submission import SubmissionState
from newsroom.text import clean_text


@require_POST
@personal
def appeal(request: HttpRequest, sender: Sender, number: str) -> HttpResponseBase:
    """Ask once for another look, with a word why; it waits for 初审 again."""
    told = fields(request, "mark", "words")
    review = own_review(sender, number)
    words = clean_text(told["words"])[:200]
    steps = sender.desk.store.submission_steps(number)
    if not may_appeal(review.submission.state, [step.reason for step in steps]):
        raise NotAllowed("每篇可以请编辑部再看一次，这篇已经看过了")
    if not words:
        raise NotAllowed("请写一句为什么值得再看看，再按“请再看一次”")
    sender.desk.store.decide(
        number,
        SubmissionState.CHECKED,
        mark=told["mark"],
        by=sender.link.name or sender.unit.name,
        at=sender.desk.now(),
        reason=f"{APPEAL}{words}",
    )
    return redirect("receipt", sender.token, number)
