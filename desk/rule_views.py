"""The rule files, changed at the desk: tried first, kept in versions, undone."""

from __future__ import annotations

import difflib
import hashlib
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config import SettingsFault, load_settings
from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame, visible
from desk.office import Desk, the_desk
from desk.rule_trial import tried_of, try_rules
from desk.templating import url
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from newsroom.roles import Act, Person
from newsroom.rule_examples import examples_of, quiet_of
from newsroom.rule_trials import Trial, TrialStory
from newsroom.signing import ItemClass
from newsroom.submission import SubmissionState
from newsroom.text import clean_text
from story_store.disk import write_whole
from story_store.reviews import Review
from story_store.rule_versions import RuleVersion, RuleVersions

RULE_WORDS = {
    "checks": ("校对和合规检查", "错词、要有依据的话、没填完的地方、标点、个人信息"),
    "leaders": ("领导名单", "姓名、职务、任职时间、排名，本单位自己填写和保管"),
    "topics": ("主题", "每个主题的关键词、季节、今年的重点程度"),
    "units": ("单位", "镇街、局、园区、行业工会和村名"),
    "highlight": ("基层亮点评分", "十个部分各多少分，一天选几条"),
    "sources": ("来源层级和要闻", "各级来源的分量，要闻怎样排"),
    "ledger": ("用稿积分", "各级采用记几分，怎样封顶"),
    "templates": ("报送问答", "表单上问什么，草稿怎样成文"),
}
TRIAL_DAYS = 30
_MOST_SHOWN = 40
_MOST_TRIED = 500
_SAVING = threading.Lock()


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule file in the list: what it is, where, and who changed it last."""

    name: str
    title: str
    about: str
    file: str
    lines: int
    last: RuleVersion | None


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a difference: ``+`` new, ``-`` gone, blank for what stays."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What the page of one rule file shows beside its text."""

    text: str
    base: str
    note: str = ""
    faults: tuple[str, ...] = ()
    stale: str = ""
    trial: Trial | None = None
    tried: str = ""
    diff: tuple[DiffLine, ...] = ()
    by_examples: bool = False
    quiet: tuple[str, ...] = ()
    made: Trial | None = None
    made_quiet: tuple[str, ...] = ()


