"""The web form, one question a screen; every screen is a plain form (domain: 3.2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desk.asking import fields
from desk.form_pages import show, told_where
from desk.form_photos import photos
from desk.form_steps import (
    FREE,
    SAID,
    Screen,
    draft_of,
    find_screen,
    marked_pieces,
    missing_answers,
    screens_of,
    today_words,
)
from desk.handing_in import faults_of_text, hand_in, owner_of, read_texts
from desk.links import Sender, personal
from desk.quota import begin_draft
from desk.samples import sample_of
from desk.sending import (
    SEND_FIELDS,
    Fault,
    dated,
    late_words,
    read_day,
    send_faults,
)
from desk.uploads import documents_of, take_files
from newsroom.drafting import Draft
from newsroom.errors import NewsroomError, NotFound
from newsroom.questions import StoryTemplate, in_season
from story_store.links import FormDraft
from submissions.limits import MAX_DOCUMENTS

_NOTHING_SAID = "大框里还没有字：说几句就行，或者把写好的稿子粘贴进来"


@require_POST
@personal
def start(request: HttpRequest, sender: Sender) -> HttpResponseBase:  # noqa: ARG001 - a view
    """A new, empty draft."""
    draft = begin_draft(sender)
    return redirect("form", sender.token, draft.key, "topic")


@require_http_methods(["GET", "POST"])
@told_where
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
    view = {"photos": photos, "draft": _text, "send": _send}.get(name, _questions)
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
    return show(request, sender, "topic", page)


def _questions(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> HttpResponseBase:
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        keys = [q.key for q in screen.questions]
        told = fields(request, "go", "file", texts=keys)
        answers = {key: told[key].strip() for key in keys}
        if "when" in answers:
            answers["when"] = dated(answers["when"], sender.desk.now())
        draft = _keep(sender, draft, answers)
        faults = _file_faults(request, sender, draft, screen)
        faults += tuple(
            Fault(q.key, _NOTHING_SAID if q.key == SAID else f"“{q.ask}”还没有写")
            for q in missing_answers(screen, draft.answers)
            if not (q.key == SAID and documents_of(sender.desk, owner_of(draft.key)))
        )
        faults += _day_faults(sender, draft, screen)
        if not faults:
            return redirect("form", sender.token, draft.key, screen.after)
    page = {
        "draft": draft,
        "screen": screen,
        "faults": faults,
        "values": _offered(sender, draft),
        "takes_files": screen.id == SAID,
        "sample": sample_of(_template(sender, draft)),
        "files": documents_of(sender.desk, owner_of(draft.key)),
        "most_files": MAX_DOCUMENTS,
    }
    return show(request, sender, "questions", page)


def _file_faults(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> tuple[Fault, ...]:
    """Take the documents of this screen; what could not be taken."""
    if screen.id != SAID:
        return ()
    refused = take_files(request, sender, owner_of(draft.key))
    return tuple(Fault("file", words) for words in refused)


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


def _text(
    request: HttpRequest, sender: Sender, draft: FormDraft, screen: Screen
) -> HttpResponseBase:
    made = _made(sender, draft)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        told = fields(request, "title", "go", "use_title", texts=("text",))
        title = told["use_title"] or told["title"]
        text = {"plain": made.plain, "again": made.text}.get(told["go"], told["text"])
        draft = _keep(sender, draft, {"title": title, "text": text})
        if told["go"] == "on":
            faults = faults_of_text(sender, draft.key, title, text)
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
        "files": documents_of(sender.desk, owner_of(draft.key)),
    }
    return show(request, sender, "draft", page)


def _made(sender: Sender, draft: FormDraft) -> Draft:
    """What the answers make; a document's words where nothing was said."""
    texts = read_texts(sender, draft.key)
    if texts and not draft.answers.get(SAID, "").strip():
        title, words = texts[0].title, texts[0].body.text
        return Draft((title,) if title else (), words, words, ())
    return draft_of(_template(sender, draft), draft.answers, sender.unit)


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
        title, text = answers.get("title", ""), answers.get("text", "")
        faults = send_faults(answers)
        faults += faults_of_text(sender, draft.key, title, text)
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
    return show(request, sender, "send", page)


@require_POST
@personal
def drop(request: HttpRequest, sender: Sender, key: str) -> HttpResponseBase:  # noqa: ARG001 - a view
    """Throw a draft away, at the correspondent's own wish."""
    store = sender.desk.store
    if not store.draft(sender.link.id, key).sent_as:
        store.drop_draft(sender.link.id, key)
        store.drop_jobs(owner_of(key))
        store.drop_upload(owner_of(key))
    return redirect("mine", sender.token)


def _keep(sender: Sender, draft: FormDraft, told: dict[str, str]) -> FormDraft:
    return sender.desk.store.keep_answers(
        sender.link.id, draft.key, told, at=sender.desk.now()
    )
