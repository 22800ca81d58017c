"""Leaders' names and titles against the office's own list (domain: 8.2, L1-L9).

The shipped list is empty: without one nothing here speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from newsroom.mends import tell_mend
from newsroom.people import leader_names, worker_names
from newsroom.rules import Leader
from newsroom.sentences import sentences
from newsroom.story import Finding, FindingLevel
from newsroom.surnames import DOUBLE

_TITLE_REACH = 12
_ORG = frozenset("会委部局府组办院校司副常党总站所公")
_TITLE_TAIL = re.compile(
    r"(?:主席|书记|主任|部长|局长|市长|县长|镇长|常委|委员|会长|秘书长|巡视员|调研员)$"
)
_AFTER = re.compile(
    r"(?:党组书记|(?:常务)?副?主席|副?书记|副?主任|副?部长|副?局长|副?市长|副?县长|副?镇长"
    r"|副?会长|副?秘书长)(?![台团处们医会员])"
)
_FORMER = re.compile(r"(?:原|时任|前任)[^，。；、]*$")
_CLAUSE = re.compile(r"[，。；：！？\s“”（）]")
_ABOVE = re.compile(
    r"总书记|总理|党中央|"
    r"重要(?:讲话|指示)(?:批示)?和?(?:指示|批示)?精神"
)
_ONE_OFF = "与名单上的姓名差一个字"
_GRAND = ("亲自", "莅临", "重要讲话", "重要指示")
_CITY_TITLES = ("市委", "市政府", "市人大", "市政协", "市长")
_NAME_LENGTH = 3


def find_leader_slips(
    text: str, leaders: Sequence[Leader], *, on: date | None
) -> Iterator[Finding]:
    """What is wrong with leaders' names, titles, order and manner in the text.

    Args:
        text: headline and body.
        leaders: the office's list; several rows of one name are one person.
        on: the day of the event, for titles that have ended.
    """
    if not leaders:
        return
    for leader in leaders:
        yield from _wrong_forms(text, leader, leaders)
        yield from _nearly(text, leader, leaders)
        yield from _bare(text, leader)
        yield from _split(text, leader)
    for name in dict.fromkeys(leader.name for leader in leaders):
        rows = [leader for leader in leaders if leader.name == name]
        yield from _titles(text, rows, on)
    yield from _manner(text, leaders)
    yield from _crowd(text, leaders)


def _titles_of(leader: Leader) -> tuple[str, ...]:
    parts = leader.title.split("、")
    return tuple(dict.fromkeys((leader.title, *leader.short, *parts)))


def _wrong_forms(
    text: str, leader: Leader, leaders: Sequence[Leader]
) -> Iterator[Finding]:
    """L1: a wrong form that the office lists."""
    for wrong in leader.wrong:
        for start in _places(text, wrong):
            around = text[max(0, start - _TITLE_REACH) : start + _TITLE_REACH]
            near = (
                _TITLE_TAIL.search(text[:start]) is not None
                or _AFTER.match(text, start + len(wrong)) is not None
                or any(t in around for row in leaders for t in _titles_of(row))
            )
            level = FindingLevel.BLOCK if near else FindingLevel.HINT
            why = "领导姓名写错" if near else "与领导姓名的常见错写相同"
            yield _finding("L1", level, wrong, start, why, tell_mend(leader.name))


def _nearly(text: str, leader: Leader, leaders: Sequence[Leader]) -> Iterator[Finding]:
    """L1: one character beside a listed name right after a listed title."""
    if len(leader.name) < _NAME_LENGTH:
        return
    known = {row.name for row in leaders} | {w for row in leaders for w in row.wrong}
    for title in _titles_of(leader):
        for start in _places(text, title):
            begin = start + len(title)
            name = text[begin : begin + len(leader.name)]
            if name not in known and _one_off(name, leader.name):
                mend = tell_mend(leader.name)
                yield _finding("L1", FindingLevel.BLOCK, name, begin, _ONE_OFF, mend)
    for match in _AFTER.finditer(text):
        begin = match.start() - len(leader.name)
        name = text[max(0, begin) : match.start()]
        if begin < 0 or name in known or not _one_off(name, leader.name):
            continue
        if any(title.endswith(match[0]) for title in _titles_of(leader)):
            mend = tell_mend(leader.name)
            yield _finding("L1", FindingLevel.WARN, name, begin, _ONE_OFF, mend)


def _one_off(name: str, listed: str) -> bool:
    differing = sum(a != b for a, b in zip(name, listed, strict=False))
    return len(name) == len(listed) and differing == 1


def _titles(text: str, rows: list[Leader], on: date | None) -> Iterator[Finding]:
    """L2: a title that is not theirs; L3: one that has ended or not begun."""
    name = rows[0].name
    yield from _title_after(text, rows)
    for start in _places(text, name):
        before = text[max(0, start - 30) : start]
        if not _TITLE_TAIL.search(before) or _FORMER.search(before):
            continue
        yield from _further_title(rows, before, start)
        fitting = [row for row in rows if _holds(row, before)]
        shown = f"“{name}”的职务"
        if not fitting:
            right = rows[-1].title
            why = f"{shown}与名单不符"
            yield _finding("L2", FindingLevel.BLOCK, name, start, why, f"应为“{right}”")
        elif on is not None and not any(_in_office(row, on) for row in fitting):
            why = f"{shown}在{on.year}年{on.month}月{on.day}日已变动或未到任"
            yield _finding("L3", FindingLevel.WARN, name, start, why, "核对任职时间")


def _title_after(text: str, rows: list[Leader]) -> Iterator[Finding]:
    """L2: 江守义书记 of one who is chair only; 何一鸣主席 of a deputy."""
    name = rows[0].name
    for start in _places(text, name):
        match = _AFTER.match(text, start + len(name))
        if match is None or any(_holds(row, match[0]) for row in rows):
            continue
        why = f"“{name}”的职务与名单不符"
        mend = f"应为“{rows[-1].title}”"
        yield _finding("L2", FindingLevel.BLOCK, name + match[0], start, why, mend)


def _further_title(rows: list[Leader], before: str, start: int) -> Iterator[Finding]:
    """L2: of several titles before the name, one that the list does not know."""
    run = _CLAUSE.split(before)[-1].split("、")[:-1]
    for written in run:
        is_theirs = any(_holds(row, written) for row in rows)
        if _TITLE_TAIL.search(written) and not is_theirs:
            begin = start - len(before) + before.rfind(written)
            why = f"“{rows[0].name}”名下没有这个职务"
            mend = "按名单核对"
            yield _finding("L2", FindingLevel.WARN, written, begin, why, mend)


def _holds(row: Leader, before: str) -> bool:
    """Whether the words before the name are a title of this row, or its tail."""
    return any(_is_tail(before, title) for title in _titles_of(row))


def _is_tail(before: str, title: str) -> bool:
    common = 0
    while common < min(len(before), len(title)) and (
        before[-1 - common] == title[-1 - common]
    ):
        common += 1
    if not common or not _TITLE_TAIL.search(before[len(before) - common :]):
        return False
    if common == len(title):
        return True
    left_out = title[-1 - common]
    written = before[-1 - common] if common < len(before) else ""
    return written not in _ORG and left_out != "副"


def _in_office(row: Leader, on: date) -> bool:
    return row.since <= on and (row.until is None or on <= row.until)


def _bare(text: str, leader: Leader) -> Iterator[Finding]:
    """L5: 一鸣同志, 何同志."""
    size = 2 if leader.name[:2] in DOUBLE else 1
    surname, given = leader.name[:size], leader.name[size:]
    if len(given) > 1:
        for match in re.finditer(rf"(?<!{surname}){given}同志", text):
            why = "只写名不写姓"
            yield _bare_finding(match, why, leader)
    for match in re.finditer(rf"(?<![\u4e00-\u9fff]){surname}同志", text):
        yield _bare_finding(match, "只写姓不写名", leader)


def _bare_finding(match: re.Match[str], why: str, leader: Leader) -> Finding:
    mend = f"写全名“{leader.name}”"
    return _finding("L5", FindingLevel.WARN, match[0], match.start(), why, mend)


def _split(text: str, leader: Leader) -> Iterator[Finding]:
    """L6: a name with a blank or line break inside."""
    pattern = r"\s*".join(map(re.escape, leader.name))
    for match in re.finditer(pattern, text):
        if match[0] != leader.name:
            why = "姓名中间有空格或换行"
            yield _finding(
                "L6", FindingLevel.HINT, match[0], match.start(), why, leader.name
            )


def _manner(text: str, leaders: Sequence[Leader]) -> Iterator[Finding]:
    """L4, the order of leaders in a sentence, and L7, 亲自 beside a leader."""
    begin = 0
    order = {leader.name: leader.order for leader in leaders}
    rivals = {name for name in order if not _is_named(text, name)}
    order = {name: rank for name, rank in order.items() if name not in rivals}
    for line in text.split("\n"):
        for sentence in sentences(line):
            start = text.find(sentence, begin)
            named = sorted(
                (sentence.find(name), name) for name in order if name in sentence
            )
            yield from _order(named, order, start)
            if named:
                yield from _grand(sentence, start)
            begin = max(begin, start)


def _order(
    named: list[tuple[int, str]], order: dict[str, int], start: int
) -> Iterator[Finding]:
    ranks = [order[name] for _, name in named]
    if ranks != sorted(ranks):
        right = "、".join(sorted((name for _, name in named), key=order.__getitem__))
        place, first = named[0]
        why = "领导排序与名单不符"
        yield _finding("L4", FindingLevel.WARN, first, start + place, why, right)


def _grand(sentence: str, start: int) -> Iterator[Finding]:
    for word in _GRAND:
        place = sentence.find(word)
        from_above = word.startswith("重要") and _ABOVE.search(sentence)
        if place >= 0 and not from_above:
            why = f"县级领导活动不用“{word}”"
            yield _finding("L7", FindingLevel.WARN, word, start + place, why, "删去")


def _crowd(text: str, leaders: Sequence[Leader]) -> Iterator[Finding]:
    """L8, more leaders than workers, and L9, a leader of the city is named."""
    listed = [leader for leader in leaders if _is_named(text, leader.name)]
    named = {leader.name for leader in listed} | set(leader_names(text))
    workers = worker_names(text)
    if listed and len(named) > max(1, len(workers)):
        start = text.find(listed[0].name)
        why = f"写了{len(named)}位领导、{len(workers)}位职工"
        mend = "多写一线职工"
        yield _finding("L8", FindingLevel.HINT, listed[0].name, start, why, mend)
    for leader in listed:
        if any(word in leader.title for word in _CITY_TITLES):
            start = text.find(leader.name)
            why = "涉及市级领导，须由主席终审"
            mend = "引用正式发布的内容"
            yield _finding("L9", FindingLevel.WARN, leader.name, start, why, mend)


def _is_named(text: str, name: str) -> bool:
    """Whether the person is meant: 高峰 is a word too, 副市长高峰 is not."""
    if len(name) >= _NAME_LENGTH:
        return name in text
    return any(
        _TITLE_TAIL.search(text[:start])
        or _AFTER.match(text, start + len(name))
        or text[start + len(name) :].startswith("同志")
        for start in _places(text, name)
    )


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))


def _finding(  # noqa: PLR0913, PLR0917 - the fields of a finding
    rule: str,
    level: FindingLevel,
    words: str,
    start: int,
    why: str,
    mend: str | None,
) -> Finding:
    return Finding(rule, level, words, start, start + len(words), why, mend)
