"""The web form, one question a screen; every screen is a plain form (domain: 3.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desk.asking import fields
from desk.form_steps import (
    FREE,
    Screen,
    draft_of,
    find_screen,
    marked_pieces,
    missing_answers,
    screens_of,
    today_words,
)
from desk.links import Sender, personal
from desk.sending import (
    Fault,
    late_words,
    make_submission,
    read_day,
    sealed_text,
    send_faults,
    text_faults,
)
from desk.templating import url
from desk.uploads import show_picture, take_photos
from newsroom.errors import NewsroomError, NotFound
from newsroom.questions import StoryTemplate, in_season
from newsroom.submission import Door, Photo, Submission
from newsroom.text import clean_text, join_name
from story_store.links import FormDraft
from submissions.limits import MAX_PHOTOS

SEND_FIELDS = ("author", "filled_by", "reviewer", "phone", "public", "promise", "kind")


@require_POST
@personal
def start(request: HttpRequest, sender: Sender) -> HttpResponseBase:  # noqa: ARG001 - a view
    """A new, empty draft."""
    draft = sender.desk.store.start_draft(sender.link.id, at=sender.desk.now())
    return redirect("form", sender.token, draft.key, "topic")


@require_http_methods(["GET", "POST"])
@personal
def form(request: HttpRequest, sender: Sender, key: str, name: str) -> HttpResponseBase:
    """One screen of the form: shown, or its answers kept and the next one shown."""
    draft = sender.desk.store.draft(sender.link.id, key)
    if draft.sent_as:
        return redirect("receipt", sender.token, draft.sent_as)
    if name == "topic":
        return _topic(request, sender, draft)
    if "topic" not in draft.answers:
        return redirect("form", sender.token, key, "topic")
    screen = find_screen(_template(sender, draft), name)
    if screen is None:
        raise NotFound("没有这一步")
    view = {"photos": _photos, "draft": _text, "send": _send}.get(name, _questions)
    return view(request, sender, draft, screen)


def _template(sender: Sender, draft: FormDraft) -> StoryTemplate | None:
    """The topic of a draft, None when it is told freely."""
    topic = draft.answers.get("topic", FREE)
    templates = sender.desk.settings.story_templates
    return next((t for t in templates if t.id == topic), None)


def _topic(request: HttpRequest, sender: Sender, draft: FormDraft) -> HttpResponseBase:
    settings = sender.desk.settings
    if request.method == "POST":
        topic = fields(request, "topic")["topic"]
        known = {t.id for t in settings.story_templates} | {FREE}
        if topic in known:
            draft = _keep(sender, draft, {"topic": topic})
            first = screens_of(_template(sender, draft))[0]
            return redirect("form", sender.token, draft.key, first.id)
    now = sender.desk.now()
    tiles = in_season(settings.story_templates, settings.rules.topics, now.month)
    page = {"draft": draft, "tiles": tiles, "free": FREE, "month": now.month}
    return _show(request, sender, "topic", page)


def _questions(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> HttpResponseBase:
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        keys = [q.key for q in screen.questions]
        told = fields(request, "go", texts=keys)
        draft = _keep(sender, draft, {key: told[key].strip() for key in keys})
        missing = missing_answers(screen, draft.answers)
        faults = tuple(Fault(q.key, f"还没有写：{q.ask}") for q in missing)
        faults += _day_faults(sender, draft, screen)
        if not faults:
            return redirect("form", sender.token, draft.key, screen.after)
    page = {
        "draft": draft,
        "screen": screen,
        "faults": faults,
        "values": _offered(sender, draft),
    }
    return _show(request, sender, "questions", page)


def _day_faults(sender: Sender, draft: FormDraft, screen: Screen) -> tuple[Fault, ...]:
    typed = draft.answers.get("when", "")
    if screen.id != "when" or not typed or read_day(typed, sender.desk.now()):
        return ()
    words = "日期看不懂，或者还没有到：请写成 7月18日 这样"
    return (Fault("when", words),)


def _offered(sender: Sender, draft: FormDraft) -> dict[str, str]:
    """The answers, with what we know already put in (nothing is asked twice)."""
    today = sender.desk.now().date()
    known = {"when": today_words(today), "org": sender.unit.union}
    return known | draft.answers


def _photos(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> HttpResponseBase:
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        draft = _keep_captions(request, sender, draft)
        taken, refused = take_photos(request, sender.desk, draft.photos)
        for photo in taken:
            draft = sender.desk.store.add_photo(
                sender.link.id,
                draft.key,
                photo,
                most=MAX_PHOTOS,
                at=sender.desk.now(),
            )
        faults = tuple(Fault("photo", words) for words in refused)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"count": len(draft.photos), "faults": refused})
        go = request.POST.get("go") == "on"
        faults += _caption_faults(draft) if go else ()
        if go and not faults:
            return redirect("form", sender.token, draft.key, screen.after)
        if not faults:
            return redirect("form", sender.token, draft.key, screen.id)
    page = {"draft": draft, "screen": screen, "faults": faults, "most": MAX_PHOTOS}
    return _show(request, sender, "photos", page)


def _keep_captions(request: HttpRequest, sender: Sender, draft: FormDraft) -> FormDraft:
    """The captions that were typed; a photo whose 不要 was pressed goes."""
    count = range(len(draft.photos))
    names = [f"{word}{n}" for n in count for word in ("caption", "credit")]
    told = fields(request, "go", "away", "photo", *names)
    if not draft.photos or "caption0" not in request.POST:
        return draft
    photos = tuple(
        replace(
            photo,
            caption=clean_text(told[f"caption{n}"])[:60] or None,
            credit=join_name(told[f"credit{n}"])[:20] or None,
        )
        for n, photo in enumerate(draft.photos)
        if told["away"] != photo.file
    )
    return sender.desk.store.keep_photos(
        sender.link.id, draft.key, photos, at=sender.desk.now()
    )


def _caption_faults(draft: FormDraft) -> tuple[Fault, ...]:
    return tuple(
        Fault(f"caption{n}", f"第 {n + 1} 张照片还没有说明：谁、在哪、干什么")
        for n, photo in enumerate(draft.photos)
        if not photo.caption
    )


def _text(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> HttpResponseBase:
    made = draft_of(_template(sender, draft), draft.answers, sender.unit)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        told = fields(request, "title", "go", "use_title", texts=("text",))
        title = told["use_title"] or told["title"]
        text = {"plain": made.plain, "again": made.text}.get(told["go"], told["text"])
        draft = _keep(sender, draft, {"title": title, "text": text})
        if told["go"] == "on":
            faults = text_faults(title, text, sender.desk.settings.rules.checks)
            if not faults:
                return redirect("form", sender.token, draft.key, screen.after)
        else:
            return redirect("form", sender.token, draft.key, screen.id)
    first = made.titles[0] if made.titles else ""
    text = draft.answers.get("text") or made.text
    page = {
        "draft": draft,
        "screen": screen,
        "faults": faults,
        "title": draft.answers.get("title") or first,
        "titles": made.titles,
        "text": text,
        "pieces": marked_pieces(text),
        "has_marks": any(mark for line in marked_pieces(text) for _, mark in line),
        "is_older": draft.answers.get("text", made.text) != made.text,
        "late": late_words(
            read_day(draft.answers.get("when", ""), sender.desk.now()),
            sender.desk.now(),
        ),
        "chair": _chair_words(sender, text),
    }
    return _show(request, sender, "draft", page)


def _chair_words(sender: Sender, text: str) -> bool:
    words = sender.desk.settings.rules.checks.chair_decides
    return any(word in text for word in words)


def _send(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> HttpResponseBase:
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        told = fields(request, "go", "website", *SEND_FIELDS)
        draft = _keep(sender, draft, {name: told[name] for name in SEND_FIELDS})
        answers = draft.answers
        rules = sender.desk.settings.rules.checks
        faults = send_faults(answers) + text_faults(
            answers.get("title", ""), answers.get("text", ""), rules
        )
        if told["website"]:  # a field that no person sees
            raise NewsroomError("没有收：请重新打开您的报送链接再试")
        if not faults:
            sent = hand_in(sender, draft.key, answers, draft.photos)
            return redirect("receipt", sender.token, sent.number)
    link = sender.link
    known = {"author": link.name, "phone": link.phone}
    if "主席" in link.duty:
        known["reviewer"] = link.name
    page = {
        "draft": draft,
        "screen": screen,
        "faults": faults,
        "values": dict.fromkeys((*SEND_FIELDS, "title"), "") | known | draft.answers,
    }
    return _show(request, sender, "send", page)


@require_http_methods(["GET", "POST"])
@personal
def whole_form(request: HttpRequest, sender: Sender) -> HttpResponseBase:
    """Everything on one page, for whoever has a finished text."""
    names = ("key", "when", "place", "title", "website", *SEND_FIELDS)
    told = dict.fromkeys((*names, "text", "said"), "")
    faults: tuple[Fault, ...] = ()
    draft: FormDraft | None = None
    store = sender.desk.store
    if request.method == "POST":
        told = fields(request, *names, "photo", texts=("text",))
        now = sender.desk.now()
        key = told["key"] or store.start_draft(sender.link.id, at=now).key
        draft = store.draft(sender.link.id, key)
        if draft.sent_as:
            return redirect("receipt", sender.token, draft.sent_as)
        kept = {n: told[n] for n in (*names, "text") if n not in {"key", "website"}}
        draft = _keep(sender, draft, kept | {"topic": FREE, "said": told["text"]})
        taken, refused = take_photos(request, sender.desk, draft.photos)
        for photo in taken:
            draft = store.add_photo(sender.link.id, key, photo, most=MAX_PHOTOS, at=now)
        faults = tuple(Fault("photo", words) for words in refused)
        faults += text_faults(
            told["title"], told["text"], sender.desk.settings.rules.checks
        ) + send_faults(told)
        if read_day(told["when"], now) is None:
            faults += (Fault("when", "请写活动的日期，例：7月18日"),)
        if not faults and not told["website"]:
            sent = hand_in(sender, key, draft.answers, draft.photos)
            return redirect("receipt", sender.token, sent.number)
    link = sender.link
    known = {"author": link.name, "phone": link.phone}
    values = known | {name: value for name, value in told.items() if value}
    page: dict[str, object] = {
        "draft": draft,
        "faults": faults,
        "values": dict.fromkeys((*names, "text"), "") | values,
        "most": MAX_PHOTOS,
    }
    return _show(request, sender, "whole", page)


def hand_in(
    sender: Sender, key: str, answers: dict[str, str], photos: tuple[Photo, ...]
) -> Submission:
    """Keep, number and check a submission; the same draft gives the same one.

    Raises:
        NewsroomError: the unit has sent as many as it may today.
    """
    desk, now = sender.desk, sender.desk.now()
    door_key = f"web-{key}"
    if not desk.store.has_submission(door_key):
        _check_quota(sender)
        original = desk.store.keep_original_text(
            door_key, "报送.json", sealed_text(answers, photos)
        )
        made = make_submission(
            door_key,
            sender.unit,
            answers,
            photos,
            door=Door.WEB_FORM,
            original=original,
            now=now,
        )
        kept = desk.store.add_submission(made, day=now.date())
    else:
        kept = desk.store.submission_of_key(door_key)
    phone = clean_text(answers.get("phone", ""))
    desk.store.keep_contact(kept.number, phone=phone, link_id=sender.link.id)
    desk.store.keep_phone(sender.link.id, phone)
    desk.store.mark_sent(sender.link.id, key, kept.number)
    return desk.acts.check(kept, now)


def _check_quota(sender: Sender) -> None:
    desk, key = sender.desk, f"send:{sender.unit.id}"
    since = desk.now() - timedelta(days=1)
    if desk.store.attempts(key, since=since) >= desk.settings.desk.unit_daily:
        raise NewsroomError(
            f"{sender.unit.name}今天已经报了很多篇，请明天再发；急事请打电话。"
            "您写的已经替您存好"
        )
    desk.store.note_attempt(key, at=desk.now())


@require_POST
@personal
def drop(request: HttpRequest, sender: Sender, key: str) -> HttpResponseBase:  # noqa: ARG001 - a view
    """Throw a draft away, at the correspondent's own wish."""
    sender.desk.store.drop_draft(sender.link.id, key)
    return redirect("mine", sender.token)


@require_http_methods(["GET"])
@personal
def photo(request: HttpRequest, sender: Sender, name: str) -> HttpResponseBase:  # noqa: ARG001 - a view
    """A photo of the unit's own drafts and submissions; any other is not there."""
    store = sender.desk.store
    own = store.has_photo(sender.link.unit_id, name)
    if not own:
        raise NotFound("没有这张照片")
    return show_picture(sender.desk, name)


def _keep(sender: Sender, draft: FormDraft, told: dict[str, str]) -> FormDraft:
    return sender.desk.store.keep_answers(
        sender.link.id, draft.key, told, at=sender.desk.now()
    )


def _show(
    request: HttpRequest, sender: Sender, name: str, page: dict[str, object]
) -> HttpResponse:
    faults = page.setdefault("faults", ())
    page |= {
        "sender": sender,
        "unit": sender.unit,
        "token": sender.token,
        "office": sender.desk.settings.office,
        "home": url("mine", sender.token),
    }
    status = 422 if faults else 200
    return render(request, f"submissions/{name}.html", page, status=status)
