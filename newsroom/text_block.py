"""The text block that carries a submission through WeChat: write it, find it again.

The grammar stands in docs/submissions.md (domain: 3.5). Reading is generous: chat
around it, colons and digits of either width, blank lines and keys in any order do not
matter, and a block that was changed on its way is read and marked, never refused.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from newsroom.text import clean_text

LONGEST_BLOCK = 1800
ALTERED = "文字有改动，请核对"
NO_END = "没有结尾的【完】，可能没有复制全"

# Key in the block: field. Those after the text stand behind it, all of them always.
_BEFORE = {
    "单位": "unit",
    "类别": "kind",
    "主题": "topic",
    "日期": "day",
    "地点": "place",
    "标题": "title",
}
_AFTER = {
    "照片": "photos",
    "作者": "author",
    "代填": "filled_by",
    "审核": "reviewer",
    "公开": "public",
}
_BODY = "正文"
_GROUP = "篇号"
_JOINED = "续段"
_NAMED = _BEFORE | _AFTER
_HEAD = re.compile(
    r"[【\[［][^【】\[\]\s]{0,6}工报送[】\]］][ \t\u3000]*(?:[vVｖＶ][1１])?"
    r"[ \t\u3000]*(?:([\d０-９]{1,2})[ \t]*[/／][ \t]*([\d０-９]{1,2}))?"
)
_END = re.compile(
    r"[【\[［]完[】\]］]\s*(?:校验)?\s*[:：]?\s*([0-9A-Fa-f０-９Ａ-Ｆ]{4})?"
)
_KEYED = re.compile(r"\s*([^\s:：]{1,8})\s*[:：]\s*(.*)")
# White space and what no reader sees; the offline page uses the same list.
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ufe00-\ufe0f\ufeff]"
)
_SENDER = re.compile(
    r"\S.{0,20}?\s+(?:\d{2,4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s*)?(?:[上下]午)?"
    r"\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
)
_FENCE = re.compile(r"[【\[［](?=完|[^【】\[\]\s]{0,6}工报送)")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A submission as a block says it; values are plain words, not yet understood.

    Attributes:
        unit, kind, topic, day, place, title, photos, author, filled_by, reviewer,
            public: the values of the keys, empty when not given.
        body: the text, one paragraph a line.
        others: unknown keys and their values, kept.
        problems: Chinese sentences on what the editor must look at.
    """

    unit: str = ""
    kind: str = ""
    topic: str = ""
    day: str = ""
    place: str = ""
    title: str = ""
    body: str = ""
    photos: str = ""
    author: str = ""
    filled_by: str = ""
    reviewer: str = ""
    public: str = ""
    others: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    block: TextBlock
    number: int
    total: int
    group: str
    goes_on: bool


@dataclass(slots=True)
class _Lines:
    """What the lines of a block say, as they are read."""

    values: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)


def checksum(text: str) -> str:
    """校验: four hexadecimal digits of the text without white space, in NFKC."""
    return _digest(text)[:4].upper()


def _digest(text: str) -> str:
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(seen.encode("utf-8", "replace")).hexdigest()


