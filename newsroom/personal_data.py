"""Personal data in a text: numbers, addresses, illness, children (domain: 8.1, 8.3).

Full-width and hidden characters do not hide a number from the rules: they read a
folded text, and every finding points into the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from newsroom.mends import tell_mend
from newsroom.people import adult_names, child_names, masked_name, names_after
from newsroom.rules import CheckRules, PersonalRule
from newsroom.story import Finding, FindingLevel
from newsroom.text import strip_invisible

PREFIX = "pii."

_URL = re.compile(
    r"(?:https?://|www\.)[^\s，。；、（）《》“”\u4e00-\u9fff]+|"
    r"(?:/[\w.%-]+)+\.(?:s?html?|php|jsp|aspx?)",
    re.IGNORECASE,
)
_CREDIT_CODE = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9]*[A-WYZ])[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY]{17}"
    r"(?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_DECIMALS = re.compile(r"\.\d+")
_AGE = re.compile(r"(\d{1,3})\s*(?:周?岁)")
_ADULT = 18
_MEDICAL_REACH = 30
_MINOR_REACH = 15
_DOUBLING = 9
_WITH_NAMES = frozenset({"medical", "aid"})

_WORDS = {
    "id18": ("身份证号码", "删去，或只写“有关证件”"),
    "id15": ("像是旧式身份证号码", "确认不是证件号码"),
    "mobile": ("手机号码", "删去，或改用单位的公开电话"),
    "mobile_han": ("像是用汉字写的手机号码", "删去，或改用单位的公开电话"),
    "email": ("个人邮箱", "确认是单位公开的邮箱"),
    "passport": ("护照或通行证号码", "删去"),
    "bank": ("银行卡号", "删去"),
    "landline": ("固定电话", "确认是单位的公开电话"),
    "wechat": ("微信号或 QQ 号", "删去"),
    "plate": ("车牌号码", "删去或遮住后几位"),
    "address": ("住址细到门牌", "写到村（社区）为止"),
}


def find_personal_data(text: str, rules: CheckRules) -> tuple[Finding, ...]:
    """What in the text points at a person, in reading order, no place twice.

    Offsets are those of ``text``. Rule ids begin with ``pii.``.
    """
    folded, offsets = fold_with_offsets(text)
    plain = _blank_out(folded)
    found: list[Finding] = []
    for rule in rules.personal:
        found.extend(
            _in_place(finding, text, offsets)
            for finding in _apply(rule, folded, plain, rules)
        )
    return _no_place_twice(found)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The text in NFKC without invisible characters, and where each character was."""
    folded: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(text):
        plain = _folded(character)
        folded.append(plain)
        offsets.extend([position] * len(plain))
    offsets.append(len(text))
    return "".join(folded), offsets


@lru_cache(maxsize=16384)
def _folded(character: str) -> str:
    return strip_invisible(unicodedata.normalize("NFKC", character))


