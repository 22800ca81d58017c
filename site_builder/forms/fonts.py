"""The fonts of paper and pictures: found, put in order, and checked for each character.

Typst draws nothing for a character that no font has and says no word of it, so the
fonts' own tables are asked first (fontTools): no form ever shows an empty box.
"""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from newsroom.errors import NewsroomError
from site_builder.forms.press import Press

_SONG = (
    *("SimSun", "宋体", "STSong", "Songti SC"),
    *("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN"),
    *("AR PL SungtiL GB", "AR PL UMing CN"),
)
_HEI = (
    *("SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC"),
    *("Source Han Sans CN", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei"),
)
_REST = (*_SONG, *_HEI)
_NORMAL = 400
_BOLD = 600
_NO_GLYPH = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_FORMAT_12 = 12
_SHOWN = 20


class Role(Enum):
    """What a font is for, as offices name it, and its faces, the best first.

    The office's own fonts come first; they are never shipped (their licences belong
    to the office). Noto and others stand in where they are absent.
    """

    TITLE = (
        *("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体"),
        *("方正小标宋_GBK", "Noto Serif CJK SC", "Source Han Serif SC", *_REST),
    )
    BODY = (
        *("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong"),
        *("FandolFang", *_REST),
    )
    KAI = (
        *("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti"),
        *("LXGW WenKai", "AR PL KaitiM GB", "AR PL UKai CN", "FandolKai", *_REST),
    )
    HEI = (*_HEI, *_SONG)
    SONG = _REST


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family: its weight, and where its file lies."""

    family: str
    weight: int
    path: str
    index: int


class MissingGlyph(NewsroomError):  # noqa: N818 - named as what is missing
    """A character that no font of the chain can draw."""


@dataclass(frozen=True, slots=True)
class FontShelf:
    """The faces of this machine, and of one more folder where there is one."""

    folder: Path | None
    faces: tuple[Face, ...]

    def chain(self, role: Role) -> tuple[str, ...]:
        """The families of a role that are here, the best first, each once."""
        here = {face.family for face in self.faces}
        return tuple(dict.fromkeys(name for name in role.value if name in here))

    def chains(self) -> dict[str, list[str]]:
        """The chains of all roles by lower-case name, as the templates take them.

        ``strong`` is for headlines inside the text: the body's own bold, or a black
        face where the body has none.
        """
        chains = {role.name.lower(): list(self.chain(role)) for role in Role}
        body = chains["body"][0]
        bold = any(f.family == body and f.weight >= _BOLD for f in self.faces)
        strong = chains["body"] if bold else [*chains["hei"], *chains["body"]]
        return chains | {"strong": strong}

    def check(self, texts: Iterable[str], *, name: str) -> None:
        """Make sure that every character of the texts can be drawn.

        Args:
            texts: all words of the form.
            name: the form, for the sentence.

        Raises:
            MissingGlyph: some cannot; they are named.
        """
        wanted = {c for text in texts for c in text if _needs_glyph(c)}
        for role in (Role.SONG, Role.HEI):  # what every chain ends in
            for family in self.chain(role):
                if not wanted:
                    return
                wanted -= self._drawn_by(family, wanted)
        if wanted:
            raise MissingGlyph(_missing_sentence(wanted, name))

    def _drawn_by(self, family: str, wanted: set[str]) -> set[str]:
        faces = [face for face in self.faces if face.family == family]
        face = min(faces, key=lambda f: abs(f.weight - _NORMAL))
        ranges = _coverage(face.path, face.index)
        return {c for c in wanted if _within(ord(c), ranges)}


def find_fonts(folder: Path | None, press: Press) -> FontShelf:
    """The fonts of the system, and those of one more folder, as typst finds them.

    Raises:
        NewsroomError: there is no Chinese font at all.
    """
    shelf = FontShelf(folder, tuple(Face(*told) for told in press.faces(folder)))
    if not shelf.chain(Role.SONG):
        raise NewsroomError(
            "这台电脑上没有中文字体，做不出 PDF 和图片。Linux 请安装 fonts-noto-cjk；"
            "或把字体文件放进一个文件夹，在 config.toml 的 [forms] fonts 写它的路径"
        )
    return shelf


@lru_cache(maxsize=64)
def _coverage(path: str, index: int) -> tuple[tuple[int, int], ...]:
    """The ranges of characters that a face can draw, in order.

    The full table (format 12) is read as ranges, past fontTools: unfolding its 40 000
    characters would take longer than setting the page.
    """
    with TTFont(path, fontNumber=index, lazy=True) as font:
        groups = _groups(font.reader["cmap"])
        if groups is None:
            return tuple((code, code) for code in sorted(font.getBestCmap()))
    ranges = struct.iter_unpack(">3L", groups)
    return tuple(sorted((a, b) for a, b, glyph in ranges if glyph))


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    place = bisect_right(ranges, (code, code)) - 1
    # A range that begins with the code itself sorts after (code, code) or equals it.
    return any(a <= code <= b for a, b in ranges[max(0, place) : place + 2])


def _groups(cmap: bytes) -> bytes | None:
    """The groups of a Unicode table of format 12, after its 16 bytes of head."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for place in range(4, 4 + 8 * count, 8):
        platform, _, offset = struct.unpack_from(">HHL", cmap, place)
        (kind,) = struct.unpack_from(">H", cmap, offset)
        if kind == _FORMAT_12 and platform in {0, 3}:
            (number,) = struct.unpack_from(">L", cmap, offset + 12)
            return cmap[offset + 16 : offset + 16 + 12 * number]
    return None


def _needs_glyph(character: str) -> bool:
    return unicodedata.category(character) not in _NO_GLYPH


def _missing_sentence(missing: set[str], name: str) -> str:
    first = sorted(missing)[:_SHOWN]
    named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in first)
    more = f"等{len(missing)}个" if len(missing) > len(first) else ""
    return (
        f"{name}没有生成：字体里没有这些字：{named}{more}，硬做会印成空框。"
        "请在稿件里换掉，或装上有这些字的字体（config.toml 的 [forms] fonts）"
    )
