"""A table of correspondents as offices keep it: titles above, merged cells, odd phones.

The head may stand below a title and use other words; a unit may be merged over several
lines; a phone may be a number, or have blanks. What cannot be told is left to a person.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from newsroom.errors import NewsroomError
from newsroom.taxonomy import Unit, UnitRules, short_place
from newsroom.text import clean_text, join_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = ("单位", "姓名", "职务", "电话")
MOST_ROWS = 2000
LARGEST = 5 * 1024 * 1024
_HEAD_WITHIN = 15
_SHEETS = frozenset({".xlsx", ".xlsm"})
_SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”，再来一次"
_WORDS = {
    "单位": (
        "单位名称",
        "所属单位",
        "工作单位",
        "镇街",
        "镇（街道）",
        "乡镇",
        "工会名称",
    ),
    "姓名": ("名字", "报送人", "信息员", "信息员姓名", "联系人", "主席姓名", "通讯员"),
    "职务": ("职务职称", "现任职务", "岗位", "身份"),
    "电话": ("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码"),
}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{2,3}[-—]?)?\d{7,8}(?:[-—转]\d{1,6})?")
_TAILS = re.compile(
    r"(?:总工会|工会联合会|工会委员会|工会|党委|人民政府|政府|办事处|委员会|机关)+$"
)
_NOT_A_NAME = re.compile(r"[\d:：、，,;；。/（）()]|合计|小计|备注|填表|制表|审核")


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the table, and the line of the sheet.

    ``unlike`` is what stands in the place of a name and is none, e.g. two names.
    """

    number: int
    unit: str
    name: str
    duty: str
    phone: str
    unlike: str = ""


def read_table(file: Path) -> tuple[Row, ...]:
    """The people of the first sheet that has a head with 单位 and 姓名.

    Raises:
        NewsroomError: it cannot be read, or no sheet has such a head.
    """
    book = _open(file)
    try:
        for sheet in book.worksheets:
            grid = _grid(sheet)
            found = _head(grid)
            if found is not None:
                return tuple(_people(grid, *found))
    finally:
        book.close()
    raise NewsroomError(
        f"{file.name} 里没有找到表头：要有一行写着 {'、'.join(COLUMNS)}"
        "（至少“单位”和“姓名”）"
    )


def find_unit(units: UnitRules, text: str) -> Unit | None:
    """The unit that a name, its union's name, an alias or its id means.

    枝江市安福寺镇总工会, 安福寺 and 马家店街道办事处 are told too, as long as they
    can mean one unit only.
    """
    name = clean_text(text)
    for unit in units.units:
        if name in {unit.id, unit.name, unit.union, *unit.aliases}:
            return unit
    core = _core(name, units.place)
    if len(core) < 2:  # noqa: PLR2004 - one character names nothing
        return None
    meant = [
        unit
        for unit in units.units
        if core in {_core(one, units.place) for one in (unit.name, *unit.aliases)}
        or core == short_place(_core(unit.name, units.place))
    ]
    return meant[0] if len(meant) == 1 else None


def _core(name: str, place: str) -> str:
    """The name without the city before it and what a body is called behind it."""
    bare = re.sub(r"\s", "", name).removeprefix(f"{place}市").removeprefix(place)
    return _TAILS.sub("", bare)


def _open(file: Path) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not file.is_file():
        raise NewsroomError(f"没有这个文件：{file}。请看看名字和文件夹写对了没有")
    if file.suffix.lower() not in _SHEETS:
        raise NewsroomError(f"{file.name} 不是 .xlsx 表格：{_SAVE_AS}")
    broken = (KeyError, ValueError, zipfile.BadZipFile, ParseError)
    try:
        if file.stat().st_size > LARGEST:
            raise NewsroomError(f"{file.name} 太大，不像是一张名单：只留名单再试")
        return load_workbook(file, data_only=True)
    except OSError as error:
        raise NewsroomError(
            f"{file.name} 打不开：请先关掉正在打开它的 Excel 或 WPS，再试一次"
        ) from error
    except (InvalidFileException, *broken) as error:
        raise NewsroomError(
            f"{file.name} 里面不是 Excel 表格（也许只改了名字）：{_SAVE_AS}"
        ) from error


def _grid(sheet: Worksheet) -> list[list[str]]:
    """The sheet as words; what was merged stands in each of its cells."""
    last = min(sheet.max_row or 0, MOST_ROWS + _HEAD_WITHIN)
    rows = sheet.iter_rows(max_row=last, max_col=40, values_only=True)
    grid = [[_words(value) for value in row] for row in rows]
    for merged in sheet.merged_cells.ranges:
        _spread(grid, merged.min_row - 1, merged.max_row, merged.min_col - 1)
    return grid


def _spread(grid: list[list[str]], first: int, last: int, column: int) -> None:
    for number in range(first + 1, min(last, len(grid))):
        if column < len(grid[number]) and column < len(grid[first]):
            grid[number][column] = grid[first][column]


def _words(value: object) -> str:
    """A cell as it was meant: a phone number typed as a number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_text(str(value))


def _head(grid: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(grid[:_HEAD_WITHIN]):
        places: dict[str, int] = {}
        for column, text in enumerate(row):
            name = _column(re.sub(r"\s", "", text))
            if name and name not in places:
                places[name] = column
        if {"单位", "姓名"} <= set(places):
            return number, places
    return None


def _column(text: str) -> str:
    """The column that these words head, empty for any other."""
    return next((k for k, others in _WORDS.items() if text in {k, *others}), "")


def _people(
    grid: Sequence[Sequence[str]], head: int, places: dict[str, int]
) -> Iterator[Row]:
    for number, row in enumerate(grid[head + 1 :][:MOST_ROWS], head + 2):
        told = {name: row[place] for name, place in places.items() if place < len(row)}
        unit, name = told.get("单位", ""), join_name(told.get("姓名", ""))
        is_head = _column(unit) == "单位"
        if not (unit or name) or is_head or _NOT_A_NAME.search(unit[:6]):
            continue
        unlike = name if _NOT_A_NAME.search(name) else ""
        phone = _phone(told.get("电话", ""))
        name = "" if unlike else name
        yield Row(number, unit, name, told.get("职务", ""), phone, unlike)


def _phone(text: str) -> str:
    """A mobile's eleven digits together; any other number as it was written."""
    digits = re.sub(r"\D", "", text)
    digits = digits.removeprefix("86") if len(digits) > 11 else digits  # noqa: PLR2004 - a mobile number
    return digits if _MOBILE.fullmatch(digits) else text


def is_phone(text: str) -> bool:
    """Whether it can be dialled: a mobile, a landline, or several of them."""
    numbers = [part for part in re.split(r"[/、，,;；\s]+", text) if part]
    return all(_MOBILE.fullmatch(n) or _LANDLINE.fullmatch(n) for n in numbers)
