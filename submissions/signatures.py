"""The signature of a text: 单位、作者、审核 and who took the photos, in one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsroom.text import clean_text

_LONGEST = 60
_FIELDS = {
    "报送单位": "unit",
    "供稿单位": "unit",
    "来稿单位": "unit",
    "单位": "unit",
    "供稿": "author",
    "撰稿": "author",
    "撰文": "author",
    "文/图": "author",
    "图/文": "author",
    "图文": "author",
    "作者": "author",
    "通讯员": "author",
    "文": "author",
    "审核人": "reviewer",
    "审核": "reviewer",
    "签发": "reviewer",
    "摄影": "photographer",
    "拍摄": "photographer",
    "图": "photographer",
}
_KEY = re.compile(
    rf"(?:^|[\s　，,；;（(])({'|'.join(map(re.escape, _FIELDS))})(?:[：:／/\s　]+)"
)
_UNIT_END = r"(?:工会|联合会|镇|街道|局|公司|委员会|中心|学校|医院|总工会委员会)"
_BARE = re.compile(
    rf"[（(]?([\u4e00-\u9fff]{{2,24}}?{_UNIT_END})[\s　]+([\u4e00-\u9fff·]{{1,4}}"
    rf"(?:[\s　、，]+[\u4e00-\u9fff·]{{1,4}})*)[)）]?"
)
# A word behind the names says what they did: 何某 供稿, 何某 李某/文图.
_DID = re.compile(
    r"[\s　/／]*(?:供稿|撰稿|撰文|来稿|报送|报道|摄影报道|图文报道|图文|文并摄|供图|"
    r"文[/／]图|图[/／]文)$"
)
_UNIT = re.compile(rf"[\u4e00-\u9fff]{{2,24}}?{_UNIT_END}")
_WRITTEN = re.compile(r"[\u4e00-\u9fff·]{1,4}(?:[\s　、，]+[\u4e00-\u9fff·]{1,4})*")
_DAY = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年"
    r"[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_TITLES = re.compile(r"(?:主席|书记|主任|部长|局长|镇长|同志)$")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who handed in and wrote a text; empty where it is not said."""

    unit: str = ""
    author: str = ""
    reviewer: str = ""
    photographer: str = ""


def read_signature(line: str) -> Signature | None:
    """The signature in a line; None when the line is something else."""
    text = clean_text(line)
    if not text or len(text) > _LONGEST or text.endswith("。"):
        return None
    keys = list(_KEY.finditer(text))
    if keys and not text[: keys[0].start()].strip("（( "):
        return _from_keys(text, keys)
    bare = _BARE.fullmatch(text)
    if bare and not _TITLES.search(bare[2]) and not _DID.search(text.rstrip("）)")):
        return Signature(unit=bare[1], author=_names(bare[2]))
    return _from_deed(text)


def read_closing(unit: str, day: str) -> Signature | None:
    """The unit and the day under an official letter; None when they are text."""
    if not _DAY.fullmatch(clean_text(day)) or not _UNIT.fullmatch(clean_text(unit)):
        return None
    return Signature(unit=clean_text(unit))


def _from_deed(text: str) -> Signature | None:
    """Unit and names in brackets (or alone) before 供稿, 报道, 文/图."""
    inner = text.strip("（()） 　")
    did = _DID.search(inner)
    if did is None:
        return None
    said = inner[: did.start()]
    if _UNIT.fullmatch(said):
        return Signature(unit=said)
    whole = _BARE.fullmatch(said)
    if whole:
        return Signature(unit=whole[1], author=_names(whole[2]))
    is_apart = text != inner or did[0][0] in " 　/／"
    if is_apart and _WRITTEN.fullmatch(said):
        return Signature(author=_names(said))
    return None


def _from_keys(text: str, keys: list[re.Match[str]]) -> Signature | None:
    values: dict[str, str] = {}
    ends = [*(key.start() for key in keys[1:]), len(text)]
    for key, end in zip(keys, ends, strict=True):
        said = text[key.end() : end].strip(" ，,；;）)（(")
        if said:
            field = _FIELDS[key[1]]
            whole = _BARE.fullmatch(said) if field == "author" else None
            if whole:
                values.setdefault("unit", whole[1])
                said = whole[2]
            values.setdefault(field, said if field == "unit" else _names(said))
    return Signature(**values) if values else None


def _names(text: str) -> str:
    """Names as they are signed: 何 某 is 何某, several are parted by 、."""
    names: list[str] = []
    letters = ""
    for word in [*re.split(r"[、，,；;\s]+", clean_text(text)), ""]:
        if len(word) == 1:
            letters += word
            continue
        names += filter(None, [letters, word])
        letters = ""
    return "、".join(names)
