"""The info line of Chinese articles: 发布时间 2026-03-01 来源：某报 作者：某人 浏览：12.

Here only: is this line such a line, and which labels does it hold.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsroom.text import asked_of_lines

_LONGEST = 160
_LABEL_ALONE = 8
_NAMES = 40

DATE_LABEL = re.compile(
    r"(?:发布|发表|发稿|发文|刊发|上传|添加|加入|录入|编辑|创建|提供|更新)\s*(?:日\s*期|时\s*间|于)|时\s*间\s*发布|"
    r"(?<![\u4e00-\u9fff])(?:日\s*期|时\s*间)|\b(?:[Pp]osted|[Pp]ublished)\b(?:\s+on\b)?"
)
UPDATE_LABEL = re.compile(r"更新\s*(?:日\s*期|时\s*间|于)|最后(?:更新|修改)")
WRONG_LABEL = re.compile(
    r"(?:生成|成文|生效|失效|废止|实施|施行|截止|截至|开标|开始|结束|活动|会议|报名|有效|印发|签发|签署|公示|制发|索取|举办|"
    r"(?:网站|本站|系统|数据|软件)更新|考试|面试|上映|开庭|出生|入职|今天|当前|现在|系统|访问|注册|成立|建站|到期|入库|下载|打印|生产|交货|回复|答复|来信|受理)"
    r"(?:日\s*期|时\s*间|期\s*限|期至|期|至|是|为|于)?[\s:：]*$|[Pp]ublish[Dd]ate[\s:：]*$|版权所有|[Cc]opyright|©"
)
SOURCE_LABEL = re.compile(
    r"(?<!数据)(?<!资料)(?<!图片)(?<!照片)(?<!视频)(?<!图文)(?<!资金)(?<!经费)(?<!图表)(?:信息|稿件|文章|新闻|本文|文稿|内容|消息)?\s*(?:来\s{0,6}源\s*(?:于|自)?|稿\s?源|转自|摘自|信息发布|出处|发布单位|发布机构|供稿单位|信息提供|媒体|(?<![\u4e00-\u9fff])来自)\s*[:：∶]"
)
AUTHOR_LABEL = re.compile(
    r"(?:作\s{0,4}者|记\s{0,4}者|撰\s?稿(?:人)?|撰\s?文|供\s?稿(?:人)?|通\s?讯\s?员|文/图|图/文|文\s?字|投稿人)\s*[:：∶]|"
    r"(?<!图/)(?<![\u4e00-\u9fff])文\s?[/／]\s?(?=[\u4e00-\u9fff]{2})(?!图)|(?<![\u4e00-\u9fff])文\s?[:：]"
)
EDITOR_LABEL = re.compile(
    r"(?:责任?\s*编\s*辑|责\s*编|网络编辑|本期编辑|编\s{0,4}辑|编\s?审|审\s?核|审\s?稿|校\s?对|监\s?制|主\s?编|值\s?班\s?编\s?辑|初\s?审|一\s?审|终\s?审|复\s?审|二\s?审|三\s?审|签\s?发|责任编辑)"
    r"(?:人)?\s*(?:[:：∶]|/)"
)
_OTHER_LABEL = re.compile(
    r"(?:浏览|点击|阅读|访问|查看|观看|人气)\s*(?:次\s*数|量|数|人数)?\s*[:：∶]|字\s*(?:号|体)(?:大小)?\s*[:：∶]|"
    r"(?:发布人|发布者|录入(?:人|者)?|上传者|核发|所属分类|栏目|分类|评论)\s*[:：∶]"
)
# Where a value ends: the next label, a separator, a date.
NEXT_LABEL = re.compile(
    r"\s*(?:[|｜丨；;]|\s[·•]|[·•]\s|】|发[布表]于|编\s?审|[/／](?=\s*(?:【|文/|(?:19|20)\d\d|[\u4e00-\u9fff\s]{1,6}[:：]))|文/|稿\s?源|校\s?对|[一二三初复终]\s?审|监\s?制|人气|(?:信息|稿件|文章)?来\s*源\s*[:：]|【|\[|字\s*(?:号|体)|浏览|点击|阅读|访问|责\s?任?\s?编|(?:网络|图文|文字|视频|美术|版面|本期|值班|实习|新媒体)?编\s{0,4}辑|(?:原|本文)?作\s{0,4}者|记\s{0,4}者|发布(?:日期|时间|人|者)|发表|"
    r"更新|时\s{0,4}间|日\s{0,4}期|上传|录入|审核|分享|打印|收藏|评论|查看|浏览|人气|次数|我要|参与|[供撰投审]稿|通讯员|摄影|(?:已|共)?有\s*\d+\s*[位人]|(?:19|20)\d\d\s*[-年/.]|\d\d:\d\d|$)"
)
NOBODY = re.compile(
    r"^(?:未知|本站|佚名|网络|互联网|无|暂无|不详|admin|administrator|管理员|系统管理员|null|undefined|其他|其它|原创|转载|-+|/+)?$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?P<date>(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?:\s*日)?|\d{1,2}-\d{2}(?=\s?\d{2}:\d{2})|"
    r"(?<!\d)\d{2}[-/]\d{2}[-/]\d{2}(?!\d)|[〇零○一二三四五六七八九]{4}年[元一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|今天(?=\s*\d)|昨天|前天|刚刚|\d+\s?(?:小时|分钟|天)前|"
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+20\d\d)"
    r"(?P<time>[\sT]*\d{1,2}[:∶：]\d{2}(?:[:∶：]\d{2})?)?"
)
# Public accounts write 来源丨某报, 编辑｜某某 and 审核 | 某某.
_BARRED = re.compile(
    r"(?<![\u4e00-\u9fff])((?:信息|稿件|文章|内容)?来源|稿源|(?:责任|本期|值班|图文|文字|新媒体)?编辑|责编|审核|审校|校对|编审|监制|[一二三初复终]审|文字|图片|摄影|作者|记者|撰稿|供稿|通讯员)(\s*)[丨｜|/／](?=\s*[\u4e00-\u9fff])"
)
# 融媒体中心 and radio stations: （来源：某新闻 记者 甲 乙 编辑 丙）.
_POSTS = r"(?:记者|通讯员|见习记者|实习生|编辑|责编|责任编辑|编审|审核|校对|监制|摄影|摄像|[一二三初复终]审)"
_ROW_OF_PEOPLE = re.compile(
    rf"[（(【]?(?:来源\s*[:：]\s*\S{{2,16}}\s+)?{_POSTS}\s+[\u4e00-\u9fff]{{2,4}}(?:[\s、]+(?!{_POSTS})[\u4e00-\u9fff]{{2,4}}){{0,3}}"
    rf"(?:[\s|｜]+{_POSTS}\s+[\u4e00-\u9fff]{{2,4}}(?:[\s、]+(?!{_POSTS})[\u4e00-\u9fff]{{2,4}}){{0,3}})+\s*[）)】]?"
)
_SPACED = re.compile(rf"({_POSTS})\s(?=\s*[\u4e00-\u9fff])")
_APART = re.compile(r"^[\s|｜丨·,，/\-—)\]】（(\[【]|^$|^(?:星期|周)[一二三四五六日]")
_ROOM = 24
_SENTENCE = re.compile(r"[。！？](?!$)|，.*，")
_CLAUSES = re.compile(r"[；;](?!$)")
_ROW_OF_LABELS = 2  # what a semicolon parts then is no prose


@asked_of_lines
def with_colons(text: str) -> str:
    """The text, as long as before, with a colon behind each label that has a bar.

    Where a line is nothing but labels and names, a blank is as good as a bar.
    """
    if _BAR.search(text):
        text = _SHORT_BARRED.sub(r"\1\2：", _BARRED.sub(r"\1\2：", text))
    if len(text) <= _NAMES and _ROW_OF_PEOPLE.fullmatch(text):
        text = _SPACED.sub(r"\1：", text)
    return text


_SHORT_BARRED = re.compile(
    r"(?<![\u4e00-\u9fff])([文图])(\s*)[丨｜|](?=\s*[\u4e00-\u9fff])"
)
_BAR = re.compile(r"[丨｜|/／]")
_COLON = re.compile(r"[:：∶]")
# without one of these no label of people stands in a text
_COLON_OR_BAR = re.compile(r"[:：∶/／]")


def may_name_people(text: str) -> bool:
    """Whether what a label of people ends in stands in the text."""
    return bool(_COLON_OR_BAR.search(text))


def is_info_line(text: str) -> bool:
    """Whether a line tells of the article (date, source, people) and is none of it."""
    return len(text) <= _LONGEST and _is_info_line(text)


@lru_cache(maxsize=4096)
def _is_info_line(text: str) -> bool:
    text = with_colons(text)
    if _SENTENCE.search(text):
        return False
    if _CLAUSES.search(text) and _labels(text) < _ROW_OF_LABELS:
        return False
    if _COLON.search(text) and (SOURCE_LABEL.search(text) or _OTHER_LABEL.search(text)):
        return True
    dated = _DATE.search(text)
    if DATE_LABEL.search(text) and (dated or len(text) <= _LABEL_ALONE):
        return True
    if dated and (_stands_apart(text, dated) or _begins_with_minute(text, dated)):
        return True
    return len(text) <= _NAMES and _names_people(text)


def _names_people(text: str) -> bool:
    """A label of people at the start; 「记者：您从哪年开始巡道？」 is said, and is none."""
    labelled = AUTHOR_LABEL.match(text) or EDITOR_LABEL.match(text)
    return bool(labelled) and not text.endswith(("。", "？", "！"))


def _stands_apart(text: str, dated: re.Match[str]) -> bool:
    """A date that is set apart; one that a sentence goes on from is prose."""
    before, after = text[: dated.start()].strip(" |[(（【"), text[dated.end() :]
    if len(before) + len(after.strip()) > _ROOM or not _APART.match(after):
        return False
    return (
        not before or bool(dated["time"]) or text[dated.start() - 1] in " |\u3000:：｜"
    )


def _begins_with_minute(text: str, dated: re.Match[str]) -> bool:
    """「2026-09-21 08:05港区日报」: inline boxes stand side by side without a blank."""
    rest = text[dated.end() :]
    return dated.start() == 0 and bool(dated["time"]) and len(rest) <= _ROOM // 2


# What WeChat shows above a text, copied by mirrors as words.
ACCOUNT_LINE = re.compile(
    r"原创\s+(?:(?P<author>[\u4e00-\u9fff]{2,4})\s+)?(?P<account>[\u4e00-\u9fffA-Za-z0-9]{2,20})\s+(?=20\d\d[-年/])"
)


def is_signing_day(text: str) -> bool:
    """「2026年9月21日」 alone: the day with which an office signs, part of its text."""
    return bool(_SIGNED.fullmatch(text))


_SIGNED = re.compile(
    r"\s*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}|"
    r"[〇零○一二三四五六七八九]{4}年[元一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3})\s*日\s*"
)


def holds_label(text: str) -> bool:
    """Whether any label of an info line stands in the text."""
    return _labels(text) > 0


def _labels(text: str) -> int:
    """How many kinds of labels stand in the text."""
    kinds = (DATE_LABEL, SOURCE_LABEL, AUTHOR_LABEL, EDITOR_LABEL, _OTHER_LABEL)
    return sum(kind.search(text) is not None for kind in kinds)
