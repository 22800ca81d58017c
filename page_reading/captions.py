"""What is said under a picture, and who took it.

The habits of Chinese newsrooms: a line under the picture that begins with 图为 or ▲, or
ends in 张三 摄, （李四/摄）, 摄影：王五, 图/某报, 某公司供图. The photographer is parted from
the words only where a sign shows where the name begins; else the line stays whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsroom.body import Body, Picture
from newsroom.text import clean_text
from page_reading.names import is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from page_reading.flow import Line

_NAMED = re.compile(
    r"pictext|pic_?desc|img_?desc|image_desc|caption|tuzhu|tushuo|figcaption|img_descr",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:图为|图[:：]|图注[:：]?|图[一二三四五六七八九十\d]+[:：]|[▲△↑▼]\s*)|"
    r"[\u4e00-\u9fff）)]{1,4}\s?[/／]?\s?摄(?:影)?[)）]?[。.]?$|"
    r"[\u4e00-\u9fff]供图[)）]?[。.]?$|[（(\s。](?:摄影|图源|图片来源)\s*[:：/／]|[（(\s。]图\s*[/／]\s*[\u4e00-\u9fff]{2,10}[)）]?[。.]?$"
)
_LONGEST = 60

_NAME = r"[^（）()【】\[\]。，,；;：:/／]{2,24}?"
_TOOK = r"(?:摄影报道|摄影|摄|供图)"
_CREDITS = (
    # （张三 摄） （本报记者 张三/摄） （某公司供图） （张三/图）
    re.compile(
        rf"^(?P<words>.*?)(?P<agency>(?:新华|中新)社发)?\s*[（(【\[]\s*(?P<name>{_NAME})\s*(?:[/／]?\s*{_TOOK}|[/／]\s*图)\s*[）)】\]][。.]?$"
    ),
    # 摄影：张三 （摄影/张三） 图源：某报 图/某报
    re.compile(
        rf"^(?P<words>.*?)[（(【\[]?\s*(?:摄影|图源|图片来源|文/图|图/文|(?<![\u4e00-\u9fff])图(?=\s*[/／]))\s*[:：/／]\s*(?P<name>{_NAME})\s*[）)】\]]?[。.]?$"
    ),
    # 选手在比赛。 张三 摄
    re.compile(
        rf"^(?P<words>.*[。！？；”」』…）)\s])?(?P<name>(?:[\u4e00-\u9fffA-Za-z—-]{{2,12}}(?:记者|通讯员)\s*)?[\u4e00-\u9fff·]{{2,10}}(?:[、\s][\u4e00-\u9fff·]{{2,4}}){{0,3}})\s*[/／]?\s*{_TOOK}[。.]?$"
    ),
)
_NO_ONE = re.compile(
    r"^(?:资料|效果|示意|组合|拼版|拼|截|配|手绘|航拍|无人机|视频|设计|网络|合成|现场|翻|一|自)$"
)


def is_caption(line: Line) -> bool:
    """A figcaption, a line that the markup names one, or one in a caption's words."""
    text = line.text
    if not text or len(text) > _LONGEST:
        return False
    if any(step.tag == "figcaption" for step in (line.block, *_above(line.block))):
        return True
    names = (
        f"{line.block.get('class') or ''} {line.pieces[0].element.get('class') or ''}"
    )
    return bool(_NAMED.search(names) or _SIGNED.search(text))


def is_set_as_caption(line: Line, lines: Sequence[Line]) -> bool:
    """A short line without a sign, centred below its picture where the text is not.

    The habit of editors in union and county offices (UEditor, eWebEditor). Two pictures
    or two lines in a row, a heading or a text that is centred throughout say nothing.
    """
    if len(line.text) > _LONGEST_SET or line.linked or not is_centred(line):
        return False
    place = next(n for n, one in enumerate(lines) if one is line)
    after = lines[place + 1] if place + 1 < len(lines) else None
    if after is not None and after.image is None and is_centred(after):
        return False
    if _is_bold(line) or line.text.endswith(("：", ":")) or _PEOPLE.search(line.text):
        return False
    prose = [one for one in lines if one.image is None and len(one.text) > _LONGEST_SET]
    return bool(prose) and not any(map(is_centred, prose))


_LONGEST_SET = 40
# 「赵豪 文/图」, 「陈某/文 瞿某/图」: the people of the text stand below its last picture.
_PEOPLE = re.compile(
    r"[\s/／](?:文|图|文图|图文|报道)\s*[）)]?$|^[（(]?(?:文|图|作者|记者|通讯员|供稿|撰稿|编辑|责编|审核|来源)\s*[/／:：丨|]"
)


def is_centred(line: Line) -> bool:
    """Whether the line's own block, or the box right around it, is centred by hand."""
    above = line.block.getparent()
    for element in (line.block, above):
        if element is None or element.tag in {"td", "body", "html"}:
            return False
        style = (element.get("style") or "").replace(" ", "").lower()
        align = (element.get("align") or "").lower()
        if element.tag == "center" or align == "center" or "text-align:center" in style:
            return True
        if align or "text-align" in style:
            return False
    return False


def _is_bold(line: Line) -> bool:
    return any(
        step.tag in {"b", "strong"}
        for piece in line.pieces
        if piece.text.strip()
        for step in (piece.element, piece.element.getparent())
        if step is not None
    )


def _above(element: _Element) -> list[_Element]:
    return list(element.iterancestors())[:3]


def split_credit(text: str) -> tuple[str | None, str | None]:
    """The words of a caption, and who took the picture; None for what is not said."""
    for habit in _CREDITS:
        match = habit.search(text)
        if match is None:
            continue
        words = clean_text(match["words"] or "").strip(" ，,；;、-—|")
        name = clean_text(match["name"]).strip(" ：:")
        if _NO_ONE.match(name) or (not words and not _is_whole(name)):
            continue
        agency = match.groupdict().get("agency")
        return words or None, f"{agency}（{name}）" if agency else name
    return text, None


_BELOW = re.compile(
    r"^[（(【\[]?\s*(?:摄\s?影|拍\s?摄|图\s?片)\s*[:：/／]\s*(?P<name>[^，。；：:]{2,20}?)\s*[）)】\]]?$"
)


def credited_below(body: Body, below: Iterable[Line]) -> Body:
    """The body with the 摄影：某某 that stands under the text given to its pictures."""
    signed = next((m for line in below if (m := _BELOW.match(line.text))), None)
    if signed is None or not body.pictures:
        return body
    return Body(
        tuple(
            replace(block, credit=signed["name"])
            if isinstance(block, Picture) and block.credit is None
            else block
            for block in body.blocks
        )
    )


def _is_whole(name: str) -> bool:
    """Without words before it only what surely is a name is one: 「队员们在拍摄」 is none."""
    last = name.replace("、", " ").split()[-1]
    return is_person(last) or name.endswith(("社", "报", "网", "公司", "工会"))
