"""A story written on the phone comes in parcels: each photo, then the words.

Every parcel bears the story's own key, made on the phone, so whatever is sent twice
over a bad line is one story with each photo once.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from desk.asking import BadAsk, fields
from desk.form_pages import refuse
from desk.form_steps import FREE, draft_of
from desk.handing_in import hand_in, owner_of
from desk.links import Sender, personal
from desk.quota import begin_draft
from desk.sending import SEND_FIELDS, Fault, read_day, send_faults, text_faults
from desk.templating import url
from desk.uploads import take_photos
from newsroom.drafting import Draft
from newsroom.text import clean_text, join_name
from story_store.links import FormDraft
from submissions.limits import MAX_PHOTOS, MAX_TEXT_BYTES

_KEY = re.compile(r"[0-9a-f-]{32,40}")
_MOST_ANSWERS = 60
_LONGEST_CAPTION, _LONGEST_CREDIT = 60, 20


@require_http_methods(["GET", "POST"])
@personal
def parcel(request: HttpRequest, sender: Sender) -> HttpResponseBase:
    """Without a parcel the token that one needs; else what became of it, as JSON."""
    if request.method == "GET":
        return JsonResponse({"csrf": get_token(request)})
    told = fields(
        request, "key", "part", "caption", "credit", "photo", texts=("story",)
    )
    if not _KEY.fullmatch(told["key"]):
        raise BadAsk("这份稿件没有编号，请重新打开报送链接再发")
    draft = _draft(sender, told["key"])
    if draft.sent_as:
        return _receipt(sender, draft.sent_as)
    if told["part"] == "photo":
        return _photo(request, sender, draft, told)
    return _story(sender, draft, _answers(told["story"]))


def _draft(sender: Sender, key: str) -> FormDraft:
    """The draft of the phone's key; the same key of another link is another draft."""
    own = hashlib.sha256(f"{sender.link.id}/{key}".encode()).hexdigest()[:40]
    return begin_draft(sender, own)


def _photo(
    request: HttpRequest, sender: Sender, draft: FormDraft, told: dict[str, str]
) -> HttpResponseBase:
    desk, owner = sender.desk, owner_of(draft.key)
    taken, refused = take_photos(request, sender, owner, draft.photos)
    for photo in taken:
        described = replace(
            photo,
            caption=clean_text(told["caption"])[:_LONGEST_CAPTION] or None,
            credit=join_name(told["credit"])[:_LONGEST_CREDIT] or None,
        )
        draft = desk.store.add_photo(
            sender.link.id, draft.key, described, most=MAX_PHOTOS, at=desk.now()
        )
    desk.store.settle_jobs(owner)
    return JsonResponse({"photos": len(draft.photos), "refused": list(refused)})


def _story(sender: Sender, draft: FormDraft, told: dict[str, str]) -> HttpResponseBase:
    desk = sender.desk
    made = _made(sender, told)
    told["title"] = told.get("title", "").strip() or (made.titles or ("",))[0]
    told["text"] = told.get("text", "").strip() or made.plain
    draft = desk.store.keep_answers(sender.link.id, draft.key, told, at=desk.now())
    faults = text_faults(told["title"], told["text"], desk.settings.rules.checks)
    faults += send_faults({name: told.get(name, "") for name in SEND_FIELDS})
    if read_day(told.get("when", ""), desk.now()) is None:
        faults += (Fault("when", "请写活动的日期，例：7月18日"),)
    if faults:
        answer = refuse(faults)
        answer.headers["X-Mend"] = url("form", sender.token, draft.key, "draft")
        return answer
    sent = hand_in(sender, draft.key, draft.answers, draft.photos)
    return _receipt(sender, sent.number)


def _made(sender: Sender, told: dict[str, str]) -> Draft:
    templates = sender.desk.settings.story_templates
    template = next((t for t in templates if t.id == told.get("topic")), None)
    told["topic"] = template.id if template else FREE
    return draft_of(template, told, sender.unit)


def _answers(text: str) -> dict[str, str]:
    """The answers of a story as the phone wrote them down."""
    try:
        read = json.loads(text or "{}")
    except ValueError as error:
        raise BadAsk("稿件没有传完整，请再发一次") from error
    if not isinstance(read, dict) or len(read) > _MOST_ANSWERS:
        raise BadAsk("稿件的格式不对，请重新打开报送链接再发")
    return {
        str(name)[:40]: value.replace("\0", "")[:MAX_TEXT_BYTES]
        for name, value in read.items()
        if isinstance(value, str)
    }


def _receipt(sender: Sender, number: str) -> JsonResponse:
    where = url("receipt", sender.token, number)
    return JsonResponse({"number": number, "receipt": where})
