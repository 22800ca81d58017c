"""Accounts and personal links: made, shown once, ended."""

from __future__ import annotations

from collections.abc import Mapping

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

_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})


@require_safe
@signed_in(Act.PEOPLE)
def people(request: HttpRequest, person: Person) -> HttpResponseBase:
    """All accounts and links; tokens are known to nobody."""
    return _people(request, person)


def _people(
    request: HttpRequest,
    person: Person,
    *,
    fault: str = "",
    typed: Mapping[str, str] | None = None,
    roles: frozenset[Role] = frozenset(),
) -> HttpResponseBase:
    """The page; what was typed in a form that was not taken stands there again."""
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
        "base": _base(request, desk),
        "only_here": _is_only_here(request, desk),
        "fault": fault,
        "typed": typed or {},
        "typed_roles": roles,
    }
    status = 422 if fault else 200
    return render(request, "desk/people.html", page, status=status)


def _base(request: HttpRequest, desk: Desk) -> str:
    """Where the desk is reached: as the settings say, or as this browser came."""
    return desk.address or f"{request.scheme}://{request.get_host()}"


def _is_only_here(request: HttpRequest, desk: Desk) -> bool:
    """Whether this address leads to this very computer, so that no phone gets here."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return not desk.address and host in _THIS_MACHINE


@require_POST
@signed_in(Act.PEOPLE)
def account(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Make an account, change its roles, invite it again, end or allow it."""
    desk = the_desk()
    told = fields(request, "do", "id", "login", "name", lists=("roles",))
    roles = _roles(several(request, "roles"))
    if told["do"] == "add":
        return _add(request, person, told, roles)
    if not told["id"].isdecimal():
        raise BadAsk("没有这个账号")
    other = desk.store.person(int(told["id"][:12]))
    if told["do"] == "invite":
        return _invite(request, person, other, f"给{other.name}发设密码链接")
    try:
        done = _change(desk, person, other, told["do"], roles)
    except NotAllowed as error:
        leave_note(request, str(error))
        return redirect("people")
    _note(desk, person, f"{done}（登录名 {other.login}）")
    leave_note(request, done)
    return redirect("people")


def _add(
    request: HttpRequest, person: Person, told: dict[str, str], roles: frozenset[Role]
) -> HttpResponseBase:
    """A new account and its invitation; what is missing is asked, nothing is lost."""
    desk = the_desk()
    fault = "" if roles else "请勾选他做什么：一样没有勾的账号什么也看不到"
    try:
        made = fault or desk.store.add_account(
            told["login"], told["name"], roles, at=desk.now()
        )
    except NotAllowed as error:
        made = str(error)
    if isinstance(made, str):
        return _people(request, person, fault=made, typed=told, roles=roles)
    what = f"新建账号 {made.name}（{_named(roles)}，登录名 {made.login}）"
    return _invite(request, person, made, what)


def _change(
    desk: Desk, person: Person, other: Person, what: str, roles: frozenset[Role]
) -> str:
    """What was done to an account, for the log and for whoever did it."""
    match what:
        case "roles":
            if other.id == person.id and Role.ADMIN not in roles:
                raise NotAllowed("不能取消自己的账号管理权，请另一位管理员来办")
            desk.store.set_roles(other.id, roles)
            return f"{other.name}的角色改为：{_named(roles) or '没有角色'}"
        case "stop":
            if other.id == person.id:
                raise NotAllowed("不能停用自己")
            desk.store.set_active(other.id, active=False)
            return f"已停用{other.name}的账号"
        case "allow":
            desk.store.set_active(other.id, active=True)
            return f"已恢复{other.name}的账号"
        case _:
            raise BadAsk("没有这个操作")


def _invite(
    request: HttpRequest, person: Person, other: Person, what: str
) -> HttpResponseBase:
    """The page with a one-use link to set a password, shown once."""
    desk = the_desk()
    token = desk.store.invite(
        WELCOME, at=desk.now(), lasts=WELCOME_LASTS, account_id=other.id
    )
    _note(desk, person, what)
    page = frame(request, person) | {
        "other": other,
        "address": _base(request, desk) + url("welcome", token),
        "card": None,
        "only_here": _is_only_here(request, desk),
    }
    return render(request, "desk/once.html", page)


def _note(desk: Desk, person: Person, what: str) -> None:
    desk.store.note_event(person.name, what, at=desk.now())


def _named(roles: frozenset[Role]) -> str:
    return "、".join(words for role, words in ROLE_WORDS.items() if role in roles)


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
            fault = "报送链接还没有建：请选单位、写姓名"
            return _people(request, person, fault=fault, typed=_of_link(told))
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
    base = _base(request, desk)
    card = make_card(made, unit_name(desk, made.unit_id), base, token)
    page = frame(request, person) | {
        "address": "",
        "card": card,
        "only_here": _is_only_here(request, desk),
    }
    return render(request, "desk/once.html", page)


def _of_link(told: dict[str, str]) -> dict[str, str]:
    """What was typed for a new link, apart from the account's own fields."""
    return {f"link_{key}": told[key] for key in ("unit", "name", "duty", "phone")}