def has_valid_check_digit(number: str) -> bool:
    """Whether an 18-character identity number is well formed (GB 11643, mod 11-2)."""
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def passes_luhn(number: str) -> bool:
    """Whether the digits satisfy Luhn's check, as bank card numbers do."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - _DOUBLING * (value > _DOUBLING)
    return total % 10 == 0


def _blank_out(folded: str) -> str:
    """The text with addresses of pages and credit codes blanked, length kept."""
    for pattern in (_URL, _CREDIT_CODE):
        folded = pattern.sub(lambda match: " " * len(match[0]), folded)
    return folded


def _apply(
    rule: PersonalRule, folded: str, plain: str, rules: CheckRules
) -> Iterator[Finding]:
    if rule.id == "medical":
        yield from _medical(rule, folded)
    elif rule.id == "minor":
        yield from _minor(rule, folded)
    elif rule.id == "aid":
        yield from _aided(rule, folded)
    elif rule.regex is not None:
        for match in rule.regex.finditer(plain):
            finding = _number(rule, match, plain, rules)
            if finding:
                yield finding
    for word in rule.words if rule.id not in _WITH_NAMES else ():
        for start in _places(folded, word, rule.unless):
            yield _finding(rule.id, rule.level, word, start, "涉及个人信息", None)


def _number(
    rule: PersonalRule, match: re.Match[str], plain: str, rules: CheckRules
) -> Finding | None:
    why, mend = _WORDS.get(rule.id, ("个人信息", "删去"))
    level = rule.level
    if _is_public(match[0], rules) or _is_amount(rule, match.end(), plain):
        return None
    check = (rule.check or "").upper()
    number = re.sub(r"[^0-9Xx]", "", match[0])
    if "11643" in check and not has_valid_check_digit(number):
        why, mend = "疑似身份证号码（校验位不符）", "确认不是证件号码"
        level = FindingLevel.WARN
    if "LUHN" in check and not passes_luhn(number):
        return None
    return _finding(rule.id, level, match[0], match.start(), why, mend)


def _is_public(number: str, rules: CheckRules) -> bool:
    digits = re.sub(r"\D", "", number)
    return any(digits == re.sub(r"\D", "", phone) for phone in rules.public_phones)


def _is_amount(rule: PersonalRule, end: int, plain: str) -> bool:
    if rule.skip_if_followed_by is None:
        return False
    decimals = _DECIMALS.match(plain, end)
    after = decimals.end() if decimals else end
    return bool(rule.skip_if_followed_by.match(plain, after))


def _medical(rule: PersonalRule, folded: str) -> Iterator[Finding]:
    """An illness or hardship: a warning; with a whole name nearby it must not stand."""
    names = adult_names(folded) + child_names(folded)
    for word in rule.words:
        for start in _places(folded, word, rule.unless):
            end = start + len(word)
            named = any(_near(n, start, end, _MEDICAL_REACH) for n in names)
            level = FindingLevel.BLOCK if named else rule.level
            why = "病情或困难情况与全名同时出现" if named else "涉及病情或困难情况"
            yield _finding(
                rule.id, level, word, start, why, "姓名改为姓＋某，或删去病情"
            )


def _minor(rule: PersonalRule, folded: str) -> Iterator[Finding]:
    """A child's whole name: only 姓＋某 may stand."""
    if rule.regex is None:
        return
    hits = [match.span() for match in rule.regex.finditer(folded)]
    for start, end in child_names(folded):
        near = [hit for hit in hits if _near((start, end), *hit, _MINOR_REACH)]
        if near and not _is_adult(folded, start, end):
            name = folded[start:end]
            mend = tell_mend(masked_name(name))
            why = "未成年人的全名"
            yield _finding(rule.id, rule.level, name, start, why, mend)


def _aided(rule: PersonalRule, folded: str) -> Iterator[Finding]:
    """The whole name of somebody who was given aid: only 姓＋某 may stand."""
    for start, end in names_after(folded, rule.words):
        name = folded[start:end]
        if not is_covered(folded, start, end, rule.unless):
            mend, why = tell_mend(masked_name(name)), "受助人的全名"
            yield _finding(rule.id, rule.level, name, start, why, mend)


def _is_adult(folded: str, start: int, end: int) -> bool:
    around = folded[max(0, start - _MINOR_REACH) : end + _MINOR_REACH]
    ages = [int(match[1]) for match in _AGE.finditer(around)]
    return bool(ages) and min(ages) >= _ADULT


def _near(name: tuple[int, int], start: int, end: int, reach: int) -> bool:
    return name[0] - end <= reach and start - name[1] <= reach


def _places(text: str, word: str, unless: tuple[str, ...]) -> Iterator[int]:
    """Where the word stands and no longer, harmless word covers it."""
    start = text.find(word)
    while start >= 0:
        if not is_covered(text, start, start + len(word), unless):
            yield start
        start = text.find(word, start + len(word))


def is_covered(text: str, start: int, end: int, unless: tuple[str, ...]) -> bool:
    """Whether one of the longer words lies over the place."""
    for longer in unless:
        at = text.find(longer, max(0, end - len(longer)))
        if 0 <= at <= start and at + len(longer) >= end:
            return True
    return False


def _finding(  # noqa: PLR0913, PLR0917 - the fields of a finding
    rule: str,
    level: FindingLevel,
    words: str,
    start: int,
    why: str,
    mend: str | None,
) -> Finding:
    return Finding(PREFIX + rule, level, words, start, start + len(words), why, mend)


def _in_place(finding: Finding, text: str, offsets: list[int]) -> Finding:
    start = offsets[finding.start]
    end = offsets[finding.end - 1] + 1
    return Finding(
        finding.rule,
        finding.level,
        text[start:end],
        start,
        end,
        finding.why,
        finding.suggestion,
    )


def _no_place_twice(found: list[Finding]) -> tuple[Finding, ...]:
    """Of overlapping findings the gravest, then the longest stands."""
    ranks = {FindingLevel.BLOCK: 0, FindingLevel.WARN: 1, FindingLevel.HINT: 2}
    kept: list[Finding] = []
    for finding in sorted(
        found, key=lambda f: (ranks[f.level], f.start - f.end, f.start, f.rule)
    ):
        if all(finding.end <= k.start or finding.start >= k.end for k in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: (f.start, f.rule)))
