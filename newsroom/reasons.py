"""Why a submission goes back or is not used: a closed list, each with one hint."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of domain 2.5: its key, its words, and what to do next time."""

    id: str
    words: str
    hint: str


REASONS = (
    Reason("late", "时效已过", "下次当天就报，几句话也行"),
    Reason("facts", "缺时间地点人物", "写清哪天、在哪、谁"),
    Reason("result", "没有结果或数字", "加上“多少人受益、办成了什么”就好"),
    Reason("repeat", "与已发稿重复", "同一件事有了新进展再报"),
    Reason("meeting", "只有会议没有职工", "写会后做了什么、职工得到什么"),
    Reason("leader", "领导姓名职务待核", "请核对姓名和职务再报"),
    Reason("photo", "照片不清或没有说明", "发原图，写明谁、在哪、干什么、谁拍的"),
    Reason("private", "涉及个人信息", "不写身份证号、电话、孩子姓名，可写“张某”"),
    Reason("closed", "不宜公开", "这类情况请先打电话和我们商量"),
    Reason("empty", "文字过于空泛", "讲一件具体的事、一个具体的人"),
    Reason("other_work", "不属工会工作", "写工会为职工做的事"),
    Reason("other", "其他（写明）", "看编辑写的话"),
)
_BY_ID = {reason.id: reason for reason in REASONS}


def find_reason(reason_id: str) -> Reason | None:
    """The reason of this key, None when the list has none."""
    return _BY_ID.get(reason_id)
