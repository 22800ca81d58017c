"""The signature of a text: 单位、作者、审核 and who took the photos, in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.text import clean_text

_LONGEST = 60
# Fields that are no part of a signature, and end the one before them.
_OTHERS = (
    *("联系电话", "联系方式", "电话", "手机号码", "手机", "邮箱", "报送时间"),
    *("报送日期", "供稿时间", "时间", "日期"),
)
_FIELDS = {
    **dict.fromkeys(_OTHERS, ""),
    **dict.fromkeys(("报送人", "供稿人", "投稿人", "撰稿人", "撰写人"), "author"),
    **dict.fromkeys(("摄影报道", "图文报道", "本网通讯员", "特约通讯员"), "author"),
    **dict.fromkeys(("审稿人", "审稿", "签发人", "审签"), "reviewer"),
    "拍摄者": "photographer",
    "供图": "photographer",
    "来源": "unit",
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
_LONG_FIRST = "|".join(map(re.escape, sorted(_FIELDS, key=len)[::-1]))
_KEY = re.compile(rf"(?:^|[\s　，,；;（(])({_LONG_FIRST})(?:[：:／/\s　]+)")
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
_ENDS_AS_UNIT = re.compile(rf"{_UNIT_END}$")
_WRITTEN = re.compile(r"[\u4e00-\u9fff·]{1,4}(?:[\s　、，]+[\u4e00-\u9fff·]{1,4})*")
_DAY = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年\s?"
    r"[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
    r"|20\d\d[./-]\d{1,2}[./-]\d{1,2}"
)
_SIGNED_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff]")
_SEAL = re.compile(r"\s*[（(](?:盖章|公章|章|印章?)[)）]$")
_AUTHOR_IS = re.compile(r"^[（(]?\s*(?:作者|供稿者?)\s*(?:系|为|单位[：:])\s*")
_DUTY = re.compile(rf"({_UNIT_END})(?:常务副主席|副主席|主席|干事|工作人员)(?=[\s　])")
_BRACKETED = re.compile(r"^[【\[]([^】\]]{1,6})[】\]]\s*[：:]?\s*")
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
    text = _bared(text)
    keys = list(_KEY.finditer(text))
    if keys and not text[: keys[0].start()].strip("（( "):
        return _from_keys(text, keys)
    bare = _BARE.fullmatch(text)
    if bare and not _TITLES.search(bare[2]) and not _DID.search(text.rstrip("）)")):
        return Signature(unit=bare[1], author=_names(bare[2]))
    return _from_deed(text)


def read_closing(lines: Sequence[str]) -> Signature | None:
    """The units and the day under an official letter, in either order.

    A name may stand with them. None when one of the lines is text.
    """
    words = [_SEAL.sub("", clean_text(line)) for line in lines]
    units = [one for one in words if _UNIT.fullmatch(one)]
    days = [one for one in words if _DAY.fullmatch(one)]
    names = [one for one in words if _SIGNED_NAME.fullmatch(one) and one not in units]
    is_ordered = bool(units and days) and days[0] in {words[0], words[-1]}
    if not is_ordered or len(names) > 1 or len(days) != 1:
        return None
    if len(units) + len(days) + len(names) != len(words):
        return None
    return Signature(unit="、".join(units), author="".join(names).replace(" ", ""))


def _bared(text: str) -> str:
    """A line without the day behind it, 作者系 before it, and dashes around it."""
    text = _BRACKETED.sub(r"\1：", text)
    days = list(_DAY.finditer(text))
    if days and days[-1].end() == len(text) and days[-1].start():
        text = text[: days[-1].start()].strip()
    told = _AUTHOR_IS.sub("", text)
    if told != text:
        return _DUTY.sub(r"\1", told.strip("（()） "))
    dashed = text.lstrip("—－-").strip()
    return dashed if _BARE.fullmatch(dashed) else text


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
        field = _FIELDS[key[1]]
        if not said or not field:
            continue
        if field == "unit" and not _is_colon(key[0]) and not _ENDS_AS_UNIT.search(said):
            return None  # the head of a list: 单位 人数 金额
        whole = _BARE.fullmatch(said) if field == "author" else None
        if whole:
            values.setdefault("unit", whole[1])
            said = whole[2]
        values.setdefault(field, said if field == "unit" else _names(said))
    return Signature(**values) if values else None


def _is_colon(key: str) -> bool:
    return key.rstrip().endswith(("：", ":"))


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
