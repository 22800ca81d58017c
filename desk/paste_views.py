"""粘贴导入 and 代录: a chat text or a phone call taken in by an editor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from desk.asking import fields
from desk.guards import signed_in
from desk.inbox_views import frame
from desk.office import Desk, the_desk
from newsroom.errors import NewsroomError
from newsroom.roles import Act, Person
from newsroom.submission import Door
from submissions.pasted import PasteAnswer

TYPED = "typed"
_REFUSED = 422


@require_http_methods(["GET", "POST"])
@signed_in(Act.EDIT)
def paste(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Every block of a chat, or one free text; what became of each, its receipt."""
    desk = the_desk()
    told = {"text": "", "unit": "", "how": ""}
    if request.method != "POST":
        return _page(request, person, told)
    told = fields(request, "unit", "how", texts=("text",))
    try:
        answers = _take(desk, person, told)
    except NewsroomError as error:
        return _page(request, person, told, fault=str(error))
    if all(answer.kept is None for answer in answers):
        fault = "没有认出是哪个单位的：请在下面选好单位，再收一次"
        return _page(request, person, told, fault=fault)
    return _page(request, person, told | {"text": ""}, answers=answers)


def _take(desk: Desk, person: Person, told: dict[str, str]) -> tuple[PasteAnswer, ...]:
    is_typed = told["how"] == TYPED
    door = Door.TYPED if is_typed else Door.WECHAT
    by = person.name if is_typed else None
    answers = desk.acts.paste(told["text"], told["unit"], door, by, desk.now())
    numbers = "、".join(a.kept.number for a in answers if a.kept is not None)
    if numbers:
        desk.store.note_event(person.name, f"{door.value}收稿", at=desk.now())
    return answers


def _page(
    request: HttpRequest,
    person: Person,
    told: dict[str, str],
    *,
    fault: str = "",
    answers: tuple[PasteAnswer, ...] = (),
) -> HttpResponse:
    units = the_desk().settings.rules.units.units
    page = frame(request, person) | {
        "told": told,
        "fault": fault,
        "answers": answers,
        "units": tuple((u.id, u.name) for u in units if u.enabled),
        "typed": TYPED,
    }
    return render(request, "desk/paste.html", page, status=_REFUSED if fault else 200)