def write_blocks(block: TextBlock, *, heading: str) -> tuple[str, ...]:
    """The block as texts to paste, each at most 1800 characters.

    Args:
        block: what is handed in; ``problems`` are not written.
        heading: what stands in the first line, e.g. ``枝工报送``.
    """
    block = _tidy(block)
    whole = _write(block, block.body, heading, 1, 1)
    if len(whole) <= LONGEST_BLOCK:
        return (whole,)
    group = _digest(block.body)[:8].upper()
    others = ((_GROUP, group), *block.others)
    first = replace(block, others=others)
    later = replace(first, others=((_GROUP, group),))
    room = LONGEST_BLOCK - len(_write(replace(first, body=""), "", heading, 10, 10)) - 8
    pieces = _pieces(block.body, max(room, LONGEST_BLOCK // 6))
    return tuple(
        _write(
            first if number == 1 else _continued(later, goes_on=goes_on),
            piece,
            heading,
            number,
            len(pieces),
        )
        for number, (piece, goes_on) in enumerate(pieces, 1)
    )


def read_blocks(text: str) -> tuple[TextBlock, ...]:
    """Every submission in a pasted text, in order; none when there is no block.

    Parts of one text are put together; what is missing is a problem of the block.
    """
    return tuple(_join(parts) for parts in _together(map(_read_part, _cut(text))))


def _tidy(block: TextBlock) -> TextBlock:
    """The block as it can be written: one line a value, no fence inside."""
    lines = (clean_text(line) for line in block.body.splitlines())
    values = {name: _plain(getattr(block, name)) for name in _NAMED.values()}
    others = tuple((key, _plain(value)) for key, value in block.others)
    body = _unfence("\n".join(filter(None, lines)))
    return replace(block, **values, others=others, body=body, problems=())


def _plain(value: str) -> str:
    return _unfence(clean_text(value))


def _unfence(text: str) -> str:
    return _FENCE.sub("〔", text)


def _write(block: TextBlock, body: str, heading: str, number: int, total: int) -> str:
    inner = "\n".join(
        (
            *(f"{key}：{getattr(block, name)}" for key, name in _BEFORE.items()),
            *(f"{key}：{value}" for key, value in block.others),
            f"{_BODY}：",
            *filter(None, [body]),
            *(f"{key}：{getattr(block, name)}" for key, name in _AFTER.items()),
        )
    )
    head = f"【{heading}】v1 {number}/{total}"
    return f"{head}\n{inner}\n【完】校验 {checksum(inner)}"


def _continued(block: TextBlock, *, goes_on: bool) -> TextBlock:
    others = (*block.others, (_JOINED, "是")) if goes_on else block.others
    return replace(block, others=others)


def _pieces(body: str, room: int) -> list[tuple[str, bool]]:
    """The text in pieces, and whether each goes on in the middle of a paragraph."""
    pieces: list[tuple[str, bool]] = []
    for line in body.split("\n"):
        cut = [line[at : at + room] for at in range(0, len(line), room)] or [""]
        for index, bit in enumerate(cut):
            last = pieces[-1][0] if pieces else ""
            if index == 0 and last and len(last) + len(bit) < room:
                pieces[-1] = (f"{last}\n{bit}", pieces[-1][1])
            else:
                pieces.append((bit, index > 0))
    return pieces


def _cut(text: str) -> Iterable[tuple[re.Match[str], str]]:
    """Each first line, and the text from there to the next."""
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        yield head, text[head.end() : end]


def _read_part(cut: tuple[re.Match[str], str]) -> _Part:
    head, text = cut
    end = _END.search(text)
    inner = text[: end.start()] if end else text
    given = unicodedata.normalize("NFKC", end[1] or "") if end else ""
    problems = [] if end else [NO_END]
    if given.upper() != checksum(inner):
        unbroken = without_senders(inner)
        if given.upper() == checksum(unbroken):
            inner = unbroken
        else:
            problems.append(ALTERED)
    lines = _read_lines(inner)
    group = lines.others.pop(_GROUP, "")
    goes_on = lines.others.pop(_JOINED, "") == "是"
    block = TextBlock(
        **{_NAMED[key]: value for key, value in lines.values.items()},
        body="\n".join(lines.body),
        others=tuple(lines.others.items()),
        problems=tuple(problems),
    )
    number, total = (int(head[1] or 1), int(head[2] or 1))
    return _Part(block, number, max(number, total), group, goes_on)


def without_senders(text: str) -> str:
    """A text without the lines in which a chat names a sender and the time.

    Other lines can look so too, e.g. 活动时间 9:30: a block is read without them only
    where its 校验 says that they do not belong to it.
    """
    lines = text.splitlines()
    return "\n".join(line for line in lines if not _SENDER.fullmatch(line.strip()))


def _read_lines(inner: str) -> _Lines:
    lines = [clean_text(line) for line in inner.splitlines()]
    lines = [line for line in lines if line]
    found = _Lines()
    start = next((n for n, line in enumerate(lines) if _key(line) == _BODY), None)
    if start is None:  # no 正文: what has no key is the text
        found.body = [line for line in lines if not _take(found, line, known=True)]
        return found
    for line in lines[:start]:
        _take(found, line, known=False)
    first = _KEYED.fullmatch(lines[start])
    rest = lines[start + 1 :]
    while rest and _key(rest[-1]) in _NAMED and _take(found, rest[-1], known=True):
        rest.pop()
    found.body = [*filter(None, [first[2] if first else ""]), *rest]
    return found


def _key(line: str) -> str:
    found = _KEYED.fullmatch(line)
    return unicodedata.normalize("NFKC", found[1]) if found else ""


def _take(found: _Lines, line: str, *, known: bool) -> bool:
    """Note a key and its value; False when it is none, or was given before."""
    keyed = _KEYED.fullmatch(line)
    key = _key(line)
    if keyed is None or key in found.values or key in found.others:
        return False
    if key not in _NAMED and known:
        return False
    (found.values if key in _NAMED else found.others)[key] = keyed[2]
    return True


def _together(parts: Iterable[_Part]) -> list[list[_Part]]:
    """The parts that belong to one text, in order of their numbers."""
    groups: dict[tuple[str, int, int], list[_Part]] = {}
    run = 0
    before: _Part | None = None
    for part in parts:
        if not part.group and not _follows(part, before):
            run += 1
        key = (part.group, part.total, 0 if part.group else run)
        groups.setdefault(key, []).append(part)
        before = part
    return [sorted(group, key=lambda one: one.number) for group in groups.values()]


def _follows(part: _Part, before: _Part | None) -> bool:
    return (
        before is not None
        and part.total == before.total
        and part.number == before.number + 1
    )


def _join(parts: Sequence[_Part]) -> TextBlock:
    """One block of its parts; a part sent twice counts once."""
    once = list({part.number: part for part in parts}.values())
    body = once[0].block.body
    for part in once[1:]:
        body += ("" if part.goes_on else "\n") + part.block.body
    problems = [problem for part in once for problem in part.block.problems]
    wanted = set(range(1, once[0].total + 1)) - {part.number for part in once}
    problems += [
        f"缺第 {number} 部分（共 {once[0].total} 部分），请向报送人要"
        for number in sorted(wanted)
    ]
    return replace(once[0].block, body=body, problems=tuple(dict.fromkeys(problems)))
