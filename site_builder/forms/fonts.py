"""The fonts of paper and pictures: found, put in order, and checked for each character.

Typst draws nothing for a character that no font has and says no word of it, so the
fonts' own tables are asked first: no form ever shows an empty box. And typst holds
every font file that it reads, so it is told which it needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from newsroom.errors import NewsroomError
from site_builder.forms.font_files import characters
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
_BLACK = 700  # what a template calls bold
_NO_GLYPH = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_SHOWN = 20


Finder = Callable[[str], str]
"""The headline of the story in which a character stands, empty outside of stories."""


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

    def check(self, texts: Iterable[str], *, name: str, found: Finder) -> None:
        """Make sure that every character of the texts can be drawn.

        Args:
            texts: all words of the form.
            name: the form, for the sentence.
            found: the headline of the story in which a character stands.

        Raises:
            MissingGlyph: some cannot; they are named, with where they stand.
        """
        wanted = {c for text in texts for c in text if _needs_glyph(c)}
        for role in (Role.SONG, Role.HEI):  # what every chain ends in
            for family in self.chain(role):
                if not wanted:
                    return
                wanted -= self._drawn_by(family, wanted)
        if wanted:
            raise MissingGlyph(_missing_sentence(wanted, name, found))

    def _drawn_by(self, family: str, wanted: set[str]) -> set[str]:
        face = self._nearest(family, _NORMAL)
        drawn = characters(face.path, face.index)
        return {c for c in wanted if ord(c) in drawn}

    def needed(self, shown: Iterable[str]) -> list[Face]:
        """The faces that typst takes: of each chain as many as leave nothing over."""
        letters = {c for c in shown if _needs_glyph(c)}
        needed: dict[Face, None] = {}
        for chain in self.chains().values():
            left = letters
            for family in chain:
                faces = {self._nearest(family, one) for one in (_NORMAL, _BLACK)}
                drawn = [characters(face.path, face.index) for face in faces]
                left = {c for c in left if not all(ord(c) in one for one in drawn)}
                needed |= dict.fromkeys(sorted(faces, key=lambda face: face.weight))
                if not left:
                    break
        return list(needed)

    def _nearest(self, family: str, weight: int) -> Face:
        """The face that typst takes for a weight; of equal ones the first."""
        faces = (face for face in self.faces if face.family == family)
        return min(faces, key=lambda face: abs(face.weight - weight))


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


def _needs_glyph(character: str) -> bool:
    return unicodedata.category(character) not in _NO_GLYPH


def _missing_sentence(missing: set[str], name: str, found: Finder) -> str:
    first = sorted(missing)[:_SHOWN]
    named = "、".join(_named(character, found(character)) for character in first)
    more = f"等{len(missing)}个" if len(missing) > len(first) else ""
    return (
        f"{name}没有生成：字体里没有这些字：{named}{more}，硬做会印成空框。"
        "请在稿件里换掉，或装上有这些字的字体（config.toml 的 [forms] fonts）"
    )


def _named(character: str, headline: str) -> str:
    where = f"，见《{headline}》" if headline else ""
    return f"“{character}”（U+{ord(character):04X}{where}）"
