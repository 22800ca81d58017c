"""What a letter says by itself: without quoted letters, headers, footers, greetings.

Mail programs put much around the words of a sender. What is left out here is still in
the sealed mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsroom.text import clean_text

_QUOTED = re.compile(
    r"(?m)^\s*(?:-{3,}\s*(?:原始邮件|转发的邮件|转发邮件信息|Forwarded message"
    r"|Original(?: Message)?)\s*-{3,}"
    r"|_{10,}(?=\s*\n\s*(?:发件人|From)\s*[:：])"
    r"|(?:在\s*)?\d{4}[-年/]\d{1,2}[-月/]\d{1,2}.{0,60}(?:写道|wrote)\s*[:：])\s*$"
)
_HEADERS = re.compile(
    r"\s*(?:发件人|收件人|抄送|密送|发送时间|发送日期|日期|主题|附件"
    r"|From|To|Cc|Sent|Date|Subject)\s*[:：].*",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(r"(?m)^\s*(?:发自我的|来自我的|Sent from my)\s?\S.{0,30}$")
_DASHES = re.compile(r"(?m)^--[ \t]*$")
_CONTACT = re.compile(
    r"\s*(?:(?:联系)?(?:电话|手机|地址|邮箱|邮编|传真|微信|QQ|Tel|Mobile|E-?mail)"
    r"\s*(?:号码?)?\s*[:：].*|\+?[\d\s()-]{7,20}|\S+@\S+\.\S+)\s*",
    re.IGNORECASE,
)
# What is said around a story in a letter, and is none of it.
_OPENING = re.compile(
    r"(?:尊敬的)?.{0,12}(?:您好|你好|[早上下]午?好|领导好|主[席任]好|老师好|大家好)"
    r"[，,！!。：:]?(?:.{0,16}(?:稿|信息|材料).{0,8})?[。：:！!]?"
    r"|(?:请|敬请|恳请)?(?:查?收|审阅|审核|指正)[。！!]?|(?:现)?(?:转来|转发|报上|报来).{0,8}"
    r"|(?:稿件|照片|图片|材料).{0,4}(?:见|在)附件.{0,12}|见附件[。！!]?"
)
_CLOSING = re.compile(
    r"(?:此致|敬礼|顺祝.{0,8}|祝.{0,10}|谢谢.{0,4}|感谢.{0,4}|以上.{0,10}|特此.{0,2}报告)[！!。]?"
    r"|(?:敬?请|恳请).{0,4}(?:查收|审阅|审核|指正|采用|领导审阅).{0,6}"
)
_FORWARDED = re.compile(r"^\s*(?:转发|fwd?)\s*[:：]", re.IGNORECASE)
_ANSWERED = re.compile(r"^\s*(?:回复|答复|re)\s*[:：]", re.IGNORECASE)
_MACHINE = re.compile(
    r"^\s*(?:(?:re|回复|答复)\s*[:：]\s*)*"
    r"(?:自动(?:回复|答复)\s*[:：]|(?:已读|未读|已读回执|阅读回执)\s*[:：]"
    r"|Automatic reply:|Out of office|Auto(?:matic)?[ -]?re(?:ply|sponse)"
    r"|(?:系统退信|退信通知|邮件撤回通知|Undeliver(?:ed|able)|Returned mail"
    r"|Delivery Status Notification|Mail delivery failed))"
    r"|[(（]自动回复[)）]\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"([两二三四五六七八九2-9])\s*[篇条则]")
_SIGNS = "二三四五六七八九"
_HEAD = (
    re.compile(r"第[一二三四五六七八九十\d]{1,3}篇(?:[：:、\s]|$)"),
    re.compile(r"(?:稿件|来稿|信息)[一二三四五六七八九十\d]{1,2}\s*[：:、.．]"),
)
_NUMBERED = (
    re.compile(r"[一二三四五六七八九十]{1,2}、"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
)
_RULED = re.compile(r"(?m)^\s*(?:[=*＊—]{5,}|-{5,})\s*$")
_LONGEST_HEAD = 45
_LAST_LINES = 6
_LEAST_OWN = 30
_LEAST_STORY = 40
_LONGEST_GREETING = 80


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A sender's words; whether an earlier letter, or a footer, was left out."""

    text: str
    has_quote: bool = False
    has_footer: bool = False


def is_by_machine(subject: str) -> bool:
    """Whether a subject is one that only mail programs write: 自动回复, 已读, 退信."""
    return bool(_MACHINE.search(subject))


def is_mere_answer(subject: str, text: str) -> bool:
    """Whether it is a word of thanks under an answer, and no story."""
    return bool(_ANSWERED.match(subject)) and len(text.strip()) < _LEAST_OWN


