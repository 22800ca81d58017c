"""A story in a pasted chat: without senders, times, quotations, thanks and stickers.

Only free text is read so; a text block says by its 校验 what belongs to it. What is
left out here was never a sentence of the story, and that something was is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsroom.text import clean_text
from newsroom.text_block import without_senders

CHATTER_LEFT_OUT = "聊天里的招呼、表情和“收到”没有放进正文"

_DAY = r"(?:\d{2,4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?)"
_TIME = r"(?:[上下]午|凌晨|晚上|中午)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_HEADS = re.compile(
    rf"[—\-─]{{3,}}\s*{_DAY}\s*[—\-─]{{3,}}|{_TIME}"
    rf"|{_DAY}\s*{_TIME}(?:\s+\S{{1,12}}(?:\s*[(（<]\S{{3,40}}[)）>])?)?"
    rf"|(?:昨天|今天|前天|(?:星期|周)[一二三四五六日天])\s*{_TIME}"
    r"|(?:群聊|.{1,20}和.{1,20})的聊天记录(?:如下)?[:：]?|以下[是为].{0,6}聊天记录[:：]?"
)
# A line like 主要做法： is a story's; a name alone opens what was copied on a phone.
_OPENING = re.compile(r"[\u4e00-\u9fff·]{2,4}[:：]")
_WITH_DAY = re.compile(rf"{_DAY}\s*{_TIME}|{_TIME}")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_QUOTE = re.compile(r"(?ms)^[「『][^」』]{1,400}[」』]\s*\n\s*(?:-\s*){6,}\s*$")
_MARK = re.compile(
    r"\[(?:图片|照片|视频|文件|语音|链接|位置|小程序|视频号|名片|红包|转账|音乐|笔记"
    r"|聊天记录|动画表情|Photo|Image|Video|File)\]"
)
_MARK_LINE = re.compile(rf"{_MARK.pattern}.{{0,60}}")
# WeChat's own faces; a word in brackets that is none stays: [2026].
_FACE = re.compile(
    r"\[(?:强|玫瑰|抱拳|握手|鼓掌|微笑|呲牙|愉快|憨笑|偷笑|加油|加油加油|庆祝|礼物|爱心"
    r"|心|太阳|月亮|合十|OK|胜利|咖啡|啤酒|烟花|爆竹|蛋糕|拥抱|奋斗|调皮|害羞|捂脸|笑脸"
    r"|社会社会|好的|666|旺柴|吃瓜|机智|耶|嘿哈|得意|可爱|色|亲亲|嘴唇|跳跳|转圈"
    r"|发呆|流泪|大哭|苦涩|裂开|叹气|让我看看|Emm|福|發|红包|鸡)\]"
)
_SYSTEM = re.compile(
    r".{0,20}(?:撤回了一条消息|拍了拍.{0,20}|加入了?群聊|邀请.{0,30}加入了?群聊)"
    r"|以上是打招呼的内容|以下(?:是|为)?新消息"
)
_CHATTER = re.compile(
    r"(?:@\S{1,12}[\s\u2005]*){1,5}.{0,8}"
    r"|(?:收到|好的?|好嘞|谢谢|感谢|辛苦了?|嗯+|OK|ok|👌|已收|已阅|麻烦了?"
    r"|请(?:您)?(?:审阅|审核|查收|指正|修改|过目|领导审阅)|不客气|没问题)"
    r"(?:[，,、。！!~～\s]*(?:谢谢|感谢|辛苦了?|收到|领导|主任|主席|老师|您|你|啦|了)){0,4}"
    r"[。！!~～\s]*"
    r"|(?:.{1,8}[，,：:]?)?(?:您好|你好|早上好|上午好|下午好|晚上好|主任好|主席好|领导好"
    r"|老师好|大家好)[，,！!。~～\s]*(?:.{0,16}(?:稿|信息|材料|新闻).{0,8})?[：:。！!~～]?"
)


@dataclass(frozen=True, slots=True)
class ChatWords:
    """The words of a story; whether marks of files and chatter were left out."""

    text: str
    had_files: bool
    had_chatter: bool


def chat_words(text: str) -> ChatWords:
    """The story in a pasted chat, one paragraph a line."""
    whole = _QUOTE.sub("", text.replace("\r\n", "\n"))
    named = _without_names([clean_text(line) for line in whole.splitlines()])
    lines = [clean_text(line) for line in without_senders(named).splitlines()]
    kept: list[str] = []
    had_chatter = whole != text.replace("\r\n", "\n")
    for line in lines:
        bare = clean_text(_FACE.sub("", _MARK.sub("", line)))
        if not bare or _HEADS.fullmatch(line) or _MARK_LINE.fullmatch(line):
            continue
        if not kept and _OPENING.fullmatch(line):
            continue
        if _is_chatter(bare):
            had_chatter = True
            continue
        kept.append(bare)
    return ChatWords("\n".join(kept), bool(_MARK.search(text)), had_chatter)


def _without_names(lines: list[str]) -> str:
    """Without a name that stands alone above the time of its message."""
    following = (*lines[1:], "")[: len(lines)]
    return "\n".join(
        line
        for line, after in zip(lines, following, strict=True)
        if not (_NAME.fullmatch(line) and _WITH_DAY.fullmatch(after))
    )


def _is_chatter(line: str) -> bool:
    """Whether a line is thanks, a greeting, a notice of the program, or only signs."""
    is_said = any(letter.isalnum() for letter in line)
    return not is_said or bool(_SYSTEM.fullmatch(line) or _CHATTER.fullmatch(line))
