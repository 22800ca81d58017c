"""The screen for photos and files, and how far they are."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desk.asking import fields
from desk.form_pages import show
from desk.form_steps import Screen
from desk.handing_in import owner_of
from desk.links import Sender, personal
from desk.sending import Fault
from desk.uploads import settled_of, show_picture, take_photos
from newsroom.errors import NotFound
from newsroom.submission import Photo
from newsroom.text import clean_text, join_name
from story_store.job_results import JobKind, JobState
from story_store.links import FormDraft
from submissions.limits import MAX_PHOTOS

LONGEST_CAPTION, _LONGEST_CREDIT = 60, 20


def photos(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> HttpResponseBase:
    """The photos of a draft: added, described, taken out."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        draft = _keep_captions(request, sender, draft)
        draft, refused = add_photos(request, sender, draft)
        faults = tuple(Fault("photo", words) for words in refused)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"count": len(draft.photos), "faults": refused})
        go = request.POST.get("go") == "on"
        faults += _caption_faults(draft) if go else ()
        if not faults:
            after = screen.after if go else screen.id
            return redirect("form", sender.token, draft.key, after)
    page = {
        "draft": draft,
        "screen": screen,
        "faults": faults,
        "most": MAX_PHOTOS,
        "remarks": _remarks(sender, draft),
    }
    return show(request, sender, "photos", page)


def add_photos(
    request: HttpRequest, sender: Sender, draft: FormDraft
) -> tuple[FormDraft, tuple[str, ...]]:
    """The draft with the photos of a request, and sentences of those not taken."""
    desk = sender.desk
    taken, refused = take_photos(request, sender, owner_of(draft.key), draft.photos)
    for photo in taken:
        draft = desk.store.add_photo(
            sender.link.id, draft.key, photo, most=MAX_PHOTOS, at=desk.now()
        )
    desk.store.settle_jobs(owner_of(draft.key))
    return desk.store.draft(sender.link.id, draft.key), refused


@require_http_methods(["GET"])
@personal
def state(request: HttpRequest, sender: Sender, key: str) -> HttpResponseBase:  # noqa: ARG001 - a view
    """How far the photos and files of a draft are, for the page that waits."""
    draft = sender.desk.store.draft(sender.link.id, key)
    jobs = sender.desk.store.jobs_of(owner_of(key))
    return JsonResponse(
        {
            "photos": [p.file for p in draft.photos if not p.is_waiting],
            "waiting": sum(job.is_open for job in jobs),
            "refused": [
                f"{job.name}：{job.words}"
                for job in jobs
                if job.state is JobState.REFUSED
            ],
            "texts": sum(job.text is not None for job in jobs),
        }
    )


@require_http_methods(["GET"])
@personal
def photo(request: HttpRequest, sender: Sender, name: str) -> HttpResponseBase:  # noqa: ARG001 - a view
    """A photo of the unit's own drafts and submissions; any other is not there."""
    if not sender.desk.store.has_photo(sender.link.unit_id, name):
        raise NotFound("没有这张照片")
    return show_picture(sender.desk, name)


def _keep_captions(request: HttpRequest, sender: Sender, draft: FormDraft) -> FormDraft:
    """The captions that were typed; a photo whose 不要 was pressed goes."""
    count = range(len(draft.photos))
    names = [f"{word}{n}" for n in count for word in ("caption", "credit")]
    told = fields(request, "go", "away", "photo", *names)
    if not draft.photos or "caption0" not in request.POST:
        return draft
    unwanted = _now_called(sender, draft, told["away"])
    photos = tuple(
        replace(
            photo,
            caption=clean_text(told[f"caption{n}"])[:LONGEST_CAPTION] or None,
            credit=join_name(told[f"credit{n}"])[:_LONGEST_CREDIT] or None,
        )
        for n, photo in enumerate(draft.photos)
        if photo.file != unwanted
    )
    return sender.desk.store.keep_photos(
        sender.link.id, draft.key, photos, at=sender.desk.now()
    )


def _now_called(sender: Sender, draft: FormDraft, name: str) -> str:
    """What a photo is called by now that was still waiting when the page was made."""
    if not name:
        return ""
    asked = settled_of(sender.desk, owner_of(draft.key), (Photo(name, 0, 0),))
    return asked[0].file if asked else name


def _caption_faults(draft: FormDraft) -> tuple[Fault, ...]:
    return tuple(
        Fault(f"caption{n}", f"第 {n + 1} 张照片还没有说明：谁、在哪、干什么")
        for n, photo in enumerate(draft.photos)
        if not photo.caption
    )


def _remarks(sender: Sender, draft: FormDraft) -> dict[str, str]:
    """What is to be known of a photo, e.g. that it is small; by its file."""
    jobs = sender.desk.store.jobs_of(owner_of(draft.key))
    return {
        job.photo.file: job.words
        for job in jobs
        if job.kind is JobKind.PHOTO and job.photo is not None and job.words
    }