def own_words(text: str, subject: str = "") -> OwnWords:
    """The sender's own words without the quoted letter, its headers and footers.

    What is forwarded stays, with what was written above it. An answer is what was
    written above the quotation, however short; other letters that say next to nothing
    above it are taken whole.
    """
    quoted = _QUOTED.search(text)
    if quoted is None:
        return _without_footer(text, has_quote=False)
    own = text[: quoted.start()]
    is_said = len(own.strip()) >= _LEAST_OWN
    is_answer = bool(own.strip()) and bool(_ANSWERED.match(subject))
    if not _FORWARDED.match(subject) and (is_said or is_answer):
        return _without_footer(own, has_quote=True)
    carried = _without_headers(text[quoted.end() :])
    return _without_footer(f"{own.strip()}\n\n{carried}".strip(), has_quote=False)


def without_courtesies(text: str, title: str) -> str:
    """A story in a letter without greetings, wishes, telephones and its title twice.

    A line that holds a sentence of its own stays, and so does a letter of nothing
    else; what is left out is still in the sealed mail.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    first, last = 0, len(lines)
    while first < last and _OPENING.fullmatch(clean_text(lines[first])):
        first += 1
    if title and first < last and clean_text(lines[first]) == title:
        first += 1
    while last > first and _CONTACT.fullmatch(lines[last - 1]):
        last -= 1
    kept = [
        line
        for number, line in enumerate(lines[first:last], first)
        if number < last - _LAST_LINES or not _CLOSING.fullmatch(clean_text(line))
    ]
    return "\n".join(kept) if kept else text


def stories_in(text: str, subject: str) -> tuple[str, ...]:
    """The stories that a letter tells apart; itself where it is one.

    第×篇, 稿件×: and ruled lines part them; 一、 or 1. only where the letter says how
    many stories it holds and there are as many, for one story has such parts too.
    """
    for head in _HEAD:
        heads = [one for one in _line_starts(text) if head.match(one[1])]
        if len(heads) > 1:
            return _parted(text, heads, head)
    ruled = tuple(piece.strip() for piece in _RULED.split(text))
    if len(ruled) > 1 and all(len(piece) >= _LEAST_STORY for piece in ruled):
        return ruled
    said = _COUNTED.search(f"{subject}\n{text[:120]}")
    for head in _NUMBERED if said else ():
        heads = [one for one in _line_starts(text) if _is_head(head, one[1])]
        if said and len(heads) == _number(said[1]):
            return _parted(text, heads, head)
    return (text,)


def _number(sign: str) -> int:
    sign = sign.replace("两", "二")
    return int(sign) if sign.isdecimal() else 2 + _SIGNS.index(sign)


def _is_head(head: re.Pattern[str], line: str) -> bool:
    is_short = len(line) <= _LONGEST_HEAD and not line.endswith(("。", "；", "："))
    return bool(head.match(line)) and is_short


def _line_starts(text: str) -> list[tuple[int, str]]:
    starts = re.finditer(r"(?m)^[ \t\u3000]*(\S.*)$", text)
    return [(found.start(1), clean_text(found[1])) for found in starts]


def _parted(
    text: str, heads: list[tuple[int, str]], sign: re.Pattern[str]
) -> tuple[str, ...]:
    """The text from each head to the next, without the sign that numbers it.

    What stands before the first is a greeting; a long one is a story by itself.
    """
    starts = [start for start, _ in heads]
    if len(text[: starts[0]].strip()) >= _LONGEST_GREETING:
        starts.insert(0, 0)
    ends = [*starts[1:], len(text)]
    pieces = (text[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return tuple(sign.sub("", one, 1) if sign.match(one) else one for one in pieces)


def _without_headers(text: str) -> str:
    """A letter that was carried along, without From and To above it."""
    lines = text.strip().splitlines()
    while lines and _HEADERS.fullmatch(lines[0]):
        lines.pop(0)
    return "\n".join(lines).strip()


def _without_footer(text: str, *, has_quote: bool) -> OwnWords:
    """Without the phone's own line, and the contact lines below two dashes."""
    text = _SENT_FROM.sub("", text).strip()
    dashes = list(_DASHES.finditer(text))
    if not dashes:
        return OwnWords(text, has_quote)
    above, below = text[: dashes[-1].start()], text[dashes[-1].end() :]
    kept = [line for line in below.splitlines() if not _CONTACT.fullmatch(line)]
    whole = "\n".join((above.rstrip(), *kept)).strip()
    return OwnWords(whole, has_quote, len(kept) < len(below.splitlines()))
