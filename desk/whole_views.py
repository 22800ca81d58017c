"""Everything on one page: for whoever has a finished text, and without a script."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desk.asking import fields
from desk.form_pages import show, told_where
from desk.form_photos import LONGEST_CAPTION, add_photos
from desk.form_steps import FREE
from desk.handing_in import faults_of_text, hand_in, owner_of
from desk.links import Sender, personal
from desk.quota import begin_draft, refusal_of_haste, sign_opening
from desk.sending import SEND_FIELDS, Fault, read_day, send_faults
from desk.uploads import documents_of, take_files
from newsroom.text import clean_text
from story_store.links import FormDraft
from submissions.limits import MAX_DOCUMENTS, MAX_PHOTOS

_NAMES = ("key", "when", "place", "title", "website", "opened", *SEND_FIELDS)
_TEXTS = ("text", "captions")
_NOT_KEPT = frozenset({"key", "website", "opened"})


@require_http_methods(["GET", "POST"])
@told_where
@personal
def whole_form(request: HttpRequest, sender: Sender) -> HttpResponseBase:
    """One page with all fields; what is wrong is said, and what was typed stays."""
    told = dict.fromkeys((*_NAMES, *_TEXTS), "")
    faults: tuple[Fault, ...] = ()
    draft: FormDraft | None = None
    store = sender.desk.store
    if request.method == "POST":
        told = fields(request, *_NAMES, "photo", "file", texts=_TEXTS)
        key = told["key"] or begin_draft(sender).key
        draft = store.draft(sender.link.id, key)
        if draft.sent_as:
            return redirect("receipt", sender.token, draft.sent_as)
        draft, faults = _take(request, sender, draft, told)
        hasty = refusal_of_haste(sender, told["opened"])
        faults += (Fault("promise", hasty),) if hasty else ()
        if not faults and not told["website"]:
            sent = hand_in(sender, key, draft.answers, draft.photos)
            return redirect("receipt", sender.token, sent.number)
    elif request.GET.get("key"):
        draft = store.draft(sender.link.id, request.GET["key"])
        if draft.sent_as:
            return redirect("receipt", sender.token, draft.sent_as)
        told |= {n: v for n, v in draft.answers.items() if n in told}
        told["key"] = draft.key
    link = sender.link
    known = {"author": link.name, "phone": link.phone}
    if "主席" in link.duty:
        known["reviewer"] = link.name
    told["opened"] = told["opened"] or sign_opening(sender)
    values = known | {name: value for name, value in told.items() if value}
    page: dict[str, object] = {
        "draft": draft,
        "faults": faults,
        "values": dict.fromkeys((*_NAMES, *_TEXTS), "") | values,
        "unsent": None if draft else _unsent(sender),
        "most": MAX_PHOTOS,
        "most_files": MAX_DOCUMENTS,
        "files": documents_of(sender.desk, owner_of(draft.key)) if draft else (),
    }
    return show(request, sender, "whole", page)


def _take(
    request: HttpRequest, sender: Sender, draft: FormDraft, told: dict[str, str]
) -> tuple[FormDraft, tuple[Fault, ...]]:
    """The draft with all that was sent; what must be mended, as the page goes down."""
    kept = {name: told[name] for name in (*_NAMES, *_TEXTS) if name not in _NOT_KEPT}
    kept |= {"topic": FREE, "said": told["text"]}
    now = sender.desk.now()
    sender.desk.store.keep_answers(sender.link.id, draft.key, kept, at=now)
    draft, refused = add_photos(request, sender, draft)
    draft = _captioned(sender, draft, told["captions"])
    unread = take_files(request, sender, owner_of(draft.key))
    no_day = read_day(told["when"], now) is None
    faults = [Fault("when", "请写活动的日期，例：7月18日")] if no_day else []
    faults += faults_of_text(sender, draft.key, told["title"], told["text"])
    faults += [Fault("file", words) for words in unread]
    faults += [Fault("photo", words) for words in refused]
    faults += send_faults(told)
    return draft, tuple(faults)


def _unsent(sender: Sender) -> FormDraft | None:
    """What was written here before and not sent, e.g. when the browser went back."""
    drafts = sender.desk.store.open_drafts(sender.link.id)
    written = (one for one in drafts if "captions" in one.answers)
    return max(written, key=lambda one: one.changed_at, default=None)


def _captioned(sender: Sender, draft: FormDraft, typed: str) -> FormDraft:
    """The draft with a line of what was typed under each photo, as they come."""
    lines = [clean_text(line)[:LONGEST_CAPTION] for line in typed.splitlines()]
    lines = [line for line in lines if line]
    if not lines or not draft.photos:
        return draft
    under = zip_longest(draft.photos, lines[: len(draft.photos)])
    photos = tuple(replace(p, caption=c or p.caption) for p, c in under if p)
    now = sender.desk.now()
    return sender.desk.store.keep_photos(sender.link.id, draft.key, photos, at=now)
