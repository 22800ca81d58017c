"""Names of people in a text, found by the words around them; no model.

A whole name is a surname (``surnames``) and one or two characters right after 职工,
师傅, 主席 and the like, or before 说 and 表示. A name with 某 in it is masked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsroom.surnames import DOUBLE, FREQUENT, MASKED, NAME, is_full_name

FULL_NAME_MARKS = MASKED

Span = tuple[int, int]

WORKER_ROLES = (
    "职工代表",
    "职工",
    "会员",
    "师傅",
    "工友",
    "工人",
    "农民工",
    "务工人员",
    "员工",
    "选手",
    "司机",
    "骑手",
    "快递员",
    "外卖员",
    "网约车司机",
    "信息员",
    "班组长",
    "班长",
    "组长",
    "技师",
    "技工",
    "焊工",
    "电工",
    "钳工",
    "包装工",
    "清扫工",
    "环卫工",
    "挡车工",
    "搬运工",
    "装卸工",
    "操作工",
    "质检员",
    "护士",
    "医生",
    "教师",
    "老师",
    "劳模",
    "劳动模范",
    "工匠",
    "车间主任",
    "组员",
    "徒弟",
    "学员",
    "保洁员",
    "保安",
    "护工",
    "获得者",
    "当事人",
    "工会会员",
    "女职工",
    "青工",
    "首席技师",
    "高级工",
    "化验员",
    "巡线员",
    "检修工",
    "驾驶员",
    "营业员",
    "厨师",
    "社工",
    "网格员",
    "志愿者",
)
LEADER_ROLES = (
    "主席",
    "副主席",
    "书记",
    "副书记",
    "主任",
    "副主任",
    "部长",
    "副部长",
    "局长",
    "副局长",
    "市长",
    "副市长",
    "镇长",
    "副镇长",
    "县长",
    "区长",
    "会长",
    "常委",
    "委员",
    "经理",
    "总经理",
    "董事长",
    "院长",
    "校长",
    "科长",
    "股长",
    "负责人",
)
_CHILD_ROLES = (
    "学生",
    "儿子",
    "女儿",
    "孩子",
    "小学生",
    "初中生",
    "新生",
    "外孙",
    "孙子",
    "孙女",
    "小朋友",
    "儿童",
    "孤儿",
)
_SAYS = ("说", "表示", "介绍", "告诉", "坦言", "笑道", "感慨", "回忆")
# A character that follows a name and is hardly ever the second of a given name.
_NO_GIVEN = frozenset(
    "说处在从和与及的等表介告获用是把将也已为向对被带以有到又还就都则正曾来去做笑问答"
    "称讲觉坦感回身患因拿领参走说，。、！？；：“”（）()【】《》,;:!? \n\t0123456789"
)
_FOLLOWS = re.compile(
    rf"(?:同志|师傅|老师)?(?:[{re.escape(''.join(sorted(_NO_GIVEN)))}]|"
    rf"[（(“”、…—～]|今年|年仅|琢磨|负责|发现|摆|时|家|送|查出|确诊|获|住|考|\Z)"
)


def worker_names(text: str) -> tuple[str, ...]:
    """Names of workers, each once, in reading order."""
    leaders = {text[start:end] for start, end in _after(text, LEADER_ROLES)}
    spans = sorted({*_after(text, WORKER_ROLES), *_speakers(text)})
    names = (text[start:end] for start, end in spans)
    return tuple(dict.fromkeys(name for name in names if name not in leaders))


def leader_names(text: str) -> tuple[str, ...]:
    """Names that stand after an office such as 主席, each once, in reading order."""
    spans = sorted(_after(text, LEADER_ROLES))
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def adult_names(text: str) -> list[Span]:
    """Where whole names of grown people stand (workers and speakers)."""
    roles = ("同志", "师傅", *WORKER_ROLES, "患者", "居民", "村民", "户主", "困难户")
    ill = [m.span(1) for m in _ill().finditer(text) if is_full_name(m[1])]
    return sorted({*_after(text, roles), *_speakers(text), *ill})


def child_names(text: str) -> list[Span]:
    """Where names of children stand that are more than 姓＋某.

    李小某 counts: it gives away a character of the given name.
    """
    found = set(_after(text, _CHILD_ROLES, partly_masked=True))
    found |= {m.span(1) for m in _kin().finditer(text) if is_full_name(m[1])}
    found |= {m.span(1) for m in _aged().finditer(text) if is_full_name(m[1])}
    found |= {m.span(1) for m in _pupil().finditer(text) if is_full_name(m[1])}
    return sorted(found)


def names_after(text: str, roles: tuple[str, ...]) -> list[Span]:
    """Where whole names stand right after one of these words."""
    return _after(text, roles)


def masked_name(name: str) -> str:
    """姓＋某; a surname of two characters stays whole."""
    surname = name[:2] if name[:2] in DOUBLE else name[0]
    return f"{surname}某"


def _after(
    text: str, roles: tuple[str, ...], *, partly_masked: bool = False
) -> list[Span]:
    spans = []
    for match in _role_pattern(roles).finditer(text):
        start = match.end()
        end = _name_end(text, start, partly_masked=partly_masked)
        if end:
            spans.append((start, end))
    return spans


def _speakers(text: str) -> list[Span]:
    """Whole names right before 说 and 表示."""
    return [m.span(1) for m in _says().finditer(text) if is_full_name(m[1])]


def _name_end(text: str, start: int, *, partly_masked: bool) -> int | None:
    """Where the name that begins here ends, None when no whole name begins here."""
    match = _name().match(text, start)
    if match is None:
        return None
    word = match[0]
    if len(word) > 2 and word[-1] in _NO_GIVEN:  # noqa: PLR2004 - surname and one more
        word = word[:-1]
    if any(character in MASKED for character in word):
        whole = partly_masked and len(word) > 2 and word[1] not in MASKED  # noqa: PLR2004 - 李小某
        return start + len(word) if whole else None
    if word[-1] in _NO_GIVEN or not is_full_name(word):
        return None
    return _settle(text, start, word)


def _settle(text: str, start: int, word: str) -> int | None:
    """Three characters if something ends a name after them, else two likewise."""
    for length in range(len(word), 1, -1):
        end = start + length
        if _FOLLOWS.match(text, end) and is_full_name(text[start:end]):
            return end
    return None


@lru_cache(maxsize=16)
def _role_pattern(roles: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(set(roles), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(ordered)})(?:代表|叫|名叫|同志|：|:)?")


@lru_cache(maxsize=1)
def _name() -> re.Pattern[str]:
    return re.compile(NAME)


@lru_cache(maxsize=1)
def _says() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\u4e00-\u9fff])({NAME})(?:同志|师傅)?(?:{'|'.join(_SAYS)})"
    )


@lru_cache(maxsize=1)
def _kin() -> re.Pattern[str]:
    """女儿王小宝考上大学: after such a word a frequent surname is a name."""
    return re.compile(
        rf"(?:儿子|女儿|外孙|孙子|孙女|小朋友)((?=[{FREQUENT}]){NAME})(?![某×*])"
    )


@lru_cache(maxsize=1)
def _pupil() -> re.Pattern[str]:
    """王小宝同学: at the beginning of a clause."""
    return re.compile(rf"(?<![\u4e00-\u9fff])({NAME})(?:同学|小朋友)")


@lru_cache(maxsize=1)
def _ill() -> re.Pattern[str]:
    """李桂香身患重病: a frequent surname at the beginning of a clause."""
    return re.compile(
        rf"(?<![\u4e00-\u9fff])((?=[{FREQUENT}]){NAME})(?:身患|患|确诊|查出|罹患|被诊断)"
    )


@lru_cache(maxsize=1)
def _aged() -> re.Pattern[str]:
    """9岁的王小宝, 实验小学王小宝."""
    return re.compile(rf"(?:岁的|岁|年级的|小学的?|初中的?|幼儿园的?)({NAME})")
