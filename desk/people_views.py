"""Accounts and personal links: made, shown once, ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.asking import BadAsk, fields, several
from desk.cards import make_card
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame, unit_name
from desk.office import Desk, the_desk
from desk.sign_in_views import WELCOME, WELCOME_LASTS
from desk.templating import url
from newsroom.errors import NotAllowed
from newsroom.roles import ROLE_WORDS, Act, Person, Role
from newsroom.text import join_name


@require_safe
@signed_in(Act.PEOPLE)
def people(request: HttpRequest, person: Person) -> HttpResponseBase:
    """All accounts and links; tokens are known to nobody."""
    desk = the_desk()
    units = desk.settings.rules.units.units
    page = frame(request, person) | {
        "people": desk.store.people(),
        "role_words": ROLE_WORDS,
        "links": tuple(
            (one, unit_name(desk, one.unit_id)) for one in desk.store.links()
        ),
        "units": tuple((u.id, u.name) for u in units if u.enabled),
        "events": desk.store.events(limit=30),
        "fresh": "",
        "card": None,
    }
    return render(request, "desk/people.html", page)


@require_POST
@signed_in(Act.PEOPLE)
def account(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Make an account, change its roles, invite it again, end or allow it."""
    desk = the_desk()
    told = fields(request, "do", "id", "login", "name", lists=("roles",))
    roles = _roles(several(request, "roles"))
    try:
        fresh = _account(desk, person, told, roles)
    except (NotAllowed, BadAsk) as error:
        leave_note(request, str(error))
        return redirect("people")
    if not fresh:
        leave_note(request, "办好了")
        return redirect("people")
    page = frame(request, person) | {"address": fresh, "card": None}
    return render(request, "desk/once.html", page)


def _account(
    desk: Desk, person: Person, told: dict[str, str], roles: frozenset[Role]
) -> str:
    """The address of a one-use invitation where one was made, else nothing."""
    now, store = desk.now(), desk.store
    if told["do"] == "add":
        made = store.add_account(told["login"], told["name"], roles, at=now)
        store.note_event(person.name, f"新建账号 {made.login} {made.name}", at=now)
        return _invite(desk, made.id)
    if not told["id"].isdecimal():
        raise BadAsk("没有这个账号")
    other = store.person(int(told["id"][:12]))
    store.note_event(person.name, f"{told['do']} 账号 {other.login}", at=now)
    match told["do"]:
        case "roles":
            if other.id == person.id and Role.ADMIN not in roles:
                raise NotAllowed("不能取消自己的账号管理权，请另一位管理员来办")
            store.set_roles(other.id, roles)
        case "invite":
            return _invite(desk, other.id)
        case "stop":
            if other.id == person.id:
                raise NotAllowed("不能停用自己")
            store.set_active(other.id, active=False)
        case "allow":
            store.set_active(other.id, active=True)
        case _:
            raise BadAsk("没有这个操作")
    return ""


def _invite(desk: Desk, account_id: int) -> str:
    token = desk.store.invite(
        WELCOME, at=desk.now(), lasts=WELCOME_LASTS, account_id=account_id
    )
    return url("welcome", token)


def _roles(names: tuple[str, ...]) -> frozenset[Role]:
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in names if name in known)


@require_POST
@signed_in(Act.PEOPLE)
def link(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Make, renew or end a correspondent's personal link; its card is shown once."""
    desk = the_desk()
    told = fields(request, "do", "id", "unit", "name", "duty", "phone")
    now, store = desk.now(), desk.store
    if told["do"] == "add":
        unit = desk.settings.rules.units.unit(told["unit"])
        if unit is None or not join_name(told["name"]):
            leave_note(request, "请选单位、写姓名")
            return redirect("people")
        made, token = store.add_link(
            unit.id, told["name"], at=now, duty=told["duty"], phone=told["phone"]
        )
    elif not told["id"].isdecimal():
        raise BadAsk("没有这条链接")
    elif told["do"] == "renew":
        made, token = store.renew_link(int(told["id"][:12]))
    elif told["do"] == "revoke":
        gone = store.revoke_link(int(told["id"][:12]), at=now)
        store.note_event(person.name, f"作废报送链接 {gone.name}", at=now)
        leave_note(request, f"{gone.name}的链接已作废")
        return redirect("people")
    else:
        raise BadAsk("没有这个操作")
    store.note_event(person.name, f"发出报送链接 {made.name}", at=now)
    base = desk.address or f"{request.scheme}://{request.get_host()}"
    card = make_card(made, unit_name(desk, made.unit_id), base, token)
    page = frame(request, person) | {"address": "", "card": card}
    return render(request, "desk/once.html", page)