@require_safe
@signed_in(Act.READ, Act.RULES)
def rules(request: HttpRequest, person: Person) -> HttpResponseBase:
    """The rule files of the office."""
    desk = the_desk()
    page = frame(request, person) | {
        "files": tuple(_listed(desk, name) for name in RULE_WORDS),
    }
    return render(request, "desk/rules.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Act.READ, Act.RULES)
def rule(request: HttpRequest, person: Person, name: str) -> HttpResponseBase:
    """One rule file: read, tried, saved, brought back."""
    desk = the_desk()
    if name not in RULE_WORDS:
        raise NotFound(f"没有 {name} 这个规则文件")
    if request.method != "POST":
        return _page(request, person, name, _opened(desk, request, name))
    if not person.may(Act.RULES):
        raise NotAllowed("规则由账号管理员或分管领导改")
    told = fields(
        request,
        *("do", "base", "tried", "note", "wrong", "right", "level"),
        texts=("text",),
    )
    text = told["text"].replace("\r\n", "\n").rstrip() + "\n"
    if told["do"] == "add":
        text = with_wrong_word(text, told["wrong"], told["right"], told["level"])
    draft = _judged(desk, person, name, text, told)
    is_ready = told["do"] == "save" and draft.tried and not draft.stale
    if is_ready and told["tried"] == draft.tried:
        _save(desk, person, name, draft)
        leave_note(request, f"{RULE_WORDS[name][0]}存好了，现在就按新的来")
        return redirect(url("rule", name))
    status = 409 if draft.stale else 422 if draft.faults else 200
    return _page(request, person, name, draft, status=status)


def _page(
    request: HttpRequest, person: Person, name: str, draft: Draft, status: int = 200
) -> HttpResponseBase:
    desk = the_desk()
    versions = _versions(desk, name).all()
    title, about = RULE_WORDS[name]
    page = frame(request, person) | {
        "name": name,
        "title": title,
        "about": about,
        "file": _path(desk, name).name,
        "draft": draft,
        "rows": min(34, max(12, draft.text.count("\n") + 2)),
        "versions": versions[:_MOST_SHOWN],
        "may_rule": person.may(Act.RULES),
        "may_read": person.may(Act.READ),
        "days": TRIAL_DAYS,
        "is_tried": tried_of(name) is not None,
        "most": _MOST_SHOWN,
        "has_words": name == "checks",
    }
    return render(request, "desk/rule.html", page, status=status)


def _opened(desk: Desk, request: HttpRequest, name: str) -> Draft:
    """The file as it is, or an earlier version of it to look at or bring back."""
    now = _read(_path(desk, name))
    number = request.GET.get("version", "")
    if not number.isdecimal():
        return Draft(now, _mark(now))
    kept = _versions(desk, name).version(int(number[:8]))
    note = f"恢复第 {kept.number} 版"
    return Draft(kept.text, _mark(now), note, diff=difference(now, kept.text))


def _judged(
    desk: Desk, person: Person, name: str, text: str, told: dict[str, str]
) -> Draft:
    """The text with its faults, or with what it would change."""
    now = _read(_path(desk, name))
    note = clean_text(told["note"])[:200]
    draft = Draft(text, _mark(now), note, diff=difference(now, text))
    stale = _stale(desk, name) if told["base"] != _mark(now) else ""
    try:
        load_settings(desk.settings.file, instead={name: text})
    except SettingsFault as error:
        faults = tuple(str(fault) for fault in error.faults)
        return Draft(text, draft.base, note, faults, stale, diff=draft.diff)
    stories = _stories(desk, person) if tried_of(name) else ()
    examples = examples_of(now, text) if tried_of(name) and not stories else ()
    stories = stories or examples
    try:
        found = try_rules(desk.settings.file, name, now, text, stories)
    except NewsroomError as error:
        return Draft(text, draft.base, note, (str(error),), stale, diff=draft.diff)
    tried = _mark(text)
    trial = found.trial if stories else None
    quiet = quiet_of(examples, found.trial)
    judged = Draft(text, draft.base, note, (), stale, trial, tried, draft.diff)
    judged = replace(judged, by_examples=bool(examples), quiet=quiet)
    return replace(judged, made=found.made, made_quiet=found.quiet)


def _stale(desk: Desk, name: str) -> str:
    """Who was faster: the text of both is on the page, nothing is lost."""
    newest = next(iter(_versions(desk, name).all()), None)
    who = f"{newest.by} 在 {newest.at:%H:%M} " if newest and newest.by else "有人刚刚"
    return (
        f"{who}改过这份文件，您的还没有存。下面“改动”里是您的文字和现在的文字的差别："
        "带“−”的是别人刚写、您这里没有的，要的话抄进来，再试、再存。"
    )


def _save(desk: Desk, person: Person, name: str, draft: Draft) -> None:
    """Write the file whole, keep the version, tell the log, and go by it from now on.

    Raises:
        NewsroomError: somebody wrote it in this moment, or it cannot be written.
    """
    path = _path(desk, name)
    with _SAVING:
        before = _read(path)
        if _mark(before) != draft.base:
            raise NewsroomError("刚刚又有人存了这份文件：请返回，再试一次")
        if before == draft.text:
            return
        kept = _versions(desk, name).keep(
            before, draft.text, by=person.name, at=desk.now(), note=draft.note
        )
        newline = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
        try:
            write_whole(path, draft.text.replace("\n", newline).encode())
        except OSError as error:
            raise NewsroomError(
                f"写不进 {path.name}（{error.strerror}）：请检查权限，"
                "或先关掉打开它的程序"
            ) from error
    signs = [line.sign for line in draft.diff]
    changed = f"加 {signs.count('+')} 行、去 {signs.count('-')} 行"
    what = f"改规则 {path.name} 第 {kept.number} 版（{changed}）{draft.note}"
    desk.store.note_event(person.name, what, at=desk.now())
    desk.acts.refresh()


def with_wrong_word(text: str, wrong: str, right: str, level: str) -> str:
    """The text of checks.toml with one more pair at the end of its list.

    Raises:
        BadAsk: nothing was written, or the list cannot be found.
    """
    words = [clean_text(one) for one in (wrong, right)]
    if not words[0] or level not in {"block", "warn", "hint"}:
        raise BadAsk("请写错的词，选级别")
    quoted = ['"{}"'.format(w.replace("\\", "\\\\").replace('"', '\\"')) for w in words]
    line = f'  [{quoted[0]}, {quoted[1]}, "{level}"],'
    rows = text.split("\n")
    start = next((n for n, row in enumerate(rows) if row.startswith("pairs = [")), None)
    end = next((n for n in range(start or 0, len(rows)) if rows[n] == "]"), None)
    if start is None or end is None:
        raise BadAsk("文件里没有找到错词表 pairs，请直接改文字")
    return "\n".join((*rows[:end], line, *rows[end:]))


def difference(before: str, after: str) -> tuple[DiffLine, ...]:
    """The lines that come and go, each with two lines around it."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), n=2, lineterm=""
    )
    told = [line for line in lines if not line.startswith(("---", "+++"))]
    return tuple(
        DiffLine("…", "") if line.startswith("@@") else DiffLine(line[0], line[1:])
        for line in told
    )


def _stories(desk: Desk, person: Person) -> tuple[TrialStory, ...]:
    """What came in the last 30 days, as far as this person may know of it.

    Whoever may not read stories has the rules tried on them all the same, but is
    shown the counts alone.
    """
    since = desk.now() - timedelta(days=TRIAL_DAYS)
    handed_in = [
        TrialStory(one.number, one.title, one.body.text, one.event_day, one.kind)
        for one in (review.submission for review in _reviews(desk, person))
        if one.received_at >= since
    ]
    crawled = [
        TrialStory(f"#{story.id}", story.headline, story.body.text, story.event_day)
        for story in desk.store.stories(since=since.date(), submissions=False)
        if story.own
    ]
    return (*handed_in, *crawled)


def _reviews(desk: Desk, person: Person) -> tuple[Review, ...]:
    if person.may(Act.READ):
        return visible(desk, person)
    reviews = desk.store.reviews(frozenset(SubmissionState), limit=_MOST_TRIED)
    return tuple(r for r in reviews if r.item_class is not ItemClass.CHAIRS)


def _listed(desk: Desk, name: str) -> RuleFile:
    path = _path(desk, name)
    title, about = RULE_WORDS[name]
    newest = next(iter(_versions(desk, name).all()), None)
    lines = _read(path).count("\n")
    return RuleFile(name, title, about, path.name, lines, newest)


def _path(desk: Desk, name: str) -> Path:
    return desk.settings.path(dict(desk.settings.rule_files)[name])


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NewsroomError(f"读不了 {path.name}（{error.strerror}）") from error


def _versions(desk: Desk, name: str) -> RuleVersions:
    return RuleVersions(desk.store.folder, name)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
