"""The photos of a submission: captions, order, cropping, faces made unknowable."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame
from desk.opened import Open, act, find_story
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from newsroom.review import CHANGEABLE
from newsroom.roles import Act, Person
from newsroom.submission import Photo
from newsroom.submission_checks import check_submission
from newsroom.text import clean_text, join_name
from story_store.reviews import TextChanged
from submissions.limits import MAX_PHOTOS
from submissions.picture_codes import keep_with_codes
from submissions.picture_edits import Box, edit_picture, read_boxes

_SIDES = ("left", "top", "width", "height")
_PER_CENT = 10


@act(Act.EDIT)
def captions(request: HttpRequest, opened: Open) -> str:
    """Change what stands under the photos; move one forward, or leave one out."""
    photos = opened.review.submission.photos
    names = [f"{w}{n}" for n in range(len(photos)) for w in ("caption", "credit")]
    told = fields(request, "version", "away", "forward", *names)
    _check_version(opened, told["version"])
    changed = [
        replace(
            photo,
            caption=clean_text(told[f"caption{n}"])[:60] or None,
            credit=join_name(told[f"credit{n}"])[:20] or None,
        )
        for n, photo in enumerate(photos)
        if photo.file != told["away"]
    ]
    place = next((n for n, p in enumerate(changed) if p.file == told["forward"]), 0)
    if place:
        changed[place - 1], changed[place] = changed[place], changed[place - 1]
    _keep(opened, tuple(changed))
    if told["away"]:
        return "这张不用了；在“撤下的照片”里可以拿回来"
    return "照片往前移了一位" if place else "照片说明存好了"


@act(Act.EDIT)
def photo_back(request: HttpRequest, opened: Open) -> str:
    """Take back a photo that was left out."""
    told = fields(request, "version", "photo")
    _check_version(opened, told["version"])
    photos = opened.review.submission.photos
    gone = next((p for p in left_out(opened) if p.file == told["photo"]), None)
    if gone is None:
        raise NotAllowed("这张照片已经在了")
    if len(photos) >= MAX_PHOTOS:
        raise NotAllowed(f"一篇最多 {MAX_PHOTOS} 张照片")
    _keep(opened, (*photos, gone))
    return "照片拿回来了，在最后一张"


@require_safe
@signed_in(Act.EDIT)
def photo_edit(
    request: HttpRequest, person: Person, number: str, name: str
) -> HttpResponseBase:
    """The screen on which one draws over a photo."""
    opened = find_story(person, number)
    photo = _photo(opened, name)
    if opened.review.submission.state not in CHANGEABLE:
        leave_note(request, "这件稿子现在不能改照片：请先退回或撤下")
        return redirect("story", number)
    page = frame(request, person) | {
        "submission": opened.review.submission,
        "review": opened.review,
        "photo": photo,
        "sides": tuple(zip(_SIDES, ("左", "上", "宽", "高"), strict=True)),
        "has_source": name in opened.desk.store.picture_sources(number),
    }
    return render(request, "desk/photo_edit.html", page)


@act(Act.EDIT)
def change_photo(request: HttpRequest, opened: Open) -> object:
    """Crop a photo and blur what was marked; the photo that was sent stays."""
    told = fields(
        request, "version", "photo", "crop", "covers", "kind", "tool", *_SIDES
    )
    try:
        _check_version(opened, told["version"])
        _change(opened, _photo(opened, told["photo"]), told)
    except NotFound:
        raise
    except NewsroomError as error:
        leave_note(request, str(error))
        return redirect("photo_edit", opened.number, told["photo"] or "none")
    return "照片改好了，原图还在，要重新初审"


@act(Act.EDIT)
def photo_restore(request: HttpRequest, opened: Open) -> str:
    """Put the photo as it was sent in place of the changed one."""
    told = fields(request, "version", "photo")
    _check_version(opened, told["version"])
    photo = _photo(opened, told["photo"])
    made_from = opened.desk.store.picture_sources(opened.number)
    source = _sources(photo.file, made_from)[-1]
    if source == photo.file:
        raise NotAllowed("这张就是原图")
    sent = next((p for p in _all_photos(opened) if p.file == source), None)
    if sent is None:
        raise NotFound("没有这张照片")
    back = replace(photo, file=sent.file, width=sent.width, height=sent.height)
    _replace(opened, photo, back)
    return "已恢复原图，要重新初审"


def left_out(opened: Open) -> tuple[Photo, ...]:
    """Photos of earlier texts that the present one has not, nor made anew from them."""
    sources = opened.desk.store.picture_sources(opened.number)
    shown = [photo.file for photo in opened.review.submission.photos]
    here = {one for file in shown for one in _sources(file, sources)}
    known = here | sources.keys()
    found = {p.file: p for p in _all_photos(opened) if p.file not in known}
    return tuple(found.values())


def _change(opened: Open, photo: Photo, told: dict[str, str]) -> None:
    crop = Box.read(told["crop"]) if told["crop"] else None
    covers = read_boxes(told["covers"])
    typed = _typed_box(told)
    if typed is not None and told["kind"] == "crop":
        crop = typed
    elif typed is not None:
        covers = (*covers, typed)
    store = opened.desk.store
    made = edit_picture(store.picture_path(photo.file).read_bytes(), crop, covers)
    keep = keep_with_codes(store.keep_picture, store.keep_codes)
    name = keep(made.data, made.extension)
    store.note_picture_edit(
        opened.number,
        file=name,
        source=photo.file,
        marks=f"{told['crop']}|{told['covers']}",
        by=opened.person.name,
        at=opened.desk.now(),
    )
    _replace(
        opened, photo, replace(photo, file=name, width=made.width, height=made.height)
    )


def _typed_box(told: dict[str, str]) -> Box | None:
    """A box given as percents, for whoever cannot draw; None when none was typed."""
    typed = [told[side].strip() for side in _SIDES]
    if not any(typed):
        return None
    if not all(one.isascii() and one.isdecimal() for one in typed):
        raise NotAllowed("左、上、宽、高都要填 0 到 100 的整数")
    return Box.read(",".join(str(int(one[:3]) * _PER_CENT) for one in typed))


def _photo(opened: Open, name: str) -> Photo:
    photos = opened.review.submission.photos
    photo = next((p for p in photos if p.file == name), None)
    if photo is None or photo.is_waiting:
        raise NotFound("没有这张照片")
    return photo


def _all_photos(opened: Open) -> tuple[Photo, ...]:
    versions = opened.desk.store.text_versions(opened.number)
    return tuple(p for v in versions for p in v.photos if not p.is_waiting)


def _sources(file: str, sources: dict[str, str]) -> tuple[str, ...]:
    """The picture and all that it was made from, the one that was sent last."""
    chain = [file]
    while chain[-1] in sources and sources[chain[-1]] not in chain:
        chain.append(sources[chain[-1]])
    return tuple(chain)


def _replace(opened: Open, before: Photo, after: Photo) -> None:
    photos = opened.review.submission.photos
    _keep(opened, tuple(after if p == before else p for p in photos))


def _keep(opened: Open, photos: tuple[Photo, ...]) -> None:
    submission = replace(opened.review.submission, photos=photos)
    opened.desk.store.change_text(
        opened.number,
        version=opened.review.version,
        title=submission.title,
        body=submission.body,
        photos=photos,
        findings=check_submission(submission, opened.desk.settings.rules),
        by=opened.person.name,
        at=opened.desk.now(),
    )


def _check_version(opened: Open, version: str) -> None:
    if not version.isdecimal():
        raise BadAsk("请从稿件页上改")
    if version != str(opened.review.version):
        raise TextChanged("刚刚有人改过这件稿子，请看过新的再改")
