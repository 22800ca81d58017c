"""What a draft still lacks, as questions that a chair can answer (domain: 9.3)."""

from __future__ import annotations

import re
from datetime import date

from newsroom.facts import find_numbers

WHEN = "哪一天的事？"
WHERE = "在什么地方（村、企业、工地的全称）？"
WHAT = "具体做了什么、怎么做的？"
HOW_MANY = "多少人受益，办成了几件事？"

_SHORT = 60
_DAY = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_PLACE = re.compile(
    r"(?<![我本全各该])(?<!我们)(?:镇|街道|村|社区|园区|公司|车间|工地|学校|医院|广场|厂)"
)
_DEED = re.compile(
    r"组织|开展|举办|召开|签订|成立|启动|慰问|走访|送去|送到|发放|培训|调解|建立|发布|推行|改造|"
    r"吸纳|选举|揭牌|设立|协商|推荐|新增|帮助|解决|建成|建起|办起|开起|搭建|新建|"
    r"修好|装上|比武|竞赛|排查|检查|讲解|结业|表彰|评选|签下|参保"
)


def questions_left(
    headline: str, text: str, *, event_day: date | None = None, place: str | None = None
) -> tuple[str, ...]:
    """The questions to ask before a draft can be edited, none when it is whole.

    Args:
        headline: as handed in, may be empty.
        text: as handed in.
        event_day: the day when a field names it.
        place: the place when a field names it.
    """
    whole = f"{headline}\n{text}"
    lacking = {
        WHEN: event_day is None and not _DAY.search(whole),
        WHERE: not place and not _PLACE.search(whole),
        WHAT: len(text) < _SHORT or not _DEED.search(whole),
        HOW_MANY: not find_numbers(whole),
    }
    return tuple(question for question, is_lacking in lacking.items() if is_lacking)
