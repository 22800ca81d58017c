"""Facts that a text holds: numbers with a unit, people, quotes, who was helped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsroom.people import leader_names, worker_names

_MEASURES = (
    "人次|余人|多人|人|余家|家|户|余件|件|万元|亿元|元|%|％|个百分点|个|名|项|场|次|份|座|"
    "台|辆|支|条|吨|万片|片|平方米|公里|小时|课时|期|张|对|所|处|盏|批|套|本|亩|岁|成|倍|"
    "间|步|工位|车次|千瓦|度|桌|篇|块|组|位|起|宗|例|袋|箱|瓶|盒|包|棵|站|班"
)
_NUMBER = re.compile(
    rf"(?<![\d.第])(\d[\d,]*(?:\.\d+)?)(万|亿)?(?:余|多)?({_MEASURES})(?!月)"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")
_HELPED = re.compile(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(万|千)?(?:余|多)?(?:名|位|个|户)?"
    r"(?:[^\d，。、；“”]{0,8}?)"
    r"(?:职工|会员|农民工|工人|劳动者|司机|骑手|快递员|困难|学员|选手|人)(?!次|服务)"
)
_GIVEN = re.compile(r"[包品物金资水伞]”?(\d[\d,]*)()(?:余|多)?(?:份|套|件)")
_HELP_WORDS = re.compile(
    r"受益|覆盖|吸纳|加入|服务|慰问|惠及|发放|送去|送上|免费|入会|参保|帮扶|资助|救助|参加|参与|"
    r"职工|工资|达成|培训|筛查|给付|兑付|报名|参赛|体检|调解"
)
_QUOTE = re.compile(r"“([^“”]{8,})[。！？，…]?”")
_SPEECH = re.compile(r"说|介绍|表示|告诉|坦言|感慨|教给|谈到|指着|笑|道|称")
_WHEN = re.compile(
    r"\d+月\d+日|近日|日前|昨[天日]|今[天日]|今年|凌晨|上午|下午|入夏以来|\d+日"
)
_WHERE = re.compile(
    r"镇|街道|村|社区|园区|公司|车间|工地|学校|医院|企业|市场|广场|路段|中心|工业园|码头"
)
_WHO = re.compile(r"工会|职工|会员|司机|骑手|农民工|工人|班组|联合会|劳动者|快递员")
_WHAT = re.compile(
    r"组织|开展|举办|召开|签订|成立|启动|慰问|走访|送去|发放|培训|调解|建立|发布|推行|改造|"
    r"帮助|吸纳|选举|揭牌|设立|协商|带着|推荐|新增|延长"
)
_RESULT = re.compile(
    r"\d[\d.]*\s*(?:万|余|多)?(?:人|家|户|件|元|%|份|项|名|个|座|起|场|盏|条|台)|解决|完成|"
    r"整改|兑付|达成|获得|节约|实现"
)
_NEXT = re.compile(
    r"下一步|接下来|将(?!军)|计划|预计|今后|年底|首次|与往年不同|第一次|创新|新建|新增|"
    r"改为|持续|提醒|如今|推广|回头看"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text tells that can be counted.

    Attributes:
        numbers: distinct numbers with their unit, dates and years left out.
        workers, leaders: names.
        quotes: how many direct quotes of someone there are.
        helped: the largest number of workers that the text says were reached.
        elements: which of 时间 地点 人物 事情 结果 下一步 are there.
    """

    numbers: tuple[str, ...]
    workers: tuple[str, ...]
    leaders: tuple[str, ...]
    quotes: int
    helped: int
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """A number with its measure in a text: ``written`` as it stands, e.g. 1,200余份."""

    number: str
    measure: str
    written: str
    start: int
    end: int


def read_facts(headline: str, text: str) -> Facts:
    """The facts of one story."""
    whole = f"{headline}\n{text}"
    return Facts(
        numbers=find_numbers(whole),
        workers=worker_names(text),
        leaders=leader_names(text),
        quotes=count_quotes(text),
        helped=count_helped(whole),
        elements=find_elements(whole),
    )


def find_numbers(text: str) -> tuple[str, ...]:
    """Distinct numbers with a unit, e.g. ``1200份``; dates and years do not count."""
    text = _YEAR.sub("", text)
    found = (
        f"{m[1].replace(',', '')}{m[2] or ''}{m[3].lstrip('余多')}"
        for m in _NUMBER.finditer(text)
    )
    return tuple(dict.fromkeys(found))


def find_number_places(text: str) -> tuple[NumberPlace, ...]:
    """Each number with a unit and its place; years are no numbers of things."""
    blank = _YEAR.sub(lambda year: " " * len(year[0]), text)
    return tuple(
        NumberPlace(
            f"{m[1].replace(',', '')}{m[2] or ''}", m[3].lstrip("余多"), m[0], *m.span()
        )
        for m in _NUMBER.finditer(blank)
    )


def count_quotes(text: str) -> int:
    """Direct quotes: whole clauses in quotation marks with a speaker nearby."""
    return sum(
        bool(_SPEECH.search(text[max(0, m.start() - 24) : m.start()]))
        or bool(_SPEECH.search(text[m.end() : m.end() + 30]))
        for m in _QUOTE.finditer(text)
    )


def count_helped(text: str) -> int:
    """The largest number of workers that the text says it reached, 0 when none."""
    most = 0.0
    for match in (*_HELPED.finditer(text), *_GIVEN.finditer(text)):
        around = text[max(0, match.start() - 24) : match.end() + 16]
        if _HELP_WORDS.search(around):
            factor = {"万": 10_000, "千": 1_000}.get(match[2] or "", 1)
            most = max(most, float(match[1].replace(",", "")) * factor)
    return int(most)


def find_elements(text: str) -> tuple[str, ...]:
    """Which of the six elements of news the text has."""
    patterns = {
        "时间": _WHEN,
        "地点": _WHERE,
        "人物": _WHO,
        "事情": _WHAT,
        "结果": _RESULT,
        "下一步": _NEXT,
    }
    return tuple(name for name, pattern in patterns.items() if pattern.search(text))
